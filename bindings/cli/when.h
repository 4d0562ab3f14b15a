/* The times that events carry as text. */
#ifndef CLI_WHEN_H
#define CLI_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include <ctfilter/types.h>

/* Reads an eventTime: YYYY-MM-DDTHH:MM:SS, perhaps a fraction, then Z or +hh:mm or -hh:mm. Stores
 * milliseconds since 1970-01-01T00:00:00Z (digits beyond are cut off). Returns false for anything else.
 * Second 60 counts as the first of the next minute. */
bool when_read(ctf_text text, int64_t *milliseconds);

#endif
