/* One evaluation: against a second reading of the rules on everything small, and what a caller relies on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "alarm/evaluate.h"
#include "oracle/alarm.h"

#define LONGEST 7

static const char states[] = "IOA"; /* by the values of ctf_state */

static ctf_alarm threshold_alarm(uint32_t m, uint32_t n, ctf_treat_missing treat)
{
    return (ctf_alarm){.period = 300,
                       .evaluation_periods = n,
                       .datapoints_to_alarm = m,
                       .comparison = CTF_GREATER,
                       .threshold = 5,
                       .treat_missing = treat};
}

/* '0' healthy, 'X' breaching, '-' missing. The values of a missing slot would breach. */
static size_t slots_of(const char *pattern, ctf_slot *slots)
{
    size_t n = strlen(pattern);
    for (size_t i = 0; i < n; i++)
        slots[i] = (ctf_slot){.start = (int64_t)i * 300000,
                              .present = pattern[i] != '-',
                              .value = pattern[i] == '0' ? 5 : 6,
                              .sample_count = 1};
    return n;
}

static uint32_t count_of(const char *text, char c)
{
    uint32_t n = 0;
    for (; *text != '\0'; text++)
        n += *text == c;
    return n;
}

/* Is it a rule that fits the counts? A second look at what the verdict tells besides its state. */
static bool rule_fits(const ctf_alarm *alarm, const ctf_verdict *v)
{
    uint32_t m = alarm->datapoints_to_alarm;
    switch (v->rule) {
    case CTF_RULE_ENOUGH_REAL:
        return v->missing == 0 && !v->kept;
    case CTF_RULE_FILL_BREACHING:
        return v->missing > 0 && alarm->treat_missing == CTF_TREAT_BREACHING && !v->kept;
    case CTF_RULE_FILL_NOT_BREACHING:
        return v->missing > 0 && alarm->treat_missing == CTF_TREAT_NOT_BREACHING && !v->kept;
    case CTF_RULE_ENOUGH_BREACHING:
        return v->missing > 0 && v->breaching >= m && v->state == CTF_STATE_ALARM && !v->kept;
    case CTF_RULE_NO_DATA:
        return v->real == 0 && v->kept == (alarm->treat_missing == CTF_TREAT_IGNORE);
    case CTF_RULE_HEALTHY_POINT:
        return v->missing > 0 && v->breaching < v->real && v->state == CTF_STATE_OK && !v->kept;
    case CTF_RULE_PREMATURE:
    case CTF_RULE_TOO_YOUNG:
        return v->real > 0 && v->breaching == v->real && v->breaching < m &&
               v->kept == (alarm->treat_missing == CTF_TREAT_IGNORE);
    case CTF_RULE_LOW_SAMPLES:
        break;
    }
    return false;
}

static void compare(const char *pattern, const ctf_slot *slots, size_t n_slots, const ctf_alarm *alarm, int previous)
{
    ctf_verdict v = ctf_alarm_evaluate(alarm, slots, n_slots, (ctf_state)previous);
    oracle_verdict expected = oracle_alarm_evaluate(&(oracle_alarm){
        pattern, (int)alarm->evaluation_periods, (int)alarm->datapoints_to_alarm, "mibn"[alarm->treat_missing],
        states[previous]});
    if (states[v.state] != expected.state || !rule_fits(alarm, &v) || v.real + v.missing != alarm->evaluation_periods)
        fail_msg("%s, %u of %u, %s, from %c: %c by %s, the oracle says %c", pattern, alarm->datapoints_to_alarm,
                 alarm->evaluation_periods, ctf_treat_missing_name(alarm->treat_missing), states[previous],
                 states[v.state], ctf_rule_used_name(v.rule), expected.state);
    if (alarm->treat_missing == CTF_TREAT_MISSING) {
        assert_int_equal(v.missing, count_of(expected.looked_at, '?'));
        assert_int_equal(v.breaching, count_of(expected.looked_at, 'X'));
    }
}

static size_t compare_settings(const char *pattern)
{
    ctf_slot slots[LONGEST];
    size_t n_slots = slots_of(pattern, slots), compared = 0;
    for (uint32_t n = 1; n <= LONGEST + 1; n++)
        for (uint32_t m = 1; m <= n; m++)
            for (int treat = CTF_TREAT_MISSING; treat <= CTF_TREAT_NOT_BREACHING; treat++)
                for (int previous = 0; previous < 3; previous++, compared++) {
                    ctf_alarm alarm = threshold_alarm(m, n, (ctf_treat_missing)treat);
                    compare(pattern, slots, n_slots, &alarm, previous);
                }
    return compared;
}

