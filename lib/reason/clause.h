/* A pattern's tree as a row: every AND, OR and test in the order of the text, so that passes over it are loops.
 *
 * Each test also comes as a pattern of its own, cut out of the text: what the matcher says of that pattern is
 * what it says of the test. Such a pattern is never longer than the whole. */
#ifndef CTFI_REASON_CLAUSE_H
#define CTFI_REASON_CLAUSE_H

#include "pattern/tree.h"

#define CTFI_NO_TERM UINT32_MAX

typedef struct ctfi_clause {
    const ctfi_node *node;
    uint32_t parent; /* its own number at the root */
    uint32_t depth;
    uint32_t end;    /* behind its last descendant */
    uint32_t term;   /* number among the tests; CTFI_NO_TERM for AND and OR */
    ctfi_span span;  /* in the pattern, without brackets around a test */
    ctfi_bytes alone; /* of a test */
} ctfi_clause;

typedef struct ctfi_clauses {
    ctfi_clause *at;
    size_t n;
    uint32_t n_terms;
} ctfi_clauses;

ctfi_clauses ctfi_clauses_of(ctfi_job *job, const ctfi_tree *tree);

/* The pattern of one test of a tree, its text being replaced by another. */
ctfi_bytes ctfi_clause_alone(ctfi_job *job, const ctfi_tree *tree, const ctfi_test *test, ctfi_bytes text);

/* A pattern that matches every message whose tests are asked, and no other. */
ctfi_bytes ctfi_clause_reads(ctfi_job *job, const ctfi_tree *tree);

/* The pattern with the bytes of a span replaced. */
ctfi_bytes ctfi_clause_splice(ctfi_job *job, ctfi_bytes pattern, ctfi_span span, ctfi_bytes text);

static inline ctfi_bytes ctfi_clause_text(const ctfi_tree *tree, ctfi_span span)
{
    return (ctfi_bytes){tree->text.data + span.offset, span.length};
}

#endif
