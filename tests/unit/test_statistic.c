/* Statistics: their names, and their values against the definitions carried out sample by sample. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/metric.h>

#include "metric/statistic.h"

static ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static ctf_statistic named(const char *name)
{
    ctf_statistic out;
    ctf_error error;
    if (ctf_statistic_parse(text_of(name), &out, &error) != CTF_OK)
        fail_msg("%s: %s", name, error.message);
    return out;
}

static void expect_refusal(const char *name, size_t offset, size_t length)
{
    ctf_statistic out;
    ctf_error error;
    if (ctf_statistic_parse(text_of(name), &out, &error) != CTF_E_ARGUMENT)
        fail_msg("'%s' is accepted", name);
    assert_int_equal(error.kind, CTF_ERROR_STATISTIC);
    assert_true(error.message[0] != '\0');
    if (error.offset != offset || error.length != length)
        fail_msg("'%s' points at %zu+%zu: %s", name, error.offset, error.length, error.message);
    assert_memory_equal(&out, &(ctf_statistic){0}, sizeof out);
}

static void names_in_both_notations_are_the_same_statistic(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"tm90", "TM(:90%)"},   {"wm90.5", "WM(:90.5%)"}, {"tc1", "TC(:1%)"},
                                           {"ts100", "TS(:100%)"}, {"IQM", "TM(25%:75%)"},   {"tm99.90", "TM(:99.9%)"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ctf_statistic a = named(pairs[i][0]), b = named(pairs[i][1]);
        assert_memory_equal(&a, &b, sizeof a);
    }
}

static void a_percent_is_read_to_ten_decimals(void **state)
{
    (void)state;
    assert_int_equal(named("p99.9999999999").high_percent, 999999999999);
    assert_int_equal(named("p0").high_percent, 0);
    assert_int_equal(named("p100").high_percent, 1000000000000);
    assert_int_equal(named("p100.0000000000").high_percent, 1000000000000);
    assert_int_equal(named("p0000000000000000000000000000000099").high_percent, 990000000000);
}

static void a_name_that_is_none_is_refused_where_it_breaks(void **state)
{
    (void)state;
    expect_refusal("", 0, 0);
    expect_refusal("sum", 0, 3);
    expect_refusal("Summe", 0, 5);
    expect_refusal("p", 1, 0);
    expect_refusal("p.5", 1, 2);
    expect_refusal("P99", 0, 3);
    expect_refusal("p99.", 3, 1);
    expect_refusal("p-1", 1, 2);
    expect_refusal("p+1", 1, 2);
    expect_refusal("p1e1", 2, 2);
    expect_refusal("p100.5", 1, 5);
    expect_refusal("p101", 1, 3);
    expect_refusal("p99999999999999999999999999999999", 1, 32);
    expect_refusal("p99.99999999999", 1, 14);
    expect_refusal("p99 ", 3, 1);
    expect_refusal("tm", 2, 0);
    expect_refusal("tm(:90%)", 2, 6);
    expect_refusal("TM90", 2, 2);
    expect_refusal("TM", 2, 0);
    expect_refusal("TM(", 3, 0);
    expect_refusal("TM()", 3, 1);
    expect_refusal("TM(:)", 2, 2);
    expect_refusal("TM(10%)", 6, 1);
    expect_refusal("TM(10%:90%", 10, 0);
    expect_refusal("TM(10%:90%))", 11, 1);
    expect_refusal("TM(10%:90)", 7, 2);
    expect_refusal("TM(10:90%)", 6, 2);
    expect_refusal("TM(90%:10%)", 2, 9);
    expect_refusal("TM(9:1)", 2, 5);
    expect_refusal("TM(0%:101%)", 6, 3);
    expect_refusal("TM(101%:)", 3, 3);
    expect_refusal("TM(1.:2)", 4, 4);
    expect_refusal("TM( 1:2)", 3, 5);
    expect_refusal("PR(10%:90%)", 0, 11);
    expect_refusal("PR99", 2, 2);
    expect_refusal("pr(1:2)", 1, 6);
    expect_refusal("iqm", 0, 3);
    expect_refusal("IQM(1:2)", 0, 8);
}

static void a_bound_beyond_every_sample_is_refused(void **state)
{
    (void)state;
    char name[420] = "PR(:1";
    memset(name + 5, '0', 400);
    strcpy(name + 405, ")");
    expect_refusal(name, 4, 401);
}

static void parsing_checks_its_arguments(void **state)
{
    (void)state;
    ctf_statistic out;
    ctf_error error;
    assert_int_equal(ctf_statistic_parse(text_of("Sum"), NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_statistic_parse((ctf_text){NULL, 3}, &out, &error), CTF_E_ARGUMENT);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_statistic_parse(text_of("?"), &out, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_statistic_parse(text_of("Sum"), &out, NULL), CTF_OK);
}

static void only_percentile_types_need_the_values(void **state)
{
    (void)state;
    static const char *const plain[] = {"SampleCount", "Sum", "Average", "Minimum", "Maximum"};
    static const char *const typed[] = {"p50", "tm50", "wm50", "tc50", "ts50", "IQM", "PR(1:2)", "TC(1:2)"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        ctf_statistic s = named(plain[i]);
        assert_false(ctf_statistic_needs_values(&s));
    }
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        ctf_statistic s = named(typed[i]);
        assert_true(ctf_statistic_needs_values(&s));
    }
    assert_false(ctf_statistic_needs_values(NULL));
}

/* ---- the oracle: spec 3.2 over the samples one by one ----------------------------------------------- */

