/* Requests to the service that are only validated. */
#ifndef CLI_ENGINE_VALIDATION_H
#define CLI_ENGINE_VALIDATION_H

#include "engine.h"

/* request: api (PutMetricAlarm, PutCompositeAlarm, SetAlarmState, PutMetricFilter) and its input. */
void engine_validation(const cli_engine *engine, const json_value *request, json_out *out);

#endif
