/* Fields that CloudTrail's records do not have, and types that make a test false. */
#include "reason/check.h"

#include "reason/ask.h"
#include "reason/cloudtrail.h"
#include "reason/place.h"

/* ---- is it about CloudTrail? ---- */

/* How the first key of a selector is known: 2 as a field that only records of CloudTrail have, 1 as another, 0 not. */
static int known(const ctfi_selector *selector)
{
    ctfi_cloudtrail_field field;
    for (size_t i = 0; ctfi_cloudtrail_field_at(i, &field); i++)
        if (selector->steps[0].type == CTFI_STEP_KEY &&
            ctfi_place_same_letters(selector->steps[0].key, ctfi_bytes_of(field.path)))
            return field.strong ? 2 : 1;
    return 0;
}

static const ctfi_test *test_of(const ctfi_checking *c, size_t i)
{
    return c->clauses.at[i].term == CTFI_NO_TERM ? NULL : &c->clauses.at[i].node->test;
}

/* Is it the first clause whose selector begins with this key? */
static bool is_first(const ctfi_checking *c, size_t i)
{
    const ctfi_step *own = &test_of(c, i)->selector->steps[0];
    for (size_t k = 0; k < i; k++)
        if (test_of(c, k) != NULL && test_of(c, k)->selector->steps[0].type == own->type &&
            ctfi_bytes_equal(test_of(c, k)->selector->steps[0].key, own->key))
            return false;
    return true;
}

/* Fields that only CloudTrail has, or more known keys than others. */
static bool is_about(const ctfi_checking *c)
{
    size_t yes = 0, no = 0;
    if (c->cloudtrail != 0)
        return c->cloudtrail > 0;
    for (size_t i = 0; i < c->clauses.n; i++) {
        int how = test_of(c, i) == NULL || !is_first(c, i) ? -1 : known(test_of(c, i)->selector);
        if (how == 2)
            return true;
        yes += how == 1;
        no += how == 0;
    }
    return yes > no;
}

/* ---- no such field ---- */

static void tell_missing(ctfi_checking *c, const ctfi_selector *selector, uint32_t at)
{
    ctfi_say say = ctfi_say_begin(c->job);
    ctfi_selector missing = *selector;
    missing.n_steps = at + 1;
    ctfi_say_bytes(&say, ctfi_selector_canonical(c->job, &missing));
    ctfi_say_words(&say, " is no field that AWS documents for CloudTrail's records.");
    ctf_finding *finding = ctfi_check_add(c, CTFI_RULE_UNKNOWN_FIELD, selector->span, ctfi_said(&say));
    ctfi_near near;
    if (ctfi_cloudtrail_near(c->job, selector, at, &near))
        ctfi_check_propose(finding, ctfi_selector_canonical(c->job, &near.selector), near.sure);
}

static bool is_key(const ctfi_step *step, const char *key)
{
    return step->type == CTFI_STEP_KEY && ctfi_bytes_equal(step->key, ctfi_bytes_of(key));
}

static bool find_eventbridge(ctfi_checking *c, const ctfi_selector *selector)
{
    if (selector->n_steps < 2 || !is_key(&selector->steps[0], "detail"))
        return false;
    ctfi_selector inner = {.steps = selector->steps + 1, .n_steps = selector->n_steps - 1};
    if (known(&inner) == 0)
        return false;
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_EVENTBRIDGE, selector->span,
                       ctfi_bytes_of("In a log group of CloudTrail the record is the whole message, without "
                                     "detail around it."));
    ctfi_check_propose(finding, ctfi_selector_canonical(c->job, &inner), false);
    return true;
}

/* ---- types ---- */

static const char *type_words(unsigned types)
{
    if ((types & CTFI_TYPE_STRING) != 0)
        return "text";
    if ((types & CTFI_TYPE_BOOLEAN) != 0)
        return "a boolean";
    return (types & CTFI_TYPE_ARRAY) != 0 ? "an array" : "an object";
}

/* Types of which the test can be true. */
static unsigned fitting(const ctfi_test *test)
{
    switch (test->op) {
    case CTFI_EQ:
    case CTFI_NE:
        return CTFI_TYPE_STRING | CTFI_TYPE_NUMBER;
    case CTFI_LT:
    case CTFI_LE:
    case CTFI_GT:
    case CTFI_GE:
        return CTFI_TYPE_NUMBER;
    case CTFI_IS_TRUE:
    case CTFI_IS_FALSE:
        return CTFI_TYPE_BOOLEAN;
    case CTFI_IS_NULL:
        return CTFI_TYPE_NULL | CTFI_TYPE_ARRAY;
    default:
        return ~0u;
    }
}

