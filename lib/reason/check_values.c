/* Traps of values, whatever they are compared with (spec: filter-patterns 4, 5.4). */
#include "reason/check.h"

#include "reason/ask.h"
#include "reason/cloudtrail.h"
#include "reason/place.h"
#include "reason/words.h"

static bool is_quoted_regex(const ctfi_literal *literal)
{
    ctfi_bytes text = literal->text;
    return literal->type == CTFI_LITERAL_QUOTED && text.length > 2 && text.data[0] == '%' &&
           text.data[text.length - 1] == '%';
}

static void find_quoted_regex(ctfi_checking *c, const ctfi_test *test)
{
    if (!is_quoted_regex(&test->literal))
        return;
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_QUOTED_REGEX, test->literal.span,
                       ctfi_bytes_of("In quotes a regular expression is plain text, percent signs included."));
    ctfi_span span = {(uint32_t)finding->offset, (uint32_t)finding->length};
    if (ctfi_ask_compiles(c->job, ctfi_clause_splice(c->job, c->pattern, span, test->literal.text)))
        ctfi_check_propose(finding, test->literal.text, false);
}

static bool is_word(const ctfi_literal *literal, const char *word)
{
    return literal->type == CTFI_LITERAL_WORD && ctfi_place_same_letters(literal->text, ctfi_bytes_of(word));
}

/* From the operator to the end of the value. */
static ctfi_span comparison(const ctfi_test *test)
{
    uint32_t end = test->literal.span.offset + test->literal.span.length;
    return (ctfi_span){test->op_span.offset, end - test->op_span.offset};
}

static void find_boolean(ctfi_checking *c, const ctfi_test *test)
{
    bool yes = is_word(&test->literal, "true");
    if (test->selector == NULL || (!yes && !is_word(&test->literal, "false")) || test->op > CTFI_NE)
        return;
    ctfi_cloudtrail_place place = ctfi_cloudtrail_find(test->selector);
    if (place.types != 0 && place.known == test->selector->n_steps)
        return; /* what is known of its type is told there */
    ctf_finding *finding = ctfi_check_add(
        c, CTFI_RULE_BOOLEAN_WORD, comparison(test),
        ctfi_bytes_of("This compares with text and is false for booleans. If the field holds text, quotes say so."));
    ctfi_check_propose(finding, ctfi_bytes_of(yes == (test->op == CTFI_EQ) ? "IS TRUE" : "IS FALSE"), false);
}

static void find_never_unequal(ctfi_checking *c, const ctfi_test *test)
{
    ctfi_bytes core;
    bool wild = test->selector != NULL && test->selector->wildcard < test->selector->n_steps;
    if (test->op != CTFI_NE || wild || ctfi_stars_of(&test->literal, &core) != CTFI_STARS_ONLY)
        return;
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_NEVER_UNEQUAL, comparison(test),
                       ctfi_bytes_of("= * is true of every text and number, and != is false of everything else."));
    if (test->selector != NULL)
        ctfi_check_propose(finding, ctfi_bytes_of("NOT EXISTS"), false);
}

void ctfi_check_values(ctfi_checking *c)
{
    for (size_t i = 0; i < c->clauses.n; i++) {
        const ctfi_test *test = &c->clauses.at[i].node->test;
        if (c->clauses.at[i].term == CTFI_NO_TERM)
            continue;
        find_quoted_regex(c, test);
        find_boolean(c, test);
        find_never_unequal(c, test);
    }
}
