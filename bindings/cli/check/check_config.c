/* What a configuration as a whole is told: what its loader says, limits of log groups and composite alarms, filters and
 * alarms that do not fit together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "diag.h"

#define MOST_FILTERS 100 /* of a log group */
#define MOST_REGEXES 5   /* of these with a regular expression */
#define MOST_PARENTS 150 /* composite alarms over one alarm */
#define LONGEST 512

/* Alarms on the metrics of AWS's own services need no filter. */
static bool is_foreign(const check_work *work, const cli_message *message)
{
    for (size_t i = 0; i < work->config.n_alarms; i++) {
        const cli_metric_alarm *alarm = &work->config.alarms[i];
        ctf_text space = alarm->alarm.metric.name_space;
        if (alarm->place.line == message->place.line && alarm->place.column == message->place.column &&
            alarm->place.file == message->place.file)
            return space.length > 4 && memcmp(space.data, "AWS/", 4) == 0;
    }
    return false;
}

/* The loader is lenient: what it would refuse comes as a warning. What the service would refuse is an error. */
void check_config_message(void *context, const cli_message *message)
{
    check_work *work = context;
    bool service = message->service[0] != '\0', pattern = message->excerpt[0] != '\0';
    const char *id = pattern ? "refused" : work->linking && !service ? "alarm-link" : "configuration";
    if (strcmp(id, "alarm-link") == 0 && is_foreign(work, message))
        return;
    check_problem *problem = check_add(work, CHECK_NO_ITEM, id, message->place, message->text);
    if (service || pattern || message->severity == CLI_ERROR)
        problem->severity = CTF_SEVERITY_ERROR;
    if (service)
        problem->service = need_copy(message->service, strlen(message->service));
    if (pattern)
        problem->excerpt = need_copy(message->excerpt, strlen(message->excerpt));
}

/* ---- log groups ---- */

typedef struct group {
    ctf_text name;
    size_t filter;   /* its index */
    bool regex;
    ctf_text canonical;
} group;

static int by_group(const void *a, const void *b)
{
    const group *one = a, *other = b;
    size_t n = one->name.length < other->name.length ? one->name.length : other->name.length;
    int order = n == 0 ? 0 : memcmp(one->name.data, other->name.data, n);
    if (order == 0 && one->name.length != other->name.length)
        order = one->name.length < other->name.length ? -1 : 1;
    return order != 0 ? order : one->filter < other->filter ? -1 : 1;
}

/* A percent sign outside quotes: in a pattern that compiles it begins a regular expression. */
static bool has_regex(ctf_text pattern)
{
    bool quoted = false;
    for (size_t i = 0; i < pattern.length; i++) {
        if (quoted && pattern.data[i] == '\\')
            i++;
        else if (pattern.data[i] == '"')
            quoted = !quoted;
        else if (pattern.data[i] == '%' && !quoted)
            return true;
    }
    return false;
}

static void tell_limit(check_work *work, const group *over, size_t n, const char *id, const char *what)
{
    char words[LONGEST];
    snprintf(words, sizeof words, "log group %.*s has %zu metric filters%s", (int)over->name.length, over->name.data, n,
             what);
    check_add(work, CHECK_NO_ITEM, id, work->config.filter_origins[over->filter].place, words);
}

/* The filters of one log group, in order: the first beyond a limit is told. */
static void check_group(check_work *work, const group *members, size_t n)
{
    size_t regexes = 0, beyond = 0;
    for (size_t i = 0; i < n; i++) {
        regexes += members[i].regex;
        if (members[i].regex && regexes == MOST_REGEXES + 1)
            beyond = i;
    }
    if (n > MOST_FILTERS)
        tell_limit(work, &members[MOST_FILTERS], n, "limit-filters", ", and may have 100");
    if (regexes > MOST_REGEXES)
        tell_limit(work, &members[beyond], regexes, "limit-regexes", " with a regular expression, and may have 5");
}

static group *groups_of(const check_work *work, size_t *n)
{
    const cli_config *config = &work->config;
    group *all = need(config->n_filters, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < config->n_filters; i++)
        if (config->filter_origins[i].log_group.length > 0)
            all[(*n)++] = (group){.name = config->filter_origins[i].log_group, .filter = i,
                                  .regex = has_regex(config->filters[i].filter_pattern)};
    if (*n > 1)
        qsort(all, *n, sizeof *all, by_group);
    return all;
}

static bool same_text(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static void check_groups(check_work *work)
{
    size_t n;
    group *all = groups_of(work, &n);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && same_text(all[from].name, all[to].name); to++)
            continue;
        check_group(work, all + from, to - from);
    }
    free(all);
}

/* ---- filters that count twice ---- */

static int append(void *context, const char *data, size_t length)
{
    blob_append(context, data, length);
    return 0;
}

