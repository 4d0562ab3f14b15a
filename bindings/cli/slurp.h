/* Small files read in one go: patterns, programs. */
#ifndef CLI_SLURP_H
#define CLI_SLURP_H

#include <stdbool.h>

#include "blob.h"

/* Appends all of a file ("-": standard input) to *out. Returns false after it has told the user. */
bool slurp(const char *path, blob *out);

#endif
