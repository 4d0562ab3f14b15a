/* The service's words for an alarm's settings: the lists that reading, printing and error texts share. */
#ifndef CTFI_ALARM_NAMES_H
#define CTFI_ALARM_NAMES_H

#include <ctfilter/alarm.h>

#define CTFI_STATES 3u
#define CTFI_COMPARISONS 7u
#define CTFI_TREATMENTS 4u

/* By the values of ctf_state, ctf_comparison and ctf_treat_missing. */
extern const char *const ctfi_state_names[CTFI_STATES];
extern const char *const ctfi_comparison_names[CTFI_COMPARISONS];
extern const char *const ctfi_treatment_names[CTFI_TREATMENTS];

#endif
