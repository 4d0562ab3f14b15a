#include "pattern/parser.h"

#include "pattern/decisions.h"
#include "pattern/refuse.h"

static ctfi_token read_token(ctfi_parser *parser)
{
    ctfi_token token = ctfi_lexer_structured(&parser->lexer, parser->json);
    if (parser->json && token.type == CTFI_TOKEN_COMMA) {
        token.type = CTFI_TOKEN_BAD;
        token.flaw = CTFI_FLAW_CHARACTER;
    }
    return token;
}

void ctfi_parser_next(ctfi_parser *parser)
{
    parser->previous = parser->token;
    parser->token = read_token(parser);
    if (parser->token.type == CTFI_TOKEN_BAD)
        ctfi_complain_bad(parser, &parser->token);
}

ctfi_parser ctfi_parser_open(ctfi_job *job, ctfi_bytes text, bool json)
{
    ctfi_parser parser = {.job = job, .lexer = ctfi_lexer_open(job, text, 1, text.length - 1), .json = json};
    ctfi_parser_next(&parser);
    return parser;
}

static unsigned char upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? (unsigned char)(c - 'a' + 'A') : c;
}

bool ctfi_token_is(const ctfi_token *token, const char *keyword)
{
    size_t length = strlen(keyword);
    if (token->type != CTFI_TOKEN_WORD || token->text.length != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (upper(token->text.data[i]) != (unsigned char)keyword[i])
            return false;
    }
    return true;
}

/* May not stand as a bare value. */
static bool is_reserved(const ctfi_token *token)
{
    static const char *const words[] = {"NULL", "IS", "NOT", "EXISTS"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ctfi_token_is(token, words[i]))
            return true;
    }
    return false;
}

static void read_number(ctfi_parser *parser, ctfi_literal *out)
{
    ctfi_bytes text = parser->token.text;
    out->type = CTFI_LITERAL_NUMBER;
    if (ctfi_exponent_overflows(text.data, text.length) ||
        !ctfi_decimal_read(text.data, text.length, false, &out->number))
        ctfi_refuse_grammar(&parser->lexer, parser->token.span,
                            "the exponent of this number is beyond 32 bits; text goes in double quotes");
}

static void read_text(ctfi_parser *parser, ctfi_literal *out)
{
    bool quoted = parser->token.type == CTFI_TOKEN_QUOTED;
    ctfi_bytes text = parser->token.text;
    out->type = quoted ? CTFI_LITERAL_QUOTED : CTFI_LITERAL_WORD;
    out->glob = text.length != 0 && memchr(text.data, '*', text.length) != NULL;
}

void ctfi_parser_regex(ctfi_parser *parser, ctfi_literal *out)
{
    out->type = CTFI_LITERAL_REGEX;
    out->span = parser->token.span;
    out->text = parser->token.text;
    if (++parser->n_regexes > CTFI_MAX_REGEXES)
        ctfi_refuse(&parser->lexer, CTF_ERROR_LIMIT, parser->token.span,
                    "Your input has exceeded the maximum of 2 regular expressions per filter pattern.",
                    "a pattern may have %u regular expressions, and this is one more", CTFI_MAX_REGEXES);
    out->regex = ctfi_regex_parse(parser->job, out->text, out->span.offset + 1);
}

void ctfi_parser_value(ctfi_parser *parser, ctfi_operator op, ctfi_literal *out)
{
    const ctfi_token *token = &parser->token;
    bool textual = token->type == CTFI_TOKEN_QUOTED || token->type == CTFI_TOKEN_WORD;
    bool ordered = op != CTFI_EQ && op != CTFI_NE;
    if (!textual && token->type != CTFI_TOKEN_NUMBER && token->type != CTFI_TOKEN_REGEX)
        ctfi_complain_value(parser, op);
    if (ordered && token->type != CTFI_TOKEN_NUMBER)
        ctfi_complain_order(parser, op);
    if (is_reserved(token))
        ctfi_complain_value(parser, op);
    out->span = token->span;
    out->text = token->text;
    if (token->type == CTFI_TOKEN_NUMBER)
        read_number(parser, out);
    else if (textual)
        read_text(parser, out);
    else
        ctfi_parser_regex(parser, out);
    ctfi_parser_next(parser);
}
