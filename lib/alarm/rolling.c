#include "alarm/rolling.h"

#include "base/arena.h"

ctf_status ctfi_rolling_open(ctfi_rolling *rolling, const ctf_series *series, size_t metric,
                             const ctf_statistic *statistic, int64_t width, int64_t from,
                             const ctf_allocator *allocator)
{
    *rolling = (ctfi_rolling){.allocator = *allocator,
                              .series = series,
                              .metric = metric,
                              .statistic = statistic,
                              .width = width,
                              .room = (size_t)(width / ctfi_series_resolution(series)) + 1,
                              .exact = true};
    rolling->held = ctfi_resize(allocator, NULL, rolling->room * sizeof *rolling->held);
    if (rolling->held == NULL)
        return CTF_E_NOMEM;
    ctfi_cursor_open(&rolling->cursor, series, metric, from);
    rolling->has_coming = ctfi_cursor_next(&rolling->cursor, &rolling->coming);
    return CTF_OK;
}

void ctfi_rolling_free(ctfi_rolling *rolling)
{
    ctfi_resize(&rolling->allocator, rolling->held, 0);
    rolling->held = NULL;
}

static void let_go(ctfi_rolling *r)
{
    const ctfi_bucket *going = &r->held[r->first];
    r->count -= going->count;
    r->exact = r->exact && ctfi_add_exactly(r->sum, -going->sum, &r->sum);
    r->first = r->first + 1 == r->room ? 0 : r->first + 1;
    if (--r->buckets > 0)
        return;
    r->sum = 0; /* an empty window starts anew, whatever was rounded before */
    r->exact = true;
}

/* Lets go first, so that the ring has room: a window holds width / resolution buckets. */
static void take_in(ctfi_rolling *r)
{
    const ctfi_bucket *bucket = &r->coming;
    while (r->buckets > 0 && r->held[r->first].start <= bucket->start - r->width)
        let_go(r);
    size_t at = r->first + r->buckets++;
    r->held[at < r->room ? at : at - r->room] = *bucket;
    r->count += bucket->count;
    r->exact = r->exact && bucket->exact && ctfi_add_exactly(r->sum, bucket->sum, &r->sum);
    r->has_coming = ctfi_cursor_next(&r->cursor, &r->coming);
}

/* What a count and a sum answer, where that is all the statistic needs. */
static bool answer_from_sum(const ctf_statistic *statistic, uint64_t count, double sum, bool exact, double *value)
{
    if (statistic->type == CTF_SUM && exact)
        *value = sum;
    else if (statistic->type == CTF_SAMPLE_COUNT)
        *value = (double)count;
    else if (statistic->type == CTF_AVERAGE && exact)
        *value = sum / (double)count;
    else
        return false;
    return true;
}

/* A single bucket knows its extremes too. */
static bool answer_from_bucket(const ctf_statistic *statistic, const ctfi_bucket *bucket, double *value)
{
    if (statistic->type == CTF_MINIMUM)
        *value = bucket->minimum;
    else if (statistic->type == CTF_MAXIMUM)
        *value = bucket->maximum;
    else
        return answer_from_sum(statistic, bucket->count, bucket->sum, bucket->exact, value);
    return true;
}

static ctf_status ask_series(const ctfi_rolling *r, int64_t end, ctf_datapoint *out)
{
    return ctf_series_statistic(r->series, r->metric, r->statistic, end - r->width, end, INT64_MAX, out);
}

/* A window of one bucket needs no ring. */
static ctf_status move_bucket(ctfi_rolling *r, int64_t end, ctf_datapoint *out)
{
    int64_t start = end - r->width;
    while (r->has_coming && r->coming.start < start)
        r->has_coming = ctfi_cursor_next(&r->cursor, &r->coming);
    if (!r->has_coming || r->coming.start != start) {
        *out = (ctf_datapoint){.start = start};
        return CTF_OK;
    }
    *out = (ctf_datapoint){start, CTF_AVAILABLE, 0, r->coming.count};
    return answer_from_bucket(r->statistic, &r->coming, &out->value) ? CTF_OK : ask_series(r, end, out);
}

ctf_status ctfi_rolling_move(ctfi_rolling *r, int64_t end, ctf_datapoint *out)
{
    if (r->room == 2)
        return move_bucket(r, end, out);
    while (r->has_coming && r->coming.start < end)
        take_in(r);
    while (r->buckets > 0 && r->held[r->first].start < end - r->width)
        let_go(r);
    *out = (ctf_datapoint){end - r->width, CTF_NO_DATAPOINT, 0, r->count};
    if (r->buckets == 0)
        return CTF_OK;
    out->availability = CTF_AVAILABLE;
    if (r->buckets == 1 ? answer_from_bucket(r->statistic, &r->held[r->first], &out->value)
                        : answer_from_sum(r->statistic, r->count, r->sum, r->exact, &out->value))
        return CTF_OK;
    return ask_series(r, end, out);
}
