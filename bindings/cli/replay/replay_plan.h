/* What `ctfilter replay` was asked to do. */
#ifndef CLI_REPLAY_PLAN_H
#define CLI_REPLAY_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "options.h"

typedef struct replay_plan {
    const cli_options *options;
    const char *const *configs;
    size_t n_configs;
    const char **against; /* the configurations to compare with */
    size_t n_against;
    size_t most_events; /* that make a difference, shown */
    const char **events; /* paths */
    size_t n_events;
    bool has_from, has_to;
    int64_t from, to; /* ms */
    int64_t delay;    /* ms; 0: events arrive when they happen */
    bool why;
    bool quiet;
    int format; /* REPORT_ */
    const char *output; /* NULL: standard output */
    ctf_text account, region;
    bool lenient;
    cli_parameter *parameters;
    size_t n_parameters;
} replay_plan;

/* Returns false after it has told the user what is wrong; *plan needs replay_plan_free either way. */
bool replay_plan_read(const cli_options *options, replay_plan *plan);
void replay_plan_free(replay_plan *plan);

#endif
