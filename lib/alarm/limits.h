/* Limits that metric alarms and composite alarms share (spec: metrics-alarms 7). */
#ifndef CTFI_ALARM_LIMITS_H
#define CTFI_ALARM_LIMITS_H

#include <stdbool.h>

#include <ctfilter/error.h>

/* What the service says of a rule that is missing or has blanks at its ends (spec: metrics-alarms 8.4). */
#define CTFI_RULE_UNTRIMMED "AlarmRule must not contain leading or trailing whitespace or be null"

/* Are they views at all: none has a length and no bytes? */
bool ctfi_texts_are_views(const ctf_text *const *texts, size_t n);

typedef struct ctfi_alarm_texts {
    ctf_text name, description;
    size_t n_ok_actions, n_alarm_actions, n_insufficient_data_actions;
} ctfi_alarm_texts;

/* The name, the description and the number of actions a state has. */
ctf_status ctfi_check_alarm_texts(const ctfi_alarm_texts *texts, ctf_error *error);

#endif
