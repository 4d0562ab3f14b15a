#include "reason/words.h"

#include "reason/say.h"

ctfi_stars ctfi_stars_of(const ctfi_literal *literal, ctfi_bytes *core)
{
    size_t from = 0, to = literal->text.length;
    const unsigned char *text = literal->text.data;
    *core = literal->text;
    if (!literal->glob)
        return CTFI_STARS_NONE;
    while (from < to && text[from] == '*')
        from++;
    while (to > from && text[to - 1] == '*')
        to--;
    *core = (ctfi_bytes){text + from, to - from};
    if (core->length == 0)
        return CTFI_STARS_ONLY;
    if (memchr(core->data, '*', core->length) != NULL)
        return CTFI_STARS_INSIDE;
    return from == 0 ? CTFI_STARS_BEHIND : to == literal->text.length ? CTFI_STARS_BEFORE : CTFI_STARS_AROUND;
}

/* A predicate with the value in place of %s, and its denial. */
typedef struct phrase {
    const char *is;
    const char *is_not;
} phrase;

static const phrase star_phrases[] = {
    [CTFI_STARS_NONE] = {"is %s", "is not %s"},
    [CTFI_STARS_ONLY] = {"is any text", "is no text"},
    [CTFI_STARS_BEHIND] = {"begins with %s", "does not begin with %s"},
    [CTFI_STARS_BEFORE] = {"has its first %s at its end", "does not have its first %s at its end"},
    [CTFI_STARS_AROUND] = {"contains %s", "does not contain %s"},
    [CTFI_STARS_INSIDE] = {"fits %s, each * taking as little as it can",
                           "does not fit %s, each * taking as little as it can"},
};
static const phrase json_any = {"is text or a number", "is neither text nor a number"};
static const phrase json_digits = {"is %s, or a number that prints so", "is not %s, nor a number that prints so"};
static const phrase json_number = {"is the number %s or the text \"%s\"", "is neither the number %s nor the "
                                                                          "text \"%s\""};
static const phrase field_number = {"is a number equal to %s", "is not a number equal to %s"};
static const phrase regex = {"contains a match of the regular expression %s",
                             "contains no match of the regular expression %s"};
static const phrase search = {"contains %s", "does not contain %s"};

static const char *const order_words[] = {[CTFI_LT] = "is a number less than ", [CTFI_LE] = "is a number at most ",
                                          [CTFI_GT] = "is a number greater than ",
                                          [CTFI_GE] = "is a number at least "};

/* May the service print a number so? */
static bool like_number(ctfi_bytes text)
{
    size_t sign = text.length > 1 && text.data[0] == '-';
    ctfi_bytes rest = {text.data + sign, text.length - sign};
    return rest.length > 0 && (ctfi_is_digit(rest.data[0]) || ctfi_bytes_equal(rest, ctfi_bytes_of("Infinity")));
}

static const phrase *phrase_of(const ctfi_test *test, bool json, ctfi_stars stars)
{
    const ctfi_literal *literal = &test->literal;
    if (literal->type == CTFI_LITERAL_REGEX)
        return &regex;
    if (test->op == CTFI_CONTAINS)
        return &search;
    if (literal->type == CTFI_LITERAL_NUMBER)
        return json ? &json_number : &field_number;
    if (json && stars == CTFI_STARS_ONLY)
        return &json_any;
    if (json && stars == CTFI_STARS_NONE && like_number(literal->text))
        return &json_digits;
    return &star_phrases[stars];
}

static ctfi_bytes shown(ctfi_job *job, const ctfi_literal *literal, ctfi_bytes core)
{
    ctfi_say say = ctfi_say_begin(job);
    if (literal->type == CTFI_LITERAL_REGEX || literal->type == CTFI_LITERAL_NUMBER)
        ctfi_say_bytes(&say, literal->text);
    else
        ctfi_say_quoted(&say, core, SIZE_MAX);
    return ctfi_said(&say);
}

/* "is ..." or, denied, "is not ..." for a test with a value that is no ordering. */
static void say_predicate(ctfi_say *say, const ctfi_test *test, bool json, bool denied)
{
    ctfi_bytes core;
    ctfi_stars stars = ctfi_stars_of(&test->literal, &core);
    const phrase *words = phrase_of(test, json, stars);
    ctfi_bytes value = shown(say->job, &test->literal, stars == CTFI_STARS_INSIDE ? test->literal.text : core);
    const ctfi_bytes values[] = {value, value};
    ctfi_say_filled(say, denied ? words->is_not : words->is, values);
}

static bool ordered(ctfi_operator op)
{
    return op >= CTFI_LT && op <= CTFI_GE;
}

