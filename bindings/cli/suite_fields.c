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
};

static const config_field reference_fields[] = {
    {"pattern", USE_READ, REFERENCE_PATTERN},
    {"filter", USE_READ, REFERENCE_FILTER},
    {"cis", USE_READ, REFERENCE_CIS},
};

const config_table suite_file_words = {file_fields, COUNT(file_fields)};
const config_table suite_case_words = {case_fields, COUNT(case_fields)};
const config_table suite_reference_words = {reference_fields, COUNT(reference_fields)};

const suite_words suite_all_words[] = {
    {"file", &suite_file_words},
    {"case", &suite_case_words},
    {"reference", &suite_reference_words},
    {"metricFilter", &config_api_yaml.filter},
    {"metricTransformation", &config_api_yaml.metric},
    {"metricAlarm", &config_api_yaml.alarm},
    {"compositeAlarm", &config_api_yaml.composite},
};

const size_t suite_all_words_count = COUNT(suite_all_words);
