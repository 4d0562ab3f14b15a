/* Reports of models made by hand: what no replay of real events would show. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_in.h"
#include "replay_time.h"
#include "replay_words.h"
#include "report.h"
#include "report_words.h"
#include "sparkline.h"

#define MINUTE INT64_C(60000)
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static ctf_text text(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

/* ---- a model ---- */

static cli_metric_alarm settings(const char *name)
{
    cli_metric_alarm alarm = {.input = {.alarm_name = text(name)}};
    alarm.alarm = (ctf_alarm){.metric = {.name_space = text("N"), .name = text("m")},
                              .statistic_name = text("Sum"),
                              .period = 60,
                              .evaluation_periods = 3,
                              .datapoints_to_alarm = 2,
                              .threshold = 1,
                              .comparison = CTF_GREATER};
    return alarm;
}

static const replay_band quiet[] = {{0, 10 * MINUTE, CTF_STATE_OK}};

static replay_alarm alarm_of(const cli_metric_alarm *alarm)
{
    return (replay_alarm){.settings = alarm,
                          .summary = "summary",
                          .step = MINUTE,
                          .n_periods = 10,
                          .range = 5,
                          .bands = quiet,
                          .n_bands = 1};
}

static replay_model model_of(const replay_alarm *alarms, size_t n)
{
    return (replay_model){.from = 0, .to = 10 * MINUTE, .alarms = alarms, .n_alarms = n};
}

/* ---- what a report says, and that it is what it says it is ---- */

static blob out;

static int clean(void **state)
{
    (void)state;
    blob_free(&out);
    return 0;
}

static void assert_says(const char *words)
{
    blob_append_byte(&out, '\0');
    if (strstr((const char *)out.data, words) == NULL)
        fail_msg("'%s' is not in: %s", words, (const char *)out.data);
    out.length--;
}

static void assert_is(const char *words)
{
    blob_append_byte(&out, '\0');
    assert_string_equal((const char *)out.data, words);
    blob_free(&out);
}

static void assert_json(void)
{
    json_error error;
    json_document *tree = json_read((const char *)out.data, out.length, &error);
    assert_non_null(tree);
    json_free(tree);
}

/* Cuts CSV into rows by its rules; returns how many, and checks that each has as many fields as the first. */
static size_t assert_csv(void)
{
    size_t rows = 0, fields = 1, wanted = 0;
    bool quoted = false;
    for (size_t i = 0; i < out.length; i++) {
        char c = (char)out.data[i];
        quoted ^= c == '"';
        fields += c == ',' && !quoted;
        if (c != '\n' || quoted)
            continue;
        assert_int_equal(out.data[i - 1], '\r');
        wanted = rows++ == 0 ? fields : wanted;
        assert_int_equal(fields, wanted);
        fields = 1;
    }
    assert_false(quoted);
    return rows;
}

/* ---- tests ---- */

static void a_model_without_alarms_is_a_report_too(void **state)
{
    (void)state;
    replay_model model = model_of(NULL, 0);
    report_json(&model, &out);
    assert_json();
    assert_says("\"alarms\":[],\"compositeAlarms\":[]");
    blob_free(&out);
    report_csv(&model, &out);
    assert_int_equal(assert_csv(), 1);
    blob_free(&out);
    report_text(&model, false, true, &out);
    assert_is("Replayed 1970-01-01T00:00:00Z to 1970-01-01T00:10:00Z: 0 events in 0 files, 0 matched, 0 samples.\n");
}

