/* The report as one JSON object; replay.schema.json describes it. */
#include "json_out.h"
#include "report.h"
#include "report_json_parts.h"

#define REPORT_JSON_VERSION 1

/* Moves on to `out` when so much is there, so that one buffer need not hold all. */
#define DRAIN_AT ((size_t)1 << 16)

static void drain(json_out *json, blob *out)
{
    blob_append(out, json->data, json->length);
    json->length = 0;
}

/* ---- parts ---- */

static void transitions(json_out *json, const replay_transition *all, size_t n, bool metric)
{
    report_key_open(json, "transitions", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(json, '{');
        report_key_time(json, "time", all[i].time);
        report_key_words(json, "from", ctf_state_name(all[i].from));
        report_key_words(json, "to", ctf_state_name(all[i].to));
        report_key_words(json, "reason", all[i].reason);
        json_key(json, "reasonData");
        if (all[i].reason_data[0] != '\0')
            json_words(json, all[i].reason_data);
        else
            json_null(json);
        if (metric)
            report_key_words(json, "rule", ctf_rule_used_name(all[i].verdict.rule));
        report_key_words(json, "decision", all[i].decision);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void bands(json_out *json, const replay_band *all, size_t n)
{
    report_key_open(json, "states", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(json, '{');
        report_key_time(json, "from", all[i].from);
        report_key_time(json, "to", all[i].to);
        report_key_words(json, "state", ctf_state_name(all[i].state));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void datapoints(json_out *json, const replay_alarm *alarm, blob *out)
{
    report_key_open(json, "datapoints", '[');
    for (size_t i = 0; i < alarm->n_datapoints; i++) {
        const replay_datapoint *point = &alarm->datapoints[i];
        json_open(json, '{');
        report_key_time(json, "start", point->start);
        if (point->available) {
            report_key_number(json, "value", point->value);
        } else {
            json_key(json, "value");
            json_null(json);
        }
        report_key_count(json, "sampleCount", point->sample_count);
        report_key_flag(json, "breaching", point->breaching);
        json_close(json, '}');
        if (json->length >= DRAIN_AT)
            drain(json, out);
    }
    json_close(json, ']');
}

static void breaches(json_out *json, const replay_model *model, const replay_alarm *alarm, blob *out)
{
    report_key_open(json, "breaches", '[');
    for (size_t i = 0; i < alarm->n_breaches; i++) {
        const replay_breach *b = &alarm->breaches[i];
        json_open(json, '{');
        report_key_time(json, "from", b->from);
        report_key_time(json, "to", b->to);
        if (b->silence != NULL) {
            report_key_time(json, "decided", b->looked);
            report_key_words(json, "silence", b->silence);
        }
        if (model->why && i < REPLAY_MOST_BREACHES) {
            report_key_count(json, "eventCount", b->n_all);
            report_key_open(json, "events", '[');
            for (size_t k = 0; k < b->n_events; k++) {
                json_open(json, '{');
                report_event(json, &b->events[k]);
                json_close(json, '}');
            }
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
    report_key_open(json, "settings", '{');
    report_key_open(json, "metric", '{');
    report_identity(json, &a->metric);
    json_close(json, '}');
    report_key_text(json, "statistic", a->statistic_name);
    report_key_count(json, "period", a->period);
    report_key_count(json, "evaluationPeriods", a->evaluation_periods);
    report_key_count(json, "datapointsToAlarm", a->datapoints_to_alarm);
    report_key_number(json, "threshold", a->threshold);
    report_key_words(json, "comparisonOperator", ctf_comparison_name(a->comparison));
    report_key_words(json, "treatMissingData", ctf_treat_missing_name(a->treat_missing));
    report_key_words(json, "evaluateLowSampleCountPercentile", a->keep_low_samples ? "ignore" : "evaluate");
    report_key_count(json, "evaluationRange", alarm->range);
    json_close(json, '}');
}

static void metric_alarm(json_out *json, const replay_model *model, const replay_alarm *alarm, blob *out)
{
    json_open(json, '{');
    report_key_text(json, "name", alarm->settings->input.alarm_name);
    report_key_optional(json, "arn", alarm->settings->arn);
    settings(json, alarm);
    report_key_flag(json, "enteredAlarm", alarm->entered_alarm);
    transitions(json, alarm->transitions, alarm->n_transitions, true);
    bands(json, alarm->bands, alarm->n_bands);
    report_key_time(json, "gridStart", alarm->first);
    report_key_count(json, "gridPeriods", alarm->n_periods);
    datapoints(json, alarm, out);
    breaches(json, model, alarm, out);
    json_close(json, '}');
}

static void composite_alarm(json_out *json, const replay_composite *alarm)
{
    const cli_composite_alarm *s = alarm->settings;
    json_open(json, '{');
    report_key_text(json, "name", s->name);
    report_key_optional(json, "arn", s->arn);
    report_key_text(json, "rule", s->rule_text);
    if (s->suppressor.length > 0) {
        report_key_text(json, "actionsSuppressor", s->suppressor);
        json_key(json, "actionsSuppressorWaitPeriod");
        json_signed(json, s->wait);
        json_key(json, "actionsSuppressorExtensionPeriod");
        json_signed(json, s->extension);
    }
    report_key_flag(json, "enteredAlarm", alarm->entered_alarm);
    transitions(json, alarm->transitions, alarm->n_transitions, false);
    bands(json, alarm->bands, alarm->n_bands);
    report_key_open(json, "actions", '[');
    for (size_t i = 0; i < alarm->n_actions; i++) {
        json_open(json, '{');
        report_key_time(json, "time", alarm->actions[i].time);
        report_key_words(json, "state", ctf_state_name(alarm->actions[i].state));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void totals(json_out *json, const replay_totals *t)
{
    report_key_open(json, "totals", '{');
    report_key_count(json, "files", t->files);
    report_key_count(json, "bytes", t->bytes);
    report_key_count(json, "events", t->events);
    report_key_count(json, "matches", t->matches);
    report_key_count(json, "samples", t->samples);
    report_key_count(json, "skipped", t->skipped);
    report_key_count(json, "dropped", t->dropped);
    report_key_count(json, "timeless", t->timeless);
    report_key_count(json, "outside", t->outside);
    json_close(json, '}');
}

static void metrics(json_out *json, const replay_model *model)
{
    report_key_open(json, "metrics", '[');
    for (size_t i = 0; i < model->n_metrics; i++) {
        json_open(json, '{');
        report_identity(json, &model->metrics[i].metric);
        report_key_count(json, "samples", model->metrics[i].samples);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void warnings(json_out *json, const replay_model *model)
{
    report_key_open(json, "warnings", '[');
    for (size_t i = 0; i < model->n_warnings; i++)
        json_words(json, model->warnings[i]);
    json_close(json, ']');
}

void report_json(const replay_model *model, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    report_key_count(&json, "version", REPORT_JSON_VERSION);
    report_key_time(&json, "from", model->from);
    report_key_time(&json, "to", model->to);
    report_key_count(&json, "deliveryDelayMs", (uint64_t)model->delay);
    report_key_flag(&json, "enteredAlarm", model->entered_alarm);
    warnings(&json, model);
    totals(&json, &model->totals);
    metrics(&json, model);
    report_key_open(&json, "alarms", '[');
    for (size_t i = 0; i < model->n_alarms; i++)
        metric_alarm(&json, model, &model->alarms[i], out);
    json_close(&json, ']');
    report_key_open(&json, "compositeAlarms", '[');
    for (size_t i = 0; i < model->n_composites; i++)
        composite_alarm(&json, &model->composites[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    drain(&json, out);
    blob_append_byte(out, '\n');
    json_out_free(&json);
}
