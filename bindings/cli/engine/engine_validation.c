#include "engine_validation.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <ctfilter/composite.h>

#include "diag.h"
#include "engine_metric.h"
#include "engine_request.h"

/* What a member of an input holds. */
typedef enum member_form { TEXT, WHOLE, NUMBER, COUNT } member_form;

/* A member, and where it goes in the library's struct; WHOLE and NUMBER have a flag that they were given. */
typedef struct member {
    const char *name;
    member_form form;
    size_t value, given;
} member;

#define AT(field) offsetof(ctf_alarm_input, field)
static const member alarm_members[] = {
    {"AlarmName", TEXT, AT(alarm_name), 0},
    {"AlarmDescription", TEXT, AT(alarm_description), 0},
    {"Namespace", TEXT, AT(name_space), 0},
    {"MetricName", TEXT, AT(metric_name), 0},
    {"Statistic", TEXT, AT(statistic), 0},
    {"ExtendedStatistic", TEXT, AT(extended_statistic), 0},
    {"Unit", TEXT, AT(unit), 0},
    {"Period", WHOLE, AT(period), AT(has_period)},
    {"EvaluationPeriods", WHOLE, AT(evaluation_periods), AT(has_evaluation_periods)},
    {"DatapointsToAlarm", WHOLE, AT(datapoints_to_alarm), AT(has_datapoints_to_alarm)},
    {"Threshold", NUMBER, AT(threshold), AT(has_threshold)},
    {"ComparisonOperator", TEXT, AT(comparison_operator), 0},
    {"TreatMissingData", TEXT, AT(treat_missing_data), 0},
    {"EvaluateLowSampleCountPercentile", TEXT, AT(evaluate_low_sample_count_percentile), 0},
    {"ThresholdMetricId", TEXT, AT(threshold_metric_id), 0},
    {"OKActions", COUNT, AT(n_ok_actions), 0},
    {"AlarmActions", COUNT, AT(n_alarm_actions), 0},
    {"InsufficientDataActions", COUNT, AT(n_insufficient_data_actions), 0},
};
#undef AT

#define AT(field) offsetof(ctf_composite_input, field)
static const member composite_members[] = {
    {"AlarmName", TEXT, AT(alarm_name), 0},
    {"AlarmDescription", TEXT, AT(alarm_description), 0},
    {"AlarmRule", TEXT, AT(alarm_rule), 0},
    {"ActionsSuppressor", TEXT, AT(actions_suppressor), 0},
    {"ActionsSuppressorWaitPeriod", WHOLE, AT(wait_period), AT(has_wait_period)},
    {"ActionsSuppressorExtensionPeriod", WHOLE, AT(extension_period), AT(has_extension_period)},
    {"OKActions", COUNT, AT(n_ok_actions), 0},
    {"AlarmActions", COUNT, AT(n_alarm_actions), 0},
    {"InsufficientDataActions", COUNT, AT(n_insufficient_data_actions), 0},
};
#undef AT

#define AT(field) offsetof(ctf_state_input, field)
static const member state_members[] = {
    {"AlarmName", TEXT, AT(alarm_name), 0},
    {"StateValue", TEXT, AT(state_value), 0},
    {"StateReason", TEXT, AT(state_reason), 0},
    {"StateReasonData", TEXT, AT(state_reason_data), 0},
};
#undef AT

/* Stores a value of the form; false when it is of another. */
static bool store(const member *m, const json_value *value, unsigned char *input)
{
    static const int given = 1;
    int64_t whole;
    double number;
    ctf_text text;
    switch (m->form) {
    case TEXT:
        return request_text(value, &text) && memcpy(input + m->value, &text, sizeof text) != NULL;
    case WHOLE:
        return request_whole(value, INT64_MIN, INT64_MAX, &whole) &&
               memcpy(input + m->value, &whole, sizeof whole) != NULL &&
               memcpy(input + m->given, &given, sizeof given) != NULL;
    case NUMBER:
        return request_number(value, &number) && memcpy(input + m->value, &number, sizeof number) != NULL &&
               memcpy(input + m->given, &given, sizeof given) != NULL;
    case COUNT:
        break;
    }
    return json_is(value, JSON_ARRAY) && memcpy(input + m->value, &value->n, sizeof value->n) != NULL;
}

static const char *form_words(member_form form)
{
    static const char *const words[] = {"a string", "a whole number", "a number", "an array"};
    return words[form];
}

/* Fills the struct; false after the request was answered. A member that is null was not given. */
static bool read_members(const json_value *input, const member *members, size_t n, void *into, json_out *out)
{
    for (size_t i = 0; i < n; i++) {
        const json_value *value = json_get(input, members[i].name);
        if (request_has(value) && !store(&members[i], value, into)) {
            engine_invalid(out, "", members[i].name, form_words(members[i].form));
            return false;
        }
    }
    return true;
}

/* An element of Metrics; a member that is null was not given. */
static bool read_query(const json_value *element, ctf_metric_query *out)
{
    const json_value *id = json_get(element, "Id"), *expression = json_get(element, "Expression");
    const json_value *stat = json_get(element, "MetricStat"), *returned = json_get(element, "ReturnData");
    out->has_metric_stat = request_has(stat);
    out->has_return_data = request_has(returned);
    out->return_data = json_is(returned, JSON_TRUE);
    return json_is(element, JSON_OBJECT) && (!request_has(id) || request_text(id, &out->id)) &&
           (!request_has(expression) || request_text(expression, &out->expression)) &&
           (!out->has_metric_stat || json_is(stat, JSON_OBJECT)) &&
           (!out->has_return_data || out->return_data || json_is(returned, JSON_FALSE));
}

