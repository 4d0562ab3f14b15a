#include "match/unescape.h"

#include "base/utf8.h"

static bool read_unit(ctfi_bytes raw, size_t at, uint32_t *unit)
{
    uint32_t value = 0;
    if (raw.length - at < 6 || raw.data[at] != '\\' || raw.data[at + 1] != 'u')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        unsigned char c = raw.data[i], lower = c | 0x20;
        if (!ctfi_is_digit(c) && (lower < 'a' || lower > 'f'))
            return false;
        value = value * 16 + (uint32_t)(ctfi_is_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    *unit = value;
    return true;
}

/* The \u escape at `at`: its code point and length, 0 when there is none. */
static size_t read_point(ctfi_bytes raw, size_t at, uint32_t *point)
{
    uint32_t unit, partner;
    if (!read_unit(raw, at, &unit))
        return 0;
    *point = unit;
    if (unit < 0xD800 || unit > 0xDFFF)
        return 6;
    if (unit > 0xDBFF || !read_unit(raw, at + 6, &partner) || partner < 0xDC00 || partner > 0xDFFF)
        return 0;
    *point = 0x10000 + ((unit - 0xD800) << 10) + (partner - 0xDC00);
    return 12;
}

/* The character that a one-letter escape stands for, or 0. */
static unsigned char short_escape(unsigned char letter)
{
    static const char letters[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    const char *at = letter == 0 ? NULL : strchr(letters, letter);
    return at == NULL ? 0 : (unsigned char)characters[at - letters];
}

size_t ctfi_unescape(ctfi_bytes raw, unsigned char *out)
{
    size_t n = 0, at = 0;
    uint32_t point;
    while (at < raw.length) {
        unsigned char c = raw.data[at];
        unsigned char plain = c == '\\' && at + 1 < raw.length ? short_escape(raw.data[at + 1]) : 0;
        size_t taken = c == '\\' && plain == 0 ? read_point(raw, at, &point) : 0;
        if (taken != 0) {
            n += ctfi_utf8_write(point, out + n);
            at += taken;
        } else {
            out[n++] = plain != 0 ? plain : c;
            at += plain != 0 ? 2 : 1;
        }
    }
    return n;
}
