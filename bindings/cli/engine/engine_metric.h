/* Requests about metric filters: which samples do events publish? */
#ifndef CLI_ENGINE_METRIC_H
#define CLI_ENGINE_METRIC_H

#include <ctfilter/metric.h>

#include "engine.h"

/* A metric filter of a request, compiled. */
typedef struct engine_metrics engine_metrics;

/* Reads a transformation in the service's words. filter_name may be NULL, system_dimensions (an array of
 * @aws.account and @aws.region) too. Returns NULL after the request was answered with an error. */
engine_metrics *engine_metrics_read(const json_value *filter_name, const json_value *pattern,
                                    const json_value *transformation, const json_value *system_dimensions,
                                    json_out *out);
void engine_metrics_free(engine_metrics *metrics);

/* request: pattern, transformation, events; emit_system_field_dimensions, account and region; period. */
void engine_metric(const cli_engine *engine, const json_value *request, json_out *out);

#endif
