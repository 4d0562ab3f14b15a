/* Documents in the API's words. */
#include "config_load.h"

typedef void (*add_fn)(config_object *o);

/* The lists that a document may hold: of describe-* and of a configuration of our own. */
static const struct {
    const char *name;
    add_fn add;
} lists[] = {{"metricFilters", config_add_filter},
             {"MetricAlarms", config_add_alarm},
             {"alarms", config_add_alarm},
             {"CompositeAlarms", config_add_composite},
             {"compositeAlarms", config_add_composite}};

#define LISTS (sizeof lists / sizeof lists[0])

/* What tells a single object. */
static const struct {
    const char *name;
    add_fn add;
} marks[] = {{"filterPattern", config_add_filter}, {"metricTransformations", config_add_filter},
             {"AlarmRule", config_add_composite},  {"AlarmName", config_add_alarm},
             {"ComparisonOperator", config_add_alarm}};

#define MARKS (sizeof marks / sizeof marks[0])

static add_fn list_of(ctf_text key)
{
    for (size_t i = 0; i < LISTS; i++)
        if (text_is(key, lists[i].name))
            return lists[i].add;
    return NULL;
}

/* Does a document hold one of the lists? */
static bool has_list(const json_value *root)
{
    for (const json_value *member = json_is(root, JSON_OBJECT) ? root->first : NULL; member != NULL; member = member->next)
        if (list_of(member->key) != NULL)
            return true;
    return false;
}

static add_fn single(const json_value *value)
{
    for (size_t i = 0; i < MARKS; i++)
        if (json_get(value, marks[i].name) != NULL)
            return marks[i].add;
    return NULL;
}

bool config_is_api(const json_value *root)
{
    if (json_is(root, JSON_ARRAY))
        return root->first != NULL && single(root->first) != NULL;
    return has_list(root) || single(root) != NULL;
}

static void add(cli_config *config, const char *file, const json_value *value, const config_dialect *words, add_fn how)
{
    config_object o = {.config = config, .dialect = words, .file = file, .value = value};
    if (how != NULL)
        how(&o);
    else
        config_error(config, config_place(&o, value->place), "this is no metric filter and no alarm");
}

/* Adds all of a list; each element is what `how` says, or what it looks like. */
static void add_list(cli_config *config, const char *file, const json_value *list, const config_dialect *words,
                     add_fn how)
{
    if (list->type == JSON_NULL)
        return;
    if (list->type != JSON_ARRAY) {
        config_error(config, (cli_place){file, list->place.line, list->place.column}, "%s: a list is needed",
                     list->key.data);
        return;
    }
    for (const json_value *one = list->first; one != NULL; one = one->next)
        add(config, file, one, words, how != NULL ? how : single(one));
}

/* A member beside the lists: what the CLI adds to an answer, or something unknown. */
static void check_member(cli_config *config, const char *file, const json_value *member)
{
    static const char *const names[] = {"metricFilters", "alarms", "compositeAlarms", "MetricAlarms", "CompositeAlarms"};
    bool token = text_is(member->key, "nextToken") || text_is(member->key, "NextToken");
    cli_place place = {file, member->key_place.line, member->key_place.column};
    if (token && member->type == JSON_STRING)
        config_warn(config, place, "this list goes on: %s says that only a part of it is here", member->key.data);
    else if (!token && !text_is(member->key, "ResponseMetadata"))
        config_unknown(config, file, member, names, sizeof names / sizeof names[0]);
}

void config_load_api(cli_config *config, const char *file, const json_value *root, const config_dialect *words)
{
    if (root->type == JSON_ARRAY) {
        add_list(config, file, root, words, NULL);
        return;
    }
    if (!has_list(root)) {
        add(config, file, root, words, single(root));
        return;
    }
    for (const json_value *member = root->first; member != NULL; member = member->next) {
        if (list_of(member->key) != NULL)
            add_list(config, file, member, words, list_of(member->key));
        else
            check_member(config, file, member);
    }
}
