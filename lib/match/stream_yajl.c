/* yajl 2.1.0 accepts what RFC 8259 does not, so beside its verdict stand checks of ours:
 *
 *   vertical tabs and form feeds as blanks    a message holds neither byte anywhere: inside strings
 *                                             yajl refuses them itself
 *   an unclosed string behind the root value  it is stopped where the object ends; what follows is ours
 *   UTF-8 with overlongs and surrogates       its check is off, ours reads the message
 *   lone surrogate escapes                    ours
 *   any value as root                         ours
 *
 * Its other leniencies (comments, several values, partial values) are off unless asked for. It checks
 * no allocation: memory comes from a pool that leaves yajl when there is none. */
#include <yajl/yajl_parse.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "match/check.h"
#include "match/pool.h"
#include "match/stream_yajl.h"
#include "match/walk_state.h"

struct ctfi_yajl {
    ctf_allocator allocator;
    ctfi_walk *walk;
    ctfi_pool pool;
    yajl_handle handle;
    ctfi_bytes message;
    size_t depth;         /* containers open in the walk */
    size_t passed_over;   /* containers open in a value of no interest */
    bool wanted;          /* the value behind the last key */
    size_t end;           /* behind the closing bracket of the root, once it was seen */
};

static void *pool_malloc(void *context, size_t size)
{
    return ctfi_pool_resize(context, NULL, size);
}

static void *pool_realloc(void *context, void *block, size_t size)
{
    return ctfi_pool_resize(context, block, size);
}

static void pool_release(void *context, void *block)
{
    ctfi_pool_release(context, block);
}

/* Does the text stand in the message itself, which lasts? */
static bool lasts(const ctfi_yajl *reader, const unsigned char *text)
{
    uintptr_t at = (uintptr_t)text;
    uintptr_t start = (uintptr_t)reader->message.data;
    return at >= start && at - start < reader->message.length;
}

/* Is the value that comes now of interest? */
static bool is_wanted(ctfi_yajl *reader)
{
    if (reader->passed_over != 0)
        return false;
    if (ctfi_walk_container(reader->walk) == CTFI_ARRAY)
        return ctfi_walk_element(reader->walk);
    return reader->wanted;
}

/* Nothing is open: what comes is the root. */
static bool at_root(const ctfi_yajl *reader)
{
    return reader->depth == 0 && reader->passed_over == 0;
}

static int on_word(ctfi_yajl *reader, ctfi_word word)
{
    if (at_root(reader))
        return 0;
    if (is_wanted(reader))
        ctfi_walk_word(reader->walk, word);
    return 1;
}

static int on_null(void *context)
{
    return on_word(context, CTFI_NULL);
}

static int on_boolean(void *context, int value)
{
    return on_word(context, value != 0 ? CTFI_TRUE : CTFI_FALSE);
}

static int on_number(void *context, const char *text, size_t length)
{
    ctfi_yajl *reader = context;
    ctfi_bytes number = {(const unsigned char *)text, length};
    if (at_root(reader))
        return 0;
    if (is_wanted(reader))
        ctfi_walk_number(reader->walk, number, lasts(reader, number.data));
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    ctfi_yajl *reader = context;
    if (at_root(reader))
        return 0;
    if (is_wanted(reader))
        ctfi_walk_string(reader->walk, (ctfi_bytes){text, length}, lasts(reader, text));
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    ctfi_yajl *reader = context;
    ctfi_bytes key = {text, length};
    if (reader->passed_over == 0)
        reader->wanted = (ctfi_walk_frame(reader->walk)->classes & ctfi_classes_of(key)) != 0 &&
                         ctfi_walk_key(reader->walk, key, lasts(reader, text));
    return 1;
}

static int on_open(ctfi_yajl *reader, ctfi_container kind)
{
    bool root = at_root(reader);
    if (root && kind != CTFI_OBJECT)
        return 0;
    if ((root || is_wanted(reader)) && ctfi_walk_open(reader->walk, kind))
        reader->depth++;
    else
        reader->passed_over++;
    return 1;
}

static int on_object(void *context)
{
    return on_open(context, CTFI_OBJECT);
}

static int on_array(void *context)
{
    return on_open(context, CTFI_ARRAY);
}

/* Stops the parse where the root ends. */
static int on_close(void *context)
{
    ctfi_yajl *reader = context;
    if (reader->passed_over != 0) {
        reader->passed_over--;
    } else {
        reader->depth--;
        ctfi_walk_close(reader->walk);
    }
    if (!at_root(reader))
        return 1;
    reader->end = yajl_get_bytes_consumed(reader->handle);
    return 0;
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

/* What yajl holds at the end is the pool's and goes back with it. */
static void parse(ctfi_yajl *reader)
{
    yajl_alloc_funcs memory = {pool_malloc, pool_realloc, pool_release, &reader->pool};
    reader->depth = 0;
    reader->passed_over = 0;
    reader->end = 0;
    reader->handle = yajl_alloc(&callbacks, &memory, reader);
    yajl_config(reader->handle, yajl_dont_validate_strings, 1);
    yajl_parse(reader->handle, reader->message.data, reader->message.length);
}

/* Parses the message, or not to its end when memory is out. */
static ctf_status guarded_parse(ctfi_yajl *reader)
{
    if (setjmp(reader->pool.out) != 0)
        return CTF_E_NOMEM;
    parse(reader);
    return CTF_OK;
}

/* Tells the walk once. */
static ctf_status pass(ctfi_yajl *reader, bool *again)
{
    ctfi_walk_begin(reader->walk);
    ctf_status status = guarded_parse(reader);
    ctfi_pool_reset(&reader->pool);
    ctf_status walked = ctfi_walk_end(reader->walk, again);
    return status != CTF_OK ? status : walked;
}

static bool only_blanks(const unsigned char *p, const unsigned char *end)
{
    while (p < end && ctfi_is_blank(*p))
        p++;
    return p == end;
}

/* yajl has seen the root object end; is the message strict JSON as well? */
static bool is_strict(ctfi_bytes message, size_t end)
{
    return only_blanks(message.data + end, message.data + message.length) &&
           memchr(message.data, '\v', message.length) == NULL &&
           memchr(message.data, '\f', message.length) == NULL &&
           ctfi_utf8_valid(message.data, message.length) && !ctfi_check_lone_surrogate(message);
}

ctf_status ctfi_yajl_read(void *context, ctfi_bytes message, ctfi_proof *proof)
{
    ctfi_yajl *reader = context;
    bool again = true;
    reader->message = message;
    while (again) {
        ctf_status status = pass(reader, &again);
        if (status != CTF_OK)
            return status;
        again = again && reader->end != 0;
    }
    *proof = reader->end != 0 && is_strict(message, reader->end) ? CTFI_PROVED : CTFI_REFUTED;
    return CTF_OK;
}

ctf_status ctfi_yajl_new(ctf_scratch *scratch, ctfi_yajl **out)
{
    const ctf_allocator *allocator = ctfi_scratch_allocator(scratch);
    *out = ctfi_resize(allocator, NULL, sizeof **out);
    if (*out == NULL)
        return CTF_E_NOMEM;
    (*out)->allocator = *allocator;
    (*out)->walk = ctfi_scratch_walk(scratch);
    ctfi_pool_init(&(*out)->pool, allocator);
    return CTF_OK;
}

void ctfi_yajl_free(ctfi_yajl *reader)
{
    if (reader == NULL)
        return;
    ctf_allocator allocator = reader->allocator;
    ctfi_pool_free(&reader->pool);
    ctfi_resize(&allocator, reader, 0);
}
