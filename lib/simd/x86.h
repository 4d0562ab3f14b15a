/* Primitives over 32 bytes that both kernels for x86-64 use. */
#include <immintrin.h>

#include "simd/block.h"

#define SLIM 32

typedef __m256i slim;

INLINED slim slim_load(place p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

INLINED slim slim_all(unsigned char c)
{
    return _mm256_set1_epi8((char)c);
}

INLINED slim slim_equal(slim bytes, char c)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

INLINED uint64_t slim_mask(slim flags)
{
    return (uint32_t)_mm256_movemask_epi8(flags);
}

INLINED uint64_t slim_stops(slim bytes)
{
    return slim_mask(_mm256_or_si256(slim_equal(bytes, '"'), slim_equal(bytes, '\\')));
}

INLINED uint64_t slim_odds(slim bytes)
{
    slim stops = _mm256_or_si256(slim_equal(bytes, '"'), slim_equal(bytes, '\\'));
    slim odd = _mm256_cmpgt_epi8(slim_all(0x20), bytes); /* signed: from 0x80 on is negative */
    return slim_mask(_mm256_or_si256(stops, odd));
}

INLINED slim slim_look(const unsigned char table[16], slim indices)
{
    __m128i once = _mm_loadu_si128((const __m128i *)(const void *)table);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(once), indices);
}

INLINED slim slim_and(slim a, slim b)
{
    return _mm256_and_si256(a, b);
}

INLINED slim slim_or(slim a, slim b)
{
    return _mm256_or_si256(a, b);
}

INLINED slim slim_xor(slim a, slim b)
{
    return _mm256_xor_si256(a, b);
}

INLINED slim slim_low_half(slim bytes)
{
    return _mm256_and_si256(bytes, slim_all(0x0F));
}

INLINED slim slim_high_half(slim bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), slim_all(0x0F));
}

INLINED slim slim_from(slim bytes, unsigned char c)
{
    return _mm256_subs_epu8(bytes, slim_all((unsigned char)(c - 0x80)));
}

INLINED bool slim_some(slim bits)
{
    return _mm256_testz_si256(bits, bits) == 0;
}

INLINED uint64_t prefix_xor(uint64_t x)
{
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)x), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}