/* What must hold besides for !=, without a wildcard. */
static const char *unequal_guard(const ctfi_test *test)
{
    return test->literal.type == CTFI_LITERAL_NUMBER ? " is text or a number that a double can hold, and "
                                                     : " is text or a number, and ";
}

static const char *plain_words(ctfi_operator op)
{
    switch (op) {
    case CTFI_IS_NULL:
        return " is null, or an array with a null in it";
    case CTFI_IS_TRUE:
        return " is true";
    case CTFI_IS_FALSE:
        return " is false";
    case CTFI_NOT_EXISTS:
        return " is not there";
    default:
        return NULL;
    }
}

static void say_single(ctfi_say *say, const ctfi_test *test, ctfi_bytes subject)
{
    ctfi_say_bytes(say, subject);
    if (plain_words(test->op) != NULL) {
        ctfi_say_words(say, plain_words(test->op));
        return;
    }
    ctfi_say_words(say, test->op == CTFI_NE ? unequal_guard(test) : " ");
    if (ordered(test->op)) {
        ctfi_say_words(say, order_words[test->op]);
        ctfi_say_bytes(say, test->literal.text);
        return;
    }
    say_predicate(say, test, true, test->op == CTFI_NE);
}

/* != under a wildcard: what stands before the wildcard is there, and nothing selected is equal. */
static void say_none(ctfi_say *say, const ctfi_test *test, ctfi_bytes subject)
{
    ctfi_selector before = *test->selector;
    before.n_steps = before.wildcard;
    if (before.n_steps > 0) {
        ctfi_say_bytes(say, ctfi_selector_canonical(say->job, &before));
        ctfi_say_words(say, " is there, and ");
    }
    ctfi_say_words(say, "no value at ");
    ctfi_say_bytes(say, subject);
    ctfi_say_words(say, " ");
    say_predicate(say, test, true, false);
}

static void say_any(ctfi_say *say, const ctfi_test *test, ctfi_bytes subject)
{
    if (test->op == CTFI_NE) {
        say_none(say, test, subject);
        return;
    }
    if (test->op == CTFI_NOT_EXISTS) {
        ctfi_say_words(say, "nothing is at ");
        ctfi_say_bytes(say, subject);
        return;
    }
    ctfi_say_words(say, "some value at ");
    if (test->op == CTFI_IS_NULL) {
        ctfi_say_bytes(say, subject);
        ctfi_say_words(say, " is null");
        return;
    }
    say_single(say, test, subject);
}

static void say_field(ctfi_say *say, const ctfi_test *test)
{
    ctfi_say_words(say, "the field ");
    ctfi_say_bytes(say, test->field->name);
    ctfi_say_words(say, " ");
    if (ordered(test->op)) {
        ctfi_say_words(say, order_words[test->op]);
        ctfi_say_bytes(say, test->literal.text);
        return;
    }
    say_predicate(say, test, false, test->op == CTFI_NE);
}

ctfi_bytes ctfi_words_test(ctfi_job *job, const ctfi_tree *tree, const ctfi_test *test)
{
    ctfi_say say = ctfi_say_begin(job);
    if (tree->kind == CTF_KIND_FIELDS) {
        say_field(&say, test);
    } else if (tree->kind != CTF_KIND_JSON) {
        ctfi_say_words(&say, "the message ");
        say_predicate(&say, test, false, test->sign == CTFI_EXCLUDED);
    } else {
        ctfi_bytes subject = ctfi_selector_canonical(job, test->selector);
        bool wild = test->selector->wildcard < test->selector->n_steps;
        (wild ? say_any : say_single)(&say, test, subject);
    }
    return ctfi_said(&say);
}

uint32_t ctfi_words_tokens(const ctfi_tree *tree)
{
    return tree->n_fields - (tree->ellipsis < tree->n_fields);
}

static void say_tokens(ctfi_say *say, const ctfi_tree *tree)
{
    uint32_t needed = ctfi_words_tokens(tree);
    ctfi_say_words(say, "a line of at least ");
    ctfi_say_number(say, needed);
    ctfi_say_words(say, needed == 1 ? " token" : " tokens");
    if (tree->ellipsis == tree->n_fields)
        ctfi_say_words(say, "; where it has more, the last field is all the rest of the line");
}

ctfi_bytes ctfi_words_kind(ctfi_job *job, const ctfi_tree *tree)
{
    ctfi_say say = ctfi_say_begin(job);
    if (tree->kind == CTF_KIND_JSON)
        ctfi_say_words(&say, "a message that is one JSON object");
    else if (tree->kind == CTF_KIND_FIELDS && ctfi_words_tokens(tree) > 0)
        say_tokens(&say, tree);
    else
        ctfi_say_words(&say, "any message");
    return ctfi_said(&say);
}
