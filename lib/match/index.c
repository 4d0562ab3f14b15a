#include "match/index.h"

void ctfi_index_begin(ctfi_index *index, const ctfi_kernel *kernel, ctfi_bytes text)
{
    index->kernel = kernel;
    index->text = text;
    index->total = text.length / CTFI_BLOCK + (text.length % CTFI_BLOCK != 0);
    index->first = index->end = 0;
    index->step = CTFI_WINDOW;
    index->state = (ctfi_indexing){0, 0, 0, 0};
}

void ctfi_index_more(ctfi_index *index)
{
    if (index->end - index->first >= CTFI_WINDOW) {
        index->blocks[0] = index->blocks[index->end - 1 - index->first];
        index->first = index->end - 1;
    }
    size_t held = index->end - index->first, n = CTFI_WINDOW + 1 - held;
    n = index->step < n ? index->step : n;
    size_t at = index->end * CTFI_BLOCK, left = index->text.length - at;
    size_t length = left < n * CTFI_BLOCK ? left : n * CTFI_BLOCK;
    index->kernel->index(&index->state, index->text.data + at, length, &index->blocks[held]);
    index->end += length / CTFI_BLOCK + (length % CTFI_BLOCK != 0);
}

/* The first place from `at` on that the window has not forgotten. */
static size_t within(const ctfi_index *index, size_t at)
{
    return at / CTFI_BLOCK < index->first ? index->first * CTFI_BLOCK : at;
}

ctfi_quoted ctfi_index_string(ctfi_index *index, size_t start)
{
    ctfi_quoted string = {start, CTFI_NOWHERE, false};
    size_t at = within(index, start);
    uint64_t seen = ~UINT64_C(0) << at % CTFI_BLOCK;
    for (size_t number = at / CTFI_BLOCK; number < index->total; number++, seen = ~UINT64_C(0)) {
        const ctfi_block *block = ctfi_index_block(index, number);
        uint64_t quotes = block->quote & seen;
        uint64_t before = (quotes - 1) & ~quotes; /* the first quote; all bits where there is none */
        string.escaped |= (block->escape & seen & before) != 0;
        if (quotes != 0) {
            string.end = number * CTFI_BLOCK + ctfi_lowest(quotes);
            break;
        }
    }
    return string;
}

/* Any key, byte by byte. Inside it quotes are escaped: it begins at the last one that an even number of backslashes
 * stands before. */
static ctfi_quoted read_back(const unsigned char *text, size_t from, size_t colon)
{
    ctfi_quoted key = {from, CTFI_NOWHERE, false};
    size_t end = colon, at;
    while (end > from && ctfi_is_blank(text[end - 1]))
        end--;
    if (end == from || text[--end] != '"')
        return key;
    for (at = end; at > from; at--) {
        size_t escapes = 0;
        while (text[at - 1] == '"' && at - 1 - escapes > from && text[at - 2 - escapes] == '\\')
            escapes++;
        if (text[at - 1] == '"' && escapes % 2 == 0)
            return (ctfi_quoted){at, end, end > at && memchr(text + at, '\\', end - at) != NULL};
        at -= escapes;
    }
    return key;
}

/* The 64 bits of a mask before bit `at` of a block, given the block before, the last one highest. */
static uint64_t bits_before(uint64_t previous, uint64_t mask, size_t at)
{
    return previous >> at % CTFI_BLOCK | mask << 1 << (CTFI_BLOCK - 1 - at % CTFI_BLOCK);
}

ctfi_quoted ctfi_index_key(const ctfi_index *index, size_t from, size_t colon)
{
    static const ctfi_block none;
    const ctfi_block *block = &index->blocks[colon / CTFI_BLOCK - index->first];
    const ctfi_block *previous = block == index->blocks ? &none : block - 1;
    uint64_t quotes = bits_before(previous->quote, block->quote, colon);
    if (quotes >> 63 == 0 || quotes << 1 == 0) /* blanks before the colon, or a long key */
        return read_back(index->text.data, from, colon);
    unsigned length = ctfi_leading(quotes << 1);
    uint64_t escapes = bits_before(previous->escape, block->escape, colon);
    return (ctfi_quoted){colon - 1 - length, colon - 1, ctfi_leading(escapes << 1 | 1) < length};
}

static inline size_t seek(ctfi_index *index, size_t at, bool blanks)
{
    at = within(index, at);
    uint64_t seen = ~UINT64_C(0) << at % CTFI_BLOCK;
    for (size_t number = at / CTFI_BLOCK; number < index->total; number++, seen = ~UINT64_C(0)) {
        const ctfi_block *block = ctfi_index_block(index, number);
        uint64_t marks = (block->comma | block->open | block->close | (blanks ? block->blank : 0)) & seen;
        if (marks != 0)
            return number * CTFI_BLOCK + ctfi_lowest(marks);
    }
    return CTFI_NOWHERE;
}

size_t ctfi_index_stop(ctfi_index *index, size_t at)
{
    return seek(index, at, false);
}

size_t ctfi_index_end(ctfi_index *index, size_t at)
{
    size_t end = seek(index, at, true);
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