static void texts_of_attackers_stay_texts(void **state)
{
    (void)state;
    cli_metric_alarm evil = settings("\x1b[31m\",\r\n\xff<b>");
    replay_event event = {.time = 1, .id = text("\"\r\n,"), .name = text("\xff\xfe"), .principal = text("\x1b]0;x\x07"),
                          .source = text("\xe2\x80\xae"), .message = text(""), .file = text("a\nb")};
    replay_breach breach = {.from = 0, .to = MINUTE, .n_all = 7, .events = &event, .n_events = 1};
    replay_alarm alarm = alarm_of(&evil);
    alarm.breaches = &breach;
    alarm.n_breaches = 1;
    replay_model model = model_of(&alarm, 1);
    model.why = true;
    report_json(&model, &out);
    assert_json();
    blob_free(&out);
    report_csv(&model, &out);
    assert_int_equal(assert_csv(), 3);
    blob_free(&out);
    report_text(&model, false, true, &out);
    for (size_t i = 0; i < out.length; i++)
        assert_true(out.data[i] >= ' ' || out.data[i] == '\n');
    assert_says("and 6 more");
}

/* A line that is split, a direction, nothing between two letters, a byte order mark, a tag; what is wanted stays. */
static void what_is_not_seen_is_shown(void **state)
{
    (void)state;
    static const char *const hidden[] = {"\xe2\x80\xa8", "\xe2\x80\xae", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xf3\xa0\x81\x81",
                                         "\xc2\xad", "\xd8\x9c", "\xc2\x85", "\x7f", "\xff"};
    for (size_t i = 0; i < COUNT(hidden); i++) {
        report_words_safe(&out, text(hidden[i]));
        assert_is("\xef\xbf\xbd");
    }
    report_words_safe(&out, text("gr\xc3\xbc\xc3\x9f \xd7\xa9 \xe6\x97\xa5 \xe2\x9a\xa0\xef\xb8\x8f"));
    assert_is("gr\xc3\xbc\xc3\x9f \xd7\xa9 \xe6\x97\xa5 \xe2\x9a\xa0\xef\xb8\x8f");
}

static void events_beyond_the_list_are_counted_or_said_to_be_missing(void **state)
{
    (void)state;
    cli_metric_alarm one = settings("one");
    replay_alarm alarm = alarm_of(&one);
    alarm.n_breaches = REPLAY_MOST_BREACHES + 1;
    alarm.breaches = calloc(alarm.n_breaches, sizeof *alarm.breaches);
    assert_non_null(alarm.breaches);
    replay_model model = model_of(&alarm, 1);
    model.why = true;
    report_text(&model, false, true, &out);
    assert_says("0 matching events\n");
    assert_says("events not listed\n");
    free(alarm.breaches);
}

static void a_value_that_cannot_be_had_is_null(void **state)
{
    (void)state;
    static const replay_datapoint points[] = {{.start = 0, .available = false, .sample_count = 3},
                                              {.start = MINUTE, .available = true, .value = -0.5, .sample_count = 1}};
    cli_metric_alarm one = settings("one");
    replay_alarm alarm = alarm_of(&one);
    alarm.datapoints = points;
    alarm.n_datapoints = COUNT(points);
    replay_model model = model_of(&alarm, 1);
    report_json(&model, &out);
    assert_json();
    assert_says("{\"start\":\"1970-01-01T00:00:00Z\",\"value\":null,\"sampleCount\":3,\"breaching\":false}");
    assert_says("\"value\":-0.5");
    blob_free(&out);
    report_csv(&model, &out);
    assert_says("datapoint,one,1970-01-01T00:00:00Z,1970-01-01T00:01:00Z,,3,false,");
    blob_free(&out);
    report_text(&model, false, true, &out);
    assert_says("?▁········");
}

static void bars_are_as_high_as_their_values(void **state)
{
    (void)state;
    static const replay_datapoint points[] = {
        {.start = 0, .available = true, .value = 0, .sample_count = 1},
        {.start = 2 * MINUTE, .available = true, .value = 4, .sample_count = 1, .breaching = true},
        {.start = 3 * MINUTE, .available = true, .value = 8, .sample_count = 1, .breaching = true},
    };
    cli_metric_alarm one = settings("one");
    replay_alarm alarm = alarm_of(&one);
    sparkline line;
    alarm.datapoints = points;
    alarm.n_datapoints = COUNT(points);
    sparkline_make(&alarm, &line);
    sparkline_append(&line, false, &out);
    assert_is("▁·▅█······");
    sparkline_append(&line, true, &out);
    assert_is("▁·\033[31m▅\033[0m\033[31m█\033[0m······");
}

