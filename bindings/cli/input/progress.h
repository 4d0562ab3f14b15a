/* A bar on stderr for work that lasts. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* How many bytes there are to do. Called once, in a thread of its own, when the bar is first needed; gives
 * up when *stop becomes true. */
typedef uint64_t (*progress_total)(void *context, const atomic_bool *stop);

/* Owned by one run; every function is safe from any thread. */
typedef struct progress {
    bool running;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopping;
    atomic_bool stop;
    bool shown;
    progress_total find_total;
    void *context;
    uint64_t total;
    atomic_uint_fast64_t done;
} progress;

/* Starts to show how much of the total is done once a second has passed, if stderr is a terminal and
 * `wanted`. Shows nothing when the total is 0. */
void progress_start(progress *p, progress_total find_total, void *context, bool wanted);

void progress_add(progress *p, uint64_t bytes);

/* Takes the bar off the screen until it is next drawn; called before anything else is printed. */
void progress_hide(progress *p);

/* Takes it off for good. */
void progress_stop(progress *p);

#endif
