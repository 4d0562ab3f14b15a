#include "replay_alarm.h"

#include <ctfilter/replay.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "diag.h"
#include "replay_words.h"

/* An alarm being replayed. */
typedef struct work {
    replay_model *model;
    const ctf_alarm *alarm;
    const ctf_series *series;
    replay_transition *transitions;
    size_t n_transitions, transition_room;
    replay_datapoint *datapoints;
    size_t n_datapoints, datapoint_room;
    replay_breach *breaches;
    size_t n_breaches, breach_room;
} work;

/* ---- transitions ---- */

static const char *reason_of(work *w, const ctf_transition *t)
{
    size_t n = ctf_alarm_reason(w->alarm, t->slots, t->n_slots, &t->verdict, NULL, 0);
    char *text = replay_keep(w->model, need(n + 1, 1));
    ctf_alarm_reason(w->alarm, t->slots, t->n_slots, &t->verdict, text, n + 1);
    return text;
}

static const char *data_of(work *w, const ctf_transition *t)
{
    size_t n = ctf_alarm_reason_data(w->alarm, t->slots, t->n_slots, &t->verdict, t->time, NULL, 0);
    char *text = replay_keep(w->model, need(n + 1, 1));
    ctf_alarm_reason_data(w->alarm, t->slots, t->n_slots, &t->verdict, t->time, text, n + 1);
    return text;
}

static const char *decision_of(work *w, const ctf_transition *t)
{
    blob words = {0};
    replay_words_decision(w->alarm, t->slots, t->n_slots, &t->verdict, &words);
    const char *kept = replay_keep_words(w->model, (const char *)words.data, words.length);
    blob_free(&words);
    return kept;
}

static int on_transition(void *context, const ctf_transition *t)
{
    work *w = context;
    ctf_slot *slots = replay_keep(w->model, need(t->n_slots, sizeof *slots));
    memcpy(slots, t->slots, t->n_slots * sizeof *slots);
    w->transitions =
        need_more(w->transitions, &w->transition_room, w->n_transitions + 1, sizeof *w->transitions);
    w->transitions[w->n_transitions++] = (replay_transition){.time = t->time,
                                                             .from = t->from,
                                                             .to = t->to,
                                                             .reason = reason_of(w, t),
                                                             .reason_data = data_of(w, t),
                                                             .decision = decision_of(w, t),
                                                             .verdict = t->verdict,
                                                             .slots = slots,
                                                             .n_slots = t->n_slots};
    return 0;
}

static void find_transitions(work *w)
{
    ctf_state state = CTF_STATE_INSUFFICIENT_DATA;
    ctf_status status = ctf_alarm_replay(w->alarm, w->series, w->model->from, w->model->to, &state, on_transition,
                                         w, NULL);
    if (status != CTF_OK)
        need_failed();
}

const replay_band *replay_bands(replay_model *model, const replay_transition *transitions, size_t n,
                                size_t *n_bands)
{
    replay_band *bands = replay_keep(model, need(n + 1, sizeof *bands));
    replay_band band = {model->from, model->to, CTF_STATE_INSUFFICIENT_DATA};
    *n_bands = 0;
    for (size_t i = 0; i < n; i++) {
        band.to = transitions[i].time;
        if (band.to > band.from)
            bands[(*n_bands)++] = band;
        band = (replay_band){transitions[i].time, model->to, transitions[i].to};
    }
    bands[(*n_bands)++] = band;
    return bands;
}

/* ---- datapoints ---- */

static bool breaches(const ctf_alarm *alarm, const ctf_datapoint *point)
{
    ctf_slot slot = {.start = point->start, .present = 1, .value = point->value, .sample_count = point->sample_count};
    return point->availability == CTF_AVAILABLE && ctf_alarm_breaches(alarm, &slot);
}

static void add_datapoint(work *w, size_t index, int64_t start, int64_t end)
{
    ctf_datapoint point;
    if (ctf_series_statistic(w->series, index, &w->alarm->statistic, start, end, INT64_MAX, &point) != CTF_OK)
        need_failed();
    w->datapoints = need_more(w->datapoints, &w->datapoint_room, w->n_datapoints + 1, sizeof *w->datapoints);
    w->datapoints[w->n_datapoints++] = (replay_datapoint){.start = start,
                                                          .available = point.availability == CTF_AVAILABLE,
                                                          .breaching = breaches(w->alarm, &point),
                                                          .value = point.value,
                                                          .sample_count = point.sample_count};
}

static void find_datapoints(work *w, int64_t step)
{
    size_t index;
    int64_t start, at = ctfi_floor_to(w->model->from, step);
    if (ctf_series_find(w->series, &w->alarm->metric, &index) != CTF_OK)
        return;
    while (ctf_series_next(w->series, index, at, &start) == CTF_OK && start < w->model->to) {
        start = ctfi_floor_to(start, step);
        at = start + step;
        add_datapoint(w, index, start, at);
    }
}

/* ---- breaches ---- */

static void add_breach(work *w, int64_t from, int64_t to)
{
    w->breaches = need_more(w->breaches, &w->breach_room, w->n_breaches + 1, sizeof *w->breaches);
    w->breaches[w->n_breaches++] = (replay_breach){.from = from, .to = to};
}

