#include "alarm/limits.h"

#include "metric/constraint.h"

#define MAX_NAME 255u
#define MAX_DESCRIPTION 1024u
#define MAX_ACTIONS 5u

bool ctfi_texts_are_views(const ctf_text *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i]->data == NULL && texts[i]->length > 0)
            return false;
    return true;
}

static ctf_status check_name(ctf_text name, ctf_error *error)
{
    if (name.length == 0)
        return ctfi_refuse_missing("AlarmName", error);
    ctf_status status = ctfi_check_length("AlarmName", name, 1, MAX_NAME, error);
    for (size_t i = 0; i < name.length && status == CTF_OK; i++)
        if ((unsigned char)name.data[i] < 0x20 || name.data[i] == 0x7F)
            status = ctfi_refuse_request(error, NULL, "AlarmName has a control character (0x%02x)",
                                         (unsigned)name.data[i]);
    return status;
}

ctf_status ctfi_check_alarm_texts(const ctfi_alarm_texts *texts, ctf_error *error)
{
    ctf_status status = check_name(texts->name, error);
    if (status == CTF_OK)
        status = ctfi_check_length("AlarmDescription", texts->description, 0, MAX_DESCRIPTION, error);
    if (status == CTF_OK)
        status = ctfi_check_count("OKActions", texts->n_ok_actions, MAX_ACTIONS, error);
    if (status == CTF_OK)
        status = ctfi_check_count("AlarmActions", texts->n_alarm_actions, MAX_ACTIONS, error);
    if (status == CTF_OK)
        status = ctfi_check_count("InsufficientDataActions", texts->n_insufficient_data_actions, MAX_ACTIONS,
                                  error);
    return status;
}
