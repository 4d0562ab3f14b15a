/* Traps of text patterns (spec: filter-patterns 3). */
#include "reason/check.h"

#include "reason/ask.h"
#include "reason/hint.h"
#include "reason/place.h"

static const ctfi_test *test_of(const ctfi_checking *c, size_t i)
{
    return &c->clauses.at[i].node->test;
}

static bool is_test(const ctfi_checking *c, size_t i)
{
    return c->clauses.at[i].term != CTFI_NO_TERM;
}

static bool is_word(const ctfi_checking *c, size_t i)
{
    return test_of(c, i)->literal.type == CTFI_LITERAL_WORD;
}

static ctfi_span joined(const ctfi_checking *c, size_t first, size_t last)
{
    ctfi_span a = c->clauses.at[first].span, b = c->clauses.at[last].span;
    return (ctfi_span){a.offset, b.offset + b.length - a.offset};
}

/* ---- words with - or ? in them ---- */

/* Does clause i stand right behind a word, as a word? */
static bool is_split_off(const ctfi_checking *c, size_t i)
{
    if (i == 0 || !is_test(c, i) || !is_test(c, i - 1) || !is_word(c, i) || !is_word(c, i - 1))
        return false;
    const ctfi_span before = c->clauses.at[i - 1].span;
    return test_of(c, i)->sign != CTFI_PLAIN && before.offset + before.length == c->clauses.at[i].span.offset;
}

static void find_splits(ctfi_checking *c)
{
    for (size_t i = 1; i < c->clauses.n; i++) {
        if (!is_split_off(c, i))
            continue;
        size_t first = i - 1, last = i;
        while (last + 1 < c->clauses.n && is_split_off(c, last + 1))
            last++;
        bool dash = test_of(c, i)->sign == CTFI_EXCLUDED;
        ctfi_span span = joined(c, first, last);
        size_t sign = test_of(c, first)->sign != CTFI_PLAIN;
        ctfi_span own = {span.offset + (uint32_t)sign, span.length - (uint32_t)sign};
        ctf_finding *finding = ctfi_check_add(
            c, dash ? CTFI_RULE_DASH_SPLITS : CTFI_RULE_QUESTION_SPLITS, own,
            ctfi_bytes_of(dash ? "The - excludes what stands behind it. A word with a dash goes in double quotes."
                               : "The ? makes what stands behind it a term of its own. A word with a question "
                                 "mark goes in "
                                 "double quotes."));
        ctfi_check_propose(finding, ctfi_hint_quote(c->job, ctfi_clause_text(c->tree, own)), true);
        i = last;
    }
}

/* ---- optional terms beside others ---- */

static void find_ignored(ctfi_checking *c)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < c->clauses.n; i++) {
        if (!is_test(c, i) || !test_of(c, i)->ignored || is_split_off(c, i))
            continue;
        first = n++ == 0 ? i : first;
    }
    if (n == 0)
        return;
    ctfi_say say = ctfi_say_begin(c->job);
    ctfi_say_bytes(&say, ctfi_clause_text(c->tree, c->clauses.at[first].span));
    if (n > 1) {
        ctfi_say_words(&say, " and ");
        ctfi_say_number(&say, n - 1);
        ctfi_say_words(&say, n == 2 ? " more optional term have" : " more optional terms have");
    } else {
        ctfi_say_words(&say, " has");
    }
    ctfi_say_words(&say, " no effect: beside a plain or excluded term the service leaves optional terms out.");
    ctfi_check_add(c, CTFI_RULE_OPTIONAL_IGNORED, c->clauses.at[first].span, ctfi_said(&say));
}

/* ---- stars ---- */

static bool is_blank_at(ctfi_bytes text, size_t i)
{
    return i >= text.length || ctfi_is_blank(text.data[i]);
}

/* A star at an end, or between characters: one with blanks around is text, as in SELECT * FROM. */
static bool has_meant_star(ctfi_bytes text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '*' || text.length == 1)
            continue;
        bool start = i == 0 && !is_blank_at(text, 1), end = i + 1 == text.length && !is_blank_at(text, i - 1);
        bool inside = i > 0 && !is_blank_at(text, i - 1) && !is_blank_at(text, i + 1) && i + 1 < text.length;
        if (start || end || inside)
            return true;
    }
    return false;
}

static ctfi_bytes without_end_stars(ctfi_bytes text)
{
    for (; text.length > 0 && text.data[0] == '*'; text.length--)
        text.data++;
    while (text.length > 0 && text.data[text.length - 1] == '*')
        text.length--;
    return text;
}

static void find_star(ctfi_checking *c, size_t i)
{
    const ctfi_literal *literal = &test_of(c, i)->literal;
    if (!has_meant_star(literal->text))
        return;
    ctf_finding *finding = ctfi_check_add(
        c, CTFI_RULE_STAR_IN_TERM, literal->span,
        ctfi_bytes_of("In a term a * is only a star. Terms are found anywhere in the message, so at an end it "
                      "can go."));
    ctfi_bytes core = without_end_stars(literal->text);
    if (core.length > 0 && memchr(core.data, '*', core.length) == NULL)
        ctfi_check_propose(finding, ctfi_hint_quote(c->job, core), false);
}

/* ---- AND, OR, NOT ---- */

static bool is_operator(const ctfi_checking *c, size_t i, const char *word)
{
    return is_test(c, i) && is_word(c, i) && test_of(c, i)->sign == CTFI_PLAIN &&
           ctfi_place_same_letters(test_of(c, i)->literal.text, ctfi_bytes_of(word));
}

static bool is_upper(const ctfi_checking *c, size_t i)
{
    return (test_of(c, i)->literal.text.data[0] & 0x20) == 0;
}

