/* Series in a line, in the manner of Prometheus' promtool: values one period apart.
 *
 *   5        one value
 *   _        one that is missing
 *   _x3      three that are missing
 *   1x5      1 and five more of it
 *   1+2x3    1 and three more, each 2 more than the one before: 1 3 5 7; likewise 9-2x3 */
#ifndef CLI_SUITE_NOTATION_H
#define CLI_SUITE_NOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/error.h>
#include <ctfilter/types.h>

#define SUITE_VALUES 1000000u /* that the series of a file may have in all */

/* Values as they are spelled out; NaN: missing. Starts as {0}; the caller frees `values`. */
typedef struct suite_notation {
    double *values;
    size_t n, room;
} suite_notation;

/* Appends what the text stands for, which may be `most` values. Returns false with the place in *error. */
bool suite_notation_read(ctf_text text, size_t most, suite_notation *out, ctf_error *error);

#endif