/* Ranges of 1 to 7 slots, N to 8, M to N, four treatments, three previous states. */
static void evaluate_agrees_with_the_oracle_on_everything_small(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t length = 1, patterns = 3; length <= LONGEST; length++, patterns *= 3)
        for (size_t p = 0; p < patterns; p++) {
            char pattern[LONGEST + 1] = "";
            for (size_t i = 0, rest = p; i < length; i++, rest /= 3)
                pattern[i] = "0X-"[rest % 3];
            compared += compare_settings(pattern);
        }
    print_message("%zu evaluations compared\n", compared);
    assert_int_equal(compared, 3279 * 36 * 12);
}

static void nothing_but_the_newest_n_real_points_decides(void **state)
{
    (void)state;
    ctf_slot slots[8];
    ctf_alarm alarm = threshold_alarm(2, 3, CTF_TREAT_MISSING);
    ctf_verdict v = ctf_alarm_evaluate(&alarm, slots, slots_of("XXX0-0-X", slots), CTF_STATE_ALARM);
    assert_int_equal(v.state, CTF_STATE_OK);
    assert_int_equal(v.real, 3);
    assert_int_equal(v.breaching, 1);
}

static void no_slots_are_missing_ones(void **state)
{
    (void)state;
    ctf_alarm alarm = threshold_alarm(2, 3, CTF_TREAT_MISSING);
    ctf_verdict v = ctf_alarm_evaluate(&alarm, NULL, 0, CTF_STATE_OK);
    assert_int_equal(v.state, CTF_STATE_INSUFFICIENT_DATA);
    assert_int_equal(v.missing, 3);
}

static void misuse_keeps_the_state(void **state)
{
    (void)state;
    ctf_alarm alarm = threshold_alarm(1, 1, CTF_TREAT_BREACHING);
    ctf_slot slot = {.present = 1, .value = 9};
    for (int previous = 0; previous < 3; previous++) {
        ctf_verdict v = ctf_alarm_evaluate(NULL, &slot, 1, (ctf_state)previous);
        assert_int_equal(v.state, previous);
        assert_int_equal(v.kept, 1);
        assert_int_equal(ctf_alarm_evaluate(&alarm, NULL, 1, (ctf_state)previous).state, previous);
    }
    assert_false(ctf_alarm_breaches(NULL, &slot));
    assert_false(ctf_alarm_breaches(&alarm, NULL));
    assert_false(ctf_statistic_is_low(NULL, 0));
    assert_int_equal(ctf_alarm_range(NULL), 0);
}

/* Values below, at and above the threshold or both bounds; '1' breaches. */
static void each_comparison_is_what_its_name_says(void **state)
{
    (void)state;
    static const struct {
        ctf_comparison comparison;
        const char *breaches; /* of 4, 5, 6, 9, 10, 11 against 5, and the band from 5 to 10 */
    } rows[] = {
        {CTF_GREATER_OR_EQUAL, "011111"}, {CTF_GREATER, "001111"},      {CTF_LESS, "100000"}, {CTF_LESS_OR_EQUAL, "110000"},
        {CTF_OUTSIDE_BAND, "100001"},     {CTF_BELOW_BAND, "100000"},   {CTF_ABOVE_BAND, "000001"},
    };
    static const double values[] = {4, 5, 6, 9, 10, 11};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < 6; k++) {
            ctf_alarm alarm = {.comparison = rows[i].comparison, .threshold = 5};
            ctf_slot slot = {.present = 1, .value = values[k], .lower = 5, .upper = 10};
            assert_int_equal(ctf_alarm_breaches(&alarm, &slot) != 0, rows[i].breaches[k] == '1');
        }
}

static void a_comparison_that_is_none_breaches_nothing(void **state)
{
    (void)state;
    ctf_alarm alarm = {.comparison = (ctf_comparison)99, .threshold = 5};
    for (int value = 4; value <= 6; value++) {
        ctf_slot slot = {.present = 1, .value = value, .lower = 5, .upper = 5};
        assert_false(ctf_alarm_breaches(&alarm, &slot));
    }
}

