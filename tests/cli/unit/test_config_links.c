/* What fits together in a configuration and what does not. */
#include "config_told.h"

#define FILTER(name, more)                                                                                        \
    "  - {filterName: " name ", filterPattern: '{ $.a = 1 }', metricTransformations: [{metricValue: '1', " more "}]}\n"
#define ALARM(more)                                                                                               \
    "alarms:\n  - {AlarmName: a, Namespace: N, MetricName: Metric, Statistic: Sum, Period: 60, EvaluationPeriods: 1, " \
    "Threshold: 1, ComparisonOperator: GreaterThanThreshold" more "}\n"
#define HERE "metricName: Metric, metricNamespace: N"

static void an_alarm_without_a_metric_is_told(void **state)
{
    (void)state;
    assert_links(ALARM(""), false, "2:5: warning: a: no metric filter publishes Metric in namespace N; it has no data\n");
    assert_links("metricFilters:\n" FILTER("f", "metricName: Metrics, metricNamespace: N") ALARM(""), false,
                 "4:5: warning: a: no metric filter publishes Metric in namespace N, did you mean Metrics?; it has no data\n");
    assert_links("metricFilters:\n" FILTER("f", "metricName: Metric, metricNamespace: O") ALARM(""), false,
                 "4:5: warning: a: no metric filter publishes Metric in namespace N, but one does in O (c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE) ALARM(""), false, "");
}

static void dimensions_must_be_those_of_the_metric(void **state)
{
    (void)state;
    assert_links("metricFilters:\n" FILTER("f", HERE ", dimensions: {A: $.a, B: $.b}") ALARM(""), false,
                 "4:5: warning: a: it has no dimensions, so it sees only events that lack one of those of Metric: A, B "
                 "(c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE) ALARM(", Dimensions: [{Name: A, Value: x}]"), false,
                 "4:5: warning: a: it has dimensions (A), but Metric is published without any; it has no data (c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE ", dimensions: {A: $.a, B: $.b}")
                     ALARM(", Dimensions: [{Name: A, Value: x}]"), false,
                 "4:5: warning: a: its dimensions (A) are not those of Metric (A, B); it has no data (c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE ", dimensions: {A: $.a, B: $.b}")
                     ALARM(", Dimensions: [{Name: B, Value: x}, {Name: A, Value: y}]"), false, "");
    assert_links("metricFilters:\n" FILTER("f", HERE ", dimensions: {A: $.a}") FILTER("g", HERE) ALARM(""), false, "");
    assert_links("metricFilters:\n  - {filterName: f, filterPattern: x, emitSystemFieldDimensions: ['@aws.region'], "
                 "metricTransformations: [{metricValue: '1', " HERE "}]}\n" ALARM(", Dimensions: [{Name: '@aws.region', "
                 "Value: x}]"), false, "");
}

static void units_must_be_those_of_the_metric(void **state)
{
    (void)state;
    assert_links("metricFilters:\n" FILTER("f", HERE ", unit: Count") ALARM(", Unit: Seconds"), false,
                 "4:5: warning: a: its unit is Seconds, but Metric is published in Count; it has no data (c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE) ALARM(", Unit: Seconds"), false,
                 "4:5: warning: a: its unit is Seconds, but Metric is published in None; it has no data (c:2:5)\n");
    assert_links("metricFilters:\n" FILTER("f", HERE) ALARM(", Unit: None"), false, "");
    assert_links("metricFilters:\n" FILTER("f", HERE) FILTER("g", HERE ", unit: Count") ALARM(", Unit: Count"), false, "");
    assert_links("metricFilters:\n" FILTER("f", HERE) FILTER("g", HERE ", unit: Count") ALARM(""), false,
                 "5:5: warning: a: Metric is published in several units, and it names none (c:2:5)\n");
}

static void an_alarm_without_a_unit_takes_the_metrics(void **state)
{
    (void)state;
    told t;
    told_load(&t, "metricFilters:\n" FILTER("f", HERE ", unit: Count") ALARM(""), false, NULL);
    assert_true(cli_config_check_links(&t.config));
    assert_text(t.config.alarms[0].alarm.metric.unit.data, "Count");
    assert_int_equal(t.config.alarms[0].input.unit.length, 0);
    told_end(&t);
}

static void children_and_suppressors_must_exist(void **state)
{
    (void)state;
    static const char source[] = "compositeAlarms:\n  - {AlarmName: child, AlarmRule: 'FALSE'}\n"
                                 "  - {AlarmName: c, AlarmRule: ALARM(chidl) OR OK(child), ActionsSuppressor: none-such-at-all, "
                                 "ActionsSuppressorWaitPeriod: 1, ActionsSuppressorExtensionPeriod: 1}\n";
    assert_links(source, false, "3:31: c: alarm chidl does not exist; did you mean child?\n"
                                "3:31: c: suppressor none-such-at-all does not exist\n");
    assert_links(source, true, "3:31: warning: c: alarm chidl does not exist; did you mean child?\n"
                               "3:31: warning: c: suppressor none-such-at-all does not exist\n");
    assert_links("compositeAlarms:\n  - {AlarmName: child, AlarmRule: 'FALSE'}\n"
                 "  - {AlarmName: c, AlarmRule: 'ALARM(\"arn:aws:cloudwatch:r:1:alarm:child\")'}\n", false, "");
}

#define C(name, rule) "  - {AlarmName: " name ", AlarmRule: '" rule "'}\n"

static void composites_that_depend_on_themselves_are_told(void **state)
{
    (void)state;
    told t;
    told_load(&t, "compositeAlarms:\n" C("lead", "OK(c1)") C("c1", "ALARM(c2)") C("c2", "ALARM(c3) OR ALARM(c4)")
                  C("c3", "ALARM(c1)") C("c4", "ALARM(c2) AND NOT OK(leaf)") C("leaf", "TRUE")
                  C("p", "ALARM(q)") C("q", "ALARM(p)"), false, NULL);
    assert_false(cli_config_check_links(&t.config));
    assert_text(t.text, "3:32: composite alarms depend on themselves: c1 -> c2 -> c3 -> c1\n"
                        "8:31: composite alarms depend on themselves: p -> q -> p\n");
    static const bool cyclic[] = {false, true, true, true, true, false, true, true};
    for (size_t i = 0; i < sizeof cyclic; i++)
        assert_int_equal(t.config.composites[i].cyclic, cyclic[i]);
    told_end(&t);
}

static void a_diamond_is_no_cycle(void **state)
{
    (void)state;
    assert_links("compositeAlarms:\n" C("top", "ALARM(left) OR ALARM(right)") C("left", "ALARM(leaf)")
                 C("right", "ALARM(leaf)") C("leaf", "TRUE"), false, "");
}

static void a_long_chain_of_composites_needs_no_stack(void **state)
{
    (void)state;
    told t;
    enum { LINKS = 20000 };
    size_t room = 64 * (LINKS + 1), at = 0;
    char *source = malloc(room);
    assert_non_null(source);
    at = (size_t)snprintf(source, room, "compositeAlarms:\n");
    for (int i = 0; i < LINKS; i++)
        at += (size_t)snprintf(source + at, room - at, C("a%d", "ALARM(a%d)"), i, (i + 1) % LINKS);
    told_load(&t, source, false, NULL);
    assert_false(cli_config_check_links(&t.config));
    assert_non_null(strstr(t.text, "2:32: composite alarms depend on themselves: a0 -> a1 -> a2 ->"));
    assert_true(t.config.composites[LINKS - 1].cyclic);
    told_end(&t);
    free(source);
}

static void nothing_is_linked_behind_an_error(void **state)
{
    (void)state;
    told t;
    told_load(&t, "metricFilters: [5]\n" ALARM(""), false, NULL);
    assert_false(cli_config_check_links(&t.config));
    assert_text(t.text, "1:17: an object is needed here\n");
    told_end(&t);
}

static void parameters_must_be_asked_for(void **state)
{
    (void)state;
    told t;
    static const char *const parameters[] = {"Used=1", "Unused=1", "none", NULL};
    told_load(&t, "Parameters: {Used: {}}\nResources:\n  A: {Type: 'AWS::CloudWatch::CompositeAlarm', Properties: "
                  "{AlarmName: !Ref Used, AlarmRule: 'FALSE'}}\n", false, parameters);
    assert_text(t.text, "");
    assert_false(cli_config_check_links(&t.config));
    assert_text(t.text, "--parameter Unused: no template asks for it\n--parameter none: NAME=VALUE is needed\n");
    told_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alarm_without_a_metric_is_told),
        cmocka_unit_test(dimensions_must_be_those_of_the_metric),
        cmocka_unit_test(units_must_be_those_of_the_metric),
        cmocka_unit_test(an_alarm_without_a_unit_takes_the_metrics),
        cmocka_unit_test(children_and_suppressors_must_exist),
        cmocka_unit_test(composites_that_depend_on_themselves_are_told),
        cmocka_unit_test(a_diamond_is_no_cycle),
        cmocka_unit_test(a_long_chain_of_composites_needs_no_stack),
        cmocka_unit_test(nothing_is_linked_behind_an_error),
        cmocka_unit_test(parameters_must_be_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
