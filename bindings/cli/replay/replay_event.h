/* What a report tells of an event. */
#ifndef CLI_REPLAY_EVENT_H
#define CLI_REPLAY_EVENT_H

#include "match_worker.h"
#include "replay_model.h"

/* The extractor that the worker's plan must have. NULL after the user was told. */
ctf_filter *replay_event_extractor(void);

/* What the message at hand is; its texts live until the worker goes on. */
replay_event replay_event_read(const match_worker *worker, const match_message *message, int64_t time);

#endif
