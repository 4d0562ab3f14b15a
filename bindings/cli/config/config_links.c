/* Whether what was loaded fits together: alarms and the metrics that filters publish, composites and their
 * children. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "config_cycles.h"
#include "config_store.h"
#include "nearest.h"

#define NAMES 1000 /* among which a mistyped one is looked for */
#define LONGEST 512

/* The metrics of all filters, by index. */
typedef struct metrics {
    cli_config *config;
    config_names full;  /* by namespace, a NUL and name: the first filter of the metric */
    config_names names; /* by name: the first one */
    config_names fits;  /* by full name and names of dimensions: the first one of each unit */
    config_names units; /* by all of that and the unit */
} metrics;

/* The namespace and name of a metric in one text. */
static ctf_text full_name(cli_config *config, ctf_text name_space, ctf_text name)
{
    char *text = config_take(config, name_space.length + name.length + 1, 1);
    memcpy(text, name_space.data, name_space.length);
    text[name_space.length] = '\0';
    memcpy(text + name_space.length + 1, name.data, name.length);
    return (ctf_text){text, name_space.length + 1 + name.length};
}

static void warn(cli_config *config, const cli_metric_alarm *alarm, const char *what, const cli_place *filter)
{
    if (filter == NULL)
        config_warn(config, alarm->place, "%.*s: %s", TEXT_SHOWN(alarm->input.alarm_name), what);
    else
        config_warn(config, alarm->place, "%.*s: %s (%s:%u:%u)", TEXT_SHOWN(alarm->input.alarm_name), what,
                    filter->file, filter->line, filter->column);
}

/* ---- an alarm whose metric no filter publishes ---- */

static const char *nearest_metric(const cli_config *config, const char *name)
{
    const char *names[NAMES];
    size_t n = config->n_filters < NAMES ? config->n_filters : NAMES;
    if (!config_heard(config, CLI_WARNING))
        return NULL;
    for (size_t i = 0; i < n; i++)
        names[i] = config->filters[i].metric_name.data;
    return nearest(name, names, n);
}

static void tell_unpublished(metrics *m, const cli_metric_alarm *alarm)
{
    const ctf_metric *metric = &alarm->alarm.metric;
    const config_name *elsewhere = names_find(&m->names, metric->name);
    char what[LONGEST];
    if (elsewhere != NULL) {
        ctf_text other = m->config->filters[elsewhere->value].metric_namespace;
        snprintf(what, sizeof what, "no metric filter publishes %.*s in namespace %.*s, but one does in %.*s",
                 TEXT_SHOWN(metric->name), TEXT_SHOWN(metric->name_space), TEXT_SHOWN(other));
        warn(m->config, alarm, what, &m->config->filter_origins[elsewhere->value].place);
        return;
    }
    const char *near = nearest_metric(m->config, metric->name.data);
    snprintf(what, sizeof what, "no metric filter publishes %.*s in namespace %.*s%s%s%s; it has no data",
             TEXT_SHOWN(metric->name), TEXT_SHOWN(metric->name_space), near != NULL ? ", did you mean " : "",
             near != NULL ? near : "", near != NULL ? "?" : "");
    warn(m->config, alarm, what, NULL);
}

/* ---- dimensions and units ---- */

/* The names of a filter's dimensions, the system's behind its own. Returns how many. */
static size_t filter_dimensions(const ctf_metric_filter *filter, ctf_text *names, size_t room)
{
    size_t n = 0;
    for (; n < filter->n_dimensions && n < room; n++)
        names[n] = filter->dimensions[n].name;
    if ((filter->emit_system_dimensions & CTF_EMIT_ACCOUNT) != 0 && n < room)
        names[n++] = (ctf_text){"@aws.account", 12};
    if ((filter->emit_system_dimensions & CTF_EMIT_REGION) != 0 && n < room)
        names[n++] = (ctf_text){"@aws.region", 11};
    return n;
}

static int by_bytes(const void *a, const void *b)
{
    const ctf_text *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = shorter > 0 ? memcmp(x->data, y->data, shorter) : 0;
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

/* A text with more texts behind it, a NUL before each; the texts are sorted first. */
static ctf_text extended(cli_config *config, ctf_text text, ctf_text *more, size_t n)
{
    size_t length = text.length, at = text.length;
    qsort(more, n, sizeof *more, by_bytes);
    for (size_t i = 0; i < n; i++)
        length += 1 + more[i].length;
    char *all = config_take(config, length + 1, 1);
    memcpy(all, text.data, text.length);
    for (size_t i = 0; i < n; at += more[i++].length) {
        all[at++] = '\0';
        memcpy(all + at, more[i].data, more[i].length);
    }
    return (ctf_text){all, length};
}

static ctf_text unit_or_none(ctf_text unit)
{
    return unit.length > 0 ? unit : (ctf_text){"None", 4};
}

static void append_names(char *out, size_t size, const ctf_text *names, size_t n)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%.*s", i > 0 ? ", " : "", TEXT_SHOWN(names[i]));
}

