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

/* How many tokens a line is to have. */
typedef struct count {
    uint32_t least;
    uint32_t most;
    uint32_t starts, ends; /* that are spoken of from either end */
} count;

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static void count_wish(count *c, const ctfi_wish *wish)
{
    const ctfi_trait *trait = wish->trait;
    if (trait->type == CTFI_TRAIT_TOKENS && wish->want)
        c->least = larger(c->least, trait->tokens);
    else if (trait->type == CTFI_TRAIT_TOKENS)
        c->most = trait->tokens - 1 < c->most ? trait->tokens - 1 : c->most;
    else if (trait->place.type == CTFI_FROM_END)
        c->ends = larger(c->ends, trait->place.index + 1);
    else if (trait->place.index < CTFI_PLACE_APART)
        c->starts = larger(c->starts, trait->place.index + 1);
}

static count count_tokens(ctfi_wishes wishes)
{
    count c = {0, UINT32_MAX, 0, 0};
    for (size_t i = 0; i < wishes.n; i++)
        count_wish(&c, &wishes.at[i]);
    return c;
}

/* Where there may be any number of tokens, there are so many that none is counted from both ends: what cannot be then
 * cannot be in shorter lines. Where there may not, tokens are as they like, and the matcher decides. */
ctfi_answer ctfi_model_line(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    ctfi_answer answer = CTFI_YES;
    ctfi_say say = ctfi_say_begin(job);
    const count c = count_tokens(wishes);
    const bool enough = c.most == UINT32_MAX;
    const uint32_t tokens = enough ? larger(c.least, c.starts + c.ends) : c.most;
    if (c.most < c.least)
        return CTFI_NO;
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
