/* As much of cmocka as the unit tests use, for machines that we have a compiler for and no cmocka: a test
 * that fails says where and ends the program. Never beside the real one. */
#ifndef BARE_CMOCKA_H
#define BARE_CMOCKA_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

#define cmocka_unit_test(function) {#function, function}
#define cmocka_run_group_tests(tests, setup, teardown) bare_run((tests), sizeof(tests) / sizeof *(tests))

static inline int bare_run(const struct CMUnitTest *tests, size_t n)
{
    void *state = NULL;
    for (size_t i = 0; i < n; i++) {
        printf("%s\n", tests[i].name);
        fflush(stdout);
        tests[i].run(&state);
    }
    return 0;
}

#define fail_msg(...) (printf(__VA_ARGS__), bare_check(0, "reached", __FILE__, __LINE__))
#define fail() bare_check(0, "reached", __FILE__, __LINE__)
#define assert_true(x) bare_check((x) ? 1 : 0, #x, __FILE__, __LINE__)
#define assert_false(x) bare_check((x) ? 0 : 1, "not " #x, __FILE__, __LINE__)
#define assert_null(x) bare_check((x) == NULL, #x " is NULL", __FILE__, __LINE__)
#define assert_non_null(x) bare_check((x) != NULL, #x " is not NULL", __FILE__, __LINE__)
#define assert_int_equal(a, b) bare_check((uint64_t)(a) == (uint64_t)(b), #a " == " #b, __FILE__, __LINE__)
#define assert_int_not_equal(a, b) bare_check((uint64_t)(a) != (uint64_t)(b), #a " != " #b, __FILE__, __LINE__)
#define assert_ptr_equal(a, b) bare_check((const void *)(a) == (const void *)(b), #a " == " #b, __FILE__, __LINE__)
#define assert_ptr_not_equal(a, b) bare_check((const void *)(a) != (const void *)(b), #a " != " #b, __FILE__, __LINE__)
#define assert_in_range(x, low, high) \
    bare_check((uint64_t)(x) >= (uint64_t)(low) && (uint64_t)(x) <= (uint64_t)(high), #x " in range", __FILE__, __LINE__)
#define assert_string_equal(a, b) bare_check(strcmp((a), (b)) == 0, #a " == " #b, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) bare_check(strcmp((a), (b)) != 0, #a " != " #b, __FILE__, __LINE__)
#define assert_memory_equal(a, b, n) bare_check(memcmp((a), (b), (n)) == 0, #a " == " #b, __FILE__, __LINE__)

static inline void bare_check(int holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    printf("%s:%d: does not hold: %s\n", file, line, what);
    exit(1);
}

#endif
