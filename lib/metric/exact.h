/* Sums without rounding: what is added in whatever order and grouping gives the same bits, and is rounded
 * once when it is asked for. */
#ifndef CTFI_METRIC_EXACT_H
#define CTFI_METRIC_EXACT_H

#include <stdint.h>

/* Two's complement in units of 2^-1074, the smallest double. Room for 2^64 values of at most 2^360. */
#define CTFI_EXACT_LIMBS 25

typedef struct ctfi_exact {
    uint64_t limbs[CTFI_EXACT_LIMBS]; /* least significant first; all zero is 0 */
} ctfi_exact;

/* Adds value * count; value is finite and at most 2^360 in magnitude. */
void ctfi_exact_add(ctfi_exact *sum, double value, uint64_t count);

void ctfi_exact_merge(ctfi_exact *sum, const ctfi_exact *other);

/* The nearest double, ties to even; 0 is +0.0. */
double ctfi_exact_double(const ctfi_exact *sum);

/* The double nearest to sum / count, count > 0: rounded once, so it never leaves the values' range. */
double ctfi_exact_mean(const ctfi_exact *sum, uint64_t count);

/* floor(a * b / divisor); *inexact tells whether something was cut. The quotient must fit in 64 bits. */
uint64_t ctfi_multiply_divide(uint64_t a, uint64_t b, uint64_t divisor, int *inexact);

#endif
