#include "replay_composite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "diag.h"
#include "json_out.h"
#include "replay_alarm.h"
#include "replay_time.h"

/* An alarm of either kind and where it stands. */
typedef struct member {
    ctf_text called; /* its ARN, its name where that is not known */
    ctf_state state;
    int64_t since;
    bool changed; /* at the time at hand */
} member;

/* A composite at work. */
typedef struct composite {
    const cli_composite_alarm *settings;
    size_t *children; /* members */
    size_t n_children;
    size_t suppressor; /* a member; SIZE_MAX: none */
    ctf_suppression suppression;
    replay_transition *transitions;
    size_t n_transitions, transition_room;
    replay_action *actions;
    size_t n_actions, action_room;
    bool created;
} composite;

/* A change of a metric alarm. */
typedef struct change {
    int64_t time;
    size_t member;
    ctf_state to;
} change;

/* Members are the metric alarms, then the composites. */
typedef struct work {
    replay_model *model;
    const cli_config *config;
    member *members;
    composite *composites;
    size_t *order; /* composites, children first; cyclic ones are left out */
    size_t n_order;
    change *changes;
    size_t n_changes;
    ctf_state *states; /* room for a rule's children */
} work;

/* ---- who is who ---- */

static size_t member_of(const work *w, ctf_text name)
{
    cli_alarm_ref ref = cli_config_find(w->config, name);
    if (ref.kind == CLI_NO_ALARM)
        return SIZE_MAX;
    return ref.kind == CLI_METRIC_ALARM ? ref.index : w->config->n_alarms + ref.index;
}

static void make_members(work *w)
{
    const cli_config *config = w->config;
    w->members = need(config->n_alarms + config->n_composites, sizeof *w->members);
    for (size_t i = 0; i < config->n_alarms; i++)
        w->members[i].called =
            config->alarms[i].arn.length > 0 ? config->alarms[i].arn : config->alarms[i].input.alarm_name;
    for (size_t i = 0; i < config->n_composites; i++)
        w->members[config->n_alarms + i].called =
            config->composites[i].arn.length > 0 ? config->composites[i].arn : config->composites[i].name;
    for (size_t i = 0; i < config->n_alarms + config->n_composites; i++)
        w->members[i].since = w->model->from;
}

static void make_composite(const work *w, composite *c, const cli_composite_alarm *settings)
{
    c->settings = settings;
    c->n_children = ctf_rule_count(settings->rule);
    c->children = need(c->n_children, sizeof *c->children);
    for (size_t i = 0; i < c->n_children; i++)
        c->children[i] = member_of(w, ctf_rule_child(settings->rule, i));
    c->suppressor = settings->suppressor.length > 0 ? member_of(w, settings->suppressor) : SIZE_MAX;
    ctf_suppression_init(&c->suppression, settings->wait * 1000, settings->extension * 1000);
}

/* Are all composites among the children of c placed? */
static bool is_ready(const work *w, const composite *c, const bool *placed)
{
    for (size_t i = 0; i < c->n_children; i++)
        if (c->children[i] != SIZE_MAX && c->children[i] >= w->config->n_alarms &&
            !placed[c->children[i] - w->config->n_alarms])
            return false;
    return true;
}

/* Puts the composites in order, as many rounds as the deepest nests. */
static void make_order(work *w)
{
    size_t n = w->config->n_composites;
    bool *placed = need(n, sizeof *placed);
    bool more = true;
    w->order = need(n, sizeof *w->order);
    while (more) {
        more = false;
        for (size_t i = 0; i < n; i++)
            if (!placed[i] && is_ready(w, &w->composites[i], placed)) {
                placed[i] = more = true;
                w->order[w->n_order++] = i;
            }
    }
    free(placed);
}

