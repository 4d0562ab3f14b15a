/* Space-delimited patterns: [ fields ] (spec: filter-patterns 6). */
#include "pattern/parse.h"

#include <stdio.h>

#include "pattern/parser.h"
#include "pattern/refuse.h"

static const char ellipsis[] = "...";

static bool is_ellipsis(ctfi_bytes text)
{
    return ctfi_bytes_equal(text, (ctfi_bytes){(const unsigned char *)ellipsis, 3});
}

static _Noreturn void complain_name(const ctfi_parser *parser, ctfi_bytes word)
{
    const ctfi_lexer *lexer = &parser->lexer;
    ctfi_span span = parser->token.span;
    ctfi_shown shown = ctfi_shown_lexeme(word);
    if (ctfi_is_digit(word.data[0]))
        ctfi_refuse_term(lexer, span,
                         "'%s' is no name: the name of a field begins with a letter or _", shown.text);
    if (word.length >= 3 && is_ellipsis((ctfi_bytes){word.data, 3}))
        ctfi_refuse_term(lexer, span, "... stands alone, as a field of its own: write ..., name");
    if (word.length == 1 && word.data[0] == '*')
        ctfi_refuse_term(lexer, span,
                         "a field that may be anything is a name alone, or left empty between commas; ... "
                         "stands for any number of fields");
    if (memchr(word.data, '*', word.length) == NULL)
        ctfi_refuse_term(lexer, span,
                         "'%s' is no name (letters, digits, _ and -, beginning with a letter or _); parts "
                         "of JSON events are for JSON patterns, { $.field = value }", shown.text);
    ctfi_refuse_term(lexer, span,
                     "'%s' is no name (letters, digits, _ and -, beginning with a letter or _); a value "
                     "stands behind an operator, as in field = %s", shown.text, shown.text);
}

/* The token must be a field's name. */
static ctfi_bytes read_name(const ctfi_parser *parser)
{
    const ctfi_token *token = &parser->token;
    ctfi_bytes word = token->text;
    if (token->type != CTFI_TOKEN_WORD && token->type != CTFI_TOKEN_NUMBER)
        ctfi_refuse_grammar(&parser->lexer, token->span, "expected the name of a field, as in name = value");
    if (token->type == CTFI_TOKEN_NUMBER || ctfi_is_digit(word.data[0]) ||
        memchr(word.data, '.', word.length) != NULL || memchr(word.data, '*', word.length) != NULL)
        complain_name(parser, word);
    return word;
}

static _Noreturn void complain_duplicate(const ctfi_parser *parser, ctfi_bytes name)
{
    ctfi_shown shown = ctfi_shown_lexeme(name);
    ctfi_said service = ctfi_quote("Duplicate field '", name, "'");
    if (is_ellipsis(name))
        ctfi_refuse(&parser->lexer, CTF_ERROR_DUPLICATE, parser->token.span, service.text,
                    "there may be one ... in a pattern, and this is its second");
    ctfi_refuse(&parser->lexer, CTF_ERROR_DUPLICATE, parser->token.span, service.text,
                "there is a field '%s' already: give this one another name or none; several tests of one "
                "field are joined with && or ||", shown.text);
}

/* Gives the field being read its name, which no other may have; ... is a name in this respect. */
static void name_field(ctfi_parser *parser, ctfi_bytes name)
{
    ctfi_field *field = &parser->fields[parser->n_fields - 1];
    field->ellipsis = is_ellipsis(name);
    field->name = (ctfi_bytes){name.data, field->ellipsis ? 0 : name.length};
    for (const ctfi_field *other = parser->fields; other < field; other++) {
        if (other->ellipsis == field->ellipsis && (field->ellipsis || ctfi_bytes_equal(other->name, name)))
            complain_duplicate(parser, name);
    }
}

#define VAR2 ", Var2 : "

/* A condition that names another field than its own. */
static _Noreturn void complain_variables(const ctfi_parser *parser, ctfi_bytes own, ctfi_bytes other)
{
    ctfi_shown first = ctfi_shown_lexeme(own);
    ctfi_shown second = ctfi_shown_lexeme(other);
    char after[512] = VAR2;
    ctfi_show(other, after + strlen(VAR2), sizeof after - strlen(VAR2));
    ctfi_said service = ctfi_quote("Multiple variables used in a single filter. Var1 : ", own, after);
    ctfi_refuse(&parser->lexer, CTF_ERROR_VARIABLES, parser->token.span, service.text,
                "this is the condition of the field '%s' and cannot speak of '%s'; fields are separated by "
                "commas, and all their conditions must hold", first.text, second.text);
}

