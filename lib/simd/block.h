/* What the kernel files share before their primitives: copying less than a block. */
#ifndef CTFI_SIMD_BLOCK_H
#define CTFI_SIMD_BLOCK_H

#include "simd/kernel.h"

/* A primitive, or a part of an algorithm: part of whoever calls it. ON_KERNEL is the kernel file's. */
#if defined(__GNUC__)
#define INLINED ON_KERNEL static inline __attribute__((always_inline))
#else
#define INLINED ON_KERNEL static inline
#endif

/* Before loops that are worth nothing as loops. */
#if defined(__GNUC__) && !defined(__clang__)
#define UNROLL _Pragma("GCC unroll 8")
#else
#define UNROLL
#endif

typedef const unsigned char *place;

/* Copies n <= 64 bytes: two moves of a fixed size that overlap, instead of a call. */
static inline void copy_some(unsigned char *to, place from, size_t n)
{
    if (n >= 32) {
        memcpy(to, from, 32);
        memcpy(to + n - 32, from + n - 32, 32);
    } else if (n >= 16) {
        memcpy(to, from, 16);
        memcpy(to + n - 16, from + n - 16, 16);
    } else if (n >= 8) {
        memcpy(to, from, 8);
        memcpy(to + n - 8, from + n - 8, 8);
    } else if (n >= 4) {
        memcpy(to, from, 4);
        memcpy(to + n - 4, from + n - 4, 4);
    } else if (n > 0) {
        to[n - 1] = from[n - 1];
        to[n / 2] = from[n / 2];
        to[0] = from[0];
    }
}

/* n <= 64 bytes of a text, with `filler` behind them, in 64 bytes. */
static inline place copy_part(unsigned char room[CTFI_BLOCK], place p, size_t n, char filler)
{
    memset(room, filler, CTFI_BLOCK);
    copy_some(room, p, n);
    return room;
}

#endif
