/* Primitives over 64 bytes that both kernels for AVX-512 use: masks come straight from the compares. */
#include "simd/x86.h"

typedef __m512i wide;
typedef __mmask64 hits;

/* n < 32 */
INLINED slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    (void)room;
    return _mm256_maskz_loadu_epi8((__mmask32)((1u << n) - 1), p);
}

INLINED wide wide_load(place p)
{
    return _mm512_loadu_si512((const void *)p);
}

/* n < 64 */
INLINED wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    (void)room;
    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(filler), (UINT64_C(1) << n) - 1, p);
}

INLINED hits equal(wide w, char c)
{
    return _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8(c));
}

INLINED hits either(hits a, hits b)
{
    return a | b;
}

INLINED hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    return _mm512_mask_cmpeq_epi8_mask(equal(x, (char)first), y, _mm512_set1_epi8((char)second));
}

INLINED bool any(hits found)
{
    return found != 0;
}

INLINED uint64_t mask(hits found)
{
    return found;
}

/* ---- masks ---- */

INLINED uint64_t blanks_of(wide w)
{
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const wide codes =
        _mm512_broadcast_i32x4(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    return _mm512_cmpeq_epi8_mask(w, _mm512_shuffle_epi8(codes, w));
}

/* All masks at once: a compiler that puts a compare off until it may mask it makes it slower. Those that
 * nobody asks for cost nothing. */
typedef struct view {
    wide bytes;
    uint64_t quote, backslash, open, close, comma, colon, blank, curly, odd;
} view;

INLINED view view_of(wide w)
{
    const wide bit = _mm512_set1_epi8(0x20);
    wide lower = _mm512_or_si512(w, bit); /* '[' and '{', ']' and '}' differ in that bit */
    view v = {.bytes = w, .quote = equal(w, '"'), .backslash = equal(w, '\\')};
    v.open = equal(lower, '{');
    v.close = equal(lower, '}');
    v.comma = equal(w, ',');
    v.colon = equal(w, ':');
    v.blank = blanks_of(w);
    v.curly = _mm512_test_epi8_mask(w, bit);
    v.odd = _mm512_cmplt_epi8_mask(w, bit); /* signed: from 0x80 on is negative */
    return v;
}

INLINED uint64_t quotes(view v)
{
    return v.quote;
}

INLINED uint64_t backslashes(view v)
{
    return v.backslash;
}

INLINED uint64_t opens(view v)
{
    return v.open;
}

INLINED uint64_t closes(view v)
{
    return v.close;
}

INLINED uint64_t highs(view v)
{
    return _mm512_movepi8_mask(v.bytes);
}

INLINED uint64_t controls(view v)
{
    return _mm512_cmplt_epu8_mask(v.bytes, _mm512_set1_epi8(0x20));
}

INLINED uint64_t odds(view v)
{
    return v.odd;
}

INLINED bool any_high(wide w)
{
    return _mm512_movepi8_mask(w) != 0;
}
