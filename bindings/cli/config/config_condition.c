#include "config_condition.h"

#include <string.h>

#define FEWEST 2 /* conditions of Fn::And and Fn::Or */
#define MOST 10

static bool is_truth(const json_value *value)
{
    return value->type == JSON_TRUE || value->type == JSON_FALSE;
}

static bool write(json_value *at, bool holds)
{
    at->type = holds ? JSON_TRUE : JSON_FALSE;
    at->text = (ctf_text){"", 0};
    return true;
}

/* ---- what conditions are made of ---- */

static bool scalars_equal(const json_value *a, const json_value *b)
{
    return template_is_scalar(a) && template_is_scalar(b) && text_equal(template_text(a), template_text(b));
}

static bool lists_equal(const json_value *a, const json_value *b)
{
    const json_value *one = a->first, *other = b->first;
    if (a->type != JSON_ARRAY || b->type != JSON_ARRAY || a->n != b->n)
        return false;
    while (one != NULL && scalars_equal(one, other)) {
        one = one->next;
        other = other->next;
    }
    return one == NULL;
}

bool template_equals(config_object *o, json_value *at, bool loose)
{
    const json_value *pair = at->first;
    (void)loose;
    if (!json_is(pair, JSON_ARRAY) || pair->n != 2)
        return template_refuse_form(o, at, "two values");
    return write(at, scalars_equal(pair->first, pair->first->next) || lists_equal(pair->first, pair->first->next));
}

/* How many of a function's conditions hold; false after a refusal when they are not `fewest` to `most`. */
static bool count_holding(config_object *o, const json_value *at, size_t fewest, size_t most, const char *needed, size_t *holding)
{
    const json_value *list = at->first, *one = json_is(list, JSON_ARRAY) ? list->first : NULL;
    *holding = 0;
    for (; one != NULL && is_truth(one); one = one->next)
        *holding += one->type == JSON_TRUE;
    bool good = json_is(list, JSON_ARRAY) && one == NULL && list->n >= fewest && list->n <= most;
    return good || template_refuse_form(o, at, needed);
}

bool template_and(config_object *o, json_value *at, bool loose)
{
    size_t holding;
    (void)loose;
    return count_holding(o, at, FEWEST, MOST, "two to ten conditions", &holding) && write(at, holding == at->first->n);
}

bool template_or(config_object *o, json_value *at, bool loose)
{
    size_t holding;
    (void)loose;
    return count_holding(o, at, FEWEST, MOST, "two to ten conditions", &holding) && write(at, holding > 0);
}

bool template_not(config_object *o, json_value *at, bool loose)
{
    size_t holding;
    (void)loose;
    return count_holding(o, at, 1, 1, "a list of one condition", &holding) && write(at, holding == 0);
}

bool template_named(config_object *o, json_value *at, bool loose)
{
    bool holds;
    if (!template_is_scalar(at->first))
        return template_refuse_form(o, at, "a name");
    return template_condition(o, at->first->text, at->place, loose, &holds) && write(at, holds);
}

/* ---- conditions by name ---- */

/* The condition's value, after all refusals. */
static bool find(config_object *o, ctf_text name, json_place place, bool *holds)
{
    json_value *condition = template_member(o, o->template->conditions, name, place);
    if (condition == NULL) {
        config_refuse(o, place, "there is no condition %.*s", TEXT_SHOWN(name));
        return false;
    }
    if (!template_resolve_on_the_way(o, condition, false, place, "conditions"))
        return false;
    if (!is_truth(condition)) {
        config_refuse(o, condition->place, "condition %.*s is neither true nor false", TEXT_SHOWN(name));
        return false;
    }
    *holds = condition->type == JSON_TRUE;
    return true;
}

bool template_condition(config_object *o, ctf_text name, json_place place, bool loose, bool *holds)
{
    bool silent = o->silent;
    o->silent = silent || loose;
    bool good = find(o, name, place, holds);
    o->silent = silent;
    return good;
}

/* ---- Fn::If ---- */

/* Puts one value into the place of another, which keeps its key and its neighbours. */
static void replace(json_value *at, const json_value *by)
{
    json_value old = *at;
    *at = *by;
    at->key = old.key;
    at->key_place = old.key_place;
    at->next = old.next;
    at->parent = old.parent;
    for (json_value *child = at->first; child != NULL; child = child->next)
        child->parent = at;
}

bool template_choose(config_object *o, json_value *at, bool loose)
{
    const json_value *name = json_is(at->first, JSON_ARRAY) && at->first->n == 3 ? at->first->first : NULL;
    bool holds;
    if (name == NULL || !template_is_scalar(name))
        return template_refuse_form(o, at, "the name of a condition and two values");
    if (!template_condition(o, name->text, name->place, loose, &holds))
        return false;
    replace(at, holds ? name->next : name->next->next);
    return true;
}
