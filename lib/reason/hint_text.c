/* Texts that are not quite what the literal says: case, blanks, numbers, quotes. */
#include "reason/hint.h"

#include "reason/ask.h"
#include "reason/place.h"
#include "reason/words.h"

/* Does the text stand between percent signs and quotes? */
static bool is_quoted_regex(const ctfi_literal *literal)
{
    ctfi_bytes text = literal->text;
    return literal->type == CTFI_LITERAL_QUOTED && text.length > 2 && text.data[0] == '%' &&
           text.data[text.length - 1] == '%';
}

void ctfi_hint_quoted_regex(const ctfi_hinting *h)
{
    ctf_explanation *e = h->e;
    if (!is_quoted_regex(&h->test->literal))
        return;
    ctfi_bytes words = ctfi_bytes_of("In quotes a regular expression is plain text, percent signs included.");
    bool term = h->test->op == CTFI_CONTAINS;
    ctfi_bytes instead = term ? h->test->literal.text : ctfi_hint_with_value(h, h->test->literal.text);
    if (!ctfi_ask_compiles(e->job, ctfi_clause_alone(e->job, e->tree, h->test, instead)))
        ctfi_hint_tell(h, "quoted-regex", words);
    else
        ctfi_hint_propose(h, "quoted-regex", words, instead);
}

/* ---- compared with = ---- */

static ctfi_bytes without_stars(const ctfi_literal *literal)
{
    ctfi_bytes core;
    ctfi_stars_of(literal, &core);
    return core;
}

/* The literal as the text spells it, its stars kept. */
static bool hint_case(const ctfi_hinting *h, ctfi_bytes text)
{
    ctfi_bytes core = without_stars(&h->test->literal);
    const ctfi_literal *literal = &h->test->literal;
    size_t at = 0;
    if (core.length == 0 || !ctfi_place_text_any_case(text, core, &at))
        return false;
    bool before = literal->glob && literal->text.data[0] == '*';
    bool behind = literal->glob && literal->text.data[literal->text.length - 1] == '*';
    return ctfi_hint_try_value(h, "case", ctfi_bytes_of("Upper and lower case letters differ."),
                     ctfi_hint_starred(h->e->job, (ctfi_bytes){text.data + at, core.length}, before, behind));
}

static ctfi_bytes trimmed(ctfi_bytes text)
{
    for (; text.length > 0 && ctfi_is_blank(text.data[0]); text.length--)
        text.data++;
    while (text.length > 0 && ctfi_is_blank(text.data[text.length - 1]))
        text.length--;
    return text;
}

static bool hint_blanks(const ctfi_hinting *h, ctfi_bytes text)
{
    if (h->test->literal.glob || !ctfi_bytes_equal(trimmed(text), trimmed(h->test->literal.text)))
        return false;
    return ctfi_hint_try_value(h, "blanks", ctfi_bytes_of("There are blanks at the ends of the text."),
                     ctfi_hint_quote(h->e->job, text));
}

/* 7 against "07" or 7.0: equal as numbers, not as texts. */
static bool hint_number(const ctfi_hinting *h, ctfi_bytes text)
{
    ctfi_decimal seen, wanted;
    const ctfi_literal *literal = &h->test->literal;
    if (!ctfi_decimal_read(text.data, text.length, false, &seen) ||
        !ctfi_decimal_read(literal->text.data, literal->text.length, false, &wanted) ||
        ctfi_decimal_compare(&seen, &wanted) != 0)
        return false;
    if (literal->type == CTFI_LITERAL_NUMBER)
        return ctfi_hint_try_value(h, "number-and-text",
                         ctfi_bytes_of("The value is text, and texts are equal only when all characters are."),
                         ctfi_hint_quote(h->e->job, text));
    return ctfi_hint_try_value(h, "number-and-text",
                     ctfi_bytes_of("A quoted or bare text is compared with the digits of a number as the service "
                                   "prints them; a number without quotes is compared as a number."),
                     literal->text);
}

