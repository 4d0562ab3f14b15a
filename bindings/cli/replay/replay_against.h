/* Two configurations over the same events: what differs.
 *
 * Of each pair, 0 is the configuration that is replayed and 1 the one that --against names. */
#ifndef CLI_REPLAY_AGAINST_H
#define CLI_REPLAY_AGAINST_H

#include "replay_side.h"
#include "replay_twin.h"

/* An alarm under one configuration. */
typedef struct replay_alarm_view {
    bool there;
    const replay_transition *transitions;
    size_t n_transitions;
    const replay_band *bands;
    size_t n_bands;
    const bool *shared;  /* of each transition: the other has one like it */
    uint64_t alarms;     /* times that ALARM was entered */
    int64_t in_alarm;    /* ms in ALARM */
} replay_alarm_view;

/* Alarms of one name. */
typedef struct replay_alarm_pair {
    ctf_text name;
    replay_alarm_view views[2];
    bool same;
} replay_alarm_pair;

/* All samples of a metric under one configuration; all zero where there are none. */
typedef struct replay_metric_view {
    uint64_t samples;
    double sum, minimum, maximum;
} replay_metric_view;

typedef struct replay_metric_pair {
    ctf_metric metric;
    replay_metric_view views[2];
    bool same;
} replay_metric_pair;

typedef struct replay_difference {
    const replay_side *sides[2];
    uint64_t matches[2];
    const replay_alarm_pair *alarms; /* in the order of their names */
    size_t n_alarms;
    const replay_metric_pair *metrics; /* those of the first in their order, then those that only the other has */
    size_t n_metrics;
    const replay_event *events; /* that make a difference: the earliest of n_events_all */
    size_t n_events;
    uint64_t n_events_all;
    bool any;
} replay_difference;

/* Compares two sides that have been evaluated over the same interval; `series` is the first's. What is found belongs to the
 * first side's model. */
void replay_against(replay_side *side, const ctf_series *series, const replay_side *other, replay_twin *twin,
                    replay_difference *out);

/* Reports; they depend on the difference alone. */
void report_against_text(const replay_difference *difference, bool colour, bool warnings, blob *out);
void report_against_json(const replay_difference *difference, blob *out);

#endif
