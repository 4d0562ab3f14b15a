/* The words of every source: which fields an object may have, and what becomes of each. */
#include "config_object.h"

#define TABLE(fields) {fields, sizeof(fields) / sizeof(fields)[0]}

/* ---- the API: PutMetricFilter, PutMetricAlarm, PutCompositeAlarm and what describe-* answers ---- */

static const config_field api_filter[] = {
    {"filterName", USE_READ, FILTER_NAME},
    {"filterPattern", USE_READ, FILTER_PATTERN},
    {"logGroupName", USE_LOOSE, FILTER_GROUP},
    {"metricTransformations", USE_READ, FILTER_TRANSFORMATIONS},
    {"emitSystemFieldDimensions", USE_READ, FILTER_EMIT},
    {"applyOnTransformedLogs", USE_REFUSED, 0},
    {"fieldSelectionCriteria", USE_REFUSED, 0},
    {"creationTime", USE_IGNORED, 0},
};

static const config_field api_metric[] = {
    {"metricName", USE_READ, METRIC_NAME},       {"metricNamespace", USE_READ, METRIC_NAMESPACE},
    {"metricValue", USE_READ, METRIC_VALUE},     {"defaultValue", USE_READ, METRIC_DEFAULT},
    {"dimensions", USE_READ, METRIC_DIMENSIONS}, {"unit", USE_READ, METRIC_UNIT},
};

static const config_field api_alarm[] = {
    {"AlarmName", USE_READ, ALARM_NAME},
    {"AlarmDescription", USE_LOOSE, ALARM_DESCRIPTION},
    {"AlarmArn", USE_LOOSE, ALARM_ARN},
    {"ActionsEnabled", USE_READ, ALARM_ENABLED},
    {"OKActions", USE_LOOSE, ALARM_OK_ACTIONS},
    {"AlarmActions", USE_LOOSE, ALARM_ALARM_ACTIONS},
    {"InsufficientDataActions", USE_LOOSE, ALARM_NO_DATA_ACTIONS},
    {"MetricName", USE_READ, ALARM_METRIC},
    {"Namespace", USE_READ, ALARM_NAMESPACE},
    {"Dimensions", USE_READ, ALARM_DIMENSIONS},
    {"Statistic", USE_READ, ALARM_STATISTIC},
    {"ExtendedStatistic", USE_READ, ALARM_EXTENDED},
    {"Unit", USE_READ, ALARM_UNIT},
    {"Period", USE_READ, ALARM_PERIOD},
    {"EvaluationPeriods", USE_READ, ALARM_PERIODS},
    {"DatapointsToAlarm", USE_READ, ALARM_DATAPOINTS},
    {"Threshold", USE_READ, ALARM_THRESHOLD},
    {"ComparisonOperator", USE_READ, ALARM_COMPARISON},
    {"TreatMissingData", USE_READ, ALARM_MISSING},
    {"EvaluateLowSampleCountPercentile", USE_READ, ALARM_LOW_SAMPLES},
    {"ThresholdMetricId", USE_READ, ALARM_BAND},
    {"Metrics", USE_REFUSED, 0},
    {"EvaluationCriteria", USE_REFUSED, 0},
    {"Tags", USE_IGNORED, 0},
    {"AlarmConfigurationUpdatedTimestamp", USE_IGNORED, 0},
    {"EvaluationInterval", USE_IGNORED, 0},
    {"EvaluationState", USE_IGNORED, 0},
    {"StateReason", USE_IGNORED, 0},
    {"StateReasonData", USE_IGNORED, 0},
    {"StateTransitionedTimestamp", USE_IGNORED, 0},
    {"StateUpdatedTimestamp", USE_IGNORED, 0},
    {"StateValue", USE_IGNORED, 0}, /* every replay begins with INSUFFICIENT_DATA */
};

