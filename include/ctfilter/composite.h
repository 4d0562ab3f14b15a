/* Composite alarms: rules over the states of other alarms, and action suppression (spec: metrics-alarms 8). */
#ifndef CTFILTER_COMPOSITE_H
#define CTFILTER_COMPOSITE_H

#include <ctfilter/alarm.h>
#include <ctfilter/error.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of the service (spec 8.3). Elements are mentions of children, constants and pairs of grouping
 * brackets. */
#define CTF_RULE_MAX_CHARACTERS 10240u
#define CTF_RULE_MAX_CHILDREN 100u
#define CTF_RULE_MAX_ELEMENTS 500u

/* A composite alarm's rule, compiled. Immutable; any number of threads may evaluate it. */
typedef struct ctf_rule ctf_rule;

/* Compiles an AlarmRule. own_name is the composite's own name or ARN, which is refused as a child; it may
 * be empty. On CTF_OK stores a rule for ctf_rule_free(); else NULL, and `error` (may be NULL) holds kind
 * CTF_ERROR_RULE or CTF_ERROR_LIMIT, the place in the rule in bytes, and the service's text where it is
 * known (8.4; positions in it count characters from 0). CTF_E_PATTERN, CTF_E_LIMIT, CTF_E_ARGUMENT,
 * CTF_E_NOMEM. */
CTF_API ctf_status ctf_rule_compile(ctf_text rule, ctf_text own_name, const ctf_allocator *allocator,
                                    ctf_rule **out, ctf_error *error);
CTF_API void ctf_rule_free(ctf_rule *rule);

/* The distinct children in the order of their first mention: name or ARN as written, quotes and escapes
 * taken away. The view lives as long as the rule; index < count, else it is empty. */
CTF_API size_t ctf_rule_count(const ctf_rule *rule);
CTF_API ctf_text ctf_rule_child(const ctf_rule *rule, size_t index);

/* Do two mentions (names or ARNs) mean one alarm of the same account and Region? An ARN stands for the name
 * behind ":alarm:". */
CTF_API int ctf_alarm_name_equal(ctf_text a, ctf_text b);

/* ALARM when the rule holds for the children's states (one each, by index), else OK (8.2). */
CTF_API ctf_state ctf_rule_evaluate(const ctf_rule *rule, const ctf_state *children);

/* Action suppression (8.6). Times and periods are in any one unit. Everything is in the struct: copy it to
 * save it. An action is due only for a change of the composite that was not acted on yet. */
typedef struct ctf_suppression {
    int64_t wait, extension;
    ctf_state composite, suppressor;
    int64_t wait_until, extension_until; /* INT64_MAX: not running */
    int pending;                         /* 1: the composite changed since its last action; else 0 */
} ctf_suppression;

typedef struct ctf_action {
    int64_t time;
    ctf_state state; /* of the composite */
} ctf_action;

/* Both alarms begin in INSUFFICIENT_DATA. */
CTF_API void ctf_suppression_init(ctf_suppression *suppression, int64_t wait, int64_t extension);

/* The earliest action due at or before `until`: 1 and *out, or 0 when there is none. Ask until 0 before each
 * change at `until`: what is due at the time of a change is acted on before it. */
CTF_API int ctf_suppression_due(ctf_suppression *suppression, int64_t until, ctf_action *out);

/* The composite, or the suppressor, changes to `state` at `time`. The same state again is no change. */
CTF_API void ctf_suppression_composite(ctf_suppression *suppression, int64_t time, ctf_state state);
CTF_API void ctf_suppression_suppressor(ctf_suppression *suppression, int64_t time, ctf_state state);

#ifdef __cplusplus
}
#endif

#endif
