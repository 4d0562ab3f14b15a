/* Times and durations as a command line and reports write them. Milliseconds; UTC. */
#ifndef CLI_REPLAY_TIME_H
#define CLI_REPLAY_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "blob.h"

/* Messages are of the years 1970 to 9999. */
#define REPLAY_EARLIEST INT64_C(0)
#define REPLAY_LATEST INT64_C(253402300800000) /* the first ms of the year 10000 */

/* Reads an RFC 3339 time or a date, of those years. */
bool replay_time_read(const char *text, int64_t *time);

/* Reads 90, 90s, 5m, 2h or 1d: at most ten years. */
bool replay_duration_read(const char *text, int64_t *milliseconds);

/* Appends 2024-01-15T10:00:00Z. */
void replay_time_append(blob *out, int64_t time);

/* Appends a duration in its largest whole unit: 5 min, 90 s, 2 h, 1 d. */
void replay_duration_append(blob *out, int64_t milliseconds);

#endif
