/* CloudFormation templates: what functions stand for, and what is told where they stand for nothing. */
#include "config_told.h"

/* A template whose alarm A has a threshold in line 10, column 18. */
#define TEMPLATE(threshold)                                                                                        \
    "Resources:\n  A:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: N\n      MetricName: M\n" \
    "      Statistic: Sum\n      Period: 300\n      EvaluationPeriods: 1\n      Threshold: " threshold "\n"              \
    "      ComparisonOperator: GreaterThanThreshold\n"
#define NAMED(name) TEMPLATE("1") "      AlarmName: " name "\n"

/* The alarm of a template gets this name. */
static void assert_name(const char *source, const char *const *parameters, const char *expected)
{
    told t;
    told_load(&t, source, false, parameters);
    assert_text(t.text, "");
    assert_int_equal(t.config.n_alarms, 1);
    assert_text(t.config.alarms[0].input.alarm_name.data, expected);
    told_end(&t);
}

static void functions_stand_for_their_values(void **state)
{
    (void)state;
    static const char *const given[] = {"P=x=y", "AWS::Region=r", NULL};
    assert_name(TEMPLATE("1"), NULL, "A");
    assert_name("Parameters: {P: {Default: 5}}\n" NAMED("!Ref P"), NULL, "5");
    assert_name("Parameters: {P: {Default: 5}}\n" NAMED("!Ref P"), given, "x=y");
    assert_name(NAMED("!Sub '${AWS::Region}-${AWS::Partition}'"), given, "r-aws");
    assert_name(NAMED("!Sub 'a${!P}b$c{d}$'"), NULL, "a${P}b$c{d}$");
    assert_name(NAMED("!Sub ['${v}${w}', {v: 1, w: !Join ['', [b, c]]}]"), NULL, "1bc");
    assert_name(NAMED("!Join ['-', [a, !Ref 'AWS::NoValue', b, true]]"), NULL, "a-b-true");
    assert_name("Mappings: {m: {k: {z: v}}}\n" NAMED("!FindInMap [m, !Sub k, z]"), NULL, "v");
    assert_name("Parameters: {P: {Type: CommaDelimitedList, Default: 'a, b'}}\n" NAMED("!Join ['+', !Ref P]"), NULL, "a+b");
    assert_name(NAMED("!Join ['+', !Split ['--', 'a--b---']]"), NULL, "a+b+-");
    assert_name(NAMED("!Join ['+', !Split [x---------------------------------------------------------------, "
                      "ax---------------------------------------------------------------b]]"), NULL, "a+b");
    assert_name(NAMED("!Join ['+', [a, !Join ['', !Split ['x', '']]]]"), NULL, "a+");
    assert_name(NAMED("!Select [1, !Split ['/', 'a/b/c']]"), NULL, "b");
    assert_name("Parameters: {P: {Type: CommaDelimitedList, Default: 'a, b'}}\n" NAMED("!Select ['1', !Ref P]"), NULL, "b");
    assert_name("Mappings: {m: {k: {z: [p, q]}}}\n" NAMED("!Join ['+', !FindInMap [m, k, z]]"), NULL, "p+q");
    assert_name(NAMED("!Ref AWS::NoValue"), NULL, "A");
    assert_name(NAMED("{'Fn::Join': ['', [a, {Ref: L}]]}") "  L: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: g}}\n",
                NULL, "ag");
}

/* What conditions say of P, which is "prod" unless it is given. */
#define CONDITIONS                                                                                           \
    "Parameters: {P: {Default: prod}, L: {Type: CommaDelimitedList, Default: 'a,b'}}\n"                      \
    "Conditions: {Prod: !Equals [!Ref P, prod], Not: !Not [!Condition Prod], Both: {'Fn::And': [{Condition: Prod}, " \
    "!Equals [!Ref L, [a, b]]]}, Any: !Or [!Equals [a, A], !Equals [[a], a], !Equals [[a], [a, b]], !Condition Not]}\n"

