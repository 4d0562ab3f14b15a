/* replay.h and composite.h: looking, replaying, rules. */
#include <ctfilter/composite.h>
#include <ctfilter/replay.h>

#include "faults.h"

#define MINUTE INT64_C(60000)

typedef struct subject {
    ctf_alarm alarm;
    ctf_series *series;
    size_t changes;
} subject;

/* A percentile of late samples, which needs all that a replay may hold. */
static void *prepare(const ctf_allocator *allocator)
{
    const ctf_series_options options = {.size = sizeof options, .allocator = allocator};
    const ctf_alarm_input input = {.alarm_name = view("a"), .name_space = view("N"), .metric_name = view("M"),
                                   .extended_statistic = view("p50"), .has_period = 1, .period = 300,
                                   .has_evaluation_periods = 1, .evaluation_periods = 3, .has_threshold = 1,
                                   .threshold = 3, .comparison_operator = view("GreaterThanThreshold")};
    subject *s = fault_subject(sizeof *s);
    assert_int_equal(ctf_alarm_read(&input, &s->alarm, NULL), CTF_OK);
    assert_int_equal(ctf_series_new(&options, &s->series), CTF_OK);
    for (int64_t i = 0; i < 60; i++) {
        int64_t time = i * 2 * MINUTE, arrival = i % 3 == 0 ? time + (i % 20) * MINUTE : CTF_ON_TIME;
        assert_int_equal(ctf_series_add(s->series, &s->alarm.metric, time, arrival, (double)(i / 10), 1), CTF_OK);
    }
    return s;
}

static void *prepare_sum(const ctf_allocator *allocator)
{
    subject *s = prepare(allocator);
    assert_int_equal(ctf_statistic_parse(view("Sum"), &s->alarm.statistic, NULL), CTF_OK);
    return s;
}

static void release(void *context)
{
    subject *s = context;
    ctf_series_free(s->series);
    free(s);
}

static ctf_status look(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    ctf_slot slots[8];
    (void)allocator;
    return ctf_alarm_look(&s->alarm, s->series, 90 * MINUTE, slots, COUNT_OF(slots));
}

static void looks_again(void *context)
{
    assert_int_equal(look(context, NULL), CTF_OK);
}

static int hear(void *context, const ctf_transition *transition)
{
    subject *s = context;
    (void)transition;
    s->changes++;
    return 0;
}

static ctf_status replay(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    ctf_state state = CTF_STATE_INSUFFICIENT_DATA;
    return ctf_alarm_replay(&s->alarm, s->series, 0, 200 * MINUTE, &state, hear, s, allocator);
}

static void replays_again(void *context)
{
    subject *s = context;
    s->changes = 0;
    assert_int_equal(replay(context, NULL), CTF_OK);
    assert_true(s->changes >= 2);
}

static ctf_status compile_rule(void *context, const ctf_allocator *allocator)
{
    static const char text[] = "(ALARM(a) OR NOT OK(\"b \\\"c\\\"\")) AND AT_LEAST(50%, NOT ALARM, (d, e, f, g, h, "
                               "\"i\", j, k, l, m)) AND (TRUE OR NOT (FALSE)) OR INSUFFICIENT_DATA("
                               "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:n)";
    ctf_rule *rule;
    ctf_error error;
    (void)context;
    ctf_status status = ctf_rule_compile(view(text), view("own"), allocator, &rule, &error);
    assert_true((rule != NULL) == (status == CTF_OK));
    assert_true(rule == NULL || ctf_rule_count(rule) == 13);
    ctf_rule_free(rule);
    return fault_told(status, &error);
}

const fault faults_alarm[] = {
    {"ctf_alarm_look", prepare, look, looks_again, release, NULL},
    {"ctf_alarm_replay", prepare, replay, replays_again, release, NULL},
    {"ctf_alarm_replay", prepare_sum, replay, replays_again, release, NULL},
    {"ctf_rule_compile", NULL, compile_rule, NULL, NULL, NULL},
};
const size_t n_faults_alarm = COUNT_OF(faults_alarm);