#define MOST 60

typedef struct sorted {
    double x[MOST + 1]; /* from 1 */
    unsigned n;
} sorted;

/* Small integers, so that every sum is exact in a double. */
static unsigned floor_part(uint64_t percent, unsigned n)
{
    return (unsigned)(percent / 100 * n / 10000000000u); /* whole hundredths in the test: no overflow */
}

static unsigned ceiling_part(uint64_t percent, unsigned n)
{
    return (unsigned)((percent / 100 * n + 10000000000u - 1) / 10000000000u);
}

typedef struct answer {
    bool none;
    double value;
} answer;

static answer trim(const ctf_statistic *s, const sorted *all)
{
    unsigned low = s->has_low ? floor_part(s->low_percent, all->n) + 1 : 1;
    unsigned high = s->has_high ? ceiling_part(s->high_percent, all->n) : all->n;
    unsigned kept = 0, lowest = 0, highest = 0;
    double sum = 0, clamped = 0, replaced = 0;
    for (unsigned i = 1; i <= all->n; i++) {
        double v = all->x[i];
        bool keep = s->absolute ? (!s->has_low || v > s->low) && (!s->has_high || v <= s->high) : i >= low && i <= high;
        kept += keep;
        sum += keep ? v : 0;
        lowest = keep && lowest == 0 ? i : lowest;
        highest = keep ? i : highest;
        clamped += s->has_low && v < s->low ? s->low : s->has_high && v > s->high ? s->high : v;
    }
    for (unsigned i = 1; i <= all->n && kept != 0; i++)
        replaced += all->x[i < lowest ? lowest : i > highest ? highest : i];
    switch (s->type) {
    case CTF_TRIMMED_COUNT:
        return (answer){false, kept};
    case CTF_TRIMMED_SUM:
        return (answer){false, sum};
    case CTF_TRIMMED_MEAN:
        return kept == 0 ? (answer){true, 0} : (answer){false, sum / kept};
    case CTF_WINSORIZED_MEAN:
        if (s->absolute)
            return (answer){false, clamped / all->n};
        return kept == 0 ? (answer){true, 0} : (answer){false, replaced / all->n};
    default:
        return (answer){false, 100.0 * kept / all->n};
    }
}

static answer by_definition(const ctf_statistic *s, const sorted *all)
{
    double sum = 0;
    for (unsigned i = 1; i <= all->n; i++)
        sum += all->x[i];
    switch (s->type) {
    case CTF_SAMPLE_COUNT:
        return (answer){false, all->n};
    case CTF_SUM:
        return (answer){false, sum};
    case CTF_AVERAGE:
        return (answer){false, sum / all->n};
    case CTF_MINIMUM:
        return (answer){false, all->x[1]};
    case CTF_MAXIMUM:
        return (answer){false, all->x[all->n]};
    case CTF_PERCENTILE: {
        unsigned rank = ceiling_part(s->high_percent, all->n);
        return (answer){false, all->x[rank < 1 ? 1 : rank > all->n ? all->n : rank]};
    }
    default:
        return trim(s, all);
    }
}

static uint64_t random_state = 88172645463325252u;

static unsigned below(unsigned n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 20) % n);
}

/* Values with counts in random order, and the same one by one in order. */
static size_t draw(ctf_value_count *values, sorted *all)
{
    size_t n = 1 + below(6);
    unsigned tally[16] = {0};
    all->n = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned value = below(16);
        unsigned count = 1 + below(i == 0 ? 9 : 5);
        tally[value] += count;
        values[i] = (ctf_value_count){value, count};
    }
    for (unsigned v = 0; v < 16; v++)
        for (; tally[v] > 0; tally[v]--)
            all->x[++all->n] = v;
    return n;
}

