/* Series: what is kept, what windows say of it, and that the order in which it came does not show. */
#include "metric/identity.h"
#include "metric/record.h"
#include "metric/series.h"

#include "series_kit.h"

#define MINUTE INT64_C(60000)

static const ctf_text none = {NULL, 0};

static ctf_metric named(const char *name)
{
    return (ctf_metric){text_of("Trail"), text_of(name), NULL, 0, none};
}

static void add(ctf_series *series, const char *name, int64_t timestamp, double value)
{
    ctf_metric metric = named(name);
    assert_int_equal(ctf_series_add(series, &metric, timestamp, CTF_ON_TIME, value, 1), CTF_OK);
}

static ctf_datapoint ask_at(const ctf_series *series, const char *name, int64_t start, int64_t end, int64_t seen_at)
{
    ctf_datapoint out;
    ctf_statistic s = statistic(name);
    assert_int_equal(ctf_series_statistic(series, 0, &s, start, end, seen_at, &out), CTF_OK);
    assert_true(out.start == start);
    return out;
}

static ctf_datapoint ask(const ctf_series *series, const char *name, int64_t start, int64_t end)
{
    return ask_at(series, name, start, end, INT64_MAX);
}

/* ---- identity ------------------------------------------------------------------------------------------ */

static void the_order_of_dimensions_does_not_matter(void **state)
{
    (void)state;
    const ctf_dimension ab[2] = {{text_of("a"), text_of("1")}, {text_of("b"), text_of("2")}};
    const ctf_dimension ba[2] = {{text_of("b"), text_of("2")}, {text_of("a"), text_of("1")}};
    ctf_metric one = {text_of("N"), text_of("M"), ab, 2, none}, two = {text_of("N"), text_of("M"), ba, 2, none}, got;
    ctf_series *series = new_series(0, 0, 0);
    size_t index;
    assert_int_equal(ctf_series_add(series, &one, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &two, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, 1);
    assert_int_equal(ctf_series_find(series, &two, &index), CTF_OK);
    assert_int_equal(ctf_series_metric(series, index, &got), CTF_OK);
    assert_true(same_text(got.dimensions[0].name, "a") && same_text(got.dimensions[1].value, "2"));
    ctf_series_free(series);
}

static void everything_of_the_identity_tells_metrics_apart(void **state)
{
    (void)state;
    const ctf_dimension a1 = {text_of("a"), text_of("1")}, a2 = {text_of("a"), text_of("2")},
                        b1 = {text_of("b"), text_of("1")}, a11 = {text_of("a"), text_of("11")};
    const ctf_metric metrics[] = {
        {text_of("N"), text_of("M"), NULL, 0, none},   {text_of("N"), text_of("M"), &a1, 1, none},
        {text_of("N"), text_of("M"), &a11, 1, none},   {text_of("N"), text_of("M"), &a2, 1, none},
        {text_of("N"), text_of("M"), &b1, 1, none},    {text_of("N"), text_of("MM"), NULL, 0, text_of("Bytes")},
        {text_of("N"), text_of("MM"), NULL, 0, text_of("Count")}, {text_of("N"), text_of("MM"), NULL, 0, text_of("None")},
        {text_of("NM"), text_of("M"), NULL, 0, none},
    };
    const size_t n = sizeof metrics / sizeof *metrics;
    ctf_series *series = new_series(0, 0, 0);
    for (size_t i = n; i-- > 0;)
        assert_int_equal(ctf_series_add(series, &metrics[i], 0, CTF_ON_TIME, (double)i, 1), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, n);
    for (size_t i = 0; i < n; i++) {
        size_t index;
        ctf_datapoint got;
        ctf_statistic sum = statistic("Sum");
        assert_int_equal(ctf_series_find(series, &metrics[i], &index), CTF_OK);
        assert_int_equal(index, i);
        assert_int_equal(ctf_series_statistic(series, index, &sum, 0, MINUTE, INT64_MAX, &got), CTF_OK);
        assert_true(got.value == (double)i);
    }
    ctf_series_free(series);
}

static void thousands_of_metrics_are_listed_in_order_and_found(void **state)
{
    (void)state;
    enum { N = 3000 };
    ctf_series *series = new_series(0, 0, 0);
    char name[16];
    for (int i = 0; i < N; i++) {
        snprintf(name, sizeof name, "m%05u", (unsigned)i * 1987 % N);
        add(series, name, 0, i * 1987 % N);
    }
    assert_int_equal(info_of(series).n_metrics, N);
    for (size_t i = 0; i < N; i++) {
        ctf_metric metric;
        ctf_datapoint point;
        ctf_statistic sum = statistic("Sum");
        size_t index;
        snprintf(name, sizeof name, "m%05zu", i);
        assert_int_equal(ctf_series_metric(series, i, &metric), CTF_OK);
        assert_true(same_text(metric.name, name));
        assert_int_equal(ctf_series_find(series, &metric, &index), CTF_OK);
        assert_int_equal(index, i);
        assert_int_equal(ctf_series_statistic(series, i, &sum, 0, MINUTE, INT64_MAX, &point), CTF_OK);
        assert_true(point.value == (double)i);
    }
    ctf_series_free(series);
}

static void no_unit_is_the_unit_none(void **state)
{
    (void)state;
    ctf_metric metric = named("M"), got;
    ctf_series *series = new_series(0, 0, 0);
    add(series, "M", 0, 1);
    metric.unit = text_of("None");
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, 1);
    assert_int_equal(ctf_series_metric(series, 0, &got), CTF_OK);
    assert_true(same_text(got.unit, "None"));
    ctf_series_free(series);
}

