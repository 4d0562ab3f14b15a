#include "reason/hint.h"

#include "reason/ask.h"

static void add(const ctfi_hinting *h, ctf_hint hint, ctfi_bytes words)
{
    hint.clause = h->clause;
    hint.words = ctfi_text_of(words);
    *CTFI_APPEND(h->e->job, &h->e->hints) = hint;
}

void ctfi_hint_tell(const ctfi_hinting *h, const char *id, ctfi_bytes words)
{
    add(h, (ctf_hint){.id = id}, words);
}

bool ctfi_hint_holds(const ctfi_hinting *h, ctfi_bytes instead)
{
    ctf_explanation *e = h->e;
    return ctfi_ask_one(e->job, ctfi_clause_alone(e->job, e->tree, h->test, instead), e->message);
}

static ctf_hint proposal(const ctfi_hinting *h, const char *id, ctfi_span span, ctfi_bytes instead)
{
    ctf_explanation *e = h->e;
    ctfi_bytes whole = ctfi_clause_splice(e->job, e->tree->text, span, instead);
    return (ctf_hint){.id = id, .instead = ctfi_text_of(instead), .offset = span.offset, .length = span.length,
                      .pattern_matches = ctfi_ask_one(e->job, whole, e->message)};
}

void ctfi_hint_propose(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_bytes instead)
{
    ctf_hint hint = proposal(h, id, h->e->clauses.at[h->clause].span, instead);
    hint.test_holds = ctfi_hint_holds(h, instead);
    add(h, hint, words);
}

void ctfi_hint_propose_over(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_span span,
                            ctfi_bytes instead)
{
    ctf_hint hint = proposal(h, id, span, instead);
    hint.test_holds = hint.pattern_matches;
    add(h, hint, words);
}

static ctfi_bytes own_text(const ctfi_hinting *h)
{
    return ctfi_clause_text(h->e->tree, h->e->clauses.at[h->clause].span);
}

/* Bytes of the test that its selector or field's name takes. */
static size_t subject_length(const ctfi_hinting *h)
{
    return h->test->selector != NULL ? h->test->selector->span.length : h->test->field->name.length;
}

ctfi_bytes ctfi_hint_with_selector(const ctfi_hinting *h, const ctfi_selector *selector)
{
    ctfi_bytes text = own_text(h);
    size_t subject = subject_length(h);
    ctfi_say say = ctfi_say_begin(h->e->job);
    ctfi_say_bytes(&say, ctfi_selector_canonical(h->e->job, selector));
    ctfi_say_bytes(&say, (ctfi_bytes){text.data + subject, text.length - subject});
    return ctfi_said(&say);
}

ctfi_bytes ctfi_hint_with_rest(const ctfi_hinting *h, ctfi_bytes rest)
{
    ctfi_say say = ctfi_say_begin(h->e->job);
    ctfi_say_bytes(&say, (ctfi_bytes){own_text(h).data, subject_length(h)});
    ctfi_say_bytes(&say, rest);
    return ctfi_said(&say);
}

ctfi_bytes ctfi_hint_with_value(const ctfi_hinting *h, ctfi_bytes value)
{
    ctfi_bytes text = own_text(h);
    ctfi_say say = ctfi_say_begin(h->e->job);
    ctfi_say_bytes(&say, (ctfi_bytes){text.data, text.length - h->test->literal.span.length});
    ctfi_say_bytes(&say, value);
    return ctfi_said(&say);
}

ctfi_bytes ctfi_hint_quote(ctfi_job *job, ctfi_bytes text)
{
    const ctfi_literal literal = {.type = CTFI_LITERAL_QUOTED, .text = text};
    return ctfi_literal_canonical(job, &literal);
}

/* A decisive test that is false. */
static void hint_false(const ctfi_hinting *h)
{
    const ctfi_selection *selection = &h->finding->selection;
    if (h->test->op == CTFI_CONTAINS) {
        ctfi_hint_term(h);
    } else if (h->test->field != NULL) {
        ctfi_hint_text(h, h->finding->piece);
    } else if (selection->n == 0) {
        ctfi_hint_absent(h);
    } else {
        const ctfi_value *value = selection->found[0];
        ctfi_hint_type(h, value);
        if (value->type == CTF_VALUE_STRING || value->type == CTF_VALUE_NUMBER)
            ctfi_hint_text(h, value->text);
    }
}

/* Text before or behind what would be an object. */
static void hint_fault(ctf_explanation *e)
{
    ctfi_bytes m = e->message;
    const unsigned char *brace = m.length == 0 ? NULL : memchr(m.data, '{', m.length);
    const ctfi_hinting h = {.e = e, .clause = e->clauses.n};
    ctfi_json_fault fault;
    if (e->root != NULL || brace == NULL || e->tree->kind != CTF_KIND_JSON || brace == m.data)
        return;
    if (ctfi_json_read(e->job, (ctfi_bytes){brace, (size_t)(m.data + m.length - brace)}, &fault) == NULL)
        return;
    ctfi_hint_tell(&h, "text-before-json",
                   ctfi_bytes_of("A JSON pattern reads only messages that are one JSON object from the first "
                                 "character to the last. Here other text stands before the object."));
}

void ctfi_explanation_hint(ctf_explanation *e)
{
    hint_fault(e);
    for (size_t i = 0; i < e->clauses.n; i++) {
        const ctfi_hinting h = {e, i, ctfi_explanation_test(e, i), &e->findings[i]};
        if (!h.finding->shown.decisive)
            continue;
        ctfi_hint_quoted_regex(&h);
        if (!e->info.matches)
            hint_false(&h);
    }
}
