/* A check while it is made. Rules stand in rules.def; one file looks for those of one topic. */
#ifndef CTFI_REASON_CHECK_H
#define CTFI_REASON_CHECK_H

#include <ctfilter/check.h>

#include "program/list.h"
#include "reason/clause.h"
#include "reason/say.h"

typedef enum ctfi_rule {
#define RULE(name, id, severity, title, help) CTFI_RULE_##name,
#include "reason/rules.def"
#undef RULE
    CTFI_RULES
} ctfi_rule;

typedef CTFI_LIST(ctf_finding) ctfi_findings;

typedef struct ctfi_checking {
    ctfi_job *job;
    ctfi_bytes pattern;
    const ctfi_tree *tree; /* NULL: refused */
    ctfi_clauses clauses;
    int cloudtrail;        /* the option */
    ctfi_findings findings;
} ctfi_checking;

/* Adds a finding; the last one added is returned, so that its severity and proposal can be changed. */
ctf_finding *ctfi_check_add(ctfi_checking *c, ctfi_rule rule, ctfi_span span, ctfi_bytes words);

/* Lets a finding propose a text for its span, or (_over) for another. */
void ctfi_check_propose(ctf_finding *finding, ctfi_bytes instead, bool sure);
void ctfi_check_propose_over(ctf_finding *finding, ctfi_span span, ctfi_bytes instead, bool sure);

/* check_logic.c: parts that contradict each other, or say nothing. */
void ctfi_check_logic(ctfi_checking *c);

/* check_refused.c: the finding of an error, with what was meant where that shows. */
void ctfi_check_refused(ctfi_checking *c, const ctf_error *error);

/* check_terms.c, check_fields.c, check_values.c, check_cloudtrail.c: the traps of each. */
void ctfi_check_terms(ctfi_checking *c);
void ctfi_check_fields(ctfi_checking *c);
void ctfi_check_values(ctfi_checking *c);
void ctfi_check_cloudtrail(ctfi_checking *c);

#endif
