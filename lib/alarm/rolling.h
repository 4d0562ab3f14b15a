/* The datapoint of a window that moves on tick by tick over samples that all came on time. Plain
 * statistics move with it (a bucket comes in, a bucket goes out), as long as nothing is rounded;
 * everything else is asked of the series. Same answers as ctf_series_statistic. */
#ifndef CTFI_ALARM_ROLLING_H
#define CTFI_ALARM_ROLLING_H

#include "metric/cursor.h"

typedef struct ctfi_rolling {
    ctf_allocator allocator;
    const ctf_series *series;
    size_t metric;
    const ctf_statistic *statistic;
    int64_t width;        /* of the window in ms */
    ctfi_cursor cursor;
    ctfi_bucket coming;   /* the first bucket behind the window */
    bool has_coming;
    ctfi_bucket *held;    /* a ring of the buckets in the window */
    size_t room, first;
    size_t buckets;
    uint64_t count;
    double sum;
    bool exact;           /* sum is the sum of the window's samples */
} ctfi_rolling;

/* The window ends at or before the first sample of interest: nothing is in it yet. Buckets before `from` are
 * never seen. CTF_E_NOMEM. */
ctf_status ctfi_rolling_open(ctfi_rolling *rolling, const ctf_series *series, size_t metric,
                             const ctf_statistic *statistic, int64_t width, int64_t from,
                             const ctf_allocator *allocator);
void ctfi_rolling_free(ctfi_rolling *rolling);

/* Moves the end of the window on to `end`, which never goes back, and answers for it. */
ctf_status ctfi_rolling_move(ctfi_rolling *rolling, int64_t end, ctf_datapoint *out);

#endif
