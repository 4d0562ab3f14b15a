/* The table of limits in lib/README.md, row by row: what is at the limit is taken, one more is refused with an
 * error that names the limit, or becomes what the table says. Limits that settings of alarms and metric filters
 * have in the service's own words stand with the tests of those settings. */
#include <stdint.h>

#include "program.h"

#include "program/seal.h"

#define MINUTE INT64_C(60000)

/* `n` times `part`, between `before` and `behind`; for free(). */
static char *repeated(const char *before, const char *part, size_t n, const char *behind)
{
    size_t length = strlen(part);
    char *text = malloc(strlen(before) + n * length + strlen(behind) + 1), *at = text;
    assert_non_null(text);
    at += sprintf(at, "%s", before);
    for (size_t i = 0; i < n; i++, at += length)
        memcpy(at, part, length);
    strcpy(at, behind);
    return text;
}

static ctf_status compile(const char *text, ctf_filter **out, ctf_error *error)
{
    const ctf_pattern pattern = pattern_of(text);
    return ctf_filter_compile(&pattern, 1, NULL, out, error);
}

static void assert_taken(const char *text)
{
    ctf_filter *filter;
    ctf_error error;
    if (compile(text, &filter, &error) != CTF_OK)
        fail_msg("%.60s: %s", text, error.message);
    ctf_filter_free(filter);
}

/* Refused for a limit that the message names. */
static void assert_beyond(const char *text, const char *names)
{
    ctf_filter *filter;
    ctf_error error;
    assert_int_equal(compile(text, &filter, &error), CTF_E_LIMIT);
    assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    if (strstr(error.message, names) == NULL)
        fail_msg("'%s' does not name %s", error.message, names);
}

static void assert_limit(char *at_limit, char *beyond, const char *names)
{
    assert_taken(at_limit);
    assert_beyond(beyond, names);
    free(at_limit);
    free(beyond);
}

/* ---- patterns --------------------------------------------------------------------------------------- */

static void a_pattern_has_at_most_1024_characters(void **state)
{
    (void)state;
    assert_limit(repeated("", "a", 1024, ""), repeated("", "a", 1025, ""), "1024");
    assert_limit(repeated("", "\xc3\xa9", 1024, ""), repeated("", "\xc3\xa9", 1025, ""), "1024");
}

static void a_pattern_has_at_most_two_regular_expressions(void **state)
{
    (void)state;
    assert_taken("{ $.a = %x% && $.b = %x% }");
    assert_beyond("{ $.a = %x% && $.b = %x% && $.c = %x% }", "2 regular expressions");
    assert_taken("[a = %x%, b = %x%]");
    assert_beyond("[a = %x%, b = %x%, c = %x%]", "2 regular expressions");
}

static void a_selector_has_one_wildcard_and_a_pattern_three_such_selectors(void **state)
{
    (void)state;
    assert_taken("{ $.a[*].b = 1 }");
    assert_beyond("{ $.a[*].b[*] = 1 }", "one wildcard");
    assert_taken("{ $.a[*] = 1 && $.b.* = 1 && $.c[*] = 1 }");
    assert_beyond("{ $.a[*] = 1 && $.b.* = 1 && $.c[*] = 1 && $.d[*] = 1 }", "3 ");
}

static void a_count_is_at_most_1000_and_positions_10000(void **state)
{
    (void)state;
    assert_taken("%a{1000}%");
    assert_beyond("%a{1001}%", "1000");
    assert_taken("%a{1,1000}%");
    assert_beyond("%a{1,1001}%", "1000");
    assert_limit(repeated("%", "a{1000}", 10, "%"), repeated("%", "a{1000}", 10, "|b%"), "10000");
}

/* How the dump shows the automaton: its first word's low byte is its form. */
static bool is_table(const char *pattern)
{
    ctf_filter *filter = COMPILE(pattern);
    bool table = (ctfi_image_AUTOMATA(filter->image)[0] & 0xFF) == 1;
    ctf_filter_free(filter);
    return table;
}

