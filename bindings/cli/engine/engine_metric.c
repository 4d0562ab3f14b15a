#include "engine_metric.h"

#include <stdlib.h>

#include <ctfilter/match.h>

#include "base/time.h"
#include "diag.h"
#include "engine_metric_print.h"
#include "engine_request.h"

struct engine_metrics {
    ctf_metrics *compiled;
};

/* A filter and the room of its dimensions. */
typedef struct draft {
    ctf_metric_filter filter;
    ctf_dimension *dimensions;
} draft;

static bool read_texts(const json_value *transformation, ctf_metric_filter *f, json_out *out)
{
    const struct {
        const char *name;
        ctf_text *to;
    } texts[] = {{"metricNamespace", &f->metric_namespace},
                 {"metricName", &f->metric_name},
                 {"metricValue", &f->metric_value},
                 {"unit", &f->unit}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const json_value *value = json_get(transformation, texts[i].name);
        if (request_has(value) && !request_text(value, texts[i].to)) {
            engine_invalid(out, "", texts[i].name, "a string");
            return false;
        }
    }
    return true;
}

static bool read_default(const json_value *value, ctf_metric_filter *f, json_out *out)
{
    f->has_default = request_has(value);
    if (!f->has_default || request_number(value, &f->default_value))
        return true;
    engine_invalid(out, json_is(value, JSON_STRING) ? "STRING_VALUE cannot be converted to Double" : "",
                   "defaultValue", "a number");
    return false;
}

static bool read_dimensions(const json_value *map, draft *d, json_out *out)
{
    if (!request_has(map))
        return true;
    d->dimensions = need(map->n + 1, sizeof *d->dimensions);
    d->filter.dimensions = d->dimensions;
    for (const json_value *each = map->first; each != NULL; each = each->next) {
        ctf_dimension *to = &d->dimensions[d->filter.n_dimensions++];
        to->name = each->key;
        if (!json_is(map, JSON_OBJECT) || !request_text(each, &to->value)) {
            engine_invalid(out, "", "dimensions", "an object of strings");
            return false;
        }
    }
    return true;
}

static bool read_system_dimensions(const json_value *list, ctf_metric_filter *f, json_out *out)
{
    for (const json_value *each = list == NULL ? NULL : list->first; each != NULL; each = each->next) {
        if (json_is_text(each, "@aws.account"))
            f->emit_system_dimensions |= CTF_EMIT_ACCOUNT;
        else if (json_is_text(each, "@aws.region"))
            f->emit_system_dimensions |= CTF_EMIT_REGION;
        else {
            engine_invalid(out, "", "emitSystemFieldDimensions", "a list of @aws.account and @aws.region");
            return false;
        }
    }
    return true;
}

static engine_metrics *compile(const ctf_metric_filter *filter, json_out *out)
{
    engine_metrics *metrics = need(1, sizeof *metrics);
    ctf_error error;
    if (ctf_metrics_compile(filter, 1, NULL, &metrics->compiled, &error) == CTF_OK)
        return metrics;
    engine_fail(out, &error);
    free(metrics);
    return NULL;
}

engine_metrics *engine_metrics_read(const json_value *filter_name, const json_value *pattern,
                                    const json_value *transformation, const json_value *system_dimensions,
                                    json_out *out)
{
    draft d = {.filter = {.filter_name = {"filter", 6}}};
    engine_metrics *metrics = NULL;
    if (filter_name != NULL && !request_text(filter_name, &d.filter.filter_name))
        engine_invalid(out, "", "filterName", "a string");
    else if (!request_text(pattern, &d.filter.filter_pattern))
        engine_invalid(out, "", "filterPattern", "a string");
    else if (!json_is(transformation, JSON_OBJECT))
        engine_invalid(out, "", "metricTransformations", "an array of objects");
    else if (read_texts(transformation, &d.filter, out) &&
             read_default(json_get(transformation, "defaultValue"), &d.filter, out) &&
             read_dimensions(json_get(transformation, "dimensions"), &d, out) &&
             read_system_dimensions(system_dimensions, &d.filter, out))
        metrics = compile(&d.filter, out);
    free(d.dimensions);
    return metrics;
}

void engine_metrics_free(engine_metrics *metrics)
{
    if (metrics != NULL)
        ctf_metrics_free(metrics->compiled);
    free(metrics);
}

/* Adds what one event publishes; false when it is no event. */
static bool record(const engine_metrics *metrics, ctf_scratch *scratch, const json_value *event,
                   const ctf_log_event *origin, ctf_series *series)
{
    ctf_log_event here = *origin;
    ctf_text message;
    ctf_hits hits;
    return request_whole(json_get(event, "timestamp"), -CTF_TIME_MAX, CTF_TIME_MAX, &here.timestamp) &&
           request_text(json_get(event, "message"), &message) &&
           ctf_match(scratch, message.data, message.length, &hits) == CTF_OK &&
           ctf_metrics_record(metrics->compiled, scratch, &hits, &here, series) == CTF_OK;
}

static bool record_all(const cli_engine *engine, const engine_metrics *metrics, const json_value *request,
                       ctf_series *series)
{
    const json_value *events = json_get(request, "events");
    ctf_log_event origin = {.arrival = CTF_ON_TIME};
    ctf_scratch_options options = {.size = sizeof options, .kernel = engine->reader.kernel};
    ctf_scratch *scratch;
    bool good = json_is(events, JSON_ARRAY);
    request_text(json_get(request, "account"), &origin.account);
    request_text(json_get(request, "region"), &origin.region);
    if (ctf_scratch_new(ctf_metrics_filter(metrics->compiled), &options, &scratch) != CTF_OK)
        need_failed();
    for (const json_value *event = good ? events->first : NULL; event != NULL && good; event = event->next)
        good = record(metrics, scratch, event, &origin, series);
    ctf_scratch_free(scratch);
    return good;
}

static void answer(const cli_engine *engine, const engine_metrics *metrics, const json_value *request,
                   json_out *out)
{
    const json_value *period_value = json_get(request, "period");
    bool has_unit = json_get(json_get(request, "transformation"), "unit") != NULL;
    int64_t period = 0;
    ctf_series *series;
    if (ctf_series_new(NULL, &series) != CTF_OK)
        need_failed();
    if ((period_value != NULL && (!request_whole(period_value, 60, 604800, &period) || period % 60 != 0)) ||
        !record_all(engine, metrics, request, series)) {
        engine_refuse(out, "events have a timestamp and a message, period is a multiple of 60 up to 604800");
    } else {
        engine_print_minutes(out, series, has_unit);
        if (period != 0)
            engine_print_periods(out, series, period * 1000);
    }
    ctf_series_free(series);
}

void engine_metric(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *pattern = json_get(request, "pattern");
    const json_value *transformation = json_get(request, "transformation");
    if (!json_is(pattern, JSON_STRING) || !json_is(transformation, JSON_OBJECT)) {
        engine_refuse(out, "a metric request has a pattern, a transformation and events");
        return;
    }
    engine_metrics *metrics = engine_metrics_read(NULL, pattern, transformation,
                                                  json_get(request, "emit_system_field_dimensions"), out);
    if (metrics != NULL)
        answer(engine, metrics, request, out);
    engine_metrics_free(metrics);
}
