/* What is refused of an alarm's input, beyond the limits in tests/cases/alarm/requests.cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include <ctfilter/replay.h>

static ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static ctf_alarm_input good_input(void)
{
    return (ctf_alarm_input){.alarm_name = text_of("a"),
                             .name_space = text_of("CloudTrailMetrics"),
                             .metric_name = text_of("M"),
                             .statistic = text_of("Sum"),
                             .has_period = 1,
                             .period = 300,
                             .has_evaluation_periods = 1,
                             .evaluation_periods = 3,
                             .has_threshold = 1,
                             .threshold = 1.5,
                             .comparison_operator = text_of("LessThanThreshold")};
}

static ctf_composite_input good_composite(void)
{
    return (ctf_composite_input){.alarm_name = text_of("a"), .alarm_rule = text_of("ALARM(b)")};
}

static void assert_refused(const ctf_alarm_input *input, const char *message)
{
    ctf_error error;
    ctf_alarm alarm;
    assert_int_equal(ctf_alarm_read(input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.status, CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_VALIDATION);
    assert_non_null(strstr(error.message, message));
    assert_int_equal(alarm.evaluation_periods, 0);
}

static void settings_come_out_as_they_went_in(void **state)
{
    (void)state;
    ctf_dimension dimension = {text_of("d"), text_of("v")};
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    ctf_error error;
    input.dimensions = &dimension;
    input.n_dimensions = 1;
    input.unit = text_of("Count");
    input.has_datapoints_to_alarm = 1;
    input.datapoints_to_alarm = 2;
    input.treat_missing_data = text_of("notBreaching");
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_OK);
    assert_int_equal(error.status, CTF_OK);
    assert_ptr_equal(alarm.metric.name_space.data, input.name_space.data);
    assert_ptr_equal(alarm.metric.name.data, input.metric_name.data);
    assert_ptr_equal(alarm.metric.dimensions, &dimension);
    assert_int_equal(alarm.metric.n_dimensions, 1);
    assert_ptr_equal(alarm.metric.unit.data, input.unit.data);
    assert_int_equal(alarm.statistic.type, CTF_SUM);
    assert_int_equal(alarm.statistic_name.length, 3);
    assert_int_equal(alarm.period, 300);
    assert_int_equal(alarm.evaluation_periods, 3);
    assert_int_equal(alarm.datapoints_to_alarm, 2);
    assert_true(alarm.m_is_set);
    assert_true(alarm.threshold == 1.5);
    assert_int_equal(alarm.comparison, CTF_LESS);
    assert_int_equal(alarm.treat_missing, CTF_TREAT_NOT_BREACHING);
    assert_false(alarm.keep_low_samples);
}

static void missing_data_of_dynamodb_is_ignored_unless_told_otherwise(void **state)
{
    (void)state;
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    input.name_space = text_of("AWS/DynamoDB");
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_int_equal(alarm.treat_missing, CTF_TREAT_IGNORE);
    input.treat_missing_data = text_of("missing");
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_int_equal(alarm.treat_missing, CTF_TREAT_MISSING);
}

static void what_is_not_given_has_its_default(void **state)
{
    (void)state;
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_int_equal(alarm.datapoints_to_alarm, 3);
    assert_false(alarm.m_is_set);
    assert_int_equal(alarm.treat_missing, CTF_TREAT_MISSING);
    assert_int_equal(alarm.metric.unit.length, 0);
    input.statistic = text_of("");
    input.extended_statistic = text_of("p99");
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_false(alarm.keep_low_samples);
    input.evaluate_low_sample_count_percentile = text_of("evaluate");
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_false(alarm.keep_low_samples);
    input.evaluate_low_sample_count_percentile = text_of("ignore");
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_true(alarm.keep_low_samples);
}

static void misuse_is_an_argument_error(void **state)
{
    (void)state;
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    ctf_error error;
    assert_int_equal(ctf_alarm_read(NULL, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_alarm_read(&input, NULL, NULL), CTF_E_ARGUMENT);
    input.n_dimensions = 1;
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_composite_check(NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
}

static void lengths_without_bytes_are_misuse(void **state)
{
    (void)state;
    ctf_dimension dimension = {text_of("d"), {NULL, 1}};
    ctf_alarm_input alarm_input = good_input();
    ctf_composite_input composite = good_composite();
    ctf_alarm alarm;
    ctf_error error;
    alarm_input.unit = (ctf_text){NULL, 5};
    assert_int_equal(ctf_alarm_read(&alarm_input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    alarm_input = good_input();
    alarm_input.dimensions = &dimension;
    alarm_input.n_dimensions = 1;
    assert_int_equal(ctf_alarm_read(&alarm_input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    composite.alarm_rule = (ctf_text){NULL, 5};
    assert_int_equal(ctf_composite_check(&composite, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
}

static void names_are_utf8_without_control_characters(void **state)
{
    (void)state;
    static const char *const bad[] = {"a\n", "\x01", "a\x7F"};
    ctf_alarm_input input = good_input();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        input.alarm_name = text_of(bad[i]);
        assert_refused(&input, "AlarmName has a control character");
    }
    input.alarm_name = text_of("a\xFF");
    assert_refused(&input, "AlarmName is not written in UTF-8");
    input.alarm_name = (ctf_text){"a\0b", 3};
    assert_refused(&input, "AlarmName has a control character");
}

static void lengths_count_characters(void **state)
{
    (void)state;
    char name[2 * 256];
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    for (size_t i = 0; i < 256; i++)
        memcpy(name + 2 * i, "\xC3\xA9", 2);
    input.alarm_name = (ctf_text){name, 2 * 255};
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    input.alarm_name = (ctf_text){name, 2 * 256};
    assert_refused(&input, "256 characters");
}

static void dimensions_need_names_and_values(void **state)
{
    (void)state;
    static char text[1025];
    memset(text, 'x', sizeof text);
    const struct {
        ctf_dimension dimension;
        const char *message;
    } rows[] = {{{text_of(""), text_of("v")}, "Dimensions.Name"},
                {{text_of("d"), text_of("")}, "Dimensions.Value"},
                {{{text, 256}, text_of("v")}, "Dimensions.Name"},
                {{text_of("d"), {text, 1025}}, "Dimensions.Value"}};
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    ctf_dimension longest = {{text, 255}, {text, 1024}};
    input.n_dimensions = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        input.dimensions = &rows[i].dimension;
        assert_refused(&input, rows[i].message);
    }
    input.dimensions = &longest;
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
}

static void thresholds_are_finite(void **state)
{
    (void)state;
    ctf_alarm_input input = good_input();
    input.threshold = (double)NAN;
    assert_refused(&input, "Threshold");
    input.threshold = -(double)INFINITY;
    assert_refused(&input, "Threshold");
}

static void a_hostile_value_cannot_break_the_message(void **state)
{
    (void)state;
    char value[4000];
    ctf_error error;
    ctf_alarm alarm;
    ctf_alarm_input input = good_input();
    for (int c = 1; c < 256; c++) {
        memset(value, c, sizeof value);
        input.comparison_operator = (ctf_text){value, sizeof value};
        assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
        for (const char *p = error.service; *p != '\0'; p++)
            assert_true((unsigned char)*p >= 0x20);
        assert_non_null(strstr(error.service, "...' at 'comparisonOperator' failed"));
    }
}

static void a_value_is_quoted_whole_or_cut_at_a_character(void **state)
{
    (void)state;
    static char name[4 * 1200];
    ctf_error error;
    ctf_alarm alarm;
    ctf_alarm_input input = good_input();
    for (size_t i = 0; i < sizeof name; i += 4)
        memcpy(name + i, "\xF0\x9F\x94\x91", 4);
    input.unit = (ctf_text){name, 4 * 256}; /* of all texts the longest around a value */
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
    assert_memory_equal(strchr(error.service, '\''), "'\xF0", 2);
    assert_memory_equal(strchr(error.service, '\'') + 1, name, 4 * 256);
    assert_memory_equal(strchr(error.service, '\'') + 1 + 4 * 256, "' at 'unit'", 11);
    assert_string_equal(strrchr(error.service, ','), ", None]");
    input.unit.length = sizeof name;
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
    size_t kept = (size_t)(strstr(error.service, "...' at 'unit'") - strchr(error.service, '\'') - 1);
    assert_true(kept >= 4 * 256 && kept % 4 == 0);
    assert_memory_equal(strchr(error.service, '\'') + 1, name, kept);
    assert_string_equal(strrchr(error.service, ','), ", None]");
    assert_true(strlen(error.service) + 8 > sizeof error.service);
}

