/* Facts about one text: each thing that is asked of a leaf gets one fact, however many patterns ask. */
#include "program/plan.h"

uint32_t ctfi_plan_leaf_add(ctfi_plan *plan, bool numeric)
{
    *CTFI_APPEND(plan->job, &plan->leaves) = (ctfi_plan_leaf){numeric, 0};
    return (uint32_t)plan->leaves.n - 1;
}

uint32_t ctfi_plan_message(ctfi_plan *plan)
{
    if (plan->message == CTFI_NONE)
        plan->message = ctfi_plan_leaf_add(plan, false);
    return plan->message;
}

/* Type and index both fit the owner: a pattern has fewer than 2^16 fields. */
static uint32_t *accessor_at(ctfi_plan *plan, ctfi_accessor_type type, uint32_t index)
{
    ctfi_bytes none = {NULL, 0};
    return ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_ACCESSOR, (uint32_t)type << 16 | index, none);
}

uint32_t ctfi_plan_field(ctfi_plan *plan, ctfi_accessor_type type, uint32_t index)
{
    uint32_t *at = accessor_at(plan, type, index);
    if (*at == CTFI_NONE) {
        *at = (uint32_t)plan->accessors.n;
        ctfi_image_accessor accessor = {type, index, ctfi_plan_leaf_add(plan, true)};
        *CTFI_APPEND(plan->job, &plan->accessors) = accessor;
    }
    return plan->accessors.at[*at].leaf;
}

uint32_t ctfi_plan_tokens(ctfi_plan *plan, uint32_t tokens)
{
    ctfi_bytes none = {NULL, 0};
    uint32_t *at = ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_COUNT, tokens, none);
    if (*at == CTFI_NONE) {
        *at = ctfi_plan_fact_new(plan, CTFI_FACT_PRESENCE, CTFI_NONE);
        *CTFI_APPEND(plan->job, &plan->counts) = (ctfi_image_count){tokens, *at};
    }
    return *at;
}

/* The fact of a search; one new to `space` joins the list. */
static uint32_t search_fact(ctfi_plan *plan, ctfi_plan_searches *list, ctfi_space space,
                            ctfi_fact_class class, ctfi_plan_search search)
{
    uint32_t *fact = ctfi_intern_find(plan->job, &plan->intern, space, search.leaf, search.text);
    if (*fact == CTFI_NONE) {
        *fact = ctfi_plan_fact_new(plan, class, search.leaf);
        search.fact = *fact;
        *CTFI_APPEND(plan->job, list) = search;
    }
    return *fact;
}

static uint32_t glob_fact(ctfi_plan *plan, uint32_t leaf, ctfi_bytes text)
{
    ctfi_plan_search search = {leaf, text, CTFI_NONE, CTFI_NONE, 0};
    return search_fact(plan, &plan->globs, CTFI_SPACE_GLOB, CTFI_FACT_SEARCH, search);
}

static uint32_t needle_fact(ctfi_plan *plan, uint32_t leaf, ctfi_bytes text)
{
    ctfi_plan_search search = {leaf, text, CTFI_NONE, CTFI_NONE, 0};
    return search_fact(plan, &plan->needles, CTFI_SPACE_NEEDLE, CTFI_FACT_NEEDLE, search);
}

/* Index of the automaton of an expression; equal sources share one. */
static uint32_t automaton_of(ctfi_plan *plan, const ctfi_literal *literal)
{
    uint32_t *at = ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_AUTOMATON, 0, literal->text);
    if (*at == CTFI_NONE) {
        *at = (uint32_t)plan->automata.n;
        *CTFI_APPEND(plan->job, &plan->automata) = ctfi_automaton_build(plan->job, literal->regex);
    }
    return *at;
}

static uint32_t regex_fact(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal)
{
    uint64_t needs = ctfi_regex_neighbours(literal->regex);
    ctfi_plan_search search = {leaf, literal->text, CTFI_NONE, automaton_of(plan, literal), needs};
    return search_fact(plan, &plan->regexes, CTFI_SPACE_REGEX, CTFI_FACT_SEARCH, search);
}

static ctfi_image_text *text_at(ctfi_plan *plan, uint32_t leaf, ctfi_bytes key)
{
    uint32_t *at = ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_TEXT, leaf, key);
    if (*at == CTFI_NONE) {
        *at = (uint32_t)plan->texts.n;
        *CTFI_APPEND(plan->job, &plan->texts) = (ctfi_plan_text){leaf, key, {CTFI_NONE, CTFI_NONE}};
    }
    return &plan->texts.at[*at].facts;
}

/* The entry of a number as it is typed: 1 and 1.0 are two, for JSON strings tell them apart. */
static ctfi_plan_number *number_at(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal)
{
    uint32_t *at = ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_NUMBER, leaf, literal->text);
    if (*at == CTFI_NONE) {
        *at = (uint32_t)plan->numbers.n;
        ctfi_plan_number *number = CTFI_APPEND(plan->job, &plan->numbers);
        number->leaf = leaf;
        number->value = literal->number;
        for (size_t op = 0; op <= CTFI_GE; op++)
            number->facts[op] = CTFI_NONE;
    }
    return &plan->numbers.at[*at];
}

static uint32_t exact_fact(ctfi_plan *plan, uint32_t *where, uint32_t leaf)
{
    if (*where == CTFI_NONE)
        plan->leaves.at[leaf].n_exact++;
    return ctfi_plan_fact_at(plan, where, CTFI_FACT_EXACT, leaf);
}

/* A bare number equals a number by value and a JSON string as typed (spec: filter-patterns 5.4); a
 * field is compared by value alone (6.3). */
static uint32_t number_fact(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal)
{
    uint32_t fact = exact_fact(plan, &number_at(plan, leaf, literal)->facts[CTFI_EQ], leaf);
    if (!plan->leaves.at[leaf].numeric)
        text_at(plan, leaf, literal->text)->strings = fact;
    return fact;
}

uint32_t ctfi_plan_equal(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal)
{
    if (literal->type == CTFI_LITERAL_REGEX)
        return regex_fact(plan, leaf, literal);
    if (literal->type == CTFI_LITERAL_NUMBER)
        return number_fact(plan, leaf, literal);
    if (literal->glob)
        return glob_fact(plan, leaf, literal->text);
    return exact_fact(plan, &text_at(plan, leaf, literal->text)->always, leaf);
}

uint32_t ctfi_plan_order(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal, ctfi_operator op)
{
    return ctfi_plan_fact_at(plan, &number_at(plan, leaf, literal)->facts[op], CTFI_FACT_SEARCH, leaf);
}

uint32_t ctfi_plan_contains(ctfi_plan *plan, uint32_t leaf, const ctfi_literal *literal)
{
    return literal->type == CTFI_LITERAL_REGEX ? regex_fact(plan, leaf, literal)
                                               : needle_fact(plan, leaf, literal->text);
}
