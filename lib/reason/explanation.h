/* An explanation while it is made; the public header tells what its parts mean.
 *
 * Made in one job: parse, put the tree into a row, ask the matcher of the whole and of each test, look up what each
 * test saw, choose the decisive tests, then the hints. The arena is the explanation's for its life. */
#ifndef CTFI_REASON_EXPLANATION_H
#define CTFI_REASON_EXPLANATION_H

#include <ctfilter/explain.h>

#include "program/list.h"
#include "reason/clause.h"
#include "reason/json.h"

/* What one clause comes to. */
typedef struct ctfi_finding {
    ctf_clause shown;
    CTFI_LIST(ctf_seen) seen;
    ctfi_selection selection; /* JSON */
    ctfi_bytes piece;         /* space-delimited: the field */
} ctfi_finding;

struct ctf_explanation {
    ctf_allocator allocator;
    ctfi_arena arena;
    ctf_explanation_info info;
    ctfi_job *job; /* while it is made */
    const ctfi_tree *tree;
    ctfi_clauses clauses;
    ctfi_finding *findings; /* one a clause */
    bool judged;
    ctfi_bytes message;
    const ctfi_value *root;  /* JSON */
    CTFI_LIST(ctf_hint) hints;
    CTFI_LIST(ctf_split) tokens;
};

/* judge.c: outcomes, values seen, faults. Needs the message. */
void ctfi_explanation_judge(ctf_explanation *e);

/* judge_text.c: how a line was split and what the tests of fields saw; where terms and regexes occur. */
void ctfi_explanation_split(ctf_explanation *e);
void ctfi_explanation_see_field(ctf_explanation *e, ctfi_finding *finding, const ctfi_test *test);
void ctfi_explanation_see_text(ctf_explanation *e, ctfi_finding *finding, const ctfi_test *test);

/* decide.c: which tests settle the verdict. */
void ctfi_explanation_decide(ctf_explanation *e);

/* hint.c: what people stumble over here. */
void ctfi_explanation_hint(ctf_explanation *e);

/* Appends a value that a test saw; source is a part of the message, or NULL data where it is not there. */
void ctfi_explanation_see(ctf_explanation *e, ctfi_finding *finding, ctf_seen seen, ctfi_bytes source);

static inline const ctfi_test *ctfi_explanation_test(const ctf_explanation *e, size_t clause)
{
    return &e->clauses.at[clause].node->test;
}

#endif
