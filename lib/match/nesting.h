/* Which containers are open, from block to block: brackets pair up, and what stands in an object is told
 * from what stands in an array. */
#ifndef CTFI_MATCH_NESTING_H
#define CTFI_MATCH_NESTING_H

#include <ctfilter/types.h>

#include "simd/kernel.h"

/* One bit for each open container; grows to the deepest message seen and is reused. */
typedef struct ctfi_depth {
    ctf_allocator allocator;
    uint64_t *bits;
    size_t words;
} ctfi_depth;

void ctfi_depth_free(ctfi_depth *depth);

typedef enum ctfi_nesting_state {
    CTFI_INSIDE, /* the root is not closed yet */
    CTFI_CLOSED, /* it is, and only blanks followed in that block */
    CTFI_MISFIT, /* a bracket or something behind the root does not fit, or memory is out */
} ctfi_nesting_state;

typedef struct ctfi_nesting {
    ctfi_depth *depth;
    uint64_t open; /* the innermost containers, innermost lowest, 1 an object, and a 1 on top */
    size_t stored; /* words of depth->bits in use, with the other containers */
    ctfi_nesting_state state;
    ctf_status status;
} ctfi_nesting;

/* Before the root: its place counts as one in an object. */
static inline ctfi_nesting ctfi_nesting_begin(ctfi_depth *depth)
{
    return (ctfi_nesting){.depth = depth, .open = 1, .state = CTFI_INSIDE, .status = CTF_OK};
}

/* The bits of a block without brackets that stand in an object: all or none. */
static inline uint64_t ctfi_nesting_here(const ctfi_nesting *nesting)
{
    return 0 - (nesting->open & 1);
}

/* Passes over a block's brackets, up to the root's closing one. The result's bits: what stands in an object.
 * A closing bracket stands in the container that it closes, an opening one in the container around. */
uint64_t ctfi_nesting_read(ctfi_nesting *nesting, const ctfi_block *block);

#endif
