/* Verdicts of JSON tests: the tables of spec filter-patterns 5.4 and 5.5, cell by cell. */
#include "tree.h"

bool oracle_text_equals(const oracle_literal *literal, oracle_text text)
{
    if (literal->type == LITERAL_REGEX)
        return oracle_regex_search(literal->regex, text);
    return oracle_glob(literal->text, text);
}

/* `=` on one value. */
static bool equals(const oracle_literal *literal, const oracle_json *value)
{
    oracle_pool pool = {NULL};
    oracle_decimal number;
    bool yes = false;
    if (value->type == ORACLE_STRING)
        yes = literal->type == LITERAL_NUMBER ? oracle_equal(literal->text, value->text)
                                              : oracle_text_equals(literal, value->text);
    else if (value->type == ORACLE_NUMBER && literal->type == LITERAL_NUMBER)
        yes = oracle_number_value(&pool, value->text, &number) &&
              oracle_decimal_compare(&number, &literal->number) == 0;
    else if (value->type == ORACLE_NUMBER)
        yes = oracle_text_equals(literal, oracle_number_text(&pool, value->text));
    oracle_pool_free(&pool);
    return yes;
}

/* `!=` on one value, without wildcard. */
static bool differs(const oracle_literal *literal, const oracle_json *value)
{
    if (value->type == ORACLE_NUMBER && literal->type == LITERAL_NUMBER) {
        oracle_pool pool = {NULL};
        oracle_decimal number;
        bool finite = oracle_number_value(&pool, value->text, &number);
        oracle_pool_free(&pool);
        return finite && !equals(literal, value);
    }
    return (value->type == ORACLE_STRING || value->type == ORACLE_NUMBER) && !equals(literal, value);
}

static bool ordered(oracle_op op, const oracle_literal *literal, const oracle_json *value)
{
    oracle_pool pool = {NULL};
    oracle_decimal number;
    bool known = value->type == ORACLE_NUMBER && oracle_number_value(&pool, value->text, &number);
    int order = known ? oracle_decimal_compare(&number, &literal->number) : 0;
    oracle_pool_free(&pool);
    switch (op) {
    case OP_LT:
        return known && order < 0;
    case OP_LE:
        return known && order <= 0;
    case OP_GT:
        return known && order > 0;
    default:
        return known && order >= 0;
    }
}

static bool has_null(const oracle_json *value)
{
    for (size_t i = 0; value->type == ORACLE_ARRAY && i < value->n; i++)
        if (value->items[i]->type == ORACLE_NULL)
            return true;
    return false;
}

/* The one value a selector without wildcard picks, NULL when there is none. */
const oracle_json *oracle_json_at(const oracle_json *event, const oracle_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const oracle_json *next = NULL;
        if (steps[i].type == STEP_INDEX && event->type == ORACLE_ARRAY && steps[i].index < event->n)
            next = event->items[steps[i].index];
        if (steps[i].type == STEP_KEY && event->type == ORACLE_OBJECT)
            for (size_t k = 0; k < event->n; k++)
                if (oracle_equal(event->keys[k], steps[i].key))
                    next = event->items[k];
        if (next == NULL)
            return NULL;
        event = next;
    }
    return event;
}

static bool one_holds(const oracle_node *node, const oracle_json *value)
{
    if (value == NULL)
        return node->op == OP_NOT_EXISTS;
    switch (node->op) {
    case OP_EQ:
        return equals(&node->literal, value);
    case OP_NE:
        return differs(&node->literal, value);
    case OP_IS_NULL:
        return value->type == ORACLE_NULL || has_null(value);
    case OP_IS_TRUE:
        return value->type == ORACLE_BOOLEAN && value->text.data[0] == 't';
    case OP_IS_FALSE:
        return value->type == ORACLE_BOOLEAN && value->text.data[0] == 'f';
    case OP_NOT_EXISTS:
        return false;
    default:
        return ordered(node->op, &node->literal, value);
    }
}

/* Values that a selector with a wildcard picks under `parent`. */
static size_t select_all(const oracle_node *node, const oracle_json *parent, const oracle_json **out)
{
    const oracle_selector *selector = &node->selector;
    size_t n = 0, behind = selector->wildcard + 1;
    for (size_t i = 0; i < parent->n; i++) {
        const oracle_json *value =
            oracle_json_at(parent->items[i], selector->steps + behind, selector->n - behind);
        if (value != NULL)
            out[n++] = value;
    }
    return n;
}

static bool any_holds(const oracle_node *node, const oracle_json *const *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool null = values[i]->type == ORACLE_NULL;
        if (node->op == OP_IS_NULL ? null : one_holds(node, values[i]))
            return true;
    }
    return false;
}

static bool wildcard_holds(const oracle_node *node, const oracle_json *event)
{
    oracle_pool pool = {NULL};
    const oracle_json *parent = oracle_json_at(event, node->selector.steps, node->selector.wildcard);
    size_t n = 0;
    const oracle_json **values = oracle_alloc(&pool, parent == NULL ? 0 : parent->n, sizeof *values);
    if (parent != NULL)
        n = select_all(node, parent, values);
    bool yes;
    if (node->op == OP_NOT_EXISTS) {
        yes = n == 0;
    } else if (node->op == OP_NE) {
        yes = parent != NULL;
        for (size_t i = 0; i < n; i++)
            yes = yes && !equals(&node->literal, values[i]);
    } else {
        yes = any_holds(node, values, n);
    }
    oracle_pool_free(&pool);
    return yes;
}

bool oracle_json_holds(const oracle_node *node, const oracle_json *event)
{
    const oracle_selector *selector = &node->selector;
    if (node->type == NODE_AND)
        return oracle_json_holds(node->left, event) && oracle_json_holds(node->right, event);
    if (node->type == NODE_OR)
        return oracle_json_holds(node->left, event) || oracle_json_holds(node->right, event);
    if (selector->wildcard < selector->n)
        return wildcard_holds(node, event);
    return one_holds(node, oracle_json_at(event, selector->steps, selector->n));
}
