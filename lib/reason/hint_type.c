/* A value of another type than the test was made for. */
#include "reason/hint.h"

#include "reason/place.h"

#define MOST_KEYS 6u

static bool is_word(const ctfi_test *test, const char *word)
{
    bool text = test->literal.type == CTFI_LITERAL_WORD || test->literal.type == CTFI_LITERAL_QUOTED;
    return text && ctfi_place_same_letters(test->literal.text, ctfi_bytes_of(word));
}

static bool compares(const ctfi_test *test)
{
    return test->op <= CTFI_GE;
}

static void hint_boolean(const ctfi_hinting *h)
{
    bool yes = is_word(h->test, "true"), no = is_word(h->test, "false");
    ctfi_bytes words = ctfi_bytes_of("The value is a boolean, and comparisons are false for booleans. These "
                                     "are asked for "
                                     "with IS TRUE and IS FALSE.");
    if (!yes && !no) {
        ctfi_hint_tell(h, "boolean-as-text", words);
        return;
    }
    bool want = yes == (h->test->op == CTFI_EQ);
    ctfi_hint_propose(h, "boolean-as-text", words, ctfi_hint_with_rest(h, ctfi_bytes_of(want ? " IS TRUE" : " IS FALSE")));
}

static void hint_null(const ctfi_hinting *h)
{
    ctfi_job *job = h->e->job;
    if (is_word(h->test, "null") && h->test->op == CTFI_EQ) {
        ctfi_hint_propose(h, "null-as-text", ctfi_bytes_of("The value is null, not the text null."),
                          ctfi_hint_with_rest(h, ctfi_bytes_of(" IS NULL")));
        return;
    }
    if (h->test->op != CTFI_NE || h->test->selector->wildcard < h->test->selector->n_steps)
        return;
    ctfi_say instead = ctfi_say_begin(job);
    const ctfi_bytes parts[] = {ctfi_selector_canonical(job, h->test->selector),
                                ctfi_hint_with_selector(h, h->test->selector)};
    ctfi_say_filled(&instead, "(%s IS NULL || %s)", parts);
    ctfi_hint_propose(h, "null-inequality",
                      ctfi_bytes_of("!= is false for null. To take in messages with null there, say so."),
                      ctfi_said(&instead));
}

static void hint_array(const ctfi_hinting *h, const ctfi_value *array)
{
    const ctfi_selector *from = h->test->selector;
    if (from->wildcard < from->n_steps)
        return;
    ctfi_step *steps = ctfi_job_zero(h->e->job, from->n_steps + (size_t)1, sizeof *steps);
    memcpy(steps, from->steps, from->n_steps * sizeof *steps);
    steps[from->n_steps].type = CTFI_STEP_ANY;
    ctfi_selector to = {.steps = steps, .n_steps = from->n_steps + 1, .wildcard = from->n_steps};
    bool element = array->n > 0 && array->first->type < CTF_VALUE_ARRAY;
    ctfi_bytes words = ctfi_bytes_of("The value is an array, and comparisons are false for arrays. [*] asks of their "
                                     "elements.");
    if (element)
        ctfi_hint_propose(h, "array", words, ctfi_hint_with_selector(h, &to));
    else
        ctfi_hint_tell(h, "array", words);
}

static void hint_object(const ctfi_hinting *h, const ctfi_value *object)
{
    ctfi_say say = ctfi_say_begin(h->e->job);
    size_t n = 0;
    ctfi_say_words(&say, "The value is an object, and comparisons are false for objects.");
    for (const ctfi_value *member = object->first; member != NULL; member = member->next) {
        if (member->replaced)
            continue;
        ctfi_say_words(&say, n == 0 ? " Its members are " : n < MOST_KEYS ? ", " : ", ...");
        if (n++ == MOST_KEYS)
            break;
        ctfi_say_quoted(&say, member->key, CTFI_SAY_MOST);
    }
    ctfi_say_words(&say, n > 0 ? "." : "");
    ctfi_hint_tell(h, "object", ctfi_said(&say));
}

static void hint_boolean_test(const ctfi_hinting *h, const ctfi_value *value)
{
    bool want = h->test->op == CTFI_IS_TRUE;
    ctfi_bytes word = ctfi_bytes_of(want ? "true" : "false");
    if (value->type != CTF_VALUE_STRING || !ctfi_place_same_letters(value->text, word))
        return;
    ctfi_say rest = ctfi_say_begin(h->e->job);
    ctfi_say_words(&rest, " = ");
    ctfi_say_bytes(&rest, ctfi_hint_quote(h->e->job, value->text));
    ctfi_hint_propose(h, "text-as-boolean",
                      ctfi_bytes_of("The value is text, and IS TRUE and IS FALSE ask for booleans."),
                      ctfi_hint_with_rest(h, ctfi_said(&rest)));
}

static void hint_order(const ctfi_hinting *h, const ctfi_value *value)
{
    if (value->type == CTF_VALUE_STRING)
        ctfi_hint_tell(h, "order-of-text",
                       ctfi_bytes_of("<, <=, > and >= compare numbers. In a JSON pattern a text is no number, "
                                     "whatever it "
                                     "holds."));
}

void ctfi_hint_type(const ctfi_hinting *h, const ctfi_value *value)
{
    const ctfi_test *test = h->test;
    if (test->op == CTFI_IS_TRUE || test->op == CTFI_IS_FALSE)
        hint_boolean_test(h, value);
    else if (test->op == CTFI_NOT_EXISTS && value->type == CTF_VALUE_NULL)
        ctfi_hint_propose(h, "null-exists", ctfi_bytes_of("The field is there and is null, which is not missing."),
                          ctfi_hint_with_rest(h, ctfi_bytes_of(" IS NULL")));
    else if (!compares(test))
        return;
    else if (value->type == CTF_VALUE_BOOLEAN)
        hint_boolean(h);
    else if (value->type == CTF_VALUE_NULL)
        hint_null(h);
    else if (value->type == CTF_VALUE_ARRAY)
        hint_array(h, value);
    else if (value->type == CTF_VALUE_OBJECT)
        hint_object(h, value);
    else if (test->op >= CTFI_LT)
        hint_order(h, value);
}