static void conditions_choose(void **state)
{
    (void)state;
    static const char *const other[] = {"P=test", NULL};
    assert_name(CONDITIONS NAMED("!If [Prod, a, b]"), NULL, "a");
    assert_name(CONDITIONS NAMED("!If [Prod, a, b]"), other, "b");
    assert_name(CONDITIONS NAMED("!If [Not, a, b]"), NULL, "b");
    assert_name(CONDITIONS NAMED("!If [Both, a, b]"), NULL, "a");
    assert_name(CONDITIONS NAMED("!If [Both, a, b]"), other, "b");
    assert_name(CONDITIONS NAMED("!If [Any, a, b]"), NULL, "b");
    assert_name(CONDITIONS NAMED("!If [Any, a, b]"), other, "a");
    assert_name(CONDITIONS NAMED("!If [Not, !Ref Nobody, !If [Prod, !Sub 'x${P}', c]]"), NULL, "xprod");
    assert_name(CONDITIONS NAMED("!Join ['-', [a, !If [Not, b, !Ref 'AWS::NoValue'], c]]"), NULL, "a-c");
    assert_name(CONDITIONS NAMED("!Select [1, !If [Prod, [a, b], [c]]]"), NULL, "b");
    assert_name(CONDITIONS NAMED("!If [Prod, !Ref 'AWS::NoValue', b]"), NULL, "A");
    assert_name(CONDITIONS TEMPLATE("1") "    Condition: Prod\n" "  B:\n    Type: AWS::CloudWatch::Alarm\n    Condition: Not\n"
                "    Properties: {Nothing: of this}\n", NULL, "A");
}

static void what_conditions_are_not_is_told(void **state)
{
    (void)state;
    assert_told(CONDITIONS TEMPLATE("!If [Prod, a]"), "12:18: Fn::If needs the name of a condition and two values\n");
    assert_told(CONDITIONS TEMPLATE("!If [Prud, 1, 2]"), "12:23: there is no condition Prud\n");
    assert_told("Conditions: {C: yes}\n" TEMPLATE("!If [C, 1, 2]"), "1:17: condition C is neither true nor false\n");
    assert_told("Conditions: {C: !Equals [a]}\n" TEMPLATE("!If [C, 1, 2]"), "1:17: Fn::Equals needs two values\n");
    assert_told("Conditions: {C: !And [!Equals [a, a]]}\n" TEMPLATE("!If [C, 1, 2]"),
                "1:17: Fn::And needs two to ten conditions\n");
    assert_told("Conditions: {C: !Or [a, b]}\n" TEMPLATE("!If [C, 1, 2]"), "1:17: Fn::Or needs two to ten conditions\n");
    assert_told("Conditions: {C: !Not [!Equals [a, b], !Equals [a, b]]}\n" TEMPLATE("!If [C, 1, 2]"),
                "1:17: Fn::Not needs a list of one condition\n");
    assert_told("Conditions: {C: !Not [!Condition C]}\n" TEMPLATE("!If [C, 1, 2]"),
                "1:23: conditions depend on one another too deeply\n");
    assert_told("Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n" TEMPLATE("!If [C, 1, 2]"),
                "2:26: parameter P has no default; give it with --parameter P=VALUE\n");
    assert_told(TEMPLATE("!Select [2, [1, 2]]"), "10:18: Fn::Select: there is no text at that place of the list\n");
    assert_told(TEMPLATE("!Select [-1, [1]]"), "10:18: Fn::Select needs a whole number and a list\n");
    assert_told(TEMPLATE("!Select [0, 1]"), "10:18: Fn::Select needs a whole number and a list\n");
    assert_told(TEMPLATE("!Split ['', a]"), "10:18: Fn::Split needs a separator of 1 to 64 bytes and a text\n");
    assert_told(TEMPLATE("!Split [----------------------------------------------------------------x, a]"),
                "10:18: Fn::Split needs a separator of 1 to 64 bytes and a text\n");
    assert_told(TEMPLATE("1") "      AlarmActions: [a, null]\n",
                "12:25: a template holds no null; AWS::NoValue leaves an element out\n");
}

