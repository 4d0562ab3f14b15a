/* Reasons, reason data and history items of verdicts that were really reached. The recorded texts stand in
 * tests/cases/alarm/reasons.cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/alarm.h>

#define START INT64_C(1735689600000) /* 2025-01-01T00:00:00Z */
#define MINUTE INT64_C(60000)
#define MANY 8640

static ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static ctf_alarm sum_alarm(uint32_t m, uint32_t n, ctf_treat_missing treat)
{
    return (ctf_alarm){.statistic_name = text_of("Sum"),
                       .period = 60,
                       .evaluation_periods = n,
                       .datapoints_to_alarm = m,
                       .m_is_set = 1,
                       .comparison = CTF_GREATER,
                       .threshold = 5,
                       .treat_missing = treat};
}

/* '0' is 1, 'X' is 9, '-' is missing; the first slot starts at START. */
static size_t slots_of(const char *pattern, ctf_slot *slots)
{
    size_t n = strlen(pattern);
    for (size_t i = 0; i < n; i++)
        slots[i] = (ctf_slot){.start = START + (int64_t)i * MINUTE,
                              .present = pattern[i] != '-',
                              .value = pattern[i] == 'X' ? 9 : 1,
                              .lower = 2,
                              .upper = 5,
                              .sample_count = 3};
    return n;
}

static void assert_reason(const ctf_alarm *alarm, const char *pattern, ctf_state previous, const char *expected)
{
    ctf_slot slots[16];
    char got[CTF_MAX_REASON + 1];
    size_t n = slots_of(pattern, slots);
    ctf_verdict v = ctf_alarm_evaluate(alarm, slots, n, previous);
    assert_int_equal(ctf_alarm_reason(alarm, slots, n, &v, got, sizeof got), strlen(expected));
    assert_string_equal(got, expected);
}

static void assert_data(const ctf_alarm *alarm, const char *pattern, const char *expected)
{
    ctf_slot slots[16];
    char got[CTF_MAX_REASON_DATA + 1];
    size_t n = slots_of(pattern, slots);
    ctf_verdict v = ctf_alarm_evaluate(alarm, slots, n, CTF_STATE_OK);
    int64_t query_date = START + (int64_t)n * MINUTE + 12345;
    assert_int_equal(ctf_alarm_reason_data(alarm, slots, n, &v, query_date, got, sizeof got), strlen(expected));
    assert_string_equal(got, expected);
}

static void only_points_that_decided_are_told(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(2, 3, CTF_TREAT_MISSING);
    assert_reason(&alarm, "XX0X-X", CTF_STATE_OK,
                  "Threshold Crossed: 2 out of the last 3 datapoints [9.0 (01/01/25 00:05:00), 9.0 (01/01/25 "
                  "00:03:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM "
                  "transition).");
}

static void the_premature_rule_tells_its_lone_point(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(3, 3, CTF_TREAT_MISSING);
    assert_reason(&alarm, "--X--", CTF_STATE_INSUFFICIENT_DATA,
                  "Threshold Crossed: 1 out of the last 3 datapoints [9.0 (01/01/25 00:02:00)] was greater than "
                  "the threshold (5.0) (minimum 3 datapoints for OK -> ALARM transition).");
}

static void a_state_that_is_kept_has_no_new_reason(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(3, 3, CTF_TREAT_IGNORE);
    assert_reason(&alarm, "--X--", CTF_STATE_ALARM, "");
    assert_reason(&alarm, "-----", CTF_STATE_INSUFFICIENT_DATA, "");
    assert_data(&alarm, "-----", "");
}

static void a_text_that_does_not_fit_is_cut_and_counted(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(1, 1, CTF_TREAT_MISSING);
    ctf_slot slot = {.start = START, .present = 1, .value = 9, .sample_count = 1};
    ctf_verdict v = ctf_alarm_evaluate(&alarm, &slot, 1, CTF_STATE_OK);
    char whole[1024];
    size_t length = ctf_alarm_reason(&alarm, &slot, 1, &v, whole, sizeof whole);
    assert_int_equal(ctf_alarm_reason(&alarm, &slot, 1, &v, NULL, 0), length);
    for (size_t size = 1; size <= length + 2; size++) {
        char *cut = malloc(size);
        assert_int_equal(ctf_alarm_reason(&alarm, &slot, 1, &v, cut, size), length);
        assert_memory_equal(cut, whole, size <= length ? size - 1 : length + 1);
        assert_int_equal(cut[size <= length ? size - 1 : length], '\0');
        free(cut);
    }
}

