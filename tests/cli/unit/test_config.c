/* Configurations: every source gives the same filters and alarms, and says what is wrong where. */
#include "config_told.h"
#include "manual_text.h"

/* ---- samples ---- */

static void assert_is(ctf_text found, const char *expected)
{
    assert_int_equal(found.length, strlen(expected));
    assert_memory_equal(found.data, expected, found.length);
}

static void assert_filters(const cli_config *config)
{
    assert_int_equal(config->n_filters, 2);
    const ctf_metric_filter *one = &config->filters[0], *two = &config->filters[1];
    assert_is(one->filter_name, "console-login");
    assert_is(config->filter_origins[0].log_group, "trail");
    assert_is(one->filter_pattern, "{ $.eventName = \"ConsoleLogin\" }");
    assert_is(one->metric_namespace, "CloudTrail");
    assert_is(one->metric_name, "ConsoleLogins");
    assert_is(one->metric_value, "1");
    assert_is(one->unit, "Count");
    assert_false(one->has_default);
    assert_int_equal(one->n_dimensions, 0);
    assert_is(two->filter_name, "denied");
    assert_is(two->filter_pattern, "{ $.errorCode = \"AccessDenied*\" }");
    assert_int_equal(two->n_dimensions, 1);
    assert_is(two->dimensions[0].name, "Region");
    assert_is(two->dimensions[0].value, "$.awsRegion");
}

static void assert_alarms(const cli_config *config)
{
    assert_int_equal(config->n_alarms, 2);
    const cli_metric_alarm *one = &config->alarms[0], *two = &config->alarms[1];
    assert_is(one->input.alarm_name, "login");
    assert_is(one->input.alarm_description, "somebody came in");
    assert_int_equal(one->alarm.period, 300);
    assert_int_equal(one->alarm.evaluation_periods, 3);
    assert_int_equal(one->alarm.datapoints_to_alarm, 2);
    assert_true(one->alarm.m_is_set);
    assert_true(one->alarm.threshold == 0.0);
    assert_int_equal(one->alarm.comparison, CTF_GREATER);
    assert_int_equal(one->alarm.treat_missing, CTF_TREAT_NOT_BREACHING);
    assert_int_equal(one->alarm.statistic.type, CTF_SUM);
    assert_true(one->actions.enabled);
    assert_int_equal(one->actions.n_alarm, 1);
    assert_is(one->actions.alarm[0], "arn:aws:sns:eu-west-1:123456789012:people");
    assert_int_equal(one->actions.n_ok, 0);
    assert_is(two->input.alarm_name, "denied");
    assert_int_equal(two->alarm.statistic.type, CTF_PERCENTILE);
    assert_false(two->alarm.m_is_set);
    assert_true(two->alarm.threshold == 2.5);
    assert_false(two->actions.enabled);
    assert_int_equal(two->alarm.metric.n_dimensions, 1);
    assert_is(two->alarm.metric.dimensions[0].value, "eu-west-1");
}

static void assert_composite(const cli_config *config)
{
    assert_int_equal(config->n_composites, 1);
    const cli_composite_alarm *one = &config->composites[0];
    assert_is(one->name, "both");
    assert_is(one->rule_text, "ALARM(login) AND ALARM(\"denied\")");
    assert_int_equal(ctf_rule_count(one->rule), 2);
    assert_int_equal(cli_config_find(config, one->suppressor).kind, CLI_METRIC_ALARM);
    assert_int_equal(cli_config_find(config, one->suppressor).index, 0);
    assert_int_equal(one->wait, 60);
    assert_int_equal(one->extension, 120);
    assert_false(one->cyclic);
}

