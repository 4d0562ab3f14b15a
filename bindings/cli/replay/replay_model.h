/* What a replay found: everything a report tells.
 *
 * Reports (report.h) only read it. Times are milliseconds since 1970 in UTC; intervals include their start
 * and not their end. Alarms stand in the order of the configuration, what happened in the order of time.
 * All that is pointed to lives until replay_model_free or, where it is of the configuration, as long as
 * that. Texts that come from events (names, addresses, user agents) are anybody's: a report escapes them. */
#ifndef CLI_REPLAY_MODEL_H
#define CLI_REPLAY_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/alarm.h>
#include <ctfilter/composite.h>
#include <ctfilter/metric.h>

#include "config.h"

/* A period with samples. Periods as a graph draws them: they start at multiples of the alarm's period,
 * while the alarm's own windows slide (spec: metrics-alarms 4.2). */
typedef struct replay_datapoint {
    int64_t start;
    bool available; /* false: the samples cannot serve the statistic, which an alarm takes as missing */
    bool breaching; /* available ones only */
    double value;
    uint64_t sample_count;
} replay_datapoint;

/* A change of state. */
typedef struct replay_transition {
    int64_t time;
    ctf_state from, to;
    const char *reason;      /* the service's words */
    const char *reason_data; /* the service's JSON; "" where there is none */
    const char *decision;    /* our words: which rule decided */
    ctf_verdict verdict;     /* metric alarms */
    const ctf_slot *slots;   /* what the alarm saw, oldest first; none of a composite */
    size_t n_slots;
} replay_transition;

/* A stretch in one state. */
typedef struct replay_band {
    int64_t from, to;
    ctf_state state;
} replay_band;

/* A matching event behind a breaching period, or one that makes a difference. Texts are empty where the event has none. */
typedef struct replay_event {
    int64_t time;
    ctf_text id;        /* eventID */
    ctf_text name;      /* eventName */
    ctf_text principal; /* who: an ARN, a user's name, a service, an account */
    ctf_text source;    /* sourceIPAddress */
    ctf_text message;   /* how the message begins, where it has no eventName */
    ctf_text file;
    uint64_t index; /* of the message in the file, from 0 */
    ctf_text filters[2]; /* --against: those that matched under either configuration, a name and a NUL each */
} replay_event;

/* A stretch that breached: datapoints, and windows that the alarm saw at a transition, put together
 * where they overlap or touch. Events are there with --why: the earliest REPLAY_MOST_EVENTS of n_all, in the
 * first REPLAY_MOST_BREACHES of an alarm. */
typedef struct replay_breach {
    int64_t from, to;
    const char *silence; /* --why: why no alarm came of it, a sentence; NULL where one did */
    int64_t looked;      /* when that was decided: the first evaluation that sees all of it */
    uint64_t n_all;
    const replay_event *events;
    size_t n_events;
} replay_breach;

#define REPLAY_MOST_EVENTS 100u
#define REPLAY_MOST_BREACHES 10000u

/* What became of a metric alarm. Periods of the grid without a datapoint are missing. */
typedef struct replay_alarm {
    const cli_metric_alarm *settings;
    const char *summary; /* the settings in a line */
    int64_t first;       /* the grid: where its first period starts, */
    int64_t step;        /* the length of a period in ms, */
    uint64_t n_periods;  /* and how many cover the replayed interval */
    uint32_t range;      /* slots an evaluation sees */
    const replay_datapoint *datapoints; /* of periods with samples */
    size_t n_datapoints;
    const replay_transition *transitions;
    size_t n_transitions;
    const replay_band *bands; /* cover the interval; at least one */
    size_t n_bands;
    replay_breach *breaches;
    size_t n_breaches;
    bool entered_alarm;
} replay_alarm;

/* An action of a composite alarm's state, due after suppression. */
typedef struct replay_action {
    int64_t time;
    ctf_state state;
} replay_action;

/* What became of a composite alarm. */
typedef struct replay_composite {
    const cli_composite_alarm *settings;
    const replay_transition *transitions;
    size_t n_transitions;
    const replay_band *bands;
    size_t n_bands;
    const replay_action *actions;
    size_t n_actions;
    bool entered_alarm;
} replay_composite;

/* A metric that was published. */
typedef struct replay_metric {
    ctf_metric metric;
    uint64_t samples;
} replay_metric;

/* What was read. */
typedef struct replay_totals {
    uint64_t files;
    uint64_t bytes;    /* as read */
    uint64_t events;   /* messages */
    uint64_t matches;  /* messages that a filter matched */
    uint64_t samples;
    uint64_t skipped;  /* matches without a usable value */
    uint64_t dropped;  /* samples for more metrics than are kept */
    uint64_t timeless; /* messages whose time is unknown, left out */
    uint64_t outside;  /* messages of a time before 1970 or after 9999, left out */
} replay_totals;

typedef struct replay_model {
    const cli_config *config;
    int64_t from, to; /* the replayed interval; evaluations are at from <= t < to */
    int64_t delay;    /* ms from an event to its arrival */
    bool why;         /* breaches have their events */
    const replay_alarm *alarms;
    size_t n_alarms;
    const replay_composite *composites;
    size_t n_composites;
    const replay_metric *metrics; /* in the order of namespace, name, dimensions, unit */
    size_t n_metrics;
    const char *const *warnings; /* one line each */
    size_t n_warnings;
    replay_totals totals;
    bool entered_alarm; /* some alarm did */
    struct replay_block *blocks; /* all memory of the model */
} replay_model;

/* Hands a block from need() or need_more() to the model; returns it. */
void *replay_keep(replay_model *model, void *block);

/* A copy that the model owns. */
ctf_text replay_keep_text(replay_model *model, ctf_text text);

/* The same of length bytes, NUL-terminated. */
const char *replay_keep_words(replay_model *model, const char *words, size_t length);

void replay_model_free(replay_model *model);

#endif
