/* Memory of one entry point: everything below it allocates here and is freed at once.
 *
 * An arena belongs to one call or one object. Blocks are aligned for any type, uninitialised unless
 * said, and live until ctfi_arena_reset or ctfi_arena_free. With CTFI_CHUNK=1 (stress presets) every
 * block is an allocation of its own, so that fault injection and the sanitizers see each. */
#ifndef CTFI_BASE_ARENA_H
#define CTFI_BASE_ARENA_H

#include <ctfilter/types.h>

struct ctfi_chunk;

typedef struct ctfi_arena {
    ctf_allocator allocator;
    struct ctfi_chunk *chunks; /* newest first */
    size_t used;               /* bytes taken of the newest chunk */
} ctfi_arena;

/* allocator may be NULL: the C library's. Allocates nothing. */
void ctfi_arena_init(ctfi_arena *arena, const ctf_allocator *allocator);

/* n * size bytes, NULL when memory is out or the product overflows; the arena stays usable. A request
 * of 0 bytes yields a distinct valid pointer. */
void *ctfi_arena_alloc(ctfi_arena *arena, size_t n, size_t size);

/* Frees all blocks but keeps one chunk for reuse (reset), or everything (free). */
void ctfi_arena_reset(ctfi_arena *arena);
void ctfi_arena_free(ctfi_arena *arena);

/* The allocator hook with its default filled in. */
ctf_allocator ctfi_allocator_or_default(const ctf_allocator *allocator);

/* A block of its own, outside any arena: grows (block may be NULL), frees with size 0. */
static inline void *ctfi_resize(const ctf_allocator *allocator, void *block, size_t size)
{
    return allocator->resize(allocator->context, block, size);
}

#endif
