#include "base/number.h"

#define EXPONENT_LIMIT ((int64_t)1 << 62)

static const unsigned char *skip_digits(const unsigned char *p, const unsigned char *end)
{
    while (p < end && ctfi_is_digit(*p))
        p++;
    return p;
}

static int64_t saturate(int64_t exponent)
{
    if (exponent > EXPONENT_LIMIT)
        return EXPONENT_LIMIT;
    return exponent < -EXPONENT_LIMIT ? -EXPONENT_LIMIT : exponent;
}

/* Reads [+-]digits at p, saturated; returns what follows, NULL when there are no digits. */
static const unsigned char *read_exponent(const unsigned char *p, const unsigned char *end, int64_t *exponent)
{
    bool negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    const unsigned char *first = p;
    int64_t value = 0;
    for (; p < end && ctfi_is_digit(*p); p++)
        value = value < EXPONENT_LIMIT / 16 ? value * 10 + (*p - '0') : EXPONENT_LIMIT;
    *exponent = negative ? -value : value;
    return p == first ? NULL : p;
}

static bool begins_exponent(const unsigned char *p, const unsigned char *end)
{
    return p < end && (*p == 'e' || *p == 'E');
}

static bool fills_no_digit(unsigned char c)
{
    return c == '0' || c == '.';
}

/* Sets digits, span, count and exponent from whole [. fraction], where `point` is the place of the
 * decimal point (the end when there is none), times 10^shift. */
static void set_digits(ctfi_decimal *out, const unsigned char *whole, const unsigned char *point,
                       const unsigned char *end, int64_t shift)
{
    const unsigned char *first = whole;
    const unsigned char *last = end;
    while (first < last && fills_no_digit(*first))
        first++;
    while (last > first && fills_no_digit(last[-1]))
        last--;
    out->digits = first;
    out->span = (uint32_t)(last - first);
    out->count = out->span - (first < point && point < last);
    int64_t place = first < point ? point - first : point + 1 - first;
    out->exponent = out->count == 0 ? 0 : saturate(place + shift);
}

bool ctfi_decimal_read(const unsigned char *text, size_t length, bool json, ctfi_decimal *out)
{
    if (length == 0 || (uint64_t)length > UINT32_MAX)
        return false;
    const unsigned char *end = text + length;
    const unsigned char *whole = text + (*text == '-' || (*text == '+' && !json));
    const unsigned char *point = skip_digits(whole, end);
    if (point == whole || (json && *whole == '0' && point - whole > 1))
        return false;
    const unsigned char *p = point;
    if (p < end && *p == '.') {
        p = skip_digits(point + 1, end);
        if (p == point + 1)
            return false;
    }
    const unsigned char *digits_end = p;
    int64_t shift = 0;
    if (begins_exponent(p, end))
        p = read_exponent(p + 1, end, &shift);
    if (p != end)
        return false;
    out->negative = *text == '-';
    out->integer = point == end;
    set_digits(out, whole, point, digits_end, shift);
    return true;
}

bool ctfi_exponent_overflows(const unsigned char *text, size_t length)
{
    const unsigned char *end = text + length;
    int64_t exponent;
    while (text < end && !begins_exponent(text, end))
        text++;
    if (text == end || read_exponent(text + 1, end, &exponent) == NULL)
        return false;
    return exponent > INT32_MAX || exponent < INT32_MIN;
}

/* Digits in order; both end in a digit that is not 0, so the longer of two equal beginnings is larger. */
static int compare_digits(const ctfi_decimal *a, const ctfi_decimal *b)
{
    uint32_t i = 0;
    uint32_t j = 0;
    for (; i < a->span && j < b->span; i++, j++) {
        i += a->digits[i] == '.';
        j += b->digits[j] == '.';
        if (a->digits[i] != b->digits[j])
            return a->digits[i] < b->digits[j] ? -1 : 1;
    }
    return (i < a->span) - (j < b->span);
}

static int sign(const ctfi_decimal *decimal)
{
    if (decimal->count == 0)
        return 0;
    return decimal->negative ? -1 : 1;
}

int ctfi_decimal_compare(const ctfi_decimal *a, const ctfi_decimal *b)
{
    int side = sign(a);
    if (side != sign(b))
        return side < sign(b) ? -1 : 1;
    if (a->exponent != b->exponent)
        return a->exponent < b->exponent ? -side : side;
    return side * compare_digits(a, b);
}
