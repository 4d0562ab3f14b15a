/* Replaying one metric alarm over the series, into the model. */
#ifndef CLI_REPLAY_ALARM_H
#define CLI_REPLAY_ALARM_H

#include <ctfilter/metric.h>

#include "replay_model.h"

/* Fills *out for evaluations from model->from to model->to. Ends the program when memory is out. */
void replay_alarm_run(replay_model *model, const cli_metric_alarm *settings, const ctf_series *series,
                      replay_alarm *out);

/* Says of each breach that no alarm came of why that is. Separate because it looks at the series again. */
void replay_alarm_explain(replay_model *model, replay_alarm *alarm, const ctf_series *series);

/* The stretches that the transitions of an alarm cut the interval into, from INSUFFICIENT_DATA on. */
const replay_band *replay_bands(replay_model *model, const replay_transition *transitions, size_t n,
                                size_t *n_bands);

#endif
