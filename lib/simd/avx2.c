/* The AVX2 kernel: 32 bytes a step. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#include <immintrin.h>

#define STEP 32
#define ON_KERNEL __attribute__((target("avx2,bmi,popcnt,pclmul")))

ON_KERNEL static inline __m256i load(const unsigned char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

ON_KERNEL static inline __m256i equal(__m256i bytes, char c)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

ON_KERNEL static inline uint64_t gather(__m256i mask)
{
    return (uint32_t)_mm256_movemask_epi8(mask);
}

ON_KERNEL static inline uint64_t stop_step(const unsigned char *p)
{
    __m256i bytes = load(p);
    return gather(_mm256_or_si256(equal(bytes, '"'), equal(bytes, '\\')));
}

ON_KERNEL static inline uint64_t odd_step(const unsigned char *p)
{
    __m256i bytes = load(p);
    __m256i stop = _mm256_or_si256(equal(bytes, '"'), equal(bytes, '\\'));
    __m256i odd = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes); /* signed: from 0x80 on is negative */
    return gather(_mm256_or_si256(stop, odd));
}

ON_KERNEL static inline uint64_t equal_step(const unsigned char *p, unsigned char c)
{
    return gather(equal(load(p), (char)c));
}

ON_KERNEL static inline void block(const unsigned char *p, ctfi_masks *out)
{
    const __m256i bit = _mm256_set1_epi8(0x20); /* in which '[' and '{', ']' and '}' differ */
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const __m256i blanks = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    __m256i low = load(p), high = load(p + 32);
    __m256i low_lower = _mm256_or_si256(low, bit), high_lower = _mm256_or_si256(high, bit);
    out->quote = gather(equal(low, '"')) | gather(equal(high, '"')) << 32;
    out->backslash = gather(equal(low, '\\')) | gather(equal(high, '\\')) << 32;
    out->open = gather(equal(low_lower, '{')) | gather(equal(high_lower, '{')) << 32;
    out->close = gather(equal(low_lower, '}')) | gather(equal(high_lower, '}')) << 32;
    out->comma = gather(equal(low, ',')) | gather(equal(high, ',')) << 32;
    out->colon = gather(equal(low, ':')) | gather(equal(high, ':')) << 32;
    out->blank = gather(_mm256_cmpeq_epi8(low, _mm256_shuffle_epi8(blanks, low))) |
                 gather(_mm256_cmpeq_epi8(high, _mm256_shuffle_epi8(blanks, high))) << 32;
    out->curly = gather(_mm256_slli_epi16(low, 2)) | gather(_mm256_slli_epi16(high, 2)) << 32;
    out->high = gather(low) | gather(high) << 32;
    out->control = (gather(_mm256_cmpgt_epi8(bit, low)) | gather(_mm256_cmpgt_epi8(bit, high)) << 32) & ~out->high;
}

ON_KERNEL static inline uint64_t prefix_xor(uint64_t x)
{
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)x), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#include "simd/body.h"
#include "simd/search.h"

const ctfi_kernel ctfi_kernel_avx2 = {"avx2", masks_of, string_stop, plain_end, line_end, find,
    pairs, count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_avx2; /* a translation unit holds something */
#endif
