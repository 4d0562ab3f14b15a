/* A quick no to whether a text holds another: pairs of bytes that stand side by side, as bits of a word. Where `part`
 * occurs in `text`, every bit of ctfi_neighbours(part) is one of ctfi_neighbours(text).
 *
 * Sealed images hold such words: they are the same on every machine. */
#ifndef CTFI_BASE_NEIGHBOURS_H
#define CTFI_BASE_NEIGHBOURS_H

#include "base/bytes.h"

static inline uint64_t ctfi_neighbour(unsigned char a, unsigned char b)
{
    return UINT64_C(1) << ((((uint32_t)a << 8 | b) * 0x9E3779B1u) >> 26);
}

static inline uint64_t ctfi_neighbours(ctfi_bytes text)
{
    uint64_t bits = 0;
    for (size_t i = 1; i < text.length; i++)
        bits |= ctfi_neighbour(text.data[i - 1], text.data[i]);
    return bits;
}

/* What every text holds that a wildcard pattern matches. */
static inline uint64_t ctfi_neighbours_of_glob(ctfi_bytes pattern)
{
    uint64_t bits = 0;
    for (size_t i = 1; i < pattern.length; i++)
        if (pattern.data[i - 1] != '*' && pattern.data[i] != '*')
            bits |= ctfi_neighbour(pattern.data[i - 1], pattern.data[i]);
    return bits;
}

#endif
