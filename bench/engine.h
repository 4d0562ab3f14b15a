/* What every engine offers: it gets ready for a query, then passes over the messages and counts. */
#ifndef BENCH_ENGINE_H
#define BENCH_ENGINE_H

#include "corpus.h"
#include "queries.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_counts {
    uint64_t events; /* that at least one pattern matches */
    uint64_t hits;   /* matches, over all patterns */
} bench_counts;

/* TRUSTED is ours too, but told that the input needs no proof: it is never what peers are compared with. */
enum bench_family { FAMILY_OURS, FAMILY_TRUSTED, FAMILY_PEER, FAMILY_LIMIT };

typedef struct bench_engine bench_engine;
struct bench_engine {
    const char *name;
    const char *about;
    enum bench_family family; /* a limit counts nothing */
    const char *missing;      /* why this build is without it, or NULL */
    const char *argument;     /* what the functions below want to know */
    /* Gets ready: 1 and *state; 0 when the engine cannot ask this; -1 after saying on stderr what failed. */
    int (*open)(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus, void **state);
    /* One pass over all messages; 0, or -1 after saying on stderr what failed. */
    int (*pass)(void *state, bench_counts *out);
    void (*close)(void *state);
    unsigned flags; /* ours: of the scratch */
};

#define BENCH_MOST_ENGINES 32

/* All engines, those missing included; returns how many. */
size_t bench_engines(bench_engine *list);

/* Parts of the list; each appends to it and returns the new number. */
size_t bench_engines_ctfilter(bench_engine *list, size_t n);
size_t bench_engines_limits(bench_engine *list, size_t n);
size_t bench_engines_by_hand(bench_engine *list, size_t n);
size_t bench_engines_hyperscan(bench_engine *list, size_t n);
size_t bench_engines_simdjson(bench_engine *list, size_t n);
size_t bench_engines_yajl(bench_engine *list, size_t n);
size_t bench_engines_rapidjson(bench_engine *list, size_t n);
size_t bench_engines_yyjson(bench_engine *list, size_t n);

#ifdef __cplusplus
}
#endif

#endif
