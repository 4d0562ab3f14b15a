#include "alarm/rolling.h"

void ctfi_rolling_open(ctfi_rolling *rolling, const ctf_series *series, size_t metric,
                       const ctf_statistic *statistic, int64_t width, int64_t from)
{
    *rolling = (ctfi_rolling){
        .series = series, .metric = metric, .statistic = statistic, .width = width, .exact = true};
    ctfi_cursor_open(&rolling->head, series, metric, from);
    ctfi_cursor_open(&rolling->tail, series, metric, from);
    rolling->has_coming = ctfi_cursor_next(&rolling->head, &rolling->coming);
}

static void take_in(ctfi_rolling *r, const ctfi_bucket *bucket)
{
    r->count += bucket->count;
    r->exact = r->exact && bucket->exact && ctfi_add_exactly(r->sum, bucket->sum, &r->sum);
    if (r->buckets++ == 0)
        ctfi_cursor_next(&r->tail, &r->going);
}

static void let_go(ctfi_rolling *r)
{
    r->count -= r->going.count;
    r->exact = r->exact && ctfi_add_exactly(r->sum, -r->going.sum, &r->sum);
    if (--r->buckets > 0) {
        ctfi_cursor_next(&r->tail, &r->going);
        return;
    }
    r->sum = 0; /* an empty window starts anew, whatever was rounded before */
    r->exact = true;
}

/* What the window's sum answers, where that is all the statistic needs. */
static bool answer_from_sum(const ctfi_rolling *r, ctf_datapoint *out)
{
    if (r->statistic->type == CTF_SAMPLE_COUNT)
        out->value = (double)r->count;
    else if (r->exact && r->statistic->type == CTF_SUM)
        out->value = r->sum;
    else if (r->exact && r->statistic->type == CTF_AVERAGE)
        out->value = r->sum / (double)r->count;
    else
        return false;
    return true;
}

/* The window is one bucket: it knows its extremes. */
static bool answer_from_bucket(const ctfi_rolling *r, ctf_datapoint *out)
{
    if (r->buckets != 1 || (r->statistic->type != CTF_MINIMUM && r->statistic->type != CTF_MAXIMUM))
        return false;
    out->value = r->statistic->type == CTF_MINIMUM ? r->going.minimum : r->going.maximum;
    return true;
}

ctf_status ctfi_rolling_move(ctfi_rolling *r, int64_t end, ctf_datapoint *out)
{
    while (r->has_coming && r->coming.start < end) {
        take_in(r, &r->coming);
        r->has_coming = ctfi_cursor_next(&r->head, &r->coming);
    }
    while (r->buckets > 0 && r->going.start < end - r->width)
        let_go(r);
    *out = (ctf_datapoint){end - r->width, CTF_NO_DATAPOINT, 0, r->count};
    if (r->buckets == 0)
        return CTF_OK;
    out->availability = CTF_AVAILABLE;
    if (answer_from_sum(r, out) || answer_from_bucket(r, out))
        return CTF_OK;
    return ctf_series_statistic(r->series, r->metric, r->statistic, end - r->width, end, INT64_MAX, out);
}