/* From the operator to the end of the test. */
static ctfi_span comparison(const ctfi_test *test)
{
    const ctfi_span last = test->literal.type == CTFI_LITERAL_NONE ? test->op_span : test->literal.span;
    return (ctfi_span){test->op_span.offset, last.offset + last.length - test->op_span.offset};
}

static bool is_text(const ctfi_literal *literal, const char *word)
{
    bool text = literal->type == CTFI_LITERAL_WORD || literal->type == CTFI_LITERAL_QUOTED;
    return text && ctfi_place_same_letters(literal->text, ctfi_bytes_of(word));
}

/* What the test was meant to be, where that shows. */
static void propose_type(ctf_finding *finding, const ctfi_test *test, unsigned types)
{
    bool yes = is_text(&test->literal, "true"), no = is_text(&test->literal, "false");
    if ((types & CTFI_TYPE_BOOLEAN) != 0 && (yes || no) && test->op <= CTFI_NE)
        ctfi_check_propose(finding, ctfi_bytes_of(yes == (test->op == CTFI_EQ) ? "IS TRUE" : "IS FALSE"), true);
    if ((types & CTFI_TYPE_STRING) != 0 && test->op == CTFI_IS_TRUE)
        ctfi_check_propose(finding, ctfi_bytes_of("= \"true\""), true);
    if ((types & CTFI_TYPE_STRING) != 0 && test->op == CTFI_IS_FALSE)
        ctfi_check_propose(finding, ctfi_bytes_of("= \"false\""), true);
    if (test->op == CTFI_IS_NULL)
        ctfi_check_propose(finding, ctfi_bytes_of("NOT EXISTS"), false);
}

static void tell_type(ctfi_checking *c, const ctfi_test *test, unsigned types)
{
    ctfi_say say = ctfi_say_begin(c->job);
    ctfi_say_bytes(&say, ctfi_selector_canonical(c->job, test->selector));
    ctfi_say_words(&say, " is ");
    ctfi_say_words(&say, type_words(types));
    ctfi_say_words(&say, test->op == CTFI_IS_NULL ? " where it is there, and never null." : ", for which this "
                                                                                            "test is false.");
    ctf_finding *finding = ctfi_check_add(c, CTFI_RULE_FIELD_TYPE, comparison(test), ctfi_said(&say));
    propose_type(finding, test, types);
}

/* A step by name into an array: the elements are asked with [*]. */
static void tell_array(ctfi_checking *c, const ctfi_selector *selector, uint32_t at)
{
    const ctfi_step any = {.type = CTFI_STEP_ANY};
    ctfi_selector better = ctfi_cloudtrail_composed(c->job, selector, at, &any, selector, at);
    ctfi_say say = ctfi_say_begin(c->job);
    ctfi_selector array = *selector;
    array.n_steps = at;
    ctfi_say_bytes(&say, ctfi_selector_canonical(c->job, &array));
    ctfi_say_words(&say, " is an array, and a selector goes through its elements only where it says [*] or a "
                         "number.");
    ctf_finding *finding = ctfi_check_add(c, CTFI_RULE_FIELD_TYPE, selector->span, ctfi_said(&say));
    ctfi_bytes instead = ctfi_selector_canonical(c->job, &better);
    ctfi_bytes whole = ctfi_clause_splice(c->job, c->pattern, selector->span, instead);
    if (ctfi_ask_compiles(c->job, whole))
        ctfi_check_propose(finding, instead, true);
}

static void find_in(ctfi_checking *c, const ctfi_test *test)
{
    ctfi_cloudtrail_place place = ctfi_cloudtrail_find(test->selector);
    if (find_eventbridge(c, test->selector))
        return;
    if (place.missing && place.types == CTFI_TYPE_ARRAY)
        tell_array(c, test->selector, place.known);
    else if (place.missing)
        tell_missing(c, test->selector, place.known);
    else if (place.known == test->selector->n_steps && place.types != 0 && (place.types & fitting(test)) == 0)
        tell_type(c, test, place.types);
}

void ctfi_check_cloudtrail(ctfi_checking *c)
{
    if (!is_about(c))
        return;
    for (size_t i = 0; i < c->clauses.n; i++)
        if (test_of(c, i) != NULL)
            find_in(c, test_of(c, i));
}
