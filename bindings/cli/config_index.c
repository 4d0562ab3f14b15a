/* Alarms by name. An alarm is known by its name and, where that is known, its ARN. */
#include <string.h>

#include "config_store.h"

/* What follows `part` in a text; a text without data when it does not stand there. */
static ctf_text behind(ctf_text text, const char *part)
{
    size_t length = strlen(part);
    for (size_t at = 0; at + length <= text.length; at++)
        if (memcmp(text.data + at, part, length) == 0)
            return (ctf_text){text.data + at + length, text.length - at - length};
    return (ctf_text){NULL, 0};
}

static bool is_arn(ctf_text text)
{
    return text.length > 4 && memcmp(text.data, "arn:", 4) == 0 && behind(text, ":alarm:").data != NULL;
}

ctf_text config_alarm_name(ctf_text name_or_arn)
{
    return is_arn(name_or_arn) ? behind(name_or_arn, ":alarm:") : name_or_arn;
}

static ctf_text name_of(const cli_config *config, cli_alarm_ref alarm)
{
    return alarm.kind == CLI_METRIC_ALARM ? config->alarms[alarm.index].input.alarm_name
                                          : config->composites[alarm.index].name;
}

static ctf_text arn_of(const cli_config *config, cli_alarm_ref alarm)
{
    return alarm.kind == CLI_METRIC_ALARM ? config->alarms[alarm.index].arn : config->composites[alarm.index].arn;
}

cli_place config_alarm_place(const cli_config *config, cli_alarm_ref alarm)
{
    return alarm.kind == CLI_METRIC_ALARM ? config->alarms[alarm.index].place : config->composites[alarm.index].place;
}

void config_index(cli_config *config, cli_alarm_ref alarm)
{
    names_add(&config->store->alarms, name_of(config, alarm),
              alarm.index * 2 + (alarm.kind == CLI_COMPOSITE_ALARM));
}

cli_alarm_ref config_same_alarm(const cli_config *config, ctf_text name, ctf_text arn)
{
    size_t at = 0, value;
    while (names_next(&config->store->alarms, name, &at, &value)) {
        cli_alarm_ref alarm = {value % 2 == 0 ? CLI_METRIC_ALARM : CLI_COMPOSITE_ALARM, value / 2};
        ctf_text known = arn_of(config, alarm);
        if (arn.length == 0 || known.length == 0 || text_equal(known, arn))
            return alarm;
    }
    return (cli_alarm_ref){CLI_NO_ALARM, 0};
}

cli_alarm_ref cli_config_find(const cli_config *config, ctf_text name_or_arn)
{
    ctf_text none = {NULL, 0};
    return config_same_alarm(config, config_alarm_name(name_or_arn), is_arn(name_or_arn) ? name_or_arn : none);
}
