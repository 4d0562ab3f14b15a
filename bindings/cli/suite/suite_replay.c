/* Replaying a case. */
#include "suite_replay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "replay_alarm.h"
#include "replay_composite.h"
#include "replay_needs.h"
#include "replay_record.h"
#include "replay_time.h"
#include "report_words.h"

typedef struct work {
    suite *all;
    suite_file *file;
    suite_case *one;
    const suite_replay *replay;
    ctf_series *series;
    replay_model model;
} work;

static void must(ctf_status status)
{
    if (status != CTF_OK)
        need_failed();
}

/* ---- samples ---- */

static void make_series(work *w)
{
    ctf_series_options options = replay_series_options(&w->file->config);
    options.max_values = 0;
    options.resolution = w->replay->fine ? 10 : options.resolution;
    must(ctf_series_new(&options, &w->series));
}

static void make_metrics(suite_file *file)
{
    if (file->metrics != NULL)
        return;
    file->metrics = replay_record_compile(&file->config);
    if (file->metrics == NULL)
        need_failed(); /* each was compiled when it was read */
    must(ctf_scratch_new(ctf_metrics_filter(file->metrics), NULL, &file->scratch));
}

/* Notes which terms decide, of patterns that cases ask or the file has. */
static void cover(const work *w, ctf_text message)
{
    const cli_config *config = &w->file->config;
    for (size_t i = 0; i < config->n_filters; i++) {
        const config_name *known = names_find(&w->all->by_text, config->filters[i].filter_pattern);
        if (known != NULL)
            suite_cover(&w->all->patterns[known->value], message);
    }
}

static void add_event(work *w, const suite_event *event)
{
    ctf_hits hits;
    must(ctf_match(w->file->scratch, event->text.data, event->text.length, &hits));
    replay_record record = replay_record_read(w->file->scratch, w->file->config.n_filters, &hits);
    const ctf_log_event log = {event->time, w->replay->delay > 0 ? event->time + w->replay->delay : CTF_ON_TIME,
                               record.account, record.region};
    must(ctf_metrics_record(w->file->metrics, w->file->scratch, &hits, &log, w->series));
    if (w->all->covering)
        cover(w, event->text);
}

static void add_series(work *w, const suite_values *values)
{
    for (size_t i = 0; i < values->n; i++)
        if (!isnan(values->values[i]))
            must(ctf_series_add(w->series, &values->metric, values->start + (int64_t)i * values->period, CTF_ON_TIME,
                                values->values[i], 1));
}

static void gather(work *w)
{
    make_series(w);
    if (w->replay->n_events > 0)
        make_metrics(w->file);
    for (size_t i = 0; i < w->replay->n_events; i++)
        add_event(w, &w->replay->events[i]);
    for (size_t i = 0; i < w->replay->n_series; i++)
        add_series(w, &w->replay->series[i]);
}

/* ---- alarms ---- */

static bool is_asked(const suite_replay *replay, size_t alarm)
{
    for (size_t i = 0; i < replay->n_alarms; i++)
        if (replay->alarms[i].alarm.kind == CLI_COMPOSITE_ALARM || replay->alarms[i].alarm.index == alarm)
            return true;
    return false;
}

static bool asks_composite(const suite_replay *replay)
{
    for (size_t i = 0; i < replay->n_alarms; i++)
        if (replay->alarms[i].alarm.kind == CLI_COMPOSITE_ALARM)
            return true;
    return false;
}

/* Evaluates the alarms that are asked for, all of them where a composite is. */
static void evaluate(work *w)
{
    const cli_config *config = &w->file->config;
    replay_model *model = &w->model;
    *model = (replay_model){.config = config, .from = w->replay->from, .to = w->replay->to, .delay = w->replay->delay};
    replay_alarm *alarms = replay_keep(model, need(config->n_alarms, sizeof *alarms));
    for (size_t i = 0; i < config->n_alarms; i++)
        if (is_asked(w->replay, i))
            replay_alarm_run(model, &config->alarms[i], w->series, &alarms[i]);
    model->alarms = alarms;
    model->n_alarms = config->n_alarms;
    if (asks_composite(w->replay))
        replay_composites(model);
}

/* What an alarm did, of either kind. */
typedef struct deeds {
    const replay_transition *transitions;
    size_t n_transitions;
    const replay_action *actions;
    size_t n_actions;
} deeds;

