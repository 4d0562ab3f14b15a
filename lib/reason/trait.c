#include "reason/trait.h"

#include "reason/words.h"

/* ---- interning ---- */

static bool same_steps(const ctfi_trait *a, const ctfi_trait *b)
{
    bool same = a->n_steps == b->n_steps;
    for (uint32_t i = 0; same && i < a->n_steps; i++)
        same = a->steps[i].type == b->steps[i].type && a->steps[i].index == b->steps[i].index &&
               ctfi_bytes_equal(a->steps[i].key, b->steps[i].key);
    return same;
}

static bool same_trait(const ctfi_trait *a, const ctfi_trait *b)
{
    return a->type == b->type && a->place.type == b->place.type && a->place.index == b->place.index &&
           a->tokens == b->tokens && ctfi_bytes_equal(a->literal.text, b->literal.text) && same_steps(a, b);
}

static uint32_t intern(ctfi_traits *traits, const ctfi_trait *trait)
{
    for (size_t i = 0; i < traits->list.n; i++)
        if (same_trait(&traits->list.at[i], trait))
            return (uint32_t)i;
    *CTFI_APPEND(traits->job, &traits->list) = *trait;
    return (uint32_t)traits->list.n - 1;
}

/* ---- claims ---- */

static ctfi_claim *claim(ctfi_traits *traits, const ctfi_trait *trait, bool denied)
{
    ctfi_claim *c = ctfi_job_zero(traits->job, 1, sizeof *c);
    c->type = CTFI_CLAIM_TRAIT;
    c->trait = intern(traits, trait);
    c->denied = denied;
    return c;
}

static ctfi_claim *both(ctfi_traits *traits, ctfi_claim *one, ctfi_claim *other)
{
    ctfi_claim *c = ctfi_job_zero(traits->job, 1, sizeof *c);
    c->type = CTFI_CLAIM_ALL;
    c->first = one;
    one->next = other;
    return c;
}

/* What = asks; order and the rest by their own. */
static ctfi_trait_type equality(const ctfi_literal *literal, bool json)
{
    ctfi_bytes core;
    if (literal->type == CTFI_LITERAL_REGEX)
        return CTFI_TRAIT_REGEX;
    if (literal->type == CTFI_LITERAL_NUMBER)
        return CTFI_TRAIT_NUMBER;
    if (json && ctfi_stars_of(literal, &core) == CTFI_STARS_ONLY)
        return CTFI_TRAIT_TEXTUAL;
    return literal->glob ? CTFI_TRAIT_GLOB : CTFI_TRAIT_TEXT;
}

static ctfi_trait_type type_of(const ctfi_test *test, bool wild)
{
    switch (test->op) {
    case CTFI_EQ:
    case CTFI_NE:
        return equality(&test->literal, test->selector != NULL);
    case CTFI_LT:
        return CTFI_TRAIT_LT;
    case CTFI_LE:
        return CTFI_TRAIT_LE;
    case CTFI_GT:
        return CTFI_TRAIT_GT;
    case CTFI_GE:
        return CTFI_TRAIT_GE;
    case CTFI_IS_NULL:
        return wild ? CTFI_TRAIT_NULL : CTFI_TRAIT_NULL_INSIDE;
    case CTFI_IS_TRUE:
        return CTFI_TRAIT_TRUE;
    case CTFI_IS_FALSE:
        return CTFI_TRAIT_FALSE;
    case CTFI_NOT_EXISTS:
        return CTFI_TRAIT_PRESENT;
    case CTFI_CONTAINS:
        break;
    }
    return test->literal.type == CTFI_LITERAL_REGEX ? CTFI_TRAIT_REGEX : CTFI_TRAIT_CONTAINS;
}

/* != without its denial: what must be there. */
static ctfi_claim *guard(ctfi_traits *traits, const ctfi_test *test, const ctfi_trait *equal)
{
    ctfi_trait there = {.type = CTFI_TRAIT_TEXTUAL, .steps = equal->steps, .n_steps = equal->n_steps};
    if (test->selector->wildcard < test->selector->n_steps) {
        there.type = CTFI_TRAIT_PRESENT;
        there.n_steps = test->selector->wildcard;
    } else if (equal->type == CTFI_TRAIT_NUMBER) {
        there.type = CTFI_TRAIT_COMPARABLE;
    }
    return claim(traits, &there, false);
}

ctfi_claim *ctfi_claim_at(ctfi_traits *traits, const ctfi_selector *selector, ctfi_trait_type type)
{
    const ctfi_trait trait = {.type = type, .steps = selector->steps, .n_steps = selector->n_steps};
    return claim(traits, &trait, false);
}

