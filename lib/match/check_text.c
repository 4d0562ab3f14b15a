/* Every function takes the place to read from and returns the place behind what it proved, or NULL. */
#include "match/check_text.h"

#include "match/check.h"

typedef const unsigned char *place;

static place read_digits(place p, place end)
{
    place start = p;
    while (p < end && ctfi_is_digit(*p))
        p++;
    return p == start ? NULL : p;
}

/* -?(0|[1-9]digits)(.digits)?([eE][+-]?digits)? */
static place read_number(place p, place end)
{
    p += *p == '-';
    if (p == end || !ctfi_is_digit(*p))
        return NULL;
    p = *p == '0' ? p + 1 : read_digits(p, end);
    if (p < end && *p == '.' && (p = read_digits(p + 1, end)) == NULL)
        return NULL;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        return read_digits(p, end);
    }
    return p;
}

static place read_word(place p, place end, const char *word, size_t n)
{
    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? p + n : NULL;
}

static place read_scalar(place p, place end)
{
    switch (*p) {
    case 't':
        return read_word(p, end, "true", 4);
    case 'f':
        return read_word(p, end, "false", 5);
    case 'n':
        return read_word(p, end, "null", 4);
    default:
        return read_number(p, end);
    }
}

bool ctfi_ends_scalar(unsigned char c)
{
    switch (c) {
    case ',':
    case ':':
    case '"':
    case '{':
    case '}':
    case '[':
    case ']':
        return true;
    default:
        return ctfi_is_blank(c);
    }
}

bool ctfi_check_scalar(place p, place end)
{
    place behind = read_scalar(p, end);
    return behind != NULL && (behind == end || ctfi_ends_scalar(*behind));
}

/* Four hexadecimal digits; -1 when they are not. */
static int32_t read_hex4(place p, place end)
{
    int32_t value = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        unsigned char c = p[i];
        int digit = ctfi_is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* What follows "\u": a code unit, with its partner when it is the first of a surrogate pair. */
static place read_unicode(place p, place end)
{
    int32_t unit = read_hex4(p, end);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return NULL;
    p += 4;
    if (unit < 0xD800 || unit > 0xDBFF)
        return p;
    if (end - p < 2 || p[0] != '\\' || p[1] != 'u')
        return NULL;
    int32_t partner = read_hex4(p + 2, end);
    return partner >= 0xDC00 && partner <= 0xDFFF ? p + 6 : NULL;
}

place ctfi_check_escape(place p, place end)
{
    if (p == end)
        return NULL;
    switch (*p) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return p + 1;
    case 'u':
        return read_unicode(p + 1, end);
    default:
        return NULL;
    }
}

bool ctfi_check_lone_surrogate(ctfi_bytes text)
{
    place p = text.data, end = p + text.length;
    while (p < end && (p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
        place behind = ctfi_check_escape(p + 1, end);
        if (behind == NULL)
            return true;
        p = behind;
    }
    return false;
}
