#include "engine_alarm.h"

#include <stdlib.h>

#include "base/time.h"
#include "diag.h"
#include "engine_request.h"

#define MOST_PERIODS 1000000 /* that a request may name; the service's limit is far below */
#define MOST_SECONDS 604800

/* A slot for each element of a request. */
typedef struct slot_list {
    ctf_slot *slots;
    size_t n;
} slot_list;

static bool read_period(const json_value *value, ctf_alarm *alarm)
{
    int64_t period;
    if (!request_whole(value, 10, MOST_SECONDS, &period) ||
        (period % 60 != 0 && period != 10 && period != 20 && period != 30))
        return false;
    alarm->period = (uint32_t)period;
    return true;
}

static bool read_m_of_n(const json_value *request, ctf_alarm *alarm)
{
    const json_value *m_value = json_get(request, "datapoints_to_alarm");
    int64_t n, m;
    if (!request_whole(json_get(request, "evaluation_periods"), 1, MOST_PERIODS, &n))
        return false;
    alarm->evaluation_periods = alarm->datapoints_to_alarm = (uint32_t)n;
    alarm->m_is_set = request_has(m_value);
    if (!alarm->m_is_set)
        return true;
    if (!request_whole(m_value, 1, n, &m))
        return false;
    alarm->datapoints_to_alarm = (uint32_t)m;
    return true;
}

static bool read_threshold(const json_value *request, ctf_alarm *alarm)
{
    return request_comparison(json_get(request, "comparison"), &alarm->comparison) &&
           (alarm->comparison >= CTF_OUTSIDE_BAND ||
            request_number(json_get(request, "threshold"), &alarm->threshold));
}

bool engine_read_alarm(const json_value *request, ctf_alarm *alarm, json_out *out)
{
    const json_value *period = json_get(request, "period"), *treatment = json_get(request, "treat_missing");
    *alarm = (ctf_alarm){.period = 60};
    if (!read_m_of_n(request, alarm))
        engine_refuse(out, "evaluation_periods is 1 to 1000000, datapoints_to_alarm between 1 and that, or null");
    else if (!read_threshold(request, alarm))
        engine_refuse(out, "comparison is the service's word for one, threshold a number");
    else if (request_has(treatment) && !request_treatment(treatment, &alarm->treat_missing))
        engine_refuse(out, "treat_missing is missing, ignore, breaching or notBreaching");
    else if (period != NULL && !read_period(period, alarm))
        engine_refuse(out, "period is 10, 20, 30 or a multiple of 60 up to 604800");
    else
        return true;
    return false;
}

/* The next element of an array of bounds, which `*bound` walks. */
static bool read_bound(const json_value **bound, double *out)
{
    if (*bound == NULL || (request_has(*bound) && !request_number(*bound, out)))
        return false;
    *bound = (*bound)->next;
    return true;
}

static bool read_slot(const json_value *value, ctf_slot *slot)
{
    slot->sample_count = 1;
    slot->present = request_has(value);
    return !slot->present || request_number(value, &slot->value);
}

static bool read_slots(const json_value *datapoints, const json_value *lower, const json_value *upper,
                       slot_list *list)
{
    if (!json_is(datapoints, JSON_ARRAY))
        return false;
    *list = (slot_list){need(datapoints->n + 1, sizeof *list->slots), 0};
    const json_value *low = lower == NULL ? NULL : lower->first, *high = upper == NULL ? NULL : upper->first;
    for (const json_value *value = datapoints->first; value != NULL; value = value->next) {
        ctf_slot *slot = &list->slots[list->n++];
        if (!read_slot(value, slot) || (lower != NULL && !read_bound(&low, &slot->lower)) ||
            (upper != NULL && !read_bound(&high, &slot->upper))) {
            free(list->slots);
            return false;
        }
    }
    return true;
}

/* Reads a request's slots; a band needs both bounds. */
static bool read_seen(const json_value *request, const ctf_alarm *alarm, slot_list *list, json_out *out)
{
    const json_value *lower = json_get(request, "lower"), *upper = json_get(request, "upper");
    bool band = alarm->comparison >= CTF_OUTSIDE_BAND;
    if ((!band || (lower != NULL && upper != NULL)) &&
        read_slots(json_get(request, "datapoints"), band ? lower : NULL, band ? upper : NULL, list))
        return true;
    engine_refuse(out, "datapoints is an array of numbers and nulls; "
                       "a band has a lower and an upper bound for each");
    return false;
}

void engine_alarm(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_alarm alarm;
    ctf_state previous;
    slot_list seen;
    (void)engine;
    if (!engine_read_alarm(request, &alarm, out))
        return;
    if (!request_state(json_get(request, "previous_state"), &previous)) {
        engine_refuse(out, "previous_state is OK, ALARM or INSUFFICIENT_DATA");
        return;
    }
    if (!read_seen(request, &alarm, &seen, out))
        return;
    json_key(out, "state");
    engine_state(out, ctf_alarm_evaluate(&alarm, seen.slots, seen.n, previous).state);
    free(seen.slots);
}

