/* The NEON kernel: a block is four registers. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_ARM

#include <arm_neon.h>

#include "simd/block.h"

#define ON_KERNEL

/* ---- 16 bytes ---- */

#define SLIM 16

typedef uint8x16_t slim;

static inline slim slim_load(place p)
{
    return vld1q_u8(p);
}

static inline slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return vld1q_u8(copy_part(room, p, n % SLIM, 0));
}

static inline slim slim_all(unsigned char c)
{
    return vdupq_n_u8(c);
}

/* The flags of bytes that are 0x00 or 0xFF: each byte keeps its bit of eight, then they are added pairwise. */
static inline slim weighed(slim flags)
{
    const slim weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    return vandq_u8(flags, weights);
}

static inline uint64_t slim_mask(slim flags)
{
    slim sum = weighed(flags);
    for (int i = 0; i < 3; i++)
        sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u16(vreinterpretq_u16_u8(sum), 0);
}

static inline slim stops(slim bytes)
{
    return vorrq_u8(vceqq_u8(bytes, slim_all('"')), vceqq_u8(bytes, slim_all('\\')));
}

static inline uint64_t slim_stops(slim bytes)
{
    return slim_mask(stops(bytes));
}

static inline uint64_t slim_odds(slim bytes)
{
    slim odd = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20)); /* from 0x80 on is negative */
    return slim_mask(vorrq_u8(stops(bytes), odd));
}

static inline slim slim_look(const unsigned char table[16], slim indices)
{
    return vqtbl1q_u8(vld1q_u8(table), indices);
}

static inline slim slim_and(slim a, slim b)
{
    return vandq_u8(a, b);
}

static inline slim slim_or(slim a, slim b)
{
    return vorrq_u8(a, b);
}

static inline slim slim_xor(slim a, slim b)
{
    return veorq_u8(a, b);
}

static inline slim slim_low_half(slim bytes)
{
    return vandq_u8(bytes, slim_all(0x0F));
}

static inline slim slim_high_half(slim bytes)
{
    return vshrq_n_u8(bytes, 4);
}

static inline slim slim_from(slim bytes, unsigned char c)
{
    return vqsubq_u8(bytes, slim_all((unsigned char)(c - 0x80)));
}

static inline bool slim_some(slim bits)
{
    return vmaxvq_u8(bits) != 0;
}

/* ---- 64 bytes ---- */

typedef uint8x16x4_t wide;
typedef uint8x16x4_t hits; /* 0xFF in the bytes that do */

static inline wide wide_load(place p)
{
    return (wide){{vld1q_u8(p), vld1q_u8(p + 16), vld1q_u8(p + 32), vld1q_u8(p + 48)}};
}

static inline wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return wide_load(copy_part(room, p, n, filler));
}

static inline hits equal(wide w, char c)
{
    for (int i = 0; i < 4; i++)
        w.val[i] = vceqq_u8(w.val[i], slim_all((unsigned char)c));
    return w;
}

static inline hits either(hits a, hits b)
{
    for (int i = 0; i < 4; i++)
        a.val[i] = vorrq_u8(a.val[i], b.val[i]);
    return a;
}

static inline hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits a = equal(x, (char)first), b = equal(y, (char)second);
    for (int i = 0; i < 4; i++)
        a.val[i] = vandq_u8(a.val[i], b.val[i]);
    return a;
}

static inline slim summed(wide w)
{
    return vorrq_u8(vorrq_u8(w.val[0], w.val[1]), vorrq_u8(w.val[2], w.val[3]));
}

static inline bool any(hits found)
{
    return slim_some(summed(found));
}

static inline uint64_t mask(hits found)
{
    slim low = vpaddq_u8(weighed(found.val[0]), weighed(found.val[1]));
    slim high = vpaddq_u8(weighed(found.val[2]), weighed(found.val[3]));
    slim all = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline uint64_t over(wide w, slim (*test)(slim))
{
    for (int i = 0; i < 4; i++)
        w.val[i] = test(w.val[i]);
    return mask(w);
}

static inline slim lower(slim bytes)
{
    return vorrq_u8(bytes, slim_all(0x20)); /* in which '[' and '{', ']' and '}' differ */
}

static inline slim opens(slim bytes)
{
    return vceqq_u8(lower(bytes), slim_all('{'));
}

static inline slim closes(slim bytes)
{
    return vceqq_u8(lower(bytes), slim_all('}'));
}

/* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
static inline slim blanks(slim bytes)
{
    const slim codes = {' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0};
    return vceqq_u8(bytes, vqtbl1q_u8(codes, slim_low_half(bytes)));
}

static inline slim curlies(slim bytes)
{
    return vtstq_u8(bytes, slim_all(0x20));
}

static inline slim below_blank(slim bytes)
{
    return vcltq_u8(bytes, slim_all(0x20));
}

static inline slim from_0x80(slim bytes)
{
    return vcgeq_u8(bytes, slim_all(0x80));
}

static inline void block(wide w, masks *out)
{
    out->quote = mask(equal(w, '"'));
    out->backslash = mask(equal(w, '\\'));
    out->open = over(w, opens);
    out->close = over(w, closes);
    out->comma = mask(equal(w, ','));
    out->colon = mask(equal(w, ':'));
    out->blank = over(w, blanks);
    out->curly = over(w, curlies);
}

static inline uint64_t highs(wide w)
{
    return over(w, from_0x80);
}

static inline uint64_t controls(wide w)
{
    return over(w, below_blank);
}

static inline bool any_high(wide w)
{
    return vmaxvq_u8(summed(w)) >= 0x80;
}

static inline bool is_odd(wide w)
{
    slim least = vminq_u8(vminq_u8(w.val[0], w.val[1]), vminq_u8(w.val[2], w.val[3]));
    return vminvq_u8(least) < 0x20 || any_high(w);
}

static inline uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_neon = {"neon", string_stop, plain_end, line_end, find, pairs,
                                      count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_neon; /* a translation unit holds something */
#endif
