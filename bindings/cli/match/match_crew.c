#include "match_crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

/* The next input's name, which stays as long as the lock is held; NULL: there is none. */
static const char *next_name(match_run *run, const char **label, int *error)
{
    const path_list *paths = run->paths;
    *label = NULL;
    *error = 0;
    if (paths == NULL)
        return path_walk_next(&run->walk, error);
    if (run->next == paths->n)
        return NULL;
    *label = paths->paths[run->next].label;
    return paths->paths[run->next].name;
}

/* Takes up an input; the walk's name is the worker's own from here on. */
static bool take_input(match_worker *worker, int *error)
{
    match_run *run = worker->run;
    pthread_mutex_lock(&run->taking);
    const char *name = next_name(run, &worker->label, error);
    worker->name.length = 0;
    if (name != NULL)
        blob_append(&worker->name, name, strlen(name) + 1);
    worker->order = run->next;
    run->next += name != NULL;
    pthread_mutex_unlock(&run->taking);
    if (name != NULL && worker->label == NULL)
        worker->label = path_label((const char *)worker->name.data);
    return name != NULL;
}

static void *work(void *context)
{
    match_worker *worker = context;
    match_run *run = worker->run;
    int error;
    while (!atomic_load(&run->stop) && !atomic_load(&run->ordered.failed) && take_input(worker, &error))
        match_input(worker, error);
    return NULL;
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

/* No more threads than there can be inputs. */
static size_t count_workers(const match_run *run)
{
    const match_plan *plan = run->plan;
    size_t n = run->paths != NULL ? run->paths->n : plan->n_inputs;
    for (size_t i = 0; i < plan->n_inputs && run->paths == NULL; i++)
        if (path_is_directory(plan->inputs[i]))
            return plan->threads;
    return n > plan->threads ? plan->threads : n > 0 ? n : 1;
}

/* Makes the workers and lets them run. Returns false after it has told the user that it could not. */
static bool run_all(match_run *run)
{
    size_t n = count_workers(run), made = 0;
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

/* The bytes of all inputs whose lengths can be known. */
static uint64_t total(void *context, const atomic_bool *stop)
{
    const match_run *run = context;
    uint64_t sum = 0;
    path_walk walk;
    const char *name;
    int error;
    for (size_t i = 0; run->paths != NULL && i < run->paths->n && !atomic_load(stop); i++)
        sum += path_size(run->paths->paths[i].name);
    path_walk_start(&walk, run->plan->inputs, run->paths == NULL ? run->plan->n_inputs : 0);
    while (!atomic_load(stop) && (name = path_walk_next(&walk, &error)) != NULL)
        sum += path_size(name);
    path_walk_end(&walk);
    return sum;
}

bool match_crew_run(match_run *run)
{
    atomic_init(&run->stop, false);
    atomic_init(&run->matched, false);
    atomic_init(&run->failed, run->paths != NULL && run->paths->failed);
    pthread_mutex_init(&run->taking, NULL);
    path_walk_start(&run->walk, run->plan->inputs, run->plan->n_inputs);
    ordered_init(&run->ordered, &run->bar);
    progress_start(&run->bar, total, run, run->plan->progress);
    bool good = run_all(run);
    ordered_free(&run->ordered);
    path_walk_end(&run->walk);
    pthread_mutex_destroy(&run->taking);
    return good && !atomic_load(&run->failed);
}
