#include "json_in.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "diag.h"
#include "json_build.h"
#include "json_lax.h"

/* The reading of one document. */
typedef struct reading {
    json_builder b;
    yajl_handle handle;
    const unsigned char *bytes;
    size_t length;
    size_t token;     /* where the last token ended */
    size_t seen;      /* `place` is that of bytes[seen] */
    json_place place;
} reading;

/* Moves the place on to an offset. */
static void walk(reading *r, size_t offset)
{
    for (; r->seen < offset; r->seen++) {
        unsigned char c = r->bytes[r->seen];
        if (c == '\n')
            r->place = (json_place){r->place.line + 1, 1};
        else if ((c & 0xC0) != 0x80)
            r->place.column++;
    }
}

/* Where the token begins that yajl has just told of, behind the last one and what separates them. */
static json_place token(reading *r)
{
    while (r->token < r->length && memchr(" \t\r\n,:", r->bytes[r->token], 6) != NULL)
        r->token++;
    walk(r, r->token);
    r->token = yajl_get_bytes_consumed(r->handle);
    return r->place;
}

/* Appends a value; its text, when it has one, is copied. */
static int take(reading *r, json_type type, const void *text, size_t length)
{
    json_value *value = json_build_value(&r->b, type, token(r));
    if (value != NULL && text != NULL)
        value->text = json_build_text(r->b.document, text, length);
    if (value != NULL && type == JSON_STRING && r->token - r->seen == length + 2)
        value->lead = 1;
    return value != NULL;
}

static int on_null(void *context)
{
    return take(context, JSON_NULL, NULL, 0);
}

static int on_boolean(void *context, int value)
{
    return take(context, value ? JSON_TRUE : JSON_FALSE, NULL, 0);
}

static int on_number(void *context, const char *text, size_t length)
{
    return take(context, JSON_NUMBER, text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return take(context, JSON_STRING, text, length);
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    reading *r = context;
    json_place place = token(r);
    json_build_key(&r->b, json_build_text(r->b.document, text, length), place);
    return 1;
}

static int on_object(void *context)
{
    return take(context, JSON_OBJECT, NULL, 0);
}

static int on_array(void *context)
{
    return take(context, JSON_ARRAY, NULL, 0);
}

static int on_close(void *context)
{
    reading *r = context;
    token(r);
    json_build_close(&r->b);
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
static bool parse(reading *r, size_t strict, const char *why, json_error *error)
{
    char words[sizeof error->message] = "";
    size_t offset = strict;
    yajl_status status = yajl_parse(r->handle, r->bytes, strict);
    if (status == yajl_status_ok && strict < r->length) {
        point_at(error, r->bytes, strict, why);
        return false;
    }
    if (status != yajl_status_ok)
        offset = stop_offset(r->handle, strict);
    else
        status = yajl_complete_parse(r->handle);
    if (status == yajl_status_ok)
        return true;
    yajl_words(r->handle, words, sizeof words);
    if (r->b.refusal[0] != '\0')
        snprintf(words, sizeof words, "%s", r->b.refusal);
    point_at(error, r->bytes, offset, words);
    return false;
}

json_document *json_read(const void *bytes, size_t length, json_error *error)
{
    return json_read_piece(bytes, length, (json_place){1, 1}, SIZE_MAX, error);
}

json_document *json_read_piece(const void *bytes, size_t length, json_place start, size_t most, json_error *error)
{
    const char *why = "";
    const unsigned char *text = length > 0 ? bytes : (const unsigned char *)"";
    size_t strict = json_lax(text, length, &why);
    reading r = {.bytes = text, .length = length, .place = start};
    json_document *document = json_build_start(&r.b, most);
    yajl_alloc_funcs memory = {yajl_take, yajl_resize, yajl_drop, NULL};
    r.handle = yajl_alloc(&callbacks, &memory, &r);
    bool good = parse(&r, strict, why, error);
    yajl_free(r.handle);
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

const json_value *json_walk(const json_value *root, const json_value *at)
{
    if (at->first != NULL)
        return at->first;
    while (at != root && at->next == NULL)
        at = at->parent;
    return at == root ? NULL : at->next;
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
