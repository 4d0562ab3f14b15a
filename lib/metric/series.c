/* Making series and adding to them. */
#include "metric/series.h"

#include "metric/record.h"

#define DEFAULT_RESOLUTION 60u
#define DEFAULT_MAX_METRICS 100000u

/* The caller's options with the defaults filled in; false when they are none that this library knows. */
static bool read_options(const ctf_series_options *given, ctf_series_options *out)
{
    *out = (ctf_series_options){.size = sizeof *out};
    if (given != NULL && (given->size < sizeof given->size || given->size > sizeof *out))
        return false;
    if (given != NULL)
        memcpy(out, given, given->size);
    if (out->resolution == 0)
        out->resolution = DEFAULT_RESOLUTION;
    if (out->max_metrics == 0)
        out->max_metrics = DEFAULT_MAX_METRICS;
    return out->resolution == 60 || out->resolution == 10;
}

ctf_status ctf_series_new(const ctf_series_options *options, ctf_series **out)
{
    ctf_series_options o;
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = NULL;
    if (!read_options(options, &o))
        return CTF_E_ARGUMENT;
    const ctf_allocator allocator = ctfi_allocator_or_default(o.allocator);
    ctf_series *series = ctfi_resize(&allocator, NULL, sizeof *series);
    if (series == NULL)
        return CTF_E_NOMEM;
    *series = (ctf_series){.allocator = allocator, .resolution = (int64_t)o.resolution * 1000,
                           .max_metrics = o.max_metrics, .max_values = o.max_values};
    *out = series;
    return CTF_OK;
}

void ctf_series_free(ctf_series *series)
{
    if (series == NULL)
        return;
    const ctf_allocator allocator = series->allocator;
    ctfi_roster_free(&series->roster, &allocator);
    ctfi_resize(&allocator, series, 0);
}

/* ---- adding -------------------------------------------------------------------------------------------- */

static ctf_status add_point(ctf_series *series, ctfi_metric *metric, const ctfi_sample *sample)
{
    const ctf_allocator *allocator = &series->allocator;
    ctf_status status = sample->count == 0
                            ? ctfi_points_add_summary(&metric->points, allocator, sample->key, sample->summary)
                            : ctfi_points_add(&metric->points, allocator, series->max_values, sample->key,
                                              sample->value, sample->count);
    if (status != CTF_OK)
        return status;
    metric->samples += ctfi_sample_size(sample);
    metric->points.late = metric->points.late || (sample->key & CTFI_LATE_MAX) != 0;
    return CTF_OK;
}

ctf_status ctfi_series_put_more(ctf_series *series, ctfi_metric *metric, const ctfi_sample *sample)
{
    ctf_status status = add_point(series, metric, sample);
    if (status == CTF_OK)
        series->samples += ctfi_sample_size(sample);
    return status;
}

/* The metric that goes first leaves with its samples. */
static void evict(ctf_series *series)
{
    ctfi_metric *gone = ctfi_roster_take_top(&series->roster, &series->allocator);
    series->samples -= gone->samples;
    series->dropped += gone->samples;
    ctfi_metric_free(gone, &series->allocator);
}

/* A metric comes onto the roster with its first samples, so that none is ever empty. */
static ctf_status put_new(ctf_series *series, const ctfi_identity *identity, const ctfi_sample *sample,
                          ctfi_metric **metric)
{
    ctfi_metric *made = ctfi_metric_new(&series->allocator, identity);
    if (made == NULL)
        return CTF_E_NOMEM;
    if (add_point(series, made, sample) != CTF_OK ||
        ctfi_roster_add(&series->roster, &series->allocator, made) != CTF_OK) {
        ctfi_metric_free(made, &series->allocator);
        return CTF_E_NOMEM;
    }
    series->samples += made->samples;
    if (series->roster.n > series->max_metrics)
        evict(series);
    *metric = made;
    return CTF_OK;
}

/* Is there no place for another metric of this identity? */
static bool is_beyond(const ctf_series *series, const ctfi_identity *identity)
{
    return series->roster.n >= series->max_metrics &&
           ctfi_identity_goes_before(identity, &ctfi_roster_top(&series->roster)->identity);
}

