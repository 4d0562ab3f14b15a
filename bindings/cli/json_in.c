#include "json_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "base/arena.h"
#include "diag.h"
#include "json_lax.h"

struct json_document {
    ctfi_arena arena;
    json_value *root;
};

/* The reading of one document: the tree so far and where the next value goes. */
typedef struct builder {
    json_document *document;
    json_value *open; /* the innermost array or object that is not closed */
    json_value *last; /* its last child so far */
    ctf_text key;     /* of the next member */
    size_t depth;
    bool too_deep;
} builder;

static void *take(builder *b, size_t size)
{
    void *block = ctfi_arena_alloc(&b->document->arena, 1, size);
    if (block == NULL)
        need_failed();
    return block;
}

static ctf_text copy(builder *b, const void *text, size_t length)
{
    char *to = take(b, length + 1);
    if (length > 0)
        memcpy(to, text, length);
    to[length] = '\0';
    return (ctf_text){to, length};
}

/* Appends a value where the document stands. */
static json_value *append(builder *b, json_type type)
{
    json_value *value = take(b, sizeof *value);
    *value = (json_value){.type = type, .key = b->key, .parent = b->open};
    b->key = (ctf_text){0};
    if (b->open == NULL)
        b->document->root = value;
    else if (b->last == NULL)
        b->open->first = value;
    else
        b->last->next = value;
    if (b->open != NULL)
        b->open->n++;
    b->last = value;
    return value;
}

static int on_null(void *context)
{
    append(context, JSON_NULL);
    return 1;
}

static int on_boolean(void *context, int value)
{
    append(context, value ? JSON_TRUE : JSON_FALSE);
    return 1;
}

static int on_number(void *context, const char *text, size_t length)
{
    append(context, JSON_NUMBER)->text = copy(context, text, length);
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    append(context, JSON_STRING)->text = copy(context, text, length);
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    builder *b = context;
    b->key = copy(b, text, length);
    return 1;
}

static int open_value(builder *b, json_type type)
{
    b->too_deep = b->depth == JSON_DEPTH;
    if (b->too_deep)
        return 0;
    b->depth++;
    b->open = append(b, type);
    b->last = NULL;
    return 1;
}

static int on_object(void *context)
{
    return open_value(context, JSON_OBJECT);
}

static int on_array(void *context)
{
    return open_value(context, JSON_ARRAY);
}

static int on_close(void *context)
{
    builder *b = context;
    b->depth--;
    b->last = b->open;
    b->open = b->open->parent;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_close,
    .yajl_start_array = on_array,
    .yajl_end_array = on_close,
};

/* yajl checks no allocation, so none may fail. */
static void *yajl_take(void *context, size_t size)
{
    (void)context;
    return need(size, 1);
}

static void *yajl_resize(void *context, void *block, size_t size)
{
    (void)context;
    size_t capacity = 0;
    return need_more(block, &capacity, size, 1);
}

static void yajl_drop(void *context, void *block)
{
    (void)context;
    free(block);
}

/* Notes what is wrong at an offset, with line and column. */
static void point_at(json_error *error, const unsigned char *bytes, size_t offset, const char *why)
{
    size_t line = 1, start = 0;
    for (size_t i = 0; i < offset; i++)
        if (bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    *error = (json_error){.offset = offset, .line = line, .column = offset - start + 1};
    snprintf(error->message, sizeof error->message, "%s", why);
}

/* yajl's words without "parse error: " and the newline. */
static void yajl_words(yajl_handle handle, char *out, size_t size)
{
    unsigned char *words = yajl_get_error(handle, 0, NULL, 0);
    const char *colon = words != NULL ? strstr((char *)words, ": ") : NULL;
    snprintf(out, size, "%s", colon != NULL ? colon + 2 : "not JSON");
    out[strcspn(out, "\r\n")] = '\0';
    yajl_free_error(handle, words);
}

/* Where yajl stopped: it has consumed the byte that it did not like. */
static size_t stop_offset(yajl_handle handle, size_t length)
{
    size_t consumed = yajl_get_bytes_consumed(handle);
    return consumed > length ? length : consumed - (consumed > 0);
}

/* Feeds yajl as far as `strict`, where the document stops being JSON for another reason or ends. */
static bool parse(yajl_handle handle, builder *b, const unsigned char *bytes, size_t strict, size_t length,
                  const char *why, json_error *error)
{
    char words[sizeof error->message] = "";
    size_t offset = strict;
    yajl_status status = yajl_parse(handle, bytes, strict);
    if (status == yajl_status_ok && strict < length) {
        point_at(error, bytes, strict, why);
        return false;
    }
    if (status != yajl_status_ok)
        offset = stop_offset(handle, strict);
    else
        status = yajl_complete_parse(handle);
    if (status == yajl_status_ok)
        return true;
    yajl_words(handle, words, sizeof words);
    if (b->too_deep)
        snprintf(words, sizeof words, "nested deeper than %d", JSON_DEPTH);
    point_at(error, bytes, offset, words);
    return false;
}

json_document *json_read(const void *bytes, size_t length, json_error *error)
{
    const char *why = "";
    const unsigned char *text = length > 0 ? bytes : (const unsigned char *)"";
    size_t strict = json_lax(text, length, &why);
    json_document *document = need(1, sizeof *document);
    builder b = {.document = document};
    yajl_alloc_funcs memory = {yajl_take, yajl_resize, yajl_drop, NULL};
    yajl_handle handle = yajl_alloc(&callbacks, &memory, &b);
    ctfi_arena_init(&document->arena, NULL);
    bool good = parse(handle, &b, text, strict, length, why, error);
    yajl_free(handle);
    if (good)
        return document;
    json_free(document);
    return NULL;
}

void json_free(json_document *document)
{
    if (document == NULL)
        return;
    ctfi_arena_free(&document->arena);
    free(document);
}

const json_value *json_root(const json_document *document)
{
    return document->root;
}

const json_value *json_get(const json_value *value, const char *key)
{
    const json_value *found = NULL;
    size_t length = strlen(key);
    if (!json_is(value, JSON_OBJECT))
        return NULL;
    for (const json_value *member = value->first; member != NULL; member = member->next)
        if (member->key.length == length && memcmp(member->key.data, key, length) == 0)
            found = member;
    return found;
}

bool json_is(const json_value *value, json_type type)
{
    return value != NULL && value->type == type;
}

bool json_is_text(const json_value *value, const char *text)
{
    return json_is(value, JSON_STRING) && value->text.length == strlen(text) &&
           memcmp(value->text.data, text, value->text.length) == 0;
}

bool json_whole(const json_value *value, int64_t *out)
{
    char *end;
    if (!json_is(value, JSON_NUMBER))
        return false;
    errno = 0;
    *out = strtoll(value->text.data, &end, 10);
    return errno == 0 && *end == '\0';
}