/* The last field takes the rest of the line. */
static bool hint_rest(const ctfi_hinting *h)
{
    ctf_explanation *e = h->e;
    const ctfi_tree *tree = e->tree;
    if (h->test->field == NULL || h->test->field->position + 1 != tree->n_fields || tree->ellipsis < tree->n_fields ||
        e->tokens.n <= tree->n_fields)
        return false;
    const ctfi_span end = {(uint32_t)tree->text.length - 1, 0};
    ctfi_bytes instead = ctfi_bytes_of(", ...");
    if (!ctfi_ask_one(e->job, ctfi_clause_splice(e->job, tree->text, end, instead), e->message))
        return false;
    ctfi_hint_propose_over(h, "last-field",
                           ctfi_bytes_of("The last field is all the rest of the line. With , ... behind it, "
                                         "it is one "
                                         "token."),
                           end, instead);
    return true;
}

static void hint_order_of_field(const ctfi_hinting *h, ctfi_bytes text)
{
    ctfi_decimal number;
    if (!ctfi_decimal_read(text.data, text.length, false, &number))
        ctfi_hint_tell(h, "order-of-text", ctfi_bytes_of("<, <=, > and >= compare numbers, and the field is "
                                                         "no number."));
}

void ctfi_hint_text(const ctfi_hinting *h, ctfi_bytes text)
{
    if (hint_rest(h))
        return;
    if (h->test->field != NULL && h->test->op >= CTFI_LT)
        hint_order_of_field(h, text);
    if (h->test->op != CTFI_EQ || h->test->literal.type == CTFI_LITERAL_REGEX)
        return;
    if (!hint_number(h, text) && !hint_blanks(h, text) && !hint_case(h, text) && !ctfi_hint_first_occurrence(h, text))
        ctfi_hint_stars(h, text);
}

/* ---- terms ---- */

static ctfi_span join(ctfi_span a, ctfi_span b)
{
    return (ctfi_span){a.offset, b.offset + b.length - a.offset};
}

/* An excluded term right behind another one: a word with a dash was meant. */
static bool hint_dash(const ctfi_hinting *h)
{
    ctf_explanation *e = h->e;
    const ctfi_clause *own = &e->clauses.at[h->clause];
    const ctfi_clause *before = h->clause > 1 ? own - 1 : NULL;
    if (h->test->sign != CTFI_EXCLUDED || before == NULL || before->span.offset + before->span.length != own->span.offset)
        return false;
    ctfi_span span = join(before->span, own->span);
    ctfi_hint_propose_over(h, "dash-splits",
                           ctfi_bytes_of("A - excludes the term behind it, also in the middle of a word. A "
                                         "word with a dash "
                                         "goes in quotes."),
                           span, ctfi_hint_quote(e->job, ctfi_clause_text(e->tree, span)));
    return true;
}

static void hint_term_case(const ctfi_hinting *h, ctfi_bytes core, bool stars)
{
    size_t at = 0;
    ctf_explanation *e = h->e;
    if (core.length == 0 || !ctfi_place_text_any_case(e->message, core, &at))
        return;
    ctfi_bytes found = {e->message.data + at, core.length};
    bool same = ctfi_bytes_equal(found, core);
    ctfi_hint_propose(h, stars && same ? "star-in-term" : "case",
                      ctfi_bytes_of(stars && same ? "In a term a * is only a star; terms are found anywhere "
                                                    "in the message, "
                                                    "so they need none."
                                                  : "Upper and lower case letters differ."),
                      ctfi_hint_quote(e->job, found));
}

void ctfi_hint_term(const ctfi_hinting *h)
{
    const ctfi_literal *literal = &h->test->literal;
    if (hint_dash(h) || h->test->sign == CTFI_EXCLUDED || literal->type == CTFI_LITERAL_REGEX)
        return;
    ctfi_literal as_value = *literal;
    as_value.glob = memchr(literal->text.data, '*', literal->text.length) != NULL;
    hint_term_case(h, without_stars(&as_value), as_value.glob);
}
