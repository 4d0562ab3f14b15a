/* Metric filters compiled together: many at once, errors, defaults counted by the minute, memory. What they
 * publish is told in tests/cases/metric. */
#include "series_kit.h"

static const ctf_dimension users[1] = {{{"User", 4}, {"$.user", 6}}};

static ctf_metric_filter filter(const char *pattern, const char *name, const char *value)
{
    return (ctf_metric_filter){.filter_name = text_of(name), .filter_pattern = text_of(pattern),
                               .metric_namespace = text_of("Trail"), .metric_name = text_of(name),
                               .metric_value = text_of(value)};
}

static ctf_metric_filter with_default(ctf_metric_filter f, double value)
{
    f.has_default = 1;
    f.default_value = value;
    return f;
}

static ctf_metric_filter by_user(ctf_metric_filter f)
{
    f.dimensions = users;
    f.n_dimensions = 1;
    return f;
}

/* All kinds in one array. */
#define FILTERS 6
static void fill(ctf_metric_filter filters[FILTERS])
{
    filters[0] = filter("{ $.n = * }", "a", "$.n");
    filters[1] = with_default(filter("{ $.n > 3 }", "b", "2"), 0);
    filters[2] = by_user(filter("{ $.user = * }", "c", "$.n"));
    filters[3] = with_default(filter("error", "d", "1"), -0.0);
    filters[4] = filter("[a, b]", "e", "$b");
    filters[5] = with_default(filter("{ $.user = bob }", "f", "$.n"), 7);
    filters[5].emit_system_dimensions = CTF_EMIT_ACCOUNT;
}

static const char *const messages[] = {
    "{\"n\":1,\"user\":\"alice\"}", "{\"n\":\"5\",\"user\":\"bob\"}", "{\"user\":\"bob\"}", "{\"n\":true,\"user\":\"bob\"}",
    "an error", "two 12", "error 0.5", "{}", "", "{\"n\":4,\"user\":null}",
};

typedef struct machine {
    ctf_metrics *metrics;
    ctf_scratch *scratch;
} machine;

static machine build(const ctf_metric_filter *filters, size_t n)
{
    machine m;
    ctf_error error;
    if (ctf_metrics_compile(filters, n, NULL, &m.metrics, &error) != CTF_OK)
        fail_msg("%zu: %s", error.pattern, error.message);
    assert_int_equal(ctf_scratch_new(ctf_metrics_filter(m.metrics), NULL, &m.scratch), CTF_OK);
    return m;
}

static void dismantle(machine m)
{
    ctf_scratch_free(m.scratch);
    ctf_metrics_free(m.metrics);
}

static ctf_status tell(machine m, const char *message, int64_t timestamp, ctf_series *into)
{
    ctf_hits hits;
    const ctf_log_event event = {timestamp, timestamp + 90000, text_of("123456789012"), text_of("")};
    assert_int_equal(ctf_match(m.scratch, message, strlen(message), &hits), CTF_OK);
    return ctf_metrics_record(m.metrics, m.scratch, &hits, &event, into);
}

static void tell_all(machine m, ctf_series *into)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        assert_int_equal(tell(m, messages[i], (int64_t)i * 25000, into), CTF_OK);
}

static void many_filters_publish_what_each_does_alone(void **state)
{
    (void)state;
    ctf_metric_filter filters[FILTERS];
    fill(filters);
    ctf_series *together = new_series(0, 0, 0), *apart = new_series(0, 0, 0);
    machine all = build(filters, FILTERS);
    tell_all(all, together);
    dismantle(all);
    for (size_t i = 0; i < FILTERS; i++) {
        machine one = build(&filters[i], 1);
        tell_all(one, apart);
        dismantle(one);
    }
    assert_same_series(together, apart);
    assert_true(info_of(together).samples > 20 && info_of(together).skipped > 3);
    ctf_series_free(together);
    ctf_series_free(apart);
}

