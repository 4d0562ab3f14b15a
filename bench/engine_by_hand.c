/* What somebody writes with the C library alone: memmem for the query's literals, and fields of an access log
 * from the end of the line. */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- memmem: one search a literal, merged in the order of places; verified by this library ---------- */

#define MOST_LITERALS 2u

typedef struct search {
    bench_verifier verifier;
    const bench_query *query;
} search;

static void close_search(void *opened)
{
    search *s = opened;
    bench_verifier_close(&s->verifier);
    free(s);
}

static int open_search(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                       void **out)
{
    (void)engine;
    if (query->n_literals == 0 || query->n_literals > MOST_LITERALS)
        return 0;
    search *s = calloc(1, sizeof *s);
    if (s == NULL)
        return -1;
    *out = s;
    s->query = query;
    if (bench_verifier_open(query, corpus, &s->verifier) == 0)
        return 1;
    close_search(s);
    return -1;
}

static const char *next(const char *from, const char *end, ctf_text literal)
{
    const char *found = memmem(from, (size_t)(end - from), literal.data, literal.length);
    return found == NULL ? end : found;
}

static int pass_search(void *opened, bench_counts *out)
{
    search *s = opened;
    const bench_corpus *corpus = s->verifier.corpus;
    const char *end = corpus->data + corpus->length, *places[MOST_LITERALS] = {corpus->data, corpus->data};
    size_t n = s->query->n_literals;
    bench_verifier_begin(&s->verifier);
    for (size_t i = 0; i < n; i++)
        places[i] = next(corpus->data, end, s->query->literals[i]);
    for (;;) {
        size_t first = n == 2 && places[1] < places[0];
        if (places[first] == end)
            break;
        bench_verify(&s->verifier, places[first]);
        places[first] = next(s->verifier.done, end, s->query->literals[first]);
    }
    *out = s->verifier.counts;
    return 0;
}

/* ---- access log ----------------------------------------------------------------------------------- */

static int open_log(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                    void **out)
{
    union {
        const bench_corpus *from;
        void *to;
    } view = {corpus};
    (void)engine;
    *out = view.to;
    return query->data == DATA_LOG;
}

static void close_log(void *opened) { (void)opened; }

/* STATUS BYTES at the end: the last blank, and the one before. */
static int is_wanted(const char *start, const char *end)
{
    const char *last = memrchr(start, ' ', (size_t)(end - start));
    const char *before = last == NULL ? NULL : memrchr(start, ' ', (size_t)(last - start));
    unsigned long bytes = 0;
    if (before == NULL || before[1] != '5')
        return 0;
    for (const char *p = last + 1; p < end; p++)
        bytes = bytes * 10 + (unsigned long)(*p - '0');
    return bytes > 1000;
}

static int pass_log(void *opened, bench_counts *out)
{
    const bench_corpus *corpus = opened;
    const char *end = corpus->data + corpus->length, *newline;
    *out = (bench_counts){0};
    for (const char *p = corpus->data; p < end; p = newline + 1) {
        newline = memchr(p, '\n', (size_t)(end - p));
        out->events += (uint64_t)is_wanted(p, newline);
    }
    out->hits = out->events;
    return 0;
}

size_t bench_engines_by_hand(bench_engine *list, size_t n)
{
    list[n++] = (bench_engine){
        "memmem",    "glibc memmem for one or two literals, messages with one verified by ctf_match",
        FAMILY_PEER, NULL,
        NULL,        open_search,
        pass_search, close_search};
    list[n++] = (bench_engine){
        "by-hand",   "a loop in C that knows this access log: status and bytes from the line's end",
        FAMILY_PEER, NULL,
        NULL,        open_log,
        pass_log,    close_log};
    return n;
}
