#include "suite_fields.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const config_field file_fields[] = {
    {"name", USE_READ, SUITE_NAME},
    {"files", USE_READ, SUITE_FILES},
    {"parameters", USE_READ, SUITE_PARAMETERS},
    {"patterns", USE_READ, SUITE_PATTERNS},
    {"metricFilters", USE_READ, SUITE_FILTERS},
    {"alarms", USE_READ, SUITE_ALARMS},
    {"compositeAlarms", USE_READ, SUITE_COMPOSITES},
    {"tests", USE_READ, SUITE_TESTS},
};

static const config_field case_fields[] = {
    {"name", USE_READ, CASE_NAME},
    {"pattern", USE_READ, REFERENCE_PATTERN},
    {"filter", USE_READ, REFERENCE_FILTER},
    {"cis", USE_READ, REFERENCE_CIS},
    {"match", USE_READ, CASE_MATCH},
    {"no_match", USE_READ, CASE_NO_MATCH},
    {"match_files", USE_READ, CASE_MATCH_FILES},
    {"no_match_files", USE_READ, CASE_NO_MATCH_FILES},
    {"equivalent", USE_READ, CASE_EQUIVALENT},
    {"implies", USE_READ, CASE_IMPLIES},
    {"start", USE_READ, CASE_START},
    {"end", USE_READ, CASE_END},
    {"delivery_delay", USE_READ, CASE_DELAY},
    {"events", USE_READ, CASE_EVENTS},
    {"series", USE_READ, CASE_SERIES},
    {"metrics", USE_READ, CASE_METRICS},
    {"alarms", USE_READ, CASE_ALARMS},
};

static const config_field reference_fields[] = {
    {"pattern", USE_READ, REFERENCE_PATTERN},
    {"filter", USE_READ, REFERENCE_FILTER},
    {"cis", USE_READ, REFERENCE_CIS},
};

static const config_field event_fields[] = {
    {"time", USE_READ, EVENT_TIME},
    {"message", USE_READ, EVENT_MESSAGE},
};

#define VALUES_FIELDS \
    {"metric", USE_READ, VALUES_METRIC}, {"namespace", USE_READ, VALUES_NAMESPACE}, \
    {"dimensions", USE_READ, VALUES_DIMENSIONS}, {"unit", USE_READ, VALUES_UNIT}, {"alarm", USE_READ, VALUES_ALARM}, \
    {"start", USE_READ, VALUES_START}, {"period", USE_READ, VALUES_PERIOD}, {"values", USE_READ, VALUES_VALUES}

static const config_field series_fields[] = {VALUES_FIELDS};
static const config_field metrics_fields[] = {VALUES_FIELDS, {"statistic", USE_READ, VALUES_STATISTIC}};

static const config_field alarm_fields[] = {
    {"alarm", USE_READ, EXPECT_ALARM},
    {"transitions", USE_READ, EXPECT_TRANSITIONS},
    {"states", USE_READ, EXPECT_STATES},
    {"actions", USE_READ, EXPECT_ACTIONS},
};

static const config_field transition_fields[] = {
    {"time", USE_READ, CHANGE_TIME},     {"from", USE_READ, CHANGE_FROM},       {"to", USE_READ, CHANGE_TO},
    {"reason", USE_READ, CHANGE_REASON}, {"reason_has", USE_READ, CHANGE_PART},
};

static const config_field state_fields[] = {
    {"time", USE_READ, CHANGE_TIME},
    {"state", USE_READ, CHANGE_TO},
};

const config_table suite_file_words = {file_fields, COUNT(file_fields)};
const config_table suite_case_words = {case_fields, COUNT(case_fields)};
const config_table suite_reference_words = {reference_fields, COUNT(reference_fields)};
const config_table suite_event_words = {event_fields, COUNT(event_fields)};
const config_table suite_series_words = {series_fields, COUNT(series_fields)};
const config_table suite_metrics_words = {metrics_fields, COUNT(metrics_fields)};
const config_table suite_alarm_words = {alarm_fields, COUNT(alarm_fields)};
const config_table suite_transition_words = {transition_fields, COUNT(transition_fields)};
const config_table suite_state_words = {state_fields, COUNT(state_fields)};

const suite_words suite_all_words[] = {
    {"file", &suite_file_words},
    {"case", &suite_case_words},
    {"reference", &suite_reference_words},
    {"event", &suite_event_words},
    {"series", &suite_series_words},
    {"metric", &suite_metrics_words},
    {"alarm", &suite_alarm_words},
    {"transition", &suite_transition_words},
    {"state", &suite_state_words},
    {"metricFilter", &config_api_yaml.filter},
    {"metricTransformation", &config_api_yaml.metric},
    {"metricAlarm", &config_api_yaml.alarm},
    {"compositeAlarm", &config_api_yaml.composite},
};

const size_t suite_all_words_count = COUNT(suite_all_words);
