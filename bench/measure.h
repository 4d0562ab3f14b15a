/* Times: engines take turns, so that what disturbs the machine disturbs all. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "engine.h"
#include "options.h"

/* Seconds over several runs. */
typedef struct bench_times {
    double median, least, most;
    size_t n;
} bench_times;

/* Sorts the samples. */
bench_times bench_times_of(double *samples, size_t n);

/* CPU seconds of this process, all threads; and seconds on the wall. */
double bench_cpu(void);
double bench_wall(void);

typedef struct bench_row {
    const bench_engine *engine;
    const bench_query *query;
    int asked; /* 0: the engine is missing, or cannot ask this */
    bench_counts counts;
    bench_times times;
    size_t bytes, events;
} bench_row;

static inline double bench_speed(const bench_row *row)
{
    return row->times.median > 0 ? (double)row->bytes / row->times.median / 1e9 : 0;
}

/* Checks and times a query with n engines; a row each. -1 after saying which counts differ, or what failed. */
int bench_measure(const bench_query *query, const bench_corpus *corpus, const bench_engine *engines, size_t n,
                  const bench_options *options, bench_row *rows);

#endif
