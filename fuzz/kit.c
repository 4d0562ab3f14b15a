#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char separator[] = "\n--\n";

void kit_fail(const char *claim, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
    abort();
}

void *kit_copy(const void *data, size_t n)
{
    void *copy = malloc(n == 0 ? 1 : n);
    if (copy == NULL)
        abort();
    if (n > 0)
        memcpy(copy, data, n);
    return copy;
}

static size_t find_separator(const uint8_t *data, size_t size)
{
    size_t n = sizeof separator - 1;
    for (size_t at = 0; at + n <= size; at++)
        if (memcmp(data + at, separator, n) == 0)
            return at;
    return size;
}

void kit_cut(const uint8_t *data, size_t size, kit_parts *out)
{
    out->n = 0;
    for (;;) {
        size_t end = out->n + 1 == KIT_PARTS ? size : find_separator(data, size);
        out->part[out->n++] = (ctf_text){kit_copy(data, end), end};
        if (end == size)
            return;
        data += end + sizeof separator - 1;
        size -= end + sizeof separator - 1;
    }
}

void kit_free(kit_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++)
        free((void *)(uintptr_t)parts->part[i].data);
}

bool kit_same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

int kit_write(void *context, const char *data, size_t length)
{
    kit_bytes *b = context;
    if (b->capacity - b->length < length) {
        b->capacity = 2 * (b->length + length);
        b->data = realloc(b->data, b->capacity);
        if (b->data == NULL)
            abort();
    }
    if (length > 0)
        memcpy(b->data + b->length, data, length);
    b->length += length;
    return 0;
}

ctf_text kit_text(const kit_bytes *bytes)
{
    return (ctf_text){bytes->data, bytes->length};
}

static void *resize(void *context, void *block, size_t size)
{
    kit_meter *m = context;
    if (size == 0) {
        m->live -= block != NULL;
        free(block);
        return NULL;
    }
    m->requests++;
    if (m->fail_at != 0 && (m->requests == m->fail_at || (m->for_good && m->requests > m->fail_at)))
        return NULL;
    void *grown = realloc(block, size);
    m->live += block == NULL && grown != NULL;
    return grown;
}

ctf_allocator kit_metered(kit_meter *meter)
{
    return (ctf_allocator){resize, meter};
}

static void claim_text(const char *text, size_t room)
{
    const char *end = memchr(text, '\0', room);
    CLAIM(end != NULL);
    CLAIM(ctfi_utf8_valid((const unsigned char *)text, (size_t)(end - text)));
}

void kit_claim_error(const ctf_error *error, ctf_status status, ctf_text text)
{
    CLAIM(error->status == status);
    CLAIM(error->kind != CTF_ERROR_NONE || status == CTF_E_STOPPED);
    CLAIM(error->message[0] != '\0');
    claim_text(error->message, sizeof error->message);
    claim_text(error->service, sizeof error->service);
    CLAIM(error->offset <= text.length && error->length <= text.length - error->offset);
    size_t length = ctf_error_render(error, text, "input", NULL, 0);
    char *rendered = malloc(length + 1);
    CLAIM(rendered != NULL && ctf_error_render(error, text, "input", rendered, length + 1) == length);
    CLAIM(strlen(rendered) == length && rendered[length - 1] == '\n');
    free(rendered);
}
