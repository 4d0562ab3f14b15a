/* Whole numbers of a fixed size on the stack, for reading and printing doubles exactly.
 *
 * The size fits the two users: a double's text cut to 769 digits over a power of five (double_read.c:
 * 2560 bits) and a double's digits (double_digits.c: 1200 bits). Passing it is a programming error. */
#ifndef CTFI_BASE_BIG_H
#define CTFI_BASE_BIG_H

#include "base/bytes.h"

#define CTFI_BIG_LIMBS 84u

/* Little-endian limbs; count has no leading zero limbs, 0 is zero. */
typedef struct ctfi_big {
    uint32_t count;
    uint32_t limbs[CTFI_BIG_LIMBS];
} ctfi_big;

void ctfi_big_set(ctfi_big *a, uint64_t value);

/* a = a * factor + addend */
void ctfi_big_multiply(ctfi_big *a, uint32_t factor, uint32_t addend);

/* a = a * 5^n and a = a * 2^n */
void ctfi_big_times_5(ctfi_big *a, uint32_t n);
void ctfi_big_shift(ctfi_big *a, uint32_t n);

/* a = a - b, where a >= b */
void ctfi_big_subtract(ctfi_big *a, const ctfi_big *b);

/* out = a + b; out may be a or b */
void ctfi_big_add(ctfi_big *out, const ctfi_big *a, const ctfi_big *b);

/* -1, 0, 1 */
int ctfi_big_compare(const ctfi_big *a, const ctfi_big *b);

/* Bits up to the highest that is set; a is not zero. */
uint32_t ctfi_big_bits(const ctfi_big *a);

#endif
