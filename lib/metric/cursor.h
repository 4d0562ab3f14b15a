/* Reading a metric's samples in the order of time, a bucket a call, without allocation. For replays, which
 * read every minute of a year: a bucket of a few values costs some nanoseconds.
 *
 * A bucket is what is stamped in one step of the resolution and arrived at one step: those on time first,
 * then later arrivals of the same step, each a bucket of its own. Adding up buckets whose sums are exact with
 * ctfi_add_exactly, as long as it says yes, gives the sum that ctf_series_statistic gives; where a bucket
 * is not exact or the addition rounds, ask ctfi_series_summarize. */
#ifndef CTFI_METRIC_CURSOR_H
#define CTFI_METRIC_CURSOR_H

#include <float.h>
#include <stdbool.h>

#include "metric/key.h"
#include "metric/points.h"

typedef struct ctfi_bucket {
    int64_t start;   /* of the step */
    int64_t arrival; /* visible from then on: the step's end, or a later multiple of the resolution */
    uint64_t count;
    double minimum, maximum;
    double sum;      /* where exact */
    bool exact;      /* sum is the sum of the samples, nothing rounded */
} ctfi_bucket;

/* Valid until the series changes. */
typedef struct ctfi_cursor {
    const ctfi_run *run, *behind; /* the run it stands in, and behind the last one */
    const ctfi_point *at, *end;   /* the next point, and behind the last one of the run */
    int64_t resolution;           /* ms */
} ctfi_cursor;

/* Stands before the first bucket that starts at or behind `from`. index < n_metrics. */
void ctfi_cursor_open(ctfi_cursor *cursor, const ctf_series *series, size_t index, int64_t from);

/* The next bucket, ascending by start and then arrival; false behind the last. */
static inline bool ctfi_cursor_next(ctfi_cursor *cursor, ctfi_bucket *out);

/* Did any sample of a metric come late? index < n_metrics. */
bool ctfi_series_has_late(const ctf_series *series, size_t index);

/* The resolution of a series in ms. */
int64_t ctfi_series_resolution(const ctf_series *series);

/* What the samples of [start, end) that arrived by `seen_at` come to, exactly; index < n_metrics. summary
 * ->unusable where single values were not kept. Answers plain statistics through ctfi_statistic_answer. */
void ctfi_series_summarize(const ctf_series *series, size_t index, int64_t start, int64_t end, int64_t seen_at,
                           ctfi_summary *out);

/* a + b, and whether nothing was rounded away. */
static inline bool ctfi_add_exactly(double a, double b, double *sum)
{
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
    double s = a + b, part = s - a;
    *sum = s;
    return (a - (s - part)) + (b - part) == 0;
#else
    *sum = a + b;
    return false;
#endif
}

/* value * count, and whether that is the true product: of whole numbers below 2^53, or of a single value. */
static inline bool ctfi_multiply_exactly(double value, uint64_t count, double *product)
{
    *product = value * (double)count;
    if (count == 1)
        return true;
    return *product > -0x1p53 && *product < 0x1p53 && !(value < (double)(int64_t)value) &&
           !(value > (double)(int64_t)value);
}

/* A bucket of several points or of a summary, or the last of a run. */
bool ctfi_cursor_gather(ctfi_cursor *cursor, ctfi_bucket *out);

static inline bool ctfi_cursor_next(ctfi_cursor *cursor, ctfi_bucket *out)
{
    const ctfi_point *point = cursor->at;
    if (cursor->end - point < 2 || point->count == 0 || point[1].key == point->key)
        return ctfi_cursor_gather(cursor, out);
    cursor->at = point + 1;
    out->start = ctfi_key_start(point->key, cursor->resolution);
    out->arrival = ctfi_key_arrival(point->key, cursor->resolution);
    out->count = point->count;
    out->minimum = out->maximum = point->of.value;
    out->exact = ctfi_multiply_exactly(point->of.value, point->count, &out->sum);
    return true;
}

#endif