static const config_field api_composite[] = {
    {"AlarmName", USE_READ, ALARM_NAME},
    {"AlarmDescription", USE_LOOSE, ALARM_DESCRIPTION},
    {"AlarmArn", USE_LOOSE, ALARM_ARN},
    {"ActionsEnabled", USE_READ, ALARM_ENABLED},
    {"OKActions", USE_LOOSE, ALARM_OK_ACTIONS},
    {"AlarmActions", USE_LOOSE, ALARM_ALARM_ACTIONS},
    {"InsufficientDataActions", USE_LOOSE, ALARM_NO_DATA_ACTIONS},
    {"AlarmRule", USE_READ, RULE_TEXT},
    {"ActionsSuppressor", USE_READ, RULE_SUPPRESSOR},
    {"ActionsSuppressorWaitPeriod", USE_READ, RULE_WAIT},
    {"ActionsSuppressorExtensionPeriod", USE_READ, RULE_EXTENSION},
    {"ActionsSuppressedBy", USE_IGNORED, 0},
    {"ActionsSuppressedReason", USE_IGNORED, 0},
    {"Tags", USE_IGNORED, 0},
    {"AlarmConfigurationUpdatedTimestamp", USE_IGNORED, 0},
    {"StateReason", USE_IGNORED, 0},
    {"StateReasonData", USE_IGNORED, 0},
    {"StateTransitionedTimestamp", USE_IGNORED, 0},
    {"StateUpdatedTimestamp", USE_IGNORED, 0},
    {"StateValue", USE_IGNORED, 0},
};

#define API_TABLES \
    .filter = TABLE(api_filter), .metric = TABLE(api_metric), .alarm = TABLE(api_alarm), \
    .composite = TABLE(api_composite)

const config_dialect config_api_json = {API_TABLES};
const config_dialect config_api_yaml = {API_TABLES, .numbers_for_words = true};

/* ---- CloudFormation: as the API with its own names for filters ---- */

static const config_field template_filter[] = {
    {"FilterName", USE_READ, FILTER_NAME},
    {"FilterPattern", USE_READ, FILTER_PATTERN},
    {"LogGroupName", USE_LOOSE, FILTER_GROUP},
    {"MetricTransformations", USE_READ, FILTER_TRANSFORMATIONS},
    {"EmitSystemFieldDimensions", USE_READ, FILTER_EMIT},
    {"ApplyOnTransformedLogs", USE_REFUSED, 0},
    {"FieldSelectionCriteria", USE_REFUSED, 0},
};

static const config_field template_metric[] = {
    {"MetricName", USE_READ, METRIC_NAME},       {"MetricNamespace", USE_READ, METRIC_NAMESPACE},
    {"MetricValue", USE_READ, METRIC_VALUE},     {"DefaultValue", USE_READ, METRIC_DEFAULT},
    {"Dimensions", USE_READ, METRIC_DIMENSIONS}, {"Unit", USE_READ, METRIC_UNIT},
};

const config_dialect config_template_words = {
    .filter = TABLE(template_filter),
    .metric = TABLE(template_metric),
    .alarm = TABLE(api_alarm),
    .composite = TABLE(api_composite),
    .dimension_key = "Key",
    .words_for_numbers = true,
    .numbers_for_words = true,
};

/* ---- Terraform ---- */

static const config_field terraform_filter[] = {
    {"name", USE_READ, FILTER_NAME},
    {"pattern", USE_READ, FILTER_PATTERN},
    {"log_group_name", USE_LOOSE, FILTER_GROUP},
    {"metric_transformation", USE_READ, FILTER_TRANSFORMATIONS},
    {"emit_system_field_dimensions", USE_READ, FILTER_EMIT},
    {"apply_on_transformed_logs", USE_REFUSED, 0},
    {"field_selection_criteria", USE_REFUSED, 0},
    {"id", USE_IGNORED, 0},
    {"region", USE_IGNORED, 0},
};