/* Something else than an operator behind a name. */
static _Noreturn void complain_behind_name(const ctfi_parser *parser)
{
    const ctfi_token *token = &parser->token;
    bool value = token->type == CTFI_TOKEN_WORD || token->type == CTFI_TOKEN_NUMBER ||
                 token->type == CTFI_TOKEN_QUOTED || token->type == CTFI_TOKEN_REGEX;
    if (!value || ctfi_token_is(token, "IS") || ctfi_token_is(token, "NOT"))
        ctfi_complain_operator(parser);
    ctfi_refuse_grammar(&parser->lexer, token->span,
                        "expected a comma between two fields, or an operator (=, !=, <, <=, >, >=)");
}

static void read_test(ctfi_parser *parser, ctfi_test *out)
{
    ctfi_field *field = &parser->fields[parser->n_fields - 1];
    ctfi_bytes name = read_name(parser);
    if (field->name.length == 0)
        name_field(parser, name);
    else if (!ctfi_bytes_equal(field->name, name))
        complain_variables(parser, field->name, name);
    ctfi_parser_next(parser);
    if (parser->token.type != CTFI_TOKEN_COMPARE)
        complain_behind_name(parser);
    out->field = field;
    out->op = parser->token.op;
    out->op_span = parser->token.span;
    ctfi_parser_next(parser);
    ctfi_parser_value(parser, out->op, &out->literal);
}

static bool ends_field(ctfi_token_type type)
{
    return type == CTFI_TOKEN_COMMA || type == CTFI_TOKEN_END;
}

/* Is the token a word and the whole field? */
static bool stands_alone(const ctfi_parser *parser)
{
    ctfi_lexer ahead = parser->lexer;
    return parser->token.type == CTFI_TOKEN_WORD && ends_field(ctfi_lexer_structured(&ahead, false).type);
}

/* A name alone, or the dots. */
static void read_alone(ctfi_parser *parser, ctfi_field *field)
{
    bool dots = is_ellipsis(parser->token.text);
    field->span = parser->token.span;
    name_field(parser, dots ? parser->token.text : read_name(parser));
    ctfi_parser_next(parser);
}

static void read_condition(ctfi_parser *parser, ctfi_field *field)
{
    if (parser->token.type == CTFI_TOKEN_WORD && is_ellipsis(parser->token.text)) {
        ctfi_parser_next(parser);
        ctfi_refuse_grammar(&parser->lexer, parser->token.span,
                            "a comma is missing: ... stands alone, as a field of its own");
    }
    field->condition = ctfi_parser_expression(parser, read_test);
    field->span = field->condition->span;
}

static void read_field(ctfi_parser *parser)
{
    ctfi_field *field = &parser->fields[parser->n_fields];
    *field = (ctfi_field){.position = parser->n_fields++, .span = {parser->token.span.offset, 0}};
    if (ends_field(parser->token.type))
        return;
    if (stands_alone(parser))
        read_alone(parser, field);
    else
        read_condition(parser, field);
}

/* The fields' conditions as one tree. */
static ctfi_node *join_conditions(ctfi_job *job, const ctfi_parser *parser)
{
    ctfi_node *first = NULL;
    ctfi_node *last = NULL;
    for (uint32_t i = 0; i < parser->n_fields; i++) {
        ctfi_node *condition = parser->fields[i].condition;
        if (condition == NULL)
            continue;
        if (first == NULL)
            first = condition;
        else
            last->next = condition;
        last = condition;
    }
    if (first == last)
        return first;
    ctfi_node *root = ctfi_job_zero(job, 1, sizeof *root);
    root->type = CTFI_AND;
    root->span = ctfi_span_join(first->span, last->span);
    root->first = first;
    return root;
}

/* An upper bound for the number of fields. */
static size_t count_entries(ctfi_bytes text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.length; i++)
        n += text.data[i] == ',';
    return n;
}

static uint32_t find_ellipsis(const ctfi_parser *parser)
{
    uint32_t at = 0;
    while (at < parser->n_fields && !parser->fields[at].ellipsis)
        at++;
    return at;
}

void ctfi_parse_fields(ctfi_job *job, ctfi_tree *tree)
{
    ctfi_parser parser = ctfi_parser_open(job, tree->text, false);
    parser.fields = ctfi_job_alloc(job, count_entries(tree->text), sizeof *parser.fields);
    bool more = parser.token.type != CTFI_TOKEN_END;
    while (more) {
        read_field(&parser);
        more = parser.token.type == CTFI_TOKEN_COMMA;
        if (more)
            ctfi_parser_next(&parser);
    }
    tree->fields = parser.fields;
    tree->n_fields = parser.n_fields;
    tree->ellipsis = find_ellipsis(&parser);
    tree->root = join_conditions(job, &parser);
}
