#include "progress.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_MS 1000
#define EACH_MS 200
#define WIDTH 30

static void draw(progress *p)
{
    uint64_t done = atomic_load(&p->done);
    double part = done >= p->total ? 1.0 : (double)done / (double)p->total;
    char bar[WIDTH + 1];
    int filled = (int)(part * WIDTH);
    memset(bar, ' ', WIDTH);
    memset(bar, '=', (size_t)filled);
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %3d %%  %.1f of %.1f MB\033[K", bar, (int)(part * 100), (double)done / 1e6,
            (double)p->total / 1e6);
    fflush(stderr);
    p->shown = true;
}

static void hide(progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

static struct timespec in_ms(long ms)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += ms % 1000 * 1000000;
    t.tv_sec += ms / 1000 + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

/* Waits so long with the lock held; returns false when the bar is to stop. */
static bool wait_ms(progress *p, long ms)
{
    struct timespec next = in_ms(ms);
    while (!atomic_load(&p->stop) && pthread_cond_timedwait(&p->stopping, &p->lock, &next) != ETIMEDOUT)
        ;
    return !atomic_load(&p->stop);
}

/* Nobody waits for the total: the lock is free meanwhile. */
static void find_total(progress *p)
{
    pthread_mutex_unlock(&p->lock);
    p->total = p->find_total(p->context, &p->stop);
    pthread_mutex_lock(&p->lock);
}

static void *show(void *context)
{
    progress *p = context;
    pthread_mutex_lock(&p->lock);
    if (wait_ms(p, FIRST_MS))
        find_total(p);
    while (!atomic_load(&p->stop) && p->total > 0) {
        draw(p);
        wait_ms(p, EACH_MS);
    }
    hide(p);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

void progress_start(progress *p, progress_total total, void *context, bool wanted)
{
    *p = (progress){.find_total = total, .context = context};
    atomic_init(&p->done, 0);
    atomic_init(&p->stop, false);
    if (!wanted || !isatty(STDERR_FILENO))
        return;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->stopping, NULL);
    p->running = pthread_create(&p->thread, NULL, show, p) == 0;
}

void progress_add(progress *p, uint64_t bytes)
{
    if (p->running)
        atomic_fetch_add(&p->done, bytes);
}

void progress_hide(progress *p)
{
    if (!p->running)
        return;
    pthread_mutex_lock(&p->lock);
    hide(p);
    pthread_mutex_unlock(&p->lock);
}

void progress_stop(progress *p)
{
    if (!p->running)
        return;
    pthread_mutex_lock(&p->lock);
    atomic_store(&p->stop, true);
    pthread_cond_signal(&p->stopping);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    pthread_cond_destroy(&p->stopping);
    pthread_mutex_destroy(&p->lock);
    p->running = false;
}