static void texts_may_hold_any_bytes(void **state)
{
    (void)state;
    const ctf_dimension a = {{"d\0", 2}, {"\xFF\0\n", 3}}, b = {{"d", 1}, {"\xFF\0\n", 3}};
    ctf_metric metric = {{"N\0", 2}, {"\0", 1}, &a, 1, none}, got;
    ctf_series *series = new_series(0, 0, 0);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    metric.dimensions = &b;
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, 2);
    assert_int_equal(ctf_series_metric(series, 1, &got), CTF_OK);
    assert_int_equal(got.name_space.length, 2);
    assert_int_equal(got.dimensions[0].name.length, 2);
    assert_memory_equal(got.dimensions[0].value.data, "\xFF\0\n", 3);
    ctf_series_free(series);
}

static void broken_metrics_are_refused(void **state)
{
    (void)state;
    static char long_text[4097];
    memset(long_text, 'x', sizeof long_text);
    ctf_dimension many[31], twice[2] = {{text_of("a"), text_of("1")}, {text_of("a"), text_of("2")}};
    const ctf_dimension empty = {text_of("a"), {"", 0}}, unnamed = {{"", 0}, text_of("1")}, missing = {text_of("a"), none};
    char names[31][12];
    for (int i = 0; i < 31; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
        many[i] = (ctf_dimension){text_of(names[i]), text_of("x")};
    }
    const ctf_text n = text_of("N"), wide = {long_text, sizeof long_text};
    const ctf_metric bad[] = {
        {none, n, NULL, 0, none}, {n, none, NULL, 0, none}, {n, {"", 0}, NULL, 0, none}, {{NULL, 1}, n, NULL, 0, none},
        {wide, n, NULL, 0, none}, {n, wide, NULL, 0, none}, {n, n, NULL, 1, none}, {n, n, many, 31, none},
        {n, n, twice, 2, none}, {n, n, &empty, 1, none}, {n, n, &unnamed, 1, none}, {n, n, &missing, 1, none},
        {n, n, NULL, 0, text_of("count")}, {n, n, NULL, 0, text_of("Counts")}, {n, n, NULL, 0, {NULL, 1}},
    };
    ctf_series *series = new_series(0, 0, 0);
    size_t index;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(ctf_series_add(series, &bad[i], 0, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
        assert_int_equal(ctf_series_find(series, &bad[i], &index), CTF_E_ARGUMENT);
    }
    const ctf_metric good = {n, n, many, 30, none}, longest = {{long_text, 4096}, n, NULL, 0, none};
    assert_int_equal(ctf_series_add(series, &good, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &longest, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_int_equal(info_of(series).n_metrics, 2);
    ctf_series_free(series);
}

/* ---- time ---------------------------------------------------------------------------------------------- */

static void a_window_begins_inclusive_and_ends_exclusive(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    add(series, "M", -1, 1);
    add(series, "M", 0, 10);
    add(series, "M", MINUTE - 1, 100);
    add(series, "M", MINUTE, 1000);
    assert_true(ask(series, "Sum", 0, MINUTE).value == 110);
    assert_true(ask(series, "Sum", -MINUTE, 0).value == 1);
    assert_true(ask(series, "Sum", -MINUTE, 2 * MINUTE).value == 1111);
    assert_int_equal(ask(series, "Sum", 2 * MINUTE, 5 * MINUTE).availability, CTF_NO_DATAPOINT);
    assert_int_equal(ask(series, "Sum", 0, 0).availability, CTF_NO_DATAPOINT);
    assert_true(info_of(series).first == -MINUTE && info_of(series).last == MINUTE);
    ctf_series_free(series);
}

static void steps_of_ten_seconds_serve_short_windows(void **state)
{
    (void)state;
    ctf_series *series = new_series(10, 0, 0);
    add(series, "M", 9999, 1);
    add(series, "M", 10000, 2);
    add(series, "M", 29999, 4);
    assert_true(ask(series, "Sum", 10000, 20000).value == 2);
    assert_true(ask(series, "Sum", 0, 20000).value == 3);
    assert_true(ask(series, "Sum", 0, 30000).value == 7);
    assert_int_equal(info_of(series).resolution, 10);
    ctf_series_free(series);
}

static void windows_are_of_whole_steps(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    ctf_statistic s = statistic("Sum");
    ctf_datapoint out;
    add(series, "M", 0, 1);
    assert_int_equal(ctf_series_statistic(series, 0, &s, 1, MINUTE, INT64_MAX, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_statistic(series, 0, &s, 0, 10000, INT64_MAX, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_statistic(series, 0, &s, MINUTE, 0, INT64_MAX, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_statistic(series, 1, &s, 0, MINUTE, INT64_MAX, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_statistic(series, 0, NULL, 0, MINUTE, INT64_MAX, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_statistic(series, 0, &s, 0, MINUTE, INT64_MAX, NULL), CTF_E_ARGUMENT);
    s.type = (ctf_statistic_type)77;
    assert_int_equal(ctf_series_statistic(series, 0, &s, 0, MINUTE, INT64_MAX, &out), CTF_E_ARGUMENT);
    ctf_series_free(series);
}

static void times_are_bounded_and_windows_are_not(void **state)
{
    (void)state;
    ctf_metric metric = named("M");
    ctf_series *series = new_series(10, 0, 0);
    assert_int_equal(ctf_series_add(series, &metric, CTF_TIME_MAX + 1, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_add(series, &metric, -CTF_TIME_MAX - 1, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_add(series, &metric, INT64_MIN, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    add(series, "M", CTF_TIME_MAX, 1);
    add(series, "M", -CTF_TIME_MAX, 2);
    assert_true(ask(series, "Sum", INT64_MIN / 10000 * 10000, INT64_MAX / 10000 * 10000).value == 3);
    assert_true(ask(series, "Sum", -CTF_TIME_MAX, CTF_TIME_MAX).value == 2);
    int64_t start;
    assert_int_equal(ctf_series_next(series, 0, INT64_MIN, &start), CTF_OK);
    assert_true(start == -CTF_TIME_MAX);
    assert_int_equal(ctf_series_next(series, 0, INT64_MAX, &start), CTF_E_ABSENT);
    ctf_series_free(series);
}

static void next_finds_the_first_step_that_holds_a_sample(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    int64_t start;
    add(series, "M", 5 * MINUTE + 1, 1);
    add(series, "M", 9 * MINUTE, 1);
    assert_int_equal(ctf_series_next(series, 0, 0, &start), CTF_OK);
    assert_true(start == 5 * MINUTE);
    assert_int_equal(ctf_series_next(series, 0, 5 * MINUTE, &start), CTF_OK);
    assert_true(start == 5 * MINUTE);
    assert_int_equal(ctf_series_next(series, 0, 5 * MINUTE + 1, &start), CTF_OK);
    assert_true(start == 9 * MINUTE);
    assert_int_equal(ctf_series_next(series, 0, 9 * MINUTE + 1, &start), CTF_E_ABSENT);
    assert_int_equal(ctf_series_next(series, 1, 0, &start), CTF_E_ARGUMENT);
    ctf_series_free(series);
}

static void a_late_sample_is_seen_from_its_arrival_on(void **state)
{
    (void)state;
    ctf_metric metric = named("M");
    ctf_series *series = new_series(0, 0, 0);
    add(series, "M", 30000, 1);
    assert_int_equal(ctf_series_add(series, &metric, 30000, 2 * MINUTE + 1, 10, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 30000, 2 * MINUTE, 100, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 30000, INT64_MAX, 1000, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 30000, MINUTE, 0.5, 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 30000, -5, 0.25, 1), CTF_OK);
    assert_int_equal(ask_at(series, "Sum", 0, MINUTE, MINUTE - 1).availability, CTF_NO_DATAPOINT);
    assert_true(ask_at(series, "Sum", 0, MINUTE, MINUTE).value == 1.75);
    assert_true(ask_at(series, "Sum", 0, MINUTE, 2 * MINUTE - 1).value == 1.75);
    assert_true(ask_at(series, "Sum", 0, MINUTE, 2 * MINUTE).value == 101.75);
    assert_true(ask_at(series, "Sum", 0, MINUTE, 3 * MINUTE).value == 111.75);
    assert_true(ask_at(series, "Sum", 0, MINUTE, INT64_MAX).value == 1111.75);
    assert_true(ask_at(series, "p99", 0, MINUTE, 2 * MINUTE).value == 100);
    ctf_series_free(series);
}

/* ---- the same by a list of samples --------------------------------------------------------------------- */

#define SAMPLES 400

/* The step's end, or the arrival rounded up. */
static int64_t visible_from(const sample *s, int64_t step)
{
    int64_t end = s->timestamp - ((s->timestamp % step) + step) % step + step;
    int64_t late = s->arrival == CTF_ON_TIME || s->arrival <= end ? 0 : (s->arrival - end + step - 1) / step;
    return end + late * step;
}

static ctf_datapoint expected(const sample *samples, unsigned metric, const ctf_statistic *s, int64_t start,
                              int64_t end, int64_t seen_at, int64_t step)
{
    ctf_value_count values[SAMPLES];
    ctf_datapoint out;
    size_t n = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        if (samples[i].metric == metric && samples[i].timestamp >= start && samples[i].timestamp < end &&
            visible_from(&samples[i], step) <= seen_at)
            values[n++] = (ctf_value_count){samples[i].value, samples[i].count};
    assert_int_equal(ctf_statistic_compute(s, values, n, NULL, 0, &out), CTF_OK);
    out.start = start;
    return out;
}

static void windows_say_what_their_samples_say(void **state)
{
    (void)state;
    static const char *const names[] = {"SampleCount", "Sum", "Average", "Minimum", "Maximum",
                                        "p50", "tm80", "WM(10%:90%)", "TC(0:3)", "PR(:1)"};
    uint64_t seed = 88172645463325252u;
    for (int round = 0; round < 60; round++) {
        sample samples[SAMPLES];
        int64_t step = round % 2 == 0 ? MINUTE : 10000;
        ctf_series *series = new_series((uint32_t)(step / 1000), 0, 0);
        for (size_t i = 0; i < SAMPLES; i++) {
            samples[i] = random_sample(&seed, 1);
            assert_int_equal(add_sample(series, &samples[i]), CTF_OK);
        }
        for (int k = 0; k < 200; k++) {
            ctf_statistic s = statistic(names[k % 10]);
            int64_t start = ((int64_t)(next_random(&seed) % 30) - 15) * MINUTE;
            int64_t end = start + (int64_t)(next_random(&seed) % 12) * step;
            int64_t seen_at = k % 3 == 0 ? INT64_MAX : end + (int64_t)(next_random(&seed) % 300000) - 1000;
            ctf_datapoint got, want = expected(samples, 0, &s, start, end, seen_at, step);
            assert_int_equal(ctf_series_statistic(series, 0, &s, start, end, seen_at, &got), CTF_OK);
            assert_same_datapoint(&got, &want);
        }
        ctf_series_free(series);
    }
}

/* ---- order does not show ------------------------------------------------------------------------------- */

#define PARTS 7

static void shuffle(sample *samples, size_t n, uint64_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)(next_random(seed) % i);
        sample moved = samples[i - 1];
        samples[i - 1] = samples[k];
        samples[k] = moved;
    }
}

/* Adds the samples to parts at random and merges these in a random tree. */
static ctf_series *by_parts(const sample *samples, size_t n, const uint32_t limits[3], uint64_t *seed)
{
    ctf_series *parts[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = new_series(limits[0], limits[1], limits[2]);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(add_sample(parts[next_random(seed) % PARTS], &samples[i]), CTF_OK);
    for (size_t left = PARTS; left > 1; left--) {
        size_t into = (size_t)(next_random(seed) % left), from = (size_t)(next_random(seed) % (left - 1));
        from += from >= into;
        assert_int_equal(ctf_series_merge(parts[into], parts[from]), CTF_OK);
        ctf_series_free(parts[from]);
        ctf_series *last = parts[left - 1];
        parts[from] = last;
    }
    return parts[0];
}

static void expect_order_not_to_show(uint32_t max_metrics, uint32_t max_values, unsigned metrics)
{
    uint64_t seed = 1 + max_metrics * 1000 + max_values;
    for (int round = 0; round < 60; round++) {
        sample samples[SAMPLES];
        const uint32_t limits[3] = {round % 2 == 0 ? 60 : 10, max_metrics, max_values};
        for (size_t i = 0; i < SAMPLES; i++)
            samples[i] = random_sample(&seed, metrics);
        ctf_series *whole = new_series(limits[0], limits[1], limits[2]);
        for (size_t i = 0; i < SAMPLES; i++)
            assert_int_equal(add_sample(whole, &samples[i]), CTF_OK);
        shuffle(samples, SAMPLES, &seed);
        ctf_series *merged = by_parts(samples, SAMPLES, limits, &seed);
        assert_same_series(whole, merged);
        ctf_series_free(whole);
        ctf_series_free(merged);
    }
}

static void partition_and_order_do_not_show(void **state)
{
    (void)state;
    expect_order_not_to_show(0, 0, 1);
    expect_order_not_to_show(0, 0, 12);
}

static void nor_do_they_where_buckets_become_summaries(void **state)
{
    (void)state;
    expect_order_not_to_show(0, 1, 2);
    expect_order_not_to_show(0, 2, 2);
    expect_order_not_to_show(0, 5, 1);
}

static void nor_where_there_are_too_many_metrics(void **state)
{
    (void)state;
    expect_order_not_to_show(1, 0, 40);
    expect_order_not_to_show(5, 0, 40);
    expect_order_not_to_show(11, 2, 12);
}

static void order_does_not_show_in_long_series(void **state)
{
    (void)state;
    enum { N = 6000 };
    uint64_t seed = 5;
    ctf_series *forward = new_series(0, 0, 0), *mixed = new_series(0, 0, 0);
    for (int i = 0; i < N; i++)
        add(forward, "M", i * MINUTE, i % 3);
    for (int i = 0; i < N; i++) {
        int at = i * 1987 % N;
        add(mixed, "M", at * MINUTE, at % 3);
    }
    assert_same_series(forward, mixed);
    for (int i = 0; i < 300; i++) {
        int64_t start = (int64_t)(next_random(&seed) % N);
        double sum = 0;
        for (int64_t k = start; k < start + 9 && k < N; k++)
            sum += (double)(k % 3);
        assert_true(ask(mixed, "Sum", start * MINUTE, (start + 9) * MINUTE).value == sum);
    }
    ctf_series_free(forward);
    ctf_series_free(mixed);
}

/* ---- limits -------------------------------------------------------------------------------------------- */

static void beyond_the_limit_bare_metrics_stay_and_the_rest_is_counted(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 3, 0);
    for (unsigned i = 1; i <= 200; i++) {
        sample s = {i, 0, CTF_ON_TIME, 1, 2};
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    assert_int_equal(info_of(series).n_metrics, 3);
    add(series, "A", 0, 1);
    add(series, "B", 0, 1);
    ctf_series_info info = info_of(series);
    assert_int_equal(info.n_metrics, 3);
    assert_int_equal(info.samples, 4);
    assert_int_equal(info.dropped, 398);
    ctf_metric metric;
    size_t bare = 0;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(ctf_series_metric(series, i, &metric), CTF_OK);
        bare += metric.n_dimensions == 0;
    }
    assert_int_equal(bare, 2);
    ctf_series_free(series);
}

/* Those that stay are the same whatever was there before, also where all that stood together has left. */
static void later_metrics_replace_earlier_ones(void **state)
{
    (void)state;
    enum { KEPT = 300, LATER = 60000 };
    ctf_series *series = new_series(0, KEPT, 0), *fresh = new_series(0, KEPT, 0);
    char name[16];
    for (unsigned i = 0; i < KEPT + LATER; i++) {
        snprintf(name, sizeof name, "%c%05u", i < KEPT ? 'a' : 'z', i);
        add(series, name, 0, 1);
    }
    for (unsigned i = KEPT + LATER; i-- > 0;) {
        snprintf(name, sizeof name, "%c%05u", i < KEPT ? 'a' : 'z', i);
        add(fresh, name, 0, 1);
    }
    assert_int_equal(info_of(series).n_metrics, KEPT);
    assert_same_series(series, fresh);
    ctf_series_free(series);
    ctf_series_free(fresh);
}

static void a_bucket_of_too_many_values_keeps_the_plain_statistics(void **state)
{
    (void)state;
    ctf_series *kept = new_series(0, 0, 0), *small = new_series(0, 0, 3);
    for (int i = 0; i < 3; i++) {
        add(kept, "M", i, i + 0.1);
        add(small, "M", i, i + 0.1);
    }
    assert_int_equal(ask(small, "p50", 0, MINUTE).availability, CTF_AVAILABLE);
    add(kept, "M", 5, 1.1);
    add(small, "M", 5, 1.1);
    assert_int_equal(ask(small, "p50", 0, MINUTE).availability, CTF_AVAILABLE);
    for (int i = 3; i < 30; i++) {
        add(kept, "M", i, i + 0.1);
        add(small, "M", i, i + 0.1);
    }
    add(small, "M", MINUTE, 5);
    static const char *const plain[] = {"SampleCount", "Sum", "Average", "Minimum", "Maximum"};
    for (size_t i = 0; i < 5; i++) {
        ctf_datapoint a = ask(kept, plain[i], 0, MINUTE), b = ask(small, plain[i], 0, MINUTE);
        assert_same_datapoint(&a, &b);
    }
    assert_int_equal(ask(kept, "p50", 0, MINUTE).availability, CTF_AVAILABLE);
    assert_int_equal(ask(small, "p50", 0, MINUTE).availability, CTF_UNAVAILABLE);
    assert_int_equal(ask(small, "p50", 0, 2 * MINUTE).availability, CTF_UNAVAILABLE);
    assert_int_equal(ask(small, "p50", MINUTE, 2 * MINUTE).availability, CTF_AVAILABLE);
    assert_int_equal(info_of(small).max_values, 3);
    ctf_series_free(kept);
    ctf_series_free(small);
}

static void more_samples_than_are_counted_are_refused(void **state)
{
    (void)state;
    ctf_metric metric = named("M");
    ctf_series *series = new_series(0, 0, 0), *other = new_series(0, 0, 0);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, CTF_MAX_SAMPLES - 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 2), CTF_E_LIMIT);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, UINT64_MAX), CTF_E_LIMIT);
    assert_int_equal(ctf_series_add(other, &metric, 0, CTF_ON_TIME, 1, 2), CTF_OK);
    assert_int_equal(ctf_series_merge(series, other), CTF_E_LIMIT);
    assert_int_equal(info_of(series).samples, CTF_MAX_SAMPLES - 1);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_true(ask(series, "SampleCount", 0, MINUTE).value == (double)CTF_MAX_SAMPLES);
    ctf_series_free(series);
    ctf_series_free(other);
}

static void values_that_no_metric_holds_are_refused(void **state)
{
    (void)state;
    volatile double zero = 0;
    const double bad[] = {zero / zero, 1 / zero, -1 / zero, 0x1.0000000000001p360, -0x1p361};
    ctf_metric metric = named("M");
    ctf_series *series = new_series(0, 0, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, bad[i], 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 0), CTF_E_ARGUMENT);
    assert_int_equal(info_of(series).n_metrics, 0);
    assert_true(info_of(series).last < info_of(series).first);
    ctf_series_free(series);
}

static void events_without_a_sample_are_counted_up_to_a_limit(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    series->skipped = CTF_MAX_SAMPLES - 1;
    assert_int_equal(ctfi_series_skip(series), CTF_OK);
    assert_int_equal(ctfi_series_skip(series), CTF_E_LIMIT);
    assert_true(series->skipped == CTF_MAX_SAMPLES);
    ctf_series_free(series);
}

/* As if their hashes were the same. */
static void metrics_of_one_hash_are_told_apart(void **state)
{
    (void)state;
    const ctf_dimension dimensions[] = {{text_of("a"), text_of("1")}, {text_of("a"), text_of("2")}, {text_of("b"), text_of("1")}};
    const ctf_text space = text_of("S"), unit = text_of("None");
    const ctfi_identity one = {space, text_of("M"), &dimensions[0], 1, unit, 7};
    const ctfi_identity others[] = {{text_of("T"), text_of("M"), &dimensions[0], 1, unit, 7},
                                    {space, text_of("N"), &dimensions[0], 1, unit, 7},
                                    {space, text_of("MM"), &dimensions[0], 1, unit, 7},
                                    {space, text_of("M"), &dimensions[0], 0, unit, 7},
                                    {space, text_of("M"), &dimensions[1], 1, unit, 7},
                                    {space, text_of("M"), &dimensions[2], 1, unit, 7},
                                    {space, text_of("M"), &dimensions[0], 1, ctfi_unit_of(text_of("Count")), 7}};
    assert_true(ctfi_identity_equal(&one, &one));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(ctfi_identity_equal(&one, &others[i]));
}

static void misuse_is_refused(void **state)
{
    (void)state;
    ctf_metric metric = named("M");
    ctf_series *series = new_series(0, 0, 0), *fine = new_series(10, 0, 0), *few = new_series(0, 0, 1), *out;
    const ctf_series_options unknown = {.size = sizeof unknown + 1}, none_at_all = {.size = 1},
                             odd = {.size = sizeof odd, .resolution = 30};
    assert_int_equal(ctf_series_new(&unknown, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_new(&none_at_all, &out), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_new(&odd, &out), CTF_E_ARGUMENT);
    assert_null(out);
    assert_int_equal(ctf_series_new(NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_merge(series, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_merge(series, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_merge(NULL, series), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_merge(series, fine), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_merge(series, few), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_add(NULL, &metric, 0, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_add(series, NULL, 0, CTF_ON_TIME, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_metric(series, 0, &metric), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_metric(NULL, 0, &metric), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_metric(series, 0, NULL), CTF_E_ARGUMENT);
    size_t index;
    metric = named("M");
    assert_int_equal(ctf_series_find(series, &metric, &index), CTF_E_ABSENT);
    assert_int_equal(ctf_series_find(series, &metric, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_find(series, NULL, &index), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_next(series, 0, 0, NULL), CTF_E_ARGUMENT);
    ctf_series_describe(series, NULL);
    ctf_series_describe(NULL, &(ctf_series_info){0});
    ctf_series_free(NULL);
    ctf_series_free(series);
    ctf_series_free(fine);
    ctf_series_free(few);
}

/* ---- memory -------------------------------------------------------------------------------------------- */

static ctf_series *metered_series(meter *m, uint32_t max_metrics, uint32_t max_values)
{
    ctf_series *series;
    const ctf_allocator allocator = {metered, m};
    const ctf_series_options options = {sizeof options, &allocator, 0, max_metrics, max_values};
    return ctf_series_new(&options, &series) == CTF_OK ? series : NULL;
}

/* Adds samples, each again after a failure, which must have changed nothing. */
static void a_failed_addition_changes_nothing(void **state)
{
    (void)state;
    for (size_t fail_at = 2; fail_at < 400; fail_at++) {
        uint64_t seed = 7;
        meter m = {0, 0, fail_at, false};
        ctf_series *series = metered_series(&m, 6, 3), *plain = new_series(0, 6, 3);
        for (int i = 0; i < 150; i++) {
            sample s = random_sample(&seed, 20);
            assert_int_equal(add_sample(plain, &s), CTF_OK);
            if (add_sample(series, &s) != CTF_OK)
                assert_int_equal(add_sample(series, &s), CTF_OK);
        }
        assert_same_series(series, plain);
        ctf_series_free(series);
        ctf_series_free(plain);
        assert_int_equal(m.live, 0);
    }
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    uint64_t seed = 9;
    ctf_series *from = new_series(0, 30, 4);
    for (int i = 0; i < 200; i++) {
        sample s = random_sample(&seed, 20);
        assert_int_equal(add_sample(from, &s), CTF_OK);
    }
    bytes image = saved(from);
    size_t failures = 0;
    for (size_t fail_at = 1; fail_at < 500; fail_at++) {
        meter m = {0, 0, fail_at, true};
        const ctf_allocator allocator = {metered, &m};
        const ctf_series_options options = {.size = sizeof options, .allocator = &allocator};
        ctf_series *loaded, *into = metered_series(&m, 30, 4);
        ctf_status status = into == NULL ? CTF_E_NOMEM : ctf_series_merge(into, from);
        assert_true(status == CTF_OK || status == CTF_E_NOMEM);
        ctf_series_free(into);
        m.calls = 0;
        ctf_error error;
        status = ctf_series_load(image.data, image.length, &options, &loaded, &error);
        assert_true(status == CTF_OK || (status == CTF_E_NOMEM && error.kind == CTF_ERROR_MEMORY));
        assert_true((status == CTF_OK) == (loaded != NULL));
        assert_true(error.offset == 0 && error.length == 0);
        failures += status != CTF_OK;
        ctf_series_free(loaded);
        assert_int_equal(m.live, 0);
    }
    assert_true(failures > 20 && failures < 499);
    free(image.data);
    ctf_series_free(from);
}

static void a_percentile_says_when_memory_is_out(void **state)
{
    (void)state;
    meter m = {0, 0, 0, false};
    ctf_series *series = metered_series(&m, 0, 0);
    ctf_statistic p = statistic("p50"), sum = statistic("Sum");
    ctf_datapoint out;
    add(series, "M", 0, 1);
    size_t live = m.live;
    m.fail_at = m.calls + 1;
    assert_int_equal(ctf_series_statistic(series, 0, &sum, 0, MINUTE, INT64_MAX, &out), CTF_OK);
    assert_int_equal(ctf_series_statistic(series, 0, &p, 0, MINUTE, INT64_MAX, &out), CTF_E_NOMEM);
    assert_int_equal(ctf_series_statistic(series, 0, &p, 0, MINUTE, INT64_MAX, &out), CTF_OK);
    assert_int_equal(m.live, live);
    ctf_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_dimensions_does_not_matter),
        cmocka_unit_test(everything_of_the_identity_tells_metrics_apart),
        cmocka_unit_test(thousands_of_metrics_are_listed_in_order_and_found),
        cmocka_unit_test(no_unit_is_the_unit_none),
        cmocka_unit_test(texts_may_hold_any_bytes),
        cmocka_unit_test(broken_metrics_are_refused),
        cmocka_unit_test(a_window_begins_inclusive_and_ends_exclusive),
        cmocka_unit_test(steps_of_ten_seconds_serve_short_windows),
        cmocka_unit_test(windows_are_of_whole_steps),
        cmocka_unit_test(times_are_bounded_and_windows_are_not),
        cmocka_unit_test(next_finds_the_first_step_that_holds_a_sample),
        cmocka_unit_test(a_late_sample_is_seen_from_its_arrival_on),
        cmocka_unit_test(windows_say_what_their_samples_say),
        cmocka_unit_test(partition_and_order_do_not_show),
        cmocka_unit_test(nor_do_they_where_buckets_become_summaries),
        cmocka_unit_test(nor_where_there_are_too_many_metrics),
        cmocka_unit_test(order_does_not_show_in_long_series),
        cmocka_unit_test(beyond_the_limit_bare_metrics_stay_and_the_rest_is_counted),
        cmocka_unit_test(later_metrics_replace_earlier_ones),
        cmocka_unit_test(a_bucket_of_too_many_values_keeps_the_plain_statistics),
        cmocka_unit_test(more_samples_than_are_counted_are_refused),
        cmocka_unit_test(values_that_no_metric_holds_are_refused),
        cmocka_unit_test(events_without_a_sample_are_counted_up_to_a_limit),
        cmocka_unit_test(metrics_of_one_hash_are_told_apart),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(a_failed_addition_changes_nothing),
        cmocka_unit_test(each_allocation_may_fail),
        cmocka_unit_test(a_percentile_says_when_memory_is_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
