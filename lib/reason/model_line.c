/* Lines with as many tokens as are asked for: each token's text by itself, between quotes or brackets where its
 * characters need it (spec: filter-patterns 6.1). Nearly every text can be a token, so that it is not there as a text at
 * all is what proves that there is no line. */
#include "reason/model.h"

#include "reason/say.h"

typedef CTFI_LIST(ctfi_wish) wish_list;

static bool has_any(ctfi_bytes text, const char *set)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != 0 && strchr(set, text.data[i]) != NULL)
            return true;
    return false;
}

static void say_token(ctfi_say *say, ctfi_bytes text)
{
    bool bare = text.length > 0 && !has_any(text, " \t\n") && text.data[0] != '"' && text.data[0] != '[';
    bool quotes = !bare && !has_any(text, "\"");
    ctfi_say_words(say, bare ? "" : quotes ? "\"" : "[");
    ctfi_say_bytes(say, text);
    ctfi_say_words(say, bare ? "" : quotes ? "\"" : "]");
}

/* A text that a token can be; CTFI_NO where no text at all would do. */
static ctfi_answer find_token(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    if (ctfi_wish_field(job, wishes, "\"", out) == CTFI_YES || ctfi_wish_field(job, wishes, "]", out) == CTFI_YES)
        return CTFI_YES;
    return ctfi_wish_field(job, wishes, "", out) == CTFI_NO ? CTFI_NO : CTFI_UNDECIDED;
}

static uint32_t position_of(const ctfi_trait *trait, uint32_t tokens)
{
    return trait->place.type == CTFI_FROM_END ? tokens - 1 - trait->place.index : trait->place.index;
}

static wish_list wishes_at(ctfi_job *job, ctfi_wishes wishes, uint32_t position, uint32_t tokens)
{
    wish_list own = {NULL, 0, 0};
    for (size_t i = 0; i < wishes.n; i++)
        if (wishes.at[i].trait->type != CTFI_TRAIT_TOKENS && position_of(wishes.at[i].trait, tokens) == position)
            *CTFI_APPEND(job, &own) = wishes.at[i];
    return own;
}

/* How many tokens; too few where they are not wanted. */
static uint32_t count_tokens(ctfi_wishes wishes, bool *enough)
{
    *enough = true;
    for (size_t i = 0; i < wishes.n; i++)
        if (wishes.at[i].trait->type == CTFI_TRAIT_TOKENS) {
            *enough = wishes.at[i].want;
            return wishes.at[i].trait->tokens - !wishes.at[i].want;
        }
    return 0;
}

ctfi_answer ctfi_model_line(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    ctfi_answer answer = CTFI_YES;
    ctfi_say say = ctfi_say_begin(job);
    bool enough;
    uint32_t tokens = count_tokens(wishes, &enough);
    for (uint32_t i = 0; i < tokens && answer == CTFI_YES; i++) {
        wish_list own = {NULL, 0, 0};
        ctfi_bytes text;
        if (enough)
            own = wishes_at(job, wishes, i, tokens);
        answer = find_token(job, (ctfi_wishes){own.at, own.n}, &text);
        ctfi_say_words(&say, i == 0 ? "" : " ");
        if (answer == CTFI_YES)
            say_token(&say, text);
    }
    *out = ctfi_said(&say);
    return answer;
}
