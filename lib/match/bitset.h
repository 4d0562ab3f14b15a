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

/* The first number of the set from `number` on, or UINT32_MAX; number is at most the bound. */
static inline uint32_t ctfi_bitset_next(const ctfi_bitset *set, uint32_t number)
{
    uint32_t w = number / 64;
    uint64_t rest = set->words[w] & ~UINT64_C(0) << number % 64;
    if (rest != 0)
        return w * 64 + ctfi_lowest(rest);
    uint64_t behind = ~UINT64_C(1) << w % 64; /* the words behind this one */
    for (uint32_t i = w / 64; i < set->n_used; i++, behind = ~UINT64_C(0)) {
        if ((set->used[i] & behind) == 0)
            continue;
        w = i * 64 + ctfi_lowest(set->used[i] & behind);
        return w * 64 + ctfi_lowest(set->words[w]);
    }
    return UINT32_MAX;
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