/* The files hold, without a complaint, what all samples hold. */
static void assert_sample(const char *const *files, const char *const *parameters)
{
    told t;
    told_begin(&t, false, parameters);
    for (; *files != NULL; files++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", SAMPLES, *files);
        if (!cli_config_load(&t.config, path))
            print_message("%s: %s", *files, t.text);
    }
    assert_true(cli_config_check_links(&t.config));
    assert_text(t.text, "");
    assert_filters(&t.config);
    assert_alarms(&t.config);
    assert_composite(&t.config);
    assert_is(t.config.alarms[0].alarm.metric.unit, "Count"); /* the filter's, for it names none */
    ctf_metrics *metrics = cli_config_metrics(&t.config);
    assert_non_null(metrics);
    ctf_metrics_free(metrics);
    told_end(&t);
}

static void every_source_gives_the_same(void **state)
{
    (void)state;
    static const char *const sources[][3] = {{"own.yaml"},      {"metric-filters.json", "alarms.json"},
                                             {"objects.jsonl"}, {"template.yaml"},
                                             {"plan.json"},     {"state.json"}};
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        assert_sample(sources[i], NULL);
}

static void a_template_takes_its_parameters_from_the_user(void **state)
{
    (void)state;
    static const char *const file[] = {"template.json", NULL};
    static const char *const parameters[] = {"Event=ConsoleLogin", "AWS::Region=eu-west-1", NULL};
    static const char *const account[] = {"Event=ConsoleLogin", "AWS::Region=eu-west-1",
                                          "AWS::AccountId=123456789012", NULL};
    assert_sample(file, parameters);
    assert_sample(file, account);
}

/* The lines of code in the manual's section on configuration files. */
static const char *manual_example(void)
{
    for (size_t i = 0; i < manual_section_count; i++)
        for (size_t j = 0; strcmp(manual_sections[i].title, "Configuration files") == 0 && j < manual_sections[i].n; j++)
            if (manual_sections[i].pieces[j].kind == MANUAL_CODE)
                return manual_sections[i].pieces[j].text;
    return "";
}

static void the_manuals_example_loads(void **state)
{
    (void)state;
    told t;
    told_load(&t, manual_example(), false, NULL);
    assert_true(cli_config_check_links(&t.config));
    assert_text(t.text, "");
    assert_int_equal(t.config.n_filters, 1);
    assert_int_equal(t.config.n_alarms, 1);
    assert_int_equal(t.config.n_composites, 1);
    told_end(&t);
}

/* ---- truncated, and otherwise damaged ---- */

static const char *const all_samples[] = {"own.yaml",      "metric-filters.json", "alarms.json", "objects.jsonl",
                                          "template.yaml", "template.json",       "plan.json",   "state.json"};

static size_t sample_bytes(const char *name, char **out)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", SAMPLES, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *out = malloc(65536);
    assert_non_null(*out);
    size_t length = fread(*out, 1, 65536, file);
    fclose(file);
    assert_true(length > 0 && length < 65536);
    return length;
}

/* Loads bytes in a block of exactly their size, so that a sanitizer sees a step beyond. */
static void load_exactly(const char *bytes, size_t length, bool lenient)
{
    told t;
    char *block = malloc(length > 0 ? length : 1);
    assert_non_null(block);
    memcpy(block, bytes, length);
    told_begin(&t, lenient, NULL);
    config_load_bytes(&t.config, "c", block, length);
    cli_config_check_links(&t.config);
    told_end(&t);
    free(block);
}

static void a_file_may_end_at_every_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof all_samples / sizeof all_samples[0]; i++) {
        char *bytes;
        size_t length = sample_bytes(all_samples[i], &bytes);
        for (size_t n = 0; n < length; n++)
            load_exactly(bytes, n, n % 2 == 0);
        free(bytes);
    }
}

static void any_byte_may_be_another(void **state)
{
    (void)state;
    static const char others[] = {'{', '}', '[', ']', '"', '\'', '!', '&', '*', '\n', ':', '0', '\xff', '\0'};
    for (size_t i = 0; i < sizeof all_samples / sizeof all_samples[0]; i++) {
        char *bytes;
        size_t length = sample_bytes(all_samples[i], &bytes);
        for (size_t n = 0; n < length; n++) {
            char was = bytes[n];
            bytes[n] = others[n % sizeof others];
            load_exactly(bytes, length, n % 3 == 0);
            bytes[n] = was;
        }
        free(bytes);
    }
}

