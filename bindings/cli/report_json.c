/* The report as one JSON object; replay.schema.json describes it. */
#include <inttypes.h>

#include "base/number.h"
#include "base/time.h"
#include "json_out.h"
#include "report.h"

#define REPORT_JSON_VERSION 1

/* Moves on to `out` when so much is there, so that one buffer need not hold all. */
#define DRAIN_AT ((size_t)1 << 16)

static void key_text(json_out *json, const char *key, ctf_text text)
{
    json_key(json, key);
    json_string(json, text);
}

static void key_words(json_out *json, const char *key, const char *text)
{
    json_key(json, key);
    json_words(json, text);
}

static void key_count(json_out *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_unsigned(json, value);
}

static void key_flag(json_out *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

static void key_time(json_out *json, const char *key, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    key_text(json, key, (ctf_text){(const char *)text, ctfi_time_print(time, text)});
}

static void key_number(json_out *json, const char *key, double value)
{
    unsigned char text[CTFI_DOUBLE_TEXT];
    json_key(json, key);
    json_raw(json, (ctf_text){(const char *)text, ctfi_double_print_json(value, text)});
}

static void open(json_out *json, const char *key, char bracket)
{
    json_key(json, key);
    json_open(json, bracket);
}

static void drain(json_out *json, blob *out)
{
    blob_append(out, json->data, json->length);
    json->length = 0;
}

/* ---- parts ---- */

static void dimensions(json_out *json, const ctf_metric *metric)
{
    open(json, "dimensions", '{');
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        json_key_text(json, metric->dimensions[i].name);
        json_string(json, metric->dimensions[i].value);
    }
    json_close(json, '}');
}

static void identity(json_out *json, const ctf_metric *metric)
{
    key_text(json, "namespace", metric->name_space);
    key_text(json, "name", metric->name);
    dimensions(json, metric);
    key_text(json, "unit", metric->unit.length > 0 ? metric->unit : (ctf_text){"None", 4});
}

