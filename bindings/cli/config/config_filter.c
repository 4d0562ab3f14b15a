/* Metric filters from the values of their fields, validated as PutMetricFilter does. */
#include <string.h>

#include "config_object.h"
#include "diag.h"

/* Reads the list of system dimensions. */
static void read_emitted(config_object *o, const json_value *value, uint32_t *out)
{
    const ctf_text *names = NULL;
    size_t n = config_texts(o, value, &names);
    for (size_t i = 0; i < n; i++) {
        bool account = text_is(names[i], "@aws.account");
        if (!account && !text_is(names[i], "@aws.region"))
            config_refuse(o, value->place, "%.*s is no system field; there are @aws.account and @aws.region",
                          TEXT_SHOWN(names[i]));
        *out |= account ? CTF_EMIT_ACCOUNT : CTF_EMIT_REGION;
    }
}

/* The one transformation of a filter; NULL when there is none or more. */
static const json_value *transformation(config_object *o, const json_value *list)
{
    static const char few[] = "one metric transformation is needed";
    cli_message many = {config_refusal(o->config), {0}, "a metric filter has one metric transformation", "",
                        "1 validation error detected: Value '[MetricTransformation(...)]' at "
                        "'metricTransformations' failed to satisfy constraint: Member must have length less than "
                        "or equal to 1"};
    if (json_is(list, JSON_ARRAY) && list->n == 1)
        return list->first;
    o->broken = true;
    if (!json_is(list, JSON_ARRAY) || list->n == 0) {
        config_refuse(o, list != NULL ? list->place : o->value->place, few);
        return NULL;
    }
    many.place = config_place(o, list->first->next->place);
    config_tell(o->config, &many);
    return NULL;
}

static void read_default(config_object *o, const json_value *value, ctf_metric_filter *out)
{
    cli_message refusal = {config_refusal(o->config), {0}, "defaultValue must be a number, not a text", "",
                           "STRING_VALUE cannot be converted to Double"};
    if (!json_is(value, JSON_STRING) || o->dialect->words_for_numbers) {
        out->has_default = config_number(o, value, &out->default_value);
        return;
    }
    refusal.place = config_place(o, value->place);
    config_tell(o->config, &refusal);
    o->broken = true;
}

static void read_transformation(config_object *o, const json_value *found[], ctf_metric_filter *out)
{
    config_text(o, found[METRIC_NAME], &out->metric_name);
    config_text(o, found[METRIC_NAMESPACE], &out->metric_namespace);
    config_text(o, found[METRIC_VALUE], &out->metric_value);
    config_text(o, found[METRIC_UNIT], &out->unit);
    read_default(o, found[METRIC_DEFAULT], out);
    out->n_dimensions =
        config_dimensions(o, found[METRIC_DIMENSIONS], o->dialect->dimension_key, &out->dimensions);
}

/* Where the pattern stands and how it is spelled. */
static void read_pattern(config_object *o, const json_value *value, ctf_metric_filter *out, cli_filter_origin *origin)
{
    if (value == NULL || value->type == JSON_NULL) {
        config_refuse(o, o->value->place, "a filter pattern is needed; it may be \"\"");
        return;
    }
    if (value->type == JSON_STRING && value->text.length == 0)
        out->filter_pattern = (ctf_text){"", 0};
    else
        config_text(o, value, &out->filter_pattern);
    origin->pattern = config_place(o, value->place);
    origin->lead = value->lead;
}

/* The name of a filter in its log group, as the index knows it. */
static ctf_text full_name(cli_config *config, const ctf_metric_filter *filter, const cli_filter_origin *origin)
{
    size_t group = origin->log_group.length, name = filter->filter_name.length;
    char *text = config_take(config, group + 1 + name, 1);
    if (group > 0)
        memcpy(text, origin->log_group.data, group);
    text[group] = '\0';
    if (name > 0)
        memcpy(text + group + 1, filter->filter_name.data, name);
    return (ctf_text){text, group + 1 + name};
}

/* Tells when a filter of that name stands in the log group already; returns the name for the index. */
static ctf_text refuse_same(config_object *o, const ctf_metric_filter *filter, const cli_filter_origin *origin)
{
    size_t at = 0, index;
    ctf_text full = full_name(o->config, filter, origin);
    if (names_next(&o->config->store->filters, full, &at, &index)) {
        const cli_place *place = &o->config->filter_origins[index].place;
        config_refuse(o, o->value->place, "metric filter %.*s stands already at %s:%u:%u",
                      TEXT_SHOWN(filter->filter_name), place->file, place->line, place->column);
    }
    return full;
}

static void append_filter(cli_config *config, const ctf_metric_filter *filter, const cli_filter_origin *origin,
                          ctf_text full)
{
    struct config_store *store = config->store;
    size_t want = config->n_filters + 1;
    config->filters = need_more(config->filters, &store->room_filters, want, sizeof *config->filters);
    config->filter_origins =
        need_more(config->filter_origins, &store->room_origins, want, sizeof *config->filter_origins);
    names_add(&store->filters, full, config->n_filters);
    config->filters[config->n_filters] = *filter;
    config->filter_origins[config->n_filters++] = *origin;
}

/* Tells why the service would refuse a filter, if it would. */
static void validate_filter(config_object *o, const ctf_metric_filter *filter, const cli_filter_origin *origin,
                            const json_value *const found[], const json_value *const metric[])
{
    ctf_metrics *metrics = NULL;
    ctf_error error;
    ctf_status status = ctf_metrics_compile(filter, 1, NULL, &metrics, &error);
    ctf_metrics_free(metrics);
    if (status == CTF_OK)
        return;
    if (status == CTF_E_NOMEM)
        need_failed();
    o->broken = true;
    if (config_error_points(&error))
        config_point(o->config, origin->pattern, origin->lead, filter->filter_pattern, &error);
    else if (strncmp(error.message, "filter", 6) == 0)
        config_refuse_service(o, &error, &config_api_json.filter, found);
    else
        config_refuse_service(o, &error, &config_api_json.metric, metric);
}

void config_add_filter(config_object *o)
{
    const json_value *found[FILTER_SLOTS], *metric[METRIC_SLOTS];
    ctf_metric_filter filter = {.filter_name = o->logical_id};
    cli_filter_origin origin = {.logical_id = o->logical_id, .place = config_place(o, o->value->place)};
    if (!config_fields(o, o->value, &o->dialect->filter, found, FILTER_SLOTS))
        return;
    config_text(o, found[FILTER_NAME], &filter.filter_name);
    config_text(o, found[FILTER_GROUP], &origin.log_group);
    read_pattern(o, found[FILTER_PATTERN], &filter, &origin);
    read_emitted(o, found[FILTER_EMIT], &filter.emit_system_dimensions);
    const json_value *one = transformation(o, found[FILTER_TRANSFORMATIONS]);
    o->unknown = NULL;
    if (one != NULL) {
        config_fields(o, one, &o->dialect->metric, metric, METRIC_SLOTS);
        read_transformation(o, metric, &filter);
    }
    if (!o->broken)
        validate_filter(o, &filter, &origin, found, metric);
    ctf_text full = o->broken ? (ctf_text){NULL, 0} : refuse_same(o, &filter, &origin);
    if (o->broken)
        config_leave_out(o, filter.filter_name);
    else
        append_filter(o->config, &filter, &origin, full);
}
