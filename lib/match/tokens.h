/* Splitting a message for space-delimited patterns (spec: filter-patterns 6.1 and 6.2). */
#ifndef CTFI_MATCH_TOKENS_H
#define CTFI_MATCH_TOKENS_H

#include <ctfilter/types.h>

#include "base/bytes.h"
#include "program/image.h"

typedef struct ctfi_token {
    size_t start; /* of the token in the message, its opening delimiter included */
    size_t text;  /* of its text */
    size_t length;
} ctfi_token;

/* Grows to the most tokens seen and is reused. */
typedef struct ctfi_tokens {
    ctf_allocator allocator;
    ctfi_bytes message;
    ctfi_token *at;
    size_t n;
    size_t capacity;
} ctfi_tokens;

void ctfi_tokens_free(ctfi_tokens *tokens);

/* Splits; the message must live as long as the tokens are read. */
ctf_status ctfi_tokens_split(ctfi_tokens *tokens, ctfi_bytes message);

/* The piece of the message that an accessor or a wanted value speaks of; false when there is none. */
bool ctfi_tokens_piece(const ctfi_tokens *tokens, ctfi_accessor_type type, size_t index, ctfi_bytes *out);

#endif
