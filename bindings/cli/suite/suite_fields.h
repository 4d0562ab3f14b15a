/* The fields of a test file: one table for each kind of object. ctfilter-test.schema.json describes the same ones, which
 * a test compares. */
#ifndef CLI_SUITE_FIELDS_H
#define CLI_SUITE_FIELDS_H

#include "config_object.h"

/* How a pattern is given comes first where one can be. */
enum { REFERENCE_PATTERN, REFERENCE_FILTER, REFERENCE_CIS, REFERENCE_SLOTS };
enum {
    CASE_NAME = REFERENCE_SLOTS,
    CASE_MATCH,
    CASE_NO_MATCH,
    CASE_MATCH_FILES,
    CASE_NO_MATCH_FILES,
    CASE_EQUIVALENT,
    CASE_IMPLIES,
    CASE_START, /* this and what follows is replayed */
    CASE_END,
    CASE_DELAY,
    CASE_EVENTS,
    CASE_SERIES,
    CASE_METRICS,
    CASE_ALARMS,
    CASE_SLOTS
};
enum {
    SUITE_NAME,
    SUITE_FILES,
    SUITE_PARAMETERS,
    SUITE_PATTERNS,
    SUITE_FILTERS,
    SUITE_ALARMS,
    SUITE_COMPOSITES,
    SUITE_TESTS,
    SUITE_SLOTS
};

enum { EVENT_TIME, EVENT_MESSAGE, EVENT_SLOTS };
enum {
    VALUES_METRIC,
    VALUES_NAMESPACE,
    VALUES_DIMENSIONS,
    VALUES_UNIT,
    VALUES_ALARM, /* in place of the ones above */
    VALUES_START,
    VALUES_PERIOD,
    VALUES_VALUES,
    VALUES_STATISTIC, /* of metrics */
    VALUES_SLOTS
};
enum { EXPECT_ALARM, EXPECT_TRANSITIONS, EXPECT_STATES, EXPECT_ACTIONS, EXPECT_SLOTS };
enum { CHANGE_TIME, CHANGE_FROM, CHANGE_TO, CHANGE_REASON, CHANGE_PART, CHANGE_SLOTS };

extern const config_table suite_file_words, suite_case_words, suite_reference_words, suite_event_words, suite_series_words,
    suite_metrics_words, suite_alarm_words, suite_transition_words, suite_state_words;

/* Every table with the schema's name for its objects, those of metric filters and alarms included. */
typedef struct suite_words {
    const char *name;
    const config_table *table;
} suite_words;

extern const suite_words suite_all_words[];
extern const size_t suite_all_words_count;

#endif
