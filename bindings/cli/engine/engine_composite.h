/* Requests about composite alarms: the state their rule gives, the actions their suppressor lets through. */
#ifndef CLI_ENGINE_COMPOSITE_H
#define CLI_ENGINE_COMPOSITE_H

#include "engine.h"

void engine_composite(const cli_engine *engine, const json_value *request, json_out *out);
void engine_suppressor(const cli_engine *engine, const json_value *request, json_out *out);

#endif
