#include "alarm/evaluate.h"

#include "alarm/decisions.h"

int ctf_alarm_breaches(const ctf_alarm *alarm, const ctf_slot *slot)
{
    if (alarm == NULL || slot == NULL)
        return 0;
    double v = slot->value;
    switch (alarm->comparison) {
    case CTF_GREATER_OR_EQUAL:
        return v >= alarm->threshold;
    case CTF_GREATER:
        return v > alarm->threshold;
    case CTF_LESS:
        return v < alarm->threshold;
    case CTF_LESS_OR_EQUAL:
        return v <= alarm->threshold;
    case CTF_OUTSIDE_BAND:
        return v < slot->lower || v > slot->upper;
    case CTF_BELOW_BAND:
        return v < slot->lower;
    case CTF_ABOVE_BAND:
        return v > slot->upper;
    }
    return 0;
}

ctfi_tally ctfi_alarm_count(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots)
{
    ctfi_tally tally = {0};
    for (size_t age = 1; age <= n_slots && tally.real < alarm->evaluation_periods; age++) {
        const ctf_slot *slot = &slots[n_slots - age];
        if (!slot->present)
            continue;
        tally.real++;
        tally.breaching += ctf_alarm_breaches(alarm, slot) != 0;
        tally.low = tally.low || ctf_statistic_is_low(&alarm->statistic, slot->sample_count);
        tally.oldest = age;
    }
    return tally;
}

static void decide(ctf_verdict *v, ctf_rule_used rule, ctf_state state)
{
    v->rule = rule;
    v->state = state;
}

/* Under ignore the previous state, else the given one. */
static void decide_or_keep(ctf_verdict *v, const ctf_alarm *alarm, ctf_rule_used rule, ctf_state state,
                           ctf_state previous)
{
    v->kept = alarm->treat_missing == CTF_TREAT_IGNORE;
    decide(v, rule, v->kept ? previous : state);
}

static ctf_state alarm_if(bool enough)
{
    return enough ? CTF_STATE_ALARM : CTF_STATE_OK;
}

/* Fewer than N real points, and missing ones count as nothing. */
static void judge_unfilled(const ctf_alarm *alarm, const ctfi_tally *tally, ctf_state previous, ctf_verdict *v)
{
    uint32_t m = alarm->datapoints_to_alarm;
    if (tally->breaching >= m)
        decide(v, CTF_RULE_ENOUGH_BREACHING, CTF_STATE_ALARM);
    else if (tally->real == 0)
        decide_or_keep(v, alarm, CTF_RULE_NO_DATA, CTF_STATE_INSUFFICIENT_DATA, previous);
    else if (tally->breaching < tally->real)
        decide(v, CTF_RULE_HEALTHY_POINT, CTF_STATE_OK);
    else if (tally->oldest >= m)
        decide_or_keep(v, alarm, CTF_RULE_PREMATURE, CTF_STATE_ALARM, previous);
    else
        decide_or_keep(v, alarm, CTF_RULE_TOO_YOUNG, CTF_STATE_INSUFFICIENT_DATA, previous);
}

ctf_verdict ctfi_alarm_judge(const ctf_alarm *alarm, const ctfi_tally *tally, ctf_state previous)
{
    uint32_t m = alarm->datapoints_to_alarm, missing = alarm->evaluation_periods - tally->real;
    ctf_verdict v = {.real = tally->real, .missing = missing, .breaching = tally->breaching};
    if (alarm->keep_low_samples && tally->low) {
        v.kept = 1;
        decide(&v, CTF_RULE_LOW_SAMPLES, previous);
    } else if (missing == 0) {
        decide(&v, CTF_RULE_ENOUGH_REAL, alarm_if(tally->breaching >= m));
    } else if (alarm->treat_missing == CTF_TREAT_BREACHING) {
        decide(&v, CTF_RULE_FILL_BREACHING, alarm_if(tally->breaching + missing >= m));
    } else if (alarm->treat_missing == CTF_TREAT_NOT_BREACHING) {
        decide(&v, CTF_RULE_FILL_NOT_BREACHING, alarm_if(tally->breaching >= m));
    } else {
        judge_unfilled(alarm, tally, previous, &v);
    }
    return v;
}

ctf_verdict ctf_alarm_evaluate(const ctf_alarm *alarm, const ctf_slot *slots, size_t n_slots,
                               ctf_state previous)
{
    if (alarm == NULL || (slots == NULL && n_slots > 0))
        return (ctf_verdict){.state = previous, .rule = CTF_RULE_NO_DATA, .kept = 1};
    ctfi_tally tally = ctfi_alarm_count(alarm, slots, n_slots);
    return ctfi_alarm_judge(alarm, &tally, previous);
}
