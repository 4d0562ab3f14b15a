/* One bucket after the other, with plain doubles where those say the same as exact sums. */
#include "metric/cursor.h"

#include "metric/series.h"

int64_t ctfi_series_resolution(const ctf_series *series)
{
    return series->resolution;
}

/* Stands at a place that ctfi_points_at has moved to a point, or at the end. */
static void stand(ctfi_cursor *cursor, const ctfi_run *run, uint32_t at)
{
    cursor->run = run;
    cursor->at = cursor->end = NULL;
    if (run != cursor->behind) {
        cursor->at = run->points + at;
        cursor->end = run->points + run->n;
    }
}

bool ctfi_series_has_late(const ctf_series *series, size_t index)
{
    return ctfi_roster_at(&series->roster, index)->points.late;
}

void ctfi_cursor_open(ctfi_cursor *cursor, const ctf_series *series, size_t index, int64_t from)
{
    const ctfi_points *points = &ctfi_roster_at(&series->roster, index)->points;
    int64_t step = ctfi_floor_div(from, series->resolution) + (from % series->resolution != 0);
    ctfi_place place = ctfi_points_find(points, ctfi_key_of_step(step));
    ctfi_points_at(points, &place);
    *cursor = (ctfi_cursor){.behind = points->runs + points->n, .resolution = series->resolution};
    stand(cursor, points->runs + place.run, place.at);
}

static void add_summary(ctfi_bucket *bucket, const ctfi_summary *summary)
{
    bucket->minimum = summary->minimum;
    bucket->maximum = summary->maximum;
    bucket->count = summary->count;
    bucket->exact = false;
}

/* Values of a bucket come in ascending order. */
static void add_value(ctfi_bucket *bucket, double value, uint64_t count)
{
    double part;
    if (bucket->count == 0)
        bucket->minimum = value;
    bucket->maximum = value;
    bucket->count += count;
    bucket->exact = ctfi_multiply_exactly(value, count, &part) && bucket->exact &&
                    ctfi_add_exactly(bucket->sum, part, &bucket->sum);
}

/* Past the point, to the next run where this one ends. */
static void advance(ctfi_cursor *cursor)
{
    cursor->at++;
    if (cursor->at == cursor->end)
        stand(cursor, cursor->run + 1, 0);
}

bool ctfi_cursor_gather(ctfi_cursor *cursor, ctfi_bucket *out)
{
    if (cursor->at == NULL)
        return false;
    const uint64_t key = cursor->at->key;
    *out = (ctfi_bucket){.start = ctfi_key_start(key, cursor->resolution),
                         .arrival = ctfi_key_arrival(key, cursor->resolution), .exact = true};
    for (; cursor->at != NULL && cursor->at->key == key; advance(cursor)) {
        if (cursor->at->count == 0)
            add_summary(out, cursor->at->of.summary);
        else
            add_value(out, cursor->at->of.value, cursor->at->count);
    }
    return true;
}
