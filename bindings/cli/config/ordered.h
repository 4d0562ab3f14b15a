/* Results of inputs that are worked on at the same time, printed in the order of the inputs.
 *
 * The input whose turn it is writes straight to stdout; the others keep what they have, and wait where
 * that would be too much. Inputs are taken up in order, so the one whose turn it is never waits and the
 * memory held is bounded whatever the inputs are. */
#ifndef CLI_ORDERED_H
#define CLI_ORDERED_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "blob.h"
#include "progress.h"

#define ORDERED_WINDOW 256 /* finished inputs that may wait for their turn */

/* What one input has to say: results, and complaints as NUL-terminated lines. */
typedef struct ordered_output {
    blob results;
    blob notes;
} ordered_output;

typedef struct ordered {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t waiting; /* threads, for `moved` */
    size_t turn;
    size_t parked_bytes;
    bool parked[ORDERED_WINDOW];
    ordered_output slots[ORDERED_WINDOW];
    progress *bar;
    atomic_bool failed; /* stdout takes no more */
} ordered;

void ordered_init(ordered *o, progress *bar);
void ordered_free(ordered *o);

/* More results of input number `order`; takes the bytes when it writes them. `now`: the reader waits for
 * them, so they are flushed. */
void ordered_more(ordered *o, size_t order, ordered_output *output, bool now);

/* The input is finished; empties the output. */
void ordered_end(ordered *o, size_t order, ordered_output *output);

#endif
