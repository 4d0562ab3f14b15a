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

extern const config_table suite_file_words, suite_case_words, suite_reference_words;

/* Every table with the schema's name for its objects, those of metric filters and alarms included. */
typedef struct suite_words {
    const char *name;
    const config_table *table;
} suite_words;

extern const suite_words suite_all_words[];
extern const size_t suite_all_words_count;

#endif
