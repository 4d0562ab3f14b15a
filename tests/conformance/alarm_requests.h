/* PutMetricAlarm's inputs from words of a case: "Period=300", "AlarmName=x*256", "OKActions=6",
 * "Metrics=m1:stat:false,e1:expression". */
#ifndef CONFORMANCE_ALARM_REQUESTS_H
#define CONFORMANCE_ALARM_REQUESTS_H

#include <ctfilter/alarm.h>

#define REQUEST_MAX_MEMBERS 32

/* Sets a member; the word must live as long as the input. `index` (below REQUEST_MAX_MEMBERS) is another for
 * each word of a request. */
void request_set(ctf_alarm_input *in, const char *word, size_t index);

#endif