static void nothing_given_gives_an_empty_text(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(1, 1, CTF_TREAT_MISSING);
    ctf_verdict v = {.state = CTF_STATE_OK};
    char text[8] = "x";
    assert_int_equal(ctf_alarm_reason(NULL, NULL, 0, &v, text, sizeof text), 0);
    assert_string_equal(text, "");
    assert_int_equal(ctf_alarm_reason(&alarm, NULL, 0, NULL, text, sizeof text), 0);
    assert_int_equal(ctf_alarm_reason_data(NULL, NULL, 0, &v, 0, text, sizeof text), 0);
    assert_int_equal(ctf_alarm_history_data(NULL, NULL, text, sizeof text), 0);
}

/* Everything at its longest: the widest double, the most periods, a band. */
static void no_reason_passes_its_limit(void **state)
{
    (void)state;
    ctf_slot *slots = calloc(MANY, sizeof *slots);
    ctf_alarm alarm = sum_alarm(8, MANY, CTF_TREAT_NOT_BREACHING);
    alarm.comparison = CTF_OUTSIDE_BAND;
    for (size_t i = 0; i < MANY; i++)
        slots[i] = (ctf_slot){.start = INT64_MIN + (int64_t)i,
                              .present = i > 0,
                              .value = -1.7976931348623157E308,
                              .lower = -1.7976931348623157E308,
                              .upper = -2.2250738585072014E-308};
    ctf_verdict v = ctf_alarm_evaluate(&alarm, slots, MANY, CTF_STATE_OK);
    size_t length = ctf_alarm_reason(&alarm, slots, MANY, &v, NULL, 0);
    assert_int_equal(v.state, CTF_STATE_OK);
    assert_true(length > 600 && length < CTF_MAX_REASON);
    free(slots);
}

static void data_of_an_alarm_names_the_points_that_decided(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(2, 3, CTF_TREAT_MISSING);
    alarm.metric.unit = text_of("Count");
    assert_data(&alarm, "XX0X-X",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:06:12.345+0000\",\"startDate\":\"2025-01-01T00:02:00.000+0000\","
                "\"unit\":\"Count\",\"statistic\":\"Sum\",\"period\":60,\"recentDatapoints\":[1.0,9.0,9.0],\"threshold\":5.0,"
                "\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:05:00.000+0000\",\"sampleCount\":3.0,\"value\":9.0},"
                "{\"timestamp\":\"2025-01-01T00:03:00.000+0000\",\"sampleCount\":3.0,\"value\":9.0}]}");
}

static void data_of_ok_names_n_less_m_and_one_more(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(3, 3, CTF_TREAT_MISSING);
    assert_data(&alarm, "00X",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:03:12.345+0000\",\"startDate\":\"2025-01-01T00:00:00.000+0000\","
                "\"statistic\":\"Sum\",\"period\":60,\"recentDatapoints\":[1.0,1.0,9.0],\"threshold\":5.0,"
                "\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:01:00.000+0000\",\"sampleCount\":3.0,\"value\":1.0}]}");
}

static void data_without_points_has_n_bare_timestamps_and_no_start(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(2, 2, CTF_TREAT_MISSING);
    assert_data(&alarm, "----",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:04:12.345+0000\",\"statistic\":\"Sum\",\"period\":60,"
                "\"recentDatapoints\":[],\"threshold\":5.0,\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:03:00.000+0000\"},"
                "{\"timestamp\":\"2025-01-01T00:02:00.000+0000\"}]}");
}

