/* The wildcard of values: leftmost without going back, as the service has it (spec: filter-patterns 5.5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/glob.h"

static bool matches(const char *pattern, const char *text)
{
    ctfi_bytes p = {(const unsigned char *)pattern, strlen(pattern)}, t = {(const unsigned char *)text, strlen(text)};
    return ctfi_glob_match(p, t);
}

typedef struct row {
    const char *pattern, *text;
    bool hit;
} row;

static void assert_rows(const row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (matches(rows[i].pattern, rows[i].text) != rows[i].hit)
            fail_msg("%s on %s", rows[i].pattern, rows[i].text);
}

#define ASSERT_ROWS(rows) assert_rows(rows, sizeof(rows) / sizeof *(rows))

static void without_a_star_the_texts_are_equal(void **state)
{
    (void)state;
    static const row rows[] = {{"", "", true},     {"", "a", false},   {"a", "a", true},  {"a", "", false},
                               {"a", "b", false},  {"ab", "a", false}, {"a", "ab", false}, {"a", "aa", false}};
    ASSERT_ROWS(rows);
}

static void a_star_takes_any_characters(void **state)
{
    (void)state;
    static const row rows[] = {
        {"*", "", true},       {"*", "abc", true},     {"**", "", true},       {"**", "x", true},
        {"a*", "a", true},     {"a*", "ab", true},     {"a*", "ba", false},    {"a*", "", false},
        {"*a", "a", true},     {"*a", "ba", true},     {"*a", "ab", false},    {"*a", "", false},
        {"a*b", "ab", true},   {"a*b", "axb", true},   {"a*b", "axc", false},  {"a*b", "a", false},
        {"a*a", "a", false},   {"a*a", "aa", true},    {"*ab*", "xaby", true}, {"*ab*", "xay", false},
        {"*ab*", "ab", true},  {"a**b", "ab", true},   {"*a*b*", "xaxbx", true}, {"*a*b*", "xbxax", false},
        {"ab*cd", "abcd", true}, {"ab*bc", "abc", false}};
    ASSERT_ROWS(rows);
}

/* The first place where a piece fits is taken, and what follows must fit there. */
static void what_a_star_took_is_not_given_back(void **state)
{
    (void)state;
    static const row rows[] = {{"*a", "aa", false},    {"*ab", "abab", false}, {"*b", "abb", false},
                               {"*ab*", "abab", true}, {"x*ab", "xabab", false}, {"*a*b", "abb", false},
                               {"*a*b", "axb", true}};
    ASSERT_ROWS(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_star_the_texts_are_equal),
        cmocka_unit_test(a_star_takes_any_characters),
        cmocka_unit_test(what_a_star_took_is_not_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
