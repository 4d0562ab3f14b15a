/* Bits of a word. */
#ifndef CTFI_BASE_BITS_H
#define CTFI_BASE_BITS_H

#include <stdint.h>

/* The lowest set bit's index; mask is not 0. */
static inline unsigned ctfi_lowest(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(mask);
#else
    unsigned n = 0;
    for (; (mask & 1) == 0; mask >>= 1)
        n++;
    return n;
#endif
}

/* How many bits above the highest set one are not set; mask is not 0. */
static inline unsigned ctfi_leading(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_clzll(mask);
#else
    unsigned n = 0;
    for (; (mask >> 63) == 0; mask <<= 1)
        n++;
    return n;
#endif
}

static inline unsigned ctfi_popcount(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_popcountll(mask);
#else
    unsigned n = 0;
    for (; mask != 0; mask &= mask - 1)
        n++;
    return n;
#endif
}

#endif
