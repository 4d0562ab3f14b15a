#include "engine_composite.h"

#include <stdio.h>
#include <string.h>

#include <ctfilter/composite.h>

#include "base/show.h"
#include "engine_request.h"

/* The member of `states` that a child names; the last of equals counts. */
static const json_value *find_state(const json_value *states, ctf_text child)
{
    const json_value *found = NULL;
    for (const json_value *state = states->first; state != NULL; state = state->next)
        if (ctf_alarm_name_equal(state->key, child))
            found = state;
    return found;
}

/* A child that does not exist is refused in the service's words (spec: metrics-alarms 8.4). */
static void fail_unknown(json_out *out, ctf_text child)
{
    ctf_error error = {.status = CTF_E_PATTERN, .kind = CTF_ERROR_RULE};
    ctfi_bytes name = {(const unsigned char *)child.data, child.length};
    char shown[128];
    ctfi_show(name, shown, sizeof shown);
    snprintf(error.message, sizeof error.message, "there is no alarm %s", shown);
    ctfi_said service = ctfi_quote("Could not save the composite alarm as alarms [", name,
                                   "] in the alarm rule do not exist");
    memcpy(error.service, service.text, sizeof error.service);
    engine_fail(out, &error);
}

/* Fills in the children's states; false after a refusal. */
static bool read_states(const ctf_rule *rule, const json_value *states, ctf_state *children, json_out *out)
{
    for (size_t i = 0; i < ctf_rule_count(rule); i++) {
        const json_value *state = find_state(states, ctf_rule_child(rule, i));
        if (state == NULL) {
            fail_unknown(out, ctf_rule_child(rule, i));
            return false;
        }
        if (!request_state(state, &children[i])) {
            engine_refuse(out, "a state is OK, ALARM or INSUFFICIENT_DATA");
            return false;
        }
    }
    return true;
}

void engine_composite(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *states = json_get(request, "states");
    ctf_text text, own_name = {NULL, 0};
    ctf_state children[CTF_RULE_MAX_CHILDREN];
    ctf_rule *rule;
    ctf_error error;
    (void)engine;
    request_text(json_get(request, "alarm_name"), &own_name);
    if (!request_text(json_get(request, "rule"), &text) || !json_is(states, JSON_OBJECT)) {
        engine_refuse(out, "rule is a string, states an object of states by alarm");
        return;
    }
    if (ctf_rule_compile(text, own_name, NULL, &rule, &error) != CTF_OK) {
        engine_fail(out, &error);
        return;
    }
    if (read_states(rule, states, children, out)) {
        json_key(out, "state");
        engine_state(out, ctf_rule_evaluate(rule, children));
    }
    ctf_rule_free(rule);
}

/* One change: what has become due before it is acted on first. */
typedef struct change {
    int64_t time;
    bool composite;
    ctf_state state;
} change;

static bool read_change(const json_value *value, change *out)
{
    const json_value *alarm = json_get(value, "alarm");
    out->composite = json_is_text(alarm, "composite");
    return (out->composite || json_is_text(alarm, "suppressor")) &&
           request_whole(json_get(value, "t"), INT64_MIN / 2, INT64_MAX / 2, &out->time) &&
           request_state(json_get(value, "state"), &out->state);
}

static bool changes_are_good(const json_value *events)
{
    change at, before = {.time = INT64_MIN};
    if (!json_is(events, JSON_ARRAY))
        return false;
    for (const json_value *event = events->first; event != NULL; event = event->next) {
        if (!read_change(event, &at) || at.time < before.time)
            return false;
        before = at;
    }
    return true;
}

static void act_until(ctf_suppression *suppression, int64_t until, json_out *out)
{
    ctf_action action;
    while (ctf_suppression_due(suppression, until, &action)) {
        json_open(out, '{');
        json_key(out, "t");
        json_signed(out, action.time);
        json_key(out, "state");
        engine_state(out, action.state);
        json_close(out, '}');
    }
}

static void run_changes(ctf_suppression *suppression, const json_value *events, int64_t until, json_out *out)
{
    change at;
    for (const json_value *event = events->first; event != NULL && read_change(event, &at) && at.time <= until;
         event = event->next) {
        act_until(suppression, at.time, out);
        if (at.composite)
            ctf_suppression_composite(suppression, at.time, at.state);
        else
            ctf_suppression_suppressor(suppression, at.time, at.state);
    }
    act_until(suppression, until, out);
}

void engine_suppressor(const cli_engine *engine, const json_value *request, json_out *out)
{
    int64_t wait, extension, until;
    const json_value *events = json_get(request, "events");
    ctf_suppression suppression;
    (void)engine;
    if (!request_whole(json_get(request, "wait_period"), 0, INT64_MAX / 2, &wait) ||
        !request_whole(json_get(request, "extension_period"), 0, INT64_MAX / 2, &extension) ||
        !request_whole(json_get(request, "until"), INT64_MIN / 2, INT64_MAX / 2, &until)) {
        engine_refuse(out, "wait_period, extension_period and until are whole numbers");
        return;
    }
    if (!changes_are_good(events)) {
        engine_refuse(out, "events are {t, alarm: composite or suppressor, state} in the order of time");
        return;
    }
    ctf_suppression_init(&suppression, wait, extension);
    json_key(out, "actions");
    json_open(out, '[');
    run_changes(&suppression, events, until, out);
    json_close(out, ']');
}
