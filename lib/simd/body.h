/* The algorithms over bytes, written once. A kernel file defines the primitives below for its vector unit
 * and includes this file; the kernels differ in nothing else.
 *
 *   STEP              bytes that one step looks at: 8 to 64
 *   ON_KERNEL         attribute of every function, or nothing
 *   stop_step(p)      mask over STEP bytes: quote or backslash
 *   odd_step(p)       mask over STEP bytes: quote, backslash, below 0x20, or from 0x80 on
 *   block(p, masks)   all masks over 64 bytes; those that a caller does not look at cost nothing
 *   prefix_xor(x)     bit i is the parity of bits 0..i
 *
 * At the end of a text, less than a step is copied into a padded block, so nothing is read behind it. */
#include "base/utf8.h"
#include "simd/kernel.h"

typedef const unsigned char *place;

/* n < STEP bytes and zeros behind them; zero is no byte that a step looks for, but odd_step finds it. */
ON_KERNEL static inline void copy_tail(unsigned char tail[CTFI_BLOCK], place p, size_t n)
{
    memset(tail, 0, CTFI_BLOCK);
    memcpy(tail, p, n);
}

ON_KERNEL static place string_stop(place p, place end)
{
    unsigned char tail[CTFI_BLOCK];
    uint64_t found;
    for (; end - p >= STEP; p += STEP)
        if ((found = stop_step(p)) != 0)
            return p + ctfi_lowest(found);
    copy_tail(tail, p, (size_t)(end - p));
    found = stop_step(tail);
    return found == 0 ? end : p + ctfi_lowest(found);
}

ON_KERNEL static place plain_end(place p, place end)
{
    unsigned char tail[CTFI_BLOCK];
    uint64_t found;
    for (; end - p >= STEP; p += STEP)
        if ((found = odd_step(p)) != 0)
            return p + ctfi_lowest(found);
    copy_tail(tail, p, (size_t)(end - p));
    found = odd_step(tail);
    return found == 0 || (size_t)(end - p) <= ctfi_lowest(found) ? end : p + ctfi_lowest(found);
}

/* Bytes escaped by a backslash, given whether the first one is. The escape of byte 63 is lost here. */
ON_KERNEL static inline uint64_t escaped_bytes(uint64_t backslash, uint64_t first)
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

/* The brackets outside strings among the first n bytes of a block; the others are zero bytes. */
ON_KERNEL static inline void take_block(ctfi_skip *state, place p, unsigned n, uint64_t *open, uint64_t *close)
{
    ctfi_masks masks;
    block(p, &masks);
    uint64_t escaped = escaped_bytes(masks.backslash, state->escaped);
    uint64_t inside = prefix_xor(masks.quote & ~escaped) ^ state->in_string;
    uint64_t last = UINT64_C(1) << (n - 1);
    state->escaped = (masks.backslash & ~escaped & last) != 0;
    state->in_string = (uint64_t)0 - (inside >> 63);
    *open = masks.open & ~inside;
    *close = masks.close & ~inside;
}

/* The index behind the bracket that brings the depth to 0, or 0 when the block does not. */
ON_KERNEL static inline unsigned settle(ctfi_skip *state, uint64_t open, uint64_t close)
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

ON_KERNEL static place skip_brackets(ctfi_skip *state, place p, place end)
{
    uint64_t open, close;
    unsigned behind;
    for (; end - p >= CTFI_BLOCK; p += CTFI_BLOCK) {
        take_block(state, p, CTFI_BLOCK, &open, &close);
        if ((behind = settle(state, open, close)) != 0)
            return p + behind;
    }
    unsigned left = (unsigned)(end - p);
    if (left == 0)
        return NULL;
    unsigned char tail[CTFI_BLOCK];
    copy_tail(tail, p, left);
    take_block(state, tail, left, &open, &close);
    behind = settle(state, open, close);
    return behind == 0 ? NULL : p + behind;
}

ON_KERNEL static inline void index_block(ctfi_indexing *state, place p, ctfi_block *out)
{
    ctfi_masks masks;
    block(p, &masks);
    uint64_t escaped = escaped_bytes(masks.backslash, state->escaped);
    uint64_t quote = masks.quote & ~escaped;
    uint64_t string = prefix_xor(quote) ^ state->in_string;
    uint64_t outside = ~(string | quote);
    uint64_t escape = masks.backslash & ~escaped;
    state->escaped = escape >> 63;
    state->in_string = (uint64_t)0 - (string >> 63);
    state->high |= masks.high;
    state->control |= masks.control & string;
    *out = (ctfi_block){quote, string, escape, masks.open & outside, masks.close & outside,
                        masks.comma & outside, masks.colon & outside, masks.blank & outside, masks.curly};
}

ON_KERNEL static void index_blocks(ctfi_indexing *state, place p, size_t length, ctfi_block *blocks)
{
    unsigned char tail[CTFI_BLOCK];
    for (; length >= CTFI_BLOCK; p += CTFI_BLOCK, length -= CTFI_BLOCK)
        index_block(state, p, blocks++);
    if (length == 0)
        return;
    memset(tail, ' ', sizeof tail);
    memcpy(tail, p, length);
    index_block(state, tail, blocks);
}

ON_KERNEL static void masks_of(place p, ctfi_masks *out)
{
    block(p, out);
}

ON_KERNEL static place pairs(const ctfi_pairs *set, place p, place end)
{
    while (p < end && ctfi_pairs_at(set, p, end) == 0)
        p++;
    return p;
}

ON_KERNEL static size_t count_lines(place p, place end)
{
    size_t count = 0;
    place start = p;
    for (; p < end; p++)
        if (*p == '\n') {
            count += p - start > (p > start && p[-1] == '\r');
            start = p + 1;
        }
    return count;
}

ON_KERNEL static place utf8_end(place p, place end)
{
    uint32_t point;
    size_t n = 1;
    while (p < end && (n = *p < 0x80 ? 1 : ctfi_utf8_read(p, (size_t)(end - p), &point)) != 0)
        p += n;
    return p;
}
