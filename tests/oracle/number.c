/* Numbers by their digits (spec: filter-patterns 5.1, 5.4, 6.3). */
#include "tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAR 1000000000000000000LL /* no exponent of a text in memory comes near */

static size_t digits_at(oracle_text text, size_t at)
{
    size_t start = at;
    while (at < text.length && oracle_digit(text.data[at]))
        at++;
    return at - start;
}

static bool is_at(oracle_text text, size_t at, const char *set)
{
    return at < text.length && text.data[at] != 0 && strchr(set, text.data[at]) != NULL;
}

size_t oracle_number_length(oracle_text text)
{
    size_t at = is_at(text, 0, "+-");
    size_t n = digits_at(text, at);
    if (n == 0)
        return 0;
    at += n;
    if (is_at(text, at, ".") && (n = digits_at(text, at + 1)) > 0)
        at += 1 + n;
    if (is_at(text, at, "eE")) {
        size_t sign = is_at(text, at + 1, "+-");
        if ((n = digits_at(text, at + 1 + sign)) > 0)
            at += 1 + sign + n;
    }
    return at;
}

/* The exponent behind e or E; 0 without; held within +-FAR. */
static long long exponent_of(oracle_text text)
{
    size_t at = 0;
    while (at < text.length && !is_at(text, at, "eE"))
        at++;
    if (at == text.length)
        return 0;
    at++;
    bool negative = is_at(text, at, "-");
    at += is_at(text, at, "+-");
    long long value = 0;
    for (; at < text.length; at++)
        value = value < FAR / 10 ? value * 10 + (text.data[at] - '0') : FAR;
    return negative ? -value : value;
}

bool oracle_exponent_fits(oracle_text text)
{
    long long exponent = exponent_of(text);
    return exponent >= -2147483648LL && exponent <= 2147483647LL;
}

oracle_decimal oracle_decimal_read(oracle_pool *pool, oracle_text text)
{
    unsigned char *digits = oracle_alloc(pool, text.length, 1);
    oracle_decimal out = {.exponent = exponent_of(text), .negative = is_at(text, 0, "-")};
    size_t n = 0;
    bool fraction = false;
    for (size_t at = is_at(text, 0, "+-"); at < text.length && !is_at(text, at, "eE"); at++) {
        if (text.data[at] == '.') {
            fraction = true;
            continue;
        }
        if (n > 0 || text.data[at] != '0')
            digits[n++] = text.data[at];
        else if (fraction)
            out.exponent--; /* 0.00d: each zero before the first digit */
        if (!fraction && n > 0)
            out.exponent++;
    }
    while (n > 0 && digits[n - 1] == '0')
        n--;
    out.digits = (oracle_text){digits, n};
    return out;
}

/* Of two values without sign. */
static int compare_size(const oracle_decimal *a, const oracle_decimal *b)
{
    if (a->digits.length == 0 || b->digits.length == 0)
        return (a->digits.length > 0) - (b->digits.length > 0);
    if (a->exponent != b->exponent)
        return a->exponent < b->exponent ? -1 : 1;
    size_t n = a->digits.length < b->digits.length ? a->digits.length : b->digits.length;
    int order = memcmp(a->digits.data, b->digits.data, n);
    if (order == 0)
        order = (a->digits.length > n) - (b->digits.length > n);
    return (order > 0) - (order < 0);
}

int oracle_decimal_compare(const oracle_decimal *a, const oracle_decimal *b)
{
    bool a_negative = a->negative && a->digits.length > 0, b_negative = b->negative && b->digits.length > 0;
    if (a_negative != b_negative)
        return a_negative ? -1 : 1;
    return a_negative ? compare_size(b, a) : compare_size(a, b);
}

static bool is_integer(oracle_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (is_at(text, i, ".eE"))
            return false;
    return true;
}

/* d1.d2d3... * 10^exponent as text that oracle_decimal_read reads. */
static oracle_text scientific(oracle_pool *pool, bool negative, const char *digits, int exponent)
{
    char *out = oracle_alloc(pool, 64, 1);
    int n = snprintf(out, 64, "%s%c.%se%d", negative ? "-" : "", digits[0], digits[1] ? digits + 1 : "0",
                     exponent);
    return (oracle_text){(unsigned char *)out, (size_t)n};
}

bool oracle_number_value(oracle_pool *pool, oracle_text text, oracle_decimal *out)
{
    *out = oracle_decimal_read(pool, text);
    if (is_integer(text))
        return true;
    double value = strtod(oracle_copy(pool, text), NULL);
    char digits[18];
    int exponent;
    if (isinf(value))
        return false;
    if (value == 0) {
        *out = (oracle_decimal){.exponent = 0};
        return true;
    }
    oracle_shortest(fabs(value), digits, &exponent);
    *out = oracle_decimal_read(pool, scientific(pool, value < 0, digits, exponent));
    return true;
}

/* Digits with the point behind the first `before` of them (zeros where there are none). */
static size_t plain(char *out, const char *digits, int before)
{
    size_t n = 0;
    int count = (int)strlen(digits);
    if (before <= 0)
        out[n++] = '0';
    for (int i = 0; i < before; i++)
        out[n++] = i < count ? digits[i] : '0';
    out[n++] = '.';
    for (int i = before; i < 0; i++)
        out[n++] = '0';
    for (int i = before > 0 ? before : 0; i < count; i++)
        out[n++] = digits[i];
    if (before >= count)
        out[n++] = '0';
    return n;
}

/* Double.toString of a positive finite value. */
static size_t java(char *out, double value)
{
    char digits[18];
    int exponent;
    oracle_shortest(value, digits, &exponent);
    if (exponent >= -3 && exponent < 7)
        return plain(out, digits, exponent + 1);
    size_t n = plain(out, digits, 1);
    return n + (size_t)sprintf(out + n, "E%d", exponent);
}

oracle_text oracle_number_text(oracle_pool *pool, oracle_text text)
{
    if (is_integer(text))
        return oracle_equal(text, ORACLE_TEXT("-0")) ? ORACLE_TEXT("0") : text;
    double value = strtod(oracle_copy(pool, text), NULL);
    char *out = oracle_alloc(pool, 64, 1);
    size_t n = 0;
    if (signbit(value))
        out[n++] = '-';
    if (isinf(value) || value == 0)
        n += (size_t)sprintf(out + n, isinf(value) ? "Infinity" : "0.0");
    else
        n += java(out + n, fabs(value));
    return (oracle_text){(unsigned char *)out, n};
}
