/* Exact sums, against addition in 128 bits and against what the order of adding must not change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "metric/exact.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

static uint64_t random_state = 88172645463325252u;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#define assert_same(a, b) assert_true(bits_of(a) == bits_of(b))

static double sum_of(const double *values, const uint64_t *counts, size_t n)
{
    ctfi_exact sum = {{0}};
    for (size_t i = 0; i < n; i++)
        ctfi_exact_add(&sum, values[i], counts == NULL ? 1 : counts[i]);
    return ctfi_exact_double(&sum);
}

static double two(double a, double b)
{
    double values[2] = {a, b};
    return sum_of(values, NULL, 2);
}

/* 2^exponent, for any exponent of a double. */
static double power(int exponent)
{
    double value = 1;
    for (; exponent > 0; exponent--)
        value *= 2;
    for (; exponent < 0; exponent++)
        value /= 2;
    return value;
}

static void nothing_adds_up_to_a_positive_zero(void **state)
{
    (void)state;
    assert_same(sum_of(NULL, NULL, 0), 0.0);
    assert_same(two(-0.0, -0.0), 0.0);
    assert_same(two(5, -5), 0.0);
}

static void one_value_comes_back_as_it_is(void **state)
{
    (void)state;
    const double values[] = {1, -1, 0.1, power(-1074), -power(-1074), power(-1022), power(-1023) + power(-1074),
                             power(360), -power(360), 3.5e100, 0x1.fffffffffffffp-1};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_same(sum_of(&values[i], NULL, 1), values[i]);
    for (int i = 0; i < 200000; i++) {
        double value = double_of((next_random() >> 63 << 63) | (next_random() % ((UINT64_C(1023) + 360) << 52)));
        assert_same(sum_of(&value, NULL, 1), value);
    }
}

static void two_values_round_as_the_hardware_adds(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        uint64_t exponent = 1 + next_random() % 1200;
        double a = double_of((next_random() & ~(UINT64_C(2047) << 52)) | exponent << 52);
        double b = double_of((next_random() & ~(UINT64_C(2047) << 52)) | (exponent + next_random() % 60) << 52);
        volatile double hardware = a + b;
        assert_same(two(a, b), hardware == 0 ? 0.0 : hardware);
    }
}

static void a_tie_goes_to_the_even_one(void **state)
{
    (void)state;
    assert_same(two(0x1p53, 1), 0x1p53);
    assert_same(two(0x1p53 + 2, 1), 0x1p53 + 4);
    assert_same(two(-0x1p53, -1), -0x1p53);
    const double above[3] = {0x1p53, 1, power(-1074)};
    assert_same(sum_of(above, NULL, 3), 0x1p53 + 2);
    const double below[3] = {0x1p53 + 2, 1, -power(-1074)};
    assert_same(sum_of(below, NULL, 3), 0x1p53 + 2);
}

static void a_carry_from_rounding_reaches_the_next_power(void **state)
{
    (void)state;
    assert_same(two(0x1.fffffffffffffp53, 1), 0x1p54);
    assert_same(two(-0x1.fffffffffffffp53, -1), -0x1p54);
    assert_same(two(power(-1022) - power(-1074), power(-1074)), power(-1022));
}

static void huge_values_that_cancel_leave_the_small_one(void **state)
{
    (void)state;
    const double values[] = {power(360), 1, power(-1074), -power(360), -1};
    assert_same(sum_of(values, NULL, 5), power(-1074));
    const double negative[] = {-power(360), -power(-1074), power(360)};
    assert_same(sum_of(negative, NULL, 3), -power(-1074));
}

/* Multiples of 2^-30 below 2^40, so that 128 bits hold every sum. The conversion of the compiler rounds to
 * nearest even, as ours must. */
static void sums_with_counts_are_those_of_128_bits(void **state)
{
    (void)state;
    for (int round = 0; round < 5000; round++) {
        ctfi_exact sum = {{0}};
        wide expected = 0;
        for (uint64_t i = next_random() % 12; i-- > 0;) {
            int64_t scaled = (int64_t)(next_random() >> 11) - (INT64_C(1) << 52);
            uint64_t count = next_random() >> (20 + next_random() % 44);
            ctfi_exact_add(&sum, (double)scaled * 0x1p-30, count);
            expected += (wide)scaled * (wide)count;
        }
        assert_same(ctfi_exact_double(&sum), (double)expected * 0x1p-30);
    }
}

static void the_largest_sum_has_room(void **state)
{
    (void)state;
    ctfi_exact sum = {{0}};
    ctfi_exact_add(&sum, power(360), UINT64_MAX);
    ctfi_exact_add(&sum, power(360), 1);
    assert_same(ctfi_exact_double(&sum), power(424));
    ctfi_exact negative = {{0}};
    ctfi_exact_add(&negative, -power(360), UINT64_MAX);
    ctfi_exact_merge(&sum, &negative);
    assert_same(ctfi_exact_double(&sum), power(360));
}

