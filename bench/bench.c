/* bench: the same questions to this library and to its peers, in one run. */
#include "results.h"

#include <stdlib.h>
#include <string.h>

/* A line of the log is so much shorter than an event. */
#define LINES_AN_EVENT 16

typedef struct bench {
    bench_options options;
    bench_corpus corpora[BENCH_DATA];
    bench_query queries[BENCH_QUERIES];
    bench_engine engines[BENCH_MOST_ENGINES];
    bench_results results;
} bench;

static void list_all(const bench *b)
{
    for (size_t i = 0; i < b->results.n_engines; i++)
        printf("%-18s %s%s%s\n", b->engines[i].name, b->engines[i].about,
               b->engines[i].missing ? "; skipped: " : "", b->engines[i].missing ? b->engines[i].missing : "");
    for (size_t i = 0; i < BENCH_QUERIES; i++)
        printf("%-4s %-34s %5zu patterns: %.60s\n", b->queries[i].id, b->queries[i].title, b->queries[i].n,
               b->queries[i].patterns[0].text.data);
}

static int make_data(bench *b)
{
    const bench_options *o = &b->options;
    int failed = o->corpus != NULL ? bench_corpus_load(o->corpus, o->events, &b->corpora[DATA_EVENTS])
                                   : bench_corpus_make(o->seed, o->events, &b->corpora[DATA_EVENTS]);
    return failed || bench_corpus_make_log(o->seed, o->events * LINES_AN_EVENT, &b->corpora[DATA_LOG]) ||
           bench_corpus_make_traps(o->seed, o->events, &b->corpora[DATA_TRAPS]) ||
           bench_queries_make(&b->corpora[DATA_EVENTS], b->queries);
}

static int choose_engines(bench *b)
{
    size_t n = bench_engines(b->engines), kept = 0;
    for (size_t i = 0; i < n; i++)
        if (bench_listed(b->options.engines, b->engines[i].name))
            b->engines[kept++] = b->engines[i];
    b->results.engines = b->engines;
    b->results.n_engines = kept;
    b->results.rows = calloc(BENCH_QUERIES * (kept + 1), sizeof *b->results.rows);
    if (kept == 0)
        fputs("bench: no such engine\n", stderr);
    return kept == 0 || b->results.rows == NULL;
}

static int ask_all(bench *b)
{
    for (size_t i = 0; i < BENCH_QUERIES; i++) {
        const bench_query *query = &b->queries[i];
        if (!bench_listed(b->options.queries, query->id))
            continue;
        if (bench_measure(query, &b->corpora[query->data], b->engines, b->results.n_engines, &b->options,
                          b->results.rows + i * b->results.n_engines))
            return -1;
        bench_print_query(&b->results, i, stdout);
        fflush(stdout);
    }
    return 0;
}

static int measure_all(bench *b)
{
    const char *only = b->options.only;
    if (bench_listed(only, "queries") && ask_all(b))
        return -1;
    if (bench_listed(only, "costs") && bench_costs(&b->results))
        return -1;
    if (bench_listed(only, "processes") && bench_processes(&b->results))
        return -1;
    return bench_listed(only, "archives") ? bench_archives(&b->results) : 0;
}

static int write_all(const bench *b)
{
    const bench_options *o = &b->options;
    int failed = o->json != NULL && bench_write_json(&b->results, o->json);
    failed |= o->markdown != NULL && bench_write_markdown(&b->results, o->markdown);
    failed |= o->svg != NULL && bench_write_svg(&b->results, o->svg);
    return failed;
}

static int run(bench *b)
{
    b->results.options = &b->options;
    b->results.queries = b->queries;
    b->results.corpora = b->corpora;
    if (choose_engines(b) || make_data(b))
        return 1;
    if (b->options.list)
        return list_all(b), 0;
    if (b->options.export != NULL)
        return bench_export(&b->results, b->options.export) != 0;
    if (measure_all(b))
        return 1;
    bench_print(&b->results, stdout);
    return write_all(b);
}

static void clean(bench *b)
{
    bench_queries_free(b->queries);
    for (size_t i = 0; i < BENCH_DATA; i++)
        bench_corpus_free(&b->corpora[i]);
    free(b->results.rows);
    free(b);
}

/* Exit status: 0 reported, 1 something failed or counts differ, 2 the command line is wrong. */
int main(int argc, char **argv)
{
    bench *b = calloc(1, sizeof *b);
    if (b == NULL)
        return 1;
    int status = bench_options_read(argc, argv, &b->options);
    status = status == 0 ? run(b) : status == 1 ? 0 : status;
    clean(b);
    return status;
}