static bool sequence_is_good(const json_value *steps)
{
    slot_list seen;
    if (!json_is(steps, JSON_ARRAY))
        return false;
    for (const json_value *step = steps->first; step != NULL; step = step->next) {
        if (!read_slots(json_get(step, "datapoints"), NULL, NULL, &seen))
            return false;
        free(seen.slots);
    }
    return true;
}

static void run_sequence(const ctf_alarm *alarm, ctf_state state, const json_value *steps, json_out *out)
{
    slot_list seen;
    json_key(out, "states");
    json_open(out, '[');
    for (const json_value *step = steps->first;
         step != NULL && read_slots(json_get(step, "datapoints"), NULL, NULL, &seen); step = step->next) {
        state = ctf_alarm_evaluate(alarm, seen.slots, seen.n, state).state;
        engine_state(out, state);
        free(seen.slots);
    }
    json_close(out, ']');
}

void engine_alarm_seq(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *steps = json_get(request, "steps");
    ctf_alarm alarm;
    ctf_state initial;
    (void)engine;
    if (!engine_read_alarm(request, &alarm, out))
        return;
    if (!request_state(json_get(request, "initial_state"), &initial) || alarm.comparison >= CTF_OUTSIDE_BAND ||
        !sequence_is_good(steps)) {
        engine_refuse(out, "a sequence has an initial_state and steps, each with datapoints, and no band");
        return;
    }
    run_sequence(&alarm, initial, steps, out);
}

static bool read_schedule(const json_value *request, ctf_alarm *alarm, json_out *out)
{
    *alarm = (ctf_alarm){0};
    if (read_period(json_get(request, "period"), alarm) && read_m_of_n(request, alarm))
        return true;
    engine_refuse(out, "period is 10, 20, 30 or a multiple of 60 up to 604800, evaluation_periods 1 to 1000000");
    return false;
}

void engine_range(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_alarm alarm;
    (void)engine;
    if (!read_schedule(request, &alarm, out))
        return;
    json_key(out, "slots");
    json_unsigned(out, ctf_alarm_range(&alarm));
}

static void print_time(json_out *out, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    size_t length = ctfi_time_print(time, text);
    json_string(out, (ctf_text){(const char *)text, length});
}

void engine_window(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_alarm alarm;
    int64_t now, count;
    (void)engine;
    if (!read_schedule(request, &alarm, out))
        return;
    if (!request_time(json_get(request, "now"), &now) ||
        !request_whole(json_get(request, "count"), 0, 10000, &count) ||
        !json_is_text(json_get(request, "mode"), "sliding")) {
        engine_refuse(out, "a window request has a time now, a count and the mode sliding");
        return;
    }
    int64_t start = ctf_alarm_window_end(&alarm, now);
    json_key(out, "starts_newest_first");
    json_open(out, '[');
    for (int64_t i = 0; i < count; i++)
        print_time(out, start -= (int64_t)alarm.period * 1000);
    json_close(out, ']');
}

/* One slot, one period: the state under the policy. */
static void judge_low_sample(const json_value *request, ctf_alarm *alarm, uint64_t sample_count, json_out *out)
{
    const json_value *policy = json_get(request, "policy");
    ctf_slot slot = {.present = 1, .sample_count = sample_count};
    ctf_state previous;
    alarm->evaluation_periods = alarm->datapoints_to_alarm = 1;
    alarm->keep_low_samples = json_is_text(policy, "ignore");
    if ((request_has(policy) && !alarm->keep_low_samples && !json_is_text(policy, "evaluate")) ||
        !read_threshold(request, alarm) || alarm->comparison >= CTF_OUTSIDE_BAND ||
        !request_number(json_get(request, "value"), &slot.value) ||
        !request_state(json_get(request, "previous_state"), &previous)) {
        engine_refuse(out, "a policy is evaluate, ignore or null, with value, threshold, comparison and "
                           "previous_state");
        return;
    }
    json_key(out, "state");
    engine_state(out, ctf_alarm_evaluate(alarm, &slot, 1, previous).state);
}

void engine_lowsample(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_alarm alarm = {.period = 60};
    ctf_text name;
    int64_t samples;
    ctf_error error;
    (void)engine;
    if (!request_text(json_get(request, "percentile"), &name) ||
        !request_whole(json_get(request, "sample_count"), 0, INT64_MAX, &samples)) {
        engine_refuse(out, "a lowsample request has a percentile and a sample_count");
    } else if (ctf_statistic_parse(name, &alarm.statistic, &error) != CTF_OK) {
        engine_fail(out, &error);
    } else if (json_get(request, "policy") != NULL) {
        judge_low_sample(request, &alarm, (uint64_t)samples, out);
    } else {
        json_key(out, "low");
        json_boolean(out, ctf_statistic_is_low(&alarm.statistic, (uint64_t)samples));
    }
}
