/* Replay against looking at every window at every tick (spec: metrics-alarms 4.4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/replay.h>

#include "meter.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)

static uint64_t seed = 11;
static unsigned next_random(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

static ctf_text text_of(const char *text)
{
    ctf_text view = {text, strlen(text)};
    return view;
}

static const ctf_metric metric = {{"CloudTrail", 10}, {"Logins", 6}, NULL, 0, {NULL, 0}};

static ctf_alarm alarm_of(const char *statistic, uint32_t period, uint32_t n, uint32_t m, double threshold,
                          ctf_treat_missing treat)
{
    ctf_alarm alarm = {.metric = metric,
                       .period = period,
                       .evaluation_periods = n,
                       .datapoints_to_alarm = m,
                       .m_is_set = 1,
                       .threshold = threshold,
                       .comparison = CTF_GREATER,
                       .treat_missing = treat};
    assert_int_equal(ctf_statistic_parse(text_of(statistic), &alarm.statistic, NULL), CTF_OK);
    return alarm;
}

static ctf_series *new_series(uint32_t resolution)
{
    ctf_series *series;
    ctf_series_options options = {.size = sizeof options, .resolution = resolution};
    assert_int_equal(ctf_series_new(&options, &series), CTF_OK);
    return series;
}

static void add(ctf_series *series, int64_t time, int64_t arrival, double value)
{
    assert_int_equal(ctf_series_add(series, &metric, time, arrival, value, 1), CTF_OK);
}

/* Transitions as "time from to rule;". */
typedef struct story {
    char text[1 << 16];
    size_t used;
    size_t stop_after;
} story;

static int tell(void *context, const ctf_transition *t)
{
    story *told = context;
    told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used, "%lld %d %d %d %u;",
                                   (long long)t->time, (int)t->from, (int)t->to, (int)t->verdict.rule, t->verdict.real);
    ctf_slot *slots = calloc(t->n_slots, sizeof *slots); /* the exact count of them must be readable */
    memcpy(slots, t->slots, t->n_slots * sizeof *slots);
    free(slots);
    return told->stop_after != 0 && --told->stop_after == 0;
}

/* What the replay is to do, by its definition. */
static void replay_slowly(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop,
                          ctf_state *state, story *told)
{
    int64_t tick = ctf_alarm_tick(alarm), now = start;
    size_t n = ctf_alarm_range(alarm);
    ctf_slot *slots = calloc(n, sizeof *slots);
    while (now % tick != 0)
        now++;
    for (; now < stop; now += tick) {
        assert_int_equal(ctf_alarm_look(alarm, series, now, slots, n), CTF_OK);
        ctf_verdict verdict = ctf_alarm_evaluate(alarm, slots, n, *state);
        if (verdict.state != *state) {
            ctf_transition t = {now, *state, verdict.state, verdict, slots, n};
            tell(told, &t);
            *state = verdict.state;
        }
    }
    free(slots);
}

static story slow_story, fast_story;

static void assert_same(const ctf_alarm *alarm, const ctf_series *series, int64_t start, int64_t stop,
                        ctf_state initial)
{
    ctf_state slow = initial, fast = initial;
    slow_story = (story){.used = 0};
    fast_story = (story){.used = 0};
    replay_slowly(alarm, series, start, stop, &slow, &slow_story);
    int64_t split = start + (int64_t)next_random((unsigned)((stop - start) / 1000)) * 1000;
    assert_int_equal(ctf_alarm_replay(alarm, series, start, split, &fast, tell, &fast_story, NULL), CTF_OK);
    assert_int_equal(ctf_alarm_replay(alarm, series, split, stop, &fast, tell, &fast_story, NULL), CTF_OK);
    assert_string_equal(fast_story.text, slow_story.text);
    assert_int_equal(fast, slow);
    ctf_state whole = initial;
    fast_story = (story){.used = 0};
    assert_int_equal(ctf_alarm_replay(alarm, series, start, stop, &whole, tell, &fast_story, NULL), CTF_OK);
    assert_string_equal(fast_story.text, slow_story.text);
}

