/* Numbers as the service reads, compares and prints them (spec: filter-patterns 5.4), without the
 * locale and without allocation.
 *
 * A ctfi_decimal is an exact decimal read from text: value = (-1)^negative * 0.d1d2d3... * 10^exponent
 * where d1..dn are the significant digits, leading and trailing zeros dropped; n = 0 is zero. Digits
 * are kept as a view of the text they came from, in which a '.' may lie. Comparison is exact at any length. */
#ifndef CTFI_BASE_NUMBER_H
#define CTFI_BASE_NUMBER_H

#include "base/bytes.h"

typedef struct ctfi_decimal {
    const unsigned char *digits; /* first significant digit; runs over `span` bytes, one of which may be '.' */
    uint32_t span;               /* bytes from the first to the last significant digit */
    uint32_t count;              /* significant digits among them; 0: the number is zero */
    bool negative;               /* sign as written; a negative zero compares equal to zero */
    bool integer;                /* spelled without fraction and exponent */
    int64_t exponent;            /* saturated at +-2^62 */
} ctfi_decimal;

/* Reads [+-]digits[.digits][(e|E)[+-]digits] and nothing around it (`number` of spec 5.1; json = true
 * takes JSON's grammar: no '+', no leading zeros). Returns false when the text is no such number.
 * Texts of 4 GiB and more are not read (false). */
bool ctfi_decimal_read(const unsigned char *text, size_t length, bool json, ctfi_decimal *out);

/* True when the exponent part of a number text as typed lies outside 32 bits (spec 5.1: refused). */
bool ctfi_exponent_overflows(const unsigned char *text, size_t length);

/* Exact three-way comparison: -1, 0, 1. */
int ctfi_decimal_compare(const ctfi_decimal *a, const ctfi_decimal *b);

/* Room for a number's text that the functions below write: the longest double, and any sign. */
#define CTFI_DOUBLE_TEXT 32

/* A JSON number as the service compares it: integers exact, anything else read as a double and taken
 * at its shortest decimal. `room` holds that decimal's digits when they are not those of the text; it
 * must live as long as *out. Returns false for a number that overflows a double ("1e309"), which
 * satisfies no numeric comparison. text is a JSON number. */
bool ctfi_json_number(const unsigned char *text, size_t length, unsigned char room[CTFI_DOUBLE_TEXT],
                      ctfi_decimal *out);

/* A JSON number as text (spec 5.4): an integer's digits as they stand ("-0" gives "0"), anything else
 * as Java prints the double ("12.0", "1.0E308", "Infinity"). The view shows `text`, `room` or a
 * constant. */
ctfi_bytes ctfi_json_number_text(const unsigned char *text, size_t length,
                                 unsigned char room[CTFI_DOUBLE_TEXT]);

/* Correctly rounded (nearest, ties to even); +-infinity on overflow. */
double ctfi_decimal_to_double(const ctfi_decimal *decimal);

/* Shortest digits that read back as `value`, in Java's form (Double.toString: "1.0", "1.0E10",
 * "Infinity", "-0.0", "NaN"; two digits rather than one where that comes closer: "4.9E-324"). Returns the
 * length; no NUL. */
size_t ctfi_double_print_java(double value, unsigned char out[CTFI_DOUBLE_TEXT]);

/* The same digits in JSON form ("1", "1e+21" as ECMAScript prints); value must be finite. */
size_t ctfi_double_print_json(double value, unsigned char out[CTFI_DOUBLE_TEXT]);

#endif
