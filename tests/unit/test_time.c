/* Times as text and back. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/time.h"

static bool reads(const char *text, int64_t *time)
{
    size_t n = strlen(text);
    unsigned char *copy = malloc(n + 1); /* exact size: the sanitizer sees a byte too far */
    memcpy(copy, text, n);
    copy = realloc(copy, n == 0 ? 1 : n);
    ctfi_bytes bytes = {copy, n};
    bool read = ctfi_time_read(bytes, time);
    free(copy);
    return read;
}

static void assert_time(const char *text, int64_t wanted)
{
    int64_t time = -1;
    if (!reads(text, &time))
        fail_msg("not read: %s", text);
    assert_true(time == wanted);
}

static void rfc_3339_is_read(void **state)
{
    (void)state;
    assert_time("1970-01-01T00:00:00Z", 0);
    assert_time("2024-01-15T10:00:00Z", INT64_C(1705312800000));
    assert_time("2024-01-15 10:00:00.5z", INT64_C(1705312800500));
    assert_time("2024-01-15T10:00:00.123456789Z", INT64_C(1705312800123));
    assert_time("2024-01-15T12:30:00+02:30", INT64_C(1705312800000));
    assert_time("2024-01-15T08:00:00-0200", INT64_C(1705312800000));
    assert_time("2024-01-15", INT64_C(1705276800000));
    assert_time("2016-12-31T23:59:60Z", INT64_C(1483228800000));
    assert_time("1969-12-31T23:59:59.999Z", -1);
    assert_time("0000-01-01T00:00:00Z", INT64_C(-62167219200000));
    assert_time("9999-12-31T23:59:59Z", INT64_C(253402300799000));
    assert_time("2000-02-29T00:00:00Z", INT64_C(951782400000));
}

static void anything_else_is_not(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "2024", "2024-1-15", "2024-13-01", "2024-00-01", "2024-02-30", "2023-02-29", "1900-02-29", "2024-01-00",
        "2024-01-15T", "2024-01-15T10", "2024-01-15T10:00", "2024-01-15T10:00:00", "2024-01-15T24:00:00Z",
        "2024-01-15T10:60:00Z", "2024-01-15T10:00:61Z", "2024-01-15T10:00:00.Z", "2024-01-15T10:00:00+2:00",
        "2024-01-15T10:00:00+24:00", "2024-01-15T10:00:00Zx", "2024-01-15x10:00:00Z", " 2024-01-15", "12024-01-15",
        "+024-01-15", "2024-01-15T10:00:00+02", "2024-01-15T10:00:00,5Z"};
    int64_t time;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (reads(texts[i], &time))
            fail_msg("read: %s", texts[i]);
}

static void assert_printed(size_t (*print)(int64_t, unsigned char *), int64_t time, const char *wanted)
{
    unsigned char out[CTFI_TIME_TEXT];
    size_t n = print(time, out);
    assert_int_equal(n, strlen(wanted));
    assert_memory_equal(out, wanted, n);
}

static void times_print_in_three_forms(void **state)
{
    (void)state;
    int64_t time = INT64_C(1772222019810);
    assert_printed(ctfi_time_print, time, "2026-02-27T19:53:39.810Z");
    assert_printed(ctfi_time_print, 0, "1970-01-01T00:00:00Z");
    assert_printed(ctfi_time_print_query, time, "2026-02-27T19:53:39.810+0000");
    assert_printed(ctfi_time_print_query, 0, "1970-01-01T00:00:00.000+0000");
    assert_printed(ctfi_time_print_reason, time, "27/02/26 19:53:39");
    assert_printed(ctfi_time_print, INT64_C(253402300800000), "+10000-01-01T00:00:00Z");
    assert_printed(ctfi_time_print, INT64_C(-62167219200001), "-0001-12-31T23:59:59.999Z");
}

static void the_whole_range_prints_inside_its_room(void **state)
{
    (void)state;
    unsigned char out[CTFI_TIME_TEXT];
    static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        assert_in_range(ctfi_time_print(ends[i], out), 20, CTFI_TIME_TEXT);
        assert_in_range(ctfi_time_print_query(ends[i], out), 20, CTFI_TIME_TEXT);
        assert_int_equal(ctfi_time_print_reason(ends[i], out), 17);
    }
    assert_true(ctfi_floor_to(INT64_MIN, 7000) == INT64_MIN);
    assert_true(ctfi_floor_to(-1, CTFI_MINUTE) == -CTFI_MINUTE);
    assert_true(ctfi_floor_to(59999, CTFI_MINUTE) == 0);
    assert_true(ctfi_floor_div(-1, 60) == -1);
}

/* Every day of 800 years against the C library's calendar, and back. */
static void every_day_agrees_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -146097; day <= 146097; day++) {
        time_t seconds = (time_t)(day * 86400 + 3661);
        struct tm wanted;
        gmtime_r(&seconds, &wanted);
        ctfi_date got = ctfi_date_of(day * 86400000 + 3661000);
        assert_int_equal(got.year, wanted.tm_year + 1900);
        assert_int_equal(got.month, wanted.tm_mon + 1);
        assert_int_equal(got.day, wanted.tm_mday);
        unsigned char text[CTFI_TIME_TEXT];
        ctfi_bytes printed = {text, ctfi_time_print(day * 86400000 + 3661000, text)};
        int64_t back;
        assert_true(ctfi_time_read(printed, &back) && back == day * 86400000 + 3661000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc_3339_is_read),
        cmocka_unit_test(anything_else_is_not),
        cmocka_unit_test(times_print_in_three_forms),
        cmocka_unit_test(the_whole_range_prints_inside_its_room),
        cmocka_unit_test(every_day_agrees_with_the_c_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