static int by_time(const void *a, const void *b)
{
    const change *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static void make_changes(work *w)
{
    const replay_model *model = w->model;
    size_t n = 0;
    for (size_t i = 0; i < model->n_alarms; i++)
        n += model->alarms[i].n_transitions;
    w->changes = need(n, sizeof *w->changes);
    for (size_t i = 0; i < model->n_alarms; i++)
        for (size_t k = 0; k < model->alarms[i].n_transitions; k++) {
            const replay_transition *t = &model->alarms[i].transitions[k];
            w->changes[w->n_changes++] = (change){t->time, i, t->to};
        }
    qsort(w->changes, n, sizeof *w->changes, by_time);
}

/* ---- reasons (spec: metrics-alarms 8.5) ---- */

/* "Friday 22 July, 2022 15:57:45 UTC" */
static void append_date(blob *out, int64_t time)
{
    static const char *const days[] = {"Thursday", "Friday",  "Saturday", "Sunday",
                                       "Monday",   "Tuesday", "Wednesday"};
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    ctfi_date date = ctfi_date_of(time);
    int64_t day = ctfi_floor_div(time, 24 * 60 * CTFI_MINUTE) % 7;
    char text[96];
    snprintf(text, sizeof text, "%s %02u %s, %" PRId64 " %02u:%02u:%02u UTC", days[day < 0 ? day + 7 : day], date.day,
             months[date.month - 1], date.year, date.hour, date.minute, date.second);
    blob_append_words(out, text);
}

/* The child whose change it was: the first that the rule mentions. NULL: none, it was created. */
static const member *cause(const work *w, const composite *c)
{
    for (size_t i = 0; i < c->n_children && c->created; i++)
        if (c->children[i] != SIZE_MAX && w->members[c->children[i]].changed)
            return &w->members[c->children[i]];
    return NULL;
}

static const char *reason_of(const work *w, const composite *c, const member *own, ctf_state to)
{
    const member *child = cause(w, c);
    const member *subject = child != NULL ? child : own;
    blob text = {0};
    blob_append(&text, subject->called.data, subject->called.length);
    blob_append_words(&text, child != NULL ? " transitioned to " : " was created and its alarm rule evaluates to ");
    blob_append_words(&text, ctf_state_name(child != NULL ? child->state : to));
    if (child != NULL) {
        blob_append_words(&text, " at ");
        append_date(&text, child->since);
    }
    const char *kept = replay_keep_words(w->model, (const char *)text.data, text.length);
    blob_free(&text);
    return kept;
}

static void append_trigger(json_out *json, const member *child)
{
    unsigned char time[CTFI_TIME_TEXT];
    json_open(json, '{');
    json_key(json, "arn");
    json_string(json, child->called);
    json_key(json, "state");
    json_open(json, '{');
    json_key(json, "value");
    json_words(json, ctf_state_name(child->state));
    json_key(json, "timestamp");
    json_string(json, (ctf_text){(const char *)time, ctfi_time_print_query(child->since, time)});
    json_close(json, '}');
    json_close(json, '}');
}

/* The child that changed; after creation all of them. */
static const char *data_of(const work *w, const composite *c)
{
    const member *child = cause(w, c);
    json_out json = {0};
    json_open(&json, '{');
    json_key(&json, "triggeringAlarms");
    json_open(&json, '[');
    for (size_t i = 0; i < c->n_children; i++)
        if (c->children[i] != SIZE_MAX && (child == NULL || child == &w->members[c->children[i]]))
            append_trigger(&json, &w->members[c->children[i]]);
    json_close(&json, ']');
    json_close(&json, '}');
    const char *kept = replay_keep_words(w->model, json.data, json.length);
    json_out_free(&json);
    return kept;
}

/* "The rule holds: a is ALARM, b is OK." */
static const char *decision_of(const work *w, const composite *c, ctf_state to)
{
    blob text = {0};
    blob_append_words(&text, to == CTF_STATE_ALARM ? "The rule holds" : "The rule does not hold");
    for (size_t i = 0; i < c->n_children; i++) {
        ctf_text name = ctf_rule_child(c->settings->rule, i);
        blob_append_words(&text, i == 0 ? ": " : ", ");
        blob_append(&text, name.data, name.length);
        blob_append_words(&text, " is ");
        blob_append_words(&text, ctf_state_name(w->states[i]));
    }
    blob_append_byte(&text, '.');
    const char *kept = replay_keep_words(w->model, (const char *)text.data, text.length);
    blob_free(&text);
    return kept;
}

/* ---- time goes by ---- */

static void act(composite *c, int64_t time, ctf_state state)
{
    if (!c->settings->actions.enabled)
        return;
    c->actions = need_more(c->actions, &c->action_room, c->n_actions + 1, sizeof *c->actions);
    c->actions[c->n_actions++] = (replay_action){time, state};
}

/* Does what has become due. */
static void settle(composite *c, int64_t until)
{
    ctf_action action;
    while (c->suppressor != SIZE_MAX && ctf_suppression_due(&c->suppression, until, &action))
        act(c, action.time, action.state);
}

static void enter(work *w, composite *c, member *own, int64_t time, ctf_state to)
{
    c->transitions = need_more(c->transitions, &c->transition_room, c->n_transitions + 1, sizeof *c->transitions);
    c->transitions[c->n_transitions++] = (replay_transition){.time = time,
                                                             .from = own->state,
                                                             .to = to,
                                                             .reason = reason_of(w, c, own, to),
                                                             .reason_data = data_of(w, c),
                                                             .decision = decision_of(w, c, to)};
    own->state = to;
    own->since = time;
    own->changed = true;
    if (c->suppressor == SIZE_MAX)
        act(c, time, to);
    else
        ctf_suppression_composite(&c->suppression, time, to);
}

/* Evaluates a composite if one of its children changed, or for the first time. */
static void evaluate(work *w, size_t index, int64_t time)
{
    composite *c = &w->composites[index];
    member *own = &w->members[w->config->n_alarms + index];
    if (c->created && cause(w, c) == NULL)
        return;
    for (size_t i = 0; i < c->n_children; i++)
        w->states[i] = c->children[i] != SIZE_MAX ? w->members[c->children[i]].state : CTF_STATE_INSUFFICIENT_DATA;
    ctf_state to = ctf_rule_evaluate(c->settings->rule, w->states);
    if (to != own->state)
        enter(w, c, own, time, to);
    c->created = true;
}

/* What members do at a time is known: tells suppressors, evaluates, tells those that are composites. */
static void step(work *w, int64_t time)
{
    size_t n = w->config->n_composites, n_members = w->config->n_alarms + n;
    for (size_t i = 0; i < n; i++)
        settle(&w->composites[i], time);
    for (size_t i = 0; i < w->n_order; i++)
        evaluate(w, w->order[i], time);
    for (size_t i = 0; i < n; i++) {
        composite *c = &w->composites[i];
        if (c->suppressor != SIZE_MAX && w->members[c->suppressor].changed)
            ctf_suppression_suppressor(&c->suppression, time, w->members[c->suppressor].state);
    }
    for (size_t i = 0; i < n_members; i++)
        w->members[i].changed = false;
}

static void go(work *w)
{
    int64_t time = w->model->from;
    size_t at = 0;
    if (w->n_changes == 0 || w->changes[0].time > time)
        step(w, time);
    while (at < w->n_changes) {
        time = w->changes[at].time;
        for (; at < w->n_changes && w->changes[at].time == time; at++) {
            member *m = &w->members[w->changes[at].member];
            m->state = w->changes[at].to;
            m->since = time;
            m->changed = true;
        }
        step(w, time);
    }
    for (size_t i = 0; i < w->config->n_composites; i++)
        settle(&w->composites[i], w->model->to - 1);
}

/* ---- into the model ---- */

static bool entered(const composite *c)
{
    for (size_t i = 0; i < c->n_transitions; i++)
        if (c->transitions[i].to == CTF_STATE_ALARM)
            return true;
    return false;
}

static void finish(work *w)
{
    replay_model *model = w->model;
    replay_composite *all = replay_keep(model, need(w->config->n_composites, sizeof *all));
    for (size_t i = 0; i < w->config->n_composites; i++) {
        composite *c = &w->composites[i];
        all[i] = (replay_composite){.settings = c->settings,
                                    .transitions = replay_keep(model, c->transitions),
                                    .n_transitions = c->n_transitions,
                                    .actions = replay_keep(model, c->actions),
                                    .n_actions = c->n_actions,
                                    .entered_alarm = entered(c)};
        all[i].bands = replay_bands(model, c->transitions, c->n_transitions, &all[i].n_bands);
        free(c->children);
    }
    model->composites = all;
    model->n_composites = w->config->n_composites;
}

void replay_composites(replay_model *model)
{
    work w = {.model = model, .config = model->config};
    size_t n = w.config->n_composites;
    make_members(&w);
    w.composites = need(n, sizeof *w.composites);
    w.states = need(CTF_RULE_MAX_CHILDREN, sizeof *w.states);
    for (size_t i = 0; i < n; i++)
        make_composite(&w, &w.composites[i], &w.config->composites[i]);
    make_order(&w);
    make_changes(&w);
    if (n > 0)
        go(&w);
    finish(&w);
    free(w.members);
    free(w.composites);
    free(w.states);
    free(w.order);
    free(w.changes);
}
