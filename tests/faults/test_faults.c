/* Runs every fault; then says whether that was all.
 *
 *   test_faults HEADER...      the public headers
 *
 * All means: each function that the headers declare has a fault here, or is one of those below that ask for no
 * memory; and each place in the library that asks for memory was refused some. Both are found by themselves:
 * the functions in the headers, the places as sites.h tells. */
#include "faults.h"
#include "sites.h"

#define MOST_FAULTS 128

site *site_now;

/* The linker's names for the first and behind the last of a section. */
extern site *const __start_ctf_sites[], *const __stop_ctf_sites[];

static const fault *all[MOST_FAULTS];
static size_t n_all;
static int n_headers;
static char **headers;

/* ---- refusing --------------------------------------------------------------------------------------- */

/* Functions whose memory only makes things faster: the library goes on without. */
static const char *const optional[] = {"widen_table"};

static bool refused_in_need; /* a request that was not optional */

static bool is_optional(const site *s)
{
    for (size_t i = 0; i < COUNT_OF(optional); i++)
        if (strcmp(optional[i], s->function) == 0)
            return true;
    return false;
}

/* As metered. Each request comes from a place that said so; the place that is refused is marked. */
static void *refusing(void *context, void *block, size_t size)
{
    void *answer = metered(context, block, size);
    if (size == 0)
        return answer;
    if (site_now == NULL)
        fail_msg("%zu bytes are asked for by nobody that sites.h knows", size);
    if (answer == NULL) {
        site_now->failed = true;
        refused_in_need = refused_in_need || !is_optional(site_now);
    }
    site_now = NULL;
    return answer;
}

/* One call with the request `at` refused. Returns whether there was such a request. */
static bool try_once(const fault *f, size_t at, bool for_good)
{
    meter m = {0};
    const ctf_allocator allocator = {refusing, &m};
    void *subject = f->prepare != NULL ? f->prepare(&allocator) : (void *)(uintptr_t)f->what;
    m.fail_at = m.calls + at;
    m.for_good = for_good;
    refused_in_need = false;
    ctf_status status = f->call(subject, &allocator);
    bool refused = m.calls >= m.fail_at;
    m.fail_at = 0;
    if (status != (refused_in_need ? CTF_E_NOMEM : CTF_OK))
        fail_msg("%s: %s with request %zu refused", f->entry, ctf_status_name(status), at);
    if (f->after != NULL)
        f->after(subject);
    if (f->release != NULL)
        f->release(subject);
    if (m.live != 0)
        fail_msg("%s: %zu blocks held with request %zu refused", f->entry, m.live, at);
    return refused;
}

static void every_request_may_be_refused(void **state)
{
    (void)state;
    size_t requests = 0;
    for (size_t i = 0; i < n_all; i++)
        for (int for_good = 0; for_good < 2; for_good++)
            for (size_t at = 1; try_once(all[i], at, for_good != 0); at++)
                requests++;
    print_message("%zu requests refused in %zu faults\n", requests, n_all);
}

/* ---- places ----------------------------------------------------------------------------------------- */

/* Does it ask, in this build? Without yajl nobody gets as far as a stream's memory. */
static bool asks(const site *s)
{
    bool absent = false;
#ifndef CTFI_HAVE_YAJL
    absent = strstr(s->file, "match/stream.c") != NULL || strstr(s->file, "match/pool.c") != NULL;
#endif
    return !s->gives_back && !absent;
}

static void every_place_that_asks_was_refused(void **state)
{
    (void)state;
    size_t places = 0, refused = 0;
    for (site *const *s = __start_ctf_sites; s < __stop_ctf_sites; s++) {
        places += asks(*s);
        refused += asks(*s) && (*s)->failed;
        if (asks(*s) && !(*s)->failed)
            print_error("%s:%d was never refused memory\n", (*s)->file, (*s)->line);
    }
    print_message("%zu allocation sites, %zu made to fail\n", places, refused);
    assert_true(places > 50);
    assert_int_equal(refused, places);
}

