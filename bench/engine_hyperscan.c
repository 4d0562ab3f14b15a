/* Hyperscan: all literals of a query in one block scan, each message with one verified by this library. */
#include "verify.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef BENCH_HAVE_HYPERSCAN
#include <hs.h>

typedef struct state {
    hs_database_t *database;
    hs_scratch_t *scratch;
    bench_verifier verifier;
} state;

static void close_state(void *opened)
{
    state *s = opened;
    hs_free_scratch(s->scratch);
    hs_free_database(s->database);
    bench_verifier_close(&s->verifier);
    free(s);
}

/* The literals as the compiler wants them. Each has an id of its own: literals that share one are merged into
 * an automaton, which takes minutes for ten thousand. */
typedef struct literals {
    const char **texts;
    size_t *lengths;
    unsigned *ids;
} literals;

static int list_literals(const bench_query *query, literals *out)
{
    size_t n = query->n_literals;
    *out = (literals){malloc(n * sizeof *out->texts), malloc(n * sizeof *out->lengths),
                      malloc(n * sizeof *out->ids)};
    if (out->texts == NULL || out->lengths == NULL || out->ids == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        out->texts[i] = query->literals[i].data;
        out->lengths[i] = query->literals[i].length;
        out->ids[i] = (unsigned)i;
    }
    return 0;
}

static int compile(const bench_query *query, state *s)
{
    hs_compile_error_t *error = NULL;
    literals all;
    int failed = list_literals(query, &all) ||
                 hs_compile_lit_multi(all.texts, NULL, all.ids, all.lengths, (unsigned)query->n_literals,
                                      HS_MODE_BLOCK, NULL, &s->database, &error) != HS_SUCCESS ||
                 hs_alloc_scratch(s->database, &s->scratch) != HS_SUCCESS;
    if (failed)
        fprintf(stderr, "bench: hyperscan: %s: %s\n", query->id,
                error != NULL ? error->message : "out of memory");
    hs_free_compile_error(error);
    free(all.texts);
    free(all.lengths);
    free(all.ids);
    return failed ? -1 : 0;
}

static int open_state(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                      void **out)
{
    (void)engine;
    if (query->n_literals == 0)
        return 0;
    state *s = calloc(1, sizeof *s);
    if (s == NULL)
        return -1;
    *out = s;
    if (bench_verifier_open(query, corpus, &s->verifier) == 0 && compile(query, s) == 0)
        return 1;
    close_state(s);
    return -1;
}

static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    bench_verifier *verifier = context;
    (void)id, (void)from, (void)flags;
    bench_verify(verifier, verifier->corpus->data + to - 1);
    return 0;
}

static int pass(void *opened, bench_counts *out)
{
    state *s = opened;
    const bench_corpus *corpus = s->verifier.corpus;
    bench_verifier_begin(&s->verifier);
    if (hs_scan(s->database, corpus->data, (unsigned)corpus->length, 0, s->scratch, found, &s->verifier) !=
        HS_SUCCESS)
        return -1;
    *out = s->verifier.counts;
    return 0;
}

#define MISSING NULL
#else
#define MISSING "libhyperscan-dev was not found"
#define open_state NULL
#define pass NULL
#define close_state NULL
#endif

size_t bench_engines_hyperscan(bench_engine *list, size_t n)
{
    list[n++] =
        (bench_engine){"hyperscan", "Hyperscan over the literals, messages with one verified by ctf_match",
                       FAMILY_PEER, MISSING,
                       NULL,        open_state,
                       pass,        close_state};
    return n;
}
