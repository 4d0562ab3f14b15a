/* Reading objects by the masks of an indexed text, written once for all kernels like body.h and with what it holds. */
#include "base/hash.h"
#include "simd/kernel.h"

/* From bit `at` on, behind the closing bracket that brings the depth to 0; n * 64 when there is none. */
ON_KERNEL static size_t behind_closing(const ctfi_block *blocks, size_t n, size_t at, size_t *depth)
{
    uint64_t seen = ~UINT64_C(0) << at % CTFI_BLOCK;
    for (size_t i = at / CTFI_BLOCK; i < n; i++, seen = ~UINT64_C(0)) {
        unsigned found = settle_masks(blocks[i].open & seen, blocks[i].close & seen, depth);
        if (found != CTFI_BLOCK)
            return i * CTFI_BLOCK + found + 1;
    }
    return n * CTFI_BLOCK;
}

/* The first of these colons whose key may be of one of the classes, or n * 64. */
ON_KERNEL static inline size_t first_key(uint64_t colons, size_t n, size_t start, place text, uint64_t wanted)
{
    for (; colons != 0; colons &= colons - 1) {
        size_t at = start + ctfi_lowest(colons);
        if (at < 4 || ctfi_may_be_key(text + at, wanted))
            return at;
    }
    return n * CTFI_BLOCK;
}

ON_KERNEL static size_t member(const ctfi_block *blocks, size_t n, place text, size_t at, uint64_t wanted, size_t *depth)
{
    if (*depth != 0)
        at = behind_closing(blocks, n, at, depth);
    while (at < n * CTFI_BLOCK) {
        size_t i = at / CTFI_BLOCK;
        uint64_t seen = ~UINT64_C(0) << at % CTFI_BLOCK;
        uint64_t brackets = (blocks[i].open | blocks[i].close) & seen;
        uint64_t here = seen & (brackets ^ (brackets - 1)); /* up to the first bracket */
        uint64_t escapes = blocks[i].escape | (i == 0 ? 0 : blocks[i - 1].escape);
        size_t found = first_key(blocks[i].colon & here, n, i * CTFI_BLOCK, text, escapes != 0 ? UINT64_MAX : wanted);
        if (found != n * CTFI_BLOCK)
            return found;
        at = (i + 1) * CTFI_BLOCK;
        if (brackets == 0)
            continue;
        at = i * CTFI_BLOCK + ctfi_lowest(brackets);
        if ((blocks[i].close & here) != 0)
            return at;
        *depth = 1;
        at = behind_closing(blocks, n, at + 1, depth);
    }
    return at;
}