static void misses_counted_together_are_those_told_one_by_one(void **state)
{
    (void)state;
    ctf_metric_filter filters[FILTERS];
    fill(filters);
    machine m = build(filters, FILTERS);
    ctf_series *counted = new_series(0, 0, 0), *told = new_series(0, 0, 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(tell(m, "nothing", 1000, told), CTF_OK);
    const ctf_log_event event = {1000, 91000, {NULL, 0}, {NULL, 0}};
    assert_int_equal(ctf_metrics_record_misses(m.metrics, &event, 5, counted), CTF_OK);
    assert_same_series(told, counted);
    assert_int_equal(info_of(counted).samples, 15);
    ctf_series_free(counted);
    ctf_series_free(told);
    dismantle(m);
}

static void filters_of_one_metric_add_to_one_series(void **state)
{
    (void)state;
    ctf_metric_filter filters[2] = {filter("error", "M", "1"), filter("?error ?warning", "M", "10")};
    machine m = build(filters, 2);
    ctf_series *series = new_series(0, 0, 0);
    assert_int_equal(tell(m, "error", 0, series), CTF_OK);
    assert_int_equal(tell(m, "warning", 0, series), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, 1);
    assert_int_equal(info_of(series).samples, 3);
    ctf_series_free(series);
    dismantle(m);
}

static void arrival_goes_with_the_sample(void **state)
{
    (void)state;
    ctf_metric_filter f = filter("error", "M", "1");
    machine m = build(&f, 1);
    ctf_series *series = new_series(0, 0, 0);
    ctf_statistic sum = statistic("Sum");
    ctf_datapoint point;
    assert_int_equal(tell(m, "error", 1000, series), CTF_OK); /* arrives at 91 s */
    assert_int_equal(ctf_series_statistic(series, 0, &sum, 0, 60000, 60000, &point), CTF_OK);
    assert_int_equal(point.availability, CTF_NO_DATAPOINT);
    assert_int_equal(ctf_series_statistic(series, 0, &sum, 0, 60000, 120000, &point), CTF_OK);
    assert_int_equal(point.availability, CTF_AVAILABLE);
    ctf_series_free(series);
    dismantle(m);
}

static void texts_of_the_filters_are_copied(void **state)
{
    (void)state;
    char name[] = "Errors", space[] = "Trail", dimension[] = "User", selector[] = "$.user", pattern[] = "{ $.user = * }";
    const ctf_dimension by = {text_of(dimension), text_of(selector)};
    ctf_metric_filter f = {.filter_name = text_of(name), .filter_pattern = text_of(pattern),
                           .metric_namespace = text_of(space), .metric_name = text_of(name),
                           .metric_value = text_of("1"), .dimensions = &by, .n_dimensions = 1};
    machine m = build(&f, 1);
    memset(name, '?', strlen(name));
    memset(space, '?', strlen(space));
    memset(dimension, '?', strlen(dimension));
    memset(selector, '?', strlen(selector));
    memset(pattern, '?', strlen(pattern));
    ctf_series *series = new_series(0, 0, 0);
    ctf_metric got;
    assert_int_equal(tell(m, "{\"user\":\"bob\"}", 0, series), CTF_OK);
    assert_int_equal(ctf_series_metric(series, 0, &got), CTF_OK);
    assert_true(same_text(got.name, "Errors") && same_text(got.name_space, "Trail"));
    assert_true(same_text(got.dimensions[0].name, "User") && same_text(got.dimensions[0].value, "bob"));
    ctf_series_free(series);
    dismantle(m);
}

/* ---- errors -------------------------------------------------------------------------------------------- */

static ctf_status compile_with(ctf_metric_filter third, ctf_error *error)
{
    ctf_metric_filter filters[4];
    ctf_metrics *metrics;
    for (int i = 0; i < 4; i++)
        filters[i] = filter("error", "M", "1");
    filters[2] = third;
    ctf_status status = ctf_metrics_compile(filters, 4, NULL, &metrics, error);
    assert_true((status == CTF_OK) == (metrics != NULL));
    ctf_metrics_free(metrics);
    return status;
}

static void an_error_says_which_filter_it_is(void **state)
{
    (void)state;
    ctf_error error;
    assert_int_equal(compile_with(filter("{ $.a = }", "M", "1"), &error), CTF_E_PATTERN);
    assert_int_equal(error.kind, CTF_ERROR_GRAMMAR);
    assert_int_equal(error.pattern, 2);
    assert_int_equal(error.offset, 8);
    assert_int_equal(compile_with(filter("error", "a:b", "1"), &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_VALIDATION);
    assert_int_equal(error.pattern, 2);
    assert_int_equal(compile_with(filter("{ $.a = 1 }", "M", "$.a[*]"), &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_VALIDATION);
    assert_int_equal(error.pattern, 2);
    assert_string_equal(error.service, "Invalid metric transformation: metric value $.a[*] must be a valid number");
    assert_int_equal(compile_with(by_user(filter("error", "M", "1")), &error), CTF_E_ARGUMENT);
    assert_int_equal(error.pattern, 2);
    assert_string_equal(error.service, "The specified filter pattern does not support dimensions");
}

static void the_words_of_the_service_are_its_own(void **state)
{
    (void)state;
    ctf_error error;
    ctf_metric_filter f = with_default(by_user(filter("{ $.a = 1 }", "M", "1")), 0);
    compile_with(f, &error);
    assert_string_equal(error.service,
                        "Invalid metric transformation: dimensions and default value are mutually exclusive properties");
    f = filter("{ $.a = 1 }", "M", "1");
    f.metric_namespace = text_of("AWS/Logs");
    compile_with(f, &error);
    assert_string_equal(error.service, "Metric namespaces starting with AWS/ are reserved for AWS.");
    const ctf_dimension literal = {text_of("A"), text_of("literal")};
    f = filter("{ $.a = 1 }", "M", "1");
    f.dimensions = &literal;
    f.n_dimensions = 1;
    compile_with(f, &error);
    assert_string_equal(error.service, "Invalid metric transformation: dimension value must be valid selector");
    f = filter("{ $.a = 1 }", "M", "X");
    compile_with(f, &error);
    assert_string_equal(error.service, "Invalid metric transformation: metric value X must be a valid number");
}

static void values_that_no_metric_holds_are_no_defaults(void **state)
{
    (void)state;
    volatile double zero = 0;
    ctf_error error;
    assert_int_equal(compile_with(with_default(filter("x", "M", "1"), zero / zero), &error), CTF_E_ARGUMENT);
    assert_int_equal(compile_with(with_default(filter("x", "M", "1"), 1 / zero), &error), CTF_E_ARGUMENT);
    assert_int_equal(compile_with(with_default(filter("x", "M", "1"), 0x1p361), &error), CTF_E_ARGUMENT);
    assert_int_equal(compile_with(with_default(filter("x", "M", "1"), 0x1p360), &error), CTF_OK);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    ctf_metric_filter f = filter("error", "M", "1"), broken = f;
    ctf_metrics *metrics;
    ctf_error error;
    const ctf_options unknown = {.size = 4000};
    assert_int_equal(ctf_metrics_compile(NULL, 1, NULL, &metrics, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_compile(&f, 0, NULL, &metrics, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_compile(&f, 1, NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_compile(&f, 1, &unknown, &metrics, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_compile(&f, CTF_MAX_PATTERNS + 1, NULL, &metrics, &error), CTF_E_LIMIT);
    ctf_text *const texts[] = {&broken.filter_name, &broken.filter_pattern, &broken.metric_namespace,
                               &broken.metric_name, &broken.metric_value,   &broken.unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        broken = f;
        *texts[i] = (ctf_text){NULL, 4};
        assert_int_equal(ctf_metrics_compile(&broken, 1, NULL, &metrics, &error), CTF_E_ARGUMENT);
        assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    }
    broken = f;
    broken.n_dimensions = 2;
    assert_int_equal(ctf_metrics_compile(&broken, 1, NULL, &metrics, NULL), CTF_E_ARGUMENT);
    const ctf_dimension unreadable[] = {{{NULL, 3}, {"$.a", 3}}, {{"D", 1}, {NULL, 3}}};
    for (size_t i = 0; i < 2; i++) {
        broken = f;
        broken.dimensions = &unreadable[i];
        broken.n_dimensions = 1;
        assert_int_equal(ctf_metrics_compile(&broken, 1, NULL, &metrics, NULL), CTF_E_ARGUMENT);
    }
    broken = f;
    broken.emit_system_dimensions = 4;
    assert_int_equal(ctf_metrics_compile(&broken, 1, NULL, &metrics, &error), CTF_E_ARGUMENT);
    assert_null(metrics);
    assert_null(ctf_metrics_filter(NULL));
    ctf_metrics_free(NULL);
}

static double sum_seen_at(const ctf_series *series, int64_t start, int64_t end, int64_t seen_at)
{
    const ctf_statistic sum = statistic("Sum");
    ctf_datapoint got;
    assert_int_equal(ctf_series_statistic(series, 0, &sum, start, end, seen_at, &got), CTF_OK);
    return got.availability == CTF_AVAILABLE ? got.value : -1;
}

/* Where a series is finer, too: an alarm on ten seconds sees the sample where the minute begins, once the event is
 * there (spec: metrics-alarms 1.2.5, 4.4). */
static void a_sample_stands_in_the_minute_of_its_event(void **state)
{
    (void)state;
    ctf_metric_filter f = filter("error", "M", "1");
    machine m = build(&f, 1);
    ctf_series *series = new_series(10, 0, 0);
    ctf_log_event event = {60000 + 12000, CTF_ON_TIME, {NULL, 0}, {NULL, 0}};
    ctf_hits hits;
    assert_int_equal(ctf_match(m.scratch, "error", 5, &hits), CTF_OK);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &hits, &event, series), CTF_OK);
    event.timestamp = 60000 + 47000;
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &hits, &event, series), CTF_OK);
    assert_true(sum_seen_at(series, 60000, 70000, 60000 + 10000) < 0);
    assert_true(sum_seen_at(series, 60000, 70000, 60000 + 20000) == 1);
    assert_true(sum_seen_at(series, 60000, 70000, 60000 + 40000) == 1);
    assert_true(sum_seen_at(series, 60000, 70000, 60000 + 50000) == 2);
    assert_true(sum_seen_at(series, 70000, 120000, INT64_MAX) < 0);
    ctf_series_free(series);
    dismantle(m);
}

static void recording_checks_its_arguments(void **state)
{
    (void)state;
    ctf_metric_filter f = with_default(filter("error", "M", "1"), 0);
    machine m = build(&f, 1);
    ctf_series *series = new_series(0, 0, 0);
    const uint32_t foreign = 1;
    const ctf_hits none = {0, NULL}, bad = {1, &foreign}, worse = {1, NULL};
    ctf_log_event event = {0, CTF_ON_TIME, {NULL, 0}, {NULL, 0}};
    assert_int_equal(ctf_metrics_record(NULL, m.scratch, &none, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, NULL, &none, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, NULL, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &none, NULL, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &none, &event, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &bad, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &worse, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record_misses(m.metrics, &event, 0, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record_misses(NULL, &event, 1, series), CTF_E_ARGUMENT);
    event.timestamp = CTF_TIME_MAX + 1;
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &none, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_metrics_record_misses(m.metrics, &event, 1, series), CTF_E_ARGUMENT);
    event.timestamp = INT64_MIN;
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &none, &event, series), CTF_E_ARGUMENT);
    assert_int_equal(info_of(series).samples, 0);
    event.timestamp = 0;
    assert_int_equal(ctf_metrics_record_misses(m.metrics, &event, CTF_MAX_SAMPLES, series), CTF_OK);
    assert_int_equal(ctf_metrics_record(m.metrics, m.scratch, &none, &event, series), CTF_E_LIMIT);
    ctf_series_free(series);
    dismantle(m);
}

/* ---- memory -------------------------------------------------------------------------------------------- */

static void each_allocation_of_a_compilation_may_fail(void **state)
{
    (void)state;
    ctf_metric_filter good[FILTERS], bad[FILTERS];
    fill(good);
    fill(bad);
    bad[4].metric_value = text_of("$nobody");
    size_t failures = 0;
    for (size_t fail_at = 1; fail_at < 4000; fail_at++) {
        meter m = {0, 0, fail_at, fail_at % 2 == 0};
        const ctf_allocator allocator = {metered, &m};
        const ctf_options options = {sizeof options, &allocator};
        ctf_metrics *metrics;
        ctf_error error;
        ctf_status status = ctf_metrics_compile(good, FILTERS, &options, &metrics, &error);
        assert_true(status == CTF_OK || (status == CTF_E_NOMEM && error.kind == CTF_ERROR_MEMORY));
        failures += status != CTF_OK;
        ctf_metrics_free(metrics);
        m.calls = 0;
        status = ctf_metrics_compile(bad, FILTERS, &options, &metrics, &error);
        assert_true(status == CTF_E_ARGUMENT || (status == CTF_E_NOMEM && error.kind == CTF_ERROR_MEMORY));
        assert_true(status != CTF_E_ARGUMENT || (error.kind == CTF_ERROR_VALIDATION && error.pattern == 4));
        assert_int_equal(m.live, 0);
    }
    assert_true(failures > 5 && failures < 3999);
}

static void recording_says_when_memory_is_out(void **state)
{
    (void)state;
    ctf_metric_filter filters[FILTERS];
    fill(filters);
    machine works = build(filters, FILTERS);
    for (size_t fail_at = 2; fail_at < 60; fail_at++) {
        meter m = {0, 0, fail_at, true};
        const ctf_allocator allocator = {metered, &m};
        const ctf_series_options options = {.size = sizeof options, .allocator = &allocator};
        ctf_series *series;
        ctf_status status = ctf_series_new(&options, &series);
        for (size_t i = 0; i < sizeof messages / sizeof *messages && status == CTF_OK; i++)
            status = tell(works, messages[i], (int64_t)i * 25000, series);
        assert_true(fail_at > 40 || status == CTF_E_NOMEM);
        ctf_series_free(series);
        assert_int_equal(m.live, 0);
    }
    dismantle(works);
}

static void recording_allocates_nothing_once_a_minute_is_known(void **state)
{
    (void)state;
    ctf_metric_filter filters[FILTERS];
    fill(filters);
    machine works = build(filters, FILTERS);
    meter m = {0, 0, 0, false};
    const ctf_allocator allocator = {metered, &m};
    const ctf_series_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_series *series;
    assert_int_equal(ctf_series_new(&options, &series), CTF_OK);
    tell_all(works, series);
    size_t calls = m.calls;
    for (int i = 0; i < 100; i++)
        tell_all(works, series);
    assert_int_equal(m.calls, calls);
    ctf_series_free(series);
    dismantle(works);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_filters_publish_what_each_does_alone),
        cmocka_unit_test(misses_counted_together_are_those_told_one_by_one),
        cmocka_unit_test(filters_of_one_metric_add_to_one_series),
        cmocka_unit_test(arrival_goes_with_the_sample),
        cmocka_unit_test(texts_of_the_filters_are_copied),
        cmocka_unit_test(an_error_says_which_filter_it_is),
        cmocka_unit_test(the_words_of_the_service_are_its_own),
        cmocka_unit_test(values_that_no_metric_holds_are_no_defaults),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(a_sample_stands_in_the_minute_of_its_event),
        cmocka_unit_test(recording_checks_its_arguments),
        cmocka_unit_test(each_allocation_of_a_compilation_may_fail),
        cmocka_unit_test(recording_says_when_memory_is_out),
        cmocka_unit_test(recording_allocates_nothing_once_a_minute_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
