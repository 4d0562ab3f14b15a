/* Reading JSON into a tree and writing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_out.h"

static ctf_text text(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

/* What is read and written again. */
static void assert_written(const char *document, const char *expected)
{
    json_error error;
    json_out out = {0};
    json_document *tree = json_read(document, strlen(document), &error);
    assert_non_null(tree);
    json_tree(&out, json_root(tree));
    assert_int_equal(out.length, strlen(expected));
    assert_memory_equal(out.data, expected, out.length);
    json_out_free(&out);
    json_free(tree);
}

static void assert_refused(const char *document, size_t length, size_t line, size_t column, const char *why)
{
    json_error error = {0};
    json_document *tree = json_read(document, length, &error);
    assert_null(tree);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_non_null(strstr(error.message, why));
    json_free(tree);
}

static void a_document_comes_back_as_it_was(void **state)
{
    (void)state;
    assert_written("{\"a\":[1,-2.50e+3,{\"b\":null,\"c\":[[],{}]}],\"d\":[true,false]}",
                   "{\"a\":[1,-2.50e+3,{\"b\":null,\"c\":[[],{}]}],\"d\":[true,false]}");
    assert_written(" \t\r\n0 ", "0");
    assert_written("[ [ ] , \"\" , { } ]", "[[],\"\",{}]");
}

static void escapes_are_decoded_and_written_where_needed(void **state)
{
    (void)state;
    assert_written("\"\\u00e9\\ud83d\\ude00\\/\\b\\f\"", "\"\xc3\xa9\xf0\x9f\x98\x80/\\u0008\\u000c\"");
    assert_written("\"\\u0000\\n\\r\\t\\\"\\\\\\u007f\"", "\"\\u0000\\n\\r\\t\\\"\\\\\x7f\"");
}

static void every_duplicate_is_kept_and_the_last_is_found(void **state)
{
    (void)state;
    json_error error;
    const char *document = "{\"a\":1,\"b\":2,\"a\":[3]}";
    json_document *tree = json_read(document, strlen(document), &error);
    const json_value *root = json_root(tree);
    assert_int_equal(root->n, 3);
    assert_true(json_is(json_get(root, "a"), JSON_ARRAY));
    assert_null(json_get(root, "c"));
    assert_null(json_get(json_get(root, "b"), "a"));
    assert_null(json_get(NULL, "a"));
    json_free(tree);
}

static void a_key_with_a_null_character_is_not_its_beginning(void **state)
{
    (void)state;
    json_error error;
    const char *document = "{\"a\\u0000b\":1}";
    json_document *tree = json_read(document, strlen(document), &error);
    assert_null(json_get(json_root(tree), "a"));
    json_free(tree);
}

static void whole_numbers_are_read_within_64_bits(void **state)
{
    (void)state;
    json_error error;
    const char *document = "[-9223372036854775808,9223372036854775808,1.0,1e3,\"1\"]";
    json_document *tree = json_read(document, strlen(document), &error);
    const json_value *value = json_root(tree)->first;
    int64_t number;
    assert_true(json_whole(value, &number));
    assert_true(number == INT64_MIN);
    for (value = value->next; value != NULL; value = value->next)
        assert_false(json_whole(value, &number));
    json_free(tree);
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("", 0, 1, 1, "premature EOF");
    assert_refused("{\"a\":1}\n x", 10, 2, 2, "trailing garbage");
    assert_refused("[1,\n2,]", 7, 2, 3, "unallowed token");
    assert_refused("[1]\0", 4, 1, 4, "trailing garbage");
    assert_refused("{\"a\"", 4, 1, 5, "premature EOF");
}

static void what_yajl_takes_beyond_json_is_refused(void **state)
{
    (void)state;
    assert_refused("[\v1]", 4, 1, 2, "control character");
    assert_refused("[1]\f", 4, 1, 4, "control character");
    assert_refused("\"\xc0\x80\"", 4, 1, 2, "no UTF-8");
    assert_refused("\"\xed\xa0\x80\"", 5, 1, 2, "no UTF-8");
    assert_refused("\"\xf4\x90\x80\x80\"", 6, 1, 2, "no UTF-8");
    assert_refused("\"x\\ud800\"", 9, 1, 3, "surrogate");
    assert_refused("\"\\udc00\"", 8, 1, 2, "surrogate");
    assert_refused("\"\\ud800\\ud800\"", 14, 1, 2, "surrogate");
    assert_refused("\"\\uD83D\\u0041\"", 14, 1, 2, "surrogate");
}

