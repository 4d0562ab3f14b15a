/* Paths in a test file: from the directory that it is in. */
#ifndef CLI_SUITE_PATH_H
#define CLI_SUITE_PATH_H

#include "suite.h"

/* Reads a list of paths, or one; stores them as they are to be opened and returns how many there are. */
size_t suite_paths(suite_reading *r, const json_value *value, suite_message **out);

#endif
