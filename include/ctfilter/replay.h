/* Replay: what an alarm would have done over stored samples, with a virtual clock (spec: metrics-alarms 4.4). */
#ifndef CTFILTER_REPLAY_H
#define CTFILTER_REPLAY_H

#include <ctfilter/alarm.h>
#include <ctfilter/metric.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Times that a replay takes: up to this far from 1970 in ms, some 36 million years. */
#define CTF_REPLAY_TIME_MAX (INT64_C(1) << 60)

/* What the evaluation at `now` sees: fills slots[0 .. n), oldest first, the newest ending at
 * ctf_alarm_window_end(now), with what had arrived by that time; n is usually ctf_alarm_range. A metric that
 * the series does not hold is missing everywhere. Percentile-type statistics need working memory from the
 * series' allocator: CTF_E_NOMEM. CTF_E_ARGUMENT where the series' resolution is too coarse for the period, and for an
 * alarm of a list Metrics. */
CTF_API ctf_status ctf_alarm_look(const ctf_alarm *alarm, const ctf_series *series, int64_t now, ctf_slot *slots,
                                  size_t n);

typedef struct ctf_transition {
    int64_t time;
    ctf_state from, to;
    ctf_verdict verdict;
    const ctf_slot *slots; /* what the evaluation saw, oldest first; valid during the callback */
    size_t n_slots;
} ctf_transition;

/* Called for each transition, in the order of time; 0 goes on, anything else stops with CTF_E_STOPPED. */
typedef int (*ctf_transition_fn)(void *context, const ctf_transition *transition);

/* Evaluates at every tick t with start <= t < stop (ctf_alarm_tick apart, multiples of it) and calls back for
 * each change of state. *state is the state before and becomes the state after: all that a replay carries,
 * so one in pieces [a, b) [b, c) equals one over [a, c). Samples from before `start` count. A stretch without
 * samples costs nothing. `allocator` (NULL: the C library's) serves working memory during the call.
 * CTF_E_ARGUMENT for times out of range, where the series' resolution is too coarse for the period, and for an alarm
 * of a list Metrics. */
CTF_API ctf_status ctf_alarm_replay(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop,
                                    ctf_state *state, ctf_transition_fn transition, void *context,
                                    const ctf_allocator *allocator);

#ifdef __cplusplus
}
#endif

#endif
