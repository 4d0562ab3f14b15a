#include "match_crew.h"

#include <pthread.h>
#include <stdlib.h>

#include "diag.h"

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

/* Makes the workers and lets them run. Returns false after it has told the user that it could not. */
static bool run_all(match_run *run)
{
    size_t wanted = run->plan->threads < run->paths->n ? run->plan->threads : run->paths->n;
    size_t n = wanted > 0 ? wanted : 1, made = 0;
    match_worker *workers = need(n, sizeof *workers);
    bool good = true;
    while (made < n && good)
        good = match_worker_init(&workers[made++], run);
    if (good)
        run_workers(workers, n);
    progress_stop(&run->bar);
    for (size_t i = 0; i < made; i++) {
        if (good && run->sink->leave != NULL)
            run->sink->leave(&workers[i]);
        match_worker_free(&workers[i]);
    }
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

bool match_crew_run(match_run *run)
{
    atomic_init(&run->next, 0);
    atomic_init(&run->stop, false);
    atomic_init(&run->matched, false);
    atomic_init(&run->failed, run->paths->failed);
    progress_start(&run->bar, total(run->paths), run->plan->progress);
    ordered_init(&run->ordered, &run->bar);
    bool good = run_all(run);
    ordered_free(&run->ordered);
    return good && !atomic_load(&run->failed);
}
