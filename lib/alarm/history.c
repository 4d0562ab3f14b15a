/* History items of changes of state (spec: metrics-alarms 6.3). */
#include <ctfilter/alarm.h>

#include "alarm/text.h"

size_t ctf_alarm_history_summary(ctf_state from, ctf_state to, char *buffer, size_t size)
{
    ctfi_writer out = {buffer, size, 0};
    ctfi_write_words(&out, "Alarm updated from ");
    ctfi_write_words(&out, ctf_state_name(from));
    ctfi_write_words(&out, " to ");
    ctfi_write_words(&out, ctf_state_name(to));
    return ctfi_write_end(&out);
}

static void write_state(ctfi_writer *out, const char *key, const ctf_state_told *told, int with_data)
{
    ctfi_write_words(out, key);
    ctfi_write_words(out, "{\"stateValue\":\"");
    ctfi_write_words(out, ctf_state_name(told->state));
    ctfi_write_words(out, "\",\"stateReason\":");
    ctfi_write_json(out, told->reason);
    if (with_data && told->reason_data.length > 0) {
        ctfi_write_words(out, ",\"stateReasonData\":");
        ctfi_write(out, told->reason_data.data, told->reason_data.length);
    }
    ctfi_write_words(out, "}");
}

size_t ctf_alarm_history_data(const ctf_state_told *from, const ctf_state_told *to, char *buffer, size_t size)
{
    ctfi_writer out = {buffer, size, 0};
    if (from == NULL || to == NULL)
        return ctfi_write_end(&out);
    for (int data = 2; data >= 0; data--) { /* of both states, of the new one, of none */
        out.length = 0;
        ctfi_write_words(&out, "{\"version\":\"1.0\"");
        write_state(&out, ",\"oldState\":", from, data == 2);
        write_state(&out, ",\"newState\":", to, data >= 1);
        ctfi_write_words(&out, "}");
        if (out.length <= CTF_MAX_HISTORY_DATA)
            break;
    }
    return ctfi_write_end(&out);
}
