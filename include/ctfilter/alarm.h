/* Alarms: their settings, one evaluation, the reason in the service's words (spec: metrics-alarms 4 to 7).
 *
 * Everything here is pure: times and states come in as arguments, results go out; nothing reads a clock and
 * nothing allocates. Times are milliseconds since 1970-01-01T00:00:00Z. */
#ifndef CTFILTER_ALARM_H
#define CTFILTER_ALARM_H

#include <ctfilter/error.h>
#include <ctfilter/metric.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- words ---------------------------------------------------------------------------------------- */

typedef enum ctf_state {
    CTF_STATE_INSUFFICIENT_DATA = 0,
    CTF_STATE_OK,
    CTF_STATE_ALARM
} ctf_state;

typedef enum ctf_comparison {
    CTF_GREATER_OR_EQUAL = 0, /* GreaterThanOrEqualToThreshold */
    CTF_GREATER,              /* GreaterThanThreshold */
    CTF_LESS,                 /* LessThanThreshold */
    CTF_LESS_OR_EQUAL,        /* LessThanOrEqualToThreshold */
    CTF_OUTSIDE_BAND,         /* LessThanLowerOrGreaterThanUpperThreshold; this and what follows compare */
    CTF_BELOW_BAND,           /* LessThanLowerThreshold                    each point with its own bounds */
    CTF_ABOVE_BAND            /* GreaterThanUpperThreshold */
} ctf_comparison;

typedef enum ctf_treat_missing {
    CTF_TREAT_MISSING = 0, /* missing */
    CTF_TREAT_IGNORE,      /* ignore */
    CTF_TREAT_BREACHING,   /* breaching */
    CTF_TREAT_NOT_BREACHING /* notBreaching */
} ctf_treat_missing;

/* The service's words; constants, "unknown" for what is no value of the type. */
CTF_API const char *ctf_state_name(ctf_state state);
CTF_API const char *ctf_comparison_name(ctf_comparison comparison);
CTF_API const char *ctf_treat_missing_name(ctf_treat_missing treat_missing);

/* ---- settings ------------------------------------------------------------------------------------- */

/* An element of PutMetricAlarm's list Metrics, as far as it is validated. A text that is empty was not given;
 * ReturnData counts as true where it was not. */
typedef struct ctf_metric_query {
    ctf_text id;
    ctf_text expression;
    int has_metric_stat; /* MetricStat was given; what it holds is not looked at */
    int has_return_data, return_data;
} ctf_metric_query;

/* PutMetricAlarm's input, in its words (spec 7). Texts that are empty, numbers whose flag is 0 and a list Metrics whose
 * flag is 0 were not given. */
typedef struct ctf_alarm_input {
    ctf_text alarm_name;
    ctf_text alarm_description;
    ctf_text name_space, metric_name;
    const ctf_dimension *dimensions;
    size_t n_dimensions;
    ctf_text statistic, extended_statistic, unit;
    int has_period, has_evaluation_periods, has_datapoints_to_alarm, has_threshold;
    int64_t period, evaluation_periods, datapoints_to_alarm;
    double threshold;
    ctf_text comparison_operator, treat_missing_data, evaluate_low_sample_count_percentile, threshold_metric_id;
    size_t n_ok_actions, n_alarm_actions, n_insufficient_data_actions;
    int has_metrics;
    const ctf_metric_query *metrics;
    size_t n_metrics;
} ctf_alarm_input;

/* An alarm's settings, read and within the limits. */
typedef struct ctf_alarm {
    ctf_metric metric;            /* views of the input; empty where it had Metrics */
    ctf_statistic statistic;      /* of no meaning there */
    ctf_text statistic_name;      /* as it was written ("Sum", "p99"); a view of the input */
    uint32_t period;              /* seconds: 10, 20, 30 or a multiple of 60; 0 where the input had Metrics: such an
                                   * alarm judges slots, but ctf_alarm_look and ctf_alarm_replay refuse it */
    uint32_t evaluation_periods;  /* N */
    uint32_t datapoints_to_alarm; /* M; equals N when the input had none */
    int m_is_set;                 /* the input had DatapointsToAlarm: it words the reason */
    double threshold;
    ctf_comparison comparison;
    ctf_treat_missing treat_missing;
    int keep_low_samples;         /* EvaluateLowSampleCountPercentile is ignore */
} ctf_alarm;

/* Validates as PutMetricAlarm does. Missing data is treated as missing where nothing is said, in the namespace
 * AWS/DynamoDB ignored (spec 5.5). CTF_E_ARGUMENT with kind CTF_ERROR_VALIDATION: the message names the
 * parameter, `service` holds the service's text where it is known. *out keeps views of the input's texts
 * and dimensions. */
CTF_API ctf_status ctf_alarm_read(const ctf_alarm_input *input, ctf_alarm *out, ctf_error *error);

/* What PutCompositeAlarm's input must hold besides a good rule (spec 7, 8.3, 8.6). */
typedef struct ctf_composite_input {
    ctf_text alarm_name;
    ctf_text alarm_description;
    ctf_text alarm_rule;
    ctf_text actions_suppressor;
    int has_wait_period, has_extension_period;
    int64_t wait_period, extension_period; /* ActionsSuppressorWaitPeriod, ...ExtensionPeriod; seconds */
    size_t n_ok_actions, n_alarm_actions, n_insufficient_data_actions;
} ctf_composite_input;

/* Errors as of ctf_alarm_read. The rule is measured here and read by ctf_rule_compile. */
CTF_API ctf_status ctf_composite_check(const ctf_composite_input *input, ctf_error *error);

/* SetAlarmState's input (spec 6.1, 7). Texts that are empty were not given. */
typedef struct ctf_state_input {
    ctf_text alarm_name;
    ctf_text state_value;
    ctf_text state_reason, state_reason_data;
} ctf_state_input;