static void many_periods_share_a_column_and_the_worst_shows(void **state)
{
    (void)state;
    static const replay_datapoint points[] = {
        {.start = 0, .available = true, .value = 3, .sample_count = 1},
        {.start = MINUTE, .available = true, .value = 8, .sample_count = 1, .breaching = true},
        {.start = 119 * MINUTE, .available = true, .value = 1, .sample_count = 1},
    };
    cli_metric_alarm one = settings("one");
    replay_alarm alarm = alarm_of(&one);
    sparkline line;
    alarm.datapoints = points;
    alarm.n_datapoints = COUNT(points);
    alarm.n_periods = 120;
    sparkline_make(&alarm, &line);
    assert_int_equal(line.n, 60);
    assert_int_equal(line.step, 2 * MINUTE);
    assert_true(line.columns[0].value == 8 && line.columns[0].breaching);
    assert_true(line.columns[59].kind == SPARK_VALUE);
    one.alarm.comparison = CTF_LESS;
    sparkline_make(&alarm, &line);
    assert_true(line.columns[0].value == 3);
}

static void all_of_time_fits_into_a_sparkline(void **state)
{
    (void)state;
    static const replay_datapoint points[] = {
        {.start = 0, .available = true, .value = 1e108, .sample_count = 1},
        {.start = REPLAY_LATEST - MINUTE, .available = true, .value = 1, .sample_count = 1},
    };
    cli_metric_alarm one = settings("one");
    replay_alarm alarm = alarm_of(&one);
    sparkline line;
    alarm.datapoints = points;
    alarm.n_datapoints = COUNT(points);
    alarm.n_periods = (uint64_t)(REPLAY_LATEST / MINUTE);
    sparkline_make(&alarm, &line);
    assert_int_equal(line.n, 60);
    assert_true(line.columns[0].kind == SPARK_VALUE && line.columns[59].kind == SPARK_VALUE);
}

static void every_rule_has_its_words(void **state)
{
    (void)state;
    static const char *const expected[] = {
        [CTF_RULE_ENOUGH_REAL] = "Enough real points: 2 of the newest 3 breach, and 2 make an alarm; missing ones play "
                                 "no part.",
        [CTF_RULE_FILL_BREACHING] = "Filled: 3 real points, 2 of them breaching, and 1 missing counted as breaching; 2 "
                                    "breaching make an alarm.",
        [CTF_RULE_FILL_NOT_BREACHING] = "Filled: 3 real points, 2 of them breaching, and 1 missing counted as not "
                                        "breaching; 2 breaching make an alarm.",
        [CTF_RULE_ENOUGH_BREACHING] = "Enough breaching points: 2 of 3 real ones breach, and 2 make an alarm, whatever "
                                      "the missing ones would be.",
        [CTF_RULE_NO_DATA] = "No data: none of the 4 periods in sight has a point.",
        [CTF_RULE_HEALTHY_POINT] = "A healthy point: 3 real points in sight, 2 breaching, fewer than the 2 that make an "
                                   "alarm.",
        [CTF_RULE_PREMATURE] = "Premature rule: all 3 real points in sight breach. The oldest is 3 periods old and 2 "
                               "make an alarm: the missing ones are not waited for.",
        [CTF_RULE_TOO_YOUNG] = "Premature rule: all 3 real points in sight breach. The oldest is 3 periods old and 2 "
                               "make an alarm: too early to tell.",
        [CTF_RULE_LOW_SAMPLES] = "Too few samples for the percentile: the state is kept.",
    };
    static const ctf_slot slots[4] = {{.present = 0}, {.present = 1}, {.present = 1}, {.present = 1}};
    cli_metric_alarm one = settings("one");
    for (size_t i = 0; i < COUNT(expected); i++) {
        ctf_verdict verdict = {.rule = (ctf_rule_used)i, .real = 3, .missing = 1, .breaching = 2};
        replay_words_decision(&one.alarm, slots, COUNT(slots), &verdict, &out);
        assert_is(expected[i]);
    }
}

