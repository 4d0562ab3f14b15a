/* What tests of fields and of whole messages saw (spec: filter-patterns 3, 4, 6.1, 6.2). */
#include "reason/explanation.h"

#include "match/tokens.h"
#include "program/plan.h"
#include "reason/ask.h"
#include "reason/place.h"
#include "reason/say.h"
#include "reason/words.h"

#define MOST_PLACES 100u /* of a term that are told */

/* ---- space-delimited ---- */

/* The tokens of the message; all memory is the job's. */
static ctfi_tokens split(ctf_explanation *e)
{
    ctfi_tokens tokens = {.allocator = ctfi_ask_allocator(e->job)};
    if (ctfi_tokens_split(&tokens, e->message) != CTF_OK)
        ctfi_job_fail(e->job, CTF_E_NOMEM, CTF_ERROR_MEMORY, "out of memory");
    return tokens;
}

static size_t index_of(const ctfi_place *place, size_t n)
{
    return place->type == CTFI_FROM_END ? n - 1 - place->index : place->index;
}

static void name_tokens(ctf_explanation *e)
{
    size_t n = e->tokens.n;
    for (uint32_t i = 0; i < e->tree->n_fields; i++) {
        const ctfi_field *field = &e->tree->fields[i];
        if (field->ellipsis)
            continue;
        ctfi_place place = ctfi_plan_place(e->tree, i);
        ctf_split *token = &e->tokens.at[index_of(&place, n)];
        token->name = ctfi_text_of(field->name);
        token->rest = place.type == CTFI_REST && token->position < n;
    }
}

static void tell_too_few(ctf_explanation *e, uint32_t needed)
{
    ctfi_say say = ctfi_say_begin(e->job);
    ctfi_say_words(&say, "the line has ");
    ctfi_say_number(&say, e->tokens.n);
    ctfi_say_words(&say, e->tokens.n == 1 ? " token" : " tokens");
    ctfi_say_words(&say, ", and the pattern asks for at least ");
    ctfi_say_number(&say, needed);
    e->info.fault = ctfi_text_of(ctfi_said(&say));
    e->info.fault_offset = e->message.length;
}

void ctfi_explanation_split(ctf_explanation *e)
{
    ctfi_tokens tokens = split(e);
    for (size_t i = 0; i < tokens.n; i++) {
        const ctfi_token *from = &tokens.at[i];
        ctfi_bytes text = {e->message.data + from->text, from->length};
        *CTFI_APPEND(e->job, &e->tokens) =
            (ctf_split){.position = i + 1, .text = ctfi_text_of(text), .offset = from->text};
    }
    uint32_t needed = ctfi_words_tokens(e->tree);
    if (tokens.n < needed)
        tell_too_few(e, needed);
    else
        name_tokens(e);
}

void ctfi_explanation_see_field(ctf_explanation *e, ctfi_finding *finding, const ctfi_test *test)
{
    ctfi_tokens tokens = split(e);
    ctfi_place place = ctfi_plan_place(e->tree, test->field->position);
    ctfi_tokens_piece(&tokens, place.type, place.index, &finding->piece); /* tests are asked of lines that have it */
    ctf_seen seen = {.type = CTF_VALUE_STRING, .text = ctfi_text_of(finding->piece)};
    ctfi_explanation_see(e, finding, seen, finding->piece);
}

/* ---- terms and regular expressions ---- */

static void see_piece(ctf_explanation *e, ctfi_finding *finding, ctfi_bytes piece)
{
    ctfi_explanation_see(e, finding, (ctf_seen){.type = CTF_VALUE_STRING, .text = ctfi_text_of(piece)}, piece);
}

static void see_term(ctf_explanation *e, ctfi_finding *finding, ctfi_bytes term)
{
    size_t at = 0;
    while (finding->seen.n < MOST_PLACES && ctfi_place_text(e->message, term, &at)) {
        see_piece(e, finding, (ctfi_bytes){e->message.data + at, term.length});
        at += term.length;
    }
}

void ctfi_explanation_see_text(ctf_explanation *e, ctfi_finding *finding, const ctfi_test *test)
{
    ctfi_bytes piece;
    if (test->literal.type != CTFI_LITERAL_REGEX)
        see_term(e, finding, test->literal.text);
    else if (ctfi_place_regex(e->job, test->literal.regex, e->message, &piece))
        see_piece(e, finding, piece);
}
