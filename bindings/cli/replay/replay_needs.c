#include "replay_needs.h"

/* A bucket with more different values than this keeps their sums alone, where no percentile is asked for. */
#define FEW_VALUES 16

ctf_series_options replay_series_options(const cli_config *config)
{
    ctf_series_options options = {.size = sizeof options, .resolution = 60, .max_values = FEW_VALUES};
    for (size_t i = 0; i < config->n_alarms; i++) {
        if (config->alarms[i].alarm.period < 60)
            options.resolution = 10;
        if (ctf_statistic_needs_values(&config->alarms[i].alarm.statistic))
            options.max_values = 0;
    }
    return options;
}

static int64_t longest_suppression(const cli_config *config)
{
    int64_t longest = 0;
    for (size_t i = 0; i < config->n_composites; i++) {
        int64_t both = (config->composites[i].wait + config->composites[i].extension) * 1000;
        longest = both > longest ? both : longest;
    }
    return longest;
}

int64_t replay_drain(const cli_config *config)
{
    int64_t longest = 0;
    for (size_t i = 0; i < config->n_alarms; i++) {
        const ctf_alarm *alarm = &config->alarms[i].alarm;
        int64_t range = (int64_t)ctf_alarm_range(alarm) * alarm->period * 1000 + 2 * ctf_alarm_tick(alarm);
        if (range > longest)
            longest = range;
    }
    return longest + longest_suppression(config);
}
