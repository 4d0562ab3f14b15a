/* A number's decimal digits, before they take a printed form. */
#ifndef CTFI_BASE_DIGITS_H
#define CTFI_BASE_DIGITS_H

#include "base/number.h"

#define CTFI_DIGITS_MAX 17u

/* (-1)^negative * 0.d1d2... * 10^exponent; digits are ASCII, neither the first nor the last is '0';
 * count 0 is zero. */
typedef struct ctfi_digits {
    unsigned char digits[CTFI_DIGITS_MAX];
    uint32_t count;
    int exponent;
    bool negative;
} ctfi_digits;

/* The decimal with the fewest digits, but at least `least` (1 or 2, a final 0 then dropped), of those
 * that read back as the finite `value`; the closest to it of these, of two such the even one. With 2
 * these are Java's digits (the smallest double is 4.9E-324 there), with 1 ECMAScript's. */
void ctfi_double_digits(double value, uint32_t least, ctfi_digits *out);

/* Java's and ECMAScript's forms. Return the length. */
size_t ctfi_digits_print_java(const ctfi_digits *digits, unsigned char out[CTFI_DOUBLE_TEXT]);
size_t ctfi_digits_print_json(const ctfi_digits *digits, unsigned char out[CTFI_DOUBLE_TEXT]);

#endif