static int by_start(const void *a, const void *b)
{
    const replay_breach *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Puts together what overlaps or touches. */
static void merge(work *w)
{
    size_t n = 0;
    qsort(w->breaches, w->n_breaches, sizeof *w->breaches, by_start);
    for (size_t i = 0; i < w->n_breaches; i++) {
        if (n > 0 && w->breaches[i].from <= w->breaches[n - 1].to) {
            if (w->breaches[i].to > w->breaches[n - 1].to)
                w->breaches[n - 1].to = w->breaches[i].to;
        } else {
            w->breaches[n++] = w->breaches[i];
        }
    }
    w->n_breaches = n;
}

static void find_breaches(work *w, int64_t step)
{
    for (size_t i = 0; i < w->n_datapoints; i++)
        if (w->datapoints[i].breaching)
            add_breach(w, w->datapoints[i].start, w->datapoints[i].start + step);
    for (size_t i = 0; i < w->n_transitions; i++)
        for (size_t k = 0; k < w->transitions[i].n_slots; k++) {
            const ctf_slot *slot = &w->transitions[i].slots[k];
            if (slot->present && ctf_alarm_breaches(w->alarm, slot))
                add_breach(w, slot->start, slot->start + step);
        }
    if (w->n_breaches > 0)
        merge(w);
}

/* ---- all of it ---- */

static const char *summary_of(replay_model *model, const cli_metric_alarm *settings)
{
    blob words = {0};
    replay_words_settings(settings, &words);
    const char *kept = replay_keep_words(model, (const char *)words.data, words.length);
    blob_free(&words);
    return kept;
}

static bool entered(const replay_transition *transitions, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (transitions[i].to == CTF_STATE_ALARM)
            return true;
    return false;
}

void replay_alarm_run(replay_model *model, const cli_metric_alarm *settings, const ctf_series *series,
                      replay_alarm *out)
{
    work w = {.model = model, .alarm = &settings->alarm, .series = series};
    int64_t step = (int64_t)settings->alarm.period * 1000;
    int64_t first = ctfi_floor_to(model->from, step);
    find_transitions(&w);
    find_datapoints(&w, step);
    find_breaches(&w, step);
    *out = (replay_alarm){.settings = settings,
                          .summary = summary_of(model, settings),
                          .first = first,
                          .step = step,
                          .n_periods = (uint64_t)((model->to - first + step - 1) / step),
                          .range = ctf_alarm_range(&settings->alarm),
                          .datapoints = replay_keep(model, w.datapoints),
                          .n_datapoints = w.n_datapoints,
                          .transitions = replay_keep(model, w.transitions),
                          .n_transitions = w.n_transitions,
                          .breaches = replay_keep(model, w.breaches),
                          .n_breaches = w.n_breaches,
                          .entered_alarm = entered(w.transitions, w.n_transitions)};
    out->bands = replay_bands(model, out->transitions, out->n_transitions, &out->n_bands);
}

/* ---- why no alarm came of a breach ---- */

/* The state in which an evaluation at `time` finds the alarm. */
static ctf_state state_before(const replay_alarm *alarm, int64_t time)
{
    ctf_state state = CTF_STATE_INSUFFICIENT_DATA;
    for (size_t i = 0; i < alarm->n_bands && alarm->bands[i].from < time; i++)
        state = alarm->bands[i].state;
    return state;
}

/* Is the alarm ringing at some time while the breach is in sight? */
static bool rang(const replay_alarm *alarm, const replay_breach *breach)
{
    int64_t out_of_sight = breach->to + (int64_t)alarm->range * alarm->step;
    for (size_t i = 0; i < alarm->n_bands && alarm->bands[i].from < out_of_sight; i++)
        if (alarm->bands[i].state == CTF_STATE_ALARM && alarm->bands[i].to > breach->from)
            return true;
    return false;
}

static void explain(replay_model *model, const replay_alarm *alarm, const ctf_series *series,
                    replay_breach *breach, ctf_slot *slots)
{
    const ctf_alarm *settings = &alarm->settings->alarm;
    int64_t tick = ctf_alarm_tick(settings);
    blob words = {0};
    breach->looked = ctfi_floor_to(breach->to + model->delay + tick - 1, tick);
    ctf_state before = state_before(alarm, breach->looked);
    if (ctf_alarm_look(settings, series, breach->looked, slots, alarm->range) != CTF_OK)
        need_failed();
    ctf_verdict verdict = ctf_alarm_evaluate(settings, slots, alarm->range, before);
    replay_words_decision(settings, slots, alarm->range, &verdict, &words);
    breach->silence = replay_keep_words(model, (const char *)words.data, words.length);
    blob_free(&words);
}

void replay_alarm_explain(replay_model *model, replay_alarm *alarm, const ctf_series *series)
{
    ctf_slot *slots = need(alarm->range, sizeof *slots);
    for (size_t i = 0; i < alarm->n_breaches && i < REPLAY_MOST_BREACHES; i++)
        if (!rang(alarm, &alarm->breaches[i]))
            explain(model, alarm, series, &alarm->breaches[i], slots);
    free(slots);
}
