/* Leaves in the image's order, and behind each the tests that belong to it. */
#include "program/seal.h"

#include "base/hash.h"
#include "base/neighbours.h"

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int text_by_leaf(const void *a, const void *b)
{
    return compare(((const ctfi_plan_text *)a)->leaf, ((const ctfi_plan_text *)b)->leaf);
}

static int search_by_leaf(const void *a, const void *b)
{
    return compare(((const ctfi_plan_search *)a)->leaf, ((const ctfi_plan_search *)b)->leaf);
}

/* Within a leaf. */
static int number_by_value(const void *a, const void *b)
{
    const ctfi_plan_number *x = a;
    const ctfi_plan_number *y = b;
    return x->leaf != y->leaf ? compare(x->leaf, y->leaf) : ctfi_decimal_compare(&x->value, &y->value);
}

static void make_leaves(ctfi_draft *draft)
{
    const ctfi_plan *plan = draft->plan;
    draft->leaves.n = plan->leaves.n;
    draft->leaves.at = ctfi_job_zero(draft->job, plan->leaves.n, sizeof *draft->leaves.at);
    for (size_t i = 0; i < plan->leaves.n; i++)
        draft->leaves.at[draft->new_leaf[i]].numeric = plan->leaves.at[i].numeric;
}

static void add_texts(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    for (size_t i = 0; i < plan->texts.n; i++)
        plan->texts.at[i].leaf = draft->new_leaf[plan->texts.at[i].leaf];
    ctfi_sort(draft->job, plan->texts.at, plan->texts.n, sizeof *plan->texts.at, text_by_leaf);
    for (size_t i = 0; i < plan->texts.n; i++) {
        const ctfi_plan_text *text = &plan->texts.at[i];
        ctfi_image_leaf *leaf = &draft->leaves.at[text->leaf];
        leaf->n_texts++;
        leaf->text_classes |= ctfi_classes_of(text->key);
        ctfi_string key = ctfi_draft_string(draft, text->key);
        *CTFI_APPEND(draft->job, &draft->texts) = (ctfi_image_entry){text->leaf, key, (uint32_t)i};
        *CTFI_APPEND(draft->job, &draft->text_facts) = text->facts;
    }
}

/* Renumbers and sorts a list of searches. */
static void arrange(ctfi_draft *draft, ctfi_plan_searches *list)
{
    for (size_t i = 0; i < list->n; i++)
        list->at[i].leaf = draft->new_leaf[list->at[i].leaf];
    ctfi_sort(draft->job, list->at, list->n, sizeof *list->at, search_by_leaf);
}

static ctfi_image_search search_of(ctfi_draft *draft, const ctfi_plan_search *search)
{
    return (ctfi_image_search){ctfi_draft_string(draft, search->text), search->fact};
}

static void add_globs(ctfi_draft *draft)
{
    const ctfi_plan_searches *globs = &draft->plan->globs;
    for (size_t i = 0; i < globs->n; i++) {
        draft->leaves.at[globs->at[i].leaf].globs.count++;
        ctfi_image_search search = search_of(draft, &globs->at[i]);
        *CTFI_APPEND(draft->job, &draft->globs) = search;
        *CTFI_APPEND(draft->job, &draft->glob_needs) = ctfi_neighbours_of_glob(globs->at[i].text);
    }
}

static void add_needles(ctfi_draft *draft)
{
    const ctfi_plan_searches *needles = &draft->plan->needles;
    for (size_t i = 0; i < needles->n; i++) {
        draft->leaves.at[needles->at[i].leaf].needles.count++;
        ctfi_image_search search = search_of(draft, &needles->at[i]);
        *CTFI_APPEND(draft->job, &draft->needles) = search;
    }
}

