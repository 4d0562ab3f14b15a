/* The plan: what the patterns ask for, each thing once, before it is put in order and sealed.
 *
 * Planning reads one tree after another and hands out facts, nodes and leaves through the intern
 * table; nothing is ever searched for by walking, so its time is linear in the patterns. Numbers given
 * out here are those of the image for facts only; seal renumbers nodes, leaves and slots into the
 * image's order (program/image.h). All of it lies in the job's arena and may point into the trees. */
#ifndef CTFI_PROGRAM_PLAN_H
#define CTFI_PROGRAM_PLAN_H

#include "pattern/tree.h"
#include "program/automaton.h"
#include "program/image.h"
#include "program/intern.h"

/* How much a fact tells apart, for the choice of triggers. */
typedef enum ctfi_fact_class {
    CTFI_FACT_EXACT,   /* a text or number equals; the more of them at its leaf, the rarer each */
    CTFI_FACT_NEEDLE,
    CTFI_FACT_SEARCH,  /* wildcard, regex, ordering */
    CTFI_FACT_LITERAL, /* null, true, false */
    CTFI_FACT_PRESENCE /* something is there: present, textual, comparable, enough tokens */
} ctfi_fact_class;

typedef struct ctfi_plan_fact {
    ctfi_fact_class class;
    uint32_t leaf; /* EXACT */
    uint32_t uses; /* terms of all patterns that speak of it */
} ctfi_plan_fact;

typedef struct ctfi_plan_edge {
    uint32_t parent;
    uint32_t child;
    ctfi_step_type type;
    ctfi_bytes key;
    uint32_t index;
} ctfi_plan_edge;

typedef struct ctfi_plan_leaf {
    bool numeric;
    uint32_t n_exact; /* texts and numbers that something may equal here */
} ctfi_plan_leaf;

typedef struct ctfi_plan_text {
    uint32_t leaf;
    ctfi_bytes key;
    ctfi_image_text facts;
} ctfi_plan_text;

/* A wildcard pattern, a needle, or a regular expression with its automaton's index. */
typedef struct ctfi_plan_search {
    uint32_t leaf;
    ctfi_bytes text;
    uint32_t fact;
    uint32_t automaton;
    uint64_t needs; /* of a regular expression: as in REGEX_NEEDS */
} ctfi_plan_search;

typedef CTFI_LIST(ctfi_plan_search) ctfi_plan_searches;

typedef struct ctfi_plan_number {
    uint32_t leaf;
    ctfi_decimal value;
    uint32_t facts[CTFI_GE + 1]; /* by operator; CTFI_NE unused */
} ctfi_plan_number;

/* A pattern's condition in postfix order. */
typedef enum ctfi_formula_type {
    CTFI_FORMULA_FACT, /* operand: a fact that must be set */
    CTFI_FORMULA_NOT,  /* operand: a fact that must not */
    CTFI_FORMULA_ALL,  /* operand: how many formulas before it are joined; at least one */
    CTFI_FORMULA_ANY
} ctfi_formula_type;

typedef struct ctfi_formula {
    ctfi_formula_type type;
    uint32_t operand;
} ctfi_formula;

typedef struct ctfi_plan_pattern {
    ctf_kind kind;
    ctfi_bytes name;
    ctfi_bytes text;
    ctfi_range formula;
    ctfi_range values;
    ctfi_range fields;
    uint32_t ellipsis;
} ctfi_plan_pattern;

typedef struct ctfi_plan {
    ctfi_job *job;
    ctfi_intern intern;
    uint32_t message; /* leaf of the whole message, or CTFI_NONE */
    uint32_t n_slots; /* nodes that have one; until sealing a node's `slot` is any number */
    CTFI_LIST(ctfi_plan_fact) facts;
    CTFI_LIST(ctfi_image_node) nodes; /* facts, leaf and slot; the edges are below. 0 is the event */
    CTFI_LIST(ctfi_plan_edge) edges;
    CTFI_LIST(ctfi_plan_leaf) leaves;
    CTFI_LIST(ctfi_plan_text) texts;
    ctfi_plan_searches globs;
    ctfi_plan_searches needles;
    ctfi_plan_searches regexes;
    CTFI_LIST(ctfi_automaton) automata;
    CTFI_LIST(ctfi_plan_number) numbers;
    CTFI_LIST(ctfi_image_accessor) accessors;
    CTFI_LIST(ctfi_image_count) counts;
    CTFI_LIST(ctfi_image_value) values; /* SLOT: index is the node until sealing */
    CTFI_LIST(ctfi_bytes) fields;
    CTFI_LIST(ctfi_formula) formulas;
    CTFI_LIST(ctfi_plan_pattern) patterns;
} ctfi_plan;

/* A node that nobody asks anything of. */
extern const ctfi_image_node ctfi_blank_node;

void ctfi_plan_init(ctfi_plan *plan, ctfi_job *job);

/* plan_pattern.c: plans one pattern whose text was parsed. */
void ctfi_plan_pattern_add(ctfi_plan *plan, const ctf_pattern *pattern, const ctfi_tree *tree);

/* regex_needs.c: what every text holds that the expression matches (base/neighbours.h). */
uint64_t ctfi_regex_neighbours(const struct ctfi_regex *regex);

/* plan_test.c: appends the formula of one test. */
void ctfi_plan_test(ctfi_plan *plan, const ctfi_tree *tree, const ctfi_test *test);

/* plan_value.c: appends what a pattern wants extracted. Refuses with CTF_ERROR_SELECTOR. */
void ctfi_plan_values(ctfi_plan *plan, const ctfi_tree *tree, const ctf_pattern *pattern);

/* plan_node.c: the node that the first n steps of a selector reach. */
uint32_t ctfi_plan_node(ctfi_plan *plan, const ctfi_selector *selector, uint32_t n);
uint32_t ctfi_plan_node_leaf(ctfi_plan *plan, uint32_t node);

/* plan_leaf.c: leaves and the facts about one text. */
uint32_t ctfi_plan_leaf_add(ctfi_plan *plan, bool numeric);
uint32_t ctfi_plan_message(ctfi_plan *plan);
uint32_t ctfi_plan_field(ctfi_plan *plan, ctfi_accessor_type type, uint32_t index);
uint32_t ctfi_plan_tokens(ctfi_plan *plan, uint32_t tokens);
uint32_t ctfi_plan_equal(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal);
uint32_t ctfi_plan_order(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal, ctfi_operator op);
uint32_t ctfi_plan_contains(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal);

/* plan_fact.c: a new fact; the one at *where, made when there is none; and appending to the formula. */
uint32_t ctfi_plan_fact_new(ctfi_plan *plan, ctfi_fact_class class, uint32_t leaf);
uint32_t ctfi_plan_fact_at(ctfi_plan *plan, uint32_t *where, ctfi_fact_class class, uint32_t leaf);
void ctfi_plan_push(ctfi_plan *plan, ctfi_formula_type type, uint32_t operand);

/* Where the token of a field of a space-delimited pattern is found (spec: filter-patterns 6.2). */
typedef struct ctfi_place {
    ctfi_accessor_type type;
    uint32_t index;
} ctfi_place;
ctfi_place ctfi_plan_place(const ctfi_tree *tree, uint32_t position);

#endif