/* one OR two OR three, all plain: the same with question marks; NULL data for anything else. */
static ctfi_bytes as_options(const ctfi_checking *c)
{
    ctfi_say say = ctfi_say_begin(c->job);
    for (size_t i = 1; i < c->clauses.n; i++) {
        bool operator = i % 2 == 0;
        if (operator != (is_operator(c, i, "or") && is_upper(c, i)) || test_of(c, i)->sign != CTFI_PLAIN)
            return (ctfi_bytes){NULL, 0};
        if (operator)
            continue;
        ctfi_say_words(&say, i == 1 ? "?" : " ?");
        ctfi_say_bytes(&say, ctfi_clause_text(c->tree, c->clauses.at[i].span));
    }
    return c->clauses.n % 2 == 0 ? ctfi_said(&say) : (ctfi_bytes){NULL, 0};
}

static void tell_operator(ctfi_checking *c, size_t i, const char *words)
{
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_WORD_OPERATOR, c->clauses.at[i].span, ctfi_bytes_of(words));
    if (!is_upper(c, i))
        finding->severity = CTF_SEVERITY_NOTE;
}

static void find_or(ctfi_checking *c, size_t i)
{
    tell_operator(c, i, "OR is a word here, which the message must contain. For any of several terms write "
                        "?one ?two.");
    ctfi_bytes options = as_options(c);
    if (options.data == NULL)
        return;
    ctfi_check_propose_over(&c->findings.at[c->findings.n - 1], (ctfi_span){0, (uint32_t)c->pattern.length}, options, true);
}

static void find_and(ctfi_checking *c, size_t i)
{
    tell_operator(c, i, "AND is a word here, which the message must contain. Terms written one after another are all "
                        "needed.");
    if (!is_upper(c, i))
        return;
    uint32_t from = c->clauses.at[i].span.offset;
    ctfi_span gap = {from, c->clauses.at[i + 1].span.offset - from};
    ctfi_check_propose_over(&c->findings.at[c->findings.n - 1], gap, ctfi_bytes_of(""), true);
}

/* Between two terms; as the first or last word it is more likely text. */
static void find_operators(ctfi_checking *c)
{
    bool told = false;
    for (size_t i = 2; i + 1 < c->clauses.n; i++) {
        if (is_operator(c, i, "and"))
            find_and(c, i);
        else if (is_operator(c, i, "or") && !told)
            find_or(c, i), told = true;
        else if (is_operator(c, i, "not") && is_upper(c, i))
            tell_operator(c, i, "NOT is a word here, which the message must contain. To exclude a term write -term.");
    }
}

/* ---- terms within terms ---- */

static bool contains(ctfi_bytes text, ctfi_bytes part)
{
    size_t at = 0;
    return ctfi_place_text(text, part, &at);
}

static void tell_pair(ctfi_checking *c, ctfi_rule rule, size_t at, size_t other, const char *words)
{
    ctfi_say say = ctfi_say_begin(c->job);
    const ctfi_bytes texts[] = {ctfi_clause_text(c->tree, c->clauses.at[at].span),
                                ctfi_clause_text(c->tree, c->clauses.at[other].span)};
    ctfi_say_filled(&say, words, texts);
    ctfi_check_add(c, rule, c->clauses.at[at].span, ctfi_said(&say));
}

/* What term i makes of term k: each pair comes in both orders. */
static void compare(ctfi_checking *c, size_t i, size_t k)
{
    const ctfi_test *one = test_of(c, i), *other = test_of(c, k);
    bool same = ctfi_bytes_equal(one->literal.text, other->literal.text);
    if (one->ignored || other->ignored || !contains(one->literal.text, other->literal.text) || (same && i < k))
        return;
    if (one->sign == CTFI_PLAIN && other->sign == CTFI_EXCLUDED)
        tell_pair(c, CTFI_RULE_NEGATED_TERM, i, k, "No message matches: one that contains %s is excluded by %s.");
    else if (one->sign == CTFI_PLAIN && other->sign == CTFI_PLAIN)
        tell_pair(c, CTFI_RULE_REDUNDANT_TERM, same ? i : k, same ? k : i, "%s asks for no more than %s does.");
    else if (one->sign == other->sign)
        tell_pair(c, CTFI_RULE_REDUNDANT_TERM, i, k, "%s is no more than what %s says already.");
}

static void find_pairs(ctfi_checking *c)
{
    for (size_t i = 0; i < c->clauses.n; i++)
        for (size_t k = 0; k < c->clauses.n && is_test(c, i); k++)
            if (i != k && is_test(c, k))
                compare(c, i, k);
}

/* ---- a phrase without its quotes ---- */

static void find_phrase(ctfi_checking *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->clauses.n; i++) {
        if (!is_test(c, i))
            continue;
        if (!is_word(c, i) || test_of(c, i)->sign != CTFI_PLAIN)
            return;
        n++;
    }
    if (n < 3)
        return;
    ctf_finding *finding =
        ctfi_check_add(c, CTFI_RULE_WORDS_APART, (ctfi_span){0, (uint32_t)c->pattern.length},
                       ctfi_bytes_of("The words are found in any order, anywhere in the message. A phrase "
                                     "goes in double "
                                     "quotes."));
    ctfi_check_propose(finding, ctfi_hint_quote(c->job, c->pattern), false);
}

void ctfi_check_terms(ctfi_checking *c)
{
    find_phrase(c);
    find_splits(c);
    find_ignored(c);
    find_operators(c);
    find_pairs(c);
    for (size_t i = 0; i < c->clauses.n; i++)
        if (is_test(c, i))
            find_star(c, i);
}
