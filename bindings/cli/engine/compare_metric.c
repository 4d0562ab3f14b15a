/* Datapoints are a set: each that is expected is among those that were answered, and there are no more. */
#include "compare_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

static const json_value *get_member(const json_value *object, const json_value *like)
{
    for (const json_value *member = object->first; member != NULL; member = member->next)
        if (member->key.length == like->key.length &&
            (like->key.length == 0 || memcmp(member->key.data, like->key.data, like->key.length) == 0))
            return member;
    return NULL;
}

/* The same members with the same values. */
static bool same_dimensions(const json_value *a, const json_value *b)
{
    if (!json_is(a, JSON_OBJECT) || !json_is(b, JSON_OBJECT) || a->n != b->n)
        return false;
    for (const json_value *member = a->first; member != NULL; member = member->next)
        if (!compare_values(member, get_member(b, member)))
            return false;
    return true;
}

/* Every member that is expected is there; an engine may tell more. */
static bool same_datapoint(const json_value *expected, const json_value *got)
{
    if (!json_is(expected, JSON_OBJECT) || !json_is(got, JSON_OBJECT))
        return false;
    for (const json_value *member = expected->first; member != NULL; member = member->next) {
        const json_value *value = get_member(got, member);
        if (json_is(member, JSON_OBJECT) ? !same_dimensions(member, value) : !compare_values(member, value))
            return false;
    }
    return true;
}

/* Finds one that is not taken yet. */
static bool take(const json_value *expected, const json_value *got, bool *taken)
{
    size_t i = 0;
    for (const json_value *each = got->first; each != NULL; each = each->next, i++)
        if (!taken[i] && same_datapoint(expected, each))
            return taken[i] = true;
    return false;
}

static bool same_set(const json_value *expected, const json_value *got)
{
    if (!json_is(expected, JSON_ARRAY) || !json_is(got, JSON_ARRAY) || expected->n != got->n)
        return false;
    bool *taken = need(got->n + 1, sizeof *taken), same = true;
    for (const json_value *each = expected->first; each != NULL && same; each = each->next)
        same = take(each, got, taken);
    free(taken);
    return same;
}

bool compare_metric(const json_value *vector, const json_value *answer)
{
    const json_value *periods = json_get(vector, "expected_period");
    return same_set(json_get(vector, "expected"), json_get(answer, "datapoints")) &&
           (periods == NULL || same_set(periods, json_get(answer, "periods")));
}
