/* Whether a file holds a configuration, or patterns. */
#include <string.h>

#include "config_load.h"
#include "skip.h"

static bool has_line_start(ctf_text text, const char *word)
{
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= text.length;) {
        if (memcmp(text.data + at, word, n) == 0)
            return true;
        const char *end = memchr(text.data + at, '\n', text.length - at);
        if (end == NULL)
            return false;
        at = (size_t)(end - text.data) + 1;
    }
    return false;
}

/* Is it YAML with one of the words that a configuration has at its outermost level? */
static bool is_yaml(ctf_text text)
{
    static const char *const words[] = {"Resources:", "AWSTemplateFormatVersion:", "metricFilters:", "alarms:",
                                        "compositeAlarms:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_line_start(text, words[i]))
            return true;
    return false;
}

/* Is its first value an object that is more than a pattern with a name? */
static bool is_config_json(ctf_text text)
{
    json_error error;
    size_t end = 0;
    skip s = {0};
    if (!skip_value(&s, (const unsigned char *)text.data, text.length, &end))
        end = text.length;
    json_document *document = json_read(text.data, end, &error);
    const json_value *root = document == NULL ? NULL : json_root(document);
    const json_value *one = json_is(root, JSON_ARRAY) ? root->first : root;
    bool pattern = json_get(one, "pattern") != NULL ||
                   (json_get(one, "filterPattern") != NULL && json_get(one, "metricTransformations") == NULL);
    json_free(document);
    return !pattern;
}

/* JSON begins with a brace or bracket and a quote, brace or end behind it; no pattern does. */
bool config_is_any(ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t at = 0;
    if (!skip_blanks(data, text.length, &at))
        return false;
    unsigned char first = data[at];
    if (first != '{' && first != '[')
        return is_yaml(text);
    at++;
    if (!skip_blanks(data, text.length, &at) || data[at] != (first == '{' ? '"' : '{'))
        return false;
    return is_config_json(text);
}
