/* Sets of characters in a regular expression: escapes, classes, the dot (spec: filter-patterns 4). */
#ifndef CTFI_PATTERN_CHARSET_H
#define CTFI_PATTERN_CHARSET_H

#include "pattern/regex.h"

#define CTFI_REGEX_REFUSED "Failed to compile regular expression."

/* Ends the run with CTF_ERROR_REGEX. */
_Noreturn void ctfi_charset_refuse(ctfi_job *job, ctfi_span span, const char *what);

/* Adds the code points first..last (both below 256). */
void ctfi_charset_add(ctfi_charset *set, unsigned first, unsigned last);

static inline bool ctfi_charset_has(const ctfi_charset *set, unsigned point)
{
    return point < 256 ? (set->low[point / 64] >> (point % 64) & 1) != 0 : set->high;
}

/* Every character but the newline. */
ctfi_charset ctfi_charset_dot(void);

/* Reads the escape whose backslash is at text[*next] and moves behind it; `at` is the text's place in
 * the pattern. *single (may be NULL): the code point it stands for, or -1 when it is a set such as \d. */
ctfi_charset ctfi_charset_escape(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next, int *single);

/* Reads the class whose [ is at text[*next] and moves behind its ]. */
ctfi_charset ctfi_charset_class(ctfi_job *job, ctfi_bytes text, uint32_t at, size_t *next);

#endif