static void no_tolerance_is_applied(void **state)
{
    (void)state;
    ctf_alarm alarm = {.comparison = CTF_GREATER, .threshold = 0.3};
    ctf_slot slot = {.present = 1, .value = 0.1 + 0.2};
    assert_true(ctf_alarm_breaches(&alarm, &slot));
    slot.value = 0.3;
    assert_false(ctf_alarm_breaches(&alarm, &slot));
}

static void a_nan_breaches_nothing(void **state)
{
    (void)state;
    ctf_slot slot = {.present = 1, .value = (double)NAN, .lower = 1, .upper = 2};
    for (int c = CTF_GREATER_OR_EQUAL; c <= CTF_ABOVE_BAND; c++) {
        ctf_alarm alarm = {.comparison = (ctf_comparison)c, .threshold = 1};
        assert_false(ctf_alarm_breaches(&alarm, &slot));
    }
}

static ctf_alarm percentile_alarm(uint32_t m, uint32_t n)
{
    ctf_alarm alarm = threshold_alarm(m, n, CTF_TREAT_MISSING);
    alarm.keep_low_samples = 1;
    assert_int_equal(ctf_statistic_parse((ctf_text){"p90", 3}, &alarm.statistic, NULL), CTF_OK);
    return alarm;
}

static void one_low_point_that_decides_keeps_the_state(void **state)
{
    (void)state;
    ctf_alarm alarm = percentile_alarm(1, 2);
    ctf_slot slots[4];
    size_t n = slots_of("XXXX", slots);
    for (size_t i = 0; i < n; i++)
        slots[i].sample_count = 100;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).state, CTF_STATE_ALARM);
    slots[2].sample_count = 99;
    ctf_verdict v = ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK);
    assert_int_equal(v.state, CTF_STATE_OK);
    assert_int_equal(v.rule, CTF_RULE_LOW_SAMPLES);
    assert_int_equal(v.kept, 1);
    slots[2].sample_count = 100;
    slots[3].sample_count = 99;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).rule, CTF_RULE_LOW_SAMPLES);
    alarm.keep_low_samples = 0;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).state, CTF_STATE_ALARM);
}

static void a_low_point_that_does_not_decide_is_nothing(void **state)
{
    (void)state;
    ctf_alarm alarm = percentile_alarm(1, 2);
    ctf_slot slots[4];
    size_t n = slots_of("XXXX", slots);
    slots[2].sample_count = slots[3].sample_count = 100;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).state, CTF_STATE_ALARM);
    slots[3].present = 0;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).rule, CTF_RULE_LOW_SAMPLES);
}

static void a_gap_is_not_low(void **state)
{
    (void)state;
    ctf_alarm alarm = percentile_alarm(1, 2);
    ctf_slot slots[2];
    size_t n = slots_of("--", slots);
    slots[0].sample_count = slots[1].sample_count = 1;
    assert_int_equal(ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK).rule, CTF_RULE_NO_DATA);
}

/* The first count that is enough, by the rule in exact fractions. */
static void low_ends_where_the_fraction_says(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t enough;
    } rows[] = {{"p50", 20},    {"p50.0000000001", 21}, {"p49.9999999999", 21}, {"p99", 1000},
                {"p99.9", 10000}, {"p99.9999999999", UINT64_C(10000000000000)}, {"p0.0000000001", UINT64_C(10000000000000)},
                {"p33", 31},    {"p67", 31},            {"p1", 1000},           {"p75", 40}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ctf_statistic statistic;
        assert_int_equal(ctf_statistic_parse((ctf_text){rows[i].name, strlen(rows[i].name)}, &statistic, NULL), CTF_OK);
        assert_true(ctf_statistic_is_low(&statistic, rows[i].enough - 1));
        assert_false(ctf_statistic_is_low(&statistic, rows[i].enough));
    }
}

static void only_percentiles_inside_0_and_100_are_ever_low(void **state)
{
    (void)state;
    static const char *const names[] = {"p0", "p100", "Sum", "Average", "IQM", "tm99", "TM(10%:90%)", "PR(:1)"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ctf_statistic statistic;
        assert_int_equal(ctf_statistic_parse((ctf_text){names[i], strlen(names[i])}, &statistic, NULL), CTF_OK);
        assert_false(ctf_statistic_is_low(&statistic, 0));
    }
}

static ctf_alarm spanning(uint32_t n, uint32_t period)
{
    return (ctf_alarm){.period = period, .evaluation_periods = n};
}

