/* Memory for a parser that never looks whether it got any: a request that fails leaves through `out`,
 * where the pool's user has called setjmp.
 *
 * Blocks are powers of two and come back with ctfi_pool_reset, all at once, whoever held them. So a
 * parser that was left in its middle leaks nothing, growing a block again and again is linear, and a pool
 * that has served the largest message serves all others without calling the allocator. It keeps at
 * most twice the largest size of each growing block. */
#ifndef CTFI_MATCH_POOL_H
#define CTFI_MATCH_POOL_H

#include <setjmp.h>

#include <ctfilter/types.h>

struct ctfi_block;

#define CTFI_POOL_SIZES 64

typedef struct ctfi_pool {
    ctf_allocator allocator;
    struct ctfi_block *all;                    /* every block, newest first */
    struct ctfi_block *idle[CTFI_POOL_SIZES];  /* free blocks by the logarithm of their size */
    jmp_buf out;
} ctfi_pool;

void ctfi_pool_init(ctfi_pool *pool, const ctf_allocator *allocator);
void ctfi_pool_free(ctfi_pool *pool);

/* Takes back all blocks. */
void ctfi_pool_reset(ctfi_pool *pool);

/* A block of at least `size` bytes, aligned for any type, with the content of `block` (may be NULL) as
 * far as it fits; `block` is given back if it moved. Does not return when memory is out. */
void *ctfi_pool_resize(ctfi_pool *pool, void *block, size_t size);

/* Gives a block back; NULL is fine. */
void ctfi_pool_release(ctfi_pool *pool, void *block);

#endif
