/* The patterns that cases speak of: by their text, by a name of the file, or by their number in the benchmark. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cis.h"
#include "diag.h"
#include "nearest.h"
#include "suite.h"
#include "suite_fields.h"

#define NAMES 1000 /* among which a mistyped one is looked for */

ctf_text suite_pattern_label(const suite *all, size_t index)
{
    const suite_pattern *pattern = &all->patterns[index];
    return pattern->name.length > 0 ? pattern->name : pattern->text;
}

/* Compiles it; returns false after a refusal. */
static bool compile(suite_reading *r, suite_pattern *pattern)
{
    ctf_error error;
    ctf_status status = ctf_filter_compile(&(ctf_pattern){.text = pattern->text}, 1, NULL, &pattern->filter, &error);
    if (status == CTF_OK)
        status = ctf_scratch_new(pattern->filter, NULL, &pattern->scratch);
    if (status == CTF_E_NOMEM)
        need_failed();
    if (status != CTF_OK) {
        r->o.broken = true;
        config_point(r->o.config, pattern->place, pattern->lead, pattern->text, &error);
    }
    return status == CTF_OK;
}

size_t suite_pattern_add(suite_reading *r, const suite_pattern *given)
{
    suite *all = r->all;
    const config_name *known = names_find(&all->by_text, given->text);
    suite_pattern pattern = *given;
    if (known != NULL)
        return known->value;
    if (!compile(r, &pattern))
        return SUITE_NONE;
    all->patterns = need_more(all->patterns, &all->room_patterns, all->n_patterns + 1, sizeof *all->patterns);
    all->patterns[all->n_patterns] = pattern;
    names_add(&all->by_text, pattern.text, all->n_patterns);
    return all->n_patterns++;
}

/* ---- names ---- */

static void declare(suite_file *file, size_t pattern)
{
    file->declared = need_more(file->declared, &file->room_declared, file->n_declared + 1, sizeof *file->declared);
    file->declared[file->n_declared++] = pattern;
}

/* Gives a pattern a name that cases may use. */
static void name_it(suite_reading *r, ctf_text name, size_t pattern)
{
    if (name.length > 0 && pattern != SUITE_NONE)
        names_add(&r->file->names, name, pattern);
}

static void add_own(suite_reading *r, const json_value *value)
{
    suite_pattern pattern = {.name = config_keep(r->o.config, value->key), .place = config_place(&r->o, value->place),
                             .lead = value->lead};
    if (!config_text(&r->o, value, &pattern.text))
        return;
    size_t index = suite_pattern_add(r, &pattern);
    name_it(r, pattern.name, index);
    if (index != SUITE_NONE)
        declare(r->file, index);
}

static void add_filters(suite_reading *r)
{
    const cli_config *config = r->o.config;
    for (size_t i = 0; i < config->n_filters; i++) {
        const ctf_metric_filter *filter = &config->filters[i];
        const cli_filter_origin *origin = &config->filter_origins[i];
        size_t index = suite_pattern_add(r, &(suite_pattern){.name = filter->filter_name, .text = filter->filter_pattern,
                                                             .place = origin->pattern, .lead = origin->lead});
        name_it(r, filter->filter_name, index);
        if (!text_equal(origin->logical_id, filter->filter_name))
            name_it(r, origin->logical_id, index);
        if (index != SUITE_NONE && origin->pattern.file == r->file->path)
            declare(r->file, index);
    }
}

/* A pattern of a file without a name is called after its place, FILE:LINE. */
static ctf_text name_of(suite_reading *r, const ctf_pattern *pattern, const pattern_place *at)
{
    char place[1024];
    if (pattern->name.length > 0)
        return pattern->name;
    snprintf(place, sizeof place, "%s:%zu", at->file, at->line);
    return config_keep(r->o.config, (ctf_text){place, strlen(place)});
}

static void add_listed(suite_reading *r)
{
    const pattern_list *list = &r->file->patterns;
    for (size_t i = 0; i < list->n; i++) {
        pattern_place at = patterns_place(list, i);
        ctf_text name = name_of(r, &list->patterns[i], &at);
        suite_pattern pattern = {.name = name, .text = list->patterns[i].text,
                                 .place = {at.file, (uint32_t)at.line, (uint32_t)at.column}, .lead = at.exact ? 0 : -1};
        name_it(r, name, suite_pattern_add(r, &pattern));
    }
}