static void data_of_a_filled_verdict_has_the_newest_missing_points(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(2, 3, CTF_TREAT_BREACHING);
    assert_data(&alarm, "-X-0-",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:05:12.345+0000\",\"startDate\":\"2025-01-01T00:01:00.000+0000\","
                "\"statistic\":\"Sum\",\"period\":60,\"recentDatapoints\":[9.0,1.0],\"threshold\":5.0,"
                "\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:04:00.000+0000\"},"
                "{\"timestamp\":\"2025-01-01T00:01:00.000+0000\",\"sampleCount\":3.0,\"value\":9.0}]}");
}

static void data_of_a_band_has_bounds_and_no_threshold(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(2, 2, CTF_TREAT_MISSING);
    alarm.comparison = CTF_OUTSIDE_BAND;
    assert_data(&alarm, "0X",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:02:12.345+0000\",\"startDate\":\"2025-01-01T00:00:00.000+0000\","
                "\"statistic\":\"Sum\",\"period\":60,\"recentDatapoints\":[1.0,9.0],\"recentLowerThresholds\":[2.0,2.0],"
                "\"recentUpperThresholds\":[5.0,5.0],\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:01:00.000+0000\","
                "\"sampleCount\":3.0,\"value\":9.0,\"threshold\":5.0},{\"timestamp\":\"2025-01-01T00:00:00.000+0000\","
                "\"sampleCount\":3.0,\"value\":1.0,\"threshold\":2.0}]}");
}

static void names_in_the_data_are_escaped(void **state)
{
    (void)state;
    ctf_alarm alarm = sum_alarm(1, 1, CTF_TREAT_MISSING);
    alarm.statistic_name = text_of("\"\\\n\xC3\xA9\xFF");
    assert_data(&alarm, "-",
                "{\"version\":\"1.0\",\"queryDate\":\"2025-01-01T00:01:12.345+0000\",\"statistic\":\"\\\"\\\\\\u000a\xC3\xA9\xEF\xBF\xBD\","
                "\"period\":60,\"recentDatapoints\":[],\"threshold\":5.0,\"evaluatedDatapoints\":[{\"timestamp\":\"2025-01-01T00:00:00.000+0000\"}]}");
}

/* The verdict of n breaching points, the newest being the largest. */
static char *long_data(size_t n, size_t *length)
{
    ctf_slot *slots = calloc(n, sizeof *slots);
    ctf_alarm alarm = sum_alarm((uint32_t)n, (uint32_t)n, CTF_TREAT_MISSING);
    char *text = malloc(CTF_MAX_REASON_DATA + 1);
    for (size_t i = 0; i < n; i++)
        slots[i] = (ctf_slot){.start = START + (int64_t)i * MINUTE, .present = 1, .value = 100 + (double)i, .sample_count = 1};
    ctf_verdict v = ctf_alarm_evaluate(&alarm, slots, n, CTF_STATE_OK);
    *length = ctf_alarm_reason_data(&alarm, slots, n, &v, START, text, CTF_MAX_REASON_DATA + 1);
    free(slots);
    return text;
}

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        n++;
    return n;
}

static void long_data_goes_without_its_oldest_points(void **state)
{
    (void)state;
    for (size_t n = 40; n <= MANY; n += n < 60 ? 1 : 2860) {
        size_t length;
        char *text = long_data(n, &length), newest[32];
        size_t points = count_of(text, "\"value\":");
        assert_true(length <= CTF_MAX_REASON_DATA && length == strlen(text));
        assert_string_equal(text + length - 3, "}]}");
        assert_true(points == n || length > CTF_MAX_REASON_DATA - 100); /* one more would not have fitted */
        snprintf(newest, sizeof newest, "%zu.0],\"threshold\"", 99 + n);
        assert_non_null(strstr(text, newest));
        assert_non_null(strstr(text, "\"startDate\":\"2025-01-01T00:00:00.000+0000\""));
        free(text);
    }
}

