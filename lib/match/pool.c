#include "match/pool.h"

#include <string.h>

#include "base/arena.h"

#define SMALLEST 7 /* 128 bytes */

typedef struct ctfi_block {
    struct ctfi_block *next;      /* of all */
    struct ctfi_block *next_idle; /* of its size, while idle */
    unsigned size;                /* logarithm */
    max_align_t data[];
} ctfi_block;

void ctfi_pool_init(ctfi_pool *pool, const ctf_allocator *allocator)
{
    pool->allocator = *allocator;
    pool->all = NULL;
    memset(pool->idle, 0, sizeof pool->idle);
}

void ctfi_pool_free(ctfi_pool *pool)
{
    while (pool->all != NULL) {
        ctfi_block *block = pool->all;
        pool->all = block->next;
        ctfi_resize(&pool->allocator, block, 0);
    }
    memset(pool->idle, 0, sizeof pool->idle);
}

static void make_idle(ctfi_pool *pool, ctfi_block *block)
{
    block->next_idle = pool->idle[block->size];
    pool->idle[block->size] = block;
}

void ctfi_pool_reset(ctfi_pool *pool)
{
    memset(pool->idle, 0, sizeof pool->idle);
    for (ctfi_block *block = pool->all; block != NULL; block = block->next)
        make_idle(pool, block);
}

static ctfi_block *block_of(void *data)
{
    return (ctfi_block *)(void *)((unsigned char *)data - offsetof(ctfi_block, data));
}

/* The logarithm of the smallest block that holds `size` bytes; leaves where there is none. */
static unsigned fitting(ctfi_pool *pool, size_t size)
{
    unsigned log = SMALLEST;
    while (log < sizeof(size_t) * 8 - 1 && (size_t)1 << log < size)
        log++;
    if (((size_t)1 << log) < size || ((size_t)1 << log) > SIZE_MAX - sizeof(ctfi_block))
        longjmp(pool->out, 1);
    return log;
}

static ctfi_block *add_block(ctfi_pool *pool, unsigned log)
{
    ctfi_block *block = ctfi_resize(&pool->allocator, NULL, sizeof(ctfi_block) + ((size_t)1 << log));
    if (block == NULL)
        longjmp(pool->out, 1);
    block->size = log;
    block->next = pool->all;
    pool->all = block;
    return block;
}

static void *take(ctfi_pool *pool, size_t size)
{
    unsigned log = fitting(pool, size);
    ctfi_block *block = pool->idle[log];
    if (block == NULL)
        return add_block(pool, log)->data;
    pool->idle[log] = block->next_idle;
    return block->data;
}

void *ctfi_pool_resize(ctfi_pool *pool, void *block, size_t size)
{
    if (block == NULL)
        return take(pool, size);
    size_t room = (size_t)1 << block_of(block)->size;
    if (size <= room)
        return block;
    void *larger = take(pool, size);
    memcpy(larger, block, room);
    ctfi_pool_release(pool, block);
    return larger;
}

void ctfi_pool_release(ctfi_pool *pool, void *block)
{
    if (block != NULL)
        make_idle(pool, block_of(block));
}