static bool matches(const char *pattern, const char *message)
{
    ctf_filter *filter = COMPILE(pattern);
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
    bool hit = hits.n > 0;
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return hit;
}

/* a{n} anchored has a state for each count, the one that has matched and the one that cannot. */
static void a_table_has_at_most_256_states_and_what_has_more_gives_the_same_verdicts(void **state)
{
    (void)state;
    for (size_t n = 250; n < 262; n++) {
        char pattern[32];
        snprintf(pattern, sizeof pattern, "%%^a{%zu}b%%", n);
        char *yes = repeated("", "a", n, "b"), *no = repeated("", "a", n - 1, "b");
        assert_true(is_table(pattern) == (n <= 253));
        assert_true(matches(pattern, yes));
        assert_false(matches(pattern, no));
        free(yes);
        free(no);
    }
}

static void a_filter_has_at_most_100000_patterns(void **state)
{
    (void)state;
    assert_int_equal(CTF_MAX_PATTERNS, 100000);
    ctf_pattern *patterns = calloc(CTF_MAX_PATTERNS + 1, sizeof *patterns);
    ctf_filter *filter;
    ctf_error error;
    assert_non_null(patterns);
    for (size_t i = 0; i <= CTF_MAX_PATTERNS; i++)
        patterns[i] = pattern_of("{ $.a = 1 }");
    assert_int_equal(ctf_filter_compile(patterns, CTF_MAX_PATTERNS, NULL, &filter, &error), CTF_OK);
    assert_int_equal(ctf_filter_count(filter), 100000);
    ctf_filter_free(filter);
    assert_int_equal(ctf_filter_compile(patterns, CTF_MAX_PATTERNS + 1, NULL, &filter, &error), CTF_E_LIMIT);
    assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "100000"));
    free(patterns);
}

static void a_selector_to_extract_has_at_most_1024_characters(void **state)
{
    (void)state;
    for (size_t n = 1024; n <= 1025; n++) {
        char *selector = repeated("$.", "k", n - 2, "");
        const ctf_text extract = view(selector);
        const ctf_pattern pattern = {view("{ $.a = 1 }"), view(""), &extract, 1};
        ctf_filter *filter;
        ctf_error error;
        ctf_status status = ctf_filter_compile(&pattern, 1, NULL, &filter, &error);
        assert_int_equal(status, n == 1024 ? CTF_OK : CTF_E_PATTERN);
        assert_true(n == 1024 || strstr(error.message, "1024") != NULL);
        ctf_filter_free(filter);
        free(selector);
    }
}

/* From the number on that means "no index", an index selects nothing: no array is so long. */
static void an_array_index_may_be_any_number(void **state)
{
    (void)state;
    static const char *const indexes[] = {"4294967294", "4294967295", "4294967296", "99999999999999999999"};
    for (size_t i = 0; i < COUNT_OF(indexes); i++) {
        char pattern[64];
        snprintf(pattern, sizeof pattern, "{ $.a[%s] NOT EXISTS }", indexes[i]);
        assert_true(matches(pattern, "{\"a\":[1,2,3]}"));
    }
}

/* ---- the image -------------------------------------------------------------------------------------- */

/* A program of 4 GiB takes more memory than a test has; so the lists only say that they are so long. */
static void add_string(ctfi_job *job, void *context)
{
    ctfi_plan plan = {.job = job};
    ctfi_draft draft = {.plan = &plan, .job = job};
    static const unsigned char text[8] = "12345678";
    const size_t *length = context;
    draft.bytes.n = UINT32_MAX - 7;
    draft.bytes.capacity = SIZE_MAX; /* nothing grows */
    ctfi_draft_string(&draft, (ctfi_bytes){text, *length});
}

