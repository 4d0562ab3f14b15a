#include "compare.h"

#include <stdlib.h>

/* An error that says something about the engine's own trouble and nothing about the request. */
static bool is_trouble(const json_value *kind)
{
    static const char *const troubles[] = {"disagreement", "memory", "argument", "program", "document"};
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (json_is_text(kind, troubles[i]))
            return true;
    return false;
}

/* Filter vectors: the pattern is refused, whatever the words, or the verdict is the same. */
static cli_score compare_filter(const json_value *vector, const json_value *answer)
{
    const json_value *error = json_get(answer, "error");
    const json_value *match = json_get(vector, "match");
    const json_value *got = json_get(answer, "match");
    bool good;
    if (error != NULL)
        good = json_is(error, JSON_OBJECT) && json_is(json_get(vector, "error"), JSON_TRUE) &&
               !is_trouble(json_get(error, "kind"));
    else
        good = match != NULL && got != NULL && match->type == got->type &&
               (got->type == JSON_TRUE || got->type == JSON_FALSE);
    return good ? SCORE_AGREES : SCORE_DIFFERS;
}

static const struct {
    const char *kind; /* NULL: vectors without one */
    cli_score (*compare)(const json_value *vector, const json_value *answer);
} rows[] = {
    {NULL, compare_filter},
};

cli_score compare(const cli_vector *vector, const json_value *answer)
{
    const json_value *root = json_root(vector->document);
    const json_value *kind = json_get(root, "kind");
    if (json_is_text(json_get(json_get(answer, "error"), "kind"), "request"))
        return SCORE_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].kind == NULL ? kind == NULL : json_is_text(kind, rows[i].kind))
            return rows[i].compare(root, answer);
    return SCORE_NONE;
}
