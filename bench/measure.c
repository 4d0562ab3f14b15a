#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LEAST_ROUNDS 5u
#define MOST_ROUNDS 200u

static double read_clock(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_cpu(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

double bench_wall(void) { return read_clock(CLOCK_MONOTONIC); }

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

bench_times bench_times_of(double *samples, size_t n)
{
    if (n == 0)
        return (bench_times){0};
    qsort(samples, n, sizeof *samples, ascending);
    double middle = n % 2 ? samples[n / 2] : (samples[n / 2 - 1] + samples[n / 2]) / 2;
    return (bench_times){middle, samples[0], samples[n - 1], n};
}

typedef struct lane {
    void *state;
    double samples[MOST_ROUNDS];
    size_t n;
} lane;

/* By this name a profiler collects the passes alone. */
__attribute__((noinline)) int bench_pass(const bench_engine *engine, void *state, bench_counts *out);
int bench_pass(const bench_engine *engine, void *state, bench_counts *out)
{
    int failed = engine->pass(state, out);
    __asm__ volatile("" : : : "memory"); /* keeps the call from becoming a jump */
    return failed;
}

static int open_lane(bench_row *row, const bench_corpus *corpus, lane *to)
{
    const bench_engine *engine = row->engine;
    int opened = engine->missing != NULL ? 0 : engine->open(engine, row->query, corpus, &to->state);
    row->asked = opened == 1;
    return opened < 0 ? -1 : 0;
}

static int time_pass(bench_row *row, lane *to)
{
    bench_counts counts;
    double start = bench_cpu();
    int failed = bench_pass(row->engine, to->state, &counts);
    to->samples[to->n++] = bench_cpu() - start;
    if (!failed && counts.events == row->counts.events && counts.hits == row->counts.hits)
        return 0;
    fprintf(stderr, "bench: %s: %s: a pass failed, or counted something else\n", row->query->id,
            row->engine->name);
    return -1;
}

/* The first engine that counts is right until another one says otherwise. */
static int check(bench_row *rows, size_t n, lane *lanes)
{
    const bench_row *first = NULL;
    int differs = 0;
    for (size_t i = 0; i < n && !differs; i++) {
        bench_row *row = &rows[i];
        if (!row->asked)
            continue;
        if (bench_pass(row->engine, lanes[i].state, &row->counts))
            return fprintf(stderr, "bench: %s: %s: failed\n", row->query->id, row->engine->name), -1;
        if (row->engine->family == FAMILY_LIMIT)
            continue;
        first = first == NULL ? row : first;
        differs = row->counts.events != first->counts.events || row->counts.hits != first->counts.hits;
        if (differs)
            fprintf(stderr, "bench: %s: counts differ: %s %llu events, %llu hits; %s %llu events, %llu hits\n",
                    row->query->id, first->engine->name, (unsigned long long)first->counts.events,
                    (unsigned long long)first->counts.hits, row->engine->name,
                    (unsigned long long)row->counts.events, (unsigned long long)row->counts.hits);
    }
    return differs ? -1 : 0;
}

/* A round gives each engine one pass, the order turning; those that used up their time rest after the least
 * number of rounds, and all stop together when nobody has time left. */
static int take_turns(bench_row *rows, size_t n, lane *lanes, const bench_options *options)
{
    double used[BENCH_MOST_ENGINES] = {0};
    int going = 1;
    for (size_t round = 0; going && round < MOST_ROUNDS; round++) {
        going = 0;
        for (size_t k = 0; k < n; k++) {
            size_t i = (k + round) % n;
            int due = options->passes != 0 ? round < options->passes
                                           : round < LEAST_ROUNDS || used[i] < options->seconds;
            if (!rows[i].asked || !due)
                continue;
            if (time_pass(&rows[i], &lanes[i]))
                return -1;
            used[i] += lanes[i].samples[lanes[i].n - 1];
            going = 1;
        }
    }
    return 0;
}

int bench_measure(const bench_query *query, const bench_corpus *corpus, const bench_engine *engines, size_t n,
                  const bench_options *options, bench_row *rows)
{
    lane *lanes = calloc(n, sizeof *lanes);
    int failed = lanes == NULL;
    for (size_t i = 0; i < n; i++)
        rows[i] =
            (bench_row){.engine = &engines[i], .query = query, .bytes = corpus->length, .events = corpus->n};
    for (size_t i = 0; i < n && !failed; i++)
        failed = open_lane(&rows[i], corpus, &lanes[i]);
    failed = failed || check(rows, n, lanes) || take_turns(rows, n, lanes, options);
    for (size_t i = 0; i < n && lanes != NULL; i++) {
        if (rows[i].asked)
            engines[i].close(lanes[i].state);
        rows[i].times = bench_times_of(lanes[i].samples, lanes[i].n);
    }
    free(lanes);
    return failed ? -1 : 0;
}
