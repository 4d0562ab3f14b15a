#include "replay_against.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

/* ---- alarms ---- */

/* An alarm of either side, on its way to a pair. */
typedef struct entry {
    ctf_text name;
    size_t side;
    size_t order;
    replay_alarm_view view;
} entry;

typedef struct entries {
    entry *at;
    size_t n, room;
} entries;

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    size_t n = a->name.length < b->name.length ? a->name.length : b->name.length;
    int order = n == 0 ? 0 : memcmp(a->name.data, b->name.data, n);
    if (order == 0)
        order = (a->name.length > b->name.length) - (a->name.length < b->name.length);
    if (order == 0)
        order = (a->side > b->side) - (a->side < b->side);
    return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static void add_entry(entries *all, ctf_text name, size_t side, replay_alarm_view view)
{
    view.there = true;
    for (size_t i = 0; i < view.n_transitions; i++)
        view.alarms += view.transitions[i].to == CTF_STATE_ALARM;
    for (size_t i = 0; i < view.n_bands; i++)
        if (view.bands[i].state == CTF_STATE_ALARM)
            view.in_alarm += view.bands[i].to - view.bands[i].from;
    all->at = need_more(all->at, &all->room, all->n + 1, sizeof *all->at);
    all->at[all->n] = (entry){name, side, all->n, view};
    all->n++;
}

static void add_alarms(entries *all, const replay_model *model, size_t side)
{
    for (size_t i = 0; i < model->n_alarms; i++) {
        const replay_alarm *a = &model->alarms[i];
        add_entry(all, a->settings->input.alarm_name, side,
                  (replay_alarm_view){.transitions = a->transitions, .n_transitions = a->n_transitions,
                                      .bands = a->bands, .n_bands = a->n_bands});
    }
    for (size_t i = 0; i < model->n_composites; i++) {
        const replay_composite *c = &model->composites[i];
        add_entry(all, c->settings->name, side,
                  (replay_alarm_view){.transitions = c->transitions, .n_transitions = c->n_transitions,
                                      .bands = c->bands, .n_bands = c->n_bands});
    }
}

static bool alike(const replay_transition *a, const replay_transition *b)
{
    return a->time == b->time && a->from == b->from && a->to == b->to;
}

/* Marks the transitions that both have; both lists ascend in time, and an alarm changes once at a time. */
static void share_transitions(replay_model *model, replay_alarm_pair *pair)
{
    replay_alarm_view *views = pair->views;
    bool *shared[2];
    for (size_t i = 0; i < 2; i++)
        views[i].shared = shared[i] = replay_keep(model, need(views[i].n_transitions, sizeof(bool)));
    size_t common = 0;
    for (size_t a = 0, b = 0; a < views[0].n_transitions && b < views[1].n_transitions;) {
        const replay_transition *one = &views[0].transitions[a], *other = &views[1].transitions[b];
        if (alike(one, other)) {
            shared[0][a] = shared[1][b] = true;
            common++;
        }
        a += one->time <= other->time;
        b += other->time <= one->time;
    }
    pair->same = views[0].there && views[1].there && common == views[0].n_transitions && common == views[1].n_transitions;
}

static bool same_name(const entry *a, const entry *b)
{
    return a->name.length == b->name.length &&
           (a->name.length == 0 || memcmp(a->name.data, b->name.data, a->name.length) == 0);
}

/* Joins the first alarm of a name that one side has with the first that the other has. */
static void pair_alarms(replay_model *model, const entries *all, replay_difference *out)
{
    replay_alarm_pair *pairs = replay_keep(model, need(all->n, sizeof *pairs));
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const entry *e = &all->at[i];
        bool joins = i > 0 && same_name(&all->at[i - 1], e) && !pairs[n - 1].views[e->side].there;
        replay_alarm_pair *pair = &pairs[joins ? n - 1 : n++];
        pair->name = e->name;
        pair->views[e->side] = e->view;
    }
    for (size_t i = 0; i < n; i++) {
        share_transitions(model, &pairs[i]);
        out->any = out->any || !pairs[i].same;
    }
    out->alarms = pairs;
    out->n_alarms = n;
}

static void compare_alarms(replay_side *side, const replay_side *other, replay_difference *out)
{
    entries all = {0};
    add_alarms(&all, &side->model, 0);
    add_alarms(&all, &other->model, 1);
    if (all.n > 0)
        qsort(all.at, all.n, sizeof *all.at, compare_entries);
    pair_alarms(&side->model, &all, out);
    free(all.at);
}

/* ---- metrics ---- */

static replay_metric_view view_metric(const ctf_series *series, const ctf_metric *metric)
{
    size_t index;
    if (ctf_series_find(series, metric, &index) != CTF_OK)
        return (replay_metric_view){0, 0, 0, 0};
    const ctf_datapoint sum = replay_all_time(series, index, CTF_SUM);
    return (replay_metric_view){sum.sample_count, sum.value, replay_all_time(series, index, CTF_MINIMUM).value,
                                replay_all_time(series, index, CTF_MAXIMUM).value};
}

static bool same_metric(const replay_metric_view *a, const replay_metric_view *b)
{
    return a->samples == b->samples && !(a->sum < b->sum || a->sum > b->sum) &&
           !(a->minimum < b->minimum || a->minimum > b->minimum) &&
           !(a->maximum < b->maximum || a->maximum > b->maximum);
}

static void compare_metrics(replay_side *side, const ctf_series *series, const replay_side *other,
                            const ctf_series *others, replay_difference *out)
{
    const replay_model *models[] = {&side->model, &other->model};
    size_t most = models[0]->n_metrics + models[1]->n_metrics;
    replay_metric_pair *pairs = replay_keep(&side->model, need(most, sizeof *pairs));
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < models[s]->n_metrics; i++) {
            replay_metric_pair *pair = &pairs[out->n_metrics];
            const ctf_metric *metric = &models[s]->metrics[i].metric;
            *pair = (replay_metric_pair){.metric = *metric, .views = {view_metric(series, metric), view_metric(others, metric)}};
            pair->same = same_metric(&pair->views[0], &pair->views[1]);
            out->any = out->any || !pair->same;
            out->n_metrics += s == 0 || pair->views[0].samples == 0;
        }
    out->metrics = pairs;
}

/* ---- all of it ---- */

void replay_against(replay_side *side, const ctf_series *series, const replay_side *other, replay_twin *twin,
                    replay_difference *out)
{
    *out = (replay_difference){.sides = {side, other}, .matches = {side->model.totals.matches, twin->matches}};
    compare_alarms(side, other, out);
    compare_metrics(side, series, other, twin->series, out);
    out->events = replay_pile_sort(&twin->pile, &side->model);
    out->n_events = twin->pile.n;
    out->n_events_all = twin->pile.n_all;
    out->any = out->any || out->n_events_all > 0;
}
