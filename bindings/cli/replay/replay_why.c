#include "replay_why.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "diag.h"
#include "match_crew.h"
#include "replay_event.h"
#include "replay_pile.h"

/* Every breach of every alarm has a pile; those of alarm i start at first[i]. */
typedef struct search {
    const replay_source *source;
    replay_model *model;
    const path_list *paths; /* those that are read again */
    size_t *first;
    size_t n_piles;
    replay_pile *piles; /* of all threads */
} search;

/* ---- the search ---- */

/* How many breaches of an alarm begin at or before a time. */
static size_t breaches_until(const replay_alarm *alarm, int64_t time)
{
    size_t low = 0, high = alarm->n_breaches;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (alarm->breaches[middle].from <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The breach of an alarm that a time lies in; SIZE_MAX: none. */
static size_t breach_at(const replay_alarm *alarm, int64_t time)
{
    size_t n = breaches_until(alarm, time);
    return n > 0 && time < alarm->breaches[n - 1].to ? n - 1 : SIZE_MAX;
}

static bool same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Does one of the filters that match publish to a metric of the alarm's name? */
static bool concerns(const search *s, const ctf_hits *hits, const ctf_metric *metric)
{
    const cli_config *config = s->model->config;
    for (size_t i = 0; i < hits->n; i++)
        if (hits->patterns[i] < config->n_filters &&
            same(config->filters[hits->patterns[i]].metric_name, metric->name) &&
            same(config->filters[hits->patterns[i]].metric_namespace, metric->name_space))
            return true;
    return false;
}

/* The samples of the message alone. */
static ctf_series *samples_of(const search *s, const match_worker *worker, const ctf_hits *hits,
                              const ctf_log_event *event)
{
    ctf_series *series;
    if (ctf_series_new(&s->source->series, &series) != CTF_OK ||
        ctf_metrics_record(s->source->metrics, worker->filter, hits, event, series) == CTF_E_NOMEM)
        need_failed();
    return series;
}

static void begin(match_worker *worker)
{
    const search *s = worker->run->context;
    if (worker->context == NULL)
        worker->context = need(s->n_piles, sizeof(replay_pile));
}

static void end(match_worker *worker)
{
    (void)worker;
}

static void add(replay_pile *pile, const match_worker *worker, const match_message *message, int64_t time)
{
    replay_event event = replay_event_read(worker, message, time);
    replay_pile_add(pile, &event);
}

static bool take(match_worker *worker, const match_message *message, const ctf_hits *all)
{
    const search *s = worker->run->context;
    replay_pile *piles = worker->context;
    replay_totals ignored;
    ctf_log_event event;
    ctf_series *series = NULL;
    size_t index;
    ctf_hits hits = *all;
    bool timed = replay_when(s->source, worker, message, &hits, &event, &ignored) == NULL;
    for (size_t i = 0; i < s->model->n_alarms && timed && hits.n > 0; i++) {
        const replay_alarm *alarm = &s->model->alarms[i];
        const ctf_metric *metric = &alarm->settings->alarm.metric;
        size_t breach = breach_at(alarm, ctfi_floor_to(event.timestamp, CTFI_MINUTE));
        if (breach >= REPLAY_MOST_BREACHES || !concerns(s, &hits, metric))
            continue;
        if (series == NULL)
            series = samples_of(s, worker, &hits, &event);
        if (ctf_series_find(series, metric, &index) == CTF_OK)
            add(&piles[s->first[i] + breach], worker, message, event.timestamp);
    }
    ctf_series_free(series);
    worker->index++;
    return true;
}

static void leave(match_worker *worker)
{
    const search *s = worker->run->context;
    replay_pile *own = worker->context;
    for (size_t i = 0; i < s->n_piles && own != NULL; i++)
        replay_pile_merge(&s->piles[i], &own[i]);
    free(own);
}

/* Hands the piles over to the breaches. */
static void settle(search *s)
{
    for (size_t i = 0; i < s->model->n_alarms; i++)
        for (size_t k = 0; k < s->model->alarms[i].n_breaches && k < REPLAY_MOST_BREACHES; k++) {
            replay_breach *breach = &s->model->alarms[i].breaches[k];
            replay_pile *pile = &s->piles[s->first[i] + k];
            breach->events = replay_pile_sort(pile, s->model);
            breach->n_events = pile->n;
            breach->n_all = pile->n_all;
        }
}

/* Does a file have events in some breach? Samples stand in the minute of their event. */
static bool overlaps(const replay_model *model, const replay_span *span)
{
    for (size_t i = 0; i < model->n_alarms && span->first <= span->last; i++) {
        size_t n = breaches_until(&model->alarms[i], span->last);
        if (n > 0 && model->alarms[i].breaches[n - 1].to > ctfi_floor_to(span->first, CTFI_MINUTE))
            return true;
    }
    return false;
}

static void count_piles(search *s)
{
    s->first = need(s->model->n_alarms, sizeof *s->first);
    for (size_t i = 0; i < s->model->n_alarms; i++) {
        size_t n = s->model->alarms[i].n_breaches;
        s->first[i] = s->n_piles;
        s->n_piles += n < REPLAY_MOST_BREACHES ? n : REPLAY_MOST_BREACHES;
    }
    s->piles = need(s->n_piles, sizeof *s->piles);
}

bool replay_why(const replay_source *source, const match_plan *reading, const path_list *paths,
                const replay_events *read, replay_model *model)
{
    static const match_sink sink = {begin, end, take, leave};
    search s = {.source = source, .model = model};
    match_plan again = *reading;
    path_list few = {.paths = need(paths->n, sizeof *few.paths)};
    count_piles(&s);
    for (size_t i = 0; i < paths->n; i++)
        if (overlaps(model, &read->files[i].span))
            few.paths[few.n++] = paths->paths[i];
    again.extractor = replay_event_extractor();
    match_run run = {.plan = &again, .sink = &sink, .context = &s, .paths = &few};
    bool good = again.extractor != NULL && match_crew_run(&run);
    settle(&s);
    ctf_filter_free(again.extractor);
    free(few.paths);
    free(s.first);
    free(s.piles);
    return good;
}