static void tell_dimensions(metrics *m, const cli_metric_alarm *alarm, size_t filter)
{
    const ctf_metric *metric = &alarm->alarm.metric;
    ctf_text names[CTF_MAX_DIMENSIONS], asked[CTF_MAX_DIMENSIONS];
    char published[160], wanted[160], what[LONGEST];
    size_t n = filter_dimensions(&m->config->filters[filter], names, CTF_MAX_DIMENSIONS);
    for (size_t i = 0; i < metric->n_dimensions; i++)
        asked[i] = metric->dimensions[i].name;
    append_names(published, sizeof published, names, n);
    append_names(wanted, sizeof wanted, asked, metric->n_dimensions);
    if (metric->n_dimensions == 0)
        snprintf(what, sizeof what, "it has no dimensions, so it sees only events that lack one of those of %.*s: %s",
                 TEXT_SHOWN(metric->name), published);
    else if (n == 0)
        snprintf(what, sizeof what, "it has dimensions (%s), but %.*s is published without any; it has no data", wanted,
                 TEXT_SHOWN(metric->name));
    else
        snprintf(what, sizeof what, "its dimensions (%s) are not those of %.*s (%s); it has no data", wanted,
                 TEXT_SHOWN(metric->name), published);
    warn(m->config, alarm, what, &m->config->filter_origins[filter].place);
}

/* What the filters of an alarm's metric have to do with it. */
typedef struct match {
    size_t any;      /* a filter of the metric; SIZE_MAX: none */
    size_t fits;     /* one with its dimensions */
    size_t in_unit;  /* one of these in its unit */
    bool mixed;      /* those with its dimensions publish in several units */
} match;

/* There are no more filters to look at than units. */
static match match_filters(metrics *m, const ctf_metric *metric)
{
    match found = {SIZE_MAX, SIZE_MAX, SIZE_MAX, false};
    ctf_text names[CTF_MAX_DIMENSIONS], unit = unit_or_none(metric->unit);
    ctf_text full = full_name(m->config, metric->name_space, metric->name);
    const config_name *any = names_find(&m->full, full);
    size_t at = 0, i;
    if (any == NULL)
        return found;
    found.any = any->value;
    for (i = 0; i < metric->n_dimensions; i++)
        names[i] = metric->dimensions[i].name;
    ctf_text key = extended(m->config, full, names, metric->n_dimensions);
    while (names_next(&m->fits, key, &at, &i)) {
        ctf_text published = unit_or_none(m->config->filters[i].unit);
        found.mixed = metric->unit.length == 0 && found.fits != SIZE_MAX;
        found.fits = found.fits == SIZE_MAX ? i : found.fits;
        if (metric->unit.length > 0 && text_equal(published, unit))
            found.in_unit = i;
    }
    return found;
}

/* Filters publish the alarm's metric with its dimensions. */
static void check_unit(metrics *m, cli_metric_alarm *alarm, const match *found)
{
    ctf_metric *metric = &alarm->alarm.metric;
    const cli_place *place = &m->config->filter_origins[found->fits].place;
    ctf_text published = m->config->filters[found->fits].unit, shown = unit_or_none(published);
    char what[LONGEST];
    if (found->mixed) {
        snprintf(what, sizeof what, "%.*s is published in several units, and it names none", TEXT_SHOWN(metric->name));
        warn(m->config, alarm, what, place);
    } else if (metric->unit.length == 0) {
        metric->unit = published;
    } else if (found->in_unit == SIZE_MAX) {
        snprintf(what, sizeof what, "its unit is %.*s, but %.*s is published in %.*s; it has no data",
                 TEXT_SHOWN(metric->unit), TEXT_SHOWN(metric->name), TEXT_SHOWN(shown));
        warn(m->config, alarm, what, place);
    }
}