static void the_first_error_wins(void **state)
{
    (void)state;
    assert_refused("[1 2 \xff", 6, 1, 4, "array element");
    assert_refused("[\xff 1 2", 6, 1, 2, "no UTF-8");
}

static void a_backslash_that_is_escaped_begins_no_surrogate(void **state)
{
    (void)state;
    assert_written("\"\\\\ud800\"", "\"\\\\ud800\"");
}

/* `depth` arrays in each other. */
static char *nested(size_t depth)
{
    char *document = malloc(2 * depth);
    assert_non_null(document);
    memset(document, '[', depth);
    memset(document + depth, ']', depth);
    return document;
}

static void depth_is_bounded(void **state)
{
    (void)state;
    json_error error;
    char *document = nested(JSON_DEPTH + 1);
    json_document *tree = json_read(document + 1, 2 * JSON_DEPTH, &error);
    assert_non_null(tree);
    json_free(tree);
    assert_refused(document, 2 * JSON_DEPTH + 2, 1, JSON_DEPTH + 1, "nested deeper than 1024");
    free(document);
}

static void bytes_that_are_no_utf8_are_written_as_replacements(void **state)
{
    (void)state;
    json_out out = {0};
    json_open(&out, '[');
    json_string(&out, text("a\xff\xc3"));
    json_string(&out, text("\xed\xa0\x80z"));
    json_string(&out, (ctf_text){NULL, 0});
    json_close(&out, ']');
    const char expected[] = "[\"a\xef\xbf\xbd\xef\xbf\xbd\",\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\",\"\"]";
    assert_int_equal(out.length, sizeof expected - 1);
    assert_memory_equal(out.data, expected, sizeof expected - 1);
    json_out_free(&out);
}

static void commas_stand_between_members_alone(void **state)
{
    (void)state;
    json_out out = {0};
    json_open(&out, '{');
    json_key(&out, "a");
    json_open(&out, '[');
    json_close(&out, ']');
    json_key(&out, "b");
    json_unsigned(&out, UINT64_MAX);
    json_key(&out, "c");
    json_signed(&out, INT64_MIN);
    json_key(&out, "d");
    json_null(&out);
    json_close(&out, '}');
    const char expected[] = "{\"a\":[],\"b\":18446744073709551615,\"c\":-9223372036854775808,\"d\":null}";
    assert_int_equal(out.length, sizeof expected - 1);
    assert_memory_equal(out.data, expected, sizeof expected - 1);
    json_out_free(&out);
}

static void assert_place(json_place place, uint32_t line, uint32_t column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void values_and_keys_know_their_places(void **state)
{
    (void)state;
    const char *source = "{\"\xc3\xa9\" :\n  [ 10,\"a\\n\" , \"b\"],\n\"c\":{}}";
    json_error error;
    json_document *tree = json_read_piece(source, strlen(source), (json_place){7, 3}, 6, &error);
    assert_non_null(tree);
    const json_value *array = json_root(tree)->first;
    assert_place(json_root(tree)->place, 7, 3);
    assert_place(array->key_place, 7, 4);
    assert_place(array->place, 8, 3);
    assert_place(array->first->place, 8, 5);
    assert_place(array->first->next->place, 8, 8);
    assert_int_equal(array->first->next->lead, -1);
    assert_place(array->first->next->next->place, 8, 16);
    assert_int_equal(array->first->next->next->lead, 1);
    assert_place(array->next->key_place, 9, 1);
    assert_place(array->next->place, 9, 5);
    json_free(tree);
    assert_null(json_read_piece(source, strlen(source), (json_place){7, 3}, 5, &error));
    assert_non_null(strstr(error.message, "more than 5 values"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_back_as_it_was),
        cmocka_unit_test(escapes_are_decoded_and_written_where_needed),
        cmocka_unit_test(every_duplicate_is_kept_and_the_last_is_found),
        cmocka_unit_test(a_key_with_a_null_character_is_not_its_beginning),
        cmocka_unit_test(whole_numbers_are_read_within_64_bits),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_place),
        cmocka_unit_test(what_yajl_takes_beyond_json_is_refused),
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(a_backslash_that_is_escaped_begins_no_surrogate),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(bytes_that_are_no_utf8_are_written_as_replacements),
        cmocka_unit_test(commas_stand_between_members_alone),
        cmocka_unit_test(values_and_keys_know_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
