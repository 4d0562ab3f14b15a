/* The tree of a filter pattern: one shape for all kinds, a span on every node.
 *
 * Built by pattern/parse*.c, read by program/plan and by printing. All of it lies in the job's arena;
 * views point into the pattern text or the arena. Spans count bytes of the pattern text and never
 * pass its end. Nothing here knows how matching works. */
#ifndef CTFI_PATTERN_TREE_H
#define CTFI_PATTERN_TREE_H

#include <ctfilter/filter.h>

#include "base/bytes.h"
#include "base/job.h"
#include "base/number.h"
#include "pattern/regex.h"

typedef enum ctfi_step_type { CTFI_STEP_KEY, CTFI_STEP_INDEX, CTFI_STEP_ANY } ctfi_step_type;

/* One step of a JSON selector. */
typedef struct ctfi_step {
    ctfi_step_type type;
    ctfi_span span;   /* with its punctuation: .name ['x'] [3] [*] .* */
    ctfi_bytes key;   /* CTFI_STEP_KEY: the characters of the key */
    uint32_t index;   /* CTFI_STEP_INDEX: from 0, saturated at UINT32_MAX, which no element has */
} ctfi_step;

typedef struct ctfi_selector {
    ctfi_span span;
    const ctfi_step *steps; /* at least one */
    uint32_t n_steps;
    uint32_t wildcard;      /* index of the only CTFI_STEP_ANY, or n_steps when there is none */
} ctfi_selector;

/* The right-hand side of a test, or a text term. */
typedef enum ctfi_literal_type {
    CTFI_LITERAL_NONE,   /* IS NULL, NOT EXISTS, ... */
    CTFI_LITERAL_NUMBER, /* bare number: text holds it as typed, number its exact value */
    CTFI_LITERAL_WORD,   /* bare word */
    CTFI_LITERAL_QUOTED, /* escapes decoded */
    CTFI_LITERAL_REGEX
} ctfi_literal_type;

typedef struct ctfi_literal {
    ctfi_literal_type type;
    ctfi_span span;            /* as it stands in the pattern, quotes and percent signs included */
    ctfi_bytes text;           /* what it means: characters without quotes; a regex without its % */
    bool glob;                 /* WORD or QUOTED in a structured pattern, and text has a '*' */
    ctfi_decimal number;       /* NUMBER */
    const ctfi_regex *regex;   /* REGEX */
} ctfi_literal;

typedef enum ctfi_operator {
    CTFI_EQ,
    CTFI_NE,
    CTFI_LT,
    CTFI_LE,
    CTFI_GT,
    CTFI_GE,
    CTFI_IS_NULL,
    CTFI_IS_TRUE,
    CTFI_IS_FALSE,
    CTFI_NOT_EXISTS,
    CTFI_CONTAINS /* a text term, or the regex that is a whole pattern: searched in the message */
} ctfi_operator;

/* A text term's sign. Elsewhere CTFI_PLAIN. */
typedef enum ctfi_sign { CTFI_PLAIN, CTFI_EXCLUDED, CTFI_OPTIONAL } ctfi_sign;

struct ctfi_field;

typedef struct ctfi_test {
    ctfi_operator op;
    ctfi_span op_span;             /* length 0 for CTFI_CONTAINS */
    ctfi_literal literal;
    const ctfi_selector *selector; /* JSON, else NULL */
    const struct ctfi_field *field; /* space-delimited, else NULL */
    ctfi_sign sign;
    bool ignored;                  /* an optional term beside plain or excluded ones (spec 3) */
} ctfi_test;

typedef enum ctfi_node_type { CTFI_AND, CTFI_OR, CTFI_TEST } ctfi_node_type;

/* AND and OR have two children or more; nesting of the same type is flattened, brackets leave no
 * trace but a wider span. */
typedef struct ctfi_node {
    ctfi_node_type type;
    ctfi_span span;
    struct ctfi_node *first; /* AND, OR: children in the order of the text */
    struct ctfi_node *next;  /* sibling */
    ctfi_test test;          /* TEST */
} ctfi_node;

/* A field of a space-delimited pattern. */
typedef struct ctfi_field {
    ctfi_span span;
    ctfi_bytes name;      /* empty: unnamed */
    bool ellipsis;        /* ... */
    uint32_t position;    /* index in `fields` */
    ctfi_node *condition; /* NULL without */
} ctfi_field;

typedef struct ctfi_tree {
    ctf_kind kind;
    ctfi_bytes text;          /* the pattern */
    ctfi_node *root;          /* NULL: nothing is tested (match-all, [a, b]). TEXT: AND of terms, or OR of
                                 optional terms, or one term; FIELDS: the one condition, or AND of the
                                 fields' conditions (here alone an AND may be child of an AND) */
    const ctfi_field *fields; /* FIELDS */
    uint32_t n_fields;        /* 0 for [] and [ ]: any message */
    uint32_t ellipsis;        /* its index, or n_fields */
} ctfi_tree;

/* Parses a pattern; leaves through the job on the first error. */
const ctfi_tree *ctfi_pattern_parse(ctfi_job *job, ctfi_bytes text);

/* Parses one selector standing alone, as an extraction asks for it: `$.a.b[0]`, `$name`, `$3`. Refuses
 * with CTF_ERROR_SELECTOR, spans relative to `text`. */
typedef enum ctfi_reference_type { CTFI_REFERENCE_JSON, CTFI_REFERENCE_NAME, CTFI_REFERENCE_POSITION } ctfi_reference_type;
typedef struct ctfi_reference {
    ctfi_reference_type type;
    const ctfi_selector *selector; /* JSON; may hold a wildcard: the caller decides */
    ctfi_bytes name;               /* NAME, without the dollar sign */
    uint32_t position;             /* POSITION, from 1, saturated */
} ctfi_reference;
const ctfi_reference *ctfi_reference_parse(ctfi_job *job, ctfi_bytes text);

/* Writes the canonical form of a tree (its rules are at the top of canonical.c) into the job's arena. It
 * parses to an equal tree but for spans and for words, which come back quoted; it may be longer than a
 * pattern may be. */
ctfi_bytes ctfi_pattern_canonical(ctfi_job *job, const ctfi_tree *tree);

/* The same of a part: a selector, a value. */
ctfi_bytes ctfi_selector_canonical(ctfi_job *job, const ctfi_selector *selector);
ctfi_bytes ctfi_literal_canonical(ctfi_job *job, const ctfi_literal *literal);

#endif
