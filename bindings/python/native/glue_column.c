/* Columns of messages in Arrow's layouts. What a producer says is not trusted further than can be checked: offsets
 * must not fall, views must point into the buffers whose lengths the array tells, keys into the dictionary. */
#include "glue_lists.h"

#include <string.h>

/* A view: its length, then the text itself where that is at most 12 bytes, else where it stands. */
#define VIEW_SIZE 16
#define VIEW_INLINE 12

static int is_set(const uint8_t *bits, int64_t i)
{
    return bits == NULL || (bits[i >> 3] >> (i & 7) & 1);
}

static int between(const ctfpy_column *column, int64_t from, int64_t to, ctf_text *out)
{
    if (from < 0 || to < from || (column->data == NULL && to > from))
        return -1;
    *out = (ctf_text){column->data == NULL ? NULL : column->data + from, (size_t)(to - from)};
    return 1;
}

static int long_view(const ctfpy_column *column, const char *view, uint32_t length, ctf_text *out)
{
    int32_t buffer, offset;
    memcpy(&buffer, view + 8, sizeof buffer);
    memcpy(&offset, view + 12, sizeof offset);
    if (buffer < 0 || (size_t)buffer >= column->n_buffers || offset < 0 ||
        (int64_t)offset + length > column->buffer_lengths[buffer] || column->buffers[buffer] == NULL)
        return -1;
    *out = (ctf_text){column->buffers[buffer] + offset, length};
    return 1;
}

static int view(const ctfpy_column *column, int64_t i, ctf_text *out)
{
    const char *at = (const char *)column->rows + i * VIEW_SIZE;
    int32_t length;
    memcpy(&length, at, sizeof length);
    if (length < 0)
        return -1;
    if (length > VIEW_INLINE)
        return long_view(column, at, (uint32_t)length, out);
    *out = (ctf_text){at + 4, (size_t)length};
    return 1;
}

static int element(const ctfpy_column *column, int64_t at, ctf_text *out)
{
    if (!is_set(column->validity, at))
        return 0;
    if (column->layout == CTFPY_VIEWS)
        return view(column, at, out);
    if (column->layout == CTFPY_OFFSETS_32) {
        const int32_t *offsets = column->rows;
        return between(column, offsets[at], offsets[at + 1], out);
    }
    const int64_t *offsets = column->rows;
    return between(column, offsets[at], offsets[at + 1], out);
}

static uint64_t number(const void *values, int width, int64_t at)
{
    switch (width) {
    case 1:
        return ((const uint8_t *)values)[at];
    case 2:
        return ((const uint16_t *)values)[at];
    case 4:
        return ((const uint32_t *)values)[at];
    default:
        return ((const uint64_t *)values)[at];
    }
}

/* Which element row i is: as ctfpy_column_row answers. */
static int keyed(const ctfpy_keys *keys, int64_t i, int64_t *out)
{
    int64_t at = keys->offset + i;
    if (!is_set(keys->validity, at))
        return 0;
    uint64_t key = number(keys->values, keys->width, at);
    *out = (int64_t)key;
    return key < keys->end ? 1 : -1;
}

int ctfpy_column_row(const ctfpy_column *column, int64_t i, ctf_text *out)
{
    int64_t at = i;
    *out = (ctf_text){NULL, 0};
    if (!is_set(column->outer_validity, column->outer_offset + i))
        return 0;
    int found = column->keys == NULL ? 1 : keyed(column->keys, i, &at);
    return found == 1 ? element(column, column->offset + at, out) : found;
}

/* Matches row i. CTF_E_ABSENT for a null. */
static ctf_status match_row(ctfpy_worker *worker, const ctfpy_column *column, int64_t i, ctf_text *text)
{
    int found = ctfpy_column_row(column, i, text);
    if (found < 0)
        return CTF_E_DOCUMENT;
    return found == 0 ? CTF_E_ABSENT : ctf_match(worker->scratch, text->data, text->length, &worker->hits);
}

ctf_status ctfpy_column_find(ctfpy_worker *worker, const ctfpy_column *column, int64_t from, int64_t to,
                             ctfpy_found *found, int64_t *bad)
{
    for (*bad = from; *bad < to; ++*bad) {
        ctf_text text;
        ctf_status status = match_row(worker, column, *bad, &text);
        if (status == CTF_OK && worker->hits.n > 0)
            status = ctfpy_found_add(found, worker, (uint64_t)*bad, text.length);
        if (status != CTF_OK && status != CTF_E_ABSENT)
            return status;
    }
    return CTF_OK;
}

static int holds(const ctf_hits *hits, size_t pattern)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->patterns[i] == pattern)
            return 1;
    return 0;
}

static ctf_status add_value(const ctfpy_worker *worker, ctfpy_request *request)
{
    ctf_value value = {CTF_VALUE_MISSING, {NULL, 0}};
    if (holds(&worker->hits, request->pattern)) {
        ctf_status status = ctf_scratch_value(worker->scratch, request->pattern, request->k, &value);
        if (status != CTF_OK)
            return status;
    }
    return ctfpy_texts_add(&request->values, (uint8_t)value.type, value.text);
}

static void mark(const ctf_hits *hits, int64_t i, uint8_t *any, uint8_t *const *masks)
{
    any[i] = hits->n > 0;
    for (size_t k = 0; masks != NULL && k < hits->n; k++)
        masks[hits->patterns[k]][i] = 1;
}

ctf_status ctfpy_column_match(ctfpy_worker *worker, const ctfpy_column *column, int64_t from, int64_t to, uint8_t *any,
                              uint8_t *const *masks, ctfpy_request *requests, size_t n_requests, int64_t *bad)
{
    for (*bad = from; *bad < to; ++*bad) {
        ctf_text text;
        ctf_status status = match_row(worker, column, *bad, &text);
        if (status == CTF_E_ABSENT)
            worker->hits = (ctf_hits){0, NULL};
        else if (status != CTF_OK)
            return status;
        mark(&worker->hits, *bad, any, masks);
        for (size_t r = 0; r < n_requests; r++)
            if ((status = add_value(worker, &requests[r])) != CTF_OK)
                return status;
    }
    return CTF_OK;
}
