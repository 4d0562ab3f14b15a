/* The metrics of a series: found by identity, listed in canonical order, and never more than a given number.
 *
 * Dimension values come from attackers, so nothing here depends on luck: metrics are kept sorted in shelves of
 * bounded length, and a lookup is a binary search; a table of pointers by hash only answers first where it
 * can. When there are more metrics than allowed, those stay that come first in this order: metrics without
 * dimensions, then by the hash of the identity. Which ones stay is then a function of all the metrics that were
 * ever offered, not of the order in which they came; and the bare metrics, of which there are no more than
 * metric filters, are not driven out by a flood of dimension values. */
#ifndef CTFI_METRIC_ROSTER_H
#define CTFI_METRIC_ROSTER_H

#include "metric/identity.h"
#include "metric/points.h"

typedef struct ctfi_metric {
    ctfi_identity identity; /* texts and dimensions lie behind the struct */
    uint64_t samples;
    ctfi_points points;     /* never empty once on the roster */
} ctfi_metric;

#if defined(CTFI_CHUNK) && CTFI_CHUNK == 1
#define CTFI_SHELF 4u
#else
#define CTFI_SHELF 256u
#endif

typedef struct ctfi_shelf {
    ctfi_metric **metrics; /* room for CTFI_SHELF, n >= 1, ascending */
    size_t n;
} ctfi_shelf;

/* All zero is empty. */
typedef struct ctfi_roster {
    ctfi_shelf *shelves;
    size_t n_shelves, shelf_capacity;
    ctfi_metric **heap;    /* the metric that would go first is at the top */
    size_t n, heap_capacity;
    ctfi_metric **table;   /* by hash, n_table a power of two; what is found there is what it seems, or NULL */
    size_t n_table;
} ctfi_roster;

/* A metric off the roster with a copy of the identity; NULL when memory is out. */
ctfi_metric *ctfi_metric_new(const ctf_allocator *allocator, const ctfi_identity *identity);
void ctfi_metric_free(ctfi_metric *metric, const ctf_allocator *allocator);

/* Frees all metrics too. */
void ctfi_roster_free(ctfi_roster *roster, const ctf_allocator *allocator);

/* Answers at once or, with NULL, not at all. */
ctfi_metric *ctfi_roster_guess(const ctfi_roster *roster, const ctfi_identity *identity);

/* NULL when it is not there. Remembers where it was found. */
ctfi_metric *ctfi_roster_find(ctfi_roster *roster, const ctfi_identity *identity);

/* Adds a metric that is not there and now owns it; CTF_E_NOMEM leaves all as it was. */
ctf_status ctfi_roster_add(ctfi_roster *roster, const ctf_allocator *allocator, ctfi_metric *metric);

/* The metric that goes first when there are too many; n >= 1. */
ctfi_metric *ctfi_roster_top(const ctfi_roster *roster);

/* Would `identity` go before it? One that is on the roster does not. */
bool ctfi_identity_goes_before(const ctfi_identity *identity, const ctfi_identity *top);

/* Takes the top off the roster; the caller owns it. */
ctfi_metric *ctfi_roster_take_top(ctfi_roster *roster, const ctf_allocator *allocator);

/* The i-th in canonical order, i < n. */
ctfi_metric *ctfi_roster_at(const ctfi_roster *roster, size_t index);

/* The index of an identity, false when it is not there. */
bool ctfi_roster_index(const ctfi_roster *roster, const ctfi_identity *identity, size_t *index);

#endif
