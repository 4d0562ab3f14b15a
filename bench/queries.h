/* The twelve queries: patterns of the language, and for peers what stands for them. */
#ifndef BENCH_QUERIES_H
#define BENCH_QUERIES_H

#include "corpus.h"
#include "predicate.h"

#include <ctfilter/ctfilter.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BENCH_QUERIES 12

enum bench_data { DATA_EVENTS, DATA_LOG, DATA_TRAPS, BENCH_DATA };

typedef struct bench_query {
    const char *id, *title;
    enum bench_data data;
    ctf_pattern *patterns;
    size_t n;
    /* Where a pattern matches, one of these stands in the bytes of the message; n_literals 0: nothing is known.
     * JSON queries list \u00 too, for escapes can hide the others. */
    ctf_text *literals;
    size_t n_literals;
    enum bench_predicate predicate;
    bench_table table; /* of the names that the predicate looks up */
    ctf_text *rules;   /* the patterns as event patterns of EventBridge, for quamina and event-ruler; or none */
    size_t n_rules;
    const char *jq;    /* a jq filter that is true for what matches, or NULL */
    const char *shell; /* a command that counts what matches in "$1", or NULL */
    char **kept;       /* the texts that all these views show */
    size_t n_kept;
} bench_query;

/* Makes all queries; those with a thousand patterns are made from the events. -1 after saying why. */
int bench_queries_make(const bench_corpus *events, bench_query *queries);
void bench_queries_free(bench_query *queries);

#ifdef __cplusplus
}
#endif

#endif
