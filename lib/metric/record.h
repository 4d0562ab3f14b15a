/* The door for those who know a metric's identity and when its samples are: nothing is checked or hashed for
 * each sample. */
#ifndef CTFI_METRIC_RECORD_H
#define CTFI_METRIC_RECORD_H

#include "metric/identity.h"

/* Where samples of a time belong (key.h); false beyond CTF_TIME_MAX. */
bool ctfi_series_key(const ctf_series *series, int64_t timestamp, int64_t arrival, uint64_t *key);

/* The same of an event's samples, which stand in its minute whatever the resolution (spec: metrics-alarms 1.2.5). */
bool ctfi_series_event_key(const ctf_series *series, const ctf_log_event *event, uint64_t *key);

/* ctf_series_add; the identity is complete, its hash set, value and count are valid. */
ctf_status ctfi_series_record(ctf_series *series, const ctfi_identity *identity, uint64_t key, double value,
                              uint64_t count);

/* Counts a match without a usable value. */
ctf_status ctfi_series_skip(ctf_series *series);

#endif
