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
    if (index->end - index->first >= CTFI_WINDOW) {
        index->blocks[0] = index->blocks[index->end - 1 - index->first];
        index->first = index->end - 1;
    }
    size_t at = index->end * CTFI_BLOCK, left = index->text.length - at;
    size_t length = left < CTFI_STRIDE * CTFI_BLOCK ? left : CTFI_STRIDE * CTFI_BLOCK;
    index->kernel->index(&index->state, index->text.data + at, length, &index->blocks[index->end - index->first]);
    index->end += length / CTFI_BLOCK + (length % CTFI_BLOCK != 0);
}

/* The first place from `at` on that the window has not forgotten. */
static size_t within(const ctfi_index *index, size_t at)
{
    return at / CTFI_BLOCK < index->first ? index->first * CTFI_BLOCK : at;
}

typedef enum mark { QUOTE, STOP, END } mark;

static inline uint64_t marks_of(const ctfi_block *block, mark wanted)
{
    uint64_t stops = block->comma | block->open | block->close;
    return wanted == QUOTE ? block->quote : wanted == STOP ? stops : stops | block->blank;
}

static inline size_t seek(ctfi_index *index, size_t at, mark wanted)
{
    at = within(index, at);
    uint64_t seen = ~UINT64_C(0) << at % CTFI_BLOCK;
    for (size_t number = at / CTFI_BLOCK; number < index->total; number++, seen = ~UINT64_C(0)) {
        uint64_t marks = marks_of(ctfi_index_block(index, number), wanted) & seen;
        if (marks != 0)
            return number * CTFI_BLOCK + ctfi_lowest(marks);
    }
    return CTFI_NOWHERE;
}

size_t ctfi_index_quote(ctfi_index *index, size_t at)
{
    return seek(index, at, QUOTE);
}

size_t ctfi_index_stop(ctfi_index *index, size_t at)
{
    return seek(index, at, STOP);
}

size_t ctfi_index_end(ctfi_index *index, size_t at)
{
    size_t end = seek(index, at, END);
    return end < index->text.length ? end : index->text.length;
}

size_t ctfi_index_member(ctfi_index *index, size_t at, uint64_t classes)
{
    size_t depth = 0;
    at = within(index, at);
    for (size_t number = at / CTFI_BLOCK; number < index->total; number = index->end, at = number * CTFI_BLOCK) {
        ctfi_index_block(index, number);
        size_t n = index->end - index->first, start = index->first * CTFI_BLOCK;
        size_t found =
            index->kernel->member(index->blocks, n, index->text.data + start, at - start, classes, &depth);
        if (found != n * CTFI_BLOCK)
            return start + found;
    }
    return CTFI_NOWHERE;
}

size_t ctfi_index_closing(ctfi_index *index, size_t at)
{
    size_t depth = 1;
    at = within(index, at);
    for (size_t number = at / CTFI_BLOCK; number < index->total; number = index->end, at = number * CTFI_BLOCK) {
        ctfi_index_block(index, number);
        size_t n = index->end - index->first, start = index->first * CTFI_BLOCK;
        size_t behind = index->kernel->behind_closing(index->blocks, n, at - start, &depth);
        if (depth == 0)
            return start + behind - 1;
    }
    return CTFI_NOWHERE;
}
