/* The part of a case that is replayed. */
#include "base/time.h"
#include "replay_needs.h"
#include "suite_case.h"
#include "suite_fields.h"
#include "suite_replay.h"
#include "suite_time.h"

#define EPOCH INT64_C(1767225600000) /* 2026-01-01T00:00:00Z: where nothing says when */

/* ---- events ---- */

/* The date of an event: its time, or else what its message says. */
static bool date_of(const json_value *event, int64_t *out)
{
    const json_value *time = json_get(event, "time");
    return suite_time_absolute(time != NULL ? time : json_get(json_get(event, "message"), "eventTime"), out);
}

static bool read_event(suite_reading *r, const json_value *value, const suite_replay *replay, suite_event *out)
{
    const json_value *found[EVENT_SLOTS];
    *out = (suite_event){.place = config_place(&r->o, value->place)};
    if (!config_fields(&r->o, value, &suite_event_words, found, EVENT_SLOTS))
        return false;
    if (config_absent(&r->o, found[EVENT_MESSAGE])) {
        config_refuse(&r->o, value->place, "message: a mapping or a text is needed");
        return false;
    }
    bool good = suite_read_message(r, found[EVENT_MESSAGE], &out->text);
    if (suite_time_read(r, found[EVENT_TIME], replay->from, &out->time) || date_of(value, &out->time))
        return good;
    if (config_absent(&r->o, found[EVENT_TIME]))
        config_refuse(&r->o, value->place, "a time is needed, or an eventTime in the message");
    return false;
}

static void read_events(suite_reading *r, const json_value *list, suite_replay *out)
{
    if (!suite_is_list(r, list))
        return;
    suite_event *events = config_take(r->o.config, list->n, sizeof *events);
    for (const json_value *one = list->first; one != NULL; one = one->next) {
        suite_event *event = &events[out->n_events];
        if (!read_event(r, one, out, event))
            continue;
        if (out->n_events > 0 && event->time < event[-1].time)
            config_refuse(&r->o, one->place, "this event is before the one in line %u", event[-1].place.line);
        out->n_events++;
    }
    out->events = events;
    if (r->o.config->n_filters == 0 && !r->blind)
        config_refuse(&r->o, list->key_place, "events: there is no metric filter");
}

/* ---- series and datapoints ---- */

static size_t read_values(suite_reading *r, const json_value *list, bool expected, suite_replay *replay,
                          const suite_values **out)
{
    size_t n = 0;
    if (!suite_is_list(r, list))
        return 0;
    suite_values *all = config_take(r->o.config, list->n, sizeof *all);
    for (const json_value *one = list->first; one != NULL; one = one->next)
        n += suite_values_read(r, one, expected, replay->from, &all[n]);
    for (size_t i = 0; i < n; i++)
        replay->fine = replay->fine || all[i].period < CTFI_MINUTE;
    *out = all;
    return n;
}

/* ---- from when to when ---- */

static void read_start(suite_reading *r, const json_value *const found[], suite_replay *out)
{
    const json_value *start = found[CASE_START], *events = found[CASE_EVENTS];
    const json_value *first = json_is(events, JSON_ARRAY) ? events->first : NULL;
    out->from = EPOCH;
    if (config_absent(&r->o, start)) {
        if (first != NULL && date_of(first, &out->from))
            out->from = ctfi_floor_to(out->from, CTFI_MINUTE);
        return;
    }
    if (!suite_time_absolute(start, &out->from) || out->from % CTFI_MINUTE != 0)
        config_refuse(&r->o, start->place, "start: a time is needed that is a whole minute, such as 2026-01-15T10:00:00Z");
}

static void read_end(suite_reading *r, const json_value *value, suite_replay *out)
{
    out->has_to = suite_time_read(r, value, out->from, &out->to);
    if (out->has_to && out->to <= out->from)
        config_refuse(&r->o, value->place, "end: it is not behind the start");
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t last_of(const suite_changes *changes)
{
    return changes->n > 0 ? changes->list[changes->n - 1].time : 0;
}

/* As replay does: until the last sample has left every alarm's sight; or longer where something is expected. */
static int64_t find_end(const cli_config *config, const suite_replay *replay)
{
    int64_t end = replay->n_events > 0 ? replay->events[replay->n_events - 1].time : replay->from;
    for (size_t i = 0; i < replay->n_series; i++)
        end = later(end, replay->series[i].start + (int64_t)replay->series[i].n * replay->series[i].period - 1);
    end = later(end, replay->from) + replay->delay + replay_drain(config);
    for (size_t i = 0; i < replay->n_alarms; i++) {
        const suite_alarm *alarm = &replay->alarms[i];
        end = later(end, later(last_of(&alarm->transitions), later(last_of(&alarm->states), last_of(&alarm->actions))));
    }
    return ctfi_floor_to(end, CTFI_MINUTE) + CTFI_MINUTE;
}

/* ---- all of it ---- */

/* Tells when nothing is asked of what is replayed; `errors` were told before the case. */
static void check_sense(suite_reading *r, const json_value *const found[], const json_value *given, size_t errors,
                        const suite_replay *replay)
{
    bool asked = !config_absent(&r->o, found[CASE_METRICS]) || !config_absent(&r->o, found[CASE_ALARMS]);
    bool empty = replay->n_metrics + replay->n_alarms == 0 && r->o.config->store->errors == errors;
    if (!asked || empty)
        config_refuse(&r->o, given->key_place, "%s: nothing is expected of it; say alarms or metrics", given->key.data);
}

static const json_value *first_given(const json_value *const found[])
{
    for (size_t i = CASE_START; i < CASE_SLOTS; i++)
        if (found[i] != NULL)
            return found[i];
    return NULL;
}

const suite_replay *suite_replay_read(suite_reading *r, const json_value *const found[])
{
    const json_value *given = first_given(found);
    size_t errors = r->o.config->store->errors;
    if (given == NULL)
        return NULL;
    suite_replay *out = config_take(r->o.config, 1, sizeof *out);
    *out = (suite_replay){0};
    read_start(r, found, out);
    read_end(r, found[CASE_END], out);
    suite_duration_read(r, found[CASE_DELAY], &out->delay);
    read_events(r, found[CASE_EVENTS], out);
    out->n_series = read_values(r, found[CASE_SERIES], false, out, &out->series);
    out->n_metrics = read_values(r, found[CASE_METRICS], true, out, &out->metrics);
    suite_alarms_read(r, found[CASE_ALARMS], out);
    check_sense(r, found, given, errors, out);
    if (!out->has_to)
        out->to = find_end(r->o.config, out);
    return out;
}
