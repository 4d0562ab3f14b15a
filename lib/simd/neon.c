/* The NEON kernel: 64 bytes a step in four registers. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_ARM

#include <arm_neon.h>

#define STEP 64
#define ON_KERNEL

/* The high bits of 64 bytes that are 0x00 or 0xFF: bits weighed within bytes, then added pairwise. */
static inline uint64_t gather(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
    uint8x16_t all = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline uint64_t equal(const uint8x16x4_t *bytes, uint8x16_t c)
{
    return gather(vceqq_u8(bytes->val[0], c), vceqq_u8(bytes->val[1], c), vceqq_u8(bytes->val[2], c),
                  vceqq_u8(bytes->val[3], c));
}

static inline uint8x16x4_t load(const unsigned char *p)
{
    uint8x16x4_t bytes = {{vld1q_u8(p), vld1q_u8(p + 16), vld1q_u8(p + 32), vld1q_u8(p + 48)}};
    return bytes;
}

static inline uint64_t equal_step(const unsigned char *p, unsigned char c)
{
    uint8x16x4_t bytes = load(p);
    return equal(&bytes, vdupq_n_u8(c));
}

static inline uint8x16_t stops(uint8x16_t bytes)
{
    return vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\')));
}

static inline uint8x16_t odds(uint8x16_t bytes)
{
    uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20)); /* from 0x80 on is negative */
    return vorrq_u8(stops(bytes), low);
}

static inline uint64_t stop_step(const unsigned char *p)
{
    uint8x16x4_t b = load(p);
    return gather(stops(b.val[0]), stops(b.val[1]), stops(b.val[2]), stops(b.val[3]));
}

static inline uint64_t odd_step(const unsigned char *p)
{
    uint8x16x4_t b = load(p);
    return gather(odds(b.val[0]), odds(b.val[1]), odds(b.val[2]), odds(b.val[3]));
}

static inline uint8x16_t blanks(uint8x16_t bytes)
{
    uint8x16_t line = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('\n')), vceqq_u8(bytes, vdupq_n_u8('\r')));
    return vorrq_u8(line, vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(' ')), vceqq_u8(bytes, vdupq_n_u8('\t'))));
}

static inline uint8x16_t curlies(uint8x16_t bytes)
{
    return vtstq_u8(bytes, vdupq_n_u8(0x20));
}

static inline uint8x16_t controls(uint8x16_t bytes)
{
    return vcltq_u8(bytes, vdupq_n_u8(0x20));
}

static inline uint8x16_t highs(uint8x16_t bytes)
{
    return vcgeq_u8(bytes, vdupq_n_u8(0x80));
}

static inline uint64_t over(const uint8x16x4_t *bytes, uint8x16_t (*test)(uint8x16_t))
{
    return gather(test(bytes->val[0]), test(bytes->val[1]), test(bytes->val[2]), test(bytes->val[3]));
}

static inline void block(const unsigned char *p, ctfi_masks *out)
{
    uint8x16x4_t bytes = load(p), lower = bytes;
    for (int i = 0; i < 4; i++) /* the bit in which '[' and '{', ']' and '}' differ */
        lower.val[i] = vorrq_u8(bytes.val[i], vdupq_n_u8(0x20));
    out->quote = equal(&bytes, vdupq_n_u8('"'));
    out->backslash = equal(&bytes, vdupq_n_u8('\\'));
    out->open = equal(&lower, vdupq_n_u8('{'));
    out->close = equal(&lower, vdupq_n_u8('}'));
    out->comma = equal(&bytes, vdupq_n_u8(','));
    out->colon = equal(&bytes, vdupq_n_u8(':'));
    out->blank = over(&bytes, blanks);
    out->curly = over(&bytes, curlies);
    out->control = over(&bytes, controls);
    out->high = over(&bytes, highs);
}

static inline uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"
#include "simd/search.h"

const ctfi_kernel ctfi_kernel_neon = {"neon", masks_of, string_stop, plain_end, line_end, find,
    pairs, count_lines, utf8_end, skip_brackets, index_blocks};

#else
typedef int ctfi_no_neon; /* a translation unit holds something */
#endif