/* ---- what is told ---- */

#define ALARM                                                                                                     \
    "alarms:\n  - AlarmName: a\n    Namespace: N\n    MetricName: M\n    Statistic: Sum\n    EvaluationPeriods: 1\n"    \
    "    Threshold: 1\n    ComparisonOperator: GreaterThanThreshold\n"
#define FILTER "metricFilters:\n  - filterName: f\n    metricTransformations: [{metricName: M, metricNamespace: N, "

static void unknown_fields_are_told_with_the_nearest(void **state)
{
    (void)state;
    assert_told(ALARM "    Peroid: 300\n", "9:5: unknown field Peroid; did you mean Period?\n");
    assert_told(ALARM "    Period: 60\nalarmz: []\n", "10:1: unknown field alarmz; did you mean alarms?\n");
    assert_told(FILTER "metricValue: '1', zzzzzzzzzzzz: 1}]\n    filterPattern: x\n",
                "3:83: unknown field zzzzzzzzzzzz\n");
    assert_told(ALARM "    Period: 60\n    Dimensions: [{Name: a, Valu: b, Value: c}]\n",
                "10:28: unknown field Valu; did you mean Value?\n");
    assert_told_leniently(ALARM "    Period: 60\n    Peroid: 300\n",
                          "10:5: warning: unknown field Peroid; did you mean Period?\n");
}

static void a_name_with_line_ends_is_told_in_one_line(void **state)
{
    (void)state;
    assert_told("{\"AlarmName\":\"a\",\"b\\nctfilter: c:1:1: forged\":1,\"Period\":\"\\r\\n2\"}",
                "1:18: unknown field b ctfilter: c:1:1: forged\n"
                "1:58: Period: a whole number is needed, not the text   2\n");
}

static void values_of_the_wrong_kind_are_told(void **state)
{
    (void)state;
    assert_told(ALARM "    Period: '300'\n", "9:13: Period: a whole number is needed, not the text 300\n");
    assert_told(ALARM "    Period: 1.5\n", "9:13: Period: a whole number is needed, not the number 1.5\n");
    assert_told(ALARM "    Period: 1e30\n", "9:13: Period: a whole number is needed, not the number 1e30\n");
    assert_told(ALARM "    Period: [1]\n", "9:13: Period: a whole number is needed, not a list\n");
    assert_told(ALARM "    Period: !Ref x\n", "9:13: Period: a whole number is needed, not Ref\n");
    assert_told(ALARM "    Period: 60\n    ActionsEnabled: 'true'\n",
                "10:21: ActionsEnabled: true or false is needed, not the text true\n");
    assert_told(ALARM "    Period: 60\n    Unit: {}\n", "10:11: Unit: a text is needed, not an object\n");
    assert_told(ALARM "    Period: 60\n    OKActions: x\n", "10:16: OKActions: a list of texts is needed, not the text x\n");
    assert_told(ALARM "    Period: 60\n    OKActions: [[]]\n", "10:17: OKActions: a text is needed, not a list\n");
    assert_told(ALARM "    Period: 60\n    Dimensions: {a: b}\n",
                "10:17: Dimensions: a list of dimensions is needed, not an object\n");
    assert_told(ALARM "    Period: 60\n    Dimensions: [{Name: a}]\n", "10:18: a dimension needs Name and Value\n");
    assert_told("alarms: 5\n", "1:9: alarms: a list is needed\n");
    assert_told("alarms: [5]\n", "1:10: an object is needed here\n");
    assert_told(FILTER "metricValue: 1, dimensions: [a]}]\n    filterPattern: x\n",
                "3:93: dimensions: an object of names and values is needed, not a list\n");
}