/* Nothing but who is told depends on it: it stays a name, and so does what a list has at a place. */
static void an_unknown_condition_is_no_error_where_it_decides_nothing(void **state)
{
    (void)state;
    told t;
    told_load(&t, "Parameters: {P: {Type: String}, L: {Type: CommaDelimitedList}}\nConditions: {C: !Equals [!Ref P, a]}\n" TEMPLATE("1")
              "      AlarmActions: [!If [C, x, y], !Select [0, !Ref L], !If [C, !Ref P, z], !Ref 'AWS::NoValue']\n", false, NULL);
    assert_text(t.text, "");
    assert_int_equal(t.config.n_alarms, 1);
    assert_int_equal(t.config.alarms[0].actions.n_alarm, 3);
    assert_text(t.config.alarms[0].actions.alarm[0].data, "${Fn::If}");
    told_end(&t);
}

static void an_alarms_arn_needs_region_and_account(void **state)
{
    (void)state;
    static const char *const given[] = {"AWS::Region=r", "AWS::AccountId=1", "AWS::Partition=aws-cn", NULL};
    static const char source[] = NAMED("!Sub 'n-${B.Arn}'") "  B: {Type: 'AWS::CloudWatch::CompositeAlarm', "
                                                            "Properties: {AlarmName: b, AlarmRule: 'FALSE'}}\n";
    assert_name(source, NULL, "n-b");
    assert_name(source, given, "n-arn:aws-cn:cloudwatch:r:1:alarm:b");
}

static void what_decides_nothing_may_be_unknown(void **state)
{
    (void)state;
    told t;
    told_load(&t, TEMPLATE("1") "      AlarmActions: [!Ref Topic, !ImportValue x, !If [a, !Ref b, c], !GetAtt Topic.Arn, z]\n"
                                "      AlarmDescription: !Sub 'in ${AWS::Region}, ${Topic}'\n"
                                "  Topic: {Type: 'AWS::SNS::Topic', Properties: {X: !If [a, b, c]}}\n", false, NULL);
    assert_text(t.text, "");
    assert_int_equal(t.config.n_alarms, 1);
    assert_int_equal(t.config.alarms[0].actions.n_alarm, 5);
    assert_text(t.config.alarms[0].actions.alarm[0].data, "${Topic}");
    assert_text(t.config.alarms[0].actions.alarm[4].data, "z");
    assert_text(t.config.alarms[0].input.alarm_description.data, "in ${AWS::Region}, ${Topic}");
    told_end(&t);
}

static void what_is_not_known_is_told(void **state)
{
    (void)state;
    assert_told(TEMPLATE("!Ref Foo"), "10:18: there is no parameter or resource Foo\n");
    assert_told("Parameters: {Food: {Default: 1}}\n" TEMPLATE("!Ref Foo"),
                "11:18: there is no parameter or resource Foo; did you mean Food?\n");
    assert_told(TEMPLATE("!Sub '${AWS::Region}'"),
                "10:18: AWS::Region is not known; give it with --parameter AWS::Region=VALUE\n");
    assert_told("Parameters: {P: {Type: String}}\n" TEMPLATE("!Ref P"),
                "11:18: parameter P has no default; give it with --parameter P=VALUE\n");
    assert_told("Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}}\n" TEMPLATE("!Ref P"),
                "11:18: parameter P has its value in the parameter store; give it with --parameter P=VALUE\n");
    assert_told(TEMPLATE("!Ref T") "  T: {Type: 'AWS::SNS::Topic'}\n",
                "10:18: T: what an AWS::SNS::Topic is called is not known from its template\n");
    assert_told(TEMPLATE("!GetAtt A.Foo"), "10:18: Fn::GetAtt of A.Foo cannot be resolved\n");
    assert_told(TEMPLATE("!FindInMap [a, b, c]"), "10:30: Fn::FindInMap: there is no a\n");
    assert_told(TEMPLATE("nine"), "10:18: Threshold: a number is needed, not the text nine\n");
}

static void functions_that_are_not_resolved_are_told(void **state)
{
    (void)state;
    assert_told(TEMPLATE("!GetAZs x"), "10:18: Fn::GetAZs cannot be resolved\n");
    assert_told(TEMPLATE("{'Fn::Length': [1]}"), "10:18: Fn::Length cannot be resolved\n");
    assert_told(TEMPLATE("!Join ['', [!ImportValue x]]"), "10:30: Fn::ImportValue cannot be resolved\n");
    assert_told_leniently(TEMPLATE("!GetAZs x"),
                          "10:18: warning: Fn::GetAZs cannot be resolved\n5:7: warning: A is left out\n");
}

