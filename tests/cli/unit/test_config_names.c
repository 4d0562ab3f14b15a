/* Names and what they stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "config_names.h"

#define MANY 1000

static void equal_names_keep_their_order(void **state)
{
    (void)state;
    char texts[MANY][8];
    config_names names = {0};
    for (size_t i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "n%zu", i % 50);
        names_add(&names, (ctf_text){texts[i], strlen(texts[i])}, i);
    }
    for (size_t name = 0; name < 50; name++) {
        size_t at = 0, value;
        for (size_t expected = name; expected < MANY; expected += 50) {
            assert_true(names_next(&names, (ctf_text){texts[name], strlen(texts[name])}, &at, &value));
            assert_int_equal(value, expected);
        }
        assert_false(names_next(&names, (ctf_text){texts[name], strlen(texts[name])}, &at, &value));
    }
    names_free(&names);
}

static void an_unknown_name_is_not_found(void **state)
{
    (void)state;
    config_names names = {0};
    size_t at = 0, value;
    assert_null(names_find(&names, (ctf_text){"a", 1}));
    names_add(&names, (ctf_text){NULL, 0}, 7);
    assert_null(names_find(&names, (ctf_text){"a", 1}));
    assert_int_equal(names_find(&names, (ctf_text){"", 0})->value, 7);
    assert_false(names_next(&names, (ctf_text){"a", 1}, &at, &value));
    names_free(&names);
}

/* A walk over all of them for each would take minutes. */
static void a_name_may_stand_very_often(void **state)
{
    (void)state;
    config_names names = {0};
    const ctf_text name = {"again", 5};
    size_t at = 0, value, n = 0;
    for (size_t i = 0; i < 300000; i++)
        names_add(&names, name, i);
    while (names_next(&names, name, &at, &value))
        assert_int_equal(value, n++);
    assert_int_equal(n, 300000);
    names_free(&names);
}

static void no_two_tables_lay_names_out_alike(void **state)
{
    (void)state;
    config_names a = {0}, b = {0};
    names_add(&a, (ctf_text){"x", 1}, 0);
    names_add(&b, (ctf_text){"x", 1}, 0);
    assert_true(a.seed != b.seed);
    names_free(&a);
    names_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_names_keep_their_order),
        cmocka_unit_test(an_unknown_name_is_not_found),
        cmocka_unit_test(a_name_may_stand_very_often),
        cmocka_unit_test(no_two_tables_lay_names_out_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