static void numbers_are_bounded(void **state)
{
    (void)state;
    assert_told("alarms: [{AlarmName: a, Threshold: 1e999}]\n", "1:36: Threshold: 1e999 is too large\n");
    assert_told("alarms: [{AlarmName: a, Threshold: .nan}]\n",
                "1:36: Threshold: a number is needed, not the text .nan\n");
}

static void the_api_in_json_is_taken_to_the_letter(void **state)
{
    (void)state;
    assert_told("{\"filterName\": \"f\", \"filterPattern\": \"x\", \"metricTransformations\": [\n"
                "{\"metricName\": \"m\", \"metricNamespace\": \"n\", \"metricValue\": 1, \"defaultValue\": \"7\"}]}\n",
                "2:60: metricValue: a text is needed, not the number 1\n"
                "2:79: defaultValue must be a number, not a text\n");
}

static void what_the_service_refuses_is_told_at_its_field(void **state)
{
    (void)state;
    assert_told(ALARM "    Period: 45\n",
                "9:13: Period is 45; it must be 10, 20, 30 or a multiple of 60 seconds\n");
    assert_told(ALARM "    DatapointsToAlarm: 2\n    Period: 60\n",
                "9:24: DatapointsToAlarm is 2 of 1 EvaluationPeriods\n");
    assert_told("alarms:\n- {AlarmName: a, Namespace: N, MetricName: M, ExtendedStatistic: p99, Threshold: 1, Period: 60,\n"
                "  ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1441}\n",
                "3:64: EvaluationPeriods (1441) times Period (60) is more than 86400 seconds\n");
    assert_told(FILTER "metricValue: x}]\n    filterPattern: x\n",
                "3:78: metricValue is a number up to 2^360 or a selector ($.field, $name, $3): 'x'\n");
    assert_told(FILTER "metricValue: '1', defaultValue: 1, dimensions: {a: $.a}}]\n    filterPattern: '{ $.a = 1 }'\n",
                "3:112: a metric filter with dimensions has no defaultValue\n");
    assert_told("compositeAlarms: [{AlarmName: c, AlarmRule: 'FALSE', ActionsSuppressor: x}]\n",
                "1:73: ActionsSuppressorWaitPeriod is missing beside ActionsSuppressor\n");
}

static void a_bad_pattern_is_told_where_it_is_bad(void **state)
{
    (void)state;
    static const char why[] = "expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)\n";
    char expected[128];
    snprintf(expected, sizeof expected, "4:27: %s", why);
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: '{ $.é \"b\" }'\n", expected);
    snprintf(expected, sizeof expected, "4:20: %s", why);
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: \"{ $.é \\\"b\\\" }\"\n", expected);
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: |-\n      { $.a \"b\" }\n", expected);
}

static void a_pattern_is_shown_with_its_place_and_the_services_words(void **state)
{
    (void)state;
    FILE *was = stderr, *file = tmpfile();
    char said[512];
    cli_config config;
    assert_non_null(file);
    stderr = file;
    cli_config_init(&config, &(cli_config_options){0});
    static const char source[] = FILTER "metricValue: '1'}]\n    filterPattern: '{ $.a \"b\" }'\n";
    config_load_bytes(&config, "c.yaml", source, strlen(source));
    cli_config_free(&config);
    stderr = was;
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    assert_text(said, "ctfilter: c.yaml:4:27: expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)\n"
                      "  { $.a \"b\" }\n        ^^^\n  the service says: Invalid metric filter pattern\n");
}

static void a_filter_needs_a_pattern_and_one_transformation(void **state)
{
    (void)state;
    assert_told("metricFilters: [{filterName: f, filterPattern: x}]\n",
                "1:17: one metric transformation is needed\n");
    assert_told("metricFilters: [{filterName: f, filterPattern: x, metricTransformations: []}]\n",
                "1:74: one metric transformation is needed\n");
    assert_told("metricFilters: [{filterName: f, filterPattern: x, metricTransformations: [{}, {}]}]\n",
                "1:79: a metric filter has one metric transformation\n");
    assert_told(FILTER "metricValue: '1'}]\n", "2:5: a filter pattern is needed; it may be \"\"\n");
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: ''\n", "");
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: x\n    emitSystemFieldDimensions: ['@aws.zone']\n",
                "5:32: @aws.zone is no system field; there are @aws.account and @aws.region\n");
}

