/* Requests for a statistic over samples given directly. */
#ifndef CLI_ENGINE_STAT_H
#define CLI_ENGINE_STAT_H

#include "engine.h"

/* request: samples (with counts) and statistic_sets, each optional; statistic. */
void engine_stat(const cli_engine *engine, const json_value *request, json_out *out);

#endif
