/* Text patterns: terms, excluded terms, optional terms (spec: filter-patterns 3). */
#include "pattern/parse.h"

#include "pattern/lexer.h"
#include "pattern/refuse.h"

typedef struct reader {
    ctfi_job *job;
    ctfi_lexer lexer;
    ctfi_token token;    /* next */
    ctfi_token previous; /* taken last; length 0 at the start */
    ctfi_node *first;
    ctfi_node *last;
    uint32_t n_optional;
    uint32_t n_other;
} reader;

/* { or [ behind blanks: meant as another kind. */
static void complain_leading_blanks(const reader *in)
{
    const ctfi_span span = in->token.span;
    unsigned char c = in->lexer.base[span.offset];
    if (in->previous.span.length != 0 || span.offset == 0 || (c != '{' && c != '[' && c != '%'))
        return;
    ctfi_refuse_grammar(&in->lexer, (ctfi_span){0, span.offset},
                        "blanks before %c: a pattern in %c %c must begin with it, so delete the blanks", c, c,
                        c == '{' ? '}' : c == '[' ? ']' : '%');
}

/* What to do about a character that no bare term may hold. */
static const char *symbol_advice(unsigned char c)
{
    switch (c) {
    case '|':
        return "there is no or operator: for any of several terms write ?one ?two";
    case '&':
        return "there is no and operator: all terms written one after another are needed";
    case '!':
        return "to exclude a term write -term; text goes in double quotes";
    case '*':
        return "a term is found anywhere in the message, so drop the *; to find a star use double quotes";
    case '%':
        return "a regular expression must be the whole pattern, %...%; text goes in double quotes";
    case '{':
    case '}':
        return "a JSON pattern is all in braces, { ... }; text goes in double quotes";
    case '[':
    case ']':
        return "a space-delimited pattern is all in brackets, [ ... ]; text goes in double quotes";
    case '(':
    case ')':
        return "terms cannot be grouped; text goes in double quotes";
    case '$':
        return "a selector stands in a JSON pattern, { $.field = value }; text goes in double quotes";
    default:
        return "put the whole term in double quotes";
    }
}

static _Noreturn void complain_bad(const reader *in)
{
    const ctfi_token *token = &in->token;
    ctfi_bytes lexeme = ctfi_lexer_bytes(&in->lexer, token->span);
    complain_leading_blanks(in);
    if (token->flaw == CTFI_FLAW_EMPTY_QUOTES)
        ctfi_refuse_term(&in->lexer, token->span, "an empty term: put text between the quotes, or delete them");
    ctfi_refuse_flaw(&in->lexer, token);
    ctfi_refuse_term(&in->lexer, token->span, "'%s' may not stand outside double quotes: %s",
                     ctfi_shown_lexeme(lexeme).text, symbol_advice(lexeme.data[0]));
}

static void next(reader *in)
{
    in->previous = in->token;
    in->token = ctfi_lexer_term(&in->lexer);
    if (in->token.type == CTFI_TOKEN_BAD)
        complain_bad(in);
}

static bool is_term(const ctfi_token *token)
{
    return token->type == CTFI_TOKEN_WORD || token->type == CTFI_TOKEN_QUOTED;
}

/* - may be followed by blanks, ? may not. */
static ctfi_sign read_sign(reader *in)
{
    ctfi_token sign = in->token;
    if (sign.type != CTFI_TOKEN_EXCLUDE && sign.type != CTFI_TOKEN_OPTION)
        return CTFI_PLAIN;
    next(in);
    if (!is_term(&in->token))
        ctfi_refuse_grammar(&in->lexer, sign.span, "expected a term after %s; to find the character itself use "
                            "double quotes", sign.type == CTFI_TOKEN_EXCLUDE ? "-" : "?");
    if (sign.type == CTFI_TOKEN_EXCLUDE)
        return CTFI_EXCLUDED;
    if (!ctfi_span_touches(sign.span, in->token.span))
        ctfi_refuse_grammar(&in->lexer, sign.span, "no blank may follow ?: write ?term");
    return CTFI_OPTIONAL;
}

static void add(reader *in, ctfi_node *node)
{
    if (in->first == NULL)
        in->first = node;
    else
        in->last->next = node;
    in->last = node;
}

static void read_item(reader *in)
{
    ctfi_node *node = ctfi_job_zero(in->job, 1, sizeof *node);
    ctfi_token before = in->previous;
    ctfi_span start = in->token.span;
    if (is_term(&before) && is_term(&in->token) && ctfi_span_touches(before.span, start))
        ctfi_refuse_grammar(&in->lexer, start,
                            "a blank is missing between two terms; inside quotes, a quote is written \\\"");
    node->test.op = CTFI_CONTAINS;
    node->test.sign = read_sign(in);
    node->type = CTFI_TEST;
    node->span = ctfi_span_join(start, in->token.span);
    node->test.op_span = (ctfi_span){in->token.span.offset, 0};
    node->test.literal.type =
        in->token.type == CTFI_TOKEN_QUOTED ? CTFI_LITERAL_QUOTED : CTFI_LITERAL_WORD;
    node->test.literal.span = in->token.span;
    node->test.literal.text = in->token.text;
    in->n_optional += node->test.sign == CTFI_OPTIONAL;
    in->n_other += node->test.sign != CTFI_OPTIONAL;
    add(in, node);
    next(in);
}

/* Optional terms count only among themselves. */
static void mark_ignored(const reader *in)
{
    for (ctfi_node *node = in->first; node != NULL && in->n_other != 0; node = node->next)
        node->test.ignored = node->test.sign == CTFI_OPTIONAL;
}

static ctfi_node *finish(const reader *in)
{
    mark_ignored(in);
    if (in->first == in->last)
        return in->first;
    ctfi_node *root = ctfi_job_zero(in->job, 1, sizeof *root);
    root->type = in->n_other == 0 ? CTFI_OR : CTFI_AND;
    root->span = ctfi_span_join(in->first->span, in->last->span);
    root->first = in->first;
    return root;
}

void ctfi_parse_terms(ctfi_job *job, ctfi_tree *tree)
{
    reader in = {.job = job, .lexer = ctfi_lexer_open(job, tree->text, 0, tree->text.length)};
    next(&in);
    while (in.token.type != CTFI_TOKEN_END)
        read_item(&in);
    tree->root = finish(&in);
}
