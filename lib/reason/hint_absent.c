/* Nothing is at the selector: a key spelled otherwise, one level elsewhere, behind an array, inside a text, or of no record
 * of CloudTrail. */
#include "reason/hint.h"

#include "reason/cloudtrail.h"
#include "reason/place.h"

#define MOST_TRIED 16u
#define MOST_TOLD 2u

/* The selector with the step at `index` replaced, or (_insert) one more before it. */
static ctfi_selector changed(ctfi_job *job, const ctfi_selector *from, uint32_t index, const ctfi_step *step,
                             bool insert)
{
    uint32_t n = from->n_steps + insert;
    ctfi_step *steps = ctfi_job_alloc(job, n, sizeof *steps);
    for (uint32_t i = 0; i < n; i++)
        steps[i] = i < index ? from->steps[i] : i == index ? *step : from->steps[i - insert];
    ctfi_selector to = {.steps = steps, .n_steps = n, .wildcard = n};
    for (uint32_t i = 0; i < n; i++)
        if (steps[i].type == CTFI_STEP_ANY)
            to.wildcard = i;
    return to;
}

/* ---- a key spelled otherwise ---- */

static const ctfi_value *similar_member(const ctfi_selection *selection, ctfi_bytes key)
{
    const ctfi_value *member = selection->stop->first;
    while (member != NULL && (member->replaced || !ctfi_place_alike(member->key, key)))
        member = member->next;
    return member;
}

static void propose_selector(const ctfi_hinting *h, const char *id, const ctfi_selector *selector)
{
    ctfi_job *job = h->e->job;
    ctfi_say say = ctfi_say_begin(job);
    const ctfi_bytes names[] = {ctfi_selector_canonical(job, h->test->selector),
                                ctfi_selector_canonical(job, selector)};
    ctfi_say_filled(&say, "Nothing is at %s; did you mean %s?", names);
    ctfi_hint_propose(h, id, ctfi_said(&say), ctfi_hint_with_selector(h, selector));
}

static bool hint_spelling(const ctfi_hinting *h, const ctfi_step *missing)
{
    const ctfi_selection *selection = &h->finding->selection;
    if (missing->type != CTFI_STEP_KEY || selection->stop->type != CTF_VALUE_OBJECT)
        return false;
    const ctfi_value *member = similar_member(selection, missing->key);
    if (member == NULL)
        return false;
    ctfi_step step = *missing;
    step.key = member->key;
    ctfi_selector selector = changed(h->e->job, h->test->selector, selection->reached, &step, false);
    if (ctfi_json_select(h->e->job, h->e->root, &selector).n == 0)
        return false;
    propose_selector(h, ctfi_place_same_letters(member->key, missing->key) ? "key-case" : "key-spelling", &selector);
    return true;
}

/* ---- an array on the way, a text on the way ---- */

static bool hint_array(const ctfi_hinting *h, const ctfi_step *missing)
{
    const ctfi_selection *selection = &h->finding->selection;
    const ctfi_selector *selector = h->test->selector;
    const ctfi_step any = {.type = CTFI_STEP_ANY};
    if (selection->stop->type != CTF_VALUE_ARRAY || missing->type != CTFI_STEP_KEY ||
        selector->wildcard < selector->n_steps)
        return false;
    ctfi_selector through = changed(h->e->job, selector, selection->reached, &any, true);
    if (ctfi_json_select(h->e->job, h->e->root, &through).n == 0)
        return false;
    ctfi_say say = ctfi_say_begin(h->e->job);
    ctfi_say_bytes(&say, ctfi_json_path(h->e->job, selection->stop));
    ctfi_say_words(&say, " is an array, and a selector does not go through its elements unless it says [*].");
    ctfi_hint_propose(h, "array-on-the-way", ctfi_said(&say), ctfi_hint_with_selector(h, &through));
    return true;
}

static bool hint_json_text(const ctfi_hinting *h)
{
    const ctfi_value *stop = h->finding->selection.stop;
    if (stop->type != CTF_VALUE_STRING || stop->text.length == 0 ||
        (stop->text.data[0] != '{' && stop->text.data[0] != '['))
        return false;
    ctfi_say say = ctfi_say_begin(h->e->job);
    ctfi_say_bytes(&say, ctfi_json_path(h->e->job, stop));
    ctfi_say_words(&say, " is text, also where that text is JSON: a selector does not look into it. The text "
                         "as a whole "
                         "can be compared, as in = \"*word*\".");
    ctfi_hint_tell(h, "json-in-text", ctfi_said(&say));
    return true;
}

/* ---- the key one level elsewhere ---- */

static bool counts(const ctfi_value *value)
{
    while (value != NULL && !value->replaced)
        value = value->parent;
    return value == NULL;
}

static const ctfi_step *last_key(const ctfi_selector *selector)
{
    uint32_t i = selector->n_steps;
    while (i > 0 && selector->steps[i - 1].type != CTFI_STEP_KEY)
        i--;
    return i == 0 ? NULL : &selector->steps[i - 1];
}

