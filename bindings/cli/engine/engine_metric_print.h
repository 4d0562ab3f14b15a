/* The datapoints of a series as answers show them. */
#ifndef CLI_ENGINE_METRIC_PRINT_H
#define CLI_ENGINE_METRIC_PRINT_H

#include <ctfilter/metric.h>

#include "json_out.h"

/* Appends the member "datapoints": one for each metric and minute with samples. */
void engine_print_minutes(json_out *out, const ctf_series *series, bool with_unit);

/* Appends the member "periods": one for each metric and epoch-aligned period (in ms) with samples. */
void engine_print_periods(json_out *out, const ctf_series *series, int64_t period);

#endif
