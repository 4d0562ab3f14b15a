/* What a filter costs besides passing over messages: compiling, memory, one call, a replay. */
#include "results.h"

#include <stdlib.h>
#include <string.h>

#define REPEATS 21u

/* ---- an allocator that counts --------------------------------------------------------------------- */

typedef struct meter {
    size_t now, most;
} meter;

/* The size stands before each block. */
static void *metered(void *context, void *block, size_t size)
{
    meter *m = context;
    size_t *head = block == NULL ? NULL : (size_t *)block - 2;
    size_t before = head == NULL ? 0 : *head;
    if (size == 0) {
        m->now -= before;
        return free(head), NULL;
    }
    size_t *moved = realloc(head, size + 2 * sizeof *moved);
    if (moved == NULL)
        return NULL;
    *moved = size;
    m->now = m->now - before + size;
    m->most = m->now > m->most ? m->now : m->most;
    return moved + 2;
}

/* ---- compiling and memory ------------------------------------------------------------------------- */

static int compile(const bench_query *query, const ctf_allocator *allocator, ctf_filter **out)
{
    ctf_options options = {.size = sizeof options, .allocator = allocator};
    if (ctf_filter_compile(query->patterns, query->n, &options, out, NULL) == CTF_OK)
        return 0;
    fprintf(stderr, "bench: %s: cannot compile\n", query->id);
    return -1;
}

static int time_compile(bench_results *results, const bench_query *query, double goal)
{
    double samples[REPEATS];
    char name[80];
    for (size_t i = 0; i < REPEATS; i++) {
        ctf_filter *filter;
        double start = bench_cpu();
        if (compile(query, NULL, &filter))
            return -1;
        samples[i] = (bench_cpu() - start) * 1e3;
        ctf_filter_free(filter);
    }
    snprintf(name, sizeof name, "compile %zu patterns (%s)", query->n, query->id);
    bench_add_figure(results, name, bench_times_of(samples, REPEATS).median, "ms", goal);
    return 0;
}

static int ignore(void *context, const ctf_message *message, const ctf_hits *hits)
{
    (void)context, (void)message, (void)hits;
    return 0;
}

/* The filter's image, the most memory while compiling, and a scratch that has seen all events. */
static int weigh(bench_results *results, const bench_query *query, double filter_goal, double scratch_goal)
{
    meter making = {0}, working = {0};
    ctf_allocator for_filter = {metered, &making}, for_scratch = {metered, &working};
    ctf_scratch_options options = {.size = sizeof options, .allocator = &for_scratch};
    ctf_scan_options lines = {.size = sizeof lines, .framing = CTF_FRAME_LINES};
    const bench_corpus *corpus = &results->corpora[query->data];
    ctf_filter *filter = NULL;
    ctf_scratch *scratch = NULL;
    char name[80];
    if (compile(query, &for_filter, &filter))
        return -1;
    snprintf(name, sizeof name, "filter of %zu patterns (%s)", query->n, query->id);
    bench_add_figure(results, name, (double)making.now / 1024, "KiB", filter_goal);
    snprintf(name, sizeof name, "most memory while compiling %zu patterns", query->n);
    bench_add_figure(results, name, (double)making.most / 1024, "KiB", 0);
    int failed = ctf_scratch_new(filter, &options, &scratch) != CTF_OK ||
                 ctf_scan(scratch, corpus->data, corpus->length, &lines, ignore, NULL, NULL) != CTF_OK;
    snprintf(name, sizeof name, "scratch after all events, %zu patterns (%s)", query->n, query->id);
    bench_add_figure(results, name, (double)working.most / 1024, "KiB", scratch_goal);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return failed ? -1 : 0;
}

/* ---- one call ------------------------------------------------------------------------------------- */

/* The event whose length is nearest to a kilobyte; Q1 does not match it. */
static size_t kilobyte(const bench_corpus *corpus)
{
    size_t best = 0, best_off = SIZE_MAX, n;
    for (size_t i = 0; i < corpus->n; i++) {
        const char *message = bench_message(corpus, i, &n);
        size_t off = n > 1024 ? n - 1024 : 1024 - n;
        if (off < best_off && memmem(message, n, "StopLogging", 11) == NULL) {
            best = i;
            best_off = off;
        }
    }
    return best;
}

static int time_call(bench_results *results, const bench_query *query, double goal)
{
    enum { CALLS = 20000 };
    double samples[REPEATS];
    size_t n;
    const bench_corpus *corpus = &results->corpora[DATA_EVENTS];
    const char *message = bench_message(corpus, kilobyte(corpus), &n);
    ctf_filter *filter = NULL;
    ctf_scratch *scratch = NULL;
    ctf_hits hits = {0};
    char name[80];
    if (compile(query, NULL, &filter) || ctf_scratch_new(filter, NULL, &scratch) != CTF_OK)
        return ctf_filter_free(filter), -1;
    for (size_t i = 0; i < REPEATS; i++) {
        double start = bench_cpu();
        for (size_t k = 0; k < CALLS; k++)
            ctf_match(scratch, message, n, &hits);
        samples[i] = (bench_cpu() - start) / CALLS * 1e9;
    }
    snprintf(name, sizeof name, "ctf_match of %zu bytes, no match (%s)", n, query->id);
    bench_add_figure(results, name, bench_times_of(samples, REPEATS).median, "ns", goal);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return 0;
}

int bench_costs(bench_results *results)
{
    const bench_query *queries = results->queries;
    return time_compile(results, &queries[3], 0) || time_compile(results, &queries[4], 5) ||
                   time_compile(results, &queries[9], 60) || weigh(results, &queries[3], 0, 64) ||
                   weigh(results, &queries[4], 0, 64) || weigh(results, &queries[9], 4096, 64) ||
                   time_call(results, &queries[0], 100) || time_call(results, &queries[3], 0) ||
                   bench_replay(results)
               ? -1
               : 0;
}
