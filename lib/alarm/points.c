#include "alarm/points.h"

size_t ctfi_told_oldest(const ctfi_told *told)
{
    size_t oldest = told->n_slots;
    uint32_t left = told->verdict->real;
    for (size_t i = told->n_slots; i-- > 0 && left > 0;)
        if (told->slots[i].present) {
            oldest = i;
            left--;
        }
    return oldest;
}

bool ctfi_told_argues(const ctfi_told *told, const ctf_slot *slot)
{
    bool breaches = ctf_alarm_breaches(told->alarm, slot) != 0;
    ctf_state to = told->verdict->state;
    return to == CTF_STATE_INSUFFICIENT_DATA || breaches == (to == CTF_STATE_ALARM);
}

uint32_t ctfi_told_arguments(const ctfi_told *told)
{
    uint32_t n = 0;
    for (size_t i = ctfi_told_oldest(told); i < told->n_slots; i++)
        n += told->slots[i].present && ctfi_told_argues(told, &told->slots[i]);
    return n;
}

uint32_t ctfi_told_needed(const ctfi_told *told)
{
    uint32_t n = told->alarm->evaluation_periods, m = told->alarm->datapoints_to_alarm;
    switch (told->verdict->state) {
    case CTF_STATE_ALARM:
        return m;
    case CTF_STATE_OK:
        return n - m + 1;
    case CTF_STATE_INSUFFICIENT_DATA:
        break;
    }
    return n;
}
