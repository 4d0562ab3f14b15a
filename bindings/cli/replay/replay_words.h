/* Our words for a replay: an alarm's settings in a line, and which rule decided. */
#ifndef CLI_REPLAY_WORDS_H
#define CLI_REPLAY_WORDS_H

#include <ctfilter/alarm.h>

#include "blob.h"
#include "config.h"

/* "Sum of CloudTrailMetrics / ConsoleLogins over 5 min > 0.0, 2 of 3, missing data: missing". */
void replay_words_settings(const cli_metric_alarm *alarm, blob *out);

/* Which rule made the verdict of the slots, as a sentence. */
void replay_words_decision(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                           const ctf_verdict *verdict, blob *out);

/* A value as the service writes it: "1.0", "1.0E10". */
void replay_words_number(double value, blob *out);

#endif
