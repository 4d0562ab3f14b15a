/* PutMetricAlarm's input: every limit, in the service's words where they are known (spec: metrics-alarms 7).
 * The checks stand in the order in which their errors are reported; the first wins. */
#include <ctfilter/alarm.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "alarm/decisions.h"
#include "alarm/limits.h"
#include "alarm/metric_list.h"
#include "alarm/names.h"
#include "metric/constraint.h"
#include "metric/unit.h"

#define MAX_NAME 255u
#define MAX_DIMENSION_VALUE 1024u
#define SHORTEST 10
#define HOUR 3600
#define LONGEST_SHORT 86400  /* seconds that an evaluation may span below hourly periods */
#define LONGEST_LONG 604800  /* and from there on */

/* One check; what it reads goes into *out. */
typedef ctf_status (*check_fn)(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error);

static bool is_word(ctf_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

static ctf_status check_identity(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    const ctfi_alarm_texts texts = {in->alarm_name,         in->alarm_description,
                                    in->n_ok_actions,       in->n_alarm_actions,
                                    in->n_insufficient_data_actions};
    (void)out;
    return ctfi_check_alarm_texts(&texts, error);
}

static ctf_status check_dimensions(const ctf_alarm_input *in, ctf_error *error)
{
    ctf_status status = ctfi_check_count("Dimensions", in->n_dimensions, CTF_MAX_DIMENSIONS, error);
    for (size_t i = 0; i < in->n_dimensions && status == CTF_OK; i++) {
        status = ctfi_check_length("Dimensions.Name", in->dimensions[i].name, 1, MAX_NAME, error);
        if (status == CTF_OK)
            status = ctfi_check_length("Dimensions.Value", in->dimensions[i].value, 1, MAX_DIMENSION_VALUE,
                                       error);
    }
    return status;
}

static ctf_status check_metric(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    size_t unit;
    ctf_status status = ctfi_check_length("MetricName", in->metric_name, 1, MAX_NAME, error);
    if (status == CTF_OK)
        status = ctfi_check_length("Namespace", in->name_space, 1, MAX_NAME, error);
    if (status == CTF_OK)
        status = check_dimensions(in, error);
    if (status == CTF_OK && in->unit.length > 0)
        status = ctfi_check_choice("Unit", in->unit, ctfi_units, CTFI_UNITS, &unit, error);
    out->metric = (ctf_metric){in->name_space, in->metric_name, in->dimensions, in->n_dimensions, in->unit};
    return status;
}

static ctf_status check_plain_statistic(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    static const char *const names[] = {"SampleCount", "Average", "Sum", "Minimum", "Maximum"};
    size_t which;
    ctf_status status =
        ctfi_check_choice("Statistic", in->statistic, names, sizeof names / sizeof *names, &which, error);
    out->statistic_name = in->statistic;
    return status == CTF_OK ? ctf_statistic_parse(in->statistic, &out->statistic, error) : status;
}

static ctf_status check_extended_statistic(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    ctf_error inner;
    out->statistic_name = in->extended_statistic;
    if (ctf_statistic_parse(in->extended_statistic, &out->statistic, &inner) == CTF_OK &&
        ctf_statistic_needs_values(&out->statistic))
        return CTF_OK;
    ctfi_excerpt shown = ctfi_excerpt_of(in->extended_statistic);
    ctfi_said service =
        ctfi_quote_text("The value ", in->extended_statistic, " for parameter ExtendedStatistic is not supported.");
    return ctfi_refuse_request(error, service.text, "ExtendedStatistic cannot be %s%s%s", shown.text,
                               inner.status == CTF_OK ? ", which goes into Statistic" : ": ", inner.message);
}

static ctf_status check_statistic(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    bool plain = in->statistic.length > 0, extended = in->extended_statistic.length > 0;
    if (plain == extended)
        return ctfi_refuse_request(error, NULL, plain ? "Statistic and ExtendedStatistic exclude each other"
                                                      : "Statistic or ExtendedStatistic is missing");
    return plain ? check_plain_statistic(in, out, error) : check_extended_statistic(in, out, error);
}

static ctf_status check_period(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    int64_t p = in->period;
    if (!in->has_period)
        return ctfi_refuse_request(error, NULL, "Period is missing");
    if (p != 10 && p != 20 && p != 30 && (p <= 0 || p % 60 != 0))
        return ctfi_refuse_request(error, "Period must be 10, 20, 30 or a multiple of 60",
                                   "Period is %lld; it must be 10, 20, 30 or a multiple of 60 seconds",
                                   (long long)p);
    out->period = (uint32_t)p; /* check_span bounds it */
    return CTF_OK;
}

/* The metric that the alarm watches, or the list of which one element returns it. */
static ctf_status check_watched(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    if (in->has_metrics)
        return ctfi_check_metric_list(in, error);
    ctf_status status = check_metric(in, out, error);
    if (status == CTF_OK)
        status = check_statistic(in, out, error);
    return status == CTF_OK ? check_period(in, out, error) : status;
}

/* N and the seconds that N periods span, of a list those of the shortest that there is. */
static ctf_status check_span(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    int64_t period = in->has_metrics ? SHORTEST : in->period, most = period >= HOUR ? LONGEST_LONG : LONGEST_SHORT;
    char service[64];
    if (!in->has_evaluation_periods)
        return ctfi_refuse_missing("EvaluationPeriods", error);
    if (ctfi_check_minimum("EvaluationPeriods", in->evaluation_periods, 1, error) != CTF_OK)
        return CTF_E_ARGUMENT;
    snprintf(service, sizeof service, "EvaluationPeriods * Period must be <= %lld", (long long)most);
    if (in->evaluation_periods > most / period)
        return ctfi_refuse_request(error, service,
                                   "EvaluationPeriods (%lld) times Period (%lld) is more than %lld seconds",
                                   (long long)in->evaluation_periods, (long long)period, (long long)most);
    out->evaluation_periods = (uint32_t)in->evaluation_periods;
    return CTF_OK;
}

static ctf_status check_datapoints(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    out->m_is_set = in->has_datapoints_to_alarm != 0;
    out->datapoints_to_alarm = out->evaluation_periods;
    if (!out->m_is_set)
        return CTF_OK;
    if (ctfi_check_minimum("DatapointsToAlarm", in->datapoints_to_alarm, 1, error) != CTF_OK)
        return CTF_E_ARGUMENT;
    if (in->datapoints_to_alarm > in->evaluation_periods)
        return ctfi_refuse_request(error, "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
                                   "DatapointsToAlarm is %lld of %lld EvaluationPeriods",
                                   (long long)in->datapoints_to_alarm, (long long)in->evaluation_periods);
    out->datapoints_to_alarm = (uint32_t)in->datapoints_to_alarm;
    return CTF_OK;
}

static ctf_status check_comparison(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    size_t comparison = 0;
    if (in->comparison_operator.length == 0)
        return ctfi_refuse_missing("ComparisonOperator", error);
    ctf_status status = ctfi_check_choice("ComparisonOperator", in->comparison_operator, ctfi_comparison_names,
                                          CTFI_COMPARISONS, &comparison, error);
    out->comparison = (ctf_comparison)comparison;
    return status;
}

static ctf_status check_threshold(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    bool band = out->comparison >= CTF_OUTSIDE_BAND, has_band = in->threshold_metric_id.length > 0;
    if (band && !has_band)
        return ctfi_refuse_request(error, "ComparisonOperators for ranges require ThresholdMetricId to be set",
                                   "ComparisonOperator %s needs a ThresholdMetricId",
                                   ctf_comparison_name(out->comparison));
    if (!band && has_band)
        return ctfi_refuse_request(error, NULL,
                                   "ThresholdMetricId goes with the operators for bands alone, not %s",
                                   ctf_comparison_name(out->comparison));
    if (band)
        return CTF_OK;
    if (!in->has_threshold || !isfinite(in->threshold))
        return ctfi_refuse_request(error, "PutMetricAlarm request should have valid Threshold parameter",
                                   in->has_threshold ? "Threshold is no finite number"
                                                     : "Threshold is missing");
    out->threshold = in->threshold;
    return CTF_OK;
}

static ctf_status check_treatment(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    for (size_t i = 0; i < CTFI_TREATMENTS; i++)
        if (is_word(in->treat_missing_data, ctfi_treatment_names[i])) {
            out->treat_missing = (ctf_treat_missing)i;
            return CTF_OK;
        }
    if (in->treat_missing_data.length == 0) {
        out->treat_missing = is_word(in->name_space, "AWS/DynamoDB") ? CTF_TREAT_IGNORE : CTF_TREAT_MISSING;
        return CTF_OK;
    }
    return ctfi_refuse_request(error, NULL,
                               "TreatMissingData is '%s'; it must be breaching, notBreaching, ignore or missing",
                               ctfi_excerpt_of(in->treat_missing_data).text);
}

static ctf_status refuse_low_samples_option(ctf_text option, ctf_error *error)
{
    ctfi_said service = ctfi_quote_text("Option ", option, " is not supported. Supported options for parameter "
                                                           "EvaluateLowSampleCountPercentile are evaluate and ignore.");
    return ctfi_refuse_request(error, service.text,
                               "EvaluateLowSampleCountPercentile is '%s'; it must be evaluate or ignore",
                               ctfi_excerpt_of(option).text);
}

static ctf_status check_low_samples(const ctf_alarm_input *in, ctf_alarm *out, ctf_error *error)
{
    ctf_text option = in->evaluate_low_sample_count_percentile;
    if (option.length == 0)
        return CTF_OK;
    out->keep_low_samples = is_word(option, "ignore");
    if (!out->keep_low_samples && !is_word(option, "evaluate"))
        return refuse_low_samples_option(option, error);
    if (in->has_metrics || out->statistic.type == CTF_PERCENTILE)
        return CTF_OK;
    ctfi_said service = ctfi_quote_text("Option evaluateLowSampleCountPercentile can not be applied with statistic ",
                                        out->statistic_name, ".");
    return ctfi_refuse_request(error, service.text,
                               "EvaluateLowSampleCountPercentile goes with percentiles alone, not %s",
                               ctfi_excerpt_of(out->statistic_name).text);
}

/* Can all of it be read? */
static bool is_input(const ctf_alarm_input *in)
{
    const ctf_text *const texts[] = {&in->alarm_name,
                                     &in->alarm_description,
                                     &in->name_space,
                                     &in->metric_name,
                                     &in->statistic,
                                     &in->extended_statistic,
                                     &in->unit,
                                     &in->comparison_operator,
                                     &in->treat_missing_data,
                                     &in->evaluate_low_sample_count_percentile,
                                     &in->threshold_metric_id};
    bool good = ctfi_texts_are_views(texts, sizeof texts / sizeof *texts) && ctfi_metric_list_is_readable(in) &&
                (in->dimensions != NULL || in->n_dimensions == 0);
    for (size_t i = 0; i < in->n_dimensions && good; i++) {
        const ctf_text *const pair[] = {&in->dimensions[i].name, &in->dimensions[i].value};
        good = ctfi_texts_are_views(pair, 2);
    }
    return good;
}

ctf_status ctf_alarm_read(const ctf_alarm_input *input, ctf_alarm *out, ctf_error *error)
{
    static const check_fn checks[] = {check_identity,   check_watched,   check_span,      check_datapoints,
                                      check_comparison, check_threshold, check_treatment, check_low_samples};
    ctfi_error_clear(error);
    if (out != NULL)
        *out = (ctf_alarm){0};
    if (input == NULL || out == NULL || !is_input(input))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "no alarm was given");
    ctf_status status = CTF_OK;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && status == CTF_OK; i++)
        status = checks[i](input, out, error);
    if (status != CTF_OK)
        *out = (ctf_alarm){0};
    return status;
}
