/* Refusals of the parsers: the person's words and, beside them, the service's (spec: filter-patterns 2). */
#ifndef CTFI_PATTERN_REFUSE_H
#define CTFI_PATTERN_REFUSE_H

#include "base/show.h"
#include "pattern/lexer.h"

/* A lexical error: "Invalid character(s) in term 'X'" with the bytes of the span for X. */
_Noreturn void ctfi_refuse_term(const ctfi_lexer *lexer, ctfi_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "Invalid metric filter pattern". */
_Noreturn void ctfi_refuse_grammar(const ctfi_lexer *lexer, ctfi_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Any other kind, with the service's text or NULL. */
_Noreturn void ctfi_refuse(const ctfi_lexer *lexer, ctf_error_kind kind, ctfi_span span, const char *service,
                           const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A lexeme as messages show it, cut when it is long (base/show.h). */
typedef struct ctfi_shown {
    char text[64];
} ctfi_shown;
ctfi_shown ctfi_shown_lexeme(ctfi_bytes lexeme);

/* A character that people type without knowing it is another: what to call it and what to do about it.
 * NULL for all others. */
typedef struct ctfi_stumble {
    uint32_t point;
    const char *name;
    const char *advice;
} ctfi_stumble;
const ctfi_stumble *ctfi_stumble_find(ctfi_bytes character);

/* Refuses the flaws that mean the same wherever they stand: unclosed quotes, regexes, and characters of
 * the list above. Returns for the others. */
void ctfi_refuse_flaw(const ctfi_lexer *lexer, const ctfi_token *token);

#endif
