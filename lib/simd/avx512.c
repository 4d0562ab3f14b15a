/* The AVX-512 kernel: a block is one register, and masks come straight from the compares (AVX-512BW). */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#define ON_KERNEL __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt,pclmul")))

#include "simd/x86.h"

typedef __m512i wide;
typedef __mmask64 hits;

/* n < 32 */
ON_KERNEL static inline slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    (void)room;
    return _mm256_maskz_loadu_epi8((__mmask32)((1u << n) - 1), p);
}

ON_KERNEL static inline wide wide_load(place p)
{
    return _mm512_loadu_si512((const void *)p);
}

/* n < 64 */
ON_KERNEL static inline wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    (void)room;
    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(filler), (UINT64_C(1) << n) - 1, p);
}

ON_KERNEL static inline hits equal(wide w, char c)
{
    return _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8(c));
}

ON_KERNEL static inline hits either(hits a, hits b)
{
    return a | b;
}

ON_KERNEL static inline hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    return _mm512_mask_cmpeq_epi8_mask(equal(x, (char)first), y, _mm512_set1_epi8((char)second));
}

ON_KERNEL static inline bool any(hits found)
{
    return found != 0;
}

ON_KERNEL static inline uint64_t mask(hits found)
{
    return found;
}

ON_KERNEL static inline void block(wide w, masks *out)
{
    const wide bit = _mm512_set1_epi8(0x20); /* in which '[' and '{', ']' and '}' differ */
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const wide blanks =
        _mm512_broadcast_i32x4(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    wide lower = _mm512_or_si512(w, bit);
    out->quote = equal(w, '"');
    out->backslash = equal(w, '\\');
    out->open = equal(lower, '{');
    out->close = equal(lower, '}');
    out->comma = equal(w, ',');
    out->colon = equal(w, ':');
    out->blank = _mm512_cmpeq_epi8_mask(w, _mm512_shuffle_epi8(blanks, w));
    out->curly = _mm512_test_epi8_mask(w, bit);
}

ON_KERNEL static inline bool is_odd(wide w)
{
    return _mm512_cmplt_epi8_mask(w, _mm512_set1_epi8(0x20)) != 0; /* signed: from 0x80 on is negative */
}

ON_KERNEL static inline uint64_t highs(wide w)
{
    return _mm512_movepi8_mask(w);
}

ON_KERNEL static inline uint64_t controls(wide w)
{
    return _mm512_cmplt_epu8_mask(w, _mm512_set1_epi8(0x20));
}

ON_KERNEL static inline bool any_high(wide w)
{
    return highs(w) != 0;
}

#include "simd/body.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_avx512 = {"avx512", string_stop, plain_end, line_end, find, pairs,
                                        count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_avx512; /* a translation unit holds something */
#endif
