/* M of N with missing data (spec: metrics-alarms 5.3): what is counted, and what follows from the counts.
 *
 * A verdict is a function of the counts alone, so that whoever keeps them up to date while windows slide
 * (the replay) judges by the same code as one who counts slots. */
#ifndef CTFI_ALARM_EVALUATE_H
#define CTFI_ALARM_EVALUATE_H

#include <stdbool.h>

#include <ctfilter/alarm.h>

/* The deciding points are the newest N real ones of the range, or all real ones when there are fewer. */
typedef struct ctfi_tally {
    uint32_t real;      /* deciding points, at most N */
    uint32_t breaching; /* of them */
    bool low;           /* one of them has too few samples for its percentile */
    size_t oldest;      /* age of the oldest real point, 1 for the newest slot; used only when real < N */
} ctfi_tally;

ctfi_tally ctfi_alarm_count(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots);

/* low matters only to alarms with keep_low_samples. */
ctf_verdict ctfi_alarm_judge(const ctf_alarm *alarm, const ctfi_tally *tally, ctf_state previous);

#endif
