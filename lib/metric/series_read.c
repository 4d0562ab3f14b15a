/* What can be asked of a series; nothing here changes it. */
#include "metric/series.h"

#include "metric/cursor.h"

static bool has_index(const ctf_series *series, size_t index)
{
    return series != NULL && index < series->roster.n;
}

/* Widens first..last by the metric's earliest and latest step. */
static void stretch(const ctf_series *series, const ctfi_metric *metric, ctf_series_info *info)
{
    const ctfi_run *last_run = &metric->points.runs[metric->points.n - 1];
    int64_t first = ctfi_key_start(metric->points.runs[0].points[0].key, series->resolution);
    int64_t last = ctfi_key_start(last_run->points[last_run->n - 1].key, series->resolution);
    if (first < info->first)
        info->first = first;
    if (last > info->last)
        info->last = last;
}

void ctf_series_describe(const ctf_series *series, ctf_series_info *out)
{
    if (out == NULL)
        return;
    *out = (ctf_series_info){.first = INT64_MAX, .last = INT64_MIN};
    if (series == NULL)
        return;
    const ctfi_roster *roster = &series->roster;
    out->n_metrics = roster->n;
    out->samples = series->samples;
    out->skipped = series->skipped;
    out->dropped = series->dropped;
    out->resolution = (uint32_t)(series->resolution / 1000);
    out->max_values = series->max_values;
    for (size_t i = 0; i < roster->n_shelves; i++)
        for (size_t k = 0; k < roster->shelves[i].n; k++)
            stretch(series, roster->shelves[i].metrics[k], out);
}

ctf_status ctf_series_metric(const ctf_series *series, size_t index, ctf_metric *out)
{
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = (ctf_metric){.n_dimensions = 0};
    if (!has_index(series, index))
        return CTF_E_ARGUMENT;
    const ctfi_identity *identity = &ctfi_roster_at(&series->roster, index)->identity;
    *out = (ctf_metric){identity->name_space, identity->name, identity->dimensions, identity->n_dimensions,
                        identity->unit};
    return CTF_OK;
}

ctf_status ctf_series_find(const ctf_series *series, const ctf_metric *metric, size_t *index)
{
    ctf_dimension room[CTF_MAX_DIMENSIONS];
    ctfi_identity identity;
    if (index == NULL)
        return CTF_E_ARGUMENT;
    *index = 0;
    if (series == NULL || metric == NULL || !ctfi_identity_of(metric, room, &identity))
        return CTF_E_ARGUMENT;
    size_t found;
    if (!ctfi_roster_index(&series->roster, &identity, &found))
        return CTF_E_ABSENT;
    *index = found;
    return CTF_OK;
}

/* ---- windows ------------------------------------------------------------------------------------------- */

/* The points of a window, those not yet visible left out. */
typedef struct window {
    const ctfi_points *points;
    int64_t resolution, seen_at;
    uint64_t end; /* first key behind it */
    ctfi_place place;
} window;

static window open_window(const ctf_series *series, size_t index, int64_t start, int64_t end, int64_t seen_at)
{
    const ctfi_points *points = &ctfi_roster_at(&series->roster, index)->points;
    uint64_t first = ctfi_key_of_step(ctfi_floor_div(start, series->resolution));
    uint64_t behind = ctfi_key_of_step(ctfi_floor_div(end, series->resolution));
    return (window){points, series->resolution, seen_at, behind, ctfi_points_find(points, first)};
}

static const ctfi_point *next_point(window *w)
{
    for (const ctfi_point *point; (point = ctfi_points_at(w->points, &w->place)) != NULL;) {
        if (point->key >= w->end)
            return NULL;
        w->place.at++;
        if (ctfi_key_arrival(point->key, w->resolution) <= w->seen_at)
            return point;
    }
    return NULL;
}

/* Also says how many points that are. */
static size_t summarize(window w, ctfi_summary *out)
{
    size_t n = 0;
    *out = (ctfi_summary){.count = 0};
    for (const ctfi_point *point; (point = next_point(&w)) != NULL; n++)
        ctfi_point_summarize(point, out);
    return n;
}

