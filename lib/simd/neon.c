/* The NEON kernel: a block is four registers. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_ARM

#include <arm_neon.h>

#include "simd/block.h"

#define ON_KERNEL

/* ---- 16 bytes ---- */

#define SLIM 16

typedef uint8x16_t slim;

INLINED slim slim_load(place p)
{
    return vld1q_u8(p);
}

INLINED slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return vld1q_u8(copy_part(room, p, n % SLIM, 0));
}

INLINED slim slim_all(unsigned char c)
{
    return vdupq_n_u8(c);
}

/* The flags of bytes that are 0x00 or 0xFF: each byte keeps its bit of eight, then they are added pairwise. */
INLINED slim weighed(slim flags)
{
    const slim weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    return vandq_u8(flags, weights);
}

INLINED uint64_t slim_mask(slim flags)
{
    slim sum = weighed(flags);
    for (int i = 0; i < 3; i++)
        sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u16(vreinterpretq_u16_u8(sum), 0);
}

INLINED slim stops(slim bytes)
{
    return vorrq_u8(vceqq_u8(bytes, slim_all('"')), vceqq_u8(bytes, slim_all('\\')));
}

INLINED uint64_t slim_stops(slim bytes)
{
    return slim_mask(stops(bytes));
}

INLINED uint64_t slim_odds(slim bytes)
{
    slim odd = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20)); /* from 0x80 on is negative */
    return slim_mask(vorrq_u8(stops(bytes), odd));
}

INLINED slim slim_look(const unsigned char table[16], slim indices)
{
    return vqtbl1q_u8(vld1q_u8(table), indices);
}

INLINED slim slim_and(slim a, slim b)
{
    return vandq_u8(a, b);
}

INLINED slim slim_or(slim a, slim b)
{
    return vorrq_u8(a, b);
}

INLINED slim slim_xor(slim a, slim b)
{
    return veorq_u8(a, b);
}

INLINED slim slim_low_half(slim bytes)
{
    return vandq_u8(bytes, slim_all(0x0F));
}

INLINED slim slim_high_half(slim bytes)
{
    return vshrq_n_u8(bytes, 4);
}

INLINED slim slim_from(slim bytes, unsigned char c)
{
    return vqsubq_u8(bytes, slim_all((unsigned char)(c - 0x80)));
}

INLINED bool slim_some(slim bits)
{
    return vmaxvq_u8(bits) != 0;
}

/* ---- 64 bytes ---- */

typedef uint8x16x4_t wide;
typedef uint8x16x4_t hits; /* 0xFF in the bytes that do */

INLINED wide wide_load(place p)
{
    return (wide){{vld1q_u8(p), vld1q_u8(p + 16), vld1q_u8(p + 32), vld1q_u8(p + 48)}};
}

INLINED wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return wide_load(copy_part(room, p, n, filler));
}

INLINED hits equal(wide w, char c)
{
    for (int i = 0; i < 4; i++)
        w.val[i] = vceqq_u8(w.val[i], slim_all((unsigned char)c));
    return w;
}

INLINED hits either(hits a, hits b)
{
    for (int i = 0; i < 4; i++)
        a.val[i] = vorrq_u8(a.val[i], b.val[i]);
    return a;
}

INLINED hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits a = equal(x, (char)first), b = equal(y, (char)second);
    for (int i = 0; i < 4; i++)
        a.val[i] = vandq_u8(a.val[i], b.val[i]);
    return a;
}

INLINED slim summed(wide w)
{
    return vorrq_u8(vorrq_u8(w.val[0], w.val[1]), vorrq_u8(w.val[2], w.val[3]));
}

INLINED bool any(hits found)
{
    return slim_some(summed(found));
}

INLINED uint64_t mask(hits found)
{
    slim low = vpaddq_u8(weighed(found.val[0]), weighed(found.val[1]));
    slim high = vpaddq_u8(weighed(found.val[2]), weighed(found.val[3]));
    slim all = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

/* ---- masks ---- */

typedef wide view;

INLINED view view_of(wide w)
{
    return w;
}

INLINED uint64_t over(wide w, slim (*test)(slim))
{
    for (int i = 0; i < 4; i++)
        w.val[i] = test(w.val[i]);
    return mask(w);
}

INLINED uint64_t quotes(view v)
{
    return mask(equal(v, '"'));
}

INLINED uint64_t backslashes(view v)
{
    return mask(equal(v, '\\'));
}

INLINED slim lower(slim bytes)
{
    return vorrq_u8(bytes, slim_all(0x20)); /* in which '[' and '{', ']' and '}' differ */
}

INLINED slim slim_opens(slim bytes)
{
    return vceqq_u8(lower(bytes), slim_all('{'));
}

INLINED slim slim_closes(slim bytes)
{
    return vceqq_u8(lower(bytes), slim_all('}'));
}

/* At the low half of each blank's code, the blank; elsewhere a byte with another low half. */
INLINED slim slim_blanks(slim bytes)
{
    const slim codes = {' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0};
    return vceqq_u8(bytes, vqtbl1q_u8(codes, slim_low_half(bytes)));
}

INLINED slim slim_curlies(slim bytes)
{
    return vtstq_u8(bytes, slim_all(0x20));
}

INLINED slim slim_highs(slim bytes)
{
    return vcgeq_u8(bytes, slim_all(0x80));
}

INLINED slim slim_controls(slim bytes)
{
    return vcltq_u8(bytes, slim_all(0x20));
}

INLINED uint64_t opens(view v)
{
    return over(v, slim_opens);
}

INLINED uint64_t closes(view v)
{
    return over(v, slim_closes);
}

INLINED uint64_t highs(view v)
{
    return over(v, slim_highs);
}

INLINED uint64_t controls(view v)
{
    return over(v, slim_controls);
}

INLINED bool any_high(wide w)
{
    return vmaxvq_u8(summed(w)) >= 0x80;
}

INLINED uint64_t odds(view v)
{
    slim least = vminq_u8(vminq_u8(v.val[0], v.val[1]), vminq_u8(v.val[2], v.val[3]));
    return vminvq_u8(least) < 0x20 || any_high(v);
}

INLINED void structure(view v, uint64_t outside, ctfi_block *out)
{
    out->open = opens(v) & outside;
    out->close = closes(v) & outside;
    out->comma = mask(equal(v, ',')) & outside;
    out->colon = mask(equal(v, ':')) & outside;
    out->blank = over(v, slim_blanks) & outside;
    out->curly = over(v, slim_curlies);
}

INLINED uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"
#include "simd/members.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/lines.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_neon = {"neon", string_stop, plain_end, line_end, find, pairs,
                                      pairs_lines, utf8_end, skip_brackets, index_blocks, member, behind_closing};

#else
typedef int ctfi_no_neon; /* a translation unit holds something */
#endif
