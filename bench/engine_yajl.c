/* yajl: a SAX parse of each message, predicates by hand. */
#include "engine.h"
#include "sax.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef BENCH_HAVE_YAJL
#include <yajl/yajl_parse.h>

typedef struct state {
    const bench_query *query;
    const bench_corpus *corpus;
    bench_sax sax;
} state;

static int on_other(void *context)
{
    bench_sax_other(context);
    return 1;
}

static int on_boolean(void *context, int value)
{
    (void)value;
    return on_other(context);
}

static int on_integer(void *context, long long value)
{
    bench_sax_number(context, (double)value);
    return 1;
}

static int on_double(void *context, double value)
{
    bench_sax_number(context, value);
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t n)
{
    bench_sax_string(context, (const char *)text, n);
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t n)
{
    bench_sax_key(context, (const char *)text, n);
    return 1;
}

static int on_open(void *context)
{
    bench_sax_open(context);
    return 1;
}

static int on_close(void *context)
{
    bench_sax_close(context);
    return 1;
}

static const yajl_callbacks callbacks = {on_other, on_boolean, on_integer, on_double, NULL,    on_string,
                                         on_open,  on_key,     on_close,   on_open,   on_close};

static int open_state(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                      void **out)
{
    state *s = query->predicate == PREDICATE_NONE ? NULL : calloc(1, sizeof *s);
    (void)engine;
    if (s == NULL)
        return 0;
    s->query = query;
    s->corpus = corpus;
    s->sax.wanted = bench_slots(query->predicate);
    *out = s;
    return 1;
}

static int parse(state *s, const char *message, size_t n)
{
    yajl_handle parser = yajl_alloc(&callbacks, NULL, &s->sax);
    int failed = parser == NULL || yajl_parse(parser, (const unsigned char *)message, n) != yajl_status_ok ||
                 yajl_complete_parse(parser) != yajl_status_ok;
    if (parser != NULL)
        yajl_free(parser);
    return failed;
}

static int pass(void *opened, bench_counts *out)
{
    state *s = opened;
    *out = (bench_counts){0};
    for (size_t i = 0, n; i < s->corpus->n; i++) {
        const char *message = bench_message(s->corpus, i, &n);
        bench_sax_begin(&s->sax);
        unsigned hits =
            parse(s, message, n) ? 0 : bench_hits(s->query->predicate, &s->query->table, &s->sax.view);
        out->events += hits != 0;
        out->hits += hits;
    }
    return 0;
}

#define MISSING NULL
#else
#define MISSING "libyajl-dev was not found"
#define open_state NULL
#define pass NULL
#define free NULL
#endif

size_t bench_engines_yajl(bench_engine *list, size_t n)
{
    list[n++] = (bench_engine){
        "yajl", "yajl SAX with predicates by hand", FAMILY_PEER, MISSING, NULL, open_state, pass, free};
    return n;
}