static void one_login_rings_by_the_premature_rule_or_not_at_all(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    int64_t login = 500000 * MINUTE + 7000;
    add(series, login, CTF_ON_TIME, 1);
    ctf_alarm alarm = alarm_of("Sum", 300, 3, 2, 0, CTF_TREAT_MISSING);
    ctf_state before = CTF_STATE_INSUFFICIENT_DATA;
    fast_story = (story){.used = 0};
    assert_int_equal(ctf_alarm_replay(&alarm, series, login - HOUR, login + HOUR, &before, tell, &fast_story, NULL),
                     CTF_OK);
    char wanted[200];
    snprintf(wanted, sizeof wanted, "%lld 0 2 %d 1;%lld 2 0 %d 0;", (long long)(500006 * MINUTE), CTF_RULE_PREMATURE,
             (long long)(500026 * MINUTE), CTF_RULE_NO_DATA);
    assert_string_equal(fast_story.text, wanted);
    alarm.treat_missing = CTF_TREAT_NOT_BREACHING;
    before = CTF_STATE_OK;
    fast_story = (story){.used = 0};
    assert_int_equal(ctf_alarm_replay(&alarm, series, login - HOUR, login + HOUR, &before, tell, &fast_story, NULL),
                     CTF_OK);
    assert_string_equal(fast_story.text, "");
    ctf_series_free(series);
}

static void fill(ctf_series *series, int64_t start, int64_t stop, unsigned density, unsigned late, int negative)
{
    for (int64_t minute = start; minute < stop; minute += 10000) {
        if (next_random(100) >= density)
            continue;
        int64_t time = minute + next_random(10000), arrival = CTF_ON_TIME;
        if (next_random(100) < late)
            arrival = time + (int64_t)next_random(1800) * 1000;
        double value = next_random(4) == 0 ? next_random(1000) / 7.0 : (double)next_random(5);
        add(series, time, arrival, negative && next_random(10) == 0 ? -value : value);
    }
}

static void replay_equals_looking_at_every_tick(void **state)
{
    (void)state;
    static const char *const statistics[] = {"Sum", "Average", "SampleCount", "Minimum", "Maximum", "p90", "TM(:2)"};
    static const uint32_t periods[] = {60, 120, 300, 900, 3600};
    for (int round = 0; round < 150; round++) {
        ctf_series *series = new_series(next_random(2) != 0 ? 60 : 10);
        int64_t start = (int64_t)next_random(1000000) * 1000 - INT64_C(500000000), stop = start + 8 * HOUR;
        unsigned density = next_random(3) == 0 ? 1 : next_random(40);
        fill(series, start - HOUR, stop, density, next_random(2) * 30, next_random(2) != 0);
        uint32_t n = 1 + next_random(6);
        ctf_alarm alarm = alarm_of(statistics[next_random(7)], periods[next_random(5)], n, 1 + next_random(n),
                                   next_random(6), (ctf_treat_missing)next_random(4));
        alarm.comparison = (ctf_comparison)next_random(4);
        alarm.keep_low_samples = next_random(4) == 0;
        assert_same(&alarm, series, start, stop, (ctf_state)next_random(3));
        ctf_series_free(series);
    }
}

/* Deals the samples of a day out to four series and merges them in a random order. */
static ctf_series *dealt_and_merged(const int64_t *times, const int64_t *arrivals, const double *values, size_t n)
{
    ctf_series *parts[4];
    for (size_t i = 0; i < 4; i++)
        parts[i] = new_series(60);
    for (size_t i = 0; i < n; i++)
        add(parts[next_random(4)], times[i], arrivals[i], values[i]);
    for (size_t left = 4; left > 1; left--) {
        size_t from = next_random((unsigned)left), into = (from + 1 + next_random((unsigned)left - 1)) % left;
        assert_int_equal(ctf_series_merge(parts[into], parts[from]), CTF_OK);
        ctf_series_free(parts[from]);
        parts[from] = parts[left - 1];
    }
    return parts[0];
}

