/* Records of CloudTrail that are believable by themselves: calls with the service that they belong to, and who made them. */
#ifndef CLI_SAMPLE_EVENT_H
#define CLI_SAMPLE_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "json_out.h"

typedef struct sample_event {
    const char *name;
    const char *service; /* before .amazonaws.com */
    bool reads;
} sample_event;

extern const sample_event sample_events[];
extern const size_t sample_event_count;

/* Who made a call; the value of userIdentity.type. */
extern const char *const sample_identities[];
extern const size_t sample_identity_count;

/* Writes the record of a call by an identity; a login of which `fails` failed. */
void sample_event_write(const sample_event *event, size_t identity, bool fails, json_out *out);

#endif
