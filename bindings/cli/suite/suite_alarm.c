/* What a case expects of alarms. */
#include <string.h>

#include "suite_case.h"
#include "suite_fields.h"
#include "suite_replay.h"
#include "suite_time.h"

/* Is the time within what is replayed, and not before the one before it? Tells what is not. */
static bool check_time(suite_reading *r, const json_value *value, const suite_replay *replay, int64_t time,
                       const suite_change *before)
{
    if (time < replay->from || (replay->has_to && time >= replay->to))
        config_refuse(&r->o, value->place, "this time is not replayed: it is %s",
                      time < replay->from ? "before the start" : "not before the end");
    else if (before != NULL && time < before->time)
        config_refuse(&r->o, value->place, "this time is before the one in line %u", before->place.line);
    else
        return true;
    return false;
}

static bool read_change(suite_reading *r, const json_value *value, bool transition, const suite_replay *replay,
                        const suite_change *before, suite_change *out)
{
    const json_value *found[CHANGE_SLOTS];
    size_t errors = r->o.config->store->errors;
    *out = (suite_change){.place = config_place(&r->o, value->place)};
    if (!config_fields(&r->o, value, transition ? &suite_transition_words : &suite_state_words, found, CHANGE_SLOTS))
        return false;
    bool timed = suite_time_read(r, found[CHANGE_TIME], replay->from, &out->time);
    bool stated = suite_state_read(r, found[CHANGE_TO], &out->to);
    out->has_from = suite_state_read(r, found[CHANGE_FROM], &out->from);
    config_text(&r->o, found[CHANGE_REASON], &out->reason);
    config_text(&r->o, found[CHANGE_PART], &out->part);
    if (r->o.config->store->errors == errors && (!timed || !stated))
        config_refuse(&r->o, value->place, "time and %s are needed", transition ? "to" : "state");
    return timed && stated && check_time(r, found[CHANGE_TIME], replay, out->time, before);
}

static void read_changes(suite_reading *r, const json_value *list, bool transitions, const suite_replay *replay,
                         suite_changes *out)
{
    if (!suite_is_list(r, list))
        return;
    suite_change *changes = config_take(r->o.config, list->n, sizeof *changes);
    *out = (suite_changes){.given = true, .place = config_place(&r->o, list->key_place), .list = changes};
    for (const json_value *one = list->first; one != NULL; one = one->next)
        out->n += read_change(r, one, transitions, replay, out->n > 0 ? &changes[out->n - 1] : NULL, &changes[out->n]);
}

static void find(suite_reading *r, const json_value *value, const json_value *name, suite_alarm *out)
{
    if (config_absent(&r->o, name))
        config_refuse(&r->o, value->place, "alarm: the name of an alarm is needed");
    if (!config_text(&r->o, name, &out->name))
        return;
    out->alarm = cli_config_find(r->o.config, out->name);
    if (out->alarm.kind == CLI_NO_ALARM && !r->blind)
        config_refuse(&r->o, name->place, "there is no alarm %.*s", TEXT_SHOWN(out->name));
}

static void read_alarm(suite_reading *r, const json_value *value, const suite_replay *replay, suite_alarm *out)
{
    const json_value *found[EXPECT_SLOTS];
    *out = (suite_alarm){.place = config_place(&r->o, value->place)};
    if (!config_fields(&r->o, value, &suite_alarm_words, found, EXPECT_SLOTS))
        return;
    find(r, value, found[EXPECT_ALARM], out);
    read_changes(r, found[EXPECT_TRANSITIONS], true, replay, &out->transitions);
    read_changes(r, found[EXPECT_STATES], false, replay, &out->states);
    read_changes(r, found[EXPECT_ACTIONS], false, replay, &out->actions);
    if (out->actions.given && out->alarm.kind == CLI_METRIC_ALARM)
        config_refuse(&r->o, found[EXPECT_ACTIONS]->key_place, "actions: only composite alarms have them here");
    if (found[EXPECT_TRANSITIONS] == NULL && found[EXPECT_STATES] == NULL && found[EXPECT_ACTIONS] == NULL)
        config_refuse(&r->o, value->place, "transitions or states are needed");
}

void suite_alarms_read(suite_reading *r, const json_value *list, suite_replay *out)
{
    if (!suite_is_list(r, list))
        return;
    suite_alarm *alarms = config_take(r->o.config, list->n, sizeof *alarms);
    for (const json_value *one = list->first; one != NULL; one = one->next)
        read_alarm(r, one, out, &alarms[out->n_alarms++]);
    out->alarms = alarms;
}
