/* `ctfilter match`: threads over inputs. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "diag.h"
#include "match_worker.h"

static void *work(void *context)
{
    match_worker *worker = context;
    match_run *run = worker->run;
    for (;;) {
        if (atomic_load(&run->stop) || atomic_load(&run->ordered.failed))
            return NULL;
        size_t order = atomic_fetch_add(&run->next, 1);
        if (order >= run->paths->n)
            return NULL;
        match_input(worker, order);
    }
}

/* Runs the workers, the first one in this thread; a thread that cannot be started leaves its share to
 * the others. */
static void run_workers(match_worker *workers, size_t n)
{
    pthread_t *threads = need(n, sizeof *threads);
    bool *started = need(n, sizeof *started);
    for (size_t i = 1; i < n; i++)
        started[i] = pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    work(&workers[0]);
    for (size_t i = 1; i < n; i++)
        if (started[i])
            pthread_join(threads[i], NULL);
    free(started);
    free(threads);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print_stats(match_worker *workers, size_t n, const match_plan *plan, double seconds)
{
    for (size_t i = 1; i < n; i++)
        match_stats_add(&workers[0].stats, &workers[i].stats, plan->n_patterns);
    fflush(stdout);
    match_stats_print(&workers[0].stats, plan, seconds, stderr);
}

/* Makes the workers and lets them run. Returns false after it has told the user that it could not. */
static bool run_all(match_run *run, double start)
{
    size_t wanted = run->plan->threads < run->paths->n ? run->plan->threads : run->paths->n;
    size_t n = wanted > 0 ? wanted : 1, made = 0;
    match_worker *workers = need(n, sizeof *workers);
    bool good = true;
    while (made < n && good)
        good = match_worker_init(&workers[made++], run);
    if (good) {
        run_workers(workers, n);
        progress_stop(&run->bar);
        if (run->plan->stats)
            print_stats(workers, n, run->plan, now() - start);
    }
    for (size_t i = 0; i < made; i++)
        match_worker_free(&workers[i]);
    free(workers);
    return good;
}

static uint64_t total(const path_list *paths)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < paths->n; i++)
        sum += paths->paths[i].size;
    return sum;
}

/* As grep: a match that was asked for with -q outweighs a fault. */
static int status(match_run *run, bool failed)
{
    bool matched = atomic_load(&run->matched);
    if (failed && !(matched && run->plan->form == FORM_NOTHING))
        return EXIT_ERROR;
    return matched ? 0 : 1;
}

static int match(const match_plan *plan, const path_list *paths)
{
    double start = now();
    match_run run = {.plan = plan, .paths = paths};
    atomic_init(&run.next, 0);
    atomic_init(&run.stop, false);
    atomic_init(&run.matched, false);
    atomic_init(&run.failed, paths->failed);
    progress_start(&run.bar, total(paths), plan->progress);
    ordered_init(&run.ordered, &run.bar);
    bool good = run_all(&run, start);
    progress_stop(&run.bar);
    ordered_free(&run.ordered);
    return status(&run, !good || atomic_load(&run.failed));
}

static void find_paths(match_plan *plan, path_list *paths, const cli_options *options)
{
    for (size_t i = 0; i < plan->n_operands; i++)
        paths_add(paths, plan->operands[i]);
    if (plan->n_operands == 0)
        paths_add(paths, "-");
    bool said = options_has(options, OPT_WITH_NAME) || options_has(options, OPT_NO_NAME);
    if (!said)
        plan->named = plan->n_operands > 1 || paths->directory;
}

int run_match(const cli_options *options)
{
    match_plan plan;
    path_list paths = {0};
    int result = EXIT_ERROR;
    if (match_plan_read(options, &plan)) {
        find_paths(&plan, &paths, options);
        result = match(&plan, &paths);
    }
    paths_free(&paths);
    match_plan_free(&plan);
    return result;
}