typedef struct twin {
    blob key; /* log group, metric and canonical pattern */
    size_t filter;
} twin;

static int by_key(const void *a, const void *b)
{
    const twin *one = a, *other = b;
    size_t n = one->key.length < other->key.length ? one->key.length : other->key.length;
    int order = memcmp(one->key.data, other->key.data, n);
    if (order == 0 && one->key.length != other->key.length)
        order = one->key.length < other->key.length ? -1 : 1;
    return order != 0 ? order : one->filter < other->filter ? -1 : 1;
}

static void append_part(blob *key, ctf_text part)
{
    blob_append(key, part.data, part.length);
    blob_append_byte(key, '\0');
}

static void tell_twin(check_work *work, size_t filter, size_t first)
{
    char words[LONGEST];
    const cli_place *place = &work->config.filter_origins[first].place;
    ctf_text name = work->config.filters[first].filter_name;
    snprintf(words, sizeof words, "%.*s (%s:%u:%u) publishes the same metric for the same pattern, so each "
                                  "match counts twice",
             name.length > 128 ? 128 : (int)name.length, name.data, place->file, place->line, place->column);
    check_add(work, CHECK_NO_ITEM, "same-filter", work->config.filter_origins[filter].place, words);
}

static void check_twins(check_work *work)
{
    const cli_config *config = &work->config;
    twin *all = need(config->n_filters, sizeof *all);
    for (size_t i = 0; i < config->n_filters; i++) {
        const ctf_metric_filter *filter = &config->filters[i];
        all[i].filter = i;
        append_part(&all[i].key, config->filter_origins[i].log_group);
        append_part(&all[i].key, filter->metric_namespace);
        append_part(&all[i].key, filter->metric_name);
        ctf_pattern_print(filter->filter_pattern, NULL, append, &all[i].key, NULL);
    }
    if (config->n_filters > 1)
        qsort(all, config->n_filters, sizeof *all, by_key);
    for (size_t i = 1; i < config->n_filters; i++)
        if (all[i].key.length == all[i - 1].key.length &&
            memcmp(all[i].key.data, all[i - 1].key.data, all[i].key.length) == 0)
            tell_twin(work, all[i].filter, all[i - 1].filter);
    for (size_t i = 0; i < config->n_filters; i++)
        blob_free(&all[i].key);
    free(all);
}

/* ---- metrics that nobody watches ---- */

static bool is_watched(const cli_config *config, const ctf_metric_filter *filter)
{
    for (size_t i = 0; i < config->n_alarms; i++)
        if (same_text(config->alarms[i].alarm.metric.name, filter->metric_name) &&
            same_text(config->alarms[i].alarm.metric.name_space, filter->metric_namespace))
            return true;
    return false;
}

static void check_watched(check_work *work)
{
    char words[LONGEST];
    for (size_t i = 0; i < work->config.n_filters && work->config.n_alarms > 0; i++) {
        const ctf_metric_filter *filter = &work->config.filters[i];
        if (is_watched(&work->config, filter))
            continue;
        ctf_text name = filter->metric_name;
        snprintf(words, sizeof words, "no alarm watches its metric %.*s", name.length > 128 ? 128 : (int)name.length,
                 name.data);
        check_add(work, CHECK_NO_ITEM, "metric-without-alarm", work->config.filter_origins[i].place, words);
    }
}

/* ---- alarms under too many composite alarms ---- */

static void tell_parents(check_work *work, const cli_composite_alarm *beyond, ctf_text child)
{
    char words[LONGEST];
    snprintf(words, sizeof words, "alarm %.*s is in the rules of more than %d composite alarms",
             child.length > 256 ? 256 : (int)child.length, child.data, MOST_PARENTS);
    check_add(work, CHECK_NO_ITEM, "limit-composites", beyond->rule_place, words);
}

/* Counts the composite alarms over each alarm; the first beyond the limit is told. */
static void check_parents(check_work *work)
{
    const cli_config *config = &work->config;
    size_t *parents = need(config->n_alarms + config->n_composites, sizeof *parents);
    for (size_t i = 0; i < config->n_composites; i++) {
        const cli_composite_alarm *composite = &config->composites[i];
        for (size_t k = 0; k < ctf_rule_count(composite->rule); k++) {
            ctf_text child = ctf_rule_child(composite->rule, k);
            cli_alarm_ref found = cli_config_find(config, child);
            size_t at = found.kind == CLI_METRIC_ALARM ? found.index : config->n_alarms + found.index;
            if (found.kind != CLI_NO_ALARM && ++parents[at] == MOST_PARENTS + 1)
                tell_parents(work, composite, child);
        }
    }
    free(parents);
}

void check_config(check_work *work)
{
    check_groups(work);
    check_twins(work);
    check_watched(work);
    check_parents(work);
    work->linking = true;
    cli_config_check_links(&work->config);
}