static void an_image_is_smaller_than_4_gib(void **state)
{
    (void)state;
    ctfi_job job;
    size_t length = 7;
    assert_int_equal(ctfi_job_run(&job, NULL, add_string, &length), CTF_E_LIMIT);
    assert_int_equal(job.error.kind, CTF_ERROR_LIMIT);
    assert_non_null(strstr(job.error.message, "4 GiB"));
    ctfi_arena_free(&job.arena);
}

static size_t image_length(char *pattern)
{
    ctf_filter *filter = COMPILE(pattern);
    size_t length = ctf_filter_image(filter).length;
    ctf_filter_free(filter);
    free(pattern);
    return length;
}

/* Some 160 characters that are told apart, and 9,000 positions: as much as a set for each of them takes. */
static char *many_classes(void)
{
    char *text = malloc(1100), *at = text + sprintf(text, "%%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0");
    assert_non_null(text);
    for (unsigned i = 0; i < 110; i++)
        at += sprintf(at, "\\x%02x", 0x80 + i);
    for (int i = 0; i < 9; i++)
        at += sprintf(at, "a{1000}");
    strcpy(at, "%");
    return text;
}

/* Keys of one letter make the most nodes of 1,024 characters, and nodes are the largest of what there is. */
static void an_image_holds_48_kib_for_a_pattern_and_331_for_an_expression(void **state)
{
    (void)state;
    size_t deep = image_length(repeated("{$.a", ".b", 508, "=1}")), wide = image_length(many_classes());
    assert_true(deep > 44 * 1024 && deep < 48 * 1024);
    assert_true(wide > 190 * 1024 && wide < 331 * 1024);
}

/* ---- messages --------------------------------------------------------------------------------------- */

static int count(void *context, const ctf_message *message, const ctf_hits *hits)
{
    size_t *n = context;
    (void)message, (void)hits;
    ++*n;
    return 0;
}

static ctf_status scan(const char *text, size_t most, size_t *n, ctf_error *error)
{
    ctf_filter *filter = COMPILE("");
    ctf_scratch *scratch;
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES, .max_message = most};
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    *n = 0;
    ctf_status status = ctf_scan(scratch, text, strlen(text), &options, count, n, error);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return status;
}

static ctf_status stream(const char *text, size_t most, size_t *n, ctf_error *error)
{
    ctf_filter *filter = COMPILE("");
    ctf_scratch *scratch;
    ctf_stream *s;
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES, .max_message = most};
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    *n = 0;
    ctf_status status = ctf_stream_new(scratch, &options, count, n, &s);
    for (; *text != '\0' && status == CTF_OK; text++)
        status = ctf_stream_feed(s, text, 1, error);
    if (status == CTF_OK)
        status = ctf_stream_finish(s, error);
    ctf_stream_free(s);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return status;
}

static void a_message_is_as_long_as_the_caller_allows(void **state)
{
    (void)state;
    ctf_error error;
    size_t n;
    ctf_status (*const reads[])(const char *, size_t, size_t *, ctf_error *) = {scan, stream};
    for (size_t i = 0; i < COUNT_OF(reads); i++) {
        ctf_status status = reads[i]("12345\n1234\n12345\n", 5, &n, &error);
        if (status == CTF_E_ABSENT)
            continue;
        assert_int_equal(status, CTF_OK);
        assert_int_equal(n, 3);
        assert_int_equal(reads[i]("12345\n123456\n1\n", 5, &n, &error), CTF_E_LIMIT);
        assert_int_equal(n, 1);
        assert_int_equal(error.kind, CTF_ERROR_LIMIT);
        assert_non_null(strstr(error.message, "5 bytes"));
    }
}

/* ---- series ----------------------------------------------------------------------------------------- */

static ctf_series *new_series(uint32_t max_metrics, uint32_t max_values)
{
    const ctf_series_options options = {.size = sizeof options, .max_metrics = max_metrics, .max_values = max_values};
    ctf_series *series;
    assert_int_equal(ctf_series_new(&options, &series), CTF_OK);
    return series;
}

