/* What patterns ask, in words that are exactly true (spec: filter-patterns 3 to 6). */
#ifndef CTFI_REASON_WORDS_H
#define CTFI_REASON_WORDS_H

#include "pattern/tree.h"

/* A test as a sentence: `$.eventName is "ConsoleLogin"`. */
ctfi_bytes ctfi_words_test(ctfi_job *job, const ctfi_tree *tree, const ctfi_test *test);

/* What a message must be before any test is asked: "a message that is one JSON object". */
ctfi_bytes ctfi_words_kind(ctfi_job *job, const ctfi_tree *tree);

/* Tokens that a line must have for a space-delimited pattern. */
uint32_t ctfi_words_tokens(const ctfi_tree *tree);

/* How a literal with stars is meant; text with none is CTFI_STARS_NONE. */
typedef enum ctfi_stars {
    CTFI_STARS_NONE,
    CTFI_STARS_ONLY,   /* "*" */
    CTFI_STARS_BEHIND, /* "x*" */
    CTFI_STARS_BEFORE, /* "*x" */
    CTFI_STARS_AROUND, /* "*x*" */
    CTFI_STARS_INSIDE  /* any other */
} ctfi_stars;

/* *core: the text between the outer stars. */
ctfi_stars ctfi_stars_of(const ctfi_literal *literal, ctfi_bytes *core);

#endif