/* ---- functions -------------------------------------------------------------------------------------- */

/* Those that ask for no memory: there is nothing to ask, or they are told so by the type of what they take. */
static const char *const quiet[] = {
    "ctf_alarm_breaches", "ctf_alarm_evaluate", "ctf_alarm_history_data", "ctf_alarm_history_summary",
    "ctf_alarm_name_equal", "ctf_alarm_range", "ctf_alarm_read", "ctf_alarm_reason", "ctf_alarm_reason_data",
    "ctf_alarm_tick", "ctf_alarm_window_end", "ctf_answer_name", "ctf_check_describe", "ctf_check_finding", "ctf_check_free",
    "ctf_check_rule_at", "ctf_comparison_name", "ctf_composite_check", "ctf_error_kind_name",
    "ctf_error_render", "ctf_explanation_clause", "ctf_explanation_describe", "ctf_explanation_free",
    "ctf_explanation_hint", "ctf_explanation_seen", "ctf_explanation_token", "ctf_filter_count", "ctf_filter_dump", "ctf_filter_free", "ctf_filter_image",
    "ctf_filter_pattern", "ctf_kernel_name", "ctf_library_release", "ctf_metrics_filter", "ctf_metrics_free",
    "ctf_proof_describe", "ctf_proof_free", "ctf_proof_miss", "ctf_rule_child", "ctf_rule_count", "ctf_rule_evaluate", "ctf_rule_free", "ctf_rule_used_name",
    "ctf_scratch_field", "ctf_scratch_free", "ctf_scratch_value", "ctf_series_describe", "ctf_series_find",
    "ctf_series_free", "ctf_series_metric", "ctf_series_next", "ctf_series_save", "ctf_severity_name", "ctf_state_check", "ctf_state_name",
    "ctf_statistic_compute", "ctf_statistic_is_low", "ctf_statistic_needs_values", "ctf_statistic_parse",
    "ctf_status_name", "ctf_stream_free", "ctf_suppression_composite", "ctf_suppression_due",
    "ctf_suppression_init", "ctf_suppression_suppressor", "ctf_treat_missing_name"};

static bool is_quiet(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(quiet); i++)
        if (strcmp(quiet[i], name) == 0)
            return true;
    return false;
}

static bool has_fault(const char *name)
{
    for (size_t i = 0; i < n_all; i++)
        if (strcmp(all[i]->entry, name) == 0)
            return true;
    return false;
}

/* The function that a line of a header declares, into `name`. */
static bool declared(const char *line, char name[64])
{
    const char *end = strchr(line, '(');
    if (strncmp(line, "CTF_API ", 8) != 0 || end == NULL)
        return false;
    const char *start = end;
    while (start > line && (start[-1] == '_' || (start[-1] >= 'a' && start[-1] <= 'z')))
        start--;
    snprintf(name, 64, "%.*s", (int)(end - start), start);
    return true;
}

static size_t check_header(const char *path)
{
    FILE *file = fopen(path, "r");
    char text[512], name[64];
    size_t n = 0;
    assert_non_null(file);
    while (fgets(text, sizeof text, file) != NULL)
        if (declared(text, name)) {
            n++;
            if (has_fault(name) == is_quiet(name))
                fail_msg("%s: %s", name, is_quiet(name) ? "has a fault, and is called quiet" : "has no fault");
        }
    fclose(file);
    return n;
}

static void every_function_has_a_fault_or_is_quiet(void **state)
{
    (void)state;
    size_t n = 0;
    for (int i = 0; i < n_headers; i++)
        n += check_header(headers[i]);
    print_message("%zu functions, %zu of them quiet\n", n, COUNT_OF(quiet));
    assert_true(n > COUNT_OF(quiet));
}

/* ---- what asks for nothing -------------------------------------------------------------------------- */

static int drop(void *context, const char *data, size_t length)
{
    (void)context, (void)data, (void)length;
    return 0;
}

