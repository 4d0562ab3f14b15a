/* Lists that grow by doubling. A failed growth leaves them as they were. */
#include "glue.h"

#include <stdlib.h>
#include <string.h>

/* Makes room for n elements of a size; 0 when memory is out. */
static int reserve(void **data, size_t *room, size_t n, size_t size)
{
    size_t more = *room == 0 ? 64 : *room;
    if (n <= *room)
        return 1;
    while (more < n)
        more *= 2;
    void *grown = realloc(*data, more * size);
    if (grown == NULL)
        return 0;
    *data = grown;
    *room = more;
    return 1;
}

int ctfpy_collect(void *context, const char *data, size_t length)
{
    ctfpy_bytes *bytes = context;
    void *block = bytes->data;
    int good = reserve(&block, &bytes->room, bytes->length + length, 1);
    bytes->data = block;
    if (good && length > 0)
        memcpy(bytes->data + bytes->length, data, length);
    bytes->length += good ? length : 0;
    return !good;
}

void ctfpy_bytes_free(ctfpy_bytes *bytes)
{
    free(bytes->data);
    *bytes = (ctfpy_bytes){0};
}

/* offsets has one element more than types. */
static int reserve_texts(ctfpy_texts *texts)
{
    void *offsets = texts->offsets, *types = texts->types;
    size_t offset_room = texts->room == 0 ? 0 : texts->room + 1, type_room = texts->room;
    size_t wanted = texts->n < 32 ? 64 : 2 * texts->n;
    if (texts->n < texts->room)
        return 1;
    int good = reserve(&offsets, &offset_room, wanted + 1, sizeof *texts->offsets);
    texts->offsets = offsets;
    good = good && reserve(&types, &type_room, wanted, sizeof *texts->types);
    texts->types = types;
    if (good) {
        texts->room = wanted;
        texts->offsets[0] = 0;
    }
    return good;
}

int ctfpy_texts_add(ctfpy_texts *texts, uint8_t type, ctf_text text)
{
    if (!reserve_texts(texts) || ctfpy_collect(&texts->text, text.data, text.length) != 0)
        return CTF_E_NOMEM;
    texts->types[texts->n++] = type;
    texts->offsets[texts->n] = (int64_t)texts->text.length;
    return CTF_OK;
}

void ctfpy_texts_free(ctfpy_texts *texts)
{
    ctfpy_bytes_free(&texts->text);
    free(texts->offsets);
    free(texts->types);
    *texts = (ctfpy_texts){0};
}

void ctfpy_found_clear(ctfpy_found *found)
{
    found->n_hits = found->n_patterns = found->values.n = found->values.text.length = 0;
}

void ctfpy_found_free(ctfpy_found *found)
{
    free(found->hits);
    free(found->patterns);
    ctfpy_texts_free(&found->values);
    *found = (ctfpy_found){0};
}

static ctf_status add_values(ctfpy_found *found, const ctfpy_worker *worker, uint32_t pattern)
{
    for (size_t k = 0; k < found->wanted[pattern]; k++) {
        ctf_value value;
        ctf_status status = ctf_scratch_value(worker->scratch, pattern, k, &value);
        if (status == CTF_OK)
            status = ctfpy_texts_add(&found->values, (uint8_t)value.type, value.text);
        if (status != CTF_OK)
            return status;
    }
    return CTF_OK;
}

ctf_status ctfpy_found_add(ctfpy_found *found, const ctfpy_worker *worker, uint64_t offset, uint64_t length)
{
    void *hits = found->hits, *patterns = found->patterns;
    const ctf_hits *got = &worker->hits;
    int good = reserve(&hits, &found->hit_room, found->n_hits + 1, sizeof *found->hits);
    found->hits = hits;
    good = good && reserve(&patterns, &found->pattern_room, found->n_patterns + got->n, sizeof *found->patterns);
    found->patterns = patterns;
    if (!good)
        return CTF_E_NOMEM;
    ctfpy_hit hit = {offset, length, found->n_patterns, got->n, found->values.n};
    memcpy(found->patterns + found->n_patterns, got->patterns, got->n * sizeof *found->patterns);
    for (size_t i = 0; found->wanted != NULL && i < got->n; i++) {
        ctf_status status = add_values(found, worker, got->patterns[i]);
        if (status != CTF_OK)
            return status;
    }
    found->n_patterns += got->n;
    found->hits[found->n_hits++] = hit;
    return CTF_OK;
}
