/* The same events under another configuration, in the same pass: its samples, and the events that make a difference.
 *
 * An event makes one when the filters that match it publish other samples under one configuration than under the other.
 * Default values, which every event publishes that a filter does not match, are no event's. */
#ifndef CLI_REPLAY_TWIN_H
#define CLI_REPLAY_TWIN_H

#include "replay_pile.h"
#include "replay_read.h"

/* One of the two configurations. */
typedef struct replay_way {
    const replay_source *source;
    const cli_config *config;
    ctf_metrics *bare; /* its filters without their default values */
} replay_way;

typedef struct replay_twin {
    replay_way ways[2]; /* the one that is replayed, the other */
    ctf_series *series; /* of the other */
    uint64_t matches;   /* messages that a filter of the other matched */
    replay_pile pile;
} replay_twin;

/* Begins with ways[].source and .config set. Returns false after it has told the user; the twin needs
 * replay_twin_free either way. */
bool replay_twin_init(replay_twin *twin, size_t most_events);
void replay_twin_free(replay_twin *twin);

/* What one thread gathers for it. */
typedef struct replay_twin_share replay_twin_share;
replay_twin_share *replay_twin_begin(replay_twin *twin, const match_worker *worker);

/* Shows a message with a time; `hits` are those of the configuration that is replayed. */
ctf_status replay_twin_take(replay_twin_share *share, const match_worker *worker, const match_message *message,
                            const ctf_hits *hits, const ctf_log_event *event);

/* Hands all over to the twin, while nobody else does. */
ctf_status replay_twin_leave(replay_twin_share *share);

#endif