static void a_history_item_tells_of_both_states(void **state)
{
    (void)state;
    ctf_state_told from = {CTF_STATE_INSUFFICIENT_DATA, text_of(CTF_INITIAL_REASON), {NULL, 0}};
    ctf_state_told to = {CTF_STATE_OK, text_of("a \"reason\""), text_of("{\"version\":\"1.0\"}")};
    char text[512];
    size_t length = ctf_alarm_history_data(&from, &to, text, sizeof text);
    assert_string_equal(text, "{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\"INSUFFICIENT_DATA\",\"stateReason\":\"Unchecked: "
                              "Initial alarm creation\"},\"newState\":{\"stateValue\":\"OK\",\"stateReason\":\"a \\\"reason\\\"\","
                              "\"stateReasonData\":{\"version\":\"1.0\"}}}");
    assert_int_equal(length, strlen(text));
    ctf_alarm_history_summary(CTF_STATE_OK, CTF_STATE_ALARM, text, sizeof text);
    assert_string_equal(text, "Alarm updated from OK to ALARM");
}

static void a_text_is_cut_between_characters(void **state)
{
    (void)state;
    static const char reason[] = "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80.\xC3\xA9";
    ctf_state_told from = {CTF_STATE_OK, text_of(reason), {NULL, 0}}, to = {CTF_STATE_ALARM, text_of(reason), {NULL, 0}};
    char whole[512], cut[512];
    size_t length = ctf_alarm_history_data(&from, &to, whole, sizeof whole);
    for (size_t size = 1; size <= length; size++) {
        assert_int_equal(ctf_alarm_history_data(&from, &to, cut, size), length);
        size_t kept = strlen(cut);
        assert_memory_equal(cut, whole, kept);
        /* No character begins in what is left out. */
        assert_true(((unsigned char)whole[kept] & 0xC0) != 0x80);
        while (++kept < size)
            assert_true(((unsigned char)whole[kept] & 0xC0) == 0x80);
    }
}

static size_t history_with(size_t old_data, size_t new_data, char *text, size_t size)
{
    static char data[CTF_MAX_HISTORY_DATA];
    memset(data, '1', sizeof data);
    ctf_state_told from = {CTF_STATE_OK, text_of("r"), {data, old_data}};
    ctf_state_told to = {CTF_STATE_ALARM, text_of("r"), {data, new_data}};
    return ctf_alarm_history_data(&from, &to, text, size);
}

static void history_data_drops_reason_data_to_stay_in_its_limit(void **state)
{
    (void)state;
    char text[CTF_MAX_HISTORY_DATA + 1];
    size_t bare = history_with(0, 0, text, sizeof text), key = sizeof ",\"stateReasonData\":" - 1;
    size_t room = CTF_MAX_HISTORY_DATA - bare - 2 * key;
    assert_int_equal(history_with(1, room - 1, text, sizeof text), CTF_MAX_HISTORY_DATA);
    assert_int_equal(count_of(text, "stateReasonData"), 2);
    assert_int_equal(history_with(2, room - 1, text, sizeof text), bare + key + room - 1);
    assert_true(strstr(text, "stateReasonData") > strstr(text, "newState"));
    assert_int_equal(history_with(9, room + key, text, sizeof text), CTF_MAX_HISTORY_DATA);
    assert_int_equal(history_with(9, room + key + 1, text, sizeof text), bare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_points_that_decided_are_told),
        cmocka_unit_test(the_premature_rule_tells_its_lone_point),
        cmocka_unit_test(a_state_that_is_kept_has_no_new_reason),
        cmocka_unit_test(a_text_that_does_not_fit_is_cut_and_counted),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(nothing_given_gives_an_empty_text),
        cmocka_unit_test(no_reason_passes_its_limit),
        cmocka_unit_test(data_of_an_alarm_names_the_points_that_decided),
        cmocka_unit_test(data_of_ok_names_n_less_m_and_one_more),
        cmocka_unit_test(data_without_points_has_n_bare_timestamps_and_no_start),
        cmocka_unit_test(data_of_a_filled_verdict_has_the_newest_missing_points),
        cmocka_unit_test(data_of_a_band_has_bounds_and_no_threshold),
        cmocka_unit_test(names_in_the_data_are_escaped),
        cmocka_unit_test(long_data_goes_without_its_oldest_points),
        cmocka_unit_test(a_history_item_tells_of_both_states),
        cmocka_unit_test(history_data_drops_reason_data_to_stay_in_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
