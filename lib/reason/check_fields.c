/* Traps of space-delimited patterns (spec: filter-patterns 6). */
#include "reason/check.h"

#include "reason/hint.h"

static const ctfi_field *last_of(const ctfi_checking *c)
{
    return &c->tree->fields[c->tree->n_fields - 1];
}

static ctfi_span whole(const ctfi_checking *c)
{
    return (ctfi_span){0, (uint32_t)c->pattern.length};
}

/* Right before the closing bracket. */
static ctfi_span at_end(const ctfi_checking *c)
{
    return (ctfi_span){(uint32_t)c->pattern.length - 1, 0};
}

static void find_no_condition(ctfi_checking *c)
{
    const ctfi_tree *tree = c->tree;
    ctfi_say say = ctfi_say_begin(c->job);
    uint32_t tokens = tree->n_fields - (tree->ellipsis < tree->n_fields);
    ctfi_say_words(&say, tokens == 0 ? "No field has a condition, so every message matches."
                                     : "No field has a condition, so every line of at least ");
    if (tokens > 0) {
        ctfi_say_number(&say, tokens);
        ctfi_say_words(&say, tokens == 1 ? " token matches." : " tokens matches.");
    }
    ctf_finding *finding = ctfi_check_add(c, CTFI_RULE_NO_CONDITION, whole(c), ctfi_said(&say));
    if (tree->n_fields > 1 || tree->fields[0].name.length == 0)
        finding->severity = CTF_SEVERITY_NOTE;
    else
        ctfi_check_propose(finding, ctfi_hint_quote(c->job, tree->fields[0].name), false);
}

/* The last comma, behind which nothing stands. */
static void find_trailing_comma(ctfi_checking *c)
{
    const ctfi_field *last = last_of(c);
    if (c->tree->n_fields < 2 || last->name.length > 0 || last->ellipsis || last->condition != NULL)
        return;
    uint32_t at = (uint32_t)c->pattern.length - 1;
    while (c->pattern.data[at] != ',')
        at--;
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_TRAILING_COMMA, (ctfi_span){at, 1},
                       ctfi_bytes_of("Behind the comma stands one more field, without a name, which a line "
                                     "must have too."));
    ctfi_check_propose(finding, ctfi_bytes_of(""), false);
}

/* Does the test ask for one token, as far as that shows? */
static bool asks_for_a_token(const ctfi_test *test)
{
    const ctfi_literal *literal = &test->literal;
    ctfi_bytes text = literal->text;
    if (test->op >= CTFI_LT)
        return true;
    bool open = literal->type == CTFI_LITERAL_REGEX || (literal->glob && text.data[text.length - 1] == '*');
    return test->op == CTFI_EQ && !open && (text.length == 0 || memchr(text.data, ' ', text.length) == NULL);
}

static const ctfi_test *test_of_last(const ctfi_checking *c)
{
    for (size_t i = 0; i < c->clauses.n; i++) {
        const ctfi_test *test = &c->clauses.at[i].node->test;
        if (c->clauses.at[i].term != CTFI_NO_TERM && test->field == last_of(c) && asks_for_a_token(test))
            return test;
    }
    return NULL;
}

static void find_last_field(ctfi_checking *c)
{
    if (c->tree->ellipsis < c->tree->n_fields || test_of_last(c) == NULL)
        return;
    bool alone = c->tree->n_fields == 1;
    ctf_finding *finding = ctfi_check_add(
        c, CTFI_RULE_LAST_FIELD, at_end(c),
        ctfi_bytes_of(alone ? "The only field is the whole line where the line has more than one token. With "
                              ", ... behind it, "
                              "it is the first token."
                            : "The last field is all the rest of the line. With , ... behind it, it is one token."));
    ctfi_check_propose(finding, ctfi_bytes_of(", ..."), false);
    if (alone)
        finding->severity = CTF_SEVERITY_WARNING;
}

void ctfi_check_fields(ctfi_checking *c)
{
    if (c->tree->n_fields == 0)
        return;
    if (c->tree->root == NULL)
        find_no_condition(c);
    find_trailing_comma(c);
    find_last_field(c);
}
