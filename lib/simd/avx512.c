/* The AVX-512 kernel: 64 bytes a step, masks straight from the compares (AVX-512BW). */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#include <immintrin.h>

#define STEP 64
#define ON_KERNEL __attribute__((target("avx512f,avx512bw,avx512vl,bmi,popcnt,pclmul")))

ON_KERNEL static inline __m512i load(const unsigned char *p)
{
    return _mm512_loadu_si512((const void *)p);
}

ON_KERNEL static inline uint64_t equal(__m512i bytes, char c)
{
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

ON_KERNEL static inline uint64_t stop_step(const unsigned char *p)
{
    __m512i bytes = load(p);
    return equal(bytes, '"') | equal(bytes, '\\');
}

ON_KERNEL static inline uint64_t odd_step(const unsigned char *p)
{
    __m512i bytes = load(p);
    uint64_t odd = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(0x20)); /* signed: from 0x80 on is negative */
    return odd | equal(bytes, '"') | equal(bytes, '\\');
}

ON_KERNEL static inline uint64_t equal_step(const unsigned char *p, unsigned char c)
{
    return equal(load(p), (char)c);
}

ON_KERNEL static inline void block(const unsigned char *p, ctfi_masks *out)
{
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const __m512i blanks = _mm512_broadcast_i32x4(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    __m512i bytes = load(p);
    __m512i lower = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20)); /* in which '[' and '{', ']' and '}' differ */
    out->quote = equal(bytes, '"');
    out->backslash = equal(bytes, '\\');
    out->open = equal(lower, '{');
    out->close = equal(lower, '}');
    out->comma = equal(bytes, ',');
    out->colon = equal(bytes, ':');
    out->blank = _mm512_cmpeq_epi8_mask(bytes, _mm512_shuffle_epi8(blanks, bytes));
    out->curly = _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(0x20));
    out->control = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
    out->high = _mm512_movepi8_mask(bytes);
}

ON_KERNEL static inline uint64_t prefix_xor(uint64_t x)
{
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)x), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#include "simd/body.h"
#include "simd/search.h"

const ctfi_kernel ctfi_kernel_avx512 = {"avx512", masks_of, string_stop, plain_end, line_end, find,
    pairs, count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_avx512; /* a translation unit holds something */
#endif