static void a_replay_of_any_partition_merged_is_the_replay_of_the_whole(void **state)
{
    (void)state;
    enum { n = 600 };
    static int64_t times[n], arrivals[n];
    static double values[n];
    for (int round = 0; round < 60; round++) {
        ctf_series *whole = new_series(60);
        for (size_t i = 0; i < n; i++) {
            times[i] = (int64_t)next_random(24 * 3600) * 1000;
            arrivals[i] = next_random(4) == 0 ? times[i] + (int64_t)next_random(1800) * 1000 : CTF_ON_TIME;
            values[i] = next_random(3) == 0 ? 0.1 * next_random(100) : next_random(4);
            add(whole, times[i], arrivals[i], values[i]);
        }
        ctf_series *merged = dealt_and_merged(times, arrivals, values, n);
        ctf_alarm alarm = alarm_of(round % 3 ? "Sum" : "p90", 300, 3, 2, round % 3 ? 4 : 2.5,
                                   (ctf_treat_missing)next_random(4));
        ctf_state one = CTF_STATE_OK, other = CTF_STATE_OK;
        slow_story = (story){.used = 0};
        fast_story = (story){.used = 0};
        assert_int_equal(ctf_alarm_replay(&alarm, whole, 0, 25 * HOUR, &one, tell, &slow_story, NULL), CTF_OK);
        assert_int_equal(ctf_alarm_replay(&alarm, merged, 0, 25 * HOUR, &other, tell, &fast_story, NULL), CTF_OK);
        assert_true(slow_story.used > 0);
        assert_string_equal(fast_story.text, slow_story.text);
        ctf_series_free(whole);
        ctf_series_free(merged);
    }
}

static void short_periods_and_periods_of_more_than_a_day_equal_it_too(void **state)
{
    (void)state;
    static const struct {
        uint32_t period, n, resolution;
        int64_t hours;
    } cases[] = {{10, 3, 10, 1},      {20, 70, 10, 1},    {30, 130, 10, 1},  {3600, 30, 60, 40},
                 {86400, 2, 60, 100}, {5400, 20, 60, 40}, {60, 100, 60, 4}, {86400, 1, 60, 30}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int round = 0; round < 3; round++) {
            ctf_series *series = new_series(cases[i].resolution);
            int64_t start = 900000 * MINUTE, stop = start + cases[i].hours * HOUR;
            fill(series, start - 3 * HOUR, stop, 1 + next_random(60), round % 2 != 0 ? 20 : 0, 0);
            ctf_alarm alarm = alarm_of("Sum", cases[i].period, cases[i].n, 1 + next_random(cases[i].n), 1,
                                       (ctf_treat_missing)next_random(4));
            assert_same(&alarm, series, start, stop, (ctf_state)next_random(3));
            ctf_series_free(series);
        }
    }
}

static void sums_that_round_are_exact_all_the_same(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    static const double values[] = {0x1p53, 1, -0x1p53, 0x1p-200, 0.1, 0.2, 0.3, -0.6};
    for (int64_t minute = 0; minute < 300; minute++)
        add(series, minute * MINUTE, CTF_ON_TIME, values[next_random(8)]);
    for (int round = 0; round < 40; round++) {
        static const double thresholds[] = {0, 0x1p53, 0.6, 1e-70};
        ctf_alarm alarm = alarm_of(round % 2 ? "Sum" : "Average", 60 * (1 + next_random(10)), 1, 1,
                                   thresholds[next_random(4)], CTF_TREAT_MISSING);
        assert_same(&alarm, series, 0, 5 * HOUR, CTF_STATE_OK);
    }
    ctf_series_free(series);
}