static void a_range_looks_back_five_minutes_or_two_periods(void **state)
{
    (void)state;
    static const uint32_t rows[][3] = {{10, 1, 31}, {20, 1, 16},  {23, 1, 15},  {30, 4, 14},  {60, 3, 8},      {120, 1, 4},
                                       {180, 1, 3}, {240, 2, 4},  {300, 1, 3},  {360, 9, 11},    {604800, 1, 3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ctf_alarm alarm = spanning(rows[i][1], rows[i][0]);
        assert_int_equal(ctf_alarm_range(&alarm), rows[i][2]);
    }
}

static void the_tick_follows_from_period_and_span(void **state)
{
    (void)state;
    static const struct {
        uint32_t n, period;
        int64_t tick;
    } rows[] = {{1, 10, 10000},     {8640, 10, 10000},   {1, 30, 10000},      {1, 60, 60000},      {1440, 60, 60000},
                {24, 3600, 60000},  {25, 3600, 3600000}, {1, 86400, 60000},   {2, 86400, 3600000}, {1, 604800, 3600000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ctf_alarm alarm = spanning(rows[i].n, rows[i].period);
        assert_int_equal(ctf_alarm_tick(&alarm), rows[i].tick);
    }
}

static void no_alarm_has_no_range_and_a_tick_of_a_minute(void **state)
{
    (void)state;
    ctf_alarm unset = spanning(3, 0);
    assert_int_equal(ctf_alarm_range(NULL), 0);
    assert_int_equal(ctf_alarm_range(&unset), 0);
    assert_int_equal(ctf_alarm_tick(NULL), 60000);
    assert_int_equal(ctf_alarm_window_end(NULL, 119999), 60000);
}

static void windows_end_at_ticks_before_1970_and_at_the_ends_of_time_too(void **state)
{
    (void)state;
    ctf_alarm alarm = spanning(1, 300);
    assert_int_equal(ctf_alarm_window_end(&alarm, 119999), 60000);
    assert_int_equal(ctf_alarm_window_end(&alarm, 60000), 60000);
    assert_int_equal(ctf_alarm_window_end(&alarm, -1), -60000);
    assert_int_equal(ctf_alarm_window_end(&alarm, -60000), -60000);
    assert_true(ctf_alarm_window_end(&alarm, INT64_MIN) <= INT64_MIN + 60000);
    assert_true(ctf_alarm_window_end(&alarm, INT64_MAX) > INT64_MAX - 60000);
}

static void names_are_words_for_every_value(void **state)
{
    (void)state;
    for (int i = CTF_RULE_ENOUGH_REAL; i <= CTF_RULE_LOW_SAMPLES; i++)
        assert_string_not_equal(ctf_rule_used_name((ctf_rule_used)i), "unknown");
    assert_string_equal(ctf_rule_used_name((ctf_rule_used)99), "unknown");
    assert_string_equal(ctf_state_name((ctf_state)3), "unknown");
    assert_string_equal(ctf_comparison_name((ctf_comparison)-1), "unknown");
    assert_string_equal(ctf_treat_missing_name((ctf_treat_missing)4), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluate_agrees_with_the_oracle_on_everything_small),
        cmocka_unit_test(nothing_but_the_newest_n_real_points_decides),
        cmocka_unit_test(no_slots_are_missing_ones),
        cmocka_unit_test(misuse_keeps_the_state),
        cmocka_unit_test(each_comparison_is_what_its_name_says),
        cmocka_unit_test(a_comparison_that_is_none_breaches_nothing),
        cmocka_unit_test(no_tolerance_is_applied),
        cmocka_unit_test(a_nan_breaches_nothing),
        cmocka_unit_test(one_low_point_that_decides_keeps_the_state),
        cmocka_unit_test(a_low_point_that_does_not_decide_is_nothing),
        cmocka_unit_test(a_gap_is_not_low),
        cmocka_unit_test(low_ends_where_the_fraction_says),
        cmocka_unit_test(only_percentiles_inside_0_and_100_are_ever_low),
        cmocka_unit_test(a_range_looks_back_five_minutes_or_two_periods),
        cmocka_unit_test(the_tick_follows_from_period_and_span),
        cmocka_unit_test(no_alarm_has_no_range_and_a_tick_of_a_minute),
        cmocka_unit_test(windows_end_at_ticks_before_1970_and_at_the_ends_of_time_too),
        cmocka_unit_test(names_are_words_for_every_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