static bool read_metrics(const json_value *list, ctf_alarm_input *in, ctf_metric_query **room, json_out *out)
{
    bool good = !request_has(list) || json_is(list, JSON_ARRAY);
    in->has_metrics = good && request_has(list);
    *room = need(in->has_metrics ? list->n + 1 : 1, sizeof **room);
    in->metrics = *room;
    for (const json_value *each = in->has_metrics ? list->first : NULL; each != NULL && good; each = each->next)
        good = read_query(each, &(*room)[in->n_metrics++]);
    if (!good)
        engine_invalid(out, "", "Metrics", "an array of objects with Id, MetricStat (an object) or Expression, and "
                                           "ReturnData (true or false)");
    return good;
}

static bool read_dimensions(const json_value *list, ctf_alarm_input *in, ctf_dimension **room, json_out *out)
{
    bool good = !request_has(list) || json_is(list, JSON_ARRAY);
    *room = need(good && list != NULL ? list->n + 1 : 1, sizeof **room);
    in->dimensions = *room;
    const json_value *each = good && list != NULL ? list->first : NULL;
    for (; each != NULL && good; each = each->next) {
        ctf_dimension *d = &(*room)[in->n_dimensions++];
        good = request_text(json_get(each, "Name"), &d->name) &&
               request_text(json_get(each, "Value"), &d->value);
    }
    if (!good)
        engine_invalid(out, "", "Dimensions", "an array of objects with Name and Value, both strings");
    return good;
}

static void accept(ctf_status status, const ctf_error *error, json_out *out)
{
    if (status != CTF_OK) {
        engine_fail(out, error);
        return;
    }
    json_key(out, "accepted");
    json_boolean(out, true);
}

static void validate_alarm(const json_value *input, json_out *out)
{
    ctf_alarm_input in = {0};
    ctf_alarm alarm;
    ctf_error error;
    ctf_dimension *dimensions = NULL;
    ctf_metric_query *metrics = NULL;
    if (read_members(input, alarm_members, sizeof alarm_members / sizeof *alarm_members, &in, out) &&
        read_dimensions(json_get(input, "Dimensions"), &in, &dimensions, out) &&
        read_metrics(json_get(input, "Metrics"), &in, &metrics, out))
        accept(ctf_alarm_read(&in, &alarm, &error), &error, out);
    free(metrics);
    free(dimensions);
}

/* The request apart from its rule, then the rule. */
static ctf_status check_composite(const ctf_composite_input *in, ctf_error *error)
{
    ctf_rule *rule = NULL;
    ctf_status status = ctf_composite_check(in, error);
    if (status == CTF_OK)
        status = ctf_rule_compile(in->alarm_rule, in->alarm_name, NULL, &rule, error);
    ctf_rule_free(rule);
    return status;
}

static void validate_composite(const json_value *input, json_out *out)
{
    ctf_composite_input in = {0};
    ctf_error error;
    if (read_members(input, composite_members, sizeof composite_members / sizeof *composite_members, &in, out))
        accept(check_composite(&in, &error), &error, out);
}

static void validate_state(const json_value *input, json_out *out)
{
    ctf_state_input in = {0};
    ctf_error error;
    if (read_members(input, state_members, sizeof state_members / sizeof *state_members, &in, out))
        accept(ctf_state_check(&in, NULL, &error), &error, out);
}

/* A member of the request; a transformation that holds it is understood too, as spec: metrics-alarms 1.1 lists it. */
static const json_value *find_system_dimensions(const json_value *input, const json_value *transformation)
{
    const json_value *found = json_get(input, "emitSystemFieldDimensions");
    return request_has(found) ? found : json_get(transformation, "emitSystemFieldDimensions");
}

static void validate_filter(const json_value *input, json_out *out)
{
    const json_value *list = json_get(input, "metricTransformations"), *name = json_get(input, "filterName");
    const json_value *pattern = json_get(input, "filterPattern");
    if (!json_is(list, JSON_ARRAY) || list->n != 1) {
        bool many = json_is(list, JSON_ARRAY) && list->n > 1;
        engine_invalid(out,
                       many ? "1 validation error detected: Value '[MetricTransformation(...)]' at "
                              "'metricTransformations' failed to satisfy constraint: Member must have length "
                              "less than or equal to 1"
                            : "", "metricTransformations", "an array of exactly one transformation");
        return;
    }
    engine_metrics *metrics = engine_metrics_read(name, pattern, list->first,
                                                  find_system_dimensions(input, list->first), out);
    if (metrics != NULL)
        accept(CTF_OK, NULL, out);
    engine_metrics_free(metrics);
}

void engine_validation(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *api = json_get(request, "api"), *input = json_get(request, "input");
    (void)engine;
    if (!json_is(input, JSON_OBJECT))
        engine_refuse(out, "a validation request has an api and an input, which is an object");
    else if (json_is_text(api, "PutMetricAlarm"))
        validate_alarm(input, out);
    else if (json_is_text(api, "PutCompositeAlarm"))
        validate_composite(input, out);
    else if (json_is_text(api, "SetAlarmState"))
        validate_state(input, out);
    else if (json_is_text(api, "PutMetricFilter"))
        validate_filter(input, out);
    else
        engine_refuse(out, "the api is PutMetricAlarm, PutCompositeAlarm, SetAlarmState or PutMetricFilter");
}
