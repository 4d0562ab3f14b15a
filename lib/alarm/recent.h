/* What an alarm's evaluations see, as bits: for each window whether it has a datapoint, whether that
 * breaches, whether it has too few samples. One window ends at each tick; an evaluation sees every
 * stride-th of them, so those are kept in `stride` registers of `range` bits, newest first, used in turn. */
#ifndef CTFI_ALARM_RECENT_H
#define CTFI_ALARM_RECENT_H

#include <ctfilter/types.h>

#include "alarm/evaluate.h"

typedef struct ctfi_mark {
    bool present, breaching, low;
} ctfi_mark;

typedef struct ctfi_recent {
    ctf_allocator allocator;
    uint64_t *bits;    /* stride registers: words of present, of breaching, of low */
    size_t words;      /* of one of the three */
    size_t stride;
    uint32_t range, n; /* slots an evaluation sees; N */
    uint64_t last;     /* bits of the last word that lie in the range */
    size_t phase;      /* register of the newest window */
    uint64_t filled;   /* windows with a datapoint in all registers */
    ctfi_mark newest;
    uint64_t same;     /* windows before the newest that are marked as it, without a break */
} ctfi_recent;

/* Starts without datapoints. CTF_E_NOMEM. */
ctf_status ctfi_recent_init(ctfi_recent *recent, const ctf_alarm *alarm, size_t stride,
                            const ctf_allocator *allocator);
void ctfi_recent_free(ctfi_recent *recent);

/* The window that ends at the next tick. Returns false when all that evaluations see is marked alike and
 * was so at the tick before: they all count the same. */
bool ctfi_recent_push(ctfi_recent *recent, ctfi_mark mark);

/* The window that ended `ago` ticks before the newest one; ago < stride * range. */
void ctfi_recent_set(ctfi_recent *recent, uint64_t ago, ctfi_mark mark);

/* Windows without a datapoint pass; only while none has one (filled is 0), so that it does not matter how many. */
void ctfi_recent_pass(ctfi_recent *recent);

/* What the evaluation at the newest window counts. */
ctfi_tally ctfi_recent_count(const ctfi_recent *recent);

#endif