static void check_alarm(metrics *m, cli_metric_alarm *alarm)
{
    ctf_metric *metric = &alarm->alarm.metric;
    match found = match_filters(m, metric);
    if (found.any == SIZE_MAX) {
        tell_unpublished(m, alarm);
        return;
    }
    if (found.fits != SIZE_MAX) {
        check_unit(m, alarm, &found);
        return;
    }
    tell_dimensions(m, alarm, found.any);
    if (metric->n_dimensions == 0 && metric->unit.length == 0)
        metric->unit = m->config->filters[found.any].unit;
}

static void add_first(config_names *names, ctf_text name, size_t filter)
{
    if (names_find(names, name) == NULL)
        names_add(names, name, filter);
}

static void add_filter(metrics *m, size_t index)
{
    const ctf_metric_filter *filter = &m->config->filters[index];
    ctf_text names[CTF_MAX_DIMENSIONS], unit = unit_or_none(filter->unit);
    ctf_text full = full_name(m->config, filter->metric_namespace, filter->metric_name);
    ctf_text key = extended(m->config, full, names, filter_dimensions(filter, names, CTF_MAX_DIMENSIONS));
    ctf_text in_unit = extended(m->config, key, &unit, 1);
    add_first(&m->full, full, index);
    add_first(&m->names, filter->metric_name, index);
    if (names_find(&m->units, in_unit) == NULL) {
        names_add(&m->units, in_unit, index);
        names_add(&m->fits, key, index);
    }
}

static void check_alarms(cli_config *config)
{
    metrics m = {.config = config};
    for (size_t i = 0; i < config->n_filters; i++)
        add_filter(&m, i);
    for (size_t i = 0; i < config->n_alarms; i++)
        check_alarm(&m, &config->alarms[i]);
    names_free(&m.full);
    names_free(&m.names);
    names_free(&m.fits);
    names_free(&m.units);
}

/* ---- composites ---- */

static const char *nearest_alarm(const cli_config *config, const char *name)
{
    const char *names[NAMES];
    size_t n = 0;
    if (!config_heard(config, config_refusal(config)))
        return NULL;
    for (size_t i = 0; i < config->n_alarms && n < NAMES; i++)
        names[n++] = config->alarms[i].input.alarm_name.data;
    for (size_t i = 0; i < config->n_composites && n < NAMES; i++)
        names[n++] = config->composites[i].name.data;
    return nearest(name, names, n);
}

/* Tells when an alarm that a composite names does not exist. */
static void check_mention(cli_config *config, const cli_composite_alarm *composite, ctf_text name, const char *what)
{
    char text[LONGEST];
    ctf_text kept = config_keep(config, config_alarm_name(name));
    if (cli_config_find(config, name).kind != CLI_NO_ALARM)
        return;
    const char *near = nearest_alarm(config, kept.data);
    snprintf(text, sizeof text, "%.*s: %s %.*s does not exist%s%s%s", TEXT_SHOWN(composite->name), what,
             TEXT_SHOWN(name), near != NULL ? "; did you mean " : "", near != NULL ? near : "",
             near != NULL ? "?" : "");
    ctfi_said service = ctfi_quote("Could not save the composite alarm as alarms [",
                                   (ctfi_bytes){(const unsigned char *)name.data, name.length},
                                   "] in the alarm rule do not exist");
    config_tell(config, &(cli_message){config_refusal(config), composite->rule_place, text, "",
                                       strcmp(what, "alarm") == 0 ? service.text : ""});
}

static void check_composites(cli_config *config)
{
    for (size_t i = 0; i < config->n_composites; i++) {
        const cli_composite_alarm *composite = &config->composites[i];
        for (size_t j = 0; j < ctf_rule_count(composite->rule); j++)
            check_mention(config, composite, ctf_rule_child(composite->rule, j), "alarm");
        if (composite->suppressor.length > 0)
            check_mention(config, composite, composite->suppressor, "suppressor");
    }
    config_find_cycles(config);
}

static void check_parameters(cli_config *config)
{
    const cli_config_options *options = &config->store->options;
    for (size_t i = 0; i < options->n_parameters; i++) {
        const char *text = options->parameters[i].text, *end = strchr(text, '=');
        ctf_text name = {text, end != NULL ? (size_t)(end - text) : strlen(text)};
        if (end == NULL || end == text)
            config_error(config, (cli_place){0}, "--parameter %s: NAME=VALUE is needed", text);
        else if (!options->parameters[i].used)
            config_error(config, (cli_place){0}, "--parameter %.*s: no template asks for it", TEXT_SHOWN(name));
    }
}

bool cli_config_check_links(cli_config *config)
{
    if (config->store->errors > 0)
        return false;
    check_parameters(config);
    check_alarms(config);
    check_composites(config);
    return config->store->errors == 0;
}
