/* Regular expressions of the service's subset, parsed (spec: filter-patterns 4).
 *
 * The subset has no groups, so an expression is branches of atoms in a row, each atom a set of
 * characters with a count. Anchors are resolved here: an atom that can only match nothing because of
 * a ^ behind it or a $ before it is gone, and a branch that can never match is dropped. */
#ifndef CTFI_PATTERN_REGEX_H
#define CTFI_PATTERN_REGEX_H

#include "base/bytes.h"
#include "base/job.h"

#define CTFI_REGEX_FOREVER UINT32_MAX
#define CTFI_REGEX_MAX_REPEAT 1000u     /* the largest m or n of {m,n}, as in RE2 */
#define CTFI_REGEX_MAX_POSITIONS 10000u /* of one expression, counts written out */

/* A set of code points: bits for U+0000..U+00FF and one for everything above, taken together. */
typedef struct ctfi_charset {
    uint64_t low[4];
    bool high;
} ctfi_charset;

typedef struct ctfi_atom {
    ctfi_span span;  /* in the pattern text, quantifier included */
    ctfi_charset set;
    uint32_t min;
    uint32_t max;    /* CTFI_REGEX_FOREVER: no bound; max >= 1, max >= min */
} ctfi_atom;

typedef struct ctfi_branch {
    const ctfi_atom *atoms;
    uint32_t n_atoms;
    bool at_start; /* anchored by ^ */
    bool at_end;   /* anchored by $ */
} ctfi_branch;

typedef struct ctfi_regex {
    const ctfi_branch *branches; /* none: it never matches */
    uint32_t n_branches;
    uint32_t n_positions; /* atoms with counts written out, over all branches */
} ctfi_regex;

/* Parses what stands between the percent signs; `at` is its place in the pattern, for spans. The
 * characters are the allowed ones already (the lexers refuse the others). Leaves through the job with
 * CTF_ERROR_REGEX or CTF_ERROR_LIMIT. */
const ctfi_regex *ctfi_regex_parse(ctfi_job *job, ctfi_bytes text, uint32_t at);

#endif
