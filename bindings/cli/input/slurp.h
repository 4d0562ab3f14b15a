/* Small files read in one go: patterns, programs, configurations. */
#ifndef CLI_SLURP_H
#define CLI_SLURP_H

#include <stdbool.h>

#include "blob.h"

#define SLURP_MOST 67108864 /* bytes of a file that is kept whole, with a tree beside it */

/* Appends all of a file ("-": standard input) to *out. Returns false after it has told the user; more than 256 MiB is
 * refused, as no device without an end is a file of patterns or a program. */
bool slurp(const char *path, blob *out);

/* The same for at most `most` bytes; more is refused. */
bool slurp_at_most(const char *path, size_t most, blob *out);

#endif
