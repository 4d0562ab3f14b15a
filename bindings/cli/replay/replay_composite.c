#include "replay_composite.h"

#include <stdlib.h>

#include "diag.h"
#include "replay_alarm.h"
#include "replay_composite_words.h"

/* A composite at work. */
typedef struct composite {
    const cli_composite_alarm *settings;
    replay_member **children; /* NULL: there is no such alarm */
    size_t n_children;
    const replay_member *suppressor; /* NULL: none, or one that does not exist, which never is in ALARM */
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
    replay_member *members;
    composite *composites;
    size_t *order; /* composites, children first; cyclic ones are left out */
    size_t n_order;
    change *changes;
    size_t n_changes;
    ctf_state *states; /* room for a rule's children */
} work;

/* ---- who is who ---- */

static replay_member *member_of(const work *w, ctf_text name)
{
    cli_alarm_ref ref = cli_config_find(w->config, name);
    if (ref.kind == CLI_NO_ALARM)
        return NULL;
    return &w->members[ref.kind == CLI_METRIC_ALARM ? ref.index : w->config->n_alarms + ref.index];
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
    c->suppressor = settings->suppressor.length > 0 ? member_of(w, settings->suppressor) : NULL;
    ctf_suppression_init(&c->suppression, settings->wait * 1000, settings->extension * 1000);
}

/* Are all composites among the children of c placed? */
static bool is_ready(const work *w, const composite *c, const bool *placed)
{
    const replay_member *first = w->members + w->config->n_alarms;
    for (size_t i = 0; i < c->n_children; i++)
        if (c->children[i] != NULL && c->children[i] >= first && !placed[c->children[i] - first])
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
    while (ctf_suppression_due(&c->suppression, until, &action))
        act(c, action.time, action.state);
}

/* The child whose change it was: the first that the rule mentions. NULL: none changed. */
static const replay_member *changed_child(const composite *c)
{
    for (size_t i = 0; i < c->n_children; i++)
        if (c->children[i] != NULL && c->children[i]->changed)
            return c->children[i];
    return NULL;
}

/* Keeps what a blob holds, and empties it. */
static const char *keep(work *w, blob *words)
{
    const char *kept = replay_keep_words(w->model, (const char *)words->data, words->length);
    blob_free(words);
    return kept;
}

static void note(work *w, composite *c, const replay_member *own, int64_t time, ctf_state to)
{
    replay_family family = {own, c->settings->rule, c->children, c->n_children, c->created ? changed_child(c) : NULL};
    replay_transition t = {.time = time, .from = own->state, .to = to};
    blob words = {0};
    replay_composite_reason(&family, to, &words);
    t.reason = keep(w, &words);
    replay_composite_data(&family, &words);
    t.reason_data = keep(w, &words);
    replay_composite_decision(&family, to, &words);
    t.decision = keep(w, &words);
    c->transitions = need_more(c->transitions, &c->transition_room, c->n_transitions + 1, sizeof *c->transitions);
    c->transitions[c->n_transitions++] = t;
}

static void enter(work *w, composite *c, replay_member *own, int64_t time, ctf_state to)
{
    note(w, c, own, time, to);
    own->state = to;
    own->since = time;
    own->changed = true;
    if (c->settings->suppressor.length == 0)
        act(c, time, to);
    else
        ctf_suppression_composite(&c->suppression, time, to);
}

/* Evaluates a composite if one of its children changed, or for the first time. */
static void evaluate(work *w, size_t index, int64_t time)
{
    composite *c = &w->composites[index];
    replay_member *own = &w->members[w->config->n_alarms + index];
    if (c->created && changed_child(c) == NULL)
        return;
    for (size_t i = 0; i < c->n_children; i++)
        w->states[i] = c->children[i] != NULL ? c->children[i]->state : CTF_STATE_INSUFFICIENT_DATA;
    ctf_state to = ctf_rule_evaluate(c->settings->rule, w->states);
    if (to != own->state)
        enter(w, c, own, time, to);
    c->created = true;
}

/* What members do at a time is known. What was due is done first. A composite that changes together with its suppressor
 * changes before it (silent): a suppressor that leaves ALARM then holds the action back for its extension. */
static void step(work *w, int64_t time)
{
    size_t n = w->config->n_composites, n_members = w->config->n_alarms + n;
    for (size_t i = 0; i < n; i++)
        settle(&w->composites[i], time);
    for (size_t i = 0; i < w->n_order; i++)
        evaluate(w, w->order[i], time);
    for (size_t i = 0; i < n; i++) {
        composite *c = &w->composites[i];
        if (c->suppressor != NULL && c->suppressor->changed)
            ctf_suppression_suppressor(&c->suppression, time, c->suppressor->state);
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
            replay_member *m = &w->members[w->changes[at].member];
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