static deeds deeds_of(const work *w, cli_alarm_ref alarm)
{
    if (alarm.kind == CLI_COMPOSITE_ALARM) {
        const replay_composite *c = &w->model.composites[alarm.index];
        return (deeds){c->transitions, c->n_transitions, c->actions, c->n_actions};
    }
    const replay_alarm *a = &w->model.alarms[alarm.index];
    return (deeds){a->transitions, a->n_transitions, NULL, 0};
}

/* `what` goes on behind the alarm's name. */
static void fail(work *w, const suite_alarm *alarm, cli_place place, const char *what, const blob *details)
{
    blob words = {0};
    report_words_safe(&words, alarm->name);
    blob_append_words(&words, what);
    suite_fail(w->one, place, &words, details);
    blob_free(&words);
}

static void check_transitions(work *w, const suite_alarm *alarm, const deeds *did)
{
    blob lines = {0};
    if (alarm->transitions.given && !suite_diff(&alarm->transitions, did->transitions, did->n_transitions, false, &lines))
        fail(w, alarm, alarm->transitions.place, ": other transitions (- expected, + got)", &lines);
    blob_free(&lines);
}

static void check_state(work *w, const suite_alarm *alarm, const suite_change *expected, const deeds *did)
{
    ctf_state state = CTF_STATE_INSUFFICIENT_DATA;
    const suite_changes none = {0};
    char words[80];
    blob lines = {0};
    for (size_t i = 0; i < did->n_transitions && did->transitions[i].time <= expected->time; i++)
        state = did->transitions[i].to;
    if (state == expected->to)
        return;
    snprintf(words, sizeof words, " should be %s, and is %s; its transitions:", ctf_state_name(expected->to),
             ctf_state_name(state));
    suite_diff(&none, did->transitions, did->n_transitions, false, &lines);
    fail(w, alarm, expected->place, words, &lines);
    blob_free(&lines);
}

static void check_actions(work *w, const suite_alarm *alarm, const deeds *did)
{
    replay_transition *as_changes = need(did->n_actions, sizeof *as_changes);
    blob lines = {0};
    for (size_t i = 0; i < did->n_actions; i++)
        as_changes[i] = (replay_transition){.time = did->actions[i].time, .to = did->actions[i].state};
    if (alarm->actions.given && !suite_diff(&alarm->actions, as_changes, did->n_actions, true, &lines))
        fail(w, alarm, alarm->actions.place, ": other actions (- expected, + got)", &lines);
    blob_free(&lines);
    free(as_changes);
}

static void check_alarm(work *w, const suite_alarm *alarm)
{
    deeds did = deeds_of(w, alarm->alarm);
    check_transitions(w, alarm, &did);
    for (size_t i = 0; i < alarm->states.n; i++)
        check_state(w, alarm, &alarm->states.list[i], &did);
    check_actions(w, alarm, &did);
}

/* ---- datapoints ---- */

/* What the metric has in each period; NaN where that is nothing. */
static void find_values(const work *w, const suite_values *expected, double *out)
{
    size_t index;
    bool known = ctf_series_find(w->series, &expected->metric, &index) == CTF_OK;
    for (size_t i = 0; i < expected->n; i++) {
        int64_t start = expected->start + (int64_t)i * expected->period;
        ctf_datapoint point = {.availability = CTF_NO_DATAPOINT};
        if (known)
            must(ctf_series_statistic(w->series, index, &expected->statistic, start, start + expected->period, INT64_MAX,
                                      &point));
        out[i] = point.availability == CTF_AVAILABLE ? point.value : NAN;
    }
}

static void check_values(work *w, const suite_values *expected)
{
    double *got = need(expected->n, sizeof *got);
    blob words = {0}, lines = {0};
    find_values(w, expected, got);
    if (!suite_diff_values(expected, got, &lines)) {
        report_words_safe(&words, expected->metric.name);
        blob_append_words(&words, ": other values (- expected, + got)");
        suite_fail(w->one, expected->place, &words, &lines);
    }
    blob_free(&words);
    blob_free(&lines);
    free(got);
}

void suite_replay_run(suite *all, suite_file *file, suite_case *one)
{
    work w = {.all = all, .file = file, .one = one, .replay = one->replay};
    gather(&w);
    evaluate(&w);
    for (size_t i = 0; i < w.replay->n_alarms; i++)
        check_alarm(&w, &w.replay->alarms[i]);
    for (size_t i = 0; i < w.replay->n_metrics; i++)
        check_values(&w, &w.replay->metrics[i]);
    replay_model_free(&w.model);
    ctf_series_free(w.series);
}
