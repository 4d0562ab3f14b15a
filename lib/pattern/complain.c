/* What to write instead: one function for each place where a structured pattern expected something else.
 * The kind of an error and the service's text follow spec: filter-patterns 2; the words are ours. */
#include "pattern/parser.h"
#include "pattern/refuse.h"

static ctfi_shown shown_token(const ctfi_parser *parser, const ctfi_token *token)
{
    return ctfi_shown_lexeme(ctfi_lexer_bytes(&parser->lexer, token->span));
}

/* Where fields are expected, this is how one looks. */
static const char *example(const ctfi_parser *parser)
{
    return parser->json ? "$.field" : "field";
}

static bool is_any(const ctfi_token *token, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ctfi_token_is(token, words[i]))
            return true;
    }
    return false;
}

/* ==, =~, <> and the like. */
static _Noreturn void complain_operator_run(const ctfi_parser *parser, const ctfi_token *bad)
{
    ctfi_bytes text = ctfi_lexer_bytes(&parser->lexer, bad->span);
    const char *instead = "there are =, !=, <, <=, >, >=";
    if (memchr(text.data, '~', text.length) != NULL)
        instead = "a regular expression is compared with = %regex% or != %regex%";
    else if (text.data[0] == '=' && memchr(text.data, '!', text.length) == NULL && text.data[1] == '=')
        instead = "equality is written with one =";
    else if (text.data[1] == '=' && text.data[0] == '!')
        instead = "inequality is written !=";
    else if (text.data[0] == '<' && text.data[1] == '>')
        instead = "inequality is written !=";
    else if (text.data[0] == '=')
        instead = "the = stands last: !=, <=, >=";
    ctfi_refuse_grammar(&parser->lexer, bad->span,
                        "%s is no operator: %s", shown_token(parser, bad).text, instead);
}

/* A character that begins nothing, by what it is. */
static void complain_symbol(const ctfi_parser *parser, const ctfi_token *bad)
{
    const ctfi_lexer *lexer = &parser->lexer;
    switch (ctfi_lexer_bytes(lexer, bad->span).data[0]) {
    case '&':
        ctfi_refuse_term(lexer, bad->span, "a single & means nothing: write && between two tests");
    case '|':
        ctfi_refuse_term(lexer, bad->span, "a single | means nothing: write || between two tests");
    case '!':
        ctfi_refuse_term(lexer, bad->span,
                         "there is no negation of a test: use != instead of =%s, and turn && into || and "
                         "|| into &&", parser->json ? ", NOT EXISTS" : "");
    case '{':
    case '}':
        ctfi_refuse_grammar(lexer, bad->span, "a brace may stand only around the whole pattern; text goes in "
                                              "double quotes");
    case ']':
        if (parser->json)
            return;
        ctfi_refuse_grammar(lexer, bad->span,
                            "a bracket ] may stand only at the end of the pattern; text goes in double "
                            "quotes");
    case '$':
        ctfi_refuse_term(lexer, bad->span, "a field of a space-delimited pattern is named without $");
    case ',':
        ctfi_refuse_term(lexer, bad->span,
                         "tests are joined with && or ||, not with a comma; text with a comma goes in "
                         "double quotes");
    default:
        return;
    }
}

/* A character that begins nothing, by where it stands: the token before it is the last good one. */
static _Noreturn void complain_place(const ctfi_parser *parser, const ctfi_token *bad)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *before = &parser->previous;
    const char *text = NULL;
    ctfi_shown shown = shown_token(parser, bad);
    bool touches = ctfi_span_touches(before->span, bad->span);
    if (before->type == CTFI_TOKEN_SELECTOR && touches)
        ctfi_refuse_term(lexer, bad->span,
                         "'%s' may not stand in a dotted name: write the key as .['...']", shown.text);
    if (before->type == CTFI_TOKEN_SELECTOR && shown.text[0] == '[')
        ctfi_refuse_term(lexer, bad->span, "a selector is written without blanks: $.list[0]");
    if (before->type == CTFI_TOKEN_QUOTED && touches)
        text = "the value ended with its closing quote; inside, a quote is written \\\"";
    else if (before->type == CTFI_TOKEN_COMPARE || touches)
        text = "put the whole value in double quotes";
    else
        text = "text goes in double quotes";
    ctfi_refuse_term(lexer, bad->span, "'%s' may not stand here: %s", shown.text, text);
}

