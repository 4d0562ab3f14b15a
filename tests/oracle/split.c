/* Space-delimited messages: splitting, assigning, comparing (spec: filter-patterns 6.1 to 6.3). */
#include "tree.h"

#include <string.h>

typedef struct token {
    size_t start; /* delimiter included */
    oracle_text text;
} token;

static bool separator(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* The token that starts at `at`; returns where it ends. */
static size_t read_token(oracle_text message, size_t at, token *out)
{
    unsigned char c = message.data[at];
    const unsigned char *first = message.data + at + 1;
    const unsigned char *close = NULL;
    if (c == '"' || c == '[')
        close = memchr(first, c == '"' ? '"' : ']', message.length - at - 1);
    size_t end = at;
    if (close != NULL) {
        *out = (token){at, {first, (size_t)(close - first)}};
        return at + out->text.length + 2;
    }
    while (end < message.length && !separator(message.data[end]))
        end++;
    *out = (token){at, {message.data + at, end - at}};
    return end;
}

static token *split(oracle_pool *pool, oracle_text message, size_t *n)
{
    token *tokens = oracle_alloc(pool, message.length + 1, sizeof *tokens);
    *n = 0;
    for (size_t at = 0; at < message.length;) {
        if (separator(message.data[at]))
            at++;
        else
            at = read_token(message, at, &tokens[(*n)++]);
    }
    return tokens;
}

/* What the slots before and behind the ellipsis take, and every token between. */
static size_t assign_around(const oracle_pattern *pattern, const token *tokens, size_t n, oracle_field *fields)
{
    size_t behind = pattern->n_slots - pattern->ellipsis - 1;
    for (size_t i = 0; i < n; i++) {
        oracle_text name = {NULL, 0};
        if (i < pattern->ellipsis)
            name = pattern->slots[i].name;
        else if (i >= n - behind)
            name = pattern->slots[pattern->ellipsis + 1 + i - (n - behind)].name;
        fields[i] = (oracle_field){name, i + 1, tokens[i].text};
    }
    return n;
}

static size_t assign_rest(const oracle_pattern *pattern, oracle_text message, const token *tokens, size_t n,
                          oracle_field *fields)
{
    for (size_t i = 0; i < pattern->n_slots; i++)
        fields[i] = (oracle_field){pattern->slots[i].name, i + 1, tokens[i].text};
    size_t last = pattern->n_slots - 1;
    if (n > pattern->n_slots) {
        size_t start = last == 0 ? 0 : tokens[last].start;
        fields[last].text = (oracle_text){message.data + start, message.length - start};
    }
    return pattern->n_slots;
}

/* The message's fields by the pattern's names; false when it has too few tokens. */
static bool assign(const oracle_pattern *pattern, oracle_text message, oracle_pool *pool, oracle_field **out,
                   size_t *n)
{
    size_t n_tokens;
    token *tokens = split(pool, message, &n_tokens);
    bool open = pattern->ellipsis < pattern->n_slots;
    *out = oracle_alloc(pool, n_tokens + pattern->n_slots + 1, sizeof **out);
    if (n_tokens + open < pattern->n_slots)
        return false;
    if (pattern->n_slots == 0)
        for (*n = 0; *n < n_tokens; ++*n)
            (*out)[*n] = (oracle_field){{NULL, 0}, *n + 1, tokens[*n].text};
    else if (open)
        *n = assign_around(pattern, tokens, n_tokens, *out);
    else
        *n = assign_rest(pattern, message, tokens, n_tokens, *out);
    return true;
}

static bool is_number(oracle_text text)
{
    return text.length > 0 && oracle_number_length(text) == text.length;
}

static bool number_holds(oracle_op op, int order)
{
    switch (op) {
    case OP_EQ:
        return order == 0;
    case OP_NE:
        return order != 0;
    case OP_LT:
        return order < 0;
    case OP_LE:
        return order <= 0;
    case OP_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool test_holds(const oracle_node *node, oracle_text text)
{
    if (node->literal.type != LITERAL_NUMBER)
        return oracle_text_equals(&node->literal, text) == (node->op == OP_EQ);
    if (!is_number(text))
        return node->op == OP_NE;
    oracle_pool pool = {NULL};
    oracle_decimal number = oracle_decimal_read(&pool, text);
    int order = oracle_decimal_compare(&number, &node->literal.number);
    oracle_pool_free(&pool);
    return number_holds(node->op, order);
}

static bool holds(const oracle_node *node, oracle_text text)
{
    if (node->type == NODE_AND)
        return holds(node->left, text) && holds(node->right, text);
    if (node->type == NODE_OR)
        return holds(node->left, text) || holds(node->right, text);
    return test_holds(node, text);
}

/* The field of slot i: from the start, or from the end when the ellipsis is before it. */
static const oracle_field *field_of(const oracle_pattern *pattern, size_t i, const oracle_field *fields,
                                    size_t n)
{
    return i < pattern->ellipsis ? &fields[i] : &fields[n - (pattern->n_slots - i)];
}

bool oracle_fields_hold(const oracle_pattern *pattern, oracle_text message)
{
    oracle_pool pool = {NULL};
    oracle_field *fields;
    size_t n;
    bool yes = assign(pattern, message, &pool, &fields, &n);
    for (size_t i = 0; yes && i < pattern->n_slots; i++)
        if (pattern->slots[i].condition != NULL)
            yes = holds(pattern->slots[i].condition, field_of(pattern, i, fields, n)->text);
    oracle_pool_free(&pool);
    return yes;
}

size_t oracle_fields(const oracle_pattern *pattern, oracle_text message, oracle_pool *pool,
                     const oracle_field **out)
{
    oracle_field *fields = NULL;
    size_t n = 0;
    *out = NULL;
    if (pattern->kind != ORACLE_FIELDS || !assign(pattern, message, pool, &fields, &n))
        return 0;
    *out = fields;
    return n;
}
