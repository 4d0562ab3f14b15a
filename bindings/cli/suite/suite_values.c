/* Values of a metric: which metric, from when on, and what they are. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "diag.h"
#include "replay_time.h"
#include "suite_fields.h"
#include "suite_notation.h"
#include "suite_replay.h"
#include "suite_time.h"

#define NEEDED "a period is needed: 10, 20, 30 s or whole minutes"
#define TEN_SECONDS INT64_C(10000)

/* ---- which metric ---- */

static const cli_metric_alarm *find_alarm(suite_reading *r, const json_value *value)
{
    ctf_text name;
    if (!config_text(&r->o, value, &name))
        return NULL;
    cli_alarm_ref ref = cli_config_find(r->o.config, name);
    if (ref.kind == CLI_METRIC_ALARM)
        return &r->o.config->alarms[ref.index];
    if (!r->blind)
        config_refuse(&r->o, value->place, "there is no metric alarm %.*s", TEXT_SHOWN(name));
    return NULL;
}

static bool has_dimension(const ctf_metric *metric, const ctf_dimension *wanted)
{
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        const ctf_dimension *own = &metric->dimensions[i];
        if (text_equal(own->name, wanted->name) && text_equal(own->value, wanted->value))
            return true;
    }
    return false;
}

static bool is_same_but_unit(const ctf_metric *a, const ctf_metric *b)
{
    bool same = text_equal(a->name, b->name) && text_equal(a->name_space, b->name_space) &&
                a->n_dimensions == b->n_dimensions;
    for (size_t i = 0; same && i < a->n_dimensions; i++)
        same = has_dimension(b, &a->dimensions[i]);
    return same;
}

/* Where no unit is given it is that of the first alarm on the metric, or else of the first filter that publishes it. */
static void find_unit(const cli_config *config, ctf_metric *metric)
{
    for (size_t i = 0; i < config->n_alarms; i++)
        if (is_same_but_unit(metric, &config->alarms[i].alarm.metric)) {
            metric->unit = config->alarms[i].alarm.metric.unit;
            return;
        }
    for (size_t i = 0; i < config->n_filters; i++)
        if (text_equal(metric->name, config->filters[i].metric_name) &&
            text_equal(metric->name_space, config->filters[i].metric_namespace)) {
            metric->unit = config->filters[i].unit;
            return;
        }
}

static void read_metric(suite_reading *r, const json_value *value, const json_value *const found[], ctf_metric *out)
{
    bool named = config_text(&r->o, found[VALUES_METRIC], &out->name) && out->name.length > 0;
    bool placed = config_text(&r->o, found[VALUES_NAMESPACE], &out->name_space) && out->name_space.length > 0;
    out->n_dimensions = config_dimensions(&r->o, found[VALUES_DIMENSIONS], NULL, &out->dimensions);
    if (!named || !placed)
        config_refuse(&r->o, value->place, "which metric? Say metric and namespace, or alarm");
    if (!config_text(&r->o, found[VALUES_UNIT], &out->unit))
        find_unit(r->o.config, out);
}

/* The metric of an alarm, with its period and statistic. */
static void take_from_alarm(suite_reading *r, const json_value *const found[], suite_values *out)
{
    for (int i = VALUES_METRIC; i <= VALUES_UNIT; i++)
        if (!config_absent(&r->o, found[i]))
            config_refuse(&r->o, found[i]->key_place, "%s: the metric is that of the alarm", found[i]->key.data);
    const cli_metric_alarm *alarm = find_alarm(r, found[VALUES_ALARM]);
    if (alarm == NULL)
        return;
    out->metric = alarm->alarm.metric;
    out->statistic = alarm->alarm.statistic;
    out->period = (int64_t)alarm->alarm.period * 1000;
}

/* Tells a metric that no series takes. */
static void check_metric(suite_reading *r, const json_value *value, const ctf_metric *metric)
{
    ctf_series *none;
    size_t index;
    if (ctf_series_new(NULL, &none) != CTF_OK)
        need_failed();
    bool good = ctf_series_find(none, metric, &index) != CTF_E_ARGUMENT;
    ctf_series_free(none);
    if (!good)
        config_refuse(&r->o, value->place, "this is no metric: it has at most %u dimensions, each once, names and values of 1 to "
                      "4096 bytes, and one of CloudWatch's units", CTF_MAX_DIMENSIONS);
}

/* ---- when and what ---- */

static void read_times(suite_reading *r, const json_value *value, const json_value *const found[], suite_values *out)
{
    const json_value *period = found[VALUES_PERIOD], *start = found[VALUES_START];
    suite_duration_read(r, period, &out->period);
    suite_time_read(r, start, out->start, &out->start);
    bool fine = out->period == TEN_SECONDS || out->period == 2 * TEN_SECONDS || out->period == 3 * TEN_SECONDS;
    if (!fine && (out->period % CTFI_MINUTE != 0 || out->period == 0))
        config_refuse(&r->o, period != NULL ? period->place : value->place, NEEDED);
    if (out->start % (fine ? TEN_SECONDS : CTFI_MINUTE) != 0)
        config_refuse(&r->o, start != NULL ? start->place : value->place, "values start at a whole minute, or 10 seconds "
                      "where the period is shorter than a minute");
}

static void read_statistic(suite_reading *r, const json_value *value, ctf_statistic *out)
{
    ctf_text name;
    ctf_error error;
    if (config_text(&r->o, value, &name) && ctf_statistic_parse(name, out, &error) != CTF_OK) {
        r->o.broken = true;
        config_point(r->o.config, config_place(&r->o, value->place), value->lead, name, &error);
    }
}

static void read_values(suite_reading *r, const json_value *value, const json_value *spelled, suite_values *out)
{
    suite_notation all = {0};
    ctf_text text;
    ctf_error error;
    if (config_absent(&r->o, spelled))
        config_refuse(&r->o, value->place, "values are needed, as in 1x5 _x3 0");
    if (!config_text(&r->o, spelled, &text))
        return;
    if (suite_notation_read(text, SUITE_VALUES - r->file->values, &all, &error)) {
        double *kept = config_take(r->o.config, all.n, sizeof *kept);
        memcpy(kept, all.values, all.n * sizeof *kept);
        out->values = kept;
        out->n = all.n;
        r->file->values += all.n;
    } else {
        r->o.broken = true;
        config_point(r->o.config, config_place(&r->o, spelled->place), spelled->lead, text, &error);
    }
    free(all.values);
    if (out->n > 0 && out->period > 0 && out->start + (int64_t)out->n * out->period > REPLAY_LATEST)
        config_refuse(&r->o, spelled->place, "the values go on behind the year 9999");
}

bool suite_values_read(suite_reading *r, const json_value *value, bool expected, int64_t start, suite_values *out)
{
    const json_value *found[VALUES_SLOTS];
    size_t errors = r->o.config->store->errors;
    *out = (suite_values){.place = config_place(&r->o, value->place), .start = start, .period = CTFI_MINUTE,
                          .statistic = {.type = CTF_SUM}};
    if (!config_fields(&r->o, value, expected ? &suite_metrics_words : &suite_series_words, found, VALUES_SLOTS))
        return false;
    if (config_absent(&r->o, found[VALUES_ALARM]))
        read_metric(r, value, found, &out->metric);
    else
        take_from_alarm(r, found, out);
    if (r->o.config->store->errors == errors && out->metric.name.length > 0)
        check_metric(r, value, &out->metric);
    read_times(r, value, found, out);
    read_statistic(r, found[VALUES_STATISTIC], &out->statistic);
    read_values(r, value, found[VALUES_VALUES], out);
    return r->o.config->store->errors == errors;
}
