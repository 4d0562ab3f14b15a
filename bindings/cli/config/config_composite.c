/* Composite alarms from the values of their fields, validated as PutCompositeAlarm does. */
#include "config_object.h"
#include "diag.h"

/* The suppressor's fields, from its block where there is one. */
static void read_suppressor(config_object *o, const json_value *found[], ctf_composite_input *in)
{
    const json_value *inner[RULE_SLOTS];
    const json_value *block = o->dialect->suppressor.n > 0 ? found[RULE_SUPPRESSOR] : NULL;
    o->unknown = NULL;
    if (json_is(block, JSON_ARRAY))
        block = block->first;
    if (block != NULL && block->type != JSON_NULL) {
        config_fields(o, block, &o->dialect->suppressor, inner, RULE_SLOTS);
        for (int i = RULE_SUPPRESSOR; i < RULE_SLOTS; i++)
            found[i] = inner[i];
    } else if (o->dialect->suppressor.n > 0) {
        found[RULE_SUPPRESSOR] = NULL;
    }
    config_text(o, found[RULE_SUPPRESSOR], &in->actions_suppressor);
    in->has_wait_period = config_whole(o, found[RULE_WAIT], &in->wait_period);
    in->has_extension_period = config_whole(o, found[RULE_EXTENSION], &in->extension_period);
}

/* Checks the input and compiles the rule. */
static void validate_composite(config_object *o, cli_composite_alarm *alarm, const ctf_composite_input *in,
                               const json_value *const found[])
{
    ctf_error error;
    if (ctf_composite_check(in, &error) != CTF_OK) {
        config_refuse_service(o, &error, &config_api_json.composite, found);
        return;
    }
    ctf_status status = ctf_rule_compile(alarm->rule_text, alarm->name, NULL, &alarm->rule, &error);
    if (status == CTF_E_NOMEM)
        need_failed();
    if (status == CTF_OK)
        return;
    o->broken = true;
    config_point(o->config, alarm->rule_place, alarm->rule_lead, alarm->rule_text, &error);
}

static void append_composite(cli_config *config, const cli_composite_alarm *alarm)
{
    config->composites = need_more(config->composites, &config->store->room_composites, config->n_composites + 1,
                                   sizeof *config->composites);
    config->composites[config->n_composites++] = *alarm;
    config_index(config, (cli_alarm_ref){CLI_COMPOSITE_ALARM, config->n_composites - 1});
}

/* What is in the input, as the configuration shows it. */
static void describe(cli_composite_alarm *alarm, const ctf_composite_input *in)
{
    alarm->name = in->alarm_name;
    alarm->description = in->alarm_description;
    alarm->rule_text = in->alarm_rule;
    alarm->suppressor = in->actions_suppressor;
    alarm->wait = in->wait_period;
    alarm->extension = in->extension_period;
}

static void read_rule(config_object *o, const json_value *value, cli_composite_alarm *alarm, ctf_composite_input *in)
{
    if (config_text(o, value, &in->alarm_rule)) {
        alarm->rule_place = config_place(o, value->place);
        alarm->rule_lead = value->lead;
    }
}

void config_add_composite(config_object *o)
{
    const json_value *found[RULE_SLOTS];
    cli_composite_alarm alarm = {.logical_id = o->logical_id, .place = config_place(o, o->value->place)};
    ctf_composite_input in = {.alarm_name = o->logical_id};
    config_fields(o, o->value, &o->dialect->composite, found, RULE_SLOTS);
    config_text(o, found[ALARM_NAME], &in.alarm_name);
    config_text(o, found[ALARM_DESCRIPTION], &in.alarm_description);
    config_text(o, found[ALARM_ARN], &alarm.arn);
    config_actions(o, found, &alarm.actions);
    read_rule(o, found[RULE_TEXT], &alarm, &in);
    read_suppressor(o, found, &in);
    in.n_ok_actions = alarm.actions.n_ok;
    in.n_alarm_actions = alarm.actions.n_alarm;
    in.n_insufficient_data_actions = alarm.actions.n_insufficient_data;
    describe(&alarm, &in);
    if (!o->broken)
        validate_composite(o, &alarm, &in, found);
    if (!o->broken)
        config_refuse_repeated(o, alarm.name, alarm.arn);
    if (!o->broken) {
        append_composite(o->config, &alarm);
        return;
    }
    ctf_rule_free(alarm.rule);
    config_leave_out(o, in.alarm_name);
}
