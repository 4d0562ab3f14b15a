#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>

#ifndef CTFI_CHUNK
#define CTFI_CHUNK 16384
#endif

#define ALIGNMENT sizeof(max_align_t)

typedef struct ctfi_chunk {
    struct ctfi_chunk *next;
    size_t capacity;
    max_align_t data[];
} ctfi_chunk;

static void *default_resize(void *context, void *block, size_t size)
{
    (void)context;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size);
}

ctf_allocator ctfi_allocator_or_default(const ctf_allocator *allocator)
{
    if (allocator != NULL)
        return *allocator;
    return (ctf_allocator){default_resize, NULL};
}

void ctfi_arena_init(ctfi_arena *arena, const ctf_allocator *allocator)
{
    arena->allocator = ctfi_allocator_or_default(allocator);
    arena->chunks = NULL;
    arena->used = 0;
}

/* Puts a chunk of at least `size` bytes in front. */
static ctfi_chunk *add_chunk(ctfi_arena *arena, size_t size)
{
    size_t capacity = size > CTFI_CHUNK ? size : CTFI_CHUNK;
    ctfi_chunk *chunk = ctfi_resize(&arena->allocator, NULL, sizeof(ctfi_chunk) + capacity);
    if (chunk == NULL)
        return NULL;
    chunk->next = arena->chunks;
    chunk->capacity = capacity;
    arena->chunks = chunk;
    arena->used = 0;
    return chunk;
}

void *ctfi_arena_alloc(ctfi_arena *arena, size_t n, size_t size)
{
    /* What is added below, to align it and for the chunk's own fields, cannot wrap either. */
    if (size != 0 && n > (SIZE_MAX - ALIGNMENT - sizeof(ctfi_chunk)) / size)
        return NULL;
    size_t want = n * size + (n * size == 0);
    want = (want + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ctfi_chunk *chunk = arena->chunks;
    if (chunk == NULL || want > chunk->capacity - arena->used) {
        chunk = add_chunk(arena, want);
        if (chunk == NULL)
            return NULL;
    }
    void *block = (unsigned char *)chunk->data + arena->used;
    arena->used += want;
    return block;
}

static void free_chunks(ctfi_arena *arena, ctfi_chunk *chunk)
{
    while (chunk != NULL) {
        ctfi_chunk *next = chunk->next;
        ctfi_resize(&arena->allocator, chunk, 0);
        chunk = next;
    }
}

void ctfi_arena_reset(ctfi_arena *arena)
{
    arena->used = 0;
    if (arena->chunks == NULL)
        return;
    free_chunks(arena, arena->chunks->next);
    arena->chunks->next = NULL;
}

void ctfi_arena_free(ctfi_arena *arena)
{
    free_chunks(arena, arena->chunks);
    arena->chunks = NULL;
    arena->used = 0;
}
