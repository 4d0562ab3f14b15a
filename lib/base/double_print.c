/* Printed forms of a double's digits. */
#include "base/digits.h"

#include <assert.h>

/* Text under construction; CTFI_DOUBLE_TEXT holds every form of 17 digits. */
typedef struct writer {
    unsigned char *out;
    size_t length;
} writer;

static void put(writer *w, const void *bytes, size_t n)
{
    assert(w->length + n <= CTFI_DOUBLE_TEXT);
    memcpy(w->out + w->length, bytes, n);
    w->length += n;
}

static void put_zeros(writer *w, int n)
{
    for (; n > 0; n--)
        put(w, "0", 1);
}

static void put_exponent(writer *w, int exponent)
{
    unsigned char text[3];
    size_t first = sizeof text;
    for (int rest = exponent < 0 ? -exponent : exponent; rest != 0 || first == sizeof text; rest /= 10)
        text[--first] = (unsigned char)('0' + rest % 10);
    put(w, text + first, sizeof text - first);
}

/* Digits from `from` on behind a point; `empty` when there are none. */
static void put_fraction(writer *w, const ctfi_digits *digits, uint32_t from, const char *empty)
{
    if (from >= digits->count) {
        put(w, empty, strlen(empty));
        return;
    }
    put(w, ".", 1);
    put(w, digits->digits + from, digits->count - from);
}

/* The number without exponent; `empty` stands for a missing fraction. */
static void put_plain(writer *w, const ctfi_digits *digits, const char *empty)
{
    if (digits->exponent <= 0) {
        put(w, "0.", 2);
        put_zeros(w, -digits->exponent);
        put(w, digits->digits, digits->count);
        return;
    }
    uint32_t whole = (uint32_t)digits->exponent;
    put(w, digits->digits, whole < digits->count ? whole : digits->count);
    put_zeros(w, digits->exponent - (int)digits->count);
    put_fraction(w, digits, whole, empty);
}

size_t ctfi_digits_print_java(const ctfi_digits *digits, unsigned char out[CTFI_DOUBLE_TEXT])
{
    writer w = {out, 0};
    if (digits->negative)
        put(&w, "-", 1);
    if (digits->count == 0) {
        put(&w, "0.0", 3);
    } else if (digits->exponent > -3 && digits->exponent <= 7) {
        put_plain(&w, digits, ".0");
    } else {
        put(&w, digits->digits, 1);
        put_fraction(&w, digits, 1, ".0");
        put(&w, "E-", digits->exponent < 1 ? 2 : 1);
        put_exponent(&w, digits->exponent - 1);
    }
    return w.length;
}

size_t ctfi_digits_print_json(const ctfi_digits *digits, unsigned char out[CTFI_DOUBLE_TEXT])
{
    writer w = {out, 0};
    if (digits->count == 0) {
        put(&w, "0", 1);
        return w.length;
    }
    if (digits->negative)
        put(&w, "-", 1);
    if (digits->exponent > -6 && digits->exponent <= 21) {
        put_plain(&w, digits, "");
    } else {
        put(&w, digits->digits, 1);
        put_fraction(&w, digits, 1, "");
        put(&w, digits->exponent < 1 ? "e-" : "e+", 2);
        put_exponent(&w, digits->exponent - 1);
    }
    return w.length;
}

static size_t put_word(const char *word, unsigned char out[CTFI_DOUBLE_TEXT])
{
    size_t length = strlen(word);
    memcpy(out, word, length);
    return length;
}

size_t ctfi_double_print_java(double value, unsigned char out[CTFI_DOUBLE_TEXT])
{
    ctfi_digits digits;
    if (value != value)
        return put_word("NaN", out);
    if (value - value != 0)
        return put_word(value < 0 ? "-Infinity" : "Infinity", out);
    ctfi_double_digits(value, 2, &digits);
    return ctfi_digits_print_java(&digits, out);
}

size_t ctfi_double_print_json(double value, unsigned char out[CTFI_DOUBLE_TEXT])
{
    ctfi_digits digits;
    assert(value - value == 0);
    ctfi_double_digits(value, 1, &digits);
    return ctfi_digits_print_json(&digits, out);
}
