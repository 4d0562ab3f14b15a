/* A message as masks (simd/kernel.h): a window of blocks that slides over the text, indexed as far as
 * somebody asked. Memory does not depend on the message; a message that fits the window is indexed once,
 * whoever looks at it.
 *
 * Places are bytes of the text. Who reads asks for places that do not descend; what the window has forgotten is as if
 * nothing had stood there. */
#ifndef CTFI_MATCH_INDEX_H
#define CTFI_MATCH_INDEX_H

#include "simd/kernel.h"

#define CTFI_WINDOW 128u /* blocks held at once: 8 KiB of text */
#define CTFI_STRIDE 8u   /* blocks of who reads little by little */

#define CTFI_NOWHERE SIZE_MAX /* the text ends before */

typedef struct ctfi_index {
    const ctfi_kernel *kernel;
    ctfi_bytes text;
    size_t total; /* blocks of the text, a last one that is not full counted */
    size_t first; /* number of the block that blocks[0] describes */
    size_t end;   /* number behind the last block described */
    size_t step;  /* blocks indexed at a time */
    ctfi_indexing state; /* behind that block */
    ctfi_block blocks[CTFI_WINDOW + 1]; /* what was indexed last and the block before it */
} ctfi_index;

/* Starts over at the text's first byte. The text must stay until the next begin. As much is indexed at a time as
 * there is room for; who may not need all of it sets `step` to CTFI_STRIDE then. */
void ctfi_index_begin(ctfi_index *index, const ctfi_kernel *kernel, ctfi_bytes text);

/* Indexes more; where the window is full, what it held is forgotten. */
void ctfi_index_more(ctfi_index *index);

/* Has nothing been forgotten? */
static inline bool ctfi_index_is_whole(const ctfi_index *index)
{
    return index->first == 0;
}

/* The masks of the 64 bytes from number * 64 on. `number` is below `total` and not behind the window: who
 * reads a text asks for blocks in order, or for the one asked for last. */
static inline const ctfi_block *ctfi_index_block(ctfi_index *index, size_t number)
{
    while (number >= index->end)
        ctfi_index_more(index);
    return &index->blocks[number - index->first];
}

/* A string or key: the bytes between its quotes. */
typedef struct ctfi_quoted {
    size_t start;
    size_t end;
    bool escaped; /* a backslash is among them */
} ctfi_quoted;

/* The string whose first byte is at `start`; its end is CTFI_NOWHERE when no quote follows. */
ctfi_quoted ctfi_index_string(ctfi_index *index, size_t start);

/* The key before a colon that ctfi_index_member found from `from` on; its end is CTFI_NOWHERE when there is none. */
ctfi_quoted ctfi_index_key(const ctfi_index *index, size_t from, size_t colon);

/* From `at` on: the first comma or bracket outside strings; the first of those and of blanks, which a number or word
 * ends at (the text's end is as if blanks followed). */
size_t ctfi_index_stop(ctfi_index *index, size_t at);
size_t ctfi_index_end(ctfi_index *index, size_t at);

/* Inside an object, from `at` on: the colon of the first member whose key may be of one of the classes
 * (base/hash.h), or the object's closing bracket. */
size_t ctfi_index_member(ctfi_index *index, size_t at, uint64_t classes);

/* Inside a container, from `at` on: its closing bracket. */
size_t ctfi_index_closing(ctfi_index *index, size_t at);

#endif
