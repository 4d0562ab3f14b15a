/* Everything that was measured, and the forms in which it is told. */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include "measure.h"

#include <stdio.h>

#define BENCH_MOST_FIGURES 64

/* A single number that is no pass over messages, with the limit that it is held against. */
typedef struct bench_figure {
    char name[80];
    char unit[16];
    double value;
    double goal; /* at most this; negative: at least so much; 0: none */
} bench_figure;

/* A whole process or an archive: what was run, and what it took. */
typedef struct bench_process {
    char name[48];
    char about[96];
    const bench_query *query; /* NULL: none */
    char skipped[64];         /* why, or empty */
    bench_counts counts;
    bench_times cpu, wall;
    size_t bytes; /* of messages, inflated */
} bench_process;

typedef struct bench_results {
    const bench_options *options;
    const bench_query *queries;
    const bench_corpus *corpora; /* BENCH_DATA of them */
    const bench_engine *engines;
    size_t n_engines;
    bench_row *rows; /* n_engines for each query, in the order of both */
    bench_figure figures[BENCH_MOST_FIGURES];
    size_t n_figures;
    bench_process processes[BENCH_MOST_FIGURES];
    size_t n_processes;
} bench_results;

static inline const bench_row *bench_row_at(const bench_results *results, size_t query, size_t engine)
{
    return &results->rows[query * results->n_engines + engine];
}

/* Appends; drops what is too many. */
void bench_add_figure(bench_results *results, const char *name, double value, const char *unit, double goal);
void bench_add_process(bench_results *results, const bench_process *process);

/* The fastest of our engines for a query, NULL when none was asked. */
const bench_row *bench_best(const bench_results *results, size_t query);

/* What an engine of this name did with a query, NULL when it was not asked. */
const bench_row *bench_row_named(const bench_results *results, size_t query, const char *engine);

/* Model of the processor, a static text. */
const char *bench_processor(void);

/* Each writes to the file; -1 after saying why not. */
int bench_write_json(const bench_results *results, const char *path);
int bench_write_markdown(const bench_results *results, const char *path);
int bench_write_svg(const bench_results *results, const char *path);
/* The table of goals, in Markdown. */
void bench_put_goals(const bench_results *results, FILE *to);
/* Tables for people. */
void bench_print(const bench_results *results, FILE *to);
void bench_print_query(const bench_results *results, size_t query, FILE *to);

/* ---- the parts that fill it; each -1 after saying what failed ---- */

/* Compile times, memory, a call, a replay. */
int bench_costs(bench_results *results);
/* A year of one-minute datapoints through 100 alarms; a part of the costs. */
int bench_replay(bench_results *results);
/* jq, ripgrep and the ctfilter command as processes. */
int bench_processes(bench_results *results);
/* A directory of .json.gz against inflating it. */
int bench_archives(bench_results *results);
/* Files for the scripts in peers/. */
int bench_export(const bench_results *results, const char *directory);

#endif