/* Errors as of ctf_alarm_read; on CTF_OK *out (may be NULL) is the state. Whether there is such an alarm is for
 * the caller to say. */
CTF_API ctf_status ctf_state_check(const ctf_state_input *input, ctf_state *out, ctf_error *error);

/* ---- windows -------------------------------------------------------------------------------------- */

/* How many slots an evaluation sees: the default evaluation range (spec 4.3, decision D1). */
CTF_API uint32_t ctf_alarm_range(const ctf_alarm *alarm);

/* The time from one evaluation to the next in ms (4.1). */
CTF_API int64_t ctf_alarm_tick(const ctf_alarm *alarm);

/* Where the newest window ends for an evaluation at `now` (4.2, D2): the tick at or before. Window i, from 1
 * for the newest, starts i periods before. */
CTF_API int64_t ctf_alarm_window_end(const ctf_alarm *alarm, int64_t now);

/* ---- one evaluation ------------------------------------------------------------------------------- */

/* A period that the evaluation sees. */
typedef struct ctf_slot {
    int64_t start;
    int present;           /* 0: missing (no datapoint, or unavailable); the rest has no meaning */
    double value;
    double lower, upper;   /* band operators only */
    uint64_t sample_count;
} ctf_slot;

/* Which branch of spec 5.3 decided. */
typedef enum ctf_rule_used {
    CTF_RULE_ENOUGH_REAL = 0,   /* N real points or more: the newest N were judged */
    CTF_RULE_FILL_BREACHING,    /* missing points counted as breaching */
    CTF_RULE_FILL_NOT_BREACHING, /* missing points counted as not breaching */
    CTF_RULE_ENOUGH_BREACHING,  /* M real breaching points among fewer than N: ALARM */
    CTF_RULE_NO_DATA,           /* nothing real in the range: INSUFFICIENT_DATA, or kept */
    CTF_RULE_HEALTHY_POINT,     /* fewer than M breaching and a real healthy one: OK */
    CTF_RULE_PREMATURE,         /* only breaching points, the oldest at least M slots old: ALARM, or kept */
    CTF_RULE_TOO_YOUNG,         /* only breaching points, all younger: INSUFFICIENT_DATA, or kept */
    CTF_RULE_LOW_SAMPLES        /* a deciding point has too few samples for its percentile (3.4): kept */
} ctf_rule_used;

/* A short constant word ("enough-real", "premature-old-enough" ...), as logs show it. */
CTF_API const char *ctf_rule_used_name(ctf_rule_used rule);

typedef struct ctf_verdict {
    ctf_state state;
    ctf_rule_used rule;
    int kept;           /* the state is the previous one because the settings say to keep it */
    uint32_t real;      /* real points the verdict rests on: the newest N, or all when there are fewer */
    uint32_t missing;   /* N - real: missing ones that had to be filled, or went without */
    uint32_t breaching; /* of the real ones */
} ctf_verdict;

/* Evaluates slots, oldest first, against an alarm as ctf_alarm_read makes it (spec 5.3). Without an alarm,
 * or with slots that are nowhere, the previous state is kept. */
CTF_API ctf_verdict ctf_alarm_evaluate(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                                       ctf_state previous);

/* Does a present slot's value breach (5.1)? A NaN breaches nothing. */
CTF_API int ctf_alarm_breaches(const ctf_alarm *alarm, const ctf_slot *slot);

/* Are so many samples too few for the statistic, a percentile between 0 and 100 (3.4)? */
CTF_API int ctf_statistic_is_low(const ctf_statistic *statistic, uint64_t sample_count);

/* ---- reasons and history ---------------------------------------------------------------------------
 *
 * Each writes at most `size` bytes with the NUL (buffer may be NULL when size is 0) and returns the length
 * of the whole text without the NUL, as snprintf does. */

/* The lengths that the service allows, in characters. */
#define CTF_MAX_REASON 1023u
#define CTF_MAX_REASON_DATA 4000u
#define CTF_MAX_HISTORY_DATA 4095u

/* The reason of an alarm that was never evaluated, in INSUFFICIENT_DATA. */
#define CTF_INITIAL_REASON "Unchecked: Initial alarm creation"

/* StateReason (spec 6.1) of a verdict that ctf_alarm_evaluate made of the slots. A state that was kept keeps
 * its reason: the text is empty. Never longer than CTF_MAX_REASON. */
CTF_API size_t ctf_alarm_reason(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                                const ctf_verdict *verdict, char *buffer, size_t size);

/* StateReasonData (6.2), JSON. Where it would pass CTF_MAX_REASON_DATA, recentDatapoints and
 * evaluatedDatapoints (and the bounds) go without their oldest elements. */
CTF_API size_t ctf_alarm_reason_data(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                                     const ctf_verdict *verdict, int64_t query_date, char *buffer, size_t size);

/* A state as a history item tells it. reason_data is JSON or empty. */
typedef struct ctf_state_told {
    ctf_state state;
    ctf_text reason;
    ctf_text reason_data;
} ctf_state_told;

/* HistorySummary of a StateUpdate (6.3): "Alarm updated from OK to ALARM". */
CTF_API size_t ctf_alarm_history_summary(ctf_state from, ctf_state to, char *buffer, size_t size);

/* HistoryData of a StateUpdate, JSON. Where it would pass CTF_MAX_HISTORY_DATA, the old state goes without
 * its reason data, then the new one too. */
CTF_API size_t ctf_alarm_history_data(const ctf_state_told *from, const ctf_state_told *to, char *buffer,
                                      size_t size);

#ifdef __cplusplus
}
#endif

#endif