/* A selector that finds the value, the steps behind the original's last key added. */
static ctfi_selector selector_to(ctfi_job *job, const ctfi_value *value)
{
    uint32_t n = value->depth;
    ctfi_step *steps = ctfi_job_zero(job, n + (size_t)1, sizeof *steps);
    for (uint32_t i = n; i > 0; value = value->parent)
        steps[--i] = (ctfi_step){.type = value->parent->type == CTF_VALUE_OBJECT ? CTFI_STEP_KEY : CTFI_STEP_INDEX,
                                 .key = value->key, .index = value->index};
    return (ctfi_selector){.steps = steps, .n_steps = n, .wildcard = n};
}

typedef struct candidates {
    const ctfi_value *at[MOST_TRIED];
    size_t n;
} candidates;

/* The members of that name, the outermost first. */
static candidates find_elsewhere(const ctfi_hinting *h, ctfi_bytes key)
{
    candidates found = {.n = 0};
    const ctfi_value *root = h->e->root;
    for (const ctfi_value *value = ctfi_json_next(root, root); value != NULL; value = ctfi_json_next(root, value)) {
        if (value->parent->type != CTF_VALUE_OBJECT || !ctfi_place_same_letters(value->key, key) || !counts(value))
            continue;
        size_t at = found.n < MOST_TRIED ? found.n++ : found.n;
        for (; at > 0 && found.at[at - 1]->depth > value->depth; at--)
            if (at < MOST_TRIED)
                found.at[at] = found.at[at - 1];
        if (at < MOST_TRIED)
            found.at[at] = value;
    }
    return found;
}

/* First those of which the test would be true. */
static bool hint_elsewhere(const ctfi_hinting *h)
{
    const ctfi_step *key = last_key(h->test->selector);
    if (key == NULL)
        return false;
    candidates found = find_elsewhere(h, key->key);
    size_t told = 0;
    for (int holds = 1; holds >= 0; holds--)
        for (size_t i = 0; i < found.n && told < MOST_TOLD; i++) {
            ctfi_selector selector = selector_to(h->e->job, found.at[i]);
            if (ctfi_hint_holds(h, ctfi_hint_with_selector(h, &selector)) != (holds == 1))
                continue;
            propose_selector(h, "key-elsewhere", &selector);
            told++;
        }
    return told > 0;
}

/* ---- no such field in any record ---- */

static bool has_member(const ctfi_value *object, const char *key)
{
    const ctfi_value *member = object->first;
    while (member != NULL && !ctfi_bytes_equal(member->key, ctfi_bytes_of(key)))
        member = member->next;
    return member != NULL;
}

/* A record of CloudTrail in which the field that was meant is missing, too. */
static void hint_record(const ctfi_hinting *h)
{
    const ctfi_value *root = h->e->root;
    const ctfi_cloudtrail_place place = ctfi_cloudtrail_find(h->test->selector);
    ctfi_near near;
    if (!has_member(root, "eventVersion") || !has_member(root, "eventSource") || !place.missing ||
        !ctfi_cloudtrail_near(h->e->job, h->test->selector, place.known, &near))
        return;
    propose_selector(h, "field-unknown", &near.selector);
}

/* ---- what the operator makes of nothing ---- */

static void hint_inequality(const ctfi_hinting *h)
{
    ctfi_job *job = h->e->job;
    const ctfi_selector *selector = h->test->selector;
    ctfi_selector there = *selector;
    if (selector->wildcard < selector->n_steps) /* not the first step: the message is there, and != holds */
        there.n_steps = selector->wildcard;
    there.wildcard = there.n_steps;
    ctfi_say instead = ctfi_say_begin(job);
    const ctfi_bytes parts[] = {ctfi_selector_canonical(job, &there), ctfi_hint_with_selector(h, selector)};
    ctfi_say_filled(&instead, "(%s NOT EXISTS || %s)", parts);
    ctfi_hint_propose(h, "absent-inequality",
                      ctfi_bytes_of("!= is false where there is nothing to compare. To take in messages without the "
                                    "field, say so."),
                      ctfi_said(&instead));
}

void ctfi_hint_absent(const ctfi_hinting *h)
{
    const ctfi_selection *selection = &h->finding->selection;
    const ctfi_step *missing = &h->test->selector->steps[selection->reached];
    if (!hint_spelling(h, missing) && !hint_array(h, missing) && !hint_json_text(h) &&
        !hint_elsewhere(h))
        hint_record(h);
    if (h->test->op == CTFI_NE)
        hint_inequality(h);
    if (h->test->op == CTFI_IS_NULL)
        ctfi_hint_propose(h, "absent-is-not-null",
                          ctfi_bytes_of("IS NULL asks for a null that is there; a field that is missing does "
                                        "NOT EXIST."),
                          ctfi_hint_with_rest(h, ctfi_bytes_of(" NOT EXISTS")));
}