void ctfi_series_summarize(const ctf_series *series, size_t index, int64_t start, int64_t end, int64_t seen_at,
                           ctfi_summary *out)
{
    summarize(open_window(series, index, start, end, seen_at), out);
}

/* The values of a window, ascending within each bucket; all its points hold values. */
static void list_values(window w, ctf_value_count *values)
{
    for (const ctfi_point *point; (point = next_point(&w)) != NULL; values++)
        *values = (ctf_value_count){point->of.value, point->count};
}

/* The end of the ascending stretch that begins at `at`. */
static size_t stretch_end(const ctf_value_count *values, size_t at, size_t n)
{
    if (at < n)
        at++;
    while (at < n && values[at - 1].value <= values[at].value)
        at++;
    return at;
}

/* Merges the stretches from[0..middle) and from[middle..end). */
static void merge_stretches(const ctf_value_count *from, size_t middle, size_t end, ctf_value_count *to)
{
    size_t a = 0, b = middle;
    while (a < middle || b < end) {
        bool first = b == end || (a < middle && from[a].value <= from[b].value);
        *to++ = first ? from[a++] : from[b++];
    }
}

/* Sorts by merging neighbours until one stretch is left; buckets come sorted. Returns the one of the two
 * arrays that then holds the values. */
static ctf_value_count *merge_sort(ctf_value_count *values, ctf_value_count *other, size_t n)
{
    while (stretch_end(values, 0, n) < n) {
        for (size_t at = 0; at < n;) {
            size_t middle = stretch_end(values, at, n), end = stretch_end(values, middle, n);
            merge_stretches(values + at, middle - at, end - at, other + at);
            at = end;
        }
        ctf_value_count *sorted = other;
        other = values;
        values = sorted;
    }
    return values;
}

/* Answers from the n values of a window. */
static ctf_status answer_from_values(const ctf_series *series, window w, const ctf_statistic *statistic,
                                     const ctfi_summary *summary, size_t n, ctf_datapoint *out)
{
    ctf_value_count *room = n > SIZE_MAX / sizeof *room / 2
                                ? NULL
                                : ctfi_resize(&series->allocator, NULL, 2 * n * sizeof *room);
    if (room == NULL)
        return CTF_E_NOMEM;
    list_values(w, room);
    *out = ctfi_statistic_answer(statistic, summary, merge_sort(room, room + n, n), n);
    ctfi_resize(&series->allocator, room, 0);
    return CTF_OK;
}

ctf_status ctf_series_statistic(const ctf_series *series, size_t index, const ctf_statistic *statistic,
                                int64_t start, int64_t end, int64_t seen_at, ctf_datapoint *out)
{
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = (ctf_datapoint){.start = start};
    if (!has_index(series, index) || statistic == NULL || !ctfi_statistic_is_valid(statistic) || start > end ||
        start % series->resolution != 0 || end % series->resolution != 0)
        return CTF_E_ARGUMENT;
    ctfi_summary summary;
    ctf_status status = CTF_OK;
    window w = open_window(series, index, start, end, seen_at);
    size_t n = summarize(w, &summary);
    if (ctf_statistic_needs_values(statistic) && !summary.unusable && n != 0)
        status = answer_from_values(series, w, statistic, &summary, n, out);
    else
        *out = ctfi_statistic_answer(statistic, &summary, NULL, 0);
    out->start = start;
    return status;
}

ctf_status ctf_series_next(const ctf_series *series, size_t index, int64_t from, int64_t *start)
{
    ctfi_cursor cursor;
    ctfi_bucket bucket;
    if (start == NULL)
        return CTF_E_ARGUMENT;
    *start = 0;
    if (!has_index(series, index))
        return CTF_E_ARGUMENT;
    ctfi_cursor_open(&cursor, series, index, from);
    if (!ctfi_cursor_next(&cursor, &bucket))
        return CTF_E_ABSENT;
    *start = bucket.start;
    return CTF_OK;
}