static void a_list_of_metrics_cannot_be_looked_at(void **state)
{
    (void)state;
    const ctf_metric_query query = {.id = text_of("m1"), .has_metric_stat = 1};
    ctf_alarm_input input = {.alarm_name = text_of("a"), .has_evaluation_periods = 1, .evaluation_periods = 1,
                             .has_threshold = 1, .comparison_operator = text_of("LessThanThreshold"),
                             .has_metrics = 1, .metrics = &query, .n_metrics = 1};
    ctf_alarm alarm;
    ctf_state now = CTF_STATE_OK;
    ctf_slot slot;
    ctf_series *series;
    assert_int_equal(ctf_alarm_read(&input, &alarm, NULL), CTF_OK);
    assert_int_equal(alarm.period, 0);
    assert_int_equal(ctf_alarm_range(&alarm), 0);
    assert_int_equal(ctf_series_new(NULL, &series), CTF_OK);
    assert_int_equal(ctf_alarm_look(&alarm, series, 0, &slot, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, 0, 60000, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    ctf_series_free(series);
}

static void a_list_that_is_nowhere_is_misuse(void **state)
{
    (void)state;
    ctf_metric_query query = {.id = {NULL, 1}, .has_metric_stat = 1};
    ctf_alarm_input input = good_input();
    ctf_alarm alarm;
    ctf_error error;
    input.n_metrics = 1;
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    input.metrics = &query;
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
}

static void assert_composite(const ctf_composite_input *input, const char *service)
{
    ctf_error error;
    ctf_status status = ctf_composite_check(input, &error);
    assert_int_equal(status, service == NULL ? CTF_OK : CTF_E_ARGUMENT);
    if (service != NULL)
        assert_string_equal(error.service, service);
}

static void a_suppressor_and_its_periods_come_together(void **state)
{
    (void)state;
    ctf_composite_input input = good_composite();
    assert_composite(&input, NULL);
    input.actions_suppressor = text_of("s");
    assert_composite(&input, "ActionsSuppressorWaitPeriod must not be null");
    input.has_wait_period = 1;
    assert_composite(&input, "ActionsSuppressorExtensionPeriod must not be null");
    input.has_extension_period = 1;
    assert_composite(&input, NULL);
    input.extension_period = -1;
    assert_composite(&input, "1 validation error detected: Value '-1' at 'actionsSuppressorExtensionPeriod' failed to "
                             "satisfy constraint: Member must have value greater than or equal to 0");
    input.actions_suppressor.length = 0;
    assert_composite(&input, "ActionsSuppressorWaitPeriod requires an ActionSuppressor");
    input.has_wait_period = 0;
    assert_composite(&input, "ActionsSuppressorExtensionPeriod requires an ActionSuppressor");
}

static void composite_texts_have_their_limits(void **state)
{
    (void)state;
    static char text[10241];
    ctf_error error;
    memset(text, 'x', sizeof text);
    ctf_composite_input input = good_composite();
    input.alarm_rule = (ctf_text){text, 10240};
    assert_composite(&input, NULL);
    input.alarm_rule.length++;
    assert_int_equal(ctf_composite_check(&input, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.service, "at 'alarmRule'"));
    input.alarm_rule.length = 0;
    assert_composite(&input, "AlarmRule must not contain leading or trailing whitespace or be null");
    input = good_composite();
    input.alarm_name.length = 0;
    assert_int_equal(ctf_composite_check(&input, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.service, "at 'alarmName'"));
    input = good_composite();
    input.n_alarm_actions = 6;
    assert_int_equal(ctf_composite_check(&input, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.service, "at 'alarmActions'"));
    input = good_composite();
    input.actions_suppressor = (ctf_text){text, 1601};
    assert_int_equal(ctf_composite_check(&input, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.service, "at 'actionsSuppressor'"));
    input.has_wait_period = input.has_extension_period = 1;
    input.actions_suppressor.length = 1600;
    assert_composite(&input, NULL);
}

static void assert_state(const ctf_state_input *input, const char *service)
{
    ctf_error error;
    assert_int_equal(ctf_state_check(input, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_VALIDATION);
    assert_non_null(strstr(error.service, service));
}

static void a_state_is_set_by_its_word(void **state)
{
    (void)state;
    ctf_state_input input = {.alarm_name = text_of("a"), .state_value = text_of("ALARM")};
    ctf_state got;
    assert_int_equal(ctf_state_check(&input, &got, NULL), CTF_OK);
    assert_int_equal(got, CTF_STATE_ALARM);
    input.state_value = text_of("INSUFFICIENT_DATA");
    assert_int_equal(ctf_state_check(&input, &got, NULL), CTF_OK);
    assert_int_equal(got, CTF_STATE_INSUFFICIENT_DATA);
    input.state_value = text_of("INVALID");
    assert_state(&input, "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: "
                         "Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
    input.state_value = text_of("ok");
    assert_state(&input, "at 'stateValue'");
    input.state_value.length = 0;
    assert_state(&input, "Value null at 'stateValue'");
    assert_int_equal(ctf_state_check(NULL, &got, NULL), CTF_E_ARGUMENT);
    input.state_value = (ctf_text){NULL, 2};
    assert_int_equal(ctf_state_check(&input, &got, NULL), CTF_E_ARGUMENT);
}

static void the_texts_of_a_state_have_their_limits(void **state)
{
    (void)state;
    static char text[CTF_MAX_REASON_DATA + 1];
    memset(text, 'x', sizeof text);
    ctf_state_input input = {.alarm_name = {text, 255}, .state_value = text_of("OK")};
    input.state_reason = (ctf_text){text, CTF_MAX_REASON};
    input.state_reason_data = (ctf_text){text, CTF_MAX_REASON_DATA};
    assert_int_equal(ctf_state_check(&input, NULL, NULL), CTF_OK);
    input.state_reason_data.length++;
    assert_state(&input, "at 'stateReasonData' failed to satisfy constraint: Member must have length less than or "
                         "equal to 4000");
    input.state_reason.length++;
    assert_state(&input, "at 'stateReason' failed to satisfy constraint: Member must have length less than or "
                         "equal to 1023");
    input.alarm_name.length++;
    assert_state(&input, "at 'alarmName'");
    input.alarm_name.length = 0;
    assert_state(&input, "Value null at 'alarmName'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_come_out_as_they_went_in),
        cmocka_unit_test(what_is_not_given_has_its_default),
        cmocka_unit_test(missing_data_of_dynamodb_is_ignored_unless_told_otherwise),
        cmocka_unit_test(misuse_is_an_argument_error),
        cmocka_unit_test(lengths_without_bytes_are_misuse),
        cmocka_unit_test(names_are_utf8_without_control_characters),
        cmocka_unit_test(lengths_count_characters),
        cmocka_unit_test(dimensions_need_names_and_values),
        cmocka_unit_test(thresholds_are_finite),
        cmocka_unit_test(a_hostile_value_cannot_break_the_message),
        cmocka_unit_test(a_value_is_quoted_whole_or_cut_at_a_character),
        cmocka_unit_test(a_list_of_metrics_cannot_be_looked_at),
        cmocka_unit_test(a_list_that_is_nowhere_is_misuse),
        cmocka_unit_test(a_suppressor_and_its_periods_come_together),
        cmocka_unit_test(composite_texts_have_their_limits),
        cmocka_unit_test(a_state_is_set_by_its_word),
        cmocka_unit_test(the_texts_of_a_state_have_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