static const config_field terraform_metric[] = {
    {"name", USE_READ, METRIC_NAME},             {"namespace", USE_READ, METRIC_NAMESPACE},
    {"value", USE_READ, METRIC_VALUE},           {"default_value", USE_READ, METRIC_DEFAULT},
    {"dimensions", USE_READ, METRIC_DIMENSIONS}, {"unit", USE_READ, METRIC_UNIT},
};

/* The provider computes the low-sample option where nobody set it, so it may be unknown in a plan. */
static const config_field terraform_alarm[] = {
    {"alarm_name", USE_READ, ALARM_NAME},
    {"alarm_description", USE_LOOSE, ALARM_DESCRIPTION},
    {"arn", USE_LOOSE, ALARM_ARN},
    {"actions_enabled", USE_READ, ALARM_ENABLED},
    {"ok_actions", USE_LOOSE, ALARM_OK_ACTIONS},
    {"alarm_actions", USE_LOOSE, ALARM_ALARM_ACTIONS},
    {"insufficient_data_actions", USE_LOOSE, ALARM_NO_DATA_ACTIONS},
    {"metric_name", USE_READ, ALARM_METRIC},
    {"namespace", USE_READ, ALARM_NAMESPACE},
    {"dimensions", USE_READ, ALARM_DIMENSIONS},
    {"statistic", USE_READ, ALARM_STATISTIC},
    {"extended_statistic", USE_READ, ALARM_EXTENDED},
    {"unit", USE_READ, ALARM_UNIT},
    {"period", USE_READ, ALARM_PERIOD},
    {"evaluation_periods", USE_READ, ALARM_PERIODS},
    {"datapoints_to_alarm", USE_READ, ALARM_DATAPOINTS},
    {"threshold", USE_READ, ALARM_THRESHOLD},
    {"comparison_operator", USE_READ, ALARM_COMPARISON},
    {"treat_missing_data", USE_READ, ALARM_MISSING},
    {"evaluate_low_sample_count_percentiles", USE_LOOSE, ALARM_LOW_SAMPLES},
    {"threshold_metric_id", USE_READ, ALARM_BAND},
    {"metric_query", USE_REFUSED, 0},
    {"evaluation_criteria", USE_REFUSED, 0},
    {"evaluation_interval", USE_IGNORED, 0},
    {"id", USE_IGNORED, 0},
    {"region", USE_IGNORED, 0},
    {"tags", USE_IGNORED, 0},
    {"tags_all", USE_IGNORED, 0},
};

static const config_field terraform_composite[] = {
    {"alarm_name", USE_READ, ALARM_NAME},
    {"alarm_description", USE_LOOSE, ALARM_DESCRIPTION},
    {"arn", USE_LOOSE, ALARM_ARN},
    {"actions_enabled", USE_READ, ALARM_ENABLED},
    {"ok_actions", USE_LOOSE, ALARM_OK_ACTIONS},
    {"alarm_actions", USE_LOOSE, ALARM_ALARM_ACTIONS},
    {"insufficient_data_actions", USE_LOOSE, ALARM_NO_DATA_ACTIONS},
    {"alarm_rule", USE_READ, RULE_TEXT},
    {"actions_suppressor", USE_READ, RULE_SUPPRESSOR},
    {"id", USE_IGNORED, 0},
    {"region", USE_IGNORED, 0},
    {"tags", USE_IGNORED, 0},
    {"tags_all", USE_IGNORED, 0},
};

static const config_field terraform_suppressor[] = {
    {"alarm", USE_READ, RULE_SUPPRESSOR},
    {"wait_period", USE_READ, RULE_WAIT},
    {"extension_period", USE_READ, RULE_EXTENSION},
};

const config_dialect config_terraform_words = {
    .filter = TABLE(terraform_filter),
    .metric = TABLE(terraform_metric),
    .alarm = TABLE(terraform_alarm),
    .composite = TABLE(terraform_composite),
    .suppressor = TABLE(terraform_suppressor),
    .words_for_numbers = true,
    .empty_is_absent = true,
};
