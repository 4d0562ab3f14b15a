#include "ordered.h"

#include <stdio.h>
#include <string.h>

#include "diag.h"

#define HELD_EACH ((size_t)1 << 20)    /* an input waits for its turn with this much */
#define HELD_IN_ALL ((size_t)8 << 20) /* finished inputs wait for theirs with this much together */
#define KEPT ((size_t)1 << 16)         /* memory that an output keeps for the next input */

void ordered_init(ordered *o, progress *bar)
{
    *o = (ordered){.bar = bar};
    pthread_mutex_init(&o->lock, NULL);
    pthread_cond_init(&o->moved, NULL);
    atomic_init(&o->failed, false);
}

void ordered_free(ordered *o)
{
    for (size_t i = 0; i < ORDERED_WINDOW; i++) {
        blob_free(&o->slots[i].results);
        blob_free(&o->slots[i].notes);
    }
    pthread_cond_destroy(&o->moved);
    pthread_mutex_destroy(&o->lock);
}

static void write_results(ordered *o, blob *results)
{
    if (results->length > 0 && !atomic_load(&o->failed)) {
        progress_hide(o->bar);
        if (fwrite(results->data, 1, results->length, stdout) != results->length || output_failed())
            atomic_store(&o->failed, true);
    }
    blob_reuse(results, KEPT);
}

static void write_notes(ordered *o, blob *notes)
{
    if (notes->length > 0)
        progress_hide(o->bar);
    for (size_t at = 0; at < notes->length;) {
        const char *note = (const char *)notes->data + at;
        diag_print("%s", note);
        at += strlen(note) + 1;
    }
    blob_reuse(notes, KEPT);
}

static void write_all(ordered *o, ordered_output *output)
{
    write_results(o, &output->results);
    write_notes(o, &output->notes);
}

static void wait_moved(ordered *o)
{
    o->waiting++;
    pthread_cond_wait(&o->moved, &o->lock);
    o->waiting--;
}

void ordered_more(ordered *o, size_t order, ordered_output *output, bool now)
{
    pthread_mutex_lock(&o->lock);
    while (order != o->turn && output->results.length >= HELD_EACH)
        wait_moved(o);
    if (order == o->turn) {
        write_results(o, &output->results);
        if (now && fflush(stdout) != 0)
            atomic_store(&o->failed, true);
    }
    pthread_mutex_unlock(&o->lock);
}

static size_t size_of(const ordered_output *output)
{
    return output->results.length + output->notes.length;
}

static bool fits(const ordered *o, size_t order, const ordered_output *output)
{
    return order - o->turn < ORDERED_WINDOW && o->parked_bytes + size_of(output) <= HELD_IN_ALL;
}

/* Passes the turn on, over inputs that have finished. */
static void pass_on(ordered *o)
{
    for (o->turn++; o->parked[o->turn % ORDERED_WINDOW]; o->turn++) {
        ordered_output *slot = &o->slots[o->turn % ORDERED_WINDOW];
        o->parked[o->turn % ORDERED_WINDOW] = false;
        o->parked_bytes -= size_of(slot);
        write_all(o, slot);
    }
    if (o->waiting > 0)
        pthread_cond_broadcast(&o->moved);
}

static void park(ordered *o, size_t order, ordered_output *output)
{
    ordered_output *slot = &o->slots[order % ORDERED_WINDOW];
    ordered_output empty = *slot;
    o->parked[order % ORDERED_WINDOW] = true;
    o->parked_bytes += size_of(output);
    *slot = *output;
    *output = empty;
}

void ordered_end(ordered *o, size_t order, ordered_output *output)
{
    pthread_mutex_lock(&o->lock);
    while (order != o->turn && !fits(o, order, output))
        wait_moved(o);
    if (order == o->turn) {
        write_all(o, output);
        pass_on(o);
    } else {
        park(o, order, output);
    }
    pthread_mutex_unlock(&o->lock);
}
