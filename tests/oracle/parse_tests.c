/* Tests joined by && and ||: the inside of JSON patterns (spec: filter-patterns 5.1) and the conditions
 * of fields (6). */
#include "tree.h"

#include <stdint.h>

static bool take_key(oracle_parser *p, oracle_step *step)
{
    step->type = STEP_KEY;
    if (!oracle_take(p, "['")) {
        step->key = oracle_take_run(p, "_-");
        return step->key.length > 0;
    }
    size_t start = p->at;
    while (p->at < p->text.length && p->text.data[p->at] != '\'')
        p->at++;
    step->key = (oracle_text){p->text.data + start, p->at - start};
    return step->key.length > 0 && oracle_take(p, "']");
}

/* Behind the bracket. An index that does not fit is one that no array has. */
static bool take_index(oracle_parser *p, oracle_step *step)
{
    step->type = STEP_INDEX;
    if (oracle_take(p, "*]")) {
        step->type = STEP_ANY;
        return true;
    }
    size_t start = p->at;
    for (; p->at < p->text.length && oracle_digit(p->text.data[p->at]); p->at++)
        if (step->index < SIZE_MAX / 100)
            step->index = step->index * 10 + (size_t)(p->text.data[p->at] - '0');
    return p->at > start && oracle_take(p, "]");
}

static bool take_dotted(oracle_parser *p, oracle_step *step)
{
    if (!oracle_take(p, "*"))
        return take_key(p, step);
    step->type = STEP_ANY;
    return true;
}

bool oracle_take_selector(oracle_parser *p, oracle_selector *out)
{
    *out = (oracle_selector){.steps = oracle_alloc(p->pool, p->text.length, sizeof *out->steps)};
    size_t wildcard = SIZE_MAX;
    if (!oracle_take(p, "$.") || !take_dotted(p, &out->steps[out->n++]))
        return false;
    while (p->at < p->text.length && (p->text.data[p->at] == '.' || p->text.data[p->at] == '[')) {
        oracle_step *step = &out->steps[out->n++];
        if (p->text.data[p->at++] == '.' ? !take_dotted(p, step) : !take_index(p, step))
            return false;
    }
    for (size_t i = 0; i < out->n; i++)
        if (out->steps[i].type == STEP_ANY) {
            wildcard = i;
            out->wildcards++;
        }
    out->wildcard = wildcard == SIZE_MAX ? out->n : wildcard;
    return true;
}

/* IS NULL, IS TRUE, IS FALSE, NOT EXISTS. */
static bool take_words(oracle_parser *p, oracle_op *op)
{
    oracle_text first = oracle_take_run(p, "_.*-");
    oracle_skip_blanks(p);
    oracle_text second = oracle_take_run(p, "_.*-");
    if (oracle_same_word(first, "NOT")) {
        *op = OP_NOT_EXISTS;
        return oracle_same_word(second, "EXISTS");
    }
    *op = OP_IS_FALSE;
    if (oracle_same_word(second, "NULL"))
        *op = OP_IS_NULL;
    else if (oracle_same_word(second, "TRUE"))
        *op = OP_IS_TRUE;
    else if (!oracle_same_word(second, "FALSE"))
        return false;
    return oracle_same_word(first, "IS");
}

static bool take_operator(oracle_parser *p, oracle_op *op)
{
    static const char *const spelled[] = {"=", "!=", "<=", ">=", "<", ">"};
    static const oracle_op meant[] = {OP_EQ, OP_NE, OP_LE, OP_GE, OP_LT, OP_GT};
    for (size_t i = 0; i < sizeof spelled / sizeof spelled[0]; i++)
        if (oracle_take(p, spelled[i])) {
            *op = meant[i];
            return true;
        }
    return false;
}

static bool take_subject(oracle_parser *p, oracle_node *node)
{
    if (p->fields) {
        node->name = oracle_take_run(p, "_-");
        return node->name.length > 0 && node->name.data[0] != '-' && !oracle_digit(node->name.data[0]);
    }
    if (!oracle_take_selector(p, &node->selector))
        return false;
    p->wildcards += node->selector.wildcards > 0;
    return node->selector.wildcards <= 1 && p->wildcards <= 3;
}

static oracle_node *take_test(oracle_parser *p)
{
    oracle_node *node = oracle_alloc(p->pool, 1, sizeof *node);
    if (!take_subject(p, node))
        return NULL;
    oracle_skip_blanks(p);
    if (!take_operator(p, &node->op))
        return !p->fields && take_words(p, &node->op) ? node : NULL;
    oracle_skip_blanks(p);
    if (!oracle_take_literal(p, &node->literal))
        return NULL;
    bool ordering = node->op != OP_EQ && node->op != OP_NE;
    return ordering && node->literal.type != LITERAL_NUMBER ? NULL : node;
}

static oracle_node *take_unit(oracle_parser *p)
{
    oracle_skip_blanks(p);
    oracle_node *node;
    if (oracle_take(p, "(")) {
        node = oracle_take_expression(p);
        if (node != NULL && !oracle_take(p, ")"))
            return NULL;
    } else {
        node = take_test(p);
    }
    oracle_skip_blanks(p);
    return node;
}

static oracle_node *join(oracle_parser *p, oracle_node_type type, oracle_node *left, oracle_node *right)
{
    oracle_node *node = oracle_alloc(p->pool, 1, sizeof *node);
    *node = (oracle_node){.type = type, .left = left, .right = right};
    return right == NULL ? NULL : node;
}

static oracle_node *take_all(oracle_parser *p)
{
    oracle_node *node = take_unit(p);
    while (node != NULL && oracle_take(p, "&&"))
        node = join(p, NODE_AND, node, take_unit(p));
    return node;
}

oracle_node *oracle_take_expression(oracle_parser *p)
{
    oracle_node *node = take_all(p);
    while (node != NULL && oracle_take(p, "||"))
        node = join(p, NODE_OR, node, take_all(p));
    return node;
}

bool oracle_parse_json(oracle_pattern *pattern, oracle_text text)
{
    oracle_parser p = {.pool = &pattern->pool, .text = text};
    if (!oracle_take(&p, "{"))
        return false;
    pattern->root = oracle_take_expression(&p);
    return pattern->root != NULL && oracle_take(&p, "}") && p.at == text.length;
}
