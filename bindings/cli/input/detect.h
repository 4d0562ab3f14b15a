/* What an input is, told from its beginning.
 *
 * The first value decides how the input is cut up: into lines, events, or documents that wrap messages,
 * of which each is then looked at by itself. Only its top-level keys are looked at, in any order, and its values are passed over, not
 * read. An array is what its first element is. Plain text that happens to start with a bracket is
 * lines: as soon as something stands where no JSON could, the input is lines. */
#ifndef CLI_DETECT_H
#define CLI_DETECT_H

#include <stdbool.h>
#include <stddef.h>

#include "skip.h"

/* The work so far; {0} at the start of an input. */
typedef struct detector {
    int stage;
    size_t at;
    size_t object; /* where the first object begins */
    size_t key;    /* where the key at hand begins */
    size_t key_end;
    bool in_array;
    bool detail;      /* "detail" with an object was seen */
    bool detail_type; /* "detail-type" with a string was seen */
    skip skip;
} detector;

/* Looks at the input's beginning, which starts where it did in the last call and may have grown;
 * `final` when it is all there is. Returns true and the kind (INPUT_CLOUDTRAIL to INPUT_LINES of
 * commands.h), or false when more is needed. Each byte is looked at once over all calls. */
bool detect(detector *d, const unsigned char *data, size_t length, bool final, int *kind);

/* How many bytes of a byte order mark the data starts with: 3 or 0. */
size_t detect_mark(const unsigned char *data, size_t length);

#endif
