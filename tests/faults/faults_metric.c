/* metric.h: series and metric filters. */
#include "faults.h"

#define MINUTE INT64_C(60000)
/* More metrics and minutes than a shelf and a run take; these are short where a chunk is one allocation. */
#define METRICS 30
#define MINUTES 40

typedef struct subject {
    ctf_series *series, *from;
    char *bytes; /* `from`, saved */
    size_t length;
    ctf_metrics *metrics;
    ctf_scratch *scratch;
    ctf_hits hits;
    ctf_statistic statistic;
    uint64_t samples; /* before the call */
} subject;

static uint64_t held(const ctf_series *series)
{
    ctf_series_info info;
    ctf_series_describe(series, &info);
    return info.samples;
}

static ctf_series *new_series(const ctf_allocator *allocator, uint32_t max_metrics, uint32_t max_values)
{
    const ctf_series_options options = {sizeof options, allocator, 60, max_metrics, max_values};
    ctf_series *series;
    assert_int_equal(ctf_series_new(&options, &series), CTF_OK);
    return series;
}

/* One sample, of a metric with a dimension, or without one when `i` is 0. */
static ctf_status add_one(ctf_series *series, unsigned i, int64_t minute, double value)
{
    char name[16];
    snprintf(name, sizeof name, "%u", i * 2654435761u % 100003u);
    const ctf_dimension dimension = {view("User"), view(name)};
    const ctf_metric metric = {view("N"), view("M"), &dimension, i > 0, view("Count")};
    return ctf_series_add(series, &metric, minute * MINUTE, CTF_ON_TIME, value, 1);
}

/* Buckets of one value and of many, runs that split, metrics on several shelves. */
static ctf_status fill(ctf_series *series)
{
    ctf_status status = CTF_OK;
    for (unsigned i = 0; i < METRICS && status == CTF_OK; i++)
        status = add_one(series, i, i % 7, i % 5);
    for (unsigned i = 0; i < MINUTES && status == CTF_OK; i++)
        status = add_one(series, 1, i * 7 % MINUTES, i % 11);
    for (unsigned i = 0; i < 10 && status == CTF_OK; i++)
        status = add_one(series, 2, 3, i);
    return status;
}

static void release(void *context)
{
    subject *s = context;
    ctf_series_free(s->series);
    ctf_series_free(s->from);
    ctf_scratch_free(s->scratch);
    ctf_metrics_free(s->metrics);
    free(s->bytes);
    free(s);
}

/* ---- series ----------------------------------------------------------------------------------------- */

static ctf_status new_one(void *context, const ctf_allocator *allocator)
{
    const ctf_series_options options = {.size = sizeof options, .allocator = allocator};
    ctf_series *series;
    (void)context;
    ctf_status status = ctf_series_new(&options, &series);
    assert_true((series != NULL) == (status == CTF_OK));
    ctf_series_free(series);
    return status;
}

static void *prepare_all(const ctf_allocator *allocator)
{
    subject *s = fault_subject(sizeof *s);
    s->series = new_series(allocator, 0, 0);
    return s;
}

static void *prepare_few(const ctf_allocator *allocator)
{
    subject *s = fault_subject(sizeof *s);
    s->series = new_series(allocator, 20, 4);
    return s;
}

/* A sample that could not be added changed nothing, and is then added. */
static ctf_status add(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    (void)allocator;
    s->samples = held(s->series);
    ctf_status status = fill(s->series);
    if (status == CTF_E_NOMEM) {
        uint64_t before = held(s->series);
        assert_true(before >= s->samples);
    }
    return status;
}

static void adds_again(void *context)
{
    subject *s = context;
    ctf_series_info info;
    assert_int_equal(fill(s->series), CTF_OK);
    ctf_series_describe(s->series, &info);
    assert_true(info.samples + info.dropped >= METRICS + MINUTES + 10);
}

static void *prepare_merge(const ctf_allocator *allocator)
{
    subject *s = prepare_few(allocator);
    s->from = new_series(NULL, 20, 4);
    assert_int_equal(fill(s->from), CTF_OK);
    assert_int_equal(add_one(s->series, 2, 3, 100), CTF_OK);
    return s;
}

static void *prepare_merge_all(const ctf_allocator *allocator)
{
    subject *s = prepare_all(allocator);
    s->from = new_series(NULL, 0, 0);
    assert_int_equal(fill(s->from), CTF_OK);
    return s;
}

/* What was merged in part can be freed, and nothing else is promised. */
static ctf_status merge(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    (void)allocator;
    return ctf_series_merge(s->series, s->from);
}

static int keep(void *context, const char *data, size_t length)
{
    subject *s = context;
    s->bytes = realloc(s->bytes, s->length + length);
    assert_non_null(s->bytes);
    memcpy(s->bytes + s->length, data, length);
    s->length += length;
    return 0;
}

static void *prepare_bytes(const ctf_allocator *allocator)
{
    subject *s = prepare_merge(allocator);
    assert_int_equal(ctf_series_save(s->from, keep, s), CTF_OK);
    return s;
}

