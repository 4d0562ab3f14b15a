/* SetAlarmState's input (spec: metrics-alarms 6.1, 7). */
#include <ctfilter/alarm.h>

#include "alarm/limits.h"
#include "metric/constraint.h"

/* In the order in which the service lists them. */
static const char *const words[] = {"INSUFFICIENT_DATA", "ALARM", "OK"};
static const ctf_state states[] = {CTF_STATE_INSUFFICIENT_DATA, CTF_STATE_ALARM, CTF_STATE_OK};

static ctf_status check_value(ctf_text value, ctf_state *out, ctf_error *error)
{
    size_t which = 0;
    if (value.length == 0)
        return ctfi_refuse_missing("StateValue", error);
    ctf_status status = ctfi_check_choice("StateValue", value, words, sizeof words / sizeof *words, &which, error);
    if (status == CTF_OK && out != NULL)
        *out = states[which];
    return status;
}

static bool is_input(const ctf_state_input *in)
{
    const ctf_text *const texts[] = {&in->alarm_name, &in->state_value, &in->state_reason, &in->state_reason_data};
    return ctfi_texts_are_views(texts, sizeof texts / sizeof *texts);
}

ctf_status ctf_state_check(const ctf_state_input *input, ctf_state *out, ctf_error *error)
{
    ctfi_error_clear(error);
    if (input == NULL || !is_input(input))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "no state was given");
    const ctfi_alarm_texts name = {.name = input->alarm_name};
    ctf_status status = ctfi_check_alarm_texts(&name, error);
    if (status == CTF_OK)
        status = ctfi_check_length("StateReason", input->state_reason, 0, CTF_MAX_REASON, error);
    if (status == CTF_OK)
        status = ctfi_check_length("StateReasonData", input->state_reason_data, 0, CTF_MAX_REASON_DATA, error);
    return status == CTF_OK ? check_value(input->state_value, out, error) : status;
}
