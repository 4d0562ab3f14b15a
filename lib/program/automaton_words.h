/* How an automaton's words are laid out, for those who build, verify and run them; nobody else looks inside.
 *
 *   word 0   form (bits 0-7), classes (8-23), class of the high characters (24-39)
 *   word 1   size (bits 0-31): states, or words of a set; start (32-63): the table's first state
 *   map      256 bytes: the class of each character U+0000..U+00FF
 *   table form      at_end   a bit a state: does the text's end here make a match?
 *                   table    16-bit entries [state][class]: the next state
 *   positions form  seven kinds of sets of `size` words, see ctfi_positions
 *
 * States are numbered by their row's place in the table, so state k is k * classes. State 0 has matched
 * whatever follows; the second, `classes`, can never match. A run stops at both. */
#ifndef CTFI_PROGRAM_AUTOMATON_WORDS_H
#define CTFI_PROGRAM_AUTOMATON_WORDS_H

#include "base/bytes.h"

#define CTFI_AUTOMATON_TABLE 1u
#define CTFI_AUTOMATON_POSITIONS 2u

#define CTFI_AUTOMATON_HEAD 2u
#define CTFI_AUTOMATON_MAP 32u          /* words */
#define CTFI_AUTOMATON_CLASSES 257u     /* at most: each low character and the high ones */
#define CTFI_AUTOMATON_ENTRIES 65536u   /* of a table at most, so that a state fits 16 bits */
#define CTFI_AUTOMATON_MASKS 6u         /* sets of the positions form before the rows */

typedef struct ctfi_automaton_head {
    uint32_t form;
    uint32_t classes;
    uint32_t high;
    uint32_t size;
    uint32_t start;
} ctfi_automaton_head;

static inline ctfi_automaton_head ctfi_automaton_head_read(const uint64_t *words)
{
    return (ctfi_automaton_head){(uint32_t)(words[0] & 0xFF), (uint32_t)(words[0] >> 8 & 0xFFFF),
                                 (uint32_t)(words[0] >> 24 & 0xFFFF), (uint32_t)words[1],
                                 (uint32_t)(words[1] >> 32)};
}

static inline void ctfi_automaton_head_write(uint64_t *words, const ctfi_automaton_head *head)
{
    words[0] = head->form | (uint64_t)head->classes << 8 | (uint64_t)head->high << 24;
    words[1] = head->size | (uint64_t)head->start << 32;
}

static inline const unsigned char *ctfi_automaton_map(const uint64_t *words)
{
    return (const unsigned char *)(words + CTFI_AUTOMATON_HEAD);
}

/* ---- table form ---- */

/* Words of `bits` bits, and of `entries` entries of the table. */
static inline uint64_t ctfi_words_of_bits(uint64_t bits)
{
    return (bits + 63) / 64;
}

static inline uint64_t ctfi_words_of_entries(uint64_t entries)
{
    return (entries + 3) / 4;
}

static inline const uint64_t *ctfi_table_at_end(const uint64_t *words)
{
    return words + CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP;
}

static inline const unsigned char *ctfi_table_entries(const uint64_t *words, uint32_t states)
{
    return (const unsigned char *)(ctfi_table_at_end(words) + ctfi_words_of_bits(states));
}

static inline uint32_t ctfi_table_next(const unsigned char *entries, uint32_t entry)
{
    uint16_t next;
    memcpy(&next, entries + 2 * (size_t)entry, sizeof next);
    return next;
}

/* ---- positions form ----
 *
 * A branch of k positions has k + 1 bits: bit i says that its first i positions have been passed. Branches
 * lie one after another. A set of bits is what a run is in. */
typedef struct ctfi_positions {
    uint32_t size;           /* words of a set */
    const uint64_t *start;   /* at the text's start, closed */
    const uint64_t *restart; /* first bits of the branches without ^: on before every character */
    const uint64_t *skip;    /* bit i: position i may be passed by nothing */
    const uint64_t *again;   /* bit i + 1: position i may take one more character */
    const uint64_t *accept;  /* last bits of the branches without $ */
    const uint64_t *at_end;  /* last bits of the branches with $ */
    const uint64_t *rows;    /* for each class a set; bit i: position i takes it */
} ctfi_positions;

static inline ctfi_positions ctfi_positions_view(const uint64_t *words, uint32_t size)
{
    const uint64_t *set = words + CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP;
    size_t step = size;
    return (ctfi_positions){size,           set,            set + step,     set + 2 * step,
                            set + 3 * step, set + 4 * step, set + 5 * step, set + CTFI_AUTOMATON_MASKS * step};
}

static inline const uint64_t *ctfi_positions_row(const ctfi_positions *p, uint32_t class)
{
    return p->rows + (size_t)class * p->size;
}

/* Adds to one word of a set the bits that skipping reaches; *carry goes from word to word, 0 at first. The
 * sum runs through a row of skippable positions as a carry does (Parabix' MatchStar). */
static inline uint64_t ctfi_positions_close(uint64_t bits, uint64_t skip, uint64_t *carry)
{
    uint64_t sum = (bits & skip) + skip;
    uint64_t over = sum < skip;
    sum += *carry;
    *carry = over | (sum < *carry);
    return bits | (sum ^ skip);
}

/* One character: `set` becomes what it leads to. Returns bits of a match already certain, 0 for none. */
static inline uint64_t ctfi_positions_step(const ctfi_positions *p, const uint64_t *row, uint64_t *set)
{
    uint64_t shift = 0;
    uint64_t carry = 0;
    uint64_t certain = 0;
    for (uint32_t w = 0; w < p->size; w++) {
        uint64_t above = w + 1 < p->size ? set[w + 1] & p->again[w + 1] : 0;
        uint64_t taken = (set[w] | (set[w] & p->again[w]) >> 1 | above << 63) & row[w];
        uint64_t bits = taken << 1 | shift | p->restart[w];
        shift = taken >> 63;
        set[w] = ctfi_positions_close(bits, p->skip[w], &carry);
        certain |= set[w] & p->accept[w];
    }
    return certain;
}

/* Bits common to two sets, 0 for none. */
static inline uint64_t ctfi_positions_common(const uint64_t *a, const uint64_t *b, uint32_t size)
{
    uint64_t common = 0;
    for (uint32_t w = 0; w < size; w++)
        common |= a[w] & b[w];
    return common;
}

#endif