static void every_statistic_is_its_definition(void **state)
{
    (void)state;
    static const char *const names[] = {
        "SampleCount", "Sum", "Average", "Minimum", "Maximum", "p0", "p100", "p50", "p99.9", "p33.33", "p0.01",
        "tm0", "tm100", "tm10", "tm99.9", "wm0", "wm10", "wm90", "wm33.3", "tc10", "tc99", "ts0", "ts50", "ts33.33", "IQM",
        "TM(10%:90%)", "TM(50%:)", "TM(100%:)", "TM(50%:50%)", "TM(33.3%:66.6%)", "WM(10%:90%)", "WM(50%:)",
        "WM(50%:50%)", "WM(100%:)", "TC(25%:75%)", "TC(0%:0%)", "TS(20%:21%)", "TM(3:9)", "TM(:4)", "TM(15:)",
        "WM(3:9)", "WM(:4)", "WM(12:)", "WM(5:5)", "TC(3:9)", "TC(20:30)", "TS(3:)", "TS(0:0)", "PR(3:9)", "PR(:4)",
        "PR(15:)", "PR(0:15)", "PR(:0)"};
    ctf_value_count values[16];
    ctf_datapoint got;
    sorted all;
    for (int round = 0; round < 3000; round++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            size_t n = draw(values, &all);
            ctf_statistic s = named(names[i]);
            answer expected = by_definition(&s, &all);
            assert_int_equal(ctf_statistic_compute(&s, values, n, NULL, 0, &got), CTF_OK);
            assert_int_equal(got.sample_count, all.n);
            if (got.availability != (expected.none ? CTF_NO_DATAPOINT : CTF_AVAILABLE) ||
                (!expected.none && (got.value < expected.value || got.value > expected.value)))
                fail_msg("%s of %u samples: %.17g, expected %.17g", names[i], all.n, got.value, expected.value);
        }
    }
}

/* ---- rules that small numbers do not reach ------------------------------------------------------------ */

static double value_of(const char *name, const ctf_value_count *values, size_t n)
{
    ctf_value_count copy[8];
    ctf_datapoint got;
    ctf_statistic s = named(name);
    memcpy(copy, values, n * sizeof *values);
    assert_int_equal(ctf_statistic_compute(&s, copy, n, NULL, 0, &got), CTF_OK);
    assert_int_equal(got.availability, CTF_AVAILABLE);
    return got.value;
}

static void ranks_are_exact_rationals(void **state)
{
    (void)state;
    const ctf_value_count thousand[2] = {{1, 999}, {2, 1}};
    assert_true(value_of("p99.9", thousand, 2) == 1);
    assert_true(value_of("p99.9000000001", thousand, 2) == 2);
    const uint64_t most = CTF_MAX_SAMPLES;
    const ctf_value_count many[2] = {{1, most - 1}, {2, 1}};
    assert_true(value_of("p99.9999999999", many, 2) == 1);
    assert_true(value_of("p100", many, 2) == 2);
    assert_true(value_of("TC(:100%)", many, 2) == (double)most);
    assert_true(value_of("TC(100%:)", many, 2) == 0);
}

static void sums_are_rounded_once(void **state)
{
    (void)state;
    const ctf_value_count values[4] = {{0x1p360, 1}, {1, 1}, {0.5, 1}, {-0x1p360, 1}};
    assert_true(value_of("Sum", values, 4) == 1.5);
    assert_true(value_of("Average", values, 4) == 0.375);
    const ctf_value_count tenths[1] = {{0.1, 10}};
    assert_true(value_of("Sum", tenths, 1) == 1.0);
    assert_true(value_of("TS(:100%)", tenths, 1) == 1.0);
    const ctf_value_count three[1] = {{0.1, 3}}; /* 0.30000000000000004 / 3 would be above every sample */
    static const char *const means[] = {"Average", "TM(:100%)", "WM(:100%)", "WM(:1)"};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++)
        assert_true(value_of(means[i], three, 1) == 0.1);
}