ctf_status ctfi_series_put(ctf_series *series, const ctfi_identity *identity, const ctfi_sample *sample,
                           ctfi_metric **metric)
{
    *metric = ctfi_roster_guess(&series->roster, identity);
    if (*metric == NULL && is_beyond(series, identity)) {
        series->dropped += ctfi_sample_size(sample);
        return CTF_OK;
    }
    if (*metric == NULL)
        *metric = ctfi_roster_find(&series->roster, identity);
    return *metric != NULL ? ctfi_series_put_more(series, *metric, sample)
                           : put_new(series, identity, sample, metric);
}

ctf_status ctfi_series_record(ctf_series *series, const ctfi_identity *identity, uint64_t key, double value,
                              uint64_t count)
{
    ctfi_metric *metric;
    if (!ctfi_series_has_room(series, count))
        return CTF_E_LIMIT;
    /* Zero has one sign, or what is kept of several zeros would depend on their order. */
    const ctfi_sample sample = {key, value + 0.0, count, NULL};
    return ctfi_series_put(series, identity, &sample, &metric);
}

bool ctfi_series_key(const ctf_series *series, int64_t timestamp, int64_t arrival, uint64_t *key)
{
    if (timestamp < -CTF_TIME_MAX || timestamp > CTF_TIME_MAX)
        return false;
    *key = ctfi_key_of(timestamp, arrival, series->resolution);
    return true;
}

bool ctfi_series_event_key(const ctf_series *series, const ctf_log_event *event, uint64_t *key)
{
    int64_t arrival = event->arrival == CTF_ON_TIME ? event->timestamp : event->arrival;
    if (event->timestamp < -CTF_TIME_MAX || event->timestamp > CTF_TIME_MAX)
        return false;
    *key = ctfi_key_of(ctfi_floor_to(event->timestamp, CTFI_MINUTE), arrival, series->resolution);
    return true;
}

ctf_status ctf_series_add(ctf_series *series, const ctf_metric *metric, int64_t timestamp, int64_t arrival,
                          double value, uint64_t count)
{
    ctf_dimension room[CTF_MAX_DIMENSIONS];
    ctfi_identity identity;
    uint64_t key;
    if (series == NULL || metric == NULL || !ctfi_value_is_valid(value) || count == 0 ||
        !ctfi_series_key(series, timestamp, arrival, &key) || !ctfi_identity_of(metric, room, &identity))
        return CTF_E_ARGUMENT;
    return ctfi_series_record(series, &identity, key, value, count);
}

ctf_status ctfi_series_skip(ctf_series *series)
{
    if (series->skipped == CTF_MAX_SAMPLES)
        return CTF_E_LIMIT;
    series->skipped++;
    return CTF_OK;
}

/* ---- merging ------------------------------------------------------------------------------------------- */

static ctf_status merge_metric(ctf_series *into, const ctfi_metric *from)
{
    ctfi_place place = {0, 0};
    ctfi_metric *metric = NULL;
    ctf_status status = CTF_OK;
    for (const ctfi_point *point; status == CTF_OK; place.at++) {
        point = ctfi_points_at(&from->points, &place);
        if (point == NULL)
            return CTF_OK;
        ctfi_sample sample = {point->key, 0, point->count, NULL};
        if (point->count == 0)
            sample.summary = point->of.summary;
        else
            sample.value = point->of.value;
        status = metric != NULL ? ctfi_series_put_more(into, metric, &sample)
                                : ctfi_series_put(into, &from->identity, &sample, &metric);
    }
    return status;
}

ctf_status ctf_series_merge(ctf_series *into, const ctf_series *from)
{
    if (into == NULL || from == NULL || into == from || into->resolution != from->resolution ||
        into->max_values != from->max_values)
        return CTF_E_ARGUMENT;
    if (!ctfi_series_has_room(into, from->samples + from->dropped) ||
        from->skipped > CTF_MAX_SAMPLES - into->skipped)
        return CTF_E_LIMIT;
    into->skipped += from->skipped;
    into->dropped += from->dropped;
    const ctfi_roster *roster = &from->roster;
    for (size_t i = 0; i < roster->n_shelves; i++)
        for (size_t k = 0; k < roster->shelves[i].n; k++) {
            ctf_status status = merge_metric(into, roster->shelves[i].metrics[k]);
            if (status != CTF_OK)
                return status;
        }
    return CTF_OK;
}
