/* The first pass over the events: their samples, when they were, what was read. */
#ifndef CLI_REPLAY_READ_H
#define CLI_REPLAY_READ_H

#include <stdbool.h>

#include <ctfilter/metric.h>

#include "match_worker.h"
#include "replay_model.h"
#include "replay_plan.h"

/* From the earliest event to the latest; first > last where there is none. */
typedef struct replay_span {
    int64_t first, last;
} replay_span;

/* What is known of a file after the first pass. */
typedef struct replay_file {
    replay_span span;
    uint64_t left_out; /* messages without a time, or of an impossible one */
} replay_file;

/* What reading needs besides inputs. */
typedef struct replay_source {
    const replay_plan *plan;
    const ctf_metrics *metrics; /* of replay_record_compile */
    size_t n_filters;
    ctf_series_options series; /* for each thread's series */
} replay_source;

/* What the events come to: a function of the events alone, whatever files they stand in and in
 * whatever order these were read. */
typedef struct replay_events {
    ctf_series *series;
    replay_span span;
    replay_file *files; /* one for each path */
    replay_totals totals;
} replay_events;

struct replay_twin;

/* Reads all paths. `reading` is the plan of reading (match_plan.h); `twin` is another configuration that is shown the same
 * events (replay_twin.h), or NULL. Returns false when something was complained of; the rest has been read. */
bool replay_read(const replay_source *source, struct replay_twin *twin, const match_plan *reading,
                 const path_list *paths, replay_events *out);
void replay_events_free(replay_events *events);

/* When the worker's last message was and whose it is; takes the hit that tells (replay_record.h) out of the
 * hits. Both passes ask here. Returns NULL, or the counter of `totals` that says why it is left out. */
uint64_t *replay_when(const replay_source *source, const match_worker *worker, const match_message *message,
                      ctf_hits *hits, ctf_log_event *event, replay_totals *totals);

#endif