static ctfi_claim *json_claim(ctfi_traits *traits, const ctfi_test *test)
{
    const ctfi_selector *selector = test->selector;
    ctfi_trait trait = {.type = type_of(test, selector->wildcard < selector->n_steps), .steps = selector->steps,
                        .n_steps = selector->n_steps};
    if (trait.type >= CTFI_TRAIT_TEXT && trait.type <= CTFI_TRAIT_GE)
        trait.literal = test->literal;
    if (test->op == CTFI_NE)
        return both(traits, guard(traits, test, &trait), claim(traits, &trait, true));
    return claim(traits, &trait, test->op == CTFI_NOT_EXISTS);
}

static ctfi_place place_of(const ctfi_traits *traits, const ctfi_tree *tree, uint32_t position)
{
    ctfi_place place = ctfi_plan_place(tree, position);
    if (traits->apart && place.type == CTFI_REST)
        place.index += CTFI_PLACE_APART;
    return place;
}

static ctfi_claim *test_claim(ctfi_traits *traits, const ctfi_tree *tree, const ctfi_test *test)
{
    if (test->selector != NULL)
        return json_claim(traits, test);
    ctfi_trait trait = {.type = type_of(test, false), .literal = test->literal};
    if (test->field != NULL)
        trait.place = place_of(traits, tree, test->field->position);
    return claim(traits, &trait, test->op == CTFI_NE || test->sign == CTFI_EXCLUDED);
}

/* The tree's depth is bounded by its text: every level is an operator (pattern/canonical.c). */
static ctfi_claim *node_claim(ctfi_traits *traits, const ctfi_tree *tree, const ctfi_node *node)
{
    ctfi_claim *c;
    if (node->type == CTFI_TEST) {
        c = test_claim(traits, tree, &node->test);
        c->node = node;
        return c;
    }
    c = ctfi_job_zero(traits->job, 1, sizeof *c);
    c->node = node;
    c->type = node->type == CTFI_AND ? CTFI_CLAIM_ALL : CTFI_CLAIM_ANY;
    ctfi_claim **end = &c->first;
    for (const ctfi_node *child = node->first; child != NULL; child = child->next) {
        if (child->type == CTFI_TEST && child->test.ignored)
            continue;
        *end = node_claim(traits, tree, child);
        end = &(*end)->next;
    }
    return c;
}

ctfi_claim *ctfi_claim_of(ctfi_traits *traits, const ctfi_tree *tree)
{
    ctfi_claim *all = ctfi_job_zero(traits->job, 1, sizeof *all);
    uint32_t tokens = tree->kind == CTF_KIND_FIELDS ? ctfi_words_tokens(tree) : 0;
    all->type = CTFI_CLAIM_ALL;
    if (tree->root != NULL)
        all->first = node_claim(traits, tree, tree->root);
    if (tokens == 0)
        return all;
    const ctfi_trait trait = {.type = CTFI_TRAIT_TOKENS, .tokens = tokens};
    ctfi_claim *count = claim(traits, &trait, false);
    count->next = all->first;
    all->first = count;
    return all;
}

const ctfi_claim *ctfi_claim_of_node(const ctfi_claim *claim, const ctfi_node *node)
{
    if (claim->node == node)
        return claim;
    for (const ctfi_claim *c = claim->first; c != NULL; c = c->next) {
        const ctfi_claim *found = ctfi_claim_of_node(c, node);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* ---- traits of values ---- */

bool ctfi_trait_property(const ctfi_trait *trait, bool want, ctfi_property *out)
{
    *out = (ctfi_property){.text = trait->literal.text, .regex = trait->literal.regex, .want = want};
    switch (trait->type) {
    case CTFI_TRAIT_TEXT:
    case CTFI_TRAIT_NUMBER:
        out->type = CTFI_PROPERTY_TEXT;
        return true;
    case CTFI_TRAIT_GLOB:
        out->type = CTFI_PROPERTY_GLOB;
        return true;
    case CTFI_TRAIT_REGEX:
        out->type = CTFI_PROPERTY_REGEX;
        return true;
    case CTFI_TRAIT_CONTAINS:
        out->type = CTFI_PROPERTY_CONTAINS;
        return true;
    default:
        return false;
    }
}

bool ctfi_trait_of_number(const ctfi_trait *trait, const ctfi_decimal *value)
{
    int order = ctfi_decimal_compare(value, &trait->literal.number);
    switch (trait->type) {
    case CTFI_TRAIT_NUMBER:
        return order == 0;
    case CTFI_TRAIT_LT:
        return order < 0;
    case CTFI_TRAIT_LE:
        return order <= 0;
    case CTFI_TRAIT_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}
