#include "replay_read.h"

#include <stdlib.h>

#include "base/time.h"
#include "diag.h"
#include "match_crew.h"
#include "replay_record.h"
#include "replay_samples.h"
#include "replay_time.h"
#include "replay_twin.h"

/* What one thread gathers. */
typedef struct share {
    replay_samples samples;
    replay_twin_share *twin; /* NULL: there is no other configuration */
    replay_totals totals;
} share;

/* What all threads gather for. */
typedef struct gathering {
    const replay_source *source;
    replay_events *events;
    replay_twin *twin;
} gathering;

static void widen(replay_span *span, int64_t first, int64_t last)
{
    if (first < span->first)
        span->first = first;
    if (last > span->last)
        span->last = last;
}

static void begin(match_worker *worker)
{
    const gathering *all = worker->run->context;
    if (worker->context != NULL)
        return;
    share *own = need(1, sizeof *own);
    replay_samples_begin(&own->samples, all->source->metrics, &all->source->series);
    if (all->twin != NULL)
        own->twin = replay_twin_begin(all->twin, worker);
    worker->context = own;
}

static void end(match_worker *worker)
{
    (void)worker;
}

static bool read_time(ctf_text text, int64_t *time)
{
    return text.length > 0 && ctfi_time_read((ctfi_bytes){(const unsigned char *)text.data, text.length}, time);
}

uint64_t *replay_when(const replay_source *source, const match_worker *worker, const match_message *message,
                      ctf_hits *hits, ctf_log_event *event, replay_totals *totals)
{
    replay_record record = replay_record_read(worker->filter, source->n_filters, hits);
    *event = (ctf_log_event){.timestamp = message->timestamp, .account = record.account, .region = record.region};
    if (!message->timed && !read_time(record.time, &event->timestamp) && !read_time(message->time, &event->timestamp))
        return &totals->timeless;
    if (event->timestamp < REPLAY_EARLIEST || event->timestamp >= REPLAY_LATEST)
        return &totals->outside;
    event->arrival = source->plan->delay > 0 ? event->timestamp + source->plan->delay : CTF_ON_TIME;
    if (event->account.length == 0)
        event->account = source->plan->account;
    if (event->region.length == 0)
        event->region = source->plan->region;
    return NULL;
}

static bool give_up(match_worker *worker, ctf_status status)
{
    match_complain(worker, status == CTF_E_NOMEM ? "out of memory" : "its samples are too many to count");
    atomic_store(&worker->run->stop, true);
    worker->enough = true;
    return false;
}

static bool gather(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    const gathering *all = worker->run->context;
    share *own = worker->context;
    ctf_log_event event;
    ctf_hits published = *hits;
    replay_file *file = &all->events->files[worker->order];
    own->totals.events++;
    uint64_t *why_not = replay_when(all->source, worker, message, &published, &event, &own->totals);
    own->totals.matches += published.n > 0;
    if (why_not != NULL) {
        ++*why_not;
        file->left_out++;
        return true;
    }
    widen(&file->span, event.timestamp, event.timestamp);
    ctf_status status = replay_samples_add(&own->samples, worker->filter, &published, &event);
    if (status == CTF_OK && own->twin != NULL)
        status = replay_twin_take(own->twin, worker, message, &published, &event);
    if (status != CTF_OK)
        return give_up(worker, status);
    return !atomic_load(&worker->run->stop);
}

static bool take(match_worker *worker, const match_message *message, const ctf_hits *hits)
{
    bool more = gather(worker, message, hits);
    worker->index++;
    return more;
}

static void leave(match_worker *worker)
{
    const gathering *all = worker->run->context;
    replay_totals *sum = &all->events->totals;
    share *own = worker->context;
    sum->files += worker->stats.inputs;
    sum->bytes += worker->stats.bytes;
    if (own == NULL)
        return;
    sum->events += own->totals.events;
    sum->matches += own->totals.matches;
    sum->timeless += own->totals.timeless;
    sum->outside += own->totals.outside;
    ctf_status status = replay_samples_end(&own->samples, all->events->series);
    if (own->twin != NULL && status == CTF_OK)
        status = replay_twin_leave(own->twin);
    if (status != CTF_OK)
        give_up(worker, status);
    free(own);
}

static void count_samples(replay_events *events)
{
    ctf_series_info info;
    ctf_series_describe(events->series, &info);
    events->totals.samples = info.samples;
    events->totals.skipped = info.skipped;
    events->totals.dropped = info.dropped;
}

bool replay_read(const replay_source *source, replay_twin *twin, const match_plan *reading,
                 const path_list *paths, replay_events *out)
{
    static const match_sink sink = {begin, end, take, leave};
    gathering all = {source, out, twin};
    match_run run = {.plan = reading, .sink = &sink, .context = &all, .paths = paths};
    *out = (replay_events){.span = {INT64_MAX, INT64_MIN}, .files = need(paths->n, sizeof *out->files)};
    for (size_t i = 0; i < paths->n; i++)
        out->files[i].span = out->span;
    if (ctf_series_new(&source->series, &out->series) != CTF_OK)
        need_failed();
    bool good = match_crew_run(&run);
    for (size_t i = 0; i < paths->n; i++)
        widen(&out->span, out->files[i].span.first, out->files[i].span.last);
    count_samples(out);
    return good;
}

void replay_events_free(replay_events *events)
{
    ctf_series_free(events->series);
    free(events->files);
    *events = (replay_events){0};
}
