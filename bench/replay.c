/* A year of one-minute datapoints through a hundred alarms. */
#include "results.h"
#include "trail.h"

#include <stdlib.h>

#define ALARMS 100u
#define METRICS 10u
#define YEAR (INT64_C(365) * 86400 * 1000)
#define MINUTE INT64_C(60000)
#define START INT64_C(1767225600000) /* 2026-01-01 */
#define REPEATS 3u

#define TEXT(literal) ((ctf_text){literal, sizeof literal - 1})

static const char *const metric_names[METRICS] = {"Calls", "Denied",  "Logins", "RootUse", "Policies",
                                                  "Keys",  "Buckets", "Routes", "Groups",  "Trails"};

static ctf_metric metric_of(unsigned i)
{
    return (ctf_metric){.name_space = TEXT("Bench"), .name = {metric_names[i], strlen(metric_names[i])}};
}

/* A sample a minute, now and then a burst, now and then a gap. */
static int fill(ctf_series *series, unsigned i)
{
    ctf_metric metric = metric_of(i);
    trail_random random = {i + 1};
    int failed = 0;
    for (int64_t time = START; time < START + YEAR && !failed; time += MINUTE) {
        uint32_t luck = trail_below(&random, 1000);
        double value = luck < 5 ? 100 + luck : (double)(luck % 20);
        if (luck != 999)
            failed = ctf_series_add(series, &metric, time, CTF_ON_TIME, value, 1) != CTF_OK;
    }
    return failed;
}

/* Periods of one and five minutes, M of N from 1 of 1 to 4 of 5, the four treatments. */
static int read_alarm(unsigned i, ctf_alarm *out)
{
    static const char *const treatments[] = {"missing", "ignore", "breaching", "notBreaching"};
    const char *treatment = treatments[i % 4];
    ctf_metric metric = metric_of(i % METRICS);
    ctf_alarm_input input = {.alarm_name = TEXT("bench"),
                             .name_space = metric.name_space,
                             .metric_name = metric.name,
                             .statistic = TEXT("Sum"),
                             .comparison_operator = TEXT("GreaterThanThreshold"),
                             .treat_missing_data = {treatment, strlen(treatment)}};
    input.has_period = input.has_evaluation_periods = input.has_datapoints_to_alarm = input.has_threshold = 1;
    input.period = i % 2 ? 300 : 60;
    input.evaluation_periods = 1 + i % 5;
    input.datapoints_to_alarm = input.evaluation_periods > 1 ? input.evaluation_periods - 1 : 1;
    input.threshold = i % 2 ? 80 : 18;
    return ctf_alarm_read(&input, out, NULL) != CTF_OK;
}

static int count(void *context, const ctf_transition *transition)
{
    (void)transition;
    ++*(size_t *)context;
    return 0;
}

static int replay_all(const ctf_series *series, size_t *transitions)
{
    int failed = 0;
    for (unsigned i = 0; i < ALARMS && !failed; i++) {
        ctf_alarm alarm;
        ctf_state state = CTF_STATE_INSUFFICIENT_DATA;
        failed = read_alarm(i, &alarm) || ctf_alarm_replay(&alarm, series, START, START + YEAR, &state, count,
                                                           transitions, NULL) != CTF_OK;
    }
    return failed;
}

int bench_replay(bench_results *results)
{
    double samples[REPEATS], start = bench_cpu();
    size_t transitions = 0;
    ctf_series *series = NULL;
    int failed = ctf_series_new(NULL, &series) != CTF_OK;
    for (unsigned i = 0; i < METRICS && !failed; i++)
        failed = fill(series, i);
    bench_add_figure(results, "replay: adding 5.3 million samples to a series", bench_cpu() - start, "s", 0);
    for (size_t i = 0; i < REPEATS && !failed; i++) {
        transitions = 0;
        start = bench_cpu();
        failed = replay_all(series, &transitions);
        samples[i] = bench_cpu() - start;
    }
    ctf_series_free(series);
    if (failed)
        return fputs("bench: the replay failed\n", stderr), -1;
    bench_add_figure(results, "replay: a year by the minute, 100 alarms on 10 metrics",
                     bench_times_of(samples, REPEATS).median, "s", 0);
    bench_add_figure(results, "replay: changes of state on the way", (double)transitions, "", 0);
    return 0;
}