static void functions_of_the_wrong_form_are_told(void **state)
{
    (void)state;
    assert_told(TEMPLATE("!Ref [a]"), "10:18: Ref needs a name\n");
    assert_told(TEMPLATE("!Join [a]"), "10:18: Fn::Join needs a text and a list\n");
    assert_told(TEMPLATE("!Join [a, [[]]]"), "10:29: a list or nothing cannot be part of a text\n");
    assert_told(TEMPLATE("!Sub [a]"), "10:18: Fn::Sub needs a text, or a text and an object\n");
    assert_told(TEMPLATE("!Sub '${P'"), "10:18: Fn::Sub: ${ without its }\n");
    assert_told(TEMPLATE("!Sub '${}'"), "10:18: there is no parameter or resource \n");
    assert_told(TEMPLATE("!GetAtt [a]"), "10:18: Fn::GetAtt needs a resource and an attribute\n");
    assert_told(TEMPLATE("!FindInMap [a, b]"), "10:18: Fn::FindInMap needs the names of a mapping and of two keys\n");
    assert_told("Mappings: {a: {b: {c: {}}}}\n" TEMPLATE("!FindInMap [a, b, c]"),
                "11:18: Fn::FindInMap needs a mapping of two levels\n");
}

static void what_a_function_makes_is_told_at_the_function(void **state)
{
    (void)state;
    assert_told("Resources:\n  A:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      MetricTransformations: []\n"
                "      FilterPattern: !Join ['', ['{ $.a ', '\"b\" }']]\n",
                "5:30: one metric transformation is needed\n");
    assert_told("Parameters: {P: {Default: '{ $.a \"b\" }'}}\nResources:\n  A:\n    Type: AWS::Logs::MetricFilter\n"
                "    Properties:\n      FilterPattern: {Ref: P}\n      MetricTransformations:\n"
                "        - {MetricName: M, MetricNamespace: N, MetricValue: 1}\n",
                "6:22: expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)\n");
}

static void names_that_depend_on_themselves_are_told(void **state)
{
    (void)state;
    static const char deep[] = "12:18: names of resources depend on one another too deeply\n";
    assert_told(NAMED("!Sub 'x${A}'"), deep);
    assert_told(NAMED("!Ref A"), deep);
    assert_told(NAMED("!Join ['', [!GetAtt A.Arn]]"), deep);
}

static void the_template_itself_is_checked(void **state)
{
    (void)state;
    assert_told(TEMPLATE("1") "    Conditon: C\n", "12:5: unknown field Conditon; did you mean Condition?\n");
    assert_told(TEMPLATE("1") "    Condition: C\n", "12:16: there is no condition C\n");
    assert_told(TEMPLATE("1") "    Condition: [C]\n", "12:16: the name of a condition is needed\n");
    assert_told(TEMPLATE("1") "Output: {}\n", "12:1: unknown field Output; did you mean Outputs?\n");
    assert_told("Resources: {A: {Properties: {}}}\n", "1:13: resource A has no Type\n");
    assert_told("Resources: {A: {Type: 'AWS::CloudWatch::Alarm'}}\n", "1:13: A has no Properties\n");
    assert_told("Resources: {'Fn::ForEach::X': [a]}\n", "1:13: Fn::ForEach::X cannot be resolved\n");
    assert_told("AWSTemplateFormatVersion: x\n", "1:1: a template needs Resources\n");
    assert_told("Resources: []\n", "1:12: a template needs Resources\n");
    assert_told("Resources: {A: {Type: 'AWS::SNS::Topic', Whatever: 1}}\n", "");
    assert_told(TEMPLATE("1") "      AlarmArn: x\n", "");
}