static ctf_status add(ctf_series *series, const char *user, int64_t time, double value, uint64_t n)
{
    const ctf_dimension dimension = {view("User"), view(user)};
    const ctf_metric metric = {view("N"), view("M"), &dimension, 1, view("")};
    return ctf_series_add(series, &metric, time, CTF_ON_TIME, value, n);
}

static ctf_series_info info_of(const ctf_series *series)
{
    ctf_series_info info;
    ctf_series_describe(series, &info);
    return info;
}

static void a_series_holds_as_many_metrics_as_the_caller_allows(void **state)
{
    (void)state;
    ctf_series *series = new_series(3, 0);
    static const char *const users[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < COUNT_OF(users); i++) {
        assert_int_equal(add(series, users[i], 0, 1, 1), CTF_OK);
        ctf_series_info info = info_of(series);
        assert_int_equal(info.n_metrics, i < 3 ? i + 1 : 3);
        assert_int_equal(info.dropped, i < 3 ? 0 : 1);
    }
    ctf_series_free(series);
}

static void a_series_holds_100000_metrics_by_default(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0);
    char user[16];
    for (unsigned i = 0; i <= 100000; i++) {
        snprintf(user, sizeof user, "u%u", i);
        assert_int_equal(add(series, user, 0, 1, 1), CTF_OK);
    }
    ctf_series_info info = info_of(series);
    assert_int_equal(info.n_metrics, 100000);
    assert_int_equal(info.dropped, 1);
    ctf_series_free(series);
}

static void a_bucket_holds_as_many_values_as_the_caller_allows(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 3);
    ctf_statistic median, sum;
    ctf_datapoint point;
    assert_int_equal(ctf_statistic_parse(view("p50"), &median, NULL), CTF_OK);
    assert_int_equal(ctf_statistic_parse(view("Sum"), &sum, NULL), CTF_OK);
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(add(series, "a", 0, i, 1), CTF_OK);
        assert_int_equal(ctf_series_statistic(series, 0, &median, 0, MINUTE, INT64_MAX, &point), CTF_OK);
        assert_int_equal(point.availability, i <= 3 ? CTF_AVAILABLE : CTF_UNAVAILABLE);
    }
    assert_int_equal(ctf_series_statistic(series, 0, &sum, 0, MINUTE, INT64_MAX, &point), CTF_OK);
    assert_true(point.value == 10.0);
    ctf_series_free(series);
}

