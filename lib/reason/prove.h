/* Proofs while they are made. */
#ifndef CTFI_REASON_PROVE_H
#define CTFI_REASON_PROVE_H

#include <ctfilter/prove.h>

#include "reason/clause.h"
#include "reason/search.h"

/* A pattern that is reasoned about. */
typedef struct ctfi_subject {
    ctfi_bytes text;
    const ctfi_tree *tree;
} ctfi_subject;

/* A message that matches `first` and not `second`; confirmed where the answer is CTFI_YES. *why tells CTFI_UNDECIDED. */
ctfi_answer ctfi_prove_between(ctfi_job *job, const ctfi_subject *first, const ctfi_subject *second, ctfi_bytes *message,
                               const char **why);

/* A message that matches; confirmed. */
ctfi_answer ctfi_prove_some(ctfi_job *job, const ctfi_subject *subject, ctfi_bytes *message, const char **why);

/* Messages that just do not match, each confirmed, for a message that does. */
typedef CTFI_LIST(ctf_miss) ctfi_misses;
void ctfi_prove_misses(ctfi_job *job, const ctfi_subject *subject, ctfi_bytes message, ctfi_misses *out);

/* The same JSON text with every character of its strings as an escape, and `blank` behind its tokens. */
ctfi_bytes ctfi_prove_disguise(ctfi_job *job, ctfi_bytes message, const char *blank);

#endif
