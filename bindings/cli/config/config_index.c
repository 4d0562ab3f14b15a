/* Alarms by name. An alarm is known by its name and, where that is known, its ARN. */
#include <stdlib.h>
#include <string.h>

#include "config_store.h"
#include "diag.h"

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

/* A name and an ARN, which may be empty, in one text of the buffer. */
static ctf_text full_name(char *buffer, ctf_text name, ctf_text arn)
{
    if (name.length > 0)
        memcpy(buffer, name.data, name.length);
    buffer[name.length] = '\0';
    if (arn.length > 0)
        memcpy(buffer + name.length + 1, arn.data, arn.length);
    return (ctf_text){buffer, name.length + 1 + arn.length};
}

void config_index(cli_config *config, cli_alarm_ref alarm)
{
    ctf_text name = name_of(config, alarm), arn = arn_of(config, alarm);
    size_t value = alarm.index * 2 + (alarm.kind == CLI_COMPOSITE_ALARM);
    char *buffer = config_take(config, name.length + 1 + arn.length, 1);
    names_add(&config->store->alarms, name, value);
    names_add(&config->store->arns, full_name(buffer, name, arn), value);
}

/* Which of two entries, either of which may be missing, was added first? */
static const config_name *earlier(const config_name *a, const config_name *b)
{
    return a == NULL || (b != NULL && b < a) ? b : a;
}

cli_alarm_ref config_same_alarm(const cli_config *config, ctf_text name, ctf_text arn)
{
    const config_names *arns = &config->store->arns;
    const config_name *found;
    if (arn.length == 0) {
        found = names_find(&config->store->alarms, name);
    } else {
        char *buffer = need(name.length + 1 + arn.length, 1);
        found = names_find(arns, full_name(buffer, name, arn));
        found = earlier(found, names_find(arns, full_name(buffer, name, (ctf_text){NULL, 0})));
        free(buffer);
    }
    if (found == NULL)
        return (cli_alarm_ref){CLI_NO_ALARM, 0};
    return (cli_alarm_ref){found->value % 2 == 0 ? CLI_METRIC_ALARM : CLI_COMPOSITE_ALARM, found->value / 2};
}

cli_alarm_ref cli_config_find(const cli_config *config, ctf_text name_or_arn)
{
    ctf_text none = {NULL, 0};
    return config_same_alarm(config, config_alarm_name(name_or_arn), is_arn(name_or_arn) ? name_or_arn : none);
}
