#include "match/skip.h"

/* Bytes escaped by a backslash, given whether the first one is. The escape of byte 63 is lost here. */
static uint64_t escaped_bytes(uint64_t backslash, uint64_t first)
{
    uint64_t escaped = first;
    uint64_t escapes = backslash & ~escaped;
    while (escapes != 0) {
        uint64_t at = escapes & (~escapes + 1);
        escaped |= at << 1;
        escapes &= ~(at | at << 1);
    }
    return escaped;
}

/* Bit i is the parity of bits 0..i. */
static uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

/* The brackets outside strings among the first n bytes of a block; the others are zero bytes. */
static void take_block(const ctfi_kernel *kernel, ctfi_skip *state, const unsigned char *block, unsigned n,
                       uint64_t *open, uint64_t *close)
{
    ctfi_masks masks;
    kernel->masks(block, &masks);
    uint64_t escaped = escaped_bytes(masks.backslash, state->escaped);
    uint64_t inside = prefix_xor(masks.quote & ~escaped) ^ state->in_string;
    uint64_t last = UINT64_C(1) << (n - 1);
    state->escaped = (masks.backslash & ~escaped & last) != 0;
    state->in_string = (uint64_t)0 - (inside >> 63);
    *open = masks.open & ~inside;
    *close = masks.close & ~inside;
}

/* The index behind the bracket that brings the depth to 0, or 0 when the block does not. */
static unsigned settle(ctfi_skip *state, uint64_t open, uint64_t close)
{
    unsigned closes = ctfi_popcount(close);
    if (closes >= state->depth) {
        size_t depth = state->depth; /* wraps below 0 while brackets before make up for it */
        for (uint64_t rest = close; rest != 0; rest &= rest - 1) {
            unsigned at = ctfi_lowest(rest);
            uint64_t before = open & ((UINT64_C(1) << at) - 1);
            if (--depth + ctfi_popcount(before) == 0) {
                state->depth = 0;
                return at + 1;
            }
        }
    }
    state->depth += ctfi_popcount(open);
    state->depth -= closes;
    return 0;
}

const unsigned char *ctfi_skip_brackets(const ctfi_kernel *kernel, ctfi_skip *state, const unsigned char *p,
                                        const unsigned char *end)
{
    uint64_t open, close;
    unsigned behind;
    for (; end - p >= CTFI_BLOCK; p += CTFI_BLOCK) {
        take_block(kernel, state, p, CTFI_BLOCK, &open, &close);
        if ((behind = settle(state, open, close)) != 0)
            return p + behind;
    }
    unsigned left = (unsigned)(end - p);
    if (left == 0)
        return NULL;
    unsigned char block[CTFI_BLOCK] = {0};
    memcpy(block, p, left);
    take_block(kernel, state, block, left, &open, &close);
    behind = settle(state, open, close);
    return behind == 0 ? NULL : p + behind;
}
