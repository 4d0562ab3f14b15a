/* Metric alarms from the values of their fields, validated as PutMetricAlarm does; what composite alarms share. */
#include "config_object.h"
#include "diag.h"

void config_leave_out(config_object *o, ctf_text name)
{
    ctf_text shown = name.length > 0 ? name : (ctf_text){.data = "this", .length = 4};
    if (config_refusal(o->config) == CLI_WARNING)
        config_warn(o->config, config_place(o, o->value->place), "%.*s is left out", TEXT_SHOWN(shown));
}

bool config_error_points(const ctf_error *error)
{
    return error->kind < CTF_ERROR_SELECTOR || error->kind == CTF_ERROR_RULE;
}

void config_actions(config_object *o, const json_value *const found[], cli_actions *out)
{
    out->enabled = true;
    config_truth(o, found[ALARM_ENABLED], &out->enabled);
    out->n_ok = config_texts(o, found[ALARM_OK_ACTIONS], &out->ok);
    out->n_alarm = config_texts(o, found[ALARM_ALARM_ACTIONS], &out->alarm);
    out->n_insufficient_data = config_texts(o, found[ALARM_NO_DATA_ACTIONS], &out->insufficient_data);
}

/* The number 0 where Terraform writes it for nothing. */
static const json_value *unless_zero(const config_object *o, const json_value *value)
{
    bool zero = o->dialect->empty_is_absent && json_is(value, JSON_NUMBER) && text_is(value->text, "0");
    return zero ? NULL : value;
}

static void read_settings(config_object *o, const json_value *const found[], ctf_alarm_input *in)
{
    const json_value *datapoints = unless_zero(o, found[ALARM_DATAPOINTS]);
    const json_value *period = unless_zero(o, found[ALARM_PERIOD]);
    config_text(o, found[ALARM_DESCRIPTION], &in->alarm_description);
    config_text(o, found[ALARM_NAMESPACE], &in->name_space);
    config_text(o, found[ALARM_METRIC], &in->metric_name);
    in->n_dimensions = config_dimensions(o, found[ALARM_DIMENSIONS],
                                         o->dialect == &config_terraform_words ? NULL : "Name", &in->dimensions);
    config_text(o, found[ALARM_STATISTIC], &in->statistic);
    config_text(o, found[ALARM_EXTENDED], &in->extended_statistic);
    config_text(o, found[ALARM_UNIT], &in->unit);
    in->has_period = config_whole(o, period, &in->period);
    in->has_evaluation_periods = config_whole(o, found[ALARM_PERIODS], &in->evaluation_periods);
    in->has_datapoints_to_alarm = config_whole(o, datapoints, &in->datapoints_to_alarm);
    in->has_threshold = config_number(o, found[ALARM_THRESHOLD], &in->threshold);
    config_text(o, found[ALARM_COMPARISON], &in->comparison_operator);
    config_text(o, found[ALARM_MISSING], &in->treat_missing_data);
    config_text(o, found[ALARM_LOW_SAMPLES], &in->evaluate_low_sample_count_percentile);
    config_text(o, found[ALARM_BAND], &in->threshold_metric_id);
}

void config_refuse_repeated(config_object *o, ctf_text name, ctf_text arn)
{
    cli_alarm_ref same = config_same_alarm(o->config, name, arn);
    if (same.kind == CLI_NO_ALARM)
        return;
    cli_place place = config_alarm_place(o->config, same);
    config_refuse(o, o->value->place, "alarm %.*s stands already at %s:%u:%u", TEXT_SHOWN(name), place.file,
                  place.line, place.column);
}

static void validate_alarm(config_object *o, cli_metric_alarm *alarm, const json_value *const found[])
{
    ctf_error error;
    if (ctf_alarm_read(&alarm->input, &alarm->alarm, &error) != CTF_OK)
        config_refuse_service(o, &error, &config_api_json.alarm, found);
    else if (alarm->alarm.comparison >= CTF_OUTSIDE_BAND)
        config_refuse(o, found[ALARM_COMPARISON]->place, "alarms on anomaly bands cannot be replayed");
}

void config_add_alarm(config_object *o)
{
    const json_value *found[ALARM_SLOTS];
    cli_metric_alarm alarm = {.input = {.alarm_name = o->logical_id}, .logical_id = o->logical_id,
                              .place = config_place(o, o->value->place)};
    ctf_alarm_input *in = &alarm.input;
    config_fields(o, o->value, &o->dialect->alarm, found, ALARM_SLOTS);
    config_text(o, found[ALARM_NAME], &in->alarm_name);
    config_text(o, found[ALARM_ARN], &alarm.arn);
    config_actions(o, found, &alarm.actions);
    read_settings(o, found, in);
    in->n_ok_actions = alarm.actions.n_ok;
    in->n_alarm_actions = alarm.actions.n_alarm;
    in->n_insufficient_data_actions = alarm.actions.n_insufficient_data;
    if (!o->broken)
        validate_alarm(o, &alarm, found);
    if (!o->broken)
        config_refuse_repeated(o, in->alarm_name, alarm.arn);
    if (o->broken) {
        config_leave_out(o, in->alarm_name);
        return;
    }
    cli_config *config = o->config;
    config->alarms =
        need_more(config->alarms, &config->store->room_alarms, config->n_alarms + 1, sizeof *config->alarms);
    config->alarms[config->n_alarms++] = alarm;
    config_index(config, (cli_alarm_ref){CLI_METRIC_ALARM, config->n_alarms - 1});
}