/* What a resource of n bytes' worth of parameter makes of `times` mentions is bounded. */
static void what_functions_make_is_bounded(void **state)
{
    (void)state;
    told t;
    size_t room = 4000000, at = 0;
    char *source = malloc(room);
    assert_non_null(source);
    at += (size_t)snprintf(source, room, "Parameters: {P: {Default: ");
    memset(source + at, 'x', 1000000);
    at += 1000000;
    at += (size_t)snprintf(source + at, room - at, "}}\n%s", "Resources:\n");
    for (int i = 0; i < 100; i++)
        at += (size_t)snprintf(source + at, room - at,
                               "  A%d: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmDescription: !Sub 'a${P}'}}\n", i);
    told_load(&t, source, false, NULL);
    assert_non_null(strstr(t.text, "AlarmDescription: a text of more than 65536 bytes\n"));
    assert_non_null(strstr(t.text, "the functions of this template make more text than they may\n"));
    told_end(&t);
    snprintf(source + 1000026, room - 1000026, "}}\n%s", NAMED("!Sub '${P}${P}'"));
    told_load(&t, source, false, NULL);
    assert_non_null(strstr(t.text, "13:18: a function makes a text of more than 1048576 bytes\n"));
    told_end(&t);
    free(source);
}

/* Is that told of a template whose parameter P has n characters? */
static bool is_told_of(size_t n, const char *rest, const char *expected)
{
    static const char before[] = "Parameters: {P: {Default: ";
    char *source = malloc(sizeof before + n + strlen(rest));
    told t;
    assert_non_null(source);
    memcpy(source, before, sizeof before - 1);
    memset(source + sizeof before - 1, 'x', n);
    strcpy(source + sizeof before - 1 + n, rest);
    told_load(&t, source, false, NULL);
    bool found = strstr(t.text, expected) != NULL;
    told_end(&t);
    free(source);
    return found;
}

static void a_setting_has_at_most_64_kib_and_what_a_function_makes_1_mib(void **state)
{
    (void)state;
    assert_false(is_told_of(65536, "}}\n" NAMED("!Ref P"), "more than 65536 bytes"));
    assert_true(is_told_of(65537, "}}\n" NAMED("!Ref P"), "more than 65536 bytes"));
    assert_false(is_told_of(1048576, "}}\n" NAMED("!Sub '${P}'"), "more than 1048576 bytes"));
    assert_true(is_told_of(1048577, "}}\n" NAMED("!Sub '${P}'"), "more than 1048576 bytes"));
}

static void a_template_of_ten_megabytes_is_read(void **state)
{
    (void)state;
    told t;
    size_t room = 11000000, at = 0, n = 0;
    char *source = malloc(room);
    assert_non_null(source);
    at = (size_t)snprintf(source, room, "Resources:\n");
    for (; at < 10000000; n++)
        at += (size_t)snprintf(source + at, room - at,
                               "  A%zu:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: Space\n"
                               "      MetricName: Metric\n      Statistic: Sum\n      Period: 300\n      EvaluationPeriods: 1\n"
                               "      Threshold: 1\n      ComparisonOperator: GreaterThanThreshold\n  C%zu:\n"
                               "    Type: AWS::CloudWatch::CompositeAlarm\n    Properties:\n"
                               "      AlarmRule: !Sub 'ALARM(${A%zu})'\n", n, n, n / 2);
    told_load(&t, source, false, NULL);
    assert_text(t.text, "");
    assert_int_equal(t.config.n_alarms, n);
    assert_int_equal(t.config.n_composites, n);
    told_end(&t);
    free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_stand_for_their_values),
        cmocka_unit_test(conditions_choose),
        cmocka_unit_test(what_conditions_are_not_is_told),
        cmocka_unit_test(an_unknown_condition_is_no_error_where_it_decides_nothing),
        cmocka_unit_test(an_alarms_arn_needs_region_and_account),
        cmocka_unit_test(what_decides_nothing_may_be_unknown),
        cmocka_unit_test(what_is_not_known_is_told),
        cmocka_unit_test(functions_that_are_not_resolved_are_told),
        cmocka_unit_test(functions_of_the_wrong_form_are_told),
        cmocka_unit_test(what_a_function_makes_is_told_at_the_function),
        cmocka_unit_test(names_that_depend_on_themselves_are_told),
        cmocka_unit_test(the_template_itself_is_checked),
        cmocka_unit_test(what_functions_make_is_bounded),
        cmocka_unit_test(a_setting_has_at_most_64_kib_and_what_a_function_makes_1_mib),
        cmocka_unit_test(a_template_of_ten_megabytes_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
