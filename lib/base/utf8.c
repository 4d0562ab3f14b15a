#include "base/utf8.h"

typedef struct letters {
    uint32_t first;
    uint32_t last;
} letters;

static const letters letter_ranges[] = {
#include "base/letters.inc"
};

/* Length of the sequence that a lead byte announces; 0 for a byte that leads none. */
static size_t announced(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

/* The second byte carries what RFC 3629 forbids beyond lead bytes: overlongs, surrogates, and points
 * above U+10FFFF. */
static bool second_allowed(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

size_t ctfi_utf8_read(const unsigned char *p, size_t length, uint32_t *point)
{
    size_t n = announced(p[0]);
    if (n == 1) {
        *point = p[0];
        return 1;
    }
    if (n == 0 || n > length || !second_allowed(p[0], p[1]))
        return 0;
    uint32_t value = p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (p[i] & 0x3F);
    }
    *point = value;
    return n;
}

size_t ctfi_utf8_write(uint32_t point, unsigned char out[4])
{
    if (point < 0x80) {
        out[0] = (unsigned char)point;
        return 1;
    }
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (unsigned char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (unsigned char)((0xF00u >> n & 0xFF) | point);
    return n;
}

/* How many of the bytes from p on are ASCII, in steps of a word (a lower bound). */
static size_t ascii_words(const unsigned char *p, size_t length)
{
    size_t at = 0;
    for (uint64_t word; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, p + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return at;
}

bool ctfi_utf8_valid(const unsigned char *p, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t point;
        at += ascii_words(p + at, length - at);
        if (at == length)
            break;
        size_t n = ctfi_utf8_read(p + at, length - at, &point);
        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

size_t ctfi_utf8_count(const unsigned char *p, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        uint32_t point;
        size_t n = ctfi_utf8_read(p + at, length - at, &point);
        at += n + (n == 0);
    }
    return count;
}

bool ctfi_utf8_is_letter(uint32_t point)
{
    if (point < 0x80)
        return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
    size_t low = 0;
    size_t high = sizeof letter_ranges / sizeof *letter_ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (point > letter_ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof letter_ranges / sizeof *letter_ranges && point >= letter_ranges[low].first;
}