static ctf_status load(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    const ctf_series_options options = {.size = sizeof options, .allocator = allocator};
    ctf_series *series;
    ctf_error error;
    ctf_status status = ctf_series_load(s->bytes, s->length, &options, &series, &error);
    assert_true((series != NULL) == (status == CTF_OK));
    ctf_series_free(series);
    return fault_told(status, &error);
}

static void *prepare_percentile(const ctf_allocator *allocator)
{
    subject *s = prepare_all(allocator);
    assert_int_equal(fill(s->series), CTF_OK);
    assert_int_equal(ctf_statistic_parse(view("p50"), &s->statistic, NULL), CTF_OK);
    return s;
}

static ctf_status percentile(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    ctf_datapoint point;
    (void)allocator;
    return ctf_series_statistic(s->series, 2, &s->statistic, 0, MINUTES * MINUTE, INT64_MAX, &point);
}

static void percentile_again(void *context)
{
    assert_int_equal(percentile(context, NULL), CTF_OK);
}

/* ---- metric filters --------------------------------------------------------------------------------- */

static ctf_status compile(const ctf_allocator *allocator, ctf_metrics **out, ctf_error *error)
{
    const ctf_dimension dimensions[] = {{view("User"), view("$.user.name")}, {view("Area"), view("$.area")}};
    const ctf_metric_filter filters[] = {
        {.filter_name = view("a"), .filter_pattern = view("{ $.user.name = * }"), .metric_namespace = view("N"),
         .metric_name = view("M"), .metric_value = view("$.n"), .dimensions = dimensions, .n_dimensions = 2,
         .emit_system_dimensions = CTF_EMIT_ACCOUNT},
        {.filter_name = view("b"), .filter_pattern = view("ERROR"), .metric_namespace = view("N"),
         .metric_name = view("E"), .metric_value = view("1"), .has_default = 1, .unit = view("Count")},
        {.filter_name = view("c"), .filter_pattern = view("[a, ..., b]"), .metric_namespace = view("N"),
         .metric_name = view("F"), .metric_value = view("$b")},
    };
    const ctf_options options = {sizeof options, allocator};
    return ctf_metrics_compile(filters, COUNT_OF(filters), &options, out, error);
}

static ctf_status compile_metrics(void *context, const ctf_allocator *allocator)
{
    ctf_metrics *metrics;
    ctf_error error;
    (void)context;
    ctf_status status = compile(allocator, &metrics, &error);
    assert_true((metrics != NULL) == (status == CTF_OK));
    ctf_metrics_free(metrics);
    return fault_told(status, &error);
}

static void *prepare_record(const ctf_allocator *allocator)
{
    static const char event[] = "{\"user\":{\"name\":\"root\"},\"area\":\"eu\",\"n\":5,\"t\":\"ERROR\"}";
    subject *s = prepare_all(allocator);
    assert_int_equal(compile(NULL, &s->metrics, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(ctf_metrics_filter(s->metrics), NULL, &s->scratch), CTF_OK);
    assert_int_equal(ctf_match(s->scratch, event, sizeof event - 1, &s->hits), CTF_OK);
    return s;
}

static const ctf_log_event log_event = {MINUTE, CTF_ON_TIME, {"123456789012", 12}, {"eu-west-1", 9}};

static ctf_status record(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    (void)allocator;
    return ctf_metrics_record(s->metrics, s->scratch, &s->hits, &log_event, s->series);
}

static void records_again(void *context)
{
    subject *s = context;
    assert_int_equal(record(context, NULL), CTF_OK);
    assert_true(held(s->series) >= 2);
}

static ctf_status record_misses(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    (void)allocator;
    return ctf_metrics_record_misses(s->metrics, &log_event, 3, s->series);
}

static void misses_again(void *context)
{
    subject *s = context;
    assert_int_equal(record_misses(context, NULL), CTF_OK);
    assert_true(held(s->series) == 3 || held(s->series) == 6); /* once more, or twice */
}

const fault faults_metric[] = {
    {"ctf_series_new", NULL, new_one, NULL, NULL, NULL},
    {"ctf_series_add", prepare_all, add, adds_again, release, NULL},
    {"ctf_series_add", prepare_few, add, adds_again, release, NULL},
    {"ctf_series_merge", prepare_merge, merge, NULL, release, NULL},
    {"ctf_series_merge", prepare_merge_all, merge, NULL, release, NULL},
    {"ctf_series_load", prepare_bytes, load, NULL, release, NULL},
    {"ctf_series_statistic", prepare_percentile, percentile, percentile_again, release, NULL},
    {"ctf_metrics_compile", NULL, compile_metrics, NULL, NULL, NULL},
    {"ctf_metrics_record", prepare_record, record, records_again, release, NULL},
    {"ctf_metrics_record_misses", prepare_record, record_misses, misses_again, release, NULL},
};
const size_t n_faults_metric = COUNT_OF(faults_metric);