/* Is a field's name due? */
static bool starts_field(const ctfi_parser *parser)
{
    return parser->previous.span.length == 0 || parser->previous.type == CTFI_TOKEN_COMMA;
}

_Noreturn void ctfi_complain_bad(const ctfi_parser *parser, const ctfi_token *bad)
{
    const ctfi_lexer *lexer = &parser->lexer;
    if (bad->flaw == CTFI_FLAW_OPERATOR)
        complain_operator_run(parser, bad);
    ctfi_refuse_flaw(lexer, bad);
    if (bad->flaw == CTFI_FLAW_CHARACTER)
        complain_symbol(parser, bad);
    if (bad->flaw == CTFI_FLAW_SIGN && parser->previous.type == CTFI_TOKEN_COMPARE)
        ctfi_refuse_term(lexer, bad->span,
                         "'%s' is no number, and no word begins with + or - or holds a +: put it in double "
                         "quotes", shown_token(parser, bad).text);
    if (bad->flaw == CTFI_FLAW_SIGN && !parser->json && starts_field(parser))
        ctfi_refuse_term(lexer, bad->span,
                         "'%s' is no name of a field (letters, digits, _ and -, beginning with a letter or _)",
                         shown_token(parser, bad).text);
    complain_place(parser, bad);
}

static const char *operator_text(ctfi_operator op)
{
    static const char *const texts[] = {[CTFI_EQ] = "=",  [CTFI_NE] = "!=", [CTFI_LT] = "<",
                                        [CTFI_LE] = "<=", [CTFI_GT] = ">",  [CTFI_GE] = ">="};
    return texts[op];
}

_Noreturn void ctfi_complain_value(const ctfi_parser *parser, ctfi_operator op)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    ctfi_shown shown = shown_token(parser, token);
    if (ctfi_token_is(token, "NULL") && parser->json)
        ctfi_refuse_grammar(lexer, token->span,
                            "%s is a reserved word: write $.field IS NULL, or \"%s\" for the text",
                            shown.text, shown.text);
    if (token->type == CTFI_TOKEN_WORD)
        ctfi_refuse_grammar(lexer, token->span,
                            "%s is a reserved word: put it in double quotes to mean the text", shown.text);
    if (token->type == CTFI_TOKEN_SELECTOR)
        ctfi_refuse_grammar(lexer, token->span,
                            "a field cannot be compared with another field; text that begins with $ goes "
                            "in double quotes");
    if (token->type == CTFI_TOKEN_OPEN)
        ctfi_refuse_grammar(lexer, token->span, "no brackets around values: write a whole test for each, as in "
                                                "%s = a || %s = b", example(parser), example(parser));
    ctfi_refuse_grammar(lexer, token->span, "expected a value after %s%s", operator_text(op),
                        op == CTFI_EQ || op == CTFI_NE ? ": a word, a number, \"text\" or %regex%"
                                                       : ": a number");
}

_Noreturn void ctfi_complain_order(const ctfi_parser *parser, ctfi_operator op)
{
    const ctfi_token *token = &parser->token;
    ctfi_decimal number;
    ctfi_shown shown = ctfi_shown_lexeme(token->text);
    if (token->type == CTFI_TOKEN_QUOTED &&
        ctfi_decimal_read(token->text.data, token->text.length, false, &number))
        ctfi_refuse_grammar(&parser->lexer, token->span, "%s takes a number without quotes: write %s",
                            operator_text(op), shown.text);
    ctfi_refuse_grammar(&parser->lexer, token->span,
                        "%s compares numbers only; text can be compared with = and !=", operator_text(op));
}

static const char any_operator[] = "expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)";
static const char any_comparison[] = "expected an operator (=, !=, <, <=, >, >=)";

