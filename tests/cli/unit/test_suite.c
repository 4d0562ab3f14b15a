/* Test files: their schema describes the fields that are read, and series are what their notation says. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "slurp.h"
#include "suite_fields.h"
#include "suite_notation.h"

/* ---- the schema ---- */

static json_document *read_schema(void)
{
    blob bytes = {0};
    json_error error;
    assert_true(slurp(SCHEMA, &bytes));
    json_document *document = json_read(bytes.data, bytes.length, &error);
    blob_free(&bytes);
    assert_non_null(document);
    return document;
}

static const json_value *definition(const json_document *schema, const char *name)
{
    return json_get(json_get(json_root(schema), "$defs"), name);
}

static bool is_accepted(const config_table *table, ctf_text name)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->fields[i].use != USE_REFUSED && text_is(name, table->fields[i].name))
            return true;
    return false;
}

static void every_field_that_is_read_is_in_the_schema(void **state)
{
    (void)state;
    json_document *schema = read_schema();
    for (size_t i = 0; i < suite_all_words_count; i++) {
        const suite_words *words = &suite_all_words[i];
        const json_value *properties = json_get(definition(schema, words->name), "properties");
        for (size_t k = 0; k < words->table->n; k++)
            if (words->table->fields[k].use != USE_REFUSED && json_get(properties, words->table->fields[k].name) == NULL)
                fail_msg("%s lacks %s", words->name, words->table->fields[k].name);
    }
    json_free(schema);
}

static void every_field_of_the_schema_is_read(void **state)
{
    (void)state;
    json_document *schema = read_schema();
    for (size_t i = 0; i < suite_all_words_count; i++) {
        const json_value *object = definition(schema, suite_all_words[i].name);
        assert_true(json_is(json_get(object, "additionalProperties"), JSON_FALSE));
        for (const json_value *p = json_get(object, "properties")->first; p != NULL; p = p->next)
            if (!is_accepted(suite_all_words[i].table, p->key))
                fail_msg("%s: nothing reads %s", suite_all_words[i].name, p->key.data);
    }
    json_free(schema);
}

static bool has_table(ctf_text name)
{
    for (size_t i = 0; i < suite_all_words_count; i++)
        if (text_is(name, suite_all_words[i].name))
            return true;
    return false;
}

static void every_object_of_the_schema_has_a_table(void **state)
{
    (void)state;
    json_document *schema = read_schema();
    for (const json_value *d = json_get(json_root(schema), "$defs")->first; d != NULL; d = d->next)
        if (json_get(d, "properties") != NULL && !has_table(d->key))
            fail_msg("no table for %s", d->key.data);
    json_free(schema);
}

/* ---- series ---- */

#define GAP NAN

static void expect(const char *text, const double *values, size_t n)
{
    suite_notation got = {0};
    ctf_error error;
    if (!suite_notation_read((ctf_text){text, strlen(text)}, 100, &got, &error))
        fail_msg("%s: %s", text, error.message);
    assert_int_equal(got.n, n);
    for (size_t i = 0; i < n; i++)
        assert_true(got.values[i] == values[i] || (isnan(got.values[i]) && isnan(values[i])));
    free(got.values);
}

#define EXPECT(text, ...) \
    expect(text, (const double[]){__VA_ARGS__}, sizeof(const double[]){__VA_ARGS__} / sizeof(double))

static void series_are_spelled_as_promtool_spells_them(void **state)
{
    (void)state;
    EXPECT("5", 5);
    EXPECT(" 1 \t2\n-3.5\r\n", 1, 2, -3.5);
    EXPECT("_", GAP);
    EXPECT("1 _x3 2", 1, GAP, GAP, GAP, 2);
    EXPECT("1x4", 1, 1, 1, 1, 1);
    EXPECT("0x0", 0);
    EXPECT("-2+4x3", -2, 2, 6, 10);
    EXPECT("9-2x3", 9, 7, 5, 3);
    EXPECT("1e1+5e-1x2", 10, 10.5, 11);
    EXPECT("+3", 3);
    EXPECT("1x2 _x1 0x2", 1, 1, 1, GAP, 0, 0, 0);
}

static void refuse(const char *text, size_t offset, size_t length)
{
    suite_notation got = {0};
    ctf_error error;
    if (suite_notation_read((ctf_text){text, strlen(text)}, 100, &got, &error))
        fail_msg("%s is taken", text);
    assert_int_equal(error.offset, offset);
    assert_int_equal(error.length, length);
    assert_true(error.message[0] != '\0');
    free(got.values);
}

static void what_is_no_series_is_told_by_its_place(void **state)
{
    (void)state;
    static const char *const bad[] = {"x",     "x5",   "_5",  "__",   "1x",        "1x-1", "1x5x5", "1+2",  "1+x2", "1+2+3x4",
                                      "1e",    "nan",  "inf", "0x1f", "1,2",       "_x0",  "_x",    "1e400", "stale",
                                      "1e109", "--1",  "1x 5", "\xff", "1+1e109x1", "1_x3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[40];
        snprintf(text, sizeof text, "7  %s", bad[i]);
        refuse(text, 3, strcspn(bad[i], " "));
    }
    refuse("", 0, 0);
    refuse(" \t ", 0, 3);
}

static void more_values_than_asked_for_are_refused_before_they_are_made(void **state)
{
    (void)state;
    suite_notation got = {0};
    ctf_error error;
    static const char *const many[] = {"1x100",  "_x101",  "1 1x99", "1x18446744073709551615", "1x99999999999999999999999",
                                       "0+1x100"};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        got.n = 0;
        assert_false(suite_notation_read((ctf_text){many[i], strlen(many[i])}, 100, &got, &error));
        assert_true(got.n <= 1);
        assert_non_null(strstr(error.message, "1000000"));
    }
    got.n = 0;
    assert_true(suite_notation_read((ctf_text){"1x99", 4}, 100, &got, &error));
    assert_int_equal(got.n, 100);
    free(got.values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_that_is_read_is_in_the_schema),
        cmocka_unit_test(every_field_of_the_schema_is_read),
        cmocka_unit_test(every_object_of_the_schema_has_a_table),
        cmocka_unit_test(series_are_spelled_as_promtool_spells_them),
        cmocka_unit_test(what_is_no_series_is_told_by_its_place),
        cmocka_unit_test(more_values_than_asked_for_are_refused_before_they_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
