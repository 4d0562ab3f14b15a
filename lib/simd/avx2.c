/* The AVX2 kernel: a block is two registers. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#define ON_KERNEL __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))

#include "simd/x86.h"

typedef struct wide {
    slim low, high;
} wide;

typedef wide hits; /* 0xFF in the bytes that do */

INLINED slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return slim_load(copy_part(room, p, n % SLIM, 0));
}

INLINED wide wide_load(place p)
{
    return (wide){slim_load(p), slim_load(p + 32)};
}

INLINED wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return wide_load(copy_part(room, p, n, filler));
}

INLINED hits equal(wide w, char c)
{
    return (hits){slim_equal(w.low, c), slim_equal(w.high, c)};
}

INLINED hits either(hits a, hits b)
{
    return (hits){_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}

INLINED hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits a = equal(x, (char)first), b = equal(y, (char)second);
    return (hits){_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)};
}

INLINED bool any(hits found)
{
    return slim_mask(_mm256_or_si256(found.low, found.high)) != 0;
}

INLINED uint64_t mask(hits found)
{
    return slim_mask(found.low) | slim_mask(found.high) << 32;
}

/* ---- masks ---- */

typedef wide view;

INLINED view view_of(wide w)
{
    return w;
}

INLINED uint64_t quotes(view v)
{
    return mask(equal(v, '"'));
}

INLINED uint64_t backslashes(view v)
{
    return mask(equal(v, '\\'));
}

/* '[' and '{', ']' and '}' differ in the bit 0x20. */
INLINED wide lower(view v)
{
    return (wide){_mm256_or_si256(v.low, slim_all(0x20)), _mm256_or_si256(v.high, slim_all(0x20))};
}

INLINED uint64_t opens(view v)
{
    return mask(equal(lower(v), '{'));
}

INLINED uint64_t closes(view v)
{
    return mask(equal(lower(v), '}'));
}

INLINED uint64_t blanks(view v)
{
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const slim codes =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    return mask((hits){_mm256_cmpeq_epi8(v.low, _mm256_shuffle_epi8(codes, v.low)),
                       _mm256_cmpeq_epi8(v.high, _mm256_shuffle_epi8(codes, v.high))});
}

INLINED uint64_t highs(view v)
{
    return mask(v);
}

INLINED uint64_t odds(view v)
{
    slim least = _mm256_min_epi8(v.low, v.high); /* signed: from 0x80 on is negative */
    return slim_mask(_mm256_cmpgt_epi8(slim_all(0x20), least));
}

INLINED uint64_t controls(view v)
{
    slim blank = slim_all(0x20);
    return mask((hits){_mm256_cmpgt_epi8(blank, v.low), _mm256_cmpgt_epi8(blank, v.high)}) & ~highs(v);
}

INLINED void structure(view v, uint64_t outside, ctfi_block *out)
{
    out->open = opens(v) & outside;
    out->close = closes(v) & outside;
    out->comma = mask(equal(v, ',')) & outside;
    out->colon = mask(equal(v, ':')) & outside;
    out->blank = blanks(v) & outside;
    out->curly = mask((hits){_mm256_slli_epi16(v.low, 2), _mm256_slli_epi16(v.high, 2)});
}

INLINED bool any_high(wide w)
{
    return slim_mask(_mm256_or_si256(w.low, w.high)) != 0;
}

#include "simd/body.h"
#include "simd/members.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/lines.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_avx2 = {"avx2", string_stop, plain_end, line_end, find, pairs,
                                      pairs_lines, utf8_end, skip_brackets, index_blocks, member, behind_closing};

#else
typedef int ctfi_no_avx2; /* a translation unit holds something */
#endif
