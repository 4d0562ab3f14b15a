/* The manual's section on test files. */
#include "manual_text.h"

const manual_piece manual_test[MANUAL_TEST] = {
    {MANUAL_PARAGRAPH, NULL,
     "A test file says in YAML what must hold of patterns, metric filters and alarms. Fields that nothing is known of, keys "
     "that stand twice, tags and everything else that is wrong are told with their place, and the file is not run. Where "
     "ctfilter is installed, share/ctfilter/ctfilter-test.schema.json describes the fields for editors."},
    {MANUAL_CODE, NULL,
     "name: sign-ins\n"
     "files: [template.yaml]\n"
     "patterns:\n"
     "  no-mfa: '{ $.eventName = \"ConsoleLogin\" && $.additionalEventData.MFAUsed != \"Yes\" }'\n"
     "tests:\n"
     "  - name: without a second factor\n"
     "    filter: no-mfa\n"
     "    match:\n"
     "      - eventName: ConsoleLogin\n"
     "        additionalEventData: {MFAUsed: \"No\"}\n"
     "    no_match:\n"
     "      - '{\"eventName\": \"ConsoleLogin\"}'\n"
     "    equivalent: {cis: 3.2}\n"
     "  - name: a sign-in is counted\n"
     "    events:\n"
     "      - {time: 2026-01-15T10:00:30Z, message: {eventName: ConsoleLogin}}\n"
     "    metrics:\n"
     "      - {metric: SignIns, namespace: Trail, values: 1 _x4}\n"
     "  - name: two minutes with errors\n"
     "    series:\n"
     "      - {alarm: errors, values: 0x4 1+2x3}\n"
     "    end: 10m\n"
     "    alarms:\n"
     "      - alarm: errors\n"
     "        transitions:\n"
     "          - {time: 0, from: INSUFFICIENT_DATA, to: OK}\n"
     "          - {time: 7m, from: OK, to: ALARM, reason_has: 2 out of the last 3}"},
    {MANUAL_PARAGRAPH, NULL, "A file has:"},
    {MANUAL_ITEM, "files, parameters",
     "Paths, from the test file's directory, of pattern files, descriptions, templates and Terraform plans whose patterns, "
     "metric filters and alarms are used; the values of the templates' parameters."},
    {MANUAL_ITEM, "patterns", "Names and their patterns."},
    {MANUAL_ITEM, "metricFilters, alarms, compositeAlarms", "As in a configuration file."},
    {MANUAL_ITEM, "name, tests", "What reports call the file, and its cases. A case, too, may have a name."},
    {MANUAL_PARAGRAPH, NULL,
     "A case is about the pattern that it gives as pattern (the text itself), filter (the name of a pattern, a metric filter "
     "or, where it has none, FILE:LINE) or cis (3.1 to 3.14 for the benchmark's text, CloudWatch.1 to CloudWatch.14 for Security "
     "Hub's):"},
    {MANUAL_ITEM, "match, no_match",
     "Lists of messages that it must match or must not: a mapping is a JSON event, a text is a message as it is."},
    {MANUAL_ITEM, "match_files, no_match_files", "Paths of files, read as match does, with nothing but such messages."},
    {MANUAL_ITEM, "equivalent, implies",
     "Patterns, as texts or as {filter: NAME} and {cis: NUMBER}, that must match the same messages, or all that the case's "
     "pattern matches. This is proved as equiv and implies do; an undecided one fails."},
    {MANUAL_PARAGRAPH, NULL,
     "Or it replays samples through alarms. Times are dates or say how long after the case's start: 90, 90s, 5m, 2h, 1d."},
    {MANUAL_ITEM, "start, end, delivery_delay",
     "Alarms are evaluated from start, in INSUFFICIENT_DATA, until end. By default from the first event's minute, where it has "
     "a date, else from 2026-01-01, until all samples are out of sight. Events may arrive later than they happened."},
    {MANUAL_ITEM, "events",
     "Messages with their time, or an eventTime in the message, in order; the metric filters make samples of them."},
    {MANUAL_ITEM, "series",
     "Samples of the metric of an alarm, or of metric, namespace, dimensions and unit; one a period (by default the alarm's, or "
     "a minute) from start on. In values 5 is a sample, _ is none, _x3 is none for three periods, 1x5 is 1 and five more of it, 1+2x3 is 1 3 5 7, as in Prometheus' "
     "promtool."},
    {MANUAL_ITEM, "metrics", "Values that a metric must have, in the same notation; also its statistic."},
    {MANUAL_ITEM, "alarms",
     "For each alarm or composite alarm its transitions (all of them: time, to, and perhaps from, reason or reason_has, a part "
     "of the reason), states at times, and actions of a composite alarm, after suppression."},
    {MANUAL_PARAGRAPH, NULL,
     "With --coverage a term counts as decided when the pattern without it would have given the other verdict on some message: of "
     "terms joined by && one that alone is false, of terms joined by || one that alone is true. So a term that is not decided "
     "could be taken out, and no case would fail. Patterns that the file itself has count also when no case asks them."},
};
