/* Tests joined by && and ||, && before ||, with brackets (spec: filter-patterns 5.1, 6).
 *
 * One level for each open bracket, on a stack in the arena; a level collects the alternatives before the
 * last || and the tests joined by && since. A list whose only member is one node is that node; a member
 * of the list's own type gives its children instead of itself, so nesting of one type is flat. */
#include "pattern/parser.h"
#include "pattern/refuse.h"

typedef struct list {
    ctfi_node_type type;
    ctfi_node *first;
    ctfi_node *last;
    ctfi_span span;
} list;

typedef struct level {
    list either; /* joined by || */
    list both;   /* joined by && */
    ctfi_span open;
} level;

typedef struct stack {
    level *levels;
    size_t n;
    size_t capacity;
} stack;

static void add(list *to, ctfi_node *node)
{
    bool same = node->type == to->type;
    ctfi_node *first = same ? node->first : node;
    if (to->first == NULL) {
        to->first = first;
        to->span = node->span;
    } else {
        to->last->next = first;
        to->span = ctfi_span_join(to->span, node->span);
    }
    to->last = first;
    while (to->last->next != NULL)
        to->last = to->last->next;
}

/* The list as one node; the list is empty then. */
static ctfi_node *finish_list(ctfi_job *job, list *from)
{
    ctfi_node *node = from->first;
    if (node != from->last) {
        node = ctfi_job_zero(job, 1, sizeof *node);
        node->type = from->type;
        node->span = from->span;
        node->first = from->first;
    }
    *from = (list){.type = from->type};
    return node;
}

static ctfi_node *finish_level(ctfi_job *job, level *from)
{
    add(&from->either, finish_list(job, &from->both));
    return finish_list(job, &from->either);
}

static level *push(ctfi_parser *parser, stack *to)
{
    to->levels = ctfi_job_grow(parser->job, to->levels, &to->capacity, to->n + 1, sizeof *to->levels);
    to->levels[to->n] = (level){{.type = CTFI_OR}, {.type = CTFI_AND}, parser->token.span};
    return &to->levels[to->n++];
}

/* A closing bracket: what the level holds is a member of the one outside. */
static level *pop(ctfi_parser *parser, stack *from)
{
    if (from->n == 1)
        ctfi_refuse_grammar(&parser->lexer, parser->token.span, "there is no ( for this )");
    level *inner = &from->levels[--from->n];
    ctfi_node *node = finish_level(parser->job, inner);
    node->span = ctfi_span_join(inner->open, parser->token.span);
    add(&inner[-1].both, node);
    return &inner[-1];
}

static ctfi_node *read_test(ctfi_parser *parser, void (*test)(ctfi_parser *parser, ctfi_test *out))
{
    ctfi_node *node = ctfi_job_zero(parser->job, 1, sizeof *node);
    ctfi_span start = parser->token.span;
    node->type = CTFI_TEST;
    test(parser, &node->test);
    node->span = ctfi_span_join(start, parser->previous.span);
    return node;
}

/* Behind the last test: the end, or the comma behind a field. */
static void expect_end(const ctfi_parser *parser, const stack *open)
{
    ctfi_token_type type = parser->token.type;
    if (type != CTFI_TOKEN_END && type != CTFI_TOKEN_COMMA)
        ctfi_complain_junction(parser);
    if (open->n > 1)
        ctfi_refuse_grammar(&parser->lexer, open->levels[open->n - 1].open, "this ( is never closed");
}

ctfi_node *ctfi_parser_expression(ctfi_parser *parser, void (*test)(ctfi_parser *parser, ctfi_test *out))
{
    stack open = {0};
    level *here = push(parser, &open);
    for (;;) {
        for (; parser->token.type == CTFI_TOKEN_OPEN; ctfi_parser_next(parser))
            here = push(parser, &open);
        add(&here->both, read_test(parser, test));
        for (; parser->token.type == CTFI_TOKEN_CLOSE; ctfi_parser_next(parser))
            here = pop(parser, &open);
        if (parser->token.type == CTFI_TOKEN_OR)
            add(&here->either, finish_list(parser->job, &here->both));
        else if (parser->token.type != CTFI_TOKEN_AND)
            break;
        ctfi_parser_next(parser);
    }
    expect_end(parser, &open);
    return finish_level(parser->job, here);
}
