#include "compare.h"

#include "compare_kinds.h"

/* Filter vectors: the verdict is the same. */
static bool compare_filter(const json_value *vector, const json_value *answer)
{
    const json_value *match = json_get(vector, "match"), *got = json_get(answer, "match");
    return (json_is(got, JSON_TRUE) || json_is(got, JSON_FALSE)) && compare_values(match, got);
}

/* Who compares which kind where no error is in play. */
static const struct {
    const char *kind; /* NULL: vectors without one */
    bool (*compare)(const json_value *vector, const json_value *answer);
} rows[] = {
    {NULL, compare_filter},
    {"alarm", compare_state},
    {"alarm_seq", compare_states},
    {"range", compare_range},
    {"window", compare_window},
    {"lowsample", compare_lowsample},
    {"reason", compare_reason},
    {"stat", compare_stat},
    {"metric", compare_metric},
    {"validation", compare_validation},
    {"composite", compare_state},
    {"suppressor", compare_suppressor},
    {"replay", compare_replay},
};

cli_score compare(const cli_vector *vector, const json_value *answer)
{
    const json_value *root = json_root(vector->document);
    const json_value *kind = json_get(root, "kind");
    bool decided;
    if (json_is_text(json_get(json_get(answer, "error"), "kind"), "request"))
        return SCORE_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].kind == NULL ? kind == NULL : json_is_text(kind, rows[i].kind)) {
            bool agrees = compare_error(root, answer, &decided);
            if (!decided)
                agrees = rows[i].compare(root, answer);
            return agrees ? SCORE_AGREES : SCORE_DIFFERS;
        }
    return SCORE_NONE;
}
