/* One test becomes a formula over facts (spec: filter-patterns 3, 5.4, 5.5, 6.3).
 *
 * Facts are positive, so a negation needs a guard: what must be there for `!=` to be asked at all.
 * Under a wildcard facts gather over all selected values, which makes `=` "any" by itself. */
#include "program/plan.h"

static bool has_wildcard(const ctfi_selector *selector)
{
    return selector->wildcard < selector->n_steps;
}

/* "*" and "**" ask for any text at all. */
static bool only_stars(const ctfi_literal *literal)
{
    if (!literal->glob)
        return false;
    for (size_t i = 0; i < literal->text.length; i++)
        if (literal->text.data[i] != '*')
            return false;
    return true;
}

static uint32_t presence(ctfi_plan *plan, uint32_t *where)
{
    return ctfi_plan_fact_at(plan, where, CTFI_FACT_PRESENCE, CTFI_NONE);
}

static uint32_t textual(ctfi_plan *plan, uint32_t node)
{
    return presence(plan, &plan->nodes.at[node].textual);
}

static uint32_t json_equal(ctfi_plan *plan, uint32_t node, const ctfi_literal *literal)
{
    if (only_stars(literal))
        return textual(plan, node);
    return ctfi_plan_equal(plan, ctfi_plan_node_leaf(plan, node), literal);
}

/* What must be there for `!=`: something that can be compared, or, under a wildcard, whatever stands
 * before it. */
static uint32_t unequal_guard(ctfi_plan *plan, uint32_t node, const ctfi_test *test)
{
    const ctfi_selector *selector = test->selector;
    if (has_wildcard(selector))
        return presence(plan, &plan->nodes.at[ctfi_plan_node(plan, selector, selector->wildcard)].present);
    if (test->literal.type == CTFI_LITERAL_NUMBER)
        return presence(plan, &plan->nodes.at[node].comparable);
    return textual(plan, node);
}

static void unequal(ctfi_plan *plan, uint32_t node, const ctfi_test *test)
{
    uint32_t guard = unequal_guard(plan, node, test);
    uint32_t equal = json_equal(plan, node, &test->literal);
    ctfi_plan_push(plan, CTFI_FORMULA_FACT, guard);
    ctfi_plan_push(plan, CTFI_FORMULA_NOT, equal);
    ctfi_plan_push(plan, CTFI_FORMULA_ALL, 2);
}

/* IS NULL asks for null itself; without a wildcard, for an array with a null in it too. */
static uint32_t is_null(ctfi_plan *plan, ctfi_image_node *node, const ctfi_selector *selector)
{
    uint32_t fact = ctfi_plan_fact_at(plan, &node->null, CTFI_FACT_LITERAL, CTFI_NONE);
    if (!has_wildcard(selector))
        node->null_inside = fact;
    return fact;
}

/* The one fact of a test that is no negation. */
static uint32_t json_fact(ctfi_plan *plan, uint32_t at, const ctfi_test *test)
{
    ctfi_image_node *node = &plan->nodes.at[at];
    switch (test->op) {
    case CTFI_EQ:
        return json_equal(plan, at, &test->literal);
    case CTFI_IS_NULL:
        return is_null(plan, node, test->selector);
    case CTFI_IS_TRUE:
        return ctfi_plan_fact_at(plan, &node->is_true, CTFI_FACT_LITERAL, CTFI_NONE);
    case CTFI_IS_FALSE:
        return ctfi_plan_fact_at(plan, &node->is_false, CTFI_FACT_LITERAL, CTFI_NONE);
    default:
        return ctfi_plan_order(plan, ctfi_plan_node_leaf(plan, at), &test->literal, test->op);
    }
}

static void json_test(ctfi_plan *plan, const ctfi_test *test)
{
    uint32_t node = ctfi_plan_node(plan, test->selector, test->selector->n_steps);
    if (test->op == CTFI_NE)
        unequal(plan, node, test);
    else if (test->op == CTFI_NOT_EXISTS)
        ctfi_plan_push(plan, CTFI_FORMULA_NOT, presence(plan, &plan->nodes.at[node].present));
    else
        ctfi_plan_push(plan, CTFI_FORMULA_FACT, json_fact(plan, node, test));
}

/* That the field is there is a condition of the whole pattern, so `!=` needs no guard of its own. */
static void field_test(ctfi_plan *plan, const ctfi_tree *tree, const ctfi_test *test)
{
    ctfi_place place = ctfi_plan_place(tree, test->field->position);
    uint32_t leaf = ctfi_plan_field(plan, place.type, place.index);
    if (test->op == CTFI_EQ)
        ctfi_plan_push(plan, CTFI_FORMULA_FACT, ctfi_plan_equal(plan, leaf, &test->literal));
    else if (test->op == CTFI_NE)
        ctfi_plan_push(plan, CTFI_FORMULA_NOT, ctfi_plan_equal(plan, leaf, &test->literal));
    else
        ctfi_plan_push(plan, CTFI_FORMULA_FACT, ctfi_plan_order(plan, leaf, &test->literal, test->op));
}

void ctfi_plan_test(ctfi_plan *plan, const ctfi_tree *tree, const ctfi_test *test)
{
    if (test->selector != NULL) {
        json_test(plan, test);
    } else if (test->field != NULL) {
        field_test(plan, tree, test);
    } else {
        uint32_t fact = ctfi_plan_contains(plan, ctfi_plan_message(plan), &test->literal);
        ctfi_plan_push(plan, test->sign == CTFI_EXCLUDED ? CTFI_FORMULA_NOT : CTFI_FORMULA_FACT, fact);
    }
}