static void zero_has_one_sign(void **state)
{
    (void)state;
    const ctf_value_count values[2] = {{-0.0, 1}, {0.0, 1}};
    static const char *const names[] = {"Minimum", "Maximum", "Sum", "p50", "p1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(1 / value_of(names[i], values, 2) > 0);
}

static ctf_datapoint with_sets(const char *name, size_t n_values, const ctf_statistic_set *sets, size_t n_sets)
{
    ctf_value_count values[8] = {{5, 1}, {6, 1}};
    ctf_datapoint got;
    ctf_statistic s = named(name);
    assert_int_equal(ctf_statistic_compute(&s, values, n_values, sets, n_sets, &got), CTF_OK);
    return got;
}

static void no_sample_is_no_datapoint_for_every_statistic(void **state)
{
    (void)state;
    static const char *const names[] = {"SampleCount", "Sum", "Average", "Minimum", "p50", "TC(1:2)", "PR(1:2)", "wm10"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ctf_datapoint got = with_sets(names[i], 0, NULL, 0);
        assert_int_equal(got.availability, CTF_NO_DATAPOINT);
        assert_int_equal(got.sample_count, 0);
    }
}

static void a_negative_sample_makes_percentile_types_unavailable(void **state)
{
    (void)state;
    ctf_value_count values[2] = {{-0.5, 1}, {6, 3}};
    static const char *const names[] = {"p50", "tm10", "IQM", "TC(1:2)", "PR(1:2)", "WM(1:2)", "ts5"};
    ctf_datapoint got;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ctf_statistic s = named(names[i]);
        assert_int_equal(ctf_statistic_compute(&s, values, 2, NULL, 0, &got), CTF_OK);
        assert_int_equal(got.availability, CTF_UNAVAILABLE);
        assert_int_equal(got.sample_count, 4);
    }
    assert_true(value_of("Average", values, 2) == 17.5 / 4);
}

static void a_set_of_equal_samples_counts_as_its_copies(void **state)
{
    (void)state;
    const ctf_statistic_set uniform[2] = {{4, 40, 10, 10}, {1, 3, 3, 3}};
    ctf_datapoint got = with_sets("p50", 2, uniform, 2); /* 3 5 6 10 10 10 10 */
    assert_int_equal(got.availability, CTF_AVAILABLE);
    assert_int_equal(got.sample_count, 7);
    assert_true(got.value == 10);
    assert_true(with_sets("TC(5:6)", 2, uniform, 2).value == 1);
    assert_true(with_sets("Sum", 2, uniform, 2).value == 54);
}

static void one_unusable_set_spoils_the_period_for_percentile_types(void **state)
{
    (void)state;
    const ctf_statistic_set sets[2] = {{4, 40, 10, 10}, {2, 3, 1, 2}}, wrong_sum[1] = {{4, 41, 10, 10}};
    assert_int_equal(with_sets("p50", 2, sets, 2).availability, CTF_UNAVAILABLE);
    assert_int_equal(with_sets("p50", 2, wrong_sum, 1).availability, CTF_UNAVAILABLE);
    assert_true(with_sets("Average", 2, sets, 2).value == 54.0 / 8);
    assert_true(with_sets("Minimum", 2, sets, 2).value == 1);
    assert_true(with_sets("Maximum", 2, sets, 2).value == 10);
}

static ctf_status compute(double value, uint64_t count, uint64_t set_count)
{
    ctf_value_count values[2] = {{value, count}};
    ctf_statistic_set set = {set_count, 1, 1, 1};
    ctf_datapoint got;
    ctf_statistic s = named("Sum");
    return ctf_statistic_compute(&s, values, 1, &set, 1, &got);
}

