/* A regular expression as places to stand at: each copy of an atom that a character may pass, and the end of each branch.
 * A match is a walk along them. */
#ifndef CTFI_REASON_STANDS_H
#define CTFI_REASON_STANDS_H

#include "pattern/charset.h"

typedef struct ctfi_stand {
    const ctfi_charset *set; /* NULL: a branch ends here */
    bool optional;           /* one may go on without a character */
    bool repeats;            /* one may stay with a character */
    bool at_end;             /* of an end: only at the text's */
} ctfi_stand;

typedef struct ctfi_stands {
    const ctfi_stand *at;
    size_t n;
    const uint32_t *starts; /* of branches that begin anywhere */
    size_t n_starts;
    const uint32_t *first;  /* of branches that ^ holds at the text's start */
    size_t n_first;
} ctfi_stands;

ctfi_stands ctfi_stands_of(ctfi_job *job, const ctfi_regex *regex);

#endif
