/* Cursors: the buckets of a metric one after the other, against what windows say. */
#include "series_kit.h"

#include "metric/cursor.h"

#define MINUTE INT64_C(60000)

static ctf_series *random_series(uint64_t seed, int samples, uint32_t max_values)
{
    ctf_series *series = new_series(seed % 2 == 0 ? 60 : 10, 0, max_values);
    for (int i = 0; i < samples; i++) {
        sample s = random_sample(&seed, 1);
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    return series;
}

/* What the samples of one step come to that arrived by a time. */
static ctfi_summary summary_of(const ctf_series *series, int64_t start, int64_t seen_at)
{
    ctfi_summary out;
    ctfi_series_summarize(series, 0, start, start + ctfi_series_resolution(series), seen_at, &out);
    return out;
}

static void buckets_ascend_and_hold_every_sample(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 40; seed++) {
        ctf_series *series = random_series(seed, 400, (uint32_t)(seed % 3));
        ctfi_cursor cursor;
        ctfi_bucket bucket, before = {.start = INT64_MIN};
        uint64_t count = 0;
        ctfi_cursor_open(&cursor, series, 0, INT64_MIN);
        for (; ctfi_cursor_next(&cursor, &bucket); before = bucket) {
            assert_true(bucket.start > before.start ||
                        (bucket.start == before.start && bucket.arrival > before.arrival));
            assert_true(bucket.arrival >= bucket.start + ctfi_series_resolution(series));
            count += bucket.count;
        }
        assert_false(ctfi_cursor_next(&cursor, &bucket));
        assert_int_equal(count, info_of(series).samples);
        ctf_series_free(series);
    }
}

/* The buckets of a step up to one of them are what is seen when that one arrives. */
static void buckets_add_up_to_what_windows_say(void **state)
{
    (void)state;
    size_t exact = 0, inexact = 0;
    for (uint64_t seed = 1; seed < 40; seed++) {
        ctf_series *series = random_series(seed, 400, seed % 4 == 0 ? 2 : 0);
        ctfi_cursor cursor;
        ctfi_bucket bucket, all = {.start = INT64_MIN};
        ctfi_cursor_open(&cursor, series, 0, INT64_MIN);
        while (ctfi_cursor_next(&cursor, &bucket)) {
            if (bucket.start != all.start)
                all = (ctfi_bucket){.start = bucket.start, .minimum = 0x1p400, .maximum = -0x1p400, .exact = true};
            all.count += bucket.count;
            all.minimum = bucket.minimum < all.minimum ? bucket.minimum : all.minimum;
            all.maximum = bucket.maximum > all.maximum ? bucket.maximum : all.maximum;
            all.exact = all.exact && bucket.exact && ctfi_add_exactly(all.sum, bucket.sum, &all.sum);
            ctfi_summary seen = summary_of(series, bucket.start, bucket.arrival);
            assert_int_equal(seen.count, all.count);
            assert_true(!(seen.minimum < all.minimum) && !(seen.minimum > all.minimum));
            assert_true(!(seen.maximum < all.maximum) && !(seen.maximum > all.maximum));
            double sum = ctfi_exact_double(&seen.sum);
            assert_true(!all.exact || (!(sum < all.sum) && !(sum > all.sum)));
            exact += all.exact;
            inexact += !all.exact;
        }
        ctf_series_free(series);
    }
    assert_true(exact > 100 && inexact > 100);
}

static void a_cursor_opens_anywhere(void **state)
{
    (void)state;
    uint64_t seed = 3;
    ctf_series *series = random_series(4, 300, 0);
    for (int i = 0; i < 500; i++) {
        int64_t from = (int64_t)(next_random(&seed) % 1400000) - 700000, next;
        ctfi_cursor cursor;
        ctfi_bucket bucket;
        ctfi_cursor_open(&cursor, series, 0, from);
        bool found = ctfi_cursor_next(&cursor, &bucket);
        assert_int_equal(found, ctf_series_next(series, 0, from, &next) == CTF_OK);
        int64_t before = from + MINUTE - 1 - ((from + MINUTE - 1) % MINUTE + MINUTE) % MINUTE; /* rounded up */
        for (; found && before < bucket.start; before += MINUTE)
            assert_int_equal(summary_of(series, before, INT64_MAX).count, 0);
        assert_true(!found || (bucket.start >= from && bucket.start == next));
    }
    ctfi_cursor cursor;
    ctfi_bucket bucket;
    ctfi_cursor_open(&cursor, series, 0, INT64_MAX);
    assert_false(ctfi_cursor_next(&cursor, &bucket));
    ctf_series_free(series);
}

static void a_sum_is_exact_only_when_it_is(void **state)
{
    (void)state;
    static const struct {
        double value;
        uint64_t count;
        double other;
        bool exact;
    } cases[] = {
        {1, 1000000, 0, true},     {0.1, 1, 0, true},  {0.1, 2, 0, false},          {0.1, 1, 0.2, false},
        {0.5, 1, 0.25, true},      {0x1p52, 1, 1, true}, {0x1p53, 1, 1, false},     {0x1p52, 2, 1, false},
        {3, UINT64_C(1) << 51, 0, true}, {3, UINT64_C(1) << 52, 0, false}, {-5, 7, -2, true}, {0x1p360, 1, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ctf_series *series = new_series(0, 0, 0);
        sample s = {0, 0, CTF_ON_TIME, cases[i].value, cases[i].count}, other = {0, 0, CTF_ON_TIME, cases[i].other, 1};
        ctfi_cursor cursor;
        ctfi_bucket bucket;
        assert_int_equal(add_sample(series, &s), CTF_OK);
        if (cases[i].other < 0 || cases[i].other > 0)
            assert_int_equal(add_sample(series, &other), CTF_OK);
        ctfi_cursor_open(&cursor, series, 0, 0);
        assert_true(ctfi_cursor_next(&cursor, &bucket));
        if (bucket.exact != cases[i].exact)
            fail_msg("%g * %llu + %g", cases[i].value, (unsigned long long)cases[i].count, cases[i].other);
        ctf_series_free(series);
    }
}

static void adding_exactly_says_when_it_rounds(void **state)
{
    (void)state;
    double sum;
    assert_true(ctfi_add_exactly(0x1p53, -1, &sum) && sum == 0x1p53 - 1);
    assert_false(ctfi_add_exactly(0x1p53, 1, &sum));
    assert_false(ctfi_add_exactly(1, 0x1p53, &sum));
    assert_true(ctfi_add_exactly(0x1p360, -0x1p360, &sum) && sum == 0);
    assert_false(ctfi_add_exactly(0.1, 0.2, &sum));
    assert_true(ctfi_add_exactly(0, 0.1, &sum) && sum == 0.1);
    assert_true(ctfi_add_exactly(0x1p-1074, 0x1p-1074, &sum) && sum == 0x1p-1073);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_ascend_and_hold_every_sample),
        cmocka_unit_test(buckets_add_up_to_what_windows_say),
        cmocka_unit_test(a_cursor_opens_anywhere),
        cmocka_unit_test(a_sum_is_exact_only_when_it_is),
        cmocka_unit_test(adding_exactly_says_when_it_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