static void transitions(json_out *json, const replay_transition *all, size_t n, bool metric)
{
    open(json, "transitions", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(json, '{');
        key_time(json, "time", all[i].time);
        key_words(json, "from", ctf_state_name(all[i].from));
        key_words(json, "to", ctf_state_name(all[i].to));
        key_words(json, "reason", all[i].reason);
        json_key(json, "reasonData");
        if (all[i].reason_data[0] != '\0')
            json_words(json, all[i].reason_data);
        else
            json_null(json);
        if (metric)
            key_words(json, "rule", ctf_rule_used_name(all[i].verdict.rule));
        key_words(json, "decision", all[i].decision);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void bands(json_out *json, const replay_band *all, size_t n)
{
    open(json, "states", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(json, '{');
        key_time(json, "from", all[i].from);
        key_time(json, "to", all[i].to);
        key_words(json, "state", ctf_state_name(all[i].state));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void datapoints(json_out *json, const replay_alarm *alarm, blob *out)
{
    open(json, "datapoints", '[');
    for (size_t i = 0; i < alarm->n_datapoints; i++) {
        const replay_datapoint *point = &alarm->datapoints[i];
        json_open(json, '{');
        key_time(json, "start", point->start);
        if (point->available) {
            key_number(json, "value", point->value);
        } else {
            json_key(json, "value");
            json_null(json);
        }
        key_count(json, "sampleCount", point->sample_count);
        key_flag(json, "breaching", point->breaching);
        json_close(json, '}');
        if (json->length >= DRAIN_AT)
            drain(json, out);
    }
    json_close(json, ']');
}

static void optional(json_out *json, const char *key, ctf_text text)
{
    if (text.length > 0)
        key_text(json, key, text);
}

static void event(json_out *json, const replay_event *e)
{
    json_open(json, '{');
    key_time(json, "time", e->time);
    optional(json, "eventID", e->id);
    optional(json, "eventName", e->name);
    optional(json, "principal", e->principal);
    optional(json, "sourceIPAddress", e->source);
    optional(json, "message", e->message);
    key_text(json, "file", e->file);
    key_count(json, "index", e->index);
    json_close(json, '}');
}

static void breaches(json_out *json, const replay_model *model, const replay_alarm *alarm, blob *out)
{
    open(json, "breaches", '[');
    for (size_t i = 0; i < alarm->n_breaches; i++) {
        const replay_breach *b = &alarm->breaches[i];
        json_open(json, '{');
        key_time(json, "from", b->from);
        key_time(json, "to", b->to);
        if (b->silence != NULL) {
            key_time(json, "decided", b->looked);
            key_words(json, "silence", b->silence);
        }
        if (model->why && i < REPLAY_MOST_BREACHES) {
            key_count(json, "eventCount", b->n_all);
            open(json, "events", '[');
            for (size_t k = 0; k < b->n_events; k++)
                event(json, &b->events[k]);
            json_close(json, ']');
        }
        json_close(json, '}');
        drain(json, out);
    }
    json_close(json, ']');
}

static void settings(json_out *json, const replay_alarm *alarm)
{
    const ctf_alarm *a = &alarm->settings->alarm;
    open(json, "settings", '{');
    open(json, "metric", '{');
    identity(json, &a->metric);
    json_close(json, '}');
    key_text(json, "statistic", a->statistic_name);
    key_count(json, "period", a->period);
    key_count(json, "evaluationPeriods", a->evaluation_periods);
    key_count(json, "datapointsToAlarm", a->datapoints_to_alarm);
    key_number(json, "threshold", a->threshold);
    key_words(json, "comparisonOperator", ctf_comparison_name(a->comparison));
    key_words(json, "treatMissingData", ctf_treat_missing_name(a->treat_missing));
    key_words(json, "evaluateLowSampleCountPercentile", a->keep_low_samples ? "ignore" : "evaluate");
    key_count(json, "evaluationRange", alarm->range);
    json_close(json, '}');
}

static void metric_alarm(json_out *json, const replay_model *model, const replay_alarm *alarm, blob *out)
{
    json_open(json, '{');
    key_text(json, "name", alarm->settings->input.alarm_name);
    optional(json, "arn", alarm->settings->arn);
    settings(json, alarm);
    key_flag(json, "enteredAlarm", alarm->entered_alarm);
    transitions(json, alarm->transitions, alarm->n_transitions, true);
    bands(json, alarm->bands, alarm->n_bands);
    key_time(json, "gridStart", alarm->first);
    key_count(json, "gridPeriods", alarm->n_periods);
    datapoints(json, alarm, out);
    breaches(json, model, alarm, out);
    json_close(json, '}');
}

static void composite_alarm(json_out *json, const replay_composite *alarm)
{
    const cli_composite_alarm *s = alarm->settings;
    json_open(json, '{');
    key_text(json, "name", s->name);
    optional(json, "arn", s->arn);
    key_text(json, "rule", s->rule_text);
    if (s->suppressor.length > 0) {
        key_text(json, "actionsSuppressor", s->suppressor);
        json_key(json, "actionsSuppressorWaitPeriod");
        json_signed(json, s->wait);
        json_key(json, "actionsSuppressorExtensionPeriod");
        json_signed(json, s->extension);
    }
    key_flag(json, "enteredAlarm", alarm->entered_alarm);
    transitions(json, alarm->transitions, alarm->n_transitions, false);
    bands(json, alarm->bands, alarm->n_bands);
    open(json, "actions", '[');
    for (size_t i = 0; i < alarm->n_actions; i++) {
        json_open(json, '{');
        key_time(json, "time", alarm->actions[i].time);
        key_words(json, "state", ctf_state_name(alarm->actions[i].state));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void totals(json_out *json, const replay_totals *t)
{
    open(json, "totals", '{');
    key_count(json, "files", t->files);
    key_count(json, "bytes", t->bytes);
    key_count(json, "events", t->events);
    key_count(json, "matches", t->matches);
    key_count(json, "samples", t->samples);
    key_count(json, "skipped", t->skipped);
    key_count(json, "dropped", t->dropped);
    key_count(json, "timeless", t->timeless);
    key_count(json, "outside", t->outside);
    json_close(json, '}');
}

static void metrics(json_out *json, const replay_model *model)
{
    open(json, "metrics", '[');
    for (size_t i = 0; i < model->n_metrics; i++) {
        json_open(json, '{');
        identity(json, &model->metrics[i].metric);
        key_count(json, "samples", model->metrics[i].samples);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void warnings(json_out *json, const replay_model *model)
{
    open(json, "warnings", '[');
    for (size_t i = 0; i < model->n_warnings; i++)
        json_words(json, model->warnings[i]);
    json_close(json, ']');
}

void report_json(const replay_model *model, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    key_count(&json, "version", REPORT_JSON_VERSION);
    key_time(&json, "from", model->from);
    key_time(&json, "to", model->to);
    key_count(&json, "deliveryDelayMs", (uint64_t)model->delay);
    key_flag(&json, "enteredAlarm", model->entered_alarm);
    warnings(&json, model);
    totals(&json, &model->totals);
    metrics(&json, model);
    open(&json, "alarms", '[');
    for (size_t i = 0; i < model->n_alarms; i++)
        metric_alarm(&json, model, &model->alarms[i], out);
    json_close(&json, ']');
    open(&json, "compositeAlarms", '[');
    for (size_t i = 0; i < model->n_composites; i++)
        composite_alarm(&json, &model->composites[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    drain(&json, out);
    blob_append_byte(out, '\n');
    json_out_free(&json);
}
