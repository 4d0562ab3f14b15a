/* Reading YAML into a tree: what scalars are, tags, aliases and their bounds, places, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config_yaml.h"
#include "json_out.h"

#define MOST 1000

static json_document *read_text(const char *source)
{
    json_error error = {0};
    json_document *tree = yaml_read(source, strlen(source), MOST, &error);
    if (tree == NULL)
        print_message("%zu:%zu: %s\n", error.line, error.column, error.message);
    assert_non_null(tree);
    return tree;
}

/* The YAML is this JSON. */
static void assert_reads(const char *source, const char *expected)
{
    json_document *tree = read_text(source);
    json_out out = {0};
    json_tree(&out, json_root(tree));
    assert_int_equal(out.length, strlen(expected));
    assert_memory_equal(out.data, expected, out.length);
    json_out_free(&out);
    json_free(tree);
}

static void assert_refused_bytes(const char *source, size_t length, size_t line, size_t column, const char *why)
{
    json_error error = {0};
    assert_null(yaml_read(source, length, MOST, &error));
    if (strstr(error.message, why) == NULL || error.line != line || error.column != column)
        print_message("%zu:%zu: %s\n", error.line, error.column, error.message);
    assert_non_null(strstr(error.message, why));
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void assert_refused(const char *source, size_t line, size_t column, const char *why)
{
    assert_refused_bytes(source, strlen(source), line, column, why);
}

static void plain_scalars_are_what_json_calls_them(void **state)
{
    (void)state;
    assert_reads("[1, -2.5e3, true, False, null, ~, x]", "[1,-2.5e3,true,false,null,null,\"x\"]");
    assert_reads("a:\nb: yes\nc: 010\nd: +1\ne: .5\nf: 0x1F\n",
                 "{\"a\":null,\"b\":\"yes\",\"c\":\"010\",\"d\":\"+1\",\"e\":\".5\",\"f\":\"0x1F\"}");
}

static void quoted_scalars_and_those_tagged_so_are_strings(void **state)
{
    (void)state;
    assert_reads("['1', \"true\", !!str 7, ! 8, \"\"]", "[\"1\",\"true\",\"7\",\"8\",\"\"]");
    assert_reads("a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{\"a\":\"x\\ny\\n\",\"b\":\"x y\"}");
}

static void short_forms_are_the_objects_they_stand_for(void **state)
{
    (void)state;
    assert_reads("a: !Ref X\nb: !Join ['', [!Ref Y, z]]\nc: !GetAtt A.Arn\nd: !Sub '${E}'\ne: !If [a, b, {c: !Ref d}]\n",
                 "{\"a\":{\"Ref\":\"X\"},\"b\":{\"Fn::Join\":[\"\",[{\"Ref\":\"Y\"},\"z\"]]},"
                 "\"c\":{\"Fn::GetAtt\":\"A.Arn\"},\"d\":{\"Fn::Sub\":\"${E}\"},"
                 "\"e\":{\"Fn::If\":[\"a\",\"b\",{\"c\":{\"Ref\":\"d\"}}]}}");
}

static void aliases_are_copies(void **state)
{
    (void)state;
    assert_reads("a: &x {b: [1, {c: d}], e: []}\nf: *x\ng: [*x, &y !Ref z, *y]\n",
                 "{\"a\":{\"b\":[1,{\"c\":\"d\"}],\"e\":[]},\"f\":{\"b\":[1,{\"c\":\"d\"}],\"e\":[]},"
                 "\"g\":[{\"b\":[1,{\"c\":\"d\"}],\"e\":[]},{\"Ref\":\"z\"},{\"Ref\":\"z\"}]}");
    assert_reads("[&x 1, &x 2, *x, {k: *x}]", "[1,2,2,{\"k\":2}]");
    assert_reads("[&x [], *x, &y {}, *y]", "[[],[],{},{}]");
}

static void an_alias_within_what_it_names_is_refused(void **state)
{
    (void)state;
    assert_refused("a: &x [1,\n  *x]", 2, 3, "within what it names");
    assert_refused("&x {a: {b: [*x]}}", 1, 13, "within what it names");
    assert_refused("a: *x", 1, 4, "no anchor");
}

static void aliases_that_multiply_are_refused(void **state)
{
    (void)state;
    assert_refused("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                   "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
                   4, 8, "more than 1000 values");
}

static void what_aliases_may_copy_is_bounded(void **state)
{
    (void)state;
    json_error error = {0};
    char source[4096];
    size_t at = (size_t)snprintf(source, sizeof source, "- &a0 [x]\n");
    for (int i = 1; i < 30; i++)
        at += (size_t)snprintf(source + at, sizeof source - at, "- &a%d [*a%d, *a%d]\n", i, i - 1, i - 1);
    assert_null(yaml_read(source, at, SIZE_MAX, &error));
    assert_non_null(strstr(error.message, "more than 200000 values by aliases"));
}

/* A list of 100 values with itself, and so many aliases of it. */
static json_document *copied(int aliases, json_error *error)
{
    static char source[16384];
    size_t at = (size_t)snprintf(source, sizeof source, "- &a [x");
    for (int i = 1; i < 99; i++)
        at += (size_t)snprintf(source + at, sizeof source - at, ",x");
    at += (size_t)snprintf(source + at, sizeof source - at, "]\n");
    for (int i = 0; i < aliases; i++)
        at += (size_t)snprintf(source + at, sizeof source - at, "- *a\n");
    return yaml_read(source, at, SIZE_MAX, error);
}

static void aliases_copy_at_most_200000_values(void **state)
{
    (void)state;
    json_error error = {0};
    json_document *tree = copied(2000, &error);
    assert_non_null(tree);
    json_free(tree);
    assert_null(copied(2001, &error));
    assert_non_null(strstr(error.message, "more than 200000 values by aliases"));
}

static void anchors_and_aliases_are_counted(void **state)
{
    (void)state;
    json_error error = {0};
    size_t room = 40 + 12 * (size_t)YAML_ALIASES, at = 0;
    char *source = malloc(room);
    assert_non_null(source);
    for (int i = 0; i < YAML_ANCHORS; i++)
        at += (size_t)snprintf(source + at, room - at, "- &a%d x\n", i);
    json_document *tree = yaml_read(source, at, SIZE_MAX, &error);
    assert_non_null(tree);
    json_free(tree);
    at += (size_t)snprintf(source + at, room - at, "- &b x\n");
    assert_null(yaml_read(source, at, SIZE_MAX, &error));
    assert_non_null(strstr(error.message, "more than 1000 anchors"));
    assert_int_equal(error.line, YAML_ANCHORS + 1);
    at = (size_t)snprintf(source, room, "- &a x\n");
    for (int i = 0; i < YAML_ALIASES; i++)
        at += (size_t)snprintf(source + at, room - at, "- *a\n");
    tree = yaml_read(source, at, SIZE_MAX, &error);
    assert_non_null(tree);
    json_free(tree);
    at += (size_t)snprintf(source + at, room - at, "- *a\n");
    assert_null(yaml_read(source, at, SIZE_MAX, &error));
    assert_non_null(strstr(error.message, "more than 10000 aliases"));
    free(source);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    char source[2 * JSON_DEPTH + 3];
    json_error error = {0};
    memset(source, '[', JSON_DEPTH + 1);
    memset(source + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    assert_null(yaml_read(source, 2 * JSON_DEPTH + 2, SIZE_MAX, &error));
    assert_non_null(strstr(error.message, "deeper than 1024"));
    json_document *tree = yaml_read(source + 1, 2 * JSON_DEPTH, SIZE_MAX, &error);
    assert_non_null(tree);
    json_free(tree);
}

static void what_is_no_configuration_in_yaml_is_refused(void **state)
{
    (void)state;
    assert_refused("", 1, 1, "nothing stands here");
    assert_refused("# nothing\n", 1, 1, "nothing stands here");
    assert_refused("a: 1\n---\nb: 2\n", 2, 1, "second document");
    assert_refused("a: 1\n? [b]\n: c\n", 2, 3, "key must be a text");
    assert_refused("&k a: 1\n", 1, 1, "key must be a text");
    assert_refused("x: &k a\n*k : 1\n", 2, 1, "key must be a text");
    assert_refused("a: !!binary x\n", 1, 4, "a tag that nothing is known of");
    assert_refused("a: !<tag:x.org,2000:y> x\n", 1, 4, "a tag that nothing is known of");
    assert_refused("a: [1,\n", 2, 1, "did not find");
    assert_refused("a: 'x\n", 2, 1, "unexpected end");
    assert_refused("a: b: c\n", 1, 5, "not allowed");
    assert_refused_bytes("a: \xff\n", 5, 1, 4, "UTF-8");
    assert_refused_bytes("a: 1\nb: \x01\n", 10, 2, 4, "control characters");
    assert_refused_bytes("a: \0\n", 5, 1, 4, "control characters");
}

static void assert_place(json_place place, uint32_t line, uint32_t column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void values_know_their_places_and_how_they_are_spelled(void **state)
{
    (void)state;
    json_document *tree = read_text("é: \"x\"\nb:\n  - plain\n  - 'a''b'\n  - |\n    z\n  - !Ref k\n  - &n v\n");
    const json_value *at = json_root(tree)->first;
    assert_place(at->key_place, 1, 1);
    assert_place(at->place, 1, 4);
    assert_int_equal(at->lead, 1);
    at = at->next->first;
    assert_place(at->place, 3, 5);
    assert_int_equal(at->lead, 0);
    at = at->next;
    assert_place(at->place, 4, 5);
    assert_int_equal(at->lead, -1);
    at = at->next;
    assert_int_equal(at->lead, -1);
    at = at->next;
    assert_true(at->tagged);
    assert_place(at->place, 7, 5);
    assert_place(at->first->place, 7, 5);
    at = at->next;
    assert_int_equal(at->lead, -1);
    json_free(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_scalars_are_what_json_calls_them),
        cmocka_unit_test(quoted_scalars_and_those_tagged_so_are_strings),
        cmocka_unit_test(short_forms_are_the_objects_they_stand_for),
        cmocka_unit_test(aliases_are_copies),
        cmocka_unit_test(an_alias_within_what_it_names_is_refused),
        cmocka_unit_test(aliases_that_multiply_are_refused),
        cmocka_unit_test(what_aliases_may_copy_is_bounded),
        cmocka_unit_test(aliases_copy_at_most_200000_values),
        cmocka_unit_test(anchors_and_aliases_are_counted),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(what_is_no_configuration_in_yaml_is_refused),
        cmocka_unit_test(values_know_their_places_and_how_they_are_spelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
