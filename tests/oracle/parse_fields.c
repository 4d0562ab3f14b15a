/* Space-delimited patterns (spec: filter-patterns 6). */
#include "tree.h"

static bool at_separator(const oracle_parser *p)
{
    return p->at < p->text.length && (p->text.data[p->at] == ',' || p->text.data[p->at] == ']');
}

/* Every test of the condition is about `name`. */
static bool about(const oracle_node *node, oracle_text name)
{
    if (node->type == NODE_TEST)
        return oracle_equal(node->name, name);
    return about(node->left, name) && about(node->right, name);
}

static const oracle_node *first_test(const oracle_node *node)
{
    while (node->type != NODE_TEST)
        node = node->left;
    return node;
}

static bool take_condition(oracle_parser *p, oracle_slot *slot)
{
    slot->condition = oracle_take_expression(p);
    if (slot->condition == NULL)
        return false;
    slot->name = first_test(slot->condition)->name;
    return about(slot->condition, slot->name);
}

static bool take_slot(oracle_parser *p, oracle_slot *slot)
{
    oracle_skip_blanks(p);
    if (at_separator(p))
        return true;
    slot->ellipsis = oracle_take(p, "...");
    if (!slot->ellipsis) {
        size_t start = p->at;
        slot->name = oracle_take_run(p, "_-");
        bool named = slot->name.length > 0 && slot->name.data[0] != '-' && !oracle_digit(slot->name.data[0]);
        oracle_skip_blanks(p);
        if (!named || !at_separator(p)) {
            p->at = start;
            return take_condition(p, slot) && at_separator(p);
        }
    }
    oracle_skip_blanks(p);
    return at_separator(p);
}

static bool distinct(const oracle_pattern *pattern)
{
    for (size_t i = 0; i < pattern->n_slots; i++)
        for (size_t j = 0; j < i; j++) {
            const oracle_slot *a = &pattern->slots[i], *b = &pattern->slots[j];
            if ((a->ellipsis && b->ellipsis) || (a->name.length > 0 && oracle_equal(a->name, b->name)))
                return false;
        }
    return true;
}

bool oracle_parse_fields(oracle_pattern *pattern, oracle_text text)
{
    oracle_parser p = {.pool = &pattern->pool, .text = text, .fields = true};
    pattern->slots = oracle_alloc(p.pool, text.length, sizeof *pattern->slots);
    if (!oracle_take(&p, "["))
        return false;
    oracle_skip_blanks(&p);
    if (oracle_take(&p, "]"))
        return p.at == text.length;
    do {
        if (!take_slot(&p, &pattern->slots[pattern->n_slots++]))
            return false;
    } while (oracle_take(&p, ","));
    pattern->ellipsis = pattern->n_slots;
    for (size_t i = 0; i < pattern->n_slots; i++)
        if (pattern->slots[i].ellipsis)
            pattern->ellipsis = i;
    return oracle_take(&p, "]") && p.at == text.length && distinct(pattern);
}