static void ask_filter(const ctf_filter *filter)
{
    ctf_pattern_info info;
    assert_int_equal(ctf_filter_count(filter), 1);
    assert_int_equal(ctf_filter_pattern(filter, 0, &info), CTF_OK);
    assert_true(ctf_filter_image(filter).length > 0);
    assert_int_equal(ctf_filter_dump(filter, drop, NULL), CTF_OK);
}

static void ask_scratch(const ctf_scratch *scratch)
{
    ctf_value value;
    ctf_field field;
    size_t n;
    assert_int_equal(ctf_scratch_value(scratch, 0, 0, &value), CTF_OK);
    assert_int_equal(ctf_scratch_field(scratch, 0, 0, &field, &n), CTF_OK);
}

static void ask_series(const ctf_series *series)
{
    ctf_series_info info;
    ctf_metric metric;
    ctf_datapoint point;
    const ctf_statistic sum = {.type = CTF_SUM};
    size_t index;
    int64_t start;
    ctf_series_describe(series, &info);
    assert_int_equal(ctf_series_metric(series, 0, &metric), CTF_OK);
    assert_int_equal(ctf_series_find(series, &metric, &index), CTF_OK);
    assert_int_equal(ctf_series_next(series, index, 0, &start), CTF_OK);
    assert_int_equal(ctf_series_statistic(series, index, &sum, 0, 600000, INT64_MAX, &point), CTF_OK);
    assert_int_equal(ctf_series_save(series, drop, NULL), CTF_OK);
}

static void ask_rule(const ctf_rule *rule)
{
    const ctf_state states[] = {CTF_STATE_ALARM};
    assert_int_equal(ctf_rule_count(rule), 1);
    assert_int_equal(ctf_rule_child(rule, 0).length, 1);
    assert_int_equal(ctf_rule_evaluate(rule, states), CTF_STATE_ALARM);
}

/* Objects that could reach the allocator are asked everything while it refuses everything. */
static void what_is_quiet_asks_for_nothing(void **state)
{
    (void)state;
    meter m = {0};
    const ctf_allocator allocator = {refusing, &m};
    const ctf_options options = {sizeof options, &allocator};
    const ctf_scratch_options scratch_options = {.size = sizeof scratch_options, .allocator = &allocator};
    const ctf_series_options series_options = {.size = sizeof series_options, .allocator = &allocator};
    const ctf_text extract = view("$b");
    const ctf_pattern pattern = {.text = view("[a, b]"), .extract = &extract, .n_extract = 1};
    const ctf_metric metric = {.name_space = view("N"), .name = view("M")};
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_series *series;
    ctf_rule *rule;
    ctf_hits hits;
    assert_int_equal(ctf_filter_compile(&pattern, 1, &options, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, &scratch_options, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, "x y", 3, &hits), CTF_OK);
    assert_int_equal(ctf_series_new(&series_options, &series), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(ctf_rule_compile(view("ALARM(a)"), view(""), &allocator, &rule, NULL), CTF_OK);
    size_t calls = m.calls;
    m.fail_at = calls + 1; /* what is asked for now is refused and counted */
    m.for_good = true;
    ask_filter(filter);
    ask_scratch(scratch);
    ask_series(series);
    ask_rule(rule);
    ctf_rule_free(rule);
    ctf_series_free(series);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    assert_int_equal(m.calls, calls);
    assert_int_equal(m.live, 0);
}

static void collect(const fault *faults, size_t n)
{
    for (size_t i = 0; i < n; i++)
        all[n_all++] = &faults[i];
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_request_may_be_refused),
        cmocka_unit_test(every_place_that_asks_was_refused),
        cmocka_unit_test(every_function_has_a_fault_or_is_quiet),
        cmocka_unit_test(what_is_quiet_asks_for_nothing),
    };
    n_headers = argc - 1;
    headers = argv + 1;
    collect(faults_filter, n_faults_filter);
    collect(faults_match, n_faults_match);
    collect(faults_metric, n_faults_metric);
    collect(faults_alarm, n_faults_alarm);
    collect(faults_reason, n_faults_reason);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
