/* The points behind a verdict, as the reason names them (spec: metrics-alarms 6). Slots are oldest first. */
#ifndef CTFI_ALARM_POINTS_H
#define CTFI_ALARM_POINTS_H

#include <stdbool.h>

#include <ctfilter/alarm.h>

/* A verdict together with what it was made of. */
typedef struct ctfi_told {
    const ctf_alarm *alarm;
    const ctf_slot *slots;
    size_t n_slots;
    const ctf_verdict *verdict;
} ctfi_told;

/* The first slot of the newest verdict->real present ones; n_slots when there is none. */
size_t ctfi_told_oldest(const ctfi_told *told);

/* Does a present slot argue for the new state: breaching for ALARM, healthy for OK? */
bool ctfi_told_argues(const ctfi_told *told, const ctf_slot *slot);

/* How many of the deciding points argue for the state. */
uint32_t ctfi_told_arguments(const ctfi_told *told);

/* So many points the state needs: M for ALARM, N - M + 1 for OK, N when nothing is known. */
uint32_t ctfi_told_needed(const ctfi_told *told);

static inline bool ctfi_told_has_band(const ctfi_told *told)
{
    return told->alarm->comparison >= CTF_OUTSIDE_BAND;
}

#endif
