/* What a configuration asks of the series and of the time of its replay. */
#ifndef CLI_REPLAY_NEEDS_H
#define CLI_REPLAY_NEEDS_H

#include <stdint.h>

#include <ctfilter/metric.h>

#include "config.h"

/* Series fine enough for the shortest period, with all values only where a statistic needs them. */
ctf_series_options replay_series_options(const cli_config *config);

/* How long after the last event has arrived every alarm has seen the last of it and done what it will; milliseconds. */
int64_t replay_drain(const cli_config *config);

#endif
