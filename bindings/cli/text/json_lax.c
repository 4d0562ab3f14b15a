#include "json_lax.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The UTF-16 unit that an escape \uHHHH at p stands for, UINT32_MAX when there is none. */
static uint32_t read_unit(const unsigned char *p, size_t length)
{
    uint32_t unit = 0;
    if (length < 6 || p[0] != '\\' || p[1] != 'u')
        return UINT32_MAX;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return UINT32_MAX;
        unit = unit << 4 | (uint32_t)digit;
    }
    return unit;
}

static bool is_high(uint32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* How far a backslash at p reaches; 0 when it begins half a pair. */
static size_t escape_length(const unsigned char *p, size_t length)
{
    uint32_t unit = read_unit(p, length);
    if (is_low(unit))
        return 0;
    if (is_high(unit))
        return is_low(read_unit(p + 6, length - 6)) ? 12 : 0;
    return length < 2 || p[1] >= 0x80 ? 1 : 2;
}

static size_t step(const unsigned char *p, size_t length, const char **why)
{
    uint32_t point;
    size_t n = *p == '\\' ? escape_length(p, length) : ctfi_utf8_read(p, length, &point);
    if (n == 0)
        *why = *p == '\\' ? "half of a surrogate pair" : "this is no UTF-8";
    if (*p != '\v' && *p != '\f')
        return n;
    *why = "a control character";
    return 0;
}

size_t json_lax(const unsigned char *bytes, size_t length, const char **why)
{
    size_t i = 0;
    while (i < length) {
        size_t n = step(bytes + i, length - i, why);
        if (n == 0)
            return i;
        i += n;
    }
    return length;
}
