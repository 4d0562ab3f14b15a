/* A configuration that is replayed, from its files to the model. */
#ifndef CLI_REPLAY_SIDE_H
#define CLI_REPLAY_SIDE_H

#include "replay_read.h"

typedef struct replay_side {
    const replay_plan *plan;
    cli_config config;
    ctf_metrics *metrics;
    replay_source source;
    replay_model model;
    const char **warnings;
    size_t n_warnings, warning_room;
} replay_side;

/* Loads files; replay_side_compile follows, when all sides are loaded. Both return false after they have told the user
 * what is wrong; the side needs replay_side_free either way. */
bool replay_side_load(replay_side *side, const replay_plan *plan, const char *const *files, size_t n);
bool replay_side_compile(replay_side *side);
void replay_side_free(replay_side *side);

/* Adds a warning to the report. */
void replay_side_warn(replay_side *side, const char *text);

/* What becomes of the alarms and which metrics there are, over the model's interval. */
void replay_side_evaluate(replay_side *side, const ctf_series *series);

/* A statistic of the index-th metric over all time; one that needs no single values. */
ctf_datapoint replay_all_time(const ctf_series *series, size_t metric, ctf_statistic_type type);

#endif
