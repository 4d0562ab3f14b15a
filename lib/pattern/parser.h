/* What the parsers of structured patterns (JSON, space-delimited) share: one token ahead, values, tests
 * joined by && and ||, and the refusals that both give.
 *
 * No parser calls itself for what nests in the text: brackets are kept on a stack in the arena. */
#ifndef CTFI_PATTERN_PARSER_H
#define CTFI_PATTERN_PARSER_H

#include "pattern/lexer.h"
#include "pattern/tree.h"

typedef struct ctfi_parser {
    ctfi_job *job;
    ctfi_lexer lexer;
    bool json;
    ctfi_token token;     /* the next, not taken; never CTFI_TOKEN_BAD */
    ctfi_token previous;  /* the one taken last; length 0 at the start */
    uint32_t n_regexes;   /* so far, of CTFI_MAX_REGEXES */
    uint32_t n_wildcards; /* selectors with one so far, of CTFI_MAX_WILDCARDS */
    ctfi_field *fields;   /* space-delimited: as far as read; the last is being read */
    uint32_t n_fields;
} ctfi_parser;

/* Reads the text without its first and last byte (its brackets); the first token is next. */
ctfi_parser ctfi_parser_open(ctfi_job *job, ctfi_bytes text, bool json);

/* Takes the token, reads the next one and refuses it when it is bad. */
void ctfi_parser_next(ctfi_parser *parser);

/* Is the token this keyword (upper case ASCII), in any case? */
bool ctfi_token_is(const ctfi_token *token, const char *keyword);

/* The right-hand side of = != < <= > >=. The operator has been taken. */
void ctfi_parser_value(ctfi_parser *parser, ctfi_operator op, ctfi_literal *out);

/* A regex token's literal, counted against the limit. */
void ctfi_parser_regex(ctfi_parser *parser, ctfi_literal *out);

/* Tests joined by &&, || and brackets, as far as they go: up to the end, or to a comma in a field. `test`
 * reads one test. Anything else behind a test is refused. */
ctfi_node *ctfi_parser_expression(ctfi_parser *parser, void (*test)(ctfi_parser *parser, ctfi_test *out));

/* Refusals, by what was expected instead of the token (complain.c). */
_Noreturn void ctfi_complain_bad(const ctfi_parser *parser, const ctfi_token *bad);
_Noreturn void ctfi_complain_value(const ctfi_parser *parser, ctfi_operator op);
_Noreturn void ctfi_complain_order(const ctfi_parser *parser, ctfi_operator op);
_Noreturn void ctfi_complain_operator(const ctfi_parser *parser);
_Noreturn void ctfi_complain_junction(const ctfi_parser *parser);

#endif
