#include "match/index.h"

void ctfi_index_begin(ctfi_index *index, const ctfi_kernel *kernel, ctfi_bytes text)
{
    index->kernel = kernel;
    index->text = text;
    index->total = text.length / CTFI_BLOCK + (text.length % CTFI_BLOCK != 0);
    index->first = index->end = 0;
    index->state = (ctfi_indexing){0, 0, 0, 0};
}

void ctfi_index_more(ctfi_index *index)
{
    if (index->end - index->first == CTFI_WINDOW)
        index->first = index->end;
    size_t at = index->end * CTFI_BLOCK, left = index->text.length - at;
    size_t length = left < CTFI_STRIDE * CTFI_BLOCK ? left : CTFI_STRIDE * CTFI_BLOCK;
    index->kernel->index(&index->state, index->text.data + at, length, &index->blocks[index->end - index->first]);
    index->end += length / CTFI_BLOCK + (length % CTFI_BLOCK != 0);
}