static double random_value(void)
{
    uint64_t exponent = 1023 + next_random() % 300 - 150;
    return double_of((next_random() & ~(UINT64_C(2047) << 52)) | exponent << 52);
}

static void order_and_grouping_do_not_show(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        ctfi_exact forward = {{0}}, backward = {{0}}, parts[3] = {{{0}}, {{0}}, {{0}}};
        double values[40];
        for (size_t i = 0; i < 40; i++)
            values[i] = random_value();
        for (size_t i = 0; i < 40; i++) {
            ctfi_exact_add(&forward, values[i], 3);
            ctfi_exact_add(&backward, values[39 - i], 2);
            ctfi_exact_add(&backward, values[39 - i], 1);
            ctfi_exact_add(&parts[next_random() % 3], values[i], 3);
        }
        ctfi_exact_merge(&parts[2], &parts[0]);
        ctfi_exact_merge(&parts[1], &parts[2]);
        assert_memory_equal(&forward, &backward, sizeof forward);
        assert_memory_equal(&forward, &parts[1], sizeof forward);
    }
}

static void the_mean_of_equal_values_is_that_value(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double value = i == 0 ? 0.1 : random_value();
        uint64_t count = i == 0 ? 3 : 1 + (next_random() >> (next_random() % 64)) / 2;
        ctfi_exact sum = {{0}};
        ctfi_exact_add(&sum, value, count);
        assert_same(ctfi_exact_mean(&sum, count), value);
    }
}

/* Down to the smallest doubles, where a quotient loses bits once more. */
static void the_mean_of_a_sum_that_is_a_double_is_the_quotient(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        uint64_t range = (i % 2 == 0 ? UINT64_C(60) : UINT64_C(1383)) << 52;
        double value = double_of((next_random() >> 63 << 63) | next_random() % range);
        uint64_t count = 1 + (next_random() >> 11 >> (next_random() % 53));
        ctfi_exact sum = {{0}};
        ctfi_exact_add(&sum, value, 1);
        volatile double hardware = value / (double)count;
        assert_same(ctfi_exact_mean(&sum, count), hardware);
    }
}

static void a_mean_between_two_doubles_is_the_even_one(void **state)
{
    (void)state;
    ctfi_exact sum = {{0}};
    ctfi_exact_add(&sum, 0x1p53 + 2, 1);
    ctfi_exact_add(&sum, 1, 1); /* 2^53 + 3, which rounds to 2^53 + 4 */
    assert_same(ctfi_exact_mean(&sum, 1), 0x1p53 + 4);
    assert_same(ctfi_exact_mean(&sum, 2), 0x1p52 + 2);
    ctfi_exact_add(&sum, -power(-1074), 1); /* just below the tie */
    assert_same(ctfi_exact_mean(&sum, 2), 0x1p52 + 1);
    ctfi_exact other = {{0}};
    ctfi_exact_add(&other, 0x1p54, 1);
    ctfi_exact_add(&other, 2, 1);
    assert_same(ctfi_exact_mean(&other, 2), 0x1p53);
    ctfi_exact_add(&other, power(-1074), 1); /* just above it */
    assert_same(ctfi_exact_mean(&other, 2), 0x1p53 + 2);
}

static void multiply_divide_is_that_of_128_bits(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        uint64_t a = next_random() >> (next_random() % 64), b = next_random() >> (next_random() % 64);
        uint64_t divisor = next_random() >> (next_random() % 64) | 1;
        unsigned_wide product = (unsigned_wide)a * b;
        if (product / divisor > UINT64_MAX)
            continue;
        int inexact;
        assert_true(ctfi_multiply_divide(a, b, divisor, &inexact) == (uint64_t)(product / divisor));
        assert_int_equal(inexact, product % divisor != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_adds_up_to_a_positive_zero),
        cmocka_unit_test(one_value_comes_back_as_it_is),
        cmocka_unit_test(two_values_round_as_the_hardware_adds),
        cmocka_unit_test(a_tie_goes_to_the_even_one),
        cmocka_unit_test(a_carry_from_rounding_reaches_the_next_power),
        cmocka_unit_test(huge_values_that_cancel_leave_the_small_one),
        cmocka_unit_test(sums_with_counts_are_those_of_128_bits),
        cmocka_unit_test(the_largest_sum_has_room),
        cmocka_unit_test(order_and_grouping_do_not_show),
        cmocka_unit_test(the_mean_of_equal_values_is_that_value),
        cmocka_unit_test(the_mean_of_a_sum_that_is_a_double_is_the_quotient),
        cmocka_unit_test(a_mean_between_two_doubles_is_the_even_one),
        cmocka_unit_test(multiply_divide_is_that_of_128_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
