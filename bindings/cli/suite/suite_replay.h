/* What a case replays: samples, from events and series, through metrics and alarms. Times are milliseconds since 1970. */
#ifndef CLI_SUITE_REPLAY_H
#define CLI_SUITE_REPLAY_H

#include "suite.h"

typedef struct suite_event {
    cli_place place;
    int64_t time;
    ctf_text text;
} suite_event;

/* Values of a metric, one a period: samples to add, or datapoints to expect. */
typedef struct suite_values {
    cli_place place;
    ctf_metric metric;
    ctf_statistic statistic; /* of datapoints */
    int64_t start, period;
    const double *values; /* NaN: missing */
    size_t n;
} suite_values;

/* A change of state, or a state that an alarm has at a time, or an action that is due. */
typedef struct suite_change {
    cli_place place;
    int64_t time;
    ctf_state from, to;
    bool has_from;
    ctf_text reason; /* all of it; empty: any */
    ctf_text part;   /* of it; empty: any */
} suite_change;

typedef struct suite_changes {
    bool given;
    cli_place place;
    const suite_change *list;
    size_t n;
} suite_changes;

/* What is expected of an alarm. */
typedef struct suite_alarm {
    cli_place place;
    ctf_text name;
    cli_alarm_ref alarm;
    suite_changes transitions; /* all there are */
    suite_changes states;
    suite_changes actions; /* all there are; of composites */
} suite_alarm;

typedef struct suite_replay {
    int64_t from, to, delay;
    bool has_to;
    bool fine; /* a period is shorter than a minute */
    const suite_event *events;
    const suite_values *series, *metrics;
    const suite_alarm *alarms;
    size_t n_events, n_series, n_metrics, n_alarms;
} suite_replay;

/* suite_replay_read.c: the part of a case that is replayed; NULL when there is none. found: its fields. */
const suite_replay *suite_replay_read(suite_reading *r, const json_value *const found[]);

/* suite_values.c: one of `series`, or of `metrics` (expected). Returns false after a refusal. */
bool suite_values_read(suite_reading *r, const json_value *value, bool expected, int64_t start, suite_values *out);

/* suite_alarm.c: the list of `alarms`. */
void suite_alarms_read(suite_reading *r, const json_value *list, suite_replay *out);

/* suite_replay.c: replays, and adds what is otherwise to the case's failures. */
void suite_replay_run(suite *all, suite_file *file, suite_case *one);

/* suite_diff.c: compares lists of changes in the order of time and appends them line by line, with - before what is
 * expected and + before what is there instead; of actions the state alone counts. Returns whether they agree. */
struct replay_transition;
bool suite_diff(const suite_changes *expected, const struct replay_transition *got, size_t n, bool actions,
                blob *out);

/* The same of values; missing ones have no line. */
bool suite_diff_values(const suite_values *expected, const double *got, blob *out);

#endif