static void a_stretch_of_a_thousand_years_costs_nothing(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    int64_t year = 365 * 24 * HOUR;
    add(series, -500 * year, CTF_ON_TIME, 1);
    add(series, 500 * year, 500 * year + HOUR, 1);
    ctf_alarm alarm = alarm_of("Sum", 60, 1, 1, 0, CTF_TREAT_NOT_BREACHING);
    ctf_state now = CTF_STATE_INSUFFICIENT_DATA;
    fast_story = (story){.used = 0};
    assert_int_equal(ctf_alarm_replay(&alarm, series, -8000 * year, 8000 * year, &now, tell, &fast_story, NULL),
                     CTF_OK);
    assert_int_equal(now, CTF_STATE_OK);
    char wanted[300];
    snprintf(wanted, sizeof wanted, "%lld 0 1 %d 0;%lld 1 2 %d 1;%lld 2 1 %d 0;", (long long)(-8000 * year),
             CTF_RULE_FILL_NOT_BREACHING, (long long)(-500 * year + MINUTE), CTF_RULE_ENOUGH_REAL,
             (long long)(-500 * year + 7 * MINUTE), CTF_RULE_FILL_NOT_BREACHING);
    assert_string_equal(fast_story.text, wanted); /* the second came an hour late: out of sight by then */
    ctf_series_free(series);
}

static void a_callback_can_stop_it(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    for (int64_t minute = 0; minute < 100; minute += 20)
        add(series, minute * MINUTE, CTF_ON_TIME, 1);
    ctf_alarm alarm = alarm_of("Sum", 60, 1, 1, 0, CTF_TREAT_NOT_BREACHING);
    ctf_state now = CTF_STATE_OK;
    fast_story = (story){.stop_after = 3};
    assert_int_equal(ctf_alarm_replay(&alarm, series, 0, 2 * HOUR, &now, tell, &fast_story, NULL), CTF_E_STOPPED);
    assert_int_equal(now, CTF_STATE_ALARM);
    assert_int_equal(ctf_alarm_replay(&alarm, series, 0, 2 * HOUR, &now, NULL, NULL, NULL), CTF_OK);
    ctf_series_free(series);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    ctf_alarm alarm = alarm_of("Sum", 60, 1, 1, 0, CTF_TREAT_MISSING), fast = alarm_of("Sum", 10, 1, 1, 0, CTF_TREAT_MISSING);
    ctf_state now = CTF_STATE_OK;
    ctf_slot slot;
    assert_int_equal(ctf_alarm_replay(NULL, series, 0, 1, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, NULL, 0, 1, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, 0, 1, NULL, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, INT64_MIN, 1, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, 0, INT64_MAX, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&fast, series, 0, 1, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, 5, 5, &now, NULL, NULL, NULL), CTF_OK);
    assert_int_equal(ctf_alarm_look(&fast, series, 0, &slot, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_look(&alarm, series, INT64_MAX, &slot, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_look(&alarm, series, 0, NULL, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_look(&alarm, series, 61000, &slot, 1), CTF_OK);
    assert_true(slot.start == 0 && !slot.present);
    ctf_series_free(series);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    ctf_series *series = new_series(60);
    fill(series, 0, 2 * HOUR, 30, 50, 0);
    ctf_alarm alarm = alarm_of("Sum", 300, 2, 1, 3, CTF_TREAT_MISSING);
    ctf_status status = CTF_E_NOMEM;
    for (size_t at = 1; status == CTF_E_NOMEM; at++) {
        meter m = {.fail_at = at};
        ctf_allocator allocator = {metered, &m};
        ctf_state now = CTF_STATE_OK;
        status = ctf_alarm_replay(&alarm, series, 0, 2 * HOUR, &now, NULL, NULL, &allocator);
        assert_true(status == CTF_OK || status == CTF_E_NOMEM);
        assert_int_equal(m.live, 0);
        assert_true(status == CTF_E_NOMEM || at > 3);
    }
    ctf_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_login_rings_by_the_premature_rule_or_not_at_all),
        cmocka_unit_test(replay_equals_looking_at_every_tick),
        cmocka_unit_test(a_replay_of_any_partition_merged_is_the_replay_of_the_whole),
        cmocka_unit_test(short_periods_and_periods_of_more_than_a_day_equal_it_too),
        cmocka_unit_test(sums_that_round_are_exact_all_the_same),
        cmocka_unit_test(a_stretch_of_a_thousand_years_costs_nothing),
        cmocka_unit_test(a_callback_can_stop_it),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