static void what_cannot_be_replayed_is_refused_or_left_out(void **state)
{
    (void)state;
    static const char metrics[] = ALARM "    Period: 60\n    Metrics: [{Id: m}]\n";
    assert_told(metrics, "10:5: Metrics cannot be replayed\n");
    assert_told_leniently(metrics, "10:5: warning: Metrics cannot be replayed\n2:5: warning: a is left out\n");
    assert_told(ALARM "    Period: 60\n    Metrics: []\n", "");
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: x\n    fieldSelectionCriteria: y\n",
                "5:5: fieldSelectionCriteria cannot be replayed\n");
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: x\n    applyOnTransformedLogs: false\n", "");
    assert_told("alarms: [{AlarmName: a, Namespace: N, MetricName: M, Statistic: Sum, Period: 60, EvaluationPeriods: 1,\n"
                "  ComparisonOperator: GreaterThanUpperThreshold, ThresholdMetricId: x}]\n",
                "2:23: alarms on anomaly bands cannot be replayed\n");
}

static void lenient_goes_on_with_the_others(void **state)
{
    (void)state;
    told t;
    told_load(&t, "alarms:\n- {AlarmName: x, Period: 1}\n- {AlarmName: y, Namespace: N, MetricName: M, Statistic: Sum, "
                  "Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanThreshold}\n", true, NULL);
    assert_int_equal(t.config.n_alarms, 1);
    assert_is(t.config.alarms[0].input.alarm_name, "y");
    assert_non_null(strstr(t.text, "2:3: warning: x is left out\n"));
    told_end(&t);
}

static void a_rule_is_told_where_it_is_bad(void **state)
{
    (void)state;
    assert_told("compositeAlarms:\n  - AlarmName: c\n    AlarmRule: ALARM(a) AN ALARM(b)\n",
                "3:25: expected AND, OR or the end of the rule\n");
    assert_told("compositeAlarms:\n  - AlarmName: c\n    AlarmRule: 'ALARM(c)'\n",
                "3:23: the rule names its own alarm\n");
}

static void nothing_stands_twice(void **state)
{
    (void)state;
    assert_told(ALARM "    Period: 60\n    Period: 60\n", "10:5: Period stands twice, first in line 9\n");
    assert_told("{\"alarms\": [],\n \"alarms\": []}", "2:2: alarms stands twice, first in line 1\n");
    assert_told(ALARM "    Period: 60\n  - AlarmName: a\n    Namespace: N\n    MetricName: M\n    Statistic: Sum\n"
                "    EvaluationPeriods: 1\n    Threshold: 1\n    ComparisonOperator: GreaterThanThreshold\n    Period: 60\n",
                "10:5: alarm a stands already at c:2:5\n");
    assert_told(FILTER "metricValue: '1'}]\n    filterPattern: x\n"
                "  - {filterName: f, filterPattern: y, logGroupName: other, metricTransformations: [{metricName: M, "
                "metricNamespace: N, metricValue: '1'}]}\n"
                "  - {filterName: f, filterPattern: y, metricTransformations: [{metricName: M, metricNamespace: N, "
                "metricValue: '1'}]}\n",
                "6:5: metric filter f stands already at c:2:5\n");
}