static void values_that_no_metric_holds_are_refused(void **state)
{
    (void)state;
    volatile double zero = 0;
    assert_int_equal(compute(1, 1, 1), CTF_OK);
    assert_int_equal(compute(0x1p360, 1, 1), CTF_OK);
    assert_int_equal(compute(0x1.0000000000001p360, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(-0x1.0000000000001p360, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(1 / zero, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(zero / zero, 1, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(1, 0, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(1, 1, 0), CTF_E_ARGUMENT);
}

static void more_samples_than_a_double_counts_are_refused(void **state)
{
    (void)state;
    assert_int_equal(compute(1, CTF_MAX_SAMPLES - 1, 1), CTF_OK);
    assert_int_equal(compute(1, CTF_MAX_SAMPLES, 1), CTF_E_ARGUMENT);
    assert_int_equal(compute(1, 1, UINT64_MAX), CTF_E_ARGUMENT);
    assert_int_equal(compute(1, UINT64_MAX, UINT64_MAX), CTF_E_ARGUMENT);
}

static void nothing_merged_changes_nothing_but_what_can_be_used(void **state)
{
    (void)state;
    ctfi_summary summary = {0}, nothing = {0};
    ctfi_summary_add(&summary, 5, 2);
    ctfi_summary_merge(&summary, &nothing);
    assert_true(summary.minimum == 5 && summary.maximum == 5 && summary.count == 2);
    assert_false(summary.unusable);
    nothing.unusable = 1;
    ctfi_summary_merge(&summary, &nothing);
    assert_true(summary.minimum == 5 && summary.maximum == 5 && summary.unusable);
}

static void a_set_must_be_possible(void **state)
{
    (void)state;
    volatile double zero = 0;
    const ctf_statistic_set bad[] = {{1, 1, 2, 1}, {1, zero / zero, 1, 1}, {1, 1, zero / zero, 1},
                                     {1, 1, 1, 1 / zero}, {1, 0x1p361, 1, 1}};
    ctf_value_count values[1];
    ctf_datapoint got;
    ctf_statistic s = named("Sum");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ctf_statistic_compute(&s, values, 0, &bad[i], 1, &got), CTF_E_ARGUMENT);
}

static void a_statistic_made_by_hand_is_checked(void **state)
{
    (void)state;
    volatile double zero = 0;
    const ctf_statistic bad[] = {
        {.type = (ctf_statistic_type)-1},
        {.type = (ctf_statistic_type)11},
        {.type = CTF_PERCENTILE},
        {.type = CTF_PERCENTILE, .has_high = 1, .high_percent = UINT64_C(1000000000001)},
        {.type = CTF_PERCENTILE, .has_high = 1, .absolute = 1},
        {.type = CTF_TRIMMED_MEAN},
        {.type = CTF_TRIMMED_MEAN, .has_low = 1, .low_percent = UINT64_MAX},
        {.type = CTF_TRIMMED_SUM, .absolute = 1, .has_low = 1, .low = zero / zero},
        {.type = CTF_PERCENTILE_RANK, .has_high = 1, .high_percent = 5},
    };
    ctf_value_count values[1] = {{1, 1}};
    ctf_datapoint got;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ctf_statistic_compute(&bad[i], values, 1, NULL, 0, &got), CTF_E_ARGUMENT);
    assert_int_equal(ctf_statistic_compute(NULL, values, 1, NULL, 0, &got), CTF_E_ARGUMENT);
    ctf_statistic s = named("Sum");
    assert_int_equal(ctf_statistic_compute(&s, NULL, 1, NULL, 0, &got), CTF_E_ARGUMENT);
    assert_int_equal(ctf_statistic_compute(&s, values, 0, NULL, 1, &got), CTF_E_ARGUMENT);
    assert_int_equal(ctf_statistic_compute(&s, values, 1, NULL, 0, NULL), CTF_E_ARGUMENT);
}

static void many_values_in_any_order_are_sorted_in_place(void **state)
{
    (void)state;
    enum { N = 4001 };
    static ctf_value_count values[N];
    ctf_datapoint got;
    ctf_statistic s = named("p50");
    for (int order = 0; order < 3; order++) {
        for (size_t i = 0; i < N; i++)
            values[i] = (ctf_value_count){(double)(order == 0 ? i : order == 1 ? N - 1 - i : i * 1009 % N), 1};
        assert_int_equal(ctf_statistic_compute(&s, values, N, NULL, 0, &got), CTF_OK);
        assert_true(got.value == N / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_both_notations_are_the_same_statistic),
        cmocka_unit_test(a_percent_is_read_to_ten_decimals),
        cmocka_unit_test(a_name_that_is_none_is_refused_where_it_breaks),
        cmocka_unit_test(a_bound_beyond_every_sample_is_refused),
        cmocka_unit_test(parsing_checks_its_arguments),
        cmocka_unit_test(only_percentile_types_need_the_values),
        cmocka_unit_test(every_statistic_is_its_definition),
        cmocka_unit_test(ranks_are_exact_rationals),
        cmocka_unit_test(sums_are_rounded_once),
        cmocka_unit_test(zero_has_one_sign),
        cmocka_unit_test(no_sample_is_no_datapoint_for_every_statistic),
        cmocka_unit_test(a_negative_sample_makes_percentile_types_unavailable),
        cmocka_unit_test(a_set_of_equal_samples_counts_as_its_copies),
        cmocka_unit_test(one_unusable_set_spoils_the_period_for_percentile_types),
        cmocka_unit_test(values_that_no_metric_holds_are_refused),
        cmocka_unit_test(more_samples_than_a_double_counts_are_refused),
        cmocka_unit_test(nothing_merged_changes_nothing_but_what_can_be_used),
        cmocka_unit_test(a_set_must_be_possible),
        cmocka_unit_test(a_statistic_made_by_hand_is_checked),
        cmocka_unit_test(many_values_in_any_order_are_sorted_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
