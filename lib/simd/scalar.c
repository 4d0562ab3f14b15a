/* The scalar kernel: eight bytes a step in a 64-bit word. The twin every other kernel is tested against. */
#include "simd/kernel.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)
#define LOWS (HIGHS - ONES)

/* Byte i of the memory is byte i (from the low end) of the word, whatever the machine's byte order. */
static uint64_t load(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* 0x80 in each byte that equals c, 0 in the others; exact. */
static uint64_t equal(uint64_t word, unsigned char c)
{
    uint64_t x = word ^ (ONES * c);
    return ~(((x & LOWS) + LOWS) | x) & HIGHS;
}

/* 0x80 in each byte below 0x20. */
static uint64_t controls(uint64_t word)
{
    return ~(((word & LOWS) + (LOWS - ONES * 0x1F)) | word) & HIGHS;
}

/* The 0x80s of eight bytes as eight bits. */
static uint64_t gather(uint64_t highs)
{
    return ((highs >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

#define STEP 8
#define ON_KERNEL

static inline uint64_t stop_step(const unsigned char *p)
{
    uint64_t word = load(p);
    return gather(equal(word, '"') | equal(word, '\\'));
}

static inline uint64_t odd_step(const unsigned char *p)
{
    uint64_t word = load(p);
    return gather(equal(word, '"') | equal(word, '\\') | controls(word) | (word & HIGHS));
}

static inline void block(const unsigned char *p, ctfi_masks *out)
{
    ctfi_masks m = {0};
    for (unsigned i = 0; i < CTFI_BLOCK; i += 8) {
        uint64_t word = load(p + i);
        uint64_t lower = word | (ONES * 0x20); /* '[' 0x5B and '{' 0x7B differ in this bit, so do ']' and '}' */
        m.quote |= gather(equal(word, '"')) << i;
        m.backslash |= gather(equal(word, '\\')) << i;
        m.open |= gather(equal(lower, '{')) << i;
        m.close |= gather(equal(lower, '}')) << i;
        m.comma |= gather(equal(word, ',')) << i;
        m.colon |= gather(equal(word, ':')) << i;
        m.blank |= gather(equal(word, ' ') | equal(word, '\t') | equal(word, '\n') | equal(word, '\r')) << i;
        m.curly |= gather(word << 2 & HIGHS) << i;
        m.control |= gather(controls(word)) << i;
        m.high |= gather(word & HIGHS) << i;
    }
    *out = m;
}

static inline uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"

static const unsigned char *line_end(const unsigned char *p, const unsigned char *end)
{
    const unsigned char *found = p == end ? NULL : memchr(p, '\n', (size_t)(end - p));
    return found == NULL ? end : found;
}

/* Time is at most text times needle; a needle has at most 1024 characters. */
static const unsigned char *find(ctfi_bytes text, ctfi_bytes needle)
{
    const unsigned char *p = text.data;
    size_t left = text.length;
    while (left >= needle.length) {
        const unsigned char *hit = memchr(p, needle.data[0], left - needle.length + 1);
        if (hit == NULL)
            return NULL;
        if (memcmp(hit, needle.data, needle.length) == 0)
            return hit;
        left -= (size_t)(hit - p) + 1;
        p = hit + 1;
    }
    return NULL;
}

const ctfi_kernel ctfi_kernel_scalar = {"scalar", masks_of, string_stop, plain_end, line_end, find,
    pairs, count_lines, utf8_end, skip_brackets, index_blocks};
