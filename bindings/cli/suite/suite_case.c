/* Cases: what must hold of a pattern. */
#include <stdio.h>
#include <string.h>

#include "json_out.h"
#include "suite.h"
#include "suite_case.h"
#include "suite_fields.h"
#include "suite_path.h"
#include "suite_replay.h"

bool suite_read_message(suite_reading *r, const json_value *value, ctf_text *out)
{
    json_out json = {0};
    if (value->type == JSON_STRING) {
        *out = config_keep(r->o.config, value->text);
        return true;
    }
    if (value->type != JSON_OBJECT) {
        config_refuse(&r->o, value->place, "a message is needed: a mapping, which is a JSON event, or a text");
        return false;
    }
    json_tree(&json, value);
    *out = config_keep(r->o.config, (ctf_text){json.data, json.length});
    json_out_free(&json);
    return true;
}

bool suite_is_list(suite_reading *r, const json_value *value)
{
    if (config_absent(&r->o, value))
        return false;
    if (value->type != JSON_ARRAY)
        config_refuse(&r->o, value->place, "%s: a list is needed", value->key.data);
    return value->type == JSON_ARRAY;
}

static void read_messages(suite_reading *r, const json_value *list, const json_value *files, suite_messages *out)
{
    suite_message *messages, *paths;
    out->n_files = suite_paths(r, files, &paths);
    out->files = paths;
    if (!suite_is_list(r, list))
        return;
    messages = config_take(r->o.config, list->n, sizeof *messages);
    for (const json_value *one = list->first; one != NULL; one = one->next)
        if (suite_read_message(r, one, &messages[out->n_messages].text))
            messages[out->n_messages++].place = config_place(&r->o, one->place);
    out->messages = messages;
}

/* ---- relations ---- */

/* A pattern as it stands behind equivalent and implies: a text, or an object that says how it is given. */
static size_t read_reference(suite_reading *r, const json_value *value)
{
    const json_value *found[REFERENCE_SLOTS] = {[REFERENCE_PATTERN] = value};
    size_t errors = r->o.config->store->errors;
    if (value->type == JSON_OBJECT && !config_fields(&r->o, value, &suite_reference_words, found, REFERENCE_SLOTS))
        return SUITE_NONE;
    size_t pattern = suite_pattern_given(r, found);
    if (pattern == SUITE_NONE && !r->blind && r->o.config->store->errors == errors)
        config_refuse(&r->o, value->place, "a pattern is needed: a text, or filter, cis or pattern");
    return pattern;
}

static void read_relation(suite_reading *r, const json_value *value, bool equal, suite_relation *list, size_t *n)
{
    bool many = json_is(value, JSON_ARRAY);
    if (config_absent(&r->o, value))
        return;
    for (const json_value *one = many ? value->first : value; one != NULL; one = many ? one->next : NULL) {
        size_t other = read_reference(r, one);
        if (other != SUITE_NONE)
            list[(*n)++] = (suite_relation){config_place(&r->o, one->place), other, equal};
    }
}

static size_t count(const json_value *value)
{
    return value == NULL ? 0 : value->type == JSON_ARRAY ? value->n : 1;
}

static void read_relations(suite_reading *r, const json_value *const found[], suite_case *out)
{
    size_t most = count(found[CASE_EQUIVALENT]) + count(found[CASE_IMPLIES]);
    suite_relation *list = config_take(r->o.config, most, sizeof *list);
    read_relation(r, found[CASE_EQUIVALENT], true, list, &out->n_relations);
    read_relation(r, found[CASE_IMPLIES], false, list, &out->n_relations);
    out->relations = list;
}

/* ---- a case ---- */

/* What speaks of the case's pattern. */
static const json_value *about_pattern(const json_value *const found[])
{
    for (size_t i = CASE_MATCH; i <= CASE_IMPLIES; i++)
        if (found[i] != NULL)
            return found[i];
    return NULL;
}

static bool is_empty(const suite_case *one)
{
    const suite_messages *yes = &one->expected[true], *no = &one->expected[false];
    return yes->n_messages + yes->n_files + no->n_messages + no->n_files + one->n_relations == 0;
}

/* `errors` were told before the case. */
static void check_sense(suite_reading *r, const json_value *value, const json_value *const found[], bool given,
                        size_t errors, const suite_case *out)
{
    const json_value *about = about_pattern(found);
    if (about != NULL && is_empty(out) && r->o.config->store->errors == errors && !r->blind)
        config_refuse(&r->o, about->place, "%s: nothing stands here", about->key.data);
    if (about != NULL && !given)
        config_refuse(&r->o, about->key_place, "%s: which pattern? Say pattern, filter or cis", about->key.data);
    if (about == NULL && (given || out->replay == NULL))
        config_refuse(&r->o, value->place, given ? "nothing is expected of the pattern" : "this case expects nothing");
}

static ctf_text numbered(suite_reading *r, size_t number)
{
    char name[32];
    snprintf(name, sizeof name, "case %zu", number);
    return config_keep(r->o.config, (ctf_text){name, strlen(name)});
}

static void read_case(suite_reading *r, const json_value *value, suite_case *out)
{
    const json_value *found[CASE_SLOTS];
    size_t errors = r->o.config->store->errors;
    *out = (suite_case){.name = numbered(r, r->file->n_cases), .place = config_place(&r->o, value->place),
                        .pattern = SUITE_NONE};
    if (!config_fields(&r->o, value, &suite_case_words, found, CASE_SLOTS))
        return;
    bool given = !config_absent(&r->o, found[REFERENCE_PATTERN]) || !config_absent(&r->o, found[REFERENCE_FILTER]) ||
                 !config_absent(&r->o, found[REFERENCE_CIS]);
    config_text(&r->o, found[CASE_NAME], &out->name);
    out->pattern = suite_pattern_given(r, found);
    read_messages(r, found[CASE_MATCH], found[CASE_MATCH_FILES], &out->expected[true]);
    read_messages(r, found[CASE_NO_MATCH], found[CASE_NO_MATCH_FILES], &out->expected[false]);
    read_relations(r, found, out);
    out->replay = suite_replay_read(r, found);
    check_sense(r, value, found, given, errors, out);
}

void suite_read_cases(suite_reading *r, const json_value *list)
{
    if (!suite_is_list(r, list))
        return;
    r->file->cases = config_take(r->o.config, list->n, sizeof *r->file->cases);
    for (const json_value *one = list->first; one != NULL; one = one->next)
        read_case(r, one, &r->file->cases[r->file->n_cases++]);
}
