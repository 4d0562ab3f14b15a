/* Requests to replay an alarm over samples with a virtual clock (spec: metrics-alarms 4.4). */
#ifndef CLI_ENGINE_REPLAY_H
#define CLI_ENGINE_REPLAY_H

#include "engine.h"

void engine_replay(const cli_engine *engine, const json_value *request, json_out *out);

#endif