void suite_pattern_names(suite_reading *r, const json_value *own)
{
    if (own != NULL && (own->type != JSON_OBJECT || own->tagged))
        config_refuse(&r->o, own->place, "patterns: names and their patterns are needed");
    for (const json_value *value = json_is(own, JSON_OBJECT) ? own->first : NULL; value != NULL; value = value->next)
        add_own(r, value);
    add_filters(r);
    add_listed(r);
}

/* ---- what a case speaks of ---- */

static void refuse_name(suite_reading *r, const json_value *value)
{
    const config_names *known = &r->file->names;
    const char *names[NAMES];
    size_t n = known->n < NAMES ? known->n : NAMES;
    if (r->blind)
        return;
    for (size_t i = 0; i < n; i++)
        names[i] = config_keep(r->o.config, known->entries[i].name).data;
    const char *near = config_heard(r->o.config, CLI_ERROR) ? nearest(value->text.data, names, n) : NULL;
    config_refuse(&r->o, value->place, "there is no pattern or metric filter %.*s%s%s%s", TEXT_SHOWN(value->text),
                  near != NULL ? "; did you mean " : "", near != NULL ? near : "", near != NULL ? "?" : "");
}

/* By name. Filters of several log groups may share one as long as their patterns are the same. */
static size_t find(suite_reading *r, const json_value *value)
{
    ctf_text name;
    size_t at = 0, found = SUITE_NONE, other;
    if (!config_text(&r->o, value, &name))
        return SUITE_NONE;
    names_next(&r->file->names, name, &at, &found);
    if (found == SUITE_NONE)
        refuse_name(r, value);
    while (names_next(&r->file->names, name, &at, &other))
        if (other != found) {
            config_refuse(&r->o, value->place, "%.*s is the name of several patterns", TEXT_SHOWN(name));
            return SUITE_NONE;
        }
    return found;
}

/* "3.1" is the benchmark's own pattern, "CloudWatch.2" Security Hub's; mostly they are the same. */
static const char *published(ctf_text number)
{
    for (size_t i = 0; i < CIS_RULES; i++) {
        const cis_rule *rule = &cis_rules[i];
        if (text_is(number, rule->number))
            return rule->texts[1] != NULL ? rule->texts[1] : rule->texts[0];
        if (text_is(number, rule->control))
            return rule->texts[0];
    }
    return NULL;
}

static size_t find_published(suite_reading *r, const json_value *value)
{
    ctf_text number;
    char name[64];
    if (!config_text(&r->o, value, &number))
        return SUITE_NONE;
    const char *text = published(number);
    if (text == NULL) {
        config_refuse(&r->o, value->place, "cis: 3.1 to 3.14 or CloudWatch.1 to CloudWatch.14 is needed, not %.*s",
                      TEXT_SHOWN(number));
        return SUITE_NONE;
    }
    snprintf(name, sizeof name, "CIS %.*s", TEXT_SHOWN(number));
    ctf_text kept = config_keep(r->o.config, (ctf_text){name, strlen(name)});
    return suite_pattern_add(r, &(suite_pattern){.name = kept, .text = {text, strlen(text)},
                                                 .place = {r->file->path, 0, 0}, .lead = -1});
}

static size_t add_inline(suite_reading *r, const json_value *value)
{
    suite_pattern pattern = {.place = config_place(&r->o, value->place), .lead = value->lead};
    return config_text(&r->o, value, &pattern.text) ? suite_pattern_add(r, &pattern) : SUITE_NONE;
}

size_t suite_pattern_given(suite_reading *r, const json_value *const found[])
{
    static size_t (*const ways[REFERENCE_SLOTS])(suite_reading *, const json_value *) = {
        [REFERENCE_PATTERN] = add_inline, [REFERENCE_FILTER] = find, [REFERENCE_CIS] = find_published};
    const json_value *given = NULL;
    size_t way = 0;
    for (size_t i = 0; i < REFERENCE_SLOTS; i++) {
        if (config_absent(&r->o, found[i]))
            continue;
        if (given != NULL) {
            config_refuse(&r->o, found[i]->key_place, "%s: there is a pattern already, %s in line %u", found[i]->key.data,
                          given->key.data, given->key_place.line);
            return SUITE_NONE;
        }
        given = found[i];
        way = i;
    }
    return given == NULL ? SUITE_NONE : ways[way](r, given);
}
