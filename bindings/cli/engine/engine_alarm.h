/* Requests about alarms: what they see, the state that follows, and its reason. */
#ifndef CLI_ENGINE_ALARM_H
#define CLI_ENGINE_ALARM_H

#include <ctfilter/alarm.h>

#include "engine.h"

/* Reads evaluation_periods, datapoints_to_alarm (may be null), threshold (null for a band), comparison,
 * treat_missing and, where it is there, period. False after a request that has them wrong was refused. */
bool engine_read_alarm(const json_value *request, ctf_alarm *alarm, json_out *out);

void engine_alarm(const cli_engine *engine, const json_value *request, json_out *out);
void engine_alarm_seq(const cli_engine *engine, const json_value *request, json_out *out);
void engine_range(const cli_engine *engine, const json_value *request, json_out *out);
void engine_window(const cli_engine *engine, const json_value *request, json_out *out);
void engine_lowsample(const cli_engine *engine, const json_value *request, json_out *out);
void engine_reason(const cli_engine *engine, const json_value *request, json_out *out);

#endif
