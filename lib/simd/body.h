/* The algorithms over the blocks of a JSON text, written once. A kernel file defines the primitives below
 * for its vector unit and includes this file and the others that hold algorithms; the kernels differ in
 * nothing else.
 *
 *   ON_KERNEL                     attribute of every function, or nothing
 *   wide                          64 bytes
 *   wide_load(p)                  those at p
 *   wide_part(p, n, filler, room) n of them (0 to 63), and `filler` behind; `room` is 64 bytes to copy to
 *   view, view_of(wide)           the form in which the bytes are asked:
 *   quotes(v), backslashes(v)     masks of these
 *   opens(v), closes(v)           masks of { and [, of } and ]
 *   highs(v), controls(v)         masks of bytes from 0x80 on, of bytes below 0x20
 *   odds(v)                       not 0 where there is one of either
 *   structure(v, outside, out)    stores open, close, comma, colon, blank and curly of a ctfi_block
 *   prefix_xor(x)                 bit i is the parity of bits 0..i
 *
 * Nothing is read behind a text's end. */
#include "simd/block.h"

/* The backslashes that escape a byte, given whether the first byte is escaped itself.
 *
 * Every other backslash of a run escapes, from the run's first on: the escapes of a run have the parity of
 * its start. Adding the even starts clears the runs that begin there, and no other. */
INLINED uint64_t escapes_of(uint64_t backslash, uint64_t escaped)
{
    const uint64_t even = UINT64_C(0x5555555555555555);
    if (backslash == 0)
        return 0;
    uint64_t runs = backslash & ~escaped;
    uint64_t starts = runs & ~(runs << 1);
    return runs & (even ^ (runs + (starts & even)));
}

/* ---- passing over brackets ---- */

/* The brackets outside strings among n bytes; others behind them are none of interest. */
INLINED void take_block(ctfi_skip *state, wide bytes, size_t n, uint64_t *open, uint64_t *close)
{
    view v = view_of(bytes);
    uint64_t quote = quotes(v);
    uint64_t escape = escapes_of(backslashes(v), state->escaped);
    quote &= ~(escape << 1 | state->escaped);
    uint64_t inside = prefix_xor(quote) ^ state->in_string;
    state->escaped = escape >> (n - 1);
    state->in_string = (uint64_t)0 - (inside >> 63);
    *open = opens(v) & ~inside;
    *close = closes(v) & ~inside;
}

/* The number of the closing bracket that brings the depth to 0, or CTFI_BLOCK when these do not; takes all of them
 * into account then. */
INLINED unsigned settle_masks(uint64_t open, uint64_t close, size_t *depth)
{
    unsigned closes = ctfi_popcount(close);
    if (closes >= *depth)
        for (size_t left = *depth; close != 0; close &= close - 1) {
            unsigned at = ctfi_lowest(close);
            uint64_t before = open & ((UINT64_C(1) << at) - 1);
            if (--left + ctfi_popcount(before) == 0) { /* wraps below 0 while brackets before make up for it */
                *depth = 0;
                return at;
            }
        }
    *depth += ctfi_popcount(open);
    *depth -= closes;
    return CTFI_BLOCK;
}

/* As skip_brackets, its state in registers. */
INLINED place skip_blocks(ctfi_skip *state, place p, place end)
{
    uint64_t open, close;
    unsigned at;
    for (; end - p >= CTFI_BLOCK; p += CTFI_BLOCK) {
        take_block(state, wide_load(p), CTFI_BLOCK, &open, &close);
        if ((at = settle_masks(open, close, &state->depth)) != CTFI_BLOCK)
            return p + at + 1;
    }
    size_t left = (size_t)(end - p);
    if (left == 0)
        return NULL;
    unsigned char room[CTFI_BLOCK];
    take_block(state, wide_part(p, left, 0, room), left, &open, &close);
    at = settle_masks(open, close, &state->depth);
    return at == CTFI_BLOCK ? NULL : p + at + 1;
}

ON_KERNEL static place skip_brackets(ctfi_skip *state, place p, place end)
{
    ctfi_skip now = *state;
    place behind = skip_blocks(&now, p, end);
    *state = now;
    return behind;
}

/* ---- indexing ---- */

INLINED void index_block(ctfi_indexing *state, wide bytes, ctfi_block *out)
{
    view v = view_of(bytes);
    uint64_t quote = quotes(v);
    uint64_t escape = escapes_of(backslashes(v), state->escaped);
    quote &= ~(escape << 1 | state->escaped);
    uint64_t string = prefix_xor(quote) ^ state->in_string;
    state->escaped = escape >> 63;
    state->in_string = (uint64_t)0 - (string >> 63);
    if (odds(v) != 0) {
        state->high |= highs(v);
        state->control |= controls(v) & string;
    }
    structure(v, ~string, out); /* of which a closing quote is none */
    out->quote = quote;
    out->string = string;
    out->escape = escape;
}

ON_KERNEL static void index_blocks(ctfi_indexing *state, place p, size_t length, ctfi_block *blocks)
{
    ctfi_indexing now = *state;
    unsigned char room[CTFI_BLOCK];
    for (; length >= CTFI_BLOCK; p += CTFI_BLOCK, length -= CTFI_BLOCK)
        index_block(&now, wide_load(p), blocks++);
    if (length != 0)
        index_block(&now, wide_part(p, length, ' ', room), blocks);
    *state = now;
}