/* A word behind a selector: operators of other languages. */
static void complain_foreign_operator(const ctfi_parser *parser)
{
    static const char *const likes[] = {"LIKE",  "CONTAINS",   "MATCHES",
                                        "REGEX", "STARTSWITH", "ENDSWITH"};
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    if (ctfi_token_is(token, "EXISTS"))
        ctfi_refuse_grammar(lexer, token->span,
                            "there is no EXISTS alone: = * is true for every text and number, NOT EXISTS "
                            "for a missing field");
    if (ctfi_token_is(token, "IN"))
        ctfi_refuse_grammar(lexer, token->span,
                            "there is no IN: write one test for each value and join them with ||");
    if (is_any(token, likes, sizeof likes / sizeof *likes))
        ctfi_refuse_grammar(lexer, token->span,
                            "there is no %s: write = with * for any characters, as in = \"*text*\", or = "
                            "%%regex%%", shown_token(parser, token).text);
    if (ctfi_token_is(token, "IS") || ctfi_token_is(token, "NOT"))
        ctfi_refuse_grammar(lexer, token->span,
                            "%s, and IS and NOT EXISTS are for JSON patterns", any_comparison);
}

_Noreturn void ctfi_complain_operator(const ctfi_parser *parser)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    bool touches = ctfi_span_touches(parser->previous.span, token->span);
    unsigned char first = lexer->base[token->span.offset];
    if (parser->json && token->type == CTFI_TOKEN_WORD && touches && first == '*')
        ctfi_refuse_grammar(lexer, token->span, "in a selector a * stands for a whole step: .* or [*]");
    if (parser->json && token->type == CTFI_TOKEN_WORD && touches)
        ctfi_refuse_grammar(lexer, token->span,
                            "a dot or a blank is missing before '%s'", shown_token(parser, token).text);
    if (parser->json && token->type == CTFI_TOKEN_WORD && first == '.')
        ctfi_refuse_grammar(lexer, token->span, "a selector is written without blanks: $.a.b");
    complain_foreign_operator(parser);
    if (parser->json && (token->type == CTFI_TOKEN_END || token->type == CTFI_TOKEN_AND ||
                         token->type == CTFI_TOKEN_OR || token->type == CTFI_TOKEN_CLOSE))
        ctfi_refuse_grammar(lexer, token->span, "%s; = * is true for every text and number", any_operator);
    ctfi_refuse_grammar(lexer, token->span, "%s", parser->json ? any_operator : any_comparison);
}

/* A word or value right behind a value. */
static void complain_second_value(const ctfi_parser *parser)
{
    static const char *const ends[] = {"NULL", "TRUE", "FALSE", "EXISTS"};
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    ctfi_token_type before = parser->previous.type;
    if (ctfi_token_is(token, "AND"))
        ctfi_refuse_grammar(lexer, token->span, "%s is no operator: write &&", shown_token(parser, token).text);
    if (ctfi_token_is(token, "OR"))
        ctfi_refuse_grammar(lexer, token->span, "%s is no operator: write ||", shown_token(parser, token).text);
    if (token->type == CTFI_TOKEN_REGEX && before == CTFI_TOKEN_REGEX)
        ctfi_refuse_grammar(lexer, token->span, "a second regular expression: it needs a test of its own, "
                                                "%s = %%regex%%", example(parser));
    if (before == CTFI_TOKEN_QUOTED && ctfi_span_touches(parser->previous.span, token->span))
        ctfi_refuse_grammar(lexer, token->span, "the value ended with its closing quote; inside, a quote is "
                                                "written \\\"");
    if (before == CTFI_TOKEN_NUMBER || (before == CTFI_TOKEN_WORD && !is_any(&parser->previous, ends, 4)))
        ctfi_refuse_grammar(lexer, token->span, "a value of several words goes in double quotes");
}

_Noreturn void ctfi_complain_junction(const ctfi_parser *parser)
{
    const ctfi_lexer *lexer = &parser->lexer;
    const ctfi_token *token = &parser->token;
    if (token->type == CTFI_TOKEN_SELECTOR || token->type == CTFI_TOKEN_OPEN)
        ctfi_refuse_grammar(lexer, token->span,
                            "&& or || is missing before %s", shown_token(parser, token).text);
    if (token->type == CTFI_TOKEN_COMPARE)
        ctfi_refuse_grammar(lexer, token->span,
                            "one test has one operator: write two tests joined with &&, as in %s > 1 && %s "
                            "< 5", example(parser), example(parser));
    complain_second_value(parser);
    ctfi_refuse_grammar(lexer, token->span, "expected && or || or %sthe end of the pattern",
                        parser->json ? "" : "a comma or ");
}
