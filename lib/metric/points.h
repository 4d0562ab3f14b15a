/* The samples of one metric, in the order of time.
 *
 * A point is one value that came `count` times in one step of the resolution, arriving at one step. Points
 * are kept sorted by (step, lateness, value) in runs of bounded length, so that a sample in any order costs
 * a search and one short move, and reading is a walk over arrays. Where a limit of values a bucket is set, a
 * bucket (one step and lateness) with more distinct values becomes one point that holds their summary; that
 * depends on the samples alone, not on their order.
 *
 * Memory: 24 bytes a point; runs are at least half full but for the last of a metric and those that were
 * filled backwards, and cost 16 bytes each. A summary costs 232 bytes more. */
#ifndef CTFI_METRIC_POINTS_H
#define CTFI_METRIC_POINTS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "metric/statistic.h"

/* Points a run holds at most. */
#if defined(CTFI_CHUNK) && CTFI_CHUNK == 1
#define CTFI_RUN 4u
#else
#define CTFI_RUN 256u
#endif

typedef struct ctfi_point {
    uint64_t key; /* step and lateness, see key.h */
    union {
        double value;
        ctfi_summary *summary; /* where count is 0; the bucket has no other point */
    } of;
    uint64_t count;
} ctfi_point;

typedef struct ctfi_run {
    ctfi_point *points; /* n >= 1 */
    uint32_t n, capacity;
} ctfi_run;

typedef struct ctfi_place {
    size_t run;
    uint32_t at;
} ctfi_place;

/* All zero is empty. */
typedef struct ctfi_points {
    ctfi_run *runs;
    size_t n, capacity;
    ctfi_place last; /* where the last sample went; a hint */
    bool late;       /* some sample came behind the end of its step */
} ctfi_points;

/* Adds a value, or a summary of more than `limit` values, to the bucket `key`. limit 0 keeps all values.
 * CTF_E_NOMEM leaves the points as they are. value is valid and no negative zero, count >= 1. */
ctf_status ctfi_points_add(ctfi_points *points, const ctf_allocator *allocator, uint32_t limit, uint64_t key,
                           double value, uint64_t count);
ctf_status ctfi_points_add_summary(ctfi_points *points, const ctf_allocator *allocator, uint64_t key,
                                   const ctfi_summary *summary);

void ctfi_points_free(ctfi_points *points, const ctf_allocator *allocator);

/* The first place whose key is not below `key`. */
ctfi_place ctfi_points_find(const ctfi_points *points, uint64_t key);

/* The point at a place, NULL behind the last one; moves the place to the next run where it stands at an end. */
static inline const ctfi_point *ctfi_points_at(const ctfi_points *points, ctfi_place *place)
{
    if (place->run < points->n && place->at == points->runs[place->run].n) {
        place->run++;
        place->at = 0;
    }
    return place->run < points->n ? &points->runs[place->run].points[place->at] : NULL;
}

/* Adds a point's samples to a summary. */
void ctfi_point_summarize(const ctfi_point *point, ctfi_summary *summary);

#endif
