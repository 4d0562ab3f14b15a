/* JSON patterns: { tests } (spec: filter-patterns 5.1). */
#include "pattern/parse.h"

#include "pattern/decisions.h"
#include "pattern/parser.h"
#include "pattern/refuse.h"

static bool is_value(ctfi_token_type type)
{
    return type == CTFI_TOKEN_QUOTED || type == CTFI_TOKEN_NUMBER || type == CTFI_TOKEN_REGEX ||
           type == CTFI_TOKEN_WORD;
}

/* A value where a test should begin. */
static _Noreturn void complain_lone_value(const ctfi_parser *parser)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    ctfi_shown shown = ctfi_shown_lexeme(ctfi_lexer_bytes(lexer, token->span));
    ctfi_token_type before = parser->previous.type;
    if (ctfi_token_is(token, "NOT"))
        ctfi_refuse_grammar(lexer, token->span, "there is no negation before a test: write != instead of =, "
                                                "or $.field NOT EXISTS");
    if (before == CTFI_TOKEN_AND || before == CTFI_TOKEN_OR)
        ctfi_refuse_grammar(lexer, token->span, "each side of %s is a whole test: write $.field = %s",
                            before == CTFI_TOKEN_AND ? "&&" : "||", shown.text);
    if (token->type == CTFI_TOKEN_WORD)
        ctfi_refuse_grammar(lexer, token->span, "a field is named by a selector: write $.%s", shown.text);
    ctfi_refuse_grammar(lexer, token->span, "a test begins with a selector, its value stands on the right: "
                                            "write $.field = %s", shown.text);
}

/* Expected a selector or an opening bracket. */
static _Noreturn void complain_start(const ctfi_parser *parser)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    ctfi_shown shown = ctfi_shown_lexeme(ctfi_lexer_bytes(lexer, token->span));
    if (is_value(token->type))
        complain_lone_value(parser);
    if (token->type == CTFI_TOKEN_END && parser->previous.span.length == 0)
        ctfi_refuse_grammar(lexer, token->span,
                            "the braces are empty: expected a test such as $.field = value; the pattern "
                            "that matches every message is the empty one");
    if (token->type == CTFI_TOKEN_END)
        ctfi_refuse_grammar(lexer, token->span,
                            "the pattern ends where a test such as $.field = value is expected");
    if (token->type == CTFI_TOKEN_COMPARE)
        ctfi_refuse_grammar(lexer, token->span, "a selector such as $.field is missing before %s", shown.text);
    ctfi_refuse_grammar(lexer, token->span, "expected a test such as $.field = value before %s", shown.text);
}

static void read_selector(ctfi_parser *parser, ctfi_test *out)
{
    const ctfi_token *token = &parser->token;
    if (token->type != CTFI_TOKEN_SELECTOR)
        complain_start(parser);
    out->selector = token->selector;
    if (out->selector->wildcard < out->selector->n_steps && ++parser->n_wildcards > CTFI_MAX_WILDCARDS)
        ctfi_refuse(&parser->lexer, CTF_ERROR_LIMIT, token->span, NULL,
                    "a pattern may have %u selectors with a wildcard, and this is one more",
                    CTFI_MAX_WILDCARDS);
    ctfi_parser_next(parser);
}

/* The words behind IS; `is` is its span. */
static void read_is(ctfi_parser *parser, ctfi_span is, ctfi_test *out)
{
    const ctfi_token *token = &parser->token;
    if (ctfi_token_is(token, "NULL"))
        out->op = CTFI_IS_NULL;
    else if (ctfi_token_is(token, "TRUE"))
        out->op = CTFI_IS_TRUE;
    else if (ctfi_token_is(token, "FALSE"))
        out->op = CTFI_IS_FALSE;
    else if (ctfi_token_is(token, "NOT"))
        ctfi_refuse_term(&parser->lexer, token->span,
                         "there is no IS NOT: = * is true for every text and number; for booleans ask for the "
                         "opposite with IS TRUE or IS FALSE");
    else
        ctfi_refuse_grammar(&parser->lexer, token->span, "expected NULL, TRUE or FALSE after IS; values are "
                                                         "compared with =");
    out->op_span = ctfi_span_join(is, token->span);
    ctfi_parser_next(parser);
}

static void read_not_exists(ctfi_parser *parser, ctfi_span not, ctfi_test *out)
{
    const ctfi_token *token = &parser->token;
    if (!ctfi_token_is(token, "EXISTS"))
        ctfi_refuse_grammar(&parser->lexer, token->span,
                            "expected EXISTS after NOT; for \"is not equal\" write !=");
    out->op = CTFI_NOT_EXISTS;
    out->op_span = ctfi_span_join(not, token->span);
    ctfi_parser_next(parser);
}

static void read_test(ctfi_parser *parser, ctfi_test *out)
{
    read_selector(parser, out);
    ctfi_token word = parser->token;
    bool is = ctfi_token_is(&word, "IS");
    if (word.type != CTFI_TOKEN_COMPARE && !is && !ctfi_token_is(&word, "NOT"))
        ctfi_complain_operator(parser);
    ctfi_parser_next(parser);
    if (word.type == CTFI_TOKEN_COMPARE) {
        out->op = word.op;
        out->op_span = word.span;
        ctfi_parser_value(parser, word.op, &out->literal);
    } else if (is) {
        read_is(parser, word.span, out);
    } else {
        read_not_exists(parser, word.span, out);
    }
}

void ctfi_parse_json(ctfi_job *job, ctfi_tree *tree)
{
    ctfi_parser parser = ctfi_parser_open(job, tree->text, true);
    tree->root = ctfi_parser_expression(&parser, read_test);
}
