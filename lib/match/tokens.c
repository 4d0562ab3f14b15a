#include "match/tokens.h"

#include "base/room.h"

void ctfi_tokens_free(ctfi_tokens *tokens)
{
    ctfi_resize(&tokens->allocator, tokens->at, 0);
    tokens->at = NULL;
    tokens->n = tokens->capacity = 0;
}

/* CR is an ordinary character here ([open] in 6.1: a newline separates, CR does not). */
static bool is_separator(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* A search for a closer that found none holds for the rest of the message: remembered, so that splitting
 * stays linear. */
typedef struct closers {
    bool no_quote;
    bool no_bracket;
} closers;

/* The closer of the quote or bracket at `start`, or NULL. */
static const unsigned char *find_closer(ctfi_bytes message, size_t start, closers *known)
{
    unsigned char opener = message.data[start];
    bool *none = opener == '"' ? &known->no_quote : &known->no_bracket;
    if ((opener != '"' && opener != '[') || *none)
        return NULL;
    const unsigned char *closer =
        memchr(message.data + start + 1, opener == '"' ? '"' : ']', message.length - start - 1);
    *none = closer == NULL;
    return closer;
}

/* The token that begins at `start`; returns the place behind it. */
static size_t read_token(ctfi_bytes message, size_t start, closers *known, ctfi_token *token)
{
    const unsigned char *closer = find_closer(message, start, known);
    if (closer != NULL) {
        size_t end = (size_t)(closer - message.data);
        *token = (ctfi_token){start, start + 1, end - start - 1};
        return end + 1;
    }
    size_t end = start;
    while (end < message.length && !is_separator(message.data[end]))
        end++;
    *token = (ctfi_token){start, start, end - start};
    return end;
}

ctf_status ctfi_tokens_split(ctfi_tokens *tokens, ctfi_bytes message)
{
    closers known = {false, false};
    tokens->message = message;
    tokens->n = 0;
    for (size_t at = 0;;) {
        while (at < message.length && is_separator(message.data[at]))
            at++;
        if (at == message.length)
            return CTF_OK;
        void *grown =
            ctfi_room(&tokens->allocator, tokens->at, &tokens->capacity, tokens->n + 1, sizeof *tokens->at);
        if (grown == NULL)
            return CTF_E_NOMEM;
        tokens->at = grown;
        at = read_token(message, at, &known, &tokens->at[tokens->n++]);
    }
}

/* The last field: the token when it is the last one, else all from where it begins. */
static ctfi_bytes rest_from(const ctfi_tokens *tokens, size_t index)
{
    const ctfi_token *token = &tokens->at[index];
    ctfi_bytes text = {tokens->message.data + token->text, token->length};
    if (index + 1 == tokens->n)
        return text;
    size_t start = index == 0 ? 0 : token->start;
    ctfi_bytes rest = {tokens->message.data + start, tokens->message.length - start};
    return rest;
}

bool ctfi_tokens_piece(const ctfi_tokens *tokens, ctfi_accessor_type type, size_t index, ctfi_bytes *out)
{
    if (index >= tokens->n)
        return false;
    const ctfi_token *token = &tokens->at[type == CTFI_FROM_END ? tokens->n - 1 - index : index];
    *out = type == CTFI_REST ? rest_from(tokens, index)
                             : (ctfi_bytes){tokens->message.data + token->text, token->length};
    return true;
}
