/* What the kernel files share before their primitives: the masks of a block, and copying less than one. */
#ifndef CTFI_SIMD_BLOCK_H
#define CTFI_SIMD_BLOCK_H

#include "simd/kernel.h"

typedef const unsigned char *place;

/* Where the characters are that give JSON its structure, strings or not. */
typedef struct masks {
    uint64_t quote;
    uint64_t backslash;
    uint64_t open;  /* { [ */
    uint64_t close; /* } ] */
    uint64_t comma;
    uint64_t colon;
    uint64_t blank; /* space, tab, line feed, carriage return */
    uint64_t curly; /* among open and close, { and }; other bits mean nothing */
} masks;

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
