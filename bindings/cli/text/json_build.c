#include "json_build.h"

#include <stdio.h>
#include <string.h>

#include "diag.h"

json_document *json_build_start(json_builder *b, size_t most)
{
    json_document *document = need(1, sizeof *document);
    ctfi_arena_init(&document->arena, NULL);
    *b = (json_builder){.document = document, .most = most, .left = most};
    return document;
}

void *json_build_take(json_document *document, size_t size)
{
    void *block = ctfi_arena_alloc(&document->arena, 1, size);
    if (block == NULL)
        need_failed();
    return block;
}

ctf_text json_build_text(json_document *document, const void *text, size_t length)
{
    char *to = json_build_take(document, length + 1);
    if (length > 0)
        memcpy(to, text, length);
    to[length] = '\0';
    return (ctf_text){to, length};
}

void json_build_key(json_builder *b, ctf_text key, json_place place)
{
    b->key = key;
    b->key_place = place;
}

/* Links a value behind the last one. */
static void append(json_builder *b, json_value *value)
{
    if (b->open == NULL)
        b->document->root = value;
    else if (b->last == NULL)
        b->open->first = value;
    else
        b->last->next = value;
    if (b->open != NULL)
        b->open->n++;
    b->last = value;
}

/* Is there room for one more? Otherwise notes why not. */
static bool fits(json_builder *b, bool open)
{
    if (b->left == 0)
        snprintf(b->refusal, sizeof b->refusal, "more than %zu values", b->most);
    else if (open && b->depth == JSON_DEPTH)
        snprintf(b->refusal, sizeof b->refusal, "nested deeper than %d", JSON_DEPTH);
    return b->refusal[0] == '\0';
}

json_value *json_build_value(json_builder *b, json_type type, json_place place)
{
    bool open = type >= JSON_ARRAY;
    if (!fits(b, open))
        return NULL;
    json_value *value = json_build_take(b->document, sizeof *value);
    *value = (json_value){.type = type, .key = b->key, .parent = b->open, .place = place, .key_place = b->key_place,
                          .lead = -1};
    b->left--;
    b->key = (ctf_text){NULL, 0};
    append(b, value);
    if (open) {
        b->depth++;
        b->open = value;
        b->last = NULL;
    }
    return value;
}

void json_build_close(json_builder *b)
{
    b->depth--;
    b->last = b->open;
    b->open = b->open->parent;
}
