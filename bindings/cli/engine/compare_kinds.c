#include "compare_kinds.h"

#include <math.h>
#include <string.h>

#include "engine_request.h"

/* An error that says something about the engine's own trouble and nothing about the request. */
static bool is_trouble(const json_value *kind)
{
    static const char *const troubles[] = {"disagreement", "memory", "argument", "program", "document"};
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (json_is_text(kind, troubles[i]))
            return true;
    return false;
}

static bool contains(const json_value *text, const json_value *words)
{
    return json_is(text, JSON_STRING) && strstr(text->text.data, words->text.data) != NULL;
}

bool compare_error(const json_value *vector, const json_value *answer, bool *decided)
{
    const json_value *error = json_get(answer, "error"), *words = json_get(vector, "error_contains");
    bool expected = json_is(json_get(vector, "expected_error"), JSON_TRUE) ||
                    json_is(json_get(vector, "error"), JSON_TRUE);
    *decided = expected || error != NULL;
    if (!*decided)
        return true;
    if (!expected || !json_is(error, JSON_OBJECT) || is_trouble(json_get(error, "kind")))
        return false;
    return !json_is(words, JSON_STRING) || contains(json_get(error, "message"), words) ||
           contains(json_get(error, "service"), words);
}

static bool same_scalar(const json_value *a, const json_value *b)
{
    double x, y;
    if (a->type != b->type || a->type >= JSON_ARRAY)
        return false;
    if (a->type == JSON_NUMBER)
        return request_number(a, &x) && request_number(b, &y) && x == y;
    size_t n = a->text.length;
    return n == b->text.length && (n == 0 || memcmp(a->text.data, b->text.data, n) == 0);
}

bool compare_values(const json_value *expected, const json_value *got)
{
    if (expected == NULL || got == NULL)
        return false;
    if (!json_is(expected, JSON_ARRAY))
        return same_scalar(expected, got);
    if (!json_is(got, JSON_ARRAY) || expected->n != got->n)
        return false;
    const json_value *b = got->first;
    for (const json_value *a = expected->first; a != NULL; a = a->next, b = b->next)
        if (!same_scalar(a, b))
            return false;
    return true;
}

bool compare_state(const json_value *vector, const json_value *answer)
{
    return compare_values(json_get(vector, "expected_state"), json_get(answer, "state"));
}

bool compare_states(const json_value *vector, const json_value *answer)
{
    const json_value *steps = json_get(vector, "steps"), *states = json_get(answer, "states");
    if (!json_is(steps, JSON_ARRAY) || !json_is(states, JSON_ARRAY) || steps->n != states->n)
        return false;
    const json_value *state = states->first;
    for (const json_value *step = steps->first; step != NULL; step = step->next, state = state->next)
        if (!compare_values(json_get(step, "expected_state"), state))
            return false;
    return true;
}

bool compare_range(const json_value *vector, const json_value *answer)
{
    return compare_values(json_get(vector, "expected_slots"), json_get(answer, "slots"));
}

bool compare_window(const json_value *vector, const json_value *answer)
{
    return compare_values(json_get(vector, "expected_starts_newest_first"),
                          json_get(answer, "starts_newest_first"));
}

bool compare_lowsample(const json_value *vector, const json_value *answer)
{
    const json_value *low = json_get(vector, "expected_low");
    return low != NULL ? compare_values(low, json_get(answer, "low")) : compare_state(vector, answer);
}

bool compare_reason(const json_value *vector, const json_value *answer)
{
    return compare_values(json_get(vector, "expected_reason"), json_get(answer, "reason"));
}

bool compare_stat(const json_value *vector, const json_value *answer)
{
    const json_value *expected = json_get(vector, "expected"), *got = json_get(answer, "value");
    double wanted, value, tolerance = 0;
    if (json_is(expected, JSON_NULL))
        return json_is(got, JSON_NULL) &&
               compare_values(json_get(vector, "expected_null"), json_get(answer, "null"));
    request_number(json_get(vector, "tolerance"), &tolerance);
    return request_number(expected, &wanted) && request_number(got, &value) &&
           fabs(wanted - value) <= tolerance * fabs(wanted);
}

bool compare_validation(const json_value *vector, const json_value *answer)
{
    return json_is(json_get(vector, "expected_error"), JSON_FALSE) &&
           json_is(json_get(answer, "accepted"), JSON_TRUE);
}
