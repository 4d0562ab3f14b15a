/* Times and states of a test file. */
#ifndef CLI_SUITE_TIME_H
#define CLI_SUITE_TIME_H

#include "suite.h"

/* Reads a time: a date, or how long after `start` (90, 90s, 5m, 2h, 1d). Returns false when there is none, or after a
 * refusal; *out is unchanged then. */
bool suite_time_read(suite_reading *r, const json_value *value, int64_t start, int64_t *out);

/* The same for a date alone, without a refusal. */
bool suite_time_absolute(const json_value *value, int64_t *out);

/* A duration in milliseconds, or a number of seconds. */
bool suite_duration_read(suite_reading *r, const json_value *value, int64_t *out);

bool suite_state_read(suite_reading *r, const json_value *value, ctf_state *out);

#endif
