/* Answers that are lists of objects: actions, datapoints, transitions. */
#include "compare_kinds.h"

/* Every member that is expected is there and the same; others are the engine's own. */
static bool holds_members(const json_value *expected, const json_value *got)
{
    if (!json_is(expected, JSON_OBJECT) || !json_is(got, JSON_OBJECT))
        return false;
    for (const json_value *member = expected->first; member != NULL; member = member->next)
        if (!compare_values(member, json_get(got, member->key.data)))
            return false;
    return true;
}

static bool compare_lists(const json_value *expected, const json_value *got)
{
    if (!json_is(expected, JSON_ARRAY) || !json_is(got, JSON_ARRAY) || expected->n != got->n)
        return false;
    const json_value *b = got->first;
    for (const json_value *a = expected->first; a != NULL; a = a->next, b = b->next)
        if (!holds_members(a, b))
            return false;
    return true;
}

bool compare_suppressor(const json_value *vector, const json_value *answer)
{
    return compare_lists(json_get(vector, "expected_actions"), json_get(answer, "actions"));
}

/* A vector may expect datapoints, transitions, or both. */
bool compare_replay(const json_value *vector, const json_value *answer)
{
    const json_value *datapoints = json_get(vector, "expected_datapoints");
    const json_value *transitions = json_get(vector, "expected_transitions");
    if (datapoints == NULL && transitions == NULL)
        return false;
    return (datapoints == NULL || compare_lists(datapoints, json_get(answer, "datapoints"))) &&
           (transitions == NULL || compare_lists(transitions, json_get(answer, "transitions")));
}