static void alarms_of_two_accounts_may_share_a_name(void **state)
{
    (void)state;
    told t;
    char source[1024];
    static const char one[] = "{\"AlarmName\": \"a\", \"AlarmArn\": \"arn:aws:cloudwatch:eu-west-1:%d:alarm:a\", "
                              "\"AlarmRule\": \"FALSE\"}\n";
    size_t at = 0;
    for (int account = 1; account <= 2; account++)
        at += (size_t)snprintf(source + at, sizeof source - at, one, account);
    told_load(&t, source, false, NULL);
    assert_text(t.text, "");
    assert_int_equal(t.config.n_composites, 2);
    static const char second[] = "arn:aws:cloudwatch:eu-west-1:2:alarm:a", third[] = "arn:aws:cloudwatch:eu-west-1:3:alarm:a";
    assert_int_equal(cli_config_find(&t.config, (ctf_text){second, strlen(second)}).index, 1);
    assert_int_equal(cli_config_find(&t.config, (ctf_text){third, strlen(third)}).kind, CLI_NO_ALARM);
    assert_int_equal(cli_config_find(&t.config, (ctf_text){"a", 1}).index, 0);
    told_end(&t);
}

/* What costs a step for each pair of them would take minutes. */
static void many_alarms_of_one_name_and_one_metric_cost_no_more_than_others(void **state)
{
    (void)state;
    const size_t n = 40000;
    char *text = malloc(n * 2 * 300), *at = text;
    told t;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) {
        at += sprintf(at,
                      "{\"AlarmName\":\"a\",\"AlarmArn\":\"arn:aws:cloudwatch:eu-west-1:%012zu:alarm:a\",\"Namespace\":\"N\","
                      "\"MetricName\":\"M\",\"Statistic\":\"Sum\",\"Period\":60,\"EvaluationPeriods\":1,\"Threshold\":1,"
                      "\"ComparisonOperator\":\"GreaterThanThreshold\"}\n", i);
        at += sprintf(at,
                      "{\"filterName\":\"f%zu\",\"filterPattern\":\"{ $.d = * }\",\"metricTransformations\":[{\"metricName\":"
                      "\"M\",\"metricNamespace\":\"N\",\"metricValue\":\"1\",\"dimensions\":{\"d%zu\":\"$.d\"}}]}\n", i, i);
    }
    told_begin(&t, true, NULL);
    config_load_bytes(&t.config, "c", text, (size_t)(at - text));
    cli_config_check_links(&t.config);
    assert_int_equal(t.config.n_alarms, n);
    assert_int_equal(t.config.n_filters, n);
    told_end(&t);
    free(text);
}

static void what_is_no_configuration_is_told(void **state)
{
    (void)state;
    static const char nothing[] = "1:1: this is no configuration: neither metric filters or alarms nor a template that "
                                  "holds them\n";
    assert_told("hello: world\n", nothing);
    assert_told("hello\n", nothing);
    assert_told("[]", nothing);
    assert_told("{\"Records\": []}", nothing);
    assert_told(" \n", "nothing stands here\n");
    assert_told("", "nothing stands here\n");
    assert_told("{\"a\": [1,}\n", "1:10: unallowed token at this point in JSON text\n");
    assert_told("[{\"AlarmName\": \"x\", \"AlarmRule\": \"FALSE\"}, {\"q\": 1}]",
                "1:44: this is no metric filter and no alarm\n");
}

static void json_lines_tell_their_line(void **state)
{
    (void)state;
    assert_told("{\"AlarmName\": \"x\", \"AlarmRule\": \"FALSE\"}\n\n  {\"AlarmName\": \"y\", \"AlarmRole\": 1}\n{\"a",
                "3:22: unknown field AlarmRole; did you mean AlarmName?\n"
                "4:4: premature EOF\n");
}

static void a_list_that_goes_on_is_worth_a_warning(void **state)
{
    (void)state;
    assert_told("{\"MetricAlarms\": [],\n\"NextToken\": \"x\", \"ResponseMetadata\": {}}",
                "2:1: warning: this list goes on: NextToken says that only a part of it is here\n");
    assert_told("{\"MetricAlarms\": [], \"CompositeAlarms\": null, \"NextToken\": null}", "");
}

