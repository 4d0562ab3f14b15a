/* PutCompositeAlarm's input, its rule apart (spec: metrics-alarms 7, 8.3, 8.6). */
#include <ctfilter/alarm.h>

#include <stdio.h>

#include "alarm/limits.h"
#include "metric/constraint.h"

#define MAX_RULE 10240u
#define MAX_SUPPRESSOR 1600u

/* With a suppressor each period must be there, without one neither may. */
static ctf_status check_suppressor_period(const char *member, int has_suppressor, int given, int64_t period,
                                          ctf_error *error)
{
    char service[96];
    if (has_suppressor && given)
        return ctfi_check_minimum(member, period, 0, error);
    if (!has_suppressor && !given)
        return CTF_OK;
    snprintf(service, sizeof service,
             has_suppressor ? "%s must not be null" : "%s requires an ActionSuppressor", member);
    return ctfi_refuse_request(error, service,
                               has_suppressor ? "%s is missing beside ActionsSuppressor"
                                              : "%s goes with an ActionsSuppressor alone", member);
}

static ctf_status check_suppressor(const ctf_composite_input *input, ctf_error *error)
{
    int has_suppressor = input->actions_suppressor.length > 0;
    ctf_status status =
        ctfi_check_length("ActionsSuppressor", input->actions_suppressor, 0, MAX_SUPPRESSOR, error);
    if (status == CTF_OK)
        status = check_suppressor_period("ActionsSuppressorWaitPeriod", has_suppressor, input->has_wait_period,
                                         input->wait_period, error);
    if (status == CTF_OK)
        status = check_suppressor_period("ActionsSuppressorExtensionPeriod", has_suppressor,
                                         input->has_extension_period, input->extension_period, error);
    return status;
}

static ctf_status check_rule(ctf_text rule, ctf_error *error)
{
    if (rule.length == 0)
        return ctfi_refuse_request(error, CTFI_RULE_UNTRIMMED, "AlarmRule is missing");
    return ctfi_check_length("AlarmRule", rule, 1, MAX_RULE, error);
}

static bool is_input(const ctf_composite_input *in)
{
    const ctf_text *const texts[] = {&in->alarm_name, &in->alarm_description, &in->alarm_rule,
                                     &in->actions_suppressor};
    return ctfi_texts_are_views(texts, sizeof texts / sizeof *texts);
}

ctf_status ctf_composite_check(const ctf_composite_input *input, ctf_error *error)
{
    ctfi_error_clear(error);
    if (input == NULL || !is_input(input))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL,
                              "no composite alarm was given");
    const ctfi_alarm_texts texts = {input->alarm_name, input->alarm_description, input->n_ok_actions,
                                    input->n_alarm_actions, input->n_insufficient_data_actions};
    ctf_status status = ctfi_check_alarm_texts(&texts, error);
    if (status == CTF_OK)
        status = check_rule(input->alarm_rule, error);
    return status == CTF_OK ? check_suppressor(input, error) : status;
}