static void add_automata(ctfi_draft *draft)
{
    const ctfi_plan *plan = draft->plan;
    *CTFI_APPEND(draft->job, &draft->automaton_starts) = 0;
    for (size_t i = 0; i < plan->automata.n; i++) {
        const ctfi_automaton *automaton = &plan->automata.at[i];
        if (automaton->count > UINT32_MAX - draft->automata.n)
            ctfi_job_fail(draft->job, CTF_E_LIMIT, CTF_ERROR_LIMIT, "the sealed program would pass 4 GiB");
        size_t need = draft->automata.n + automaton->count;
        draft->automata.at = ctfi_job_grow(draft->job, draft->automata.at, &draft->automata.capacity, need,
                                           sizeof *draft->automata.at);
        for (uint32_t word = 0; word < automaton->count; word++)
            draft->automata.at[draft->automata.n++] = automaton->words[word];
        *CTFI_APPEND(draft->job, &draft->automaton_starts) = (uint32_t)need;
    }
}

static void add_regexes(ctfi_draft *draft)
{
    const ctfi_plan_searches *regexes = &draft->plan->regexes;
    for (size_t i = 0; i < regexes->n; i++) {
        const ctfi_plan_search *search = &regexes->at[i];
        const uint32_t *start = &draft->automaton_starts.at[search->automaton];
        ctfi_string source = ctfi_draft_string(draft, search->text);
        draft->leaves.at[search->leaf].regexes.count++;
        *CTFI_APPEND(draft->job, &draft->regexes) =
            (ctfi_image_regex){{start[0], start[1] - start[0]}, source, search->fact};
        *CTFI_APPEND(draft->job, &draft->regex_needs) = search->needs;
    }
}

/* A decimal's significant digits without its point. */
static ctfi_bytes digits_of(ctfi_draft *draft, const ctfi_decimal *value)
{
    unsigned char *digits = ctfi_job_alloc(draft->job, value->count, 1);
    uint32_t n = 0;
    for (uint32_t i = 0; n < value->count; i++)
        if (value->digits[i] != '.')
            digits[n++] = value->digits[i];
    return (ctfi_bytes){digits, n};
}

static ctfi_image_number number_of(ctfi_draft *draft, const ctfi_plan_number *number)
{
    const ctfi_decimal *value = &number->value;
    ctfi_image_number image = {0};
    image.exponent = value->count == 0 ? 0 : value->exponent;
    image.digits = ctfi_draft_string(draft, digits_of(draft, value));
    image.negative = value->negative && value->count > 0;
    image.equal = number->facts[CTFI_EQ];
    image.less = number->facts[CTFI_LT];
    image.less_equal = number->facts[CTFI_LE];
    image.greater = number->facts[CTFI_GT];
    image.greater_equal = number->facts[CTFI_GE];
    return image;
}

static void add_numbers(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    for (size_t i = 0; i < plan->numbers.n; i++)
        plan->numbers.at[i].leaf = draft->new_leaf[plan->numbers.at[i].leaf];
    ctfi_sort(draft->job, plan->numbers.at, plan->numbers.n, sizeof *plan->numbers.at, number_by_value);
    for (size_t i = 0; i < plan->numbers.n; i++) {
        draft->leaves.at[plan->numbers.at[i].leaf].numbers.count++;
        ctfi_image_number number = number_of(draft, &plan->numbers.at[i]);
        *CTFI_APPEND(draft->job, &draft->numbers) = number;
    }
}

/* The counts are known: where each leaf's share of the sections begins. */
static void place_ranges(ctfi_draft *draft)
{
    ctfi_image_leaf *leaves = draft->leaves.at;
    for (size_t i = 1; i < draft->leaves.n; i++) {
        const ctfi_image_leaf *before = &leaves[i - 1];
        leaves[i].globs.first = before->globs.first + before->globs.count;
        leaves[i].needles.first = before->needles.first + before->needles.count;
        leaves[i].regexes.first = before->regexes.first + before->regexes.count;
        leaves[i].numbers.first = before->numbers.first + before->numbers.count;
    }
}

void ctfi_draft_leaves(ctfi_draft *draft)
{
    make_leaves(draft);
    add_texts(draft);
    arrange(draft, &draft->plan->globs);
    arrange(draft, &draft->plan->needles);
    arrange(draft, &draft->plan->regexes);
    add_globs(draft);
    add_needles(draft);
    add_automata(draft);
    add_regexes(draft);
    add_numbers(draft);
    place_ranges(draft);
}
