#include "replay_twin.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "replay_event.h"
#include "replay_record.h"
#include "replay_samples.h"

struct replay_twin_share {
    replay_twin *twin;
    ctf_scratch *scratch; /* of the other configuration */
    replay_samples samples;
    uint64_t matches;
    replay_pile pile;
    blob saved[2], names[2]; /* working room */
};

/* A message under one configuration. */
typedef struct sight {
    const replay_way *way;
    const ctf_scratch *scratch;
    const ctf_hits *hits;
} sight;

bool replay_twin_init(replay_twin *twin, size_t most_events)
{
    twin->pile.most = most_events;
    for (size_t i = 0; i < 2; i++) {
        twin->ways[i].bare = replay_record_compile_bare(twin->ways[i].config);
        if (twin->ways[i].bare == NULL)
            return false;
    }
    if (ctf_series_new(&twin->ways[1].source->series, &twin->series) != CTF_OK)
        need_failed();
    return true;
}

void replay_twin_free(replay_twin *twin)
{
    for (size_t i = 0; i < 2; i++)
        ctf_metrics_free(twin->ways[i].bare);
    ctf_series_free(twin->series);
}

replay_twin_share *replay_twin_begin(replay_twin *twin, const match_worker *worker)
{
    const replay_source *other = twin->ways[1].source;
    replay_twin_share *share = need(1, sizeof *share);
    share->twin = twin;
    share->pile.most = twin->pile.most;
    replay_samples_begin(&share->samples, other->metrics, &other->series);
    if (ctf_scratch_new(ctf_metrics_filter(other->metrics), &worker->plan->reader, &share->scratch) != CTF_OK)
        need_failed();
    return share;
}

/* ---- does it make a difference? ---- */

static int append(void *context, const char *data, size_t length)
{
    blob_append(context, data, length);
    return 0;
}

/* What the message's hits publish, as bytes that are equal where the samples are. */
static void publish(const sight *s, const ctf_log_event *event, blob *out)
{
    ctf_series *series;
    out->length = 0;
    if (ctf_series_new(NULL, &series) != CTF_OK ||
        ctf_metrics_record(s->way->bare, s->scratch, s->hits, event, series) == CTF_E_NOMEM ||
        ctf_series_save(series, append, out) != CTF_OK)
        need_failed();
    ctf_series_free(series);
}

static bool same_blobs(const blob *a, const blob *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static bool same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Do filters of the same name publish alike? */
static bool alike(const ctf_metric_filter *a, const ctf_metric_filter *b)
{
    return same(a->filter_name, b->filter_name) && same(a->metric_namespace, b->metric_namespace) &&
           same(a->metric_name, b->metric_name) && same(a->metric_value, b->metric_value) &&
           a->n_dimensions == b->n_dimensions;
}

static const ctf_metric_filter *filter_at(const sight *s, size_t hit)
{
    return &s->way->config->filters[s->hits->patterns[hit]];
}

static bool matched(const sight *s, const ctf_metric_filter *filter)
{
    for (size_t i = 0; i < s->hits->n; i++)
        if (alike(filter_at(s, i), filter))
            return true;
    return false;
}

/* Names the filters that matched here and not there; all of them where `there` is NULL. */
static void name_filters(const sight *here, const sight *there, blob *out)
{
    for (size_t i = 0; i < here->hits->n; i++) {
        const ctf_metric_filter *filter = filter_at(here, i);
        if (there != NULL && matched(there, filter))
            continue;
        ctf_text name = filter->filter_name.length > 0 ? filter->filter_name : filter->metric_name;
        blob_append(out, name.data, name.length);
        blob_append_byte(out, '\0');
    }
}

static void add(replay_twin_share *share, const match_worker *worker, const match_message *message,
                const sight sights[2], int64_t time)
{
    replay_event event = replay_event_read(worker, message, time);
    blob *names = share->names;
    names[0].length = names[1].length = 0;
    name_filters(&sights[0], &sights[1], &names[0]);
    name_filters(&sights[1], &sights[0], &names[1]);
    if (names[0].length + names[1].length == 0) {
        name_filters(&sights[0], NULL, &names[0]);
        name_filters(&sights[1], NULL, &names[1]);
    }
    for (size_t i = 0; i < 2; i++)
        event.filters[i] = (ctf_text){(const char *)names[i].data, names[i].length};
    replay_pile_add(&share->pile, &event);
}

/* ---- messages ---- */

ctf_status replay_twin_take(replay_twin_share *share, const match_worker *worker, const match_message *message,
                            const ctf_hits *hits, const ctf_log_event *event)
{
    const replay_way *ways = share->twin->ways;
    ctf_hits others;
    ctf_status status = ctf_match(share->scratch, message->text.data, message->text.length, &others);
    if (status != CTF_OK)
        return status;
    replay_record_read(share->scratch, ways[1].source->n_filters, &others);
    share->matches += others.n > 0;
    status = replay_samples_add(&share->samples, share->scratch, &others, event);
    if (status != CTF_OK || hits->n + others.n == 0)
        return status;
    const sight sights[2] = {{&ways[0], worker->filter, hits}, {&ways[1], share->scratch, &others}};
    for (size_t i = 0; i < 2; i++)
        publish(&sights[i], event, &share->saved[i]);
    if (!same_blobs(&share->saved[0], &share->saved[1]))
        add(share, worker, message, sights, event->timestamp);
    return CTF_OK;
}

ctf_status replay_twin_leave(replay_twin_share *share)
{
    replay_twin *twin = share->twin;
    twin->matches += share->matches;
    replay_pile_merge(&twin->pile, &share->pile);
    ctf_status status = replay_samples_end(&share->samples, twin->series);
    ctf_scratch_free(share->scratch);
    for (size_t i = 0; i < 2; i++) {
        blob_free(&share->saved[i]);
        blob_free(&share->names[i]);
    }
    free(share);
    return status;
}
