/* From characters to tokens: the three lexers of the pattern language.
 *
 * A lexer works on its own copy of the text with a NUL behind the part it may read; a NUL inside the
 * text is a character like any other. The text is well-formed UTF-8. What forms no token comes as
 * CTFI_TOKEN_BAD, so that the parser, who knows what stands around it, can say what to write instead;
 * only a selector is refused where it is read. */
#ifndef CTFI_PATTERN_LEXER_H
#define CTFI_PATTERN_LEXER_H

#include "base/bytes.h"
#include "base/job.h"
#include "pattern/tree.h"

typedef enum ctfi_token_type {
    CTFI_TOKEN_END,
    CTFI_TOKEN_BAD,      /* see ctfi_flaw */
    CTFI_TOKEN_WORD,     /* bare term, bare value, name, keyword, ... */
    CTFI_TOKEN_QUOTED,
    CTFI_TOKEN_EXCLUDE,  /* - before a text term */
    CTFI_TOKEN_OPTION,   /* ? before a text term */
    CTFI_TOKEN_NUMBER,
    CTFI_TOKEN_REGEX,
    CTFI_TOKEN_SELECTOR,
    CTFI_TOKEN_COMPARE,  /* = != < <= > >= */
    CTFI_TOKEN_AND,
    CTFI_TOKEN_OR,
    CTFI_TOKEN_OPEN,
    CTFI_TOKEN_CLOSE,
    CTFI_TOKEN_COMMA
} ctfi_token_type;

/* What is wrong with a CTFI_TOKEN_BAD. */
typedef enum ctfi_flaw {
    CTFI_FLAW_CHARACTER,       /* one code point that begins no token */
    CTFI_FLAW_QUOTE,           /* a quote never closed; the span runs to the end */
    CTFI_FLAW_EMPTY_QUOTES,    /* "" as a text term */
    CTFI_FLAW_SIGN,            /* + or - before something that is no number */
    CTFI_FLAW_OPERATOR,        /* ==, =~, <>, ... */
    CTFI_FLAW_REGEX_EMPTY,     /* %% */
    CTFI_FLAW_REGEX_OPEN,      /* a % never closed */
    CTFI_FLAW_REGEX_CHARACTER  /* from % to the character that no regex may hold */
} ctfi_flaw;

typedef struct ctfi_token {
    ctfi_token_type type;
    ctfi_flaw flaw;                /* BAD */
    ctfi_span span;
    ctfi_bytes text;               /* QUOTED: escapes decoded; REGEX: without %; else as it stands */
    ctfi_operator op;              /* COMPARE */
    const ctfi_selector *selector; /* SELECTOR */
} ctfi_token;

typedef struct ctfi_lexer {
    ctfi_job *job;
    const unsigned char *base;   /* of the copy; spans count from here */
    const unsigned char *cursor; /* next byte */
    const unsigned char *limit;  /* where reading ends; holds a NUL */
    bool reference;              /* a selector standing alone: all refusals are CTF_ERROR_SELECTOR */
} ctfi_lexer;

/* Reads bytes from..to of the text (to <= length < 4 GiB). */
ctfi_lexer ctfi_lexer_open(ctfi_job *job, ctfi_bytes text, size_t from, size_t to);

/* The next token of a text pattern; blanks are passed over. */
ctfi_token ctfi_lexer_term(ctfi_lexer *lexer);

/* The next token of a JSON or space-delimited pattern, or of a pattern that is one regex. Only where
 * `selectors` is true does a $ begin a selector. */
ctfi_token ctfi_lexer_structured(ctfi_lexer *lexer, bool selectors);

/* Reads a selector, the cursor standing at its $ (in selector.re). Leaves the cursor behind the longest
 * one; refuses what begins a step and is none. */
const ctfi_selector *ctfi_lexer_selector(ctfi_lexer *lexer);

/* The first character of from..to that is neither ASCII nor a letter, or `to`: none such may stand in
 * bare terms, names and values. */
const unsigned char *ctfi_lexer_foreign(const unsigned char *from, const unsigned char *to);

/* Behind the code point at p, or p itself at the limit. */
const unsigned char *ctfi_lexer_past(const ctfi_lexer *lexer, const unsigned char *p);

/* Is the text letters, digits, _ and - alone, at least one: a dotted name of a selector? */
bool ctfi_lexer_is_name(ctfi_bytes text);

/* Bytes of the copy. */
static inline ctfi_bytes ctfi_lexer_bytes(const ctfi_lexer *lexer, ctfi_span span)
{
    return (ctfi_bytes){lexer->base + span.offset, span.length};
}

static inline ctfi_span ctfi_lexer_span(const ctfi_lexer *lexer, const unsigned char *from,
                                        const unsigned char *to)
{
    return (ctfi_span){(uint32_t)(from - lexer->base), (uint32_t)(to - from)};
}

/* From the start of a to the end of b. */
static inline ctfi_span ctfi_span_join(ctfi_span a, ctfi_span b)
{
    return (ctfi_span){a.offset, b.offset + b.length - a.offset};
}

/* Does b begin where a ends? */
static inline bool ctfi_span_touches(ctfi_span a, ctfi_span b)
{
    return a.length != 0 && a.offset + a.length == b.offset;
}

#endif