static void a_sample_is_stamped_within_21500_years_and_its_value_within_2_to_the_360(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0);
    assert_int_equal(add(series, "a", CTF_TIME_MAX, 1, 1), CTF_OK);
    assert_int_equal(add(series, "a", CTF_TIME_MAX + 1, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(add(series, "a", -CTF_TIME_MAX, 1, 1), CTF_OK);
    assert_int_equal(add(series, "a", -CTF_TIME_MAX - 1, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(add(series, "a", 0, 0x1p360, 1), CTF_OK);
    assert_int_equal(add(series, "a", 0, 0x1.0000000000001p360, 1), CTF_E_ARGUMENT);
    assert_int_equal(add(series, "a", 0, -0x1p360, 1), CTF_OK);
    assert_int_equal(add(series, "a", 0, -0x1.0000000000001p360, 1), CTF_E_ARGUMENT);
    assert_int_equal(info_of(series).samples, 4);
    ctf_series_free(series);
}

static void a_series_counts_up_to_2_to_the_53_samples(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0);
    assert_int_equal(add(series, "a", 0, 1, CTF_MAX_SAMPLES - 1), CTF_OK);
    assert_int_equal(add(series, "b", 0, 1, 2), CTF_E_LIMIT);
    assert_int_equal(add(series, "b", 0, 1, 1), CTF_OK);
    assert_int_equal(add(series, "b", 0, 1, 1), CTF_E_LIMIT);
    assert_true(info_of(series).samples == CTF_MAX_SAMPLES);
    ctf_series_free(series);
}

static void a_metric_has_at_most_30_dimensions_and_texts_of_4096_bytes(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0);
    assert_int_equal(CTF_MAX_DIMENSIONS, 30);
    ctf_dimension dimensions[CTF_MAX_DIMENSIONS + 1];
    char names[CTF_MAX_DIMENSIONS + 1][4], text[4098];
    for (size_t i = 0; i <= CTF_MAX_DIMENSIONS; i++) {
        snprintf(names[i], sizeof names[i], "d%zu", i);
        dimensions[i] = (ctf_dimension){view(names[i]), view("v")};
    }
    ctf_metric metric = {view("N"), view("M"), dimensions, CTF_MAX_DIMENSIONS, view("")};
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    metric.n_dimensions++;
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    memset(text, 'x', sizeof text);
    metric = (ctf_metric){{text, 4096}, {text, 4096}, NULL, 0, view("")};
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    metric.name.length = 4097;
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    ctf_series_free(series);
}

static void a_dimension_from_an_event_has_at_most_255_characters(void **state)
{
    (void)state;
    const ctf_dimension dimension = {view("User"), view("$.u")};
    const ctf_metric_filter filter = {.filter_name = view("f"), .filter_pattern = view("{ $.u = * }"),
                                      .metric_namespace = view("N"), .metric_name = view("M"),
                                      .metric_value = view("1"), .dimensions = &dimension, .n_dimensions = 1};
    ctf_metrics *metrics;
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_metrics_compile(&filter, 1, NULL, &metrics, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(ctf_metrics_filter(metrics), NULL, &scratch), CTF_OK);
    for (size_t n = 255; n <= 256; n++) {
        ctf_series *series = new_series(0, 0);
        ctf_metric metric;
        char *message = repeated("{\"u\":\"", "\xc3\xa9", n, "\"}");
        const ctf_log_event event = {0, CTF_ON_TIME, {NULL, 0}, {NULL, 0}};
        assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
        assert_int_equal(ctf_metrics_record(metrics, scratch, &hits, &event, series), CTF_OK);
        assert_int_equal(ctf_series_metric(series, 0, &metric), CTF_OK);
        assert_int_equal(metric.n_dimensions, n == 255);
        ctf_series_free(series);
        free(message);
    }
    ctf_scratch_free(scratch);
    ctf_metrics_free(metrics);
}

/* ---- alarms ----------------------------------------------------------------------------------------- */

static ctf_status compile_rule(char *text, ctf_error *error)
{
    ctf_rule *rule;
    ctf_status status = ctf_rule_compile(view(text), view(""), NULL, &rule, error);
    ctf_rule_free(rule);
    free(text);
    return status;
}

static char *children(size_t n)
{
    char *text = malloc(n * 24 + 1), *at = text;
    assert_non_null(text);
    *at = '\0';
    for (size_t i = 0; i < n; i++)
        at += sprintf(at, "%sOK(c%zu)", i > 0 ? " OR " : "", i);
    return text;
}

static void assert_rule_limit(char *at_limit, char *beyond, const char *names)
{
    ctf_error error;
    assert_int_equal(compile_rule(at_limit, &error), CTF_OK);
    assert_int_equal(compile_rule(beyond, &error), CTF_E_LIMIT);
    assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    if (strstr(error.message, names) == NULL)
        fail_msg("'%s' does not name %s", error.message, names);
}

static void a_rule_has_at_most_10240_characters_100_children_and_500_elements(void **state)
{
    (void)state;
    assert_rule_limit(repeated("NOT", " ", 10240 - 7, "TRUE"), repeated("NOT", " ", 10240 - 6, "TRUE"), "10240");
    assert_rule_limit(children(100), children(101), "100");
    assert_rule_limit(repeated("", "TRUE OR ", 499, "TRUE"), repeated("", "TRUE OR ", 500, "TRUE"), "500");
}

static ctf_status read_alarm(int64_t period, int64_t n, ctf_error *error)
{
    const ctf_alarm_input input = {.alarm_name = view("a"), .name_space = view("N"), .metric_name = view("M"),
                                   .statistic = view("Sum"), .has_period = 1, .period = period,
                                   .has_evaluation_periods = 1, .evaluation_periods = n, .has_threshold = 1,
                                   .comparison_operator = view("GreaterThanThreshold")};
    ctf_alarm alarm;
    return ctf_alarm_read(&input, &alarm, error);
}

static void an_alarm_sees_a_day_or_a_week_of_hours(void **state)
{
    (void)state;
    ctf_error error;
    assert_int_equal(read_alarm(60, 1440, &error), CTF_OK);
    assert_int_equal(read_alarm(60, 1441, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.message, "86400"));
    assert_int_equal(read_alarm(3600, 168, &error), CTF_OK);
    assert_int_equal(read_alarm(3600, 169, &error), CTF_E_ARGUMENT);
    assert_non_null(strstr(error.message, "604800"));
}

static void a_replay_takes_times_within_2_to_the_60_ms(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0);
    ctf_error error;
    ctf_alarm alarm;
    ctf_state now = CTF_STATE_OK;
    const ctf_alarm_input input = {.alarm_name = view("a"), .name_space = view("N"), .metric_name = view("M"),
                                   .statistic = view("Sum"), .has_period = 1, .period = 60,
                                   .has_evaluation_periods = 1, .evaluation_periods = 1, .has_threshold = 1,
                                   .comparison_operator = view("GreaterThanThreshold")};
    const int64_t most = CTF_REPLAY_TIME_MAX;
    assert_int_equal(ctf_alarm_read(&input, &alarm, &error), CTF_OK);
    assert_int_equal(ctf_alarm_replay(&alarm, series, -most, most, &now, NULL, NULL, NULL), CTF_OK);
    assert_int_equal(ctf_alarm_replay(&alarm, series, -most - 1, most, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_alarm_replay(&alarm, series, -most, most + 1, &now, NULL, NULL, NULL), CTF_E_ARGUMENT);
    ctf_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_has_at_most_1024_characters),
        cmocka_unit_test(a_pattern_has_at_most_two_regular_expressions),
        cmocka_unit_test(a_selector_has_one_wildcard_and_a_pattern_three_such_selectors),
        cmocka_unit_test(a_count_is_at_most_1000_and_positions_10000),
        cmocka_unit_test(a_table_has_at_most_256_states_and_what_has_more_gives_the_same_verdicts),
        cmocka_unit_test(a_filter_has_at_most_100000_patterns),
        cmocka_unit_test(a_selector_to_extract_has_at_most_1024_characters),
        cmocka_unit_test(an_array_index_may_be_any_number),
        cmocka_unit_test(an_image_is_smaller_than_4_gib),
        cmocka_unit_test(an_image_holds_48_kib_for_a_pattern_and_331_for_an_expression),
        cmocka_unit_test(a_message_is_as_long_as_the_caller_allows),
        cmocka_unit_test(a_series_holds_as_many_metrics_as_the_caller_allows),
        cmocka_unit_test(a_series_holds_100000_metrics_by_default),
        cmocka_unit_test(a_bucket_holds_as_many_values_as_the_caller_allows),
        cmocka_unit_test(a_sample_is_stamped_within_21500_years_and_its_value_within_2_to_the_360),
        cmocka_unit_test(a_series_counts_up_to_2_to_the_53_samples),
        cmocka_unit_test(a_metric_has_at_most_30_dimensions_and_texts_of_4096_bytes),
        cmocka_unit_test(a_dimension_from_an_event_has_at_most_255_characters),
        cmocka_unit_test(a_rule_has_at_most_10240_characters_100_children_and_500_elements),
        cmocka_unit_test(an_alarm_sees_a_day_or_a_week_of_hours),
        cmocka_unit_test(a_replay_takes_times_within_2_to_the_60_ms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
