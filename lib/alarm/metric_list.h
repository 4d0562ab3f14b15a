/* PutMetricAlarm's list Metrics (spec: metrics-alarms 5.8, 7). */
#ifndef CTFI_ALARM_METRIC_LIST_H
#define CTFI_ALARM_METRIC_LIST_H

#include <stdbool.h>

#include <ctfilter/alarm.h>

/* Is every text of it a view? */
bool ctfi_metric_list_is_readable(const ctf_alarm_input *in);

/* The list of an input that has one, and that the members stand empty which it takes the place of. What a MetricStat
 * holds and what an expression says is not looked at. */
ctf_status ctfi_check_metric_list(const ctf_alarm_input *in, ctf_error *error);

#endif
