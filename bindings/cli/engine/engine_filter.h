/* Requests without a kind: does the pattern match the message? */
#ifndef CLI_ENGINE_FILTER_H
#define CLI_ENGINE_FILTER_H

#include "engine.h"

/* request: pattern and message, both strings. Appends "match" or "error". */
void engine_filter(const cli_engine *engine, const json_value *request, json_out *out);

#endif
