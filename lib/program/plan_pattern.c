/* A tree becomes a pattern's formula in postfix order, without recursion. */
#include <assert.h>

#include "program/plan.h"

/* An AND or OR on the way down. */
typedef struct level {
    const ctfi_node *node;
    const ctfi_node *next; /* the child due */
    uint32_t n;            /* children planned */
} level;

typedef CTFI_LIST(level) levels;

/* Goes into a node; a test is planned at once. Ignored terms leave nothing (spec: filter-patterns 3). */
static void enter(ctfi_plan *plan, levels *path, const ctfi_tree *tree, const ctfi_node *node)
{
    if (node->type == CTFI_TEST && node->test.ignored)
        return;
    if (path->n > 0)
        path->at[path->n - 1].n++;
    if (node->type == CTFI_TEST)
        ctfi_plan_test(plan, tree, &node->test);
    else
        *CTFI_APPEND(plan->job, path) = (level){node, node->first, 0};
}

static void leave(ctfi_plan *plan, levels *path)
{
    level *top = &path->at[--path->n];
    assert(top->n > 0); /* terms are ignored only beside others that are not */
    ctfi_plan_push(plan, top->node->type == CTFI_AND ? CTFI_FORMULA_ALL : CTFI_FORMULA_ANY, top->n);
}

static void walk(ctfi_plan *plan, const ctfi_tree *tree)
{
    levels path = {NULL, 0, 0};
    enter(plan, &path, tree, tree->root);
    while (path.n > 0) {
        level *top = &path.at[path.n - 1];
        const ctfi_node *child = top->next;
        if (child == NULL) {
            leave(plan, &path);
        } else {
            top->next = child->next;
            enter(plan, &path, tree, child);
        }
    }
}

/* The tokens a message needs for a space-delimited pattern (spec: filter-patterns 6.2). */
static uint32_t tokens_needed(const ctfi_tree *tree)
{
    return tree->n_fields - (tree->ellipsis < tree->n_fields);
}

static void condition(ctfi_plan *plan, const ctfi_tree *tree)
{
    bool counted = tree->kind == CTF_KIND_FIELDS && tokens_needed(tree) > 0;
    if (counted)
        ctfi_plan_push(plan, CTFI_FORMULA_FACT, ctfi_plan_tokens(plan, tokens_needed(tree)));
    if (tree->root != NULL)
        walk(plan, tree);
    if (counted && tree->root != NULL)
        ctfi_plan_push(plan, CTFI_FORMULA_ALL, 2);
}

ctfi_place ctfi_plan_place(const ctfi_tree *tree, uint32_t position)
{
    if (position > tree->ellipsis)
        return (ctfi_place){CTFI_FROM_END, tree->n_fields - 1 - position};
    if (tree->ellipsis == tree->n_fields && position == tree->n_fields - 1)
        return (ctfi_place){CTFI_REST, position};
    return (ctfi_place){CTFI_FROM_START, position};
}

static ctfi_range fields_of(ctfi_plan *plan, const ctfi_tree *tree)
{
    ctfi_range range = {(uint32_t)plan->fields.n, tree->n_fields};
    const ctfi_bytes unnamed = {NULL, 0};
    for (uint32_t i = 0; i < tree->n_fields; i++)
        *CTFI_APPEND(plan->job, &plan->fields) = tree->fields[i].ellipsis ? unnamed : tree->fields[i].name;
    return range;
}

void ctfi_plan_pattern_add(ctfi_plan *plan, const ctf_pattern *pattern, const ctfi_tree *tree)
{
    ctfi_plan_pattern planned = {.kind = tree->kind, .text = tree->text};
    planned.name = (ctfi_bytes){(const unsigned char *)pattern->name.data, pattern->name.length};
    planned.formula.first = (uint32_t)plan->formulas.n;
    condition(plan, tree);
    planned.formula.count = (uint32_t)plan->formulas.n - planned.formula.first;
    planned.values.first = (uint32_t)plan->values.n;
    ctfi_plan_values(plan, tree, pattern);
    planned.values.count = (uint32_t)plan->values.n - planned.values.first;
    planned.fields = fields_of(plan, tree);
    planned.ellipsis = tree->kind == CTF_KIND_FIELDS ? tree->ellipsis : 0;
    *CTFI_APPEND(plan->job, &plan->patterns) = planned;
}