static void settings_stand_in_a_line(void **state)
{
    (void)state;
    ctf_dimension dimensions[] = {{text("A"), text("1")}, {text("B"), text("2")}};
    cli_metric_alarm one = settings("one");
    one.alarm.metric.dimensions = dimensions;
    one.alarm.metric.n_dimensions = COUNT(dimensions);
    one.alarm.period = 90;
    one.alarm.treat_missing = CTF_TREAT_IGNORE;
    one.alarm.keep_low_samples = 1;
    replay_words_settings(&one, &out);
    assert_is("Sum of N / m {A: 1, B: 2} over 90 s > 1.0, 2 of 3, missing data: ignore, low sample counts: ignore");
}

static void durations_are_read_with_their_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t milliseconds; /* -1: refused */
    } cases[] = {{"0", 0},     {"90", 90000},    {"90s", 90000}, {"5m", 300000},          {"2h", 7200000},
                 {"1d", 86400000}, {"3650d", INT64_C(315360000000)}, {"3651d", -1}, {"", -1}, {"s", -1},
                 {"-1s", -1},  {"1.5h", -1},     {"5 m", -1},    {"5M", -1},              {"1w", -1},
                 {"5ms", -1},  {"99999999999999999999d", -1},    {"315360000", INT64_C(315360000000)}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t milliseconds = -1;
        assert_int_equal(replay_duration_read(cases[i].text, &milliseconds), cases[i].milliseconds >= 0);
        assert_int_equal(milliseconds, cases[i].milliseconds);
    }
}

static void durations_print_in_their_largest_unit(void **state)
{
    (void)state;
    static const struct {
        int64_t milliseconds;
        const char *text;
    } cases[] = {{0, "0 ms"}, {1, "1 ms"}, {10000, "10 s"}, {90000, "90 s"}, {300000, "5 min"}, {86400000, "1 d"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        replay_duration_append(&out, cases[i].milliseconds);
        assert_is(cases[i].text);
    }
}

static void times_are_of_the_years_1970_to_9999(void **state)
{
    (void)state;
    int64_t time;
    assert_true(replay_time_read("1970-01-01", &time) && time == 0);
    assert_true(replay_time_read("9999-12-31T23:59:59.999Z", &time) && time == REPLAY_LATEST - 1);
    assert_true(replay_time_read("2026-01-13T10:00:00+01:00", &time) && time == INT64_C(1768294800000));
    assert_false(replay_time_read("1969-12-31T23:59:59Z", &time));
    assert_false(replay_time_read("9999-12-31T23:59:59-01:00", &time));
    assert_false(replay_time_read("2026-02-30", &time));
    assert_false(replay_time_read("", &time));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_model_without_alarms_is_a_report_too, clean),
        cmocka_unit_test_teardown(texts_of_attackers_stay_texts, clean),
        cmocka_unit_test_teardown(what_is_not_seen_is_shown, clean),
        cmocka_unit_test_teardown(events_beyond_the_list_are_counted_or_said_to_be_missing, clean),
        cmocka_unit_test_teardown(a_value_that_cannot_be_had_is_null, clean),
        cmocka_unit_test_teardown(bars_are_as_high_as_their_values, clean),
        cmocka_unit_test_teardown(many_periods_share_a_column_and_the_worst_shows, clean),
        cmocka_unit_test_teardown(all_of_time_fits_into_a_sparkline, clean),
        cmocka_unit_test_teardown(every_rule_has_its_words, clean),
        cmocka_unit_test_teardown(settings_stand_in_a_line, clean),
        cmocka_unit_test_teardown(durations_are_read_with_their_units, clean),
        cmocka_unit_test_teardown(durations_print_in_their_largest_unit, clean),
        cmocka_unit_test_teardown(times_are_of_the_years_1970_to_9999, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