static void many_errors_are_counted_not_told(void **state)
{
    (void)state;
    told t;
    char *source = malloc(40000);
    size_t at = (size_t)snprintf(source, 40000, "alarms:\n");
    for (int i = 0; i < 1000; i++)
        at += (size_t)snprintf(source + at, 40000 - at, "- {Unit: []}\n");
    told_load(&t, source, false, NULL);
    size_t lines = 0;
    for (const char *c = t.text; *c != '\0'; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 101);
    assert_non_null(strstr(t.text, "102:10: more errors follow that are not shown\n"));
    told_end(&t);
    free(source);
}

/* ---- Terraform ---- */

#define PLAN(values, unknown)                                                                                     \
    "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{\"resources\":[{\"address\":\"t.a\",\"type\":"      \
    "\"aws_cloudwatch_metric_alarm\",\n\"values\":{\"alarm_name\":\"a\",\"comparison_operator\":\"GreaterThanThreshold\"," \
    "\"evaluation_periods\":1,\"metric_name\":\"M\",\"namespace\":\"N\",\"period\":60,\"statistic\":\"Sum\"" values        \
    "}}]}},\n\"resource_changes\":[{\"address\":\"t.a\",\"change\":{\"after_unknown\":{" unknown "}}}]}"

static void what_a_plan_does_not_know_is_told(void **state)
{
    (void)state;
    assert_told(PLAN(",\"threshold\":1", "\"arn\":true,\"evaluate_low_sample_count_percentiles\":true"), "");
    assert_told(PLAN("", "\"threshold\":true"), "2:10: t.a: threshold is not known before the plan is applied\n");
    assert_told(PLAN(",\"threshold\":1", "\"dimensions\":{\"Region\":true}"),
                "2:10: t.a: dimensions: Region is not known before the plan is applied\n");
    assert_told(PLAN(",\"threshold\":1,\"new_option\":null", ""), "");
    assert_told(PLAN(",\"threshold\":1,\"new_option\":5", ""), "2:174: unknown field new_option\n");
    assert_told(PLAN(",\"threshold\":1,\"metric_query\":[{\"id\":\"m\"}]", ""),
                "2:174: metric_query cannot be replayed\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_source_gives_the_same),
        cmocka_unit_test(a_template_takes_its_parameters_from_the_user),
        cmocka_unit_test(the_manuals_example_loads),
        cmocka_unit_test(unknown_fields_are_told_with_the_nearest),
        cmocka_unit_test(a_name_with_line_ends_is_told_in_one_line),
        cmocka_unit_test(values_of_the_wrong_kind_are_told),
        cmocka_unit_test(numbers_are_bounded),
        cmocka_unit_test(the_api_in_json_is_taken_to_the_letter),
        cmocka_unit_test(what_the_service_refuses_is_told_at_its_field),
        cmocka_unit_test(a_bad_pattern_is_told_where_it_is_bad),
        cmocka_unit_test(a_pattern_is_shown_with_its_place_and_the_services_words),
        cmocka_unit_test(a_filter_needs_a_pattern_and_one_transformation),
        cmocka_unit_test(what_cannot_be_replayed_is_refused_or_left_out),
        cmocka_unit_test(lenient_goes_on_with_the_others),
        cmocka_unit_test(a_rule_is_told_where_it_is_bad),
        cmocka_unit_test(nothing_stands_twice),
        cmocka_unit_test(alarms_of_two_accounts_may_share_a_name),
        cmocka_unit_test(many_alarms_of_one_name_and_one_metric_cost_no_more_than_others),
        cmocka_unit_test(what_is_no_configuration_is_told),
        cmocka_unit_test(json_lines_tell_their_line),
        cmocka_unit_test(a_list_that_goes_on_is_worth_a_warning),
        cmocka_unit_test(many_errors_are_counted_not_told),
        cmocka_unit_test(what_a_plan_does_not_know_is_told),
        cmocka_unit_test(a_file_may_end_at_every_byte),
        cmocka_unit_test(any_byte_may_be_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
