/* `ctfilter match`: what matches is printed, and perhaps counted. */
#include <stdio.h>
#include <time.h>

#include "diag.h"
#include "match_crew.h"
#include "match_report.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The run's context are the sums of all workers. */
static void leave(match_worker *worker)
{
    match_stats_add(worker->run->context, &worker->stats, worker->plan->n_patterns);
}

/* As grep: a match that was asked for with -q outweighs a fault. */
static int status(match_run *run, bool failed)
{
    bool matched = atomic_load(&run->matched);
    if (failed && !(matched && run->plan->form == FORM_NOTHING))
        return EXIT_ERROR;
    return matched ? 0 : 1;
}

static int match(const match_plan *plan)
{
    static const match_sink sink = {match_report_begin, match_report_end, match_report_message, leave};
    double start = now();
    match_stats sums;
    match_stats_init(&sums, plan->n_patterns);
    match_run run = {.plan = plan, .sink = &sink, .context = &sums};
    bool good = match_crew_run(&run);
    if (plan->stats) {
        fflush(stdout);
        match_stats_print(&sums, plan, now() - start, stderr);
    }
    match_stats_free(&sums);
    return status(&run, !good);
}

int run_match(const cli_options *options)
{
    match_plan plan;
    int result = EXIT_ERROR;
    if (match_plan_read(options, &plan))
        result = match(&plan);
    match_plan_free(&plan);
    return result;
}
