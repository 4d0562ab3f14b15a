/* A set of numbers below a bound that costs what it holds, not what it could hold: a bit each, and above them a
 * bit for each word that has one. */
#ifndef CTFI_MATCH_BITSET_H
#define CTFI_MATCH_BITSET_H

#include "base/bits.h"
#include "base/bytes.h"

typedef struct ctfi_bitset {
    uint64_t *words;
    uint64_t *used;  /* bit w % 64 of used[w / 64]: words[w] is not 0 */
    uint32_t n_used; /* words of `used` */
} ctfi_bitset;

/* 64-bit words that a set of numbers below `bound` lies in; zeroed, they are the empty set. */
static inline size_t ctfi_bitset_size(uint32_t bound)
{
    size_t words = (size_t)bound / 64 + 1;
    return words + words / 64 + 1;
}

static inline ctfi_bitset ctfi_bitset_in(uint64_t *memory, uint32_t bound)
{
    size_t words = (size_t)bound / 64 + 1;
    return (ctfi_bitset){memory, memory + words, (uint32_t)(words / 64 + 1)};
}

static inline bool ctfi_bitset_has(const ctfi_bitset *set, uint32_t number)
{
    return (set->words[number / 64] >> number % 64 & 1) != 0;
}

static inline void ctfi_bitset_add(ctfi_bitset *set, uint32_t number)
{
    set->words[number / 64] |= UINT64_C(1) << number % 64;
    set->used[number / 64 / 64] |= UINT64_C(1) << number / 64 % 64;
}

/* A way through a set, ascending:
 *
 *   ctfi_bitset_way way = ctfi_bitset_enter(&set);
 *   while (ctfi_bitset_go(&way, &number)) ... */
typedef struct ctfi_bitset_way {
    const ctfi_bitset *set;
    uint32_t i, w;       /* of used, of words */
    uint64_t used, rest; /* what is left of them */
} ctfi_bitset_way;

static inline ctfi_bitset_way ctfi_bitset_enter(const ctfi_bitset *set)
{
    return (ctfi_bitset_way){set, 0, 0, set->used[0], 0};
}

static inline bool ctfi_bitset_go(ctfi_bitset_way *way, uint32_t *number)
{
    if (way->rest == 0) {
        while (way->used == 0) {
            if (way->i + 1 == way->set->n_used)
                return false;
            way->used = way->set->used[++way->i];
        }
        way->w = way->i * 64 + ctfi_lowest(way->used);
        way->rest = way->set->words[way->w];
        way->used &= way->used - 1;
    }
    *number = way->w * 64 + ctfi_lowest(way->rest);
    way->rest &= way->rest - 1;
    return true;
}

static inline void ctfi_bitset_clear(ctfi_bitset *set)
{
    for (uint32_t i = 0; i < set->n_used; i++) {
        for (uint64_t used = set->used[i]; used != 0; used &= used - 1)
            set->words[i * 64 + ctfi_lowest(used)] = 0;
        set->used[i] = 0;
    }
}

#endif
