/* What a typist meant. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

/* Of the n names, the one a typist most likely meant by `word`; NULL when none is near. */
const char *nearest(const char *word, const char *const *names, size_t n);

#endif
