/* UTF-8 at vector speed: what can be wrong about a byte is read from three tables, by the halves of the
 * byte before it and by its own high half; an error is what all three allow for (J. Keiser, D. Lemire,
 * "Validating UTF-8 in less than one instruction per byte", 2021). Third and fourth bytes are due where
 * a lead byte two or three places before says so. With the primitives of body.h and:
 *
 *   slim, slim_load(p)            SLIM bytes, as in stops.h
 *   slim_look(table, v)           the byte of sixteen that each byte of v, below 16, tells
 *   slim_low_half(v), slim_high_half(v)
 *   slim_and, slim_or, slim_xor
 *   slim_all(c)                   c in every byte
 *   slim_from(v, c)               bit 0x80 in each byte that is at least c, which is above 0x80
 *   slim_some(v)                  is a bit set?
 *   any_high(w)                   is a byte of 64 from 0x80 on? */
#include "base/utf8.h"

enum {
    TOO_SHORT = 1 << 0,  /* a lead byte, and no continuation */
    TOO_LONG = 1 << 1,   /* ASCII, and a continuation */
    OVERLONG_2 = 1 << 2, /* C0, C1 */
    OVERLONG_3 = 1 << 3, /* E0 before 80..9F */
    SURROGATE = 1 << 4,  /* ED before A0..BF */
    BEYOND = 1 << 5,     /* F4 before 90..BF, F5..FF before 90..BF */
    FOUR = 1 << 6,       /* F0 before 80..8F: overlong; F5..FF before 80..8F: beyond U+10FFFF */
    FOLLOWS = 1 << 7,    /* two continuations: wrong unless a third or fourth byte is due */
    ANY_LOW = TOO_SHORT | TOO_LONG | FOLLOWS
};

static const unsigned char by_high_before[16] = {
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    FOLLOWS, FOLLOWS, FOLLOWS, FOLLOWS,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | BEYOND | FOUR};

static const unsigned char by_low_before[16] = {
    ANY_LOW | OVERLONG_2 | OVERLONG_3 | FOUR, ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW, ANY_LOW | BEYOND,
    ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR,
    ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR,
    ANY_LOW | BEYOND | FOUR | SURROGATE, ANY_LOW | BEYOND | FOUR, ANY_LOW | BEYOND | FOUR};

static const unsigned char by_high[16] = {
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    TOO_LONG | FOLLOWS | OVERLONG_2 | OVERLONG_3 | FOUR, TOO_LONG | FOLLOWS | OVERLONG_2 | OVERLONG_3 | BEYOND,
    TOO_LONG | FOLLOWS | OVERLONG_2 | SURROGATE | BEYOND, TOO_LONG | FOLLOWS | OVERLONG_2 | SURROGATE | BEYOND,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT};

/* Is something wrong with the SLIM bytes at p, as followers of the three bytes before them? A sequence that
 * they leave unfinished is not. */
INLINED bool slim_flaws(place p)
{
    slim bytes = slim_load(p), before = slim_load(p - 1);
    slim wrong = slim_and(slim_look(by_high_before, slim_high_half(before)),
                          slim_look(by_low_before, slim_low_half(before)));
    wrong = slim_and(wrong, slim_look(by_high, slim_high_half(bytes)));
    slim due = slim_or(slim_from(slim_load(p - 2), 0xE0), slim_from(slim_load(p - 3), 0xF0));
    return slim_some(slim_xor(wrong, slim_and(due, slim_all(FOLLOWS))));
}

INLINED bool flaws(place p)
{
    bool found = false;
    for (size_t i = 0; i < CTFI_BLOCK; i += SLIM)
        found |= slim_flaws(p + i);
    return found;
}

/* The flaws of n <= 64 bytes from p on, of which three bytes before p are known; zeros stand behind them. */
ON_KERNEL static bool part_flaws(place start, place p, size_t n)
{
    unsigned char room[3 + CTFI_BLOCK] = {0};
    if (p != start)
        memcpy(room, p - 3, 3);
    copy_some(room + 3, p, n);
    return flaws(room + 3);
}

/* One sequence after another, from the start of the one that the byte before p is of: what is before p is
 * well-formed as far as it goes. */
static place utf8_slowly(place start, place p, place end)
{
    uint32_t point;
    size_t n = 1;
    while (p > start && (*--p & 0xC0) == 0x80)
        ;
    for (; p < end && n != 0; p += n)
        n = *p < 0x80 ? 1 : ctfi_utf8_read(p, (size_t)(end - p), &point);
    return p;
}

/* Blocks of ASCII are passed over where nothing unfinished stands before them. */
ON_KERNEL static place utf8_end(place p, place end)
{
    place start = p;
    unsigned char room[CTFI_BLOCK];
    bool done = true; /* no sequence is unfinished at p */
    for (; end - p >= CTFI_BLOCK; p += CTFI_BLOCK) {
        bool high = any_high(wide_load(p));
        if ((high || !done) && (p == start ? part_flaws(start, p, CTFI_BLOCK) : flaws(p)))
            return utf8_slowly(start, p, end);
        done = !high;
    }
    size_t left = (size_t)(end - p);
    if (done && (left == 0 || !any_high(wide_part(p, left, 0, room))))
        return end;
    return part_flaws(start, p, left) ? utf8_slowly(start, p, end) : end;
}
