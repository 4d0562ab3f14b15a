/* yyjson: each message parsed to a tree in memory that is reused, predicates by hand. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef BENCH_HAVE_YYJSON
#include "sax.h"
#include <yyjson.h>

typedef struct state {
    const bench_query *query;
    const bench_corpus *corpus;
    uint32_t wanted;
    void *room;
    size_t room_size;
} state;

static void close_state(void *opened)
{
    state *s = opened;
    free(s->room);
    free(s);
}

static size_t largest(const bench_corpus *corpus)
{
    size_t most = 0, n;
    for (size_t i = 0; i < corpus->n; i++) {
        bench_message(corpus, i, &n);
        most = n > most ? n : most;
    }
    return most;
}

static int open_state(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                      void **out)
{
    (void)engine;
    if (query->predicate == PREDICATE_NONE)
        return 0;
    size_t size = yyjson_read_max_memory_usage(largest(corpus), 0);
    state *s = calloc(1, sizeof *s);
    if (s == NULL || (s->room = malloc(size)) == NULL)
        return free(s), -1;
    s->query = query;
    s->corpus = corpus;
    s->wanted = bench_slots(query->predicate);
    s->room_size = size;
    *out = s;
    return 1;
}

static void keep(const state *s, bench_view *view, int slot, yyjson_val *value)
{
    if (slot < 0 || (s->wanted >> slot & 1) == 0)
        return;
    bench_field *field = &view->fields[slot];
    *field = (bench_field){FIELD_OTHER, 0, "", 0};
    if (yyjson_is_str(value))
        *field = (bench_field){FIELD_STRING, yyjson_get_len(value), yyjson_get_str(value), 0};
    else if (yyjson_is_num(value))
        *field = (bench_field){FIELD_NUMBER, 0, "", yyjson_get_num(value)};
}

static void keep_inner(const state *s, bench_view *view, enum bench_parent parent, yyjson_val *object)
{
    size_t i, n;
    yyjson_val *key, *value;
    if (yyjson_is_obj(object))
        yyjson_obj_foreach(object, i, n, key, value)
            keep(s, view, bench_inner_slot(parent, yyjson_get_str(key), yyjson_get_len(key)), value);
}

static void keep_member(const state *s, bench_view *view, yyjson_val *key, yyjson_val *value)
{
    const char *name = yyjson_get_str(key);
    size_t n = yyjson_get_len(key);
    enum bench_parent parent = bench_parent_of(name, n);
    keep(s, view, bench_top_slot(name, n), value);
    if (parent != PARENT_NONE)
        keep_inner(s, view, parent, value);
    else if (bench_is(name, n, "resources"))
        keep_inner(s, view, PARENT_RESOURCE, yyjson_arr_get_first(value));
}

static unsigned look(const state *s, const char *message, size_t length)
{
    yyjson_alc memory;
    bench_view view = {0};
    size_t i, n;
    yyjson_val *key, *value;
    union {
        const char *from;
        char *to;
    } text = {message}; /* read only without the in-situ flag */
    yyjson_alc_pool_init(&memory, s->room, s->room_size);
    yyjson_doc *document = yyjson_read_opts(text.to, length, 0, &memory, NULL);
    if (document == NULL)
        return 0;
    yyjson_obj_foreach(yyjson_doc_get_root(document), i, n, key, value) keep_member(s, &view, key, value);
    return bench_hits(s->query->predicate, &s->query->table, &view);
}

static int pass(void *opened, bench_counts *out)
{
    state *s = opened;
    *out = (bench_counts){0};
    for (size_t i = 0, n; i < s->corpus->n; i++) {
        const char *message = bench_message(s->corpus, i, &n);
        unsigned hits = look(s, message, n);
        out->events += hits != 0;
        out->hits += hits;
    }
    return 0;
}

#define MISSING NULL
#else
#define MISSING "yyjson was not found (Debian 12 has no package; give BENCH_YYJSON_DIR)"
#define open_state NULL
#define pass NULL
#define close_state NULL
#endif

size_t bench_engines_yyjson(bench_engine *list, size_t n)
{
    list[n++] = (bench_engine){"yyjson",    "yyjson's parse of the whole event to a tree, predicates by hand",
                               FAMILY_PEER, MISSING,
                               NULL,        open_state,
                               pass,        close_state};
    return n;
}
