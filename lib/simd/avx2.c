/* The AVX2 kernel: a block is two registers. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#define ON_KERNEL __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))

#include "simd/x86.h"

typedef struct wide {
    slim low, high;
} wide;

typedef wide hits; /* 0xFF in the bytes that do */

ON_KERNEL static inline slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return slim_load(copy_part(room, p, n % SLIM, 0));
}

ON_KERNEL static inline wide wide_load(place p)
{
    return (wide){slim_load(p), slim_load(p + 32)};
}

ON_KERNEL static inline wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return wide_load(copy_part(room, p, n, filler));
}

ON_KERNEL static inline hits equal(wide w, char c)
{
    return (hits){slim_equal(w.low, c), slim_equal(w.high, c)};
}

ON_KERNEL static inline hits either(hits a, hits b)
{
    return (hits){_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}

ON_KERNEL static inline hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits a = equal(x, (char)first), b = equal(y, (char)second);
    return (hits){_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)};
}

ON_KERNEL static inline bool any(hits found)
{
    return slim_mask(_mm256_or_si256(found.low, found.high)) != 0;
}

ON_KERNEL static inline uint64_t mask(hits found)
{
    return slim_mask(found.low) | slim_mask(found.high) << 32;
}

ON_KERNEL static inline void block(wide w, masks *out)
{
    const slim bit = slim_all(0x20); /* in which '[' and '{', ']' and '}' differ */
    /* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
    const slim blanks =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0));
    wide lower = {_mm256_or_si256(w.low, bit), _mm256_or_si256(w.high, bit)};
    wide blank = {_mm256_shuffle_epi8(blanks, w.low), _mm256_shuffle_epi8(blanks, w.high)};
    out->quote = mask(equal(w, '"'));
    out->backslash = mask(equal(w, '\\'));
    out->open = mask(equal(lower, '{'));
    out->close = mask(equal(lower, '}'));
    out->comma = mask(equal(w, ','));
    out->colon = mask(equal(w, ':'));
    out->blank = mask((hits){_mm256_cmpeq_epi8(w.low, blank.low), _mm256_cmpeq_epi8(w.high, blank.high)});
    out->curly = mask((hits){_mm256_slli_epi16(w.low, 2), _mm256_slli_epi16(w.high, 2)});
}

ON_KERNEL static inline bool is_odd(wide w)
{
    slim least = _mm256_min_epi8(w.low, w.high); /* signed: from 0x80 on is negative */
    return slim_mask(_mm256_cmpgt_epi8(slim_all(0x20), least)) != 0;
}

ON_KERNEL static inline uint64_t highs(wide w)
{
    return mask(w);
}

ON_KERNEL static inline uint64_t controls(wide w)
{
    slim bit = slim_all(0x20);
    return mask((hits){_mm256_cmpgt_epi8(bit, w.low), _mm256_cmpgt_epi8(bit, w.high)}) & ~highs(w);
}

ON_KERNEL static inline bool any_high(wide w)
{
    return slim_mask(_mm256_or_si256(w.low, w.high)) != 0;
}

#include "simd/body.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_avx2 = {"avx2", string_stop, plain_end, line_end, find, pairs,
                                      count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_avx2; /* a translation unit holds something */
#endif
