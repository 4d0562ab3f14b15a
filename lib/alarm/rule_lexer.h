/* Tokens of an AlarmRule (spec: metrics-alarms 8.1). Which words are keywords depends on the place, so the
 * parser decides. */
#ifndef CTFI_ALARM_RULE_LEXER_H
#define CTFI_ALARM_RULE_LEXER_H

#include "base/bytes.h"

typedef enum ctfi_rule_token_type {
    CTFI_RULE_END,
    CTFI_RULE_OPEN,
    CTFI_RULE_CLOSE,
    CTFI_RULE_COMMA,
    CTFI_RULE_WORD,    /* characters other than blanks, commas, round brackets and quotes */
    CTFI_RULE_QUOTED,  /* with its quotes; \" is a quote */
    CTFI_RULE_UNCLOSED /* a quote without its partner, to the end */
} ctfi_rule_token_type;

typedef struct ctfi_rule_token {
    ctfi_rule_token_type type;
    const unsigned char *text;
    size_t length;
} ctfi_rule_token;

/* The next token at *at, which moves behind it. `end` points at a NUL byte behind the text; the text holds
 * none itself. */
ctfi_rule_token ctfi_rule_lex(const unsigned char **at, const unsigned char *end);

#endif
