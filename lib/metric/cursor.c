/* One bucket after the other, with plain doubles where those say the same as exact sums. */
#include "metric/cursor.h"

#include "metric/series.h"

int64_t ctfi_series_resolution(const ctf_series *series)
{
    return series->resolution;
}

void ctfi_cursor_open(ctfi_cursor *cursor, const ctf_series *series, size_t index, int64_t from)
{
    const ctfi_points *points = &ctfi_roster_at(&series->roster, index)->points;
    int64_t step = ctfi_floor_div(from, series->resolution);
    ctfi_place place = ctfi_points_find(points, ctfi_key_of_step(step + (from % series->resolution != 0)));
    *cursor = (ctfi_cursor){points, place.run, place.at, series->resolution};
}

/* value * count, where that is the true product: whole numbers up to 2^53, or a single one. */
static bool multiply_exactly(double value, uint64_t count, double *product)
{
    *product = value * (double)count;
    if (count == 1)
        return true;
    return *product > -0x1p53 && *product < 0x1p53 && value == (double)(int64_t)value;
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
    bucket->exact = multiply_exactly(value, count, &part) && bucket->exact &&
                    ctfi_add_exactly(bucket->sum, part, &bucket->sum);
}

bool ctfi_cursor_next(ctfi_cursor *cursor, ctfi_bucket *out)
{
    ctfi_place place = {cursor->run, cursor->at};
    const ctfi_point *point = ctfi_points_at(cursor->points, &place);
    if (point == NULL)
        return false;
    const uint64_t key = point->key;
    *out = (ctfi_bucket){.start = ctfi_key_start(key, cursor->resolution),
                         .arrival = ctfi_key_arrival(key, cursor->resolution), .exact = true};
    for (; point != NULL && point->key == key; point = ctfi_points_at(cursor->points, &place)) {
        if (point->count == 0)
            add_summary(out, point->of.summary);
        else
            add_value(out, point->of.value, point->count);
        place.at++;
    }
    cursor->run = place.run;
    cursor->at = place.at;
    return true;
}
