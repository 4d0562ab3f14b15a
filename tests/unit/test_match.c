/* ctf_match and what can be asked afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/ctfilter.h>

#include "meter.h"

static ctf_text text_of(const char *text)
{
    ctf_text view = {text, strlen(text)};
    return view;
}

static ctf_filter *compile(const char *const *patterns, size_t n, const ctf_text *extract, size_t n_extract)
{
    ctf_pattern list[16];
    ctf_filter *filter;
    ctf_error error;
    for (size_t i = 0; i < n; i++)
        list[i] = (ctf_pattern){text_of(patterns[i]), text_of(""), extract, n_extract};
    if (ctf_filter_compile(list, n, NULL, &filter, &error) != CTF_OK)
        fail_msg("%s: %s", patterns[error.pattern], error.message);
    return filter;
}

static ctf_scratch *scratch_for(const ctf_filter *filter)
{
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    return scratch;
}

static bool holds(const char *pattern, const char *message)
{
    ctf_hits hits;
    ctf_filter *filter = compile(&pattern, 1, NULL, 0);
    ctf_scratch *scratch = scratch_for(filter);
    assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return hits.n == 1;
}

static void a_match_is_reported_only_when_the_whole_message_is_one_object(void **state)
{
    (void)state;
    assert_true(holds("{ $.a = 1 }", " {\"a\":1,\"b\":[{}]}\n"));
    assert_false(holds("{ $.a = 1 }", "{\"a\":1,\"b\":[{]}"));
    assert_false(holds("{ $.a = 1 }", "{\"a\":1} x"));
    assert_false(holds("{ $.a = 1 }", "{\"a\":1"));
    assert_false(holds("{ $.a NOT EXISTS }", "[]"));
    assert_false(holds("{ $.a NOT EXISTS }", ""));
    assert_true(holds("{ $.a NOT EXISTS }", "{}"));
}

static void the_last_of_duplicate_keys_counts(void **state)
{
    (void)state;
    assert_false(holds("{ $.a = 1 }", "{\"a\":1,\"a\":2}"));
    assert_true(holds("{ $.a = 2 }", "{\"a\":1,\"a\":2}"));
    assert_true(holds("{ $.a = 2 }", "{\"a\":1,\"\\u0061\":2}"));
    assert_false(holds("{ $.a.b = 1 }", "{\"a\":{\"b\":1},\"a\":{}}"));
    assert_false(holds("{ $.a.b = 1 }", "{\"a\":{\"b\":1},\"a\":5}"));
    assert_true(holds("{ $.a.b NOT EXISTS }", "{\"a\":{\"b\":1},\"a\":[]}"));
    assert_true(holds("{ $.a.b = 1 }", "{\"a\":7,\"a\":{\"b\":0,\"b\":1}}"));
}

static void duplicates_below_a_wildcard_do_not_touch_other_elements(void **state)
{
    (void)state;
    assert_true(holds("{ $.a[*].b = 2 }", "{\"a\":[{\"b\":2},{\"b\":2,\"b\":1}]}"));
    assert_false(holds("{ $.a[*].b = 2 }", "{\"a\":[{\"b\":3},{\"b\":2,\"b\":1}]}"));
    assert_false(holds("{ $.a.* = 1 }", "{\"a\":{\"x\":1,\"x\":2}}"));
    assert_true(holds("{ $.a.* = 1 }", "{\"a\":{\"x\":1,\"x\":2,\"y\":1}}"));
    assert_true(holds("{ $.a.*.c = 1 }", "{\"a\":{\"x\":{\"c\":1},\"y\":{\"c\":1,\"c\":2}}}"));
    assert_false(holds("{ $.a.*.c = 1 }", "{\"a\":{\"x\":{\"c\":1},\"x\":{\"c\":3},\"y\":{\"c\":1,\"c\":2}}}"));
    assert_true(holds("{ $.a[*] != 2 }", "{\"a\":[2],\"a\":[3]}"));
    assert_false(holds("{ $.a IS NULL }", "{\"a\":[null],\"a\":[1]}"));
}

static void one_value_can_stand_at_several_selectors(void **state)
{
    (void)state;
    const char *message = "{\"a\":{\"b\":{\"c\":1},\"d\":{\"c\":2}}}";
    assert_true(holds("{ $.a.b.c = 1 && $.a.*.c = 2 && $.*.b.c = 1 && $.a.b.* = 1 }", message));
    assert_false(holds("{ $.a.b.c = 2 || $.a.*.c = 3 || $.*.d.c = 1 }", message));
}

static void hits_are_listed_in_ascending_order(void **state)
{
    (void)state;
    static const char *const patterns[] = {"{ $.b = 2 }", "nowhere", "", "{ $.a = 1 }", "{ $.z NOT EXISTS }", "b"};
    static const uint32_t wanted[] = {0, 2, 3, 4, 5};
    const char *message = "{\"a\":1,\"b\":2}";
    ctf_hits hits;
    ctf_filter *filter = compile(patterns, 6, NULL, 0);
    ctf_scratch *scratch = scratch_for(filter);
    assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
    assert_int_equal(hits.n, 5);
    assert_memory_equal(hits.patterns, wanted, sizeof wanted);
    assert_int_equal(ctf_match(scratch, "b", 1, &hits), CTF_OK); /* nothing is left of the last message */
    assert_int_equal(hits.n, 2);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

static void assert_value(const ctf_scratch *scratch, size_t k, ctf_value_type type, const char *text)
{
    ctf_value value;
    assert_int_equal(ctf_scratch_value(scratch, 0, k, &value), CTF_OK);
    assert_int_equal(value.type, type);
    assert_int_equal(value.text.length, strlen(text));
    assert_memory_equal(value.text.data, text, strlen(text));
}

static void wanted_values_come_out_of_the_same_pass(void **state)
{
    (void)state;
    const char *pattern = "{ $.a = * }";
    const ctf_text extract[] = {text_of("$.a"), text_of("$.b.c[1]"), text_of("$.n"), text_of("$.t"),
                                text_of("$.e"), text_of("$.o"),      text_of("$.x"), text_of("$.l")};
    const char *message = "{\"a\":\"q\\u00e9\\n\",\"b\":{\"c\":[0,-1.50E3]},\"n\":null,\"t\":true,"
                          "\"e\":\"old\",\"o\":{},\"l\":[],\"e\":\"\"}";
    ctf_hits hits;
    ctf_filter *filter = compile(&pattern, 1, extract, 8);
    ctf_scratch *scratch = scratch_for(filter);
    assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
    assert_int_equal(hits.n, 1);
    assert_value(scratch, 0, CTF_VALUE_STRING, "q\xC3\xA9\n");
    assert_value(scratch, 1, CTF_VALUE_NUMBER, "-1.50E3");
    assert_value(scratch, 2, CTF_VALUE_NULL, "");
    assert_value(scratch, 3, CTF_VALUE_BOOLEAN, "true");
    assert_value(scratch, 4, CTF_VALUE_STRING, "");
    assert_value(scratch, 5, CTF_VALUE_OBJECT, "");
    assert_value(scratch, 6, CTF_VALUE_MISSING, "");
    assert_value(scratch, 7, CTF_VALUE_ARRAY, "");
    ctf_value value;
    assert_int_equal(ctf_scratch_value(scratch, 0, 8, &value), CTF_E_ARGUMENT);
    assert_int_equal(ctf_scratch_value(scratch, 1, 0, &value), CTF_E_ARGUMENT);
    assert_int_equal(ctf_match(scratch, "{\"a\":1}", 7, &hits), CTF_OK);
    assert_value(scratch, 0, CTF_VALUE_NUMBER, "1");
    assert_value(scratch, 3, CTF_VALUE_MISSING, "");
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

/* The fields a pattern shows of a message, as "name=text" or "#position=text", joined by ';'. */
static void assert_fields(const char *pattern, const char *message, const char *wanted)
{
    char got[512] = "";
    size_t n;
    ctf_hits hits;
    ctf_filter *filter = compile(&pattern, 1, NULL, 0);
    ctf_scratch *scratch = scratch_for(filter);
    assert_int_equal(ctf_match(scratch, message, strlen(message), &hits), CTF_OK);
    assert_int_equal(ctf_scratch_field(scratch, 0, 0, NULL, &n), CTF_OK);
    for (size_t k = 0; k < n; k++) {
        ctf_field field;
        size_t used = strlen(got);
        assert_int_equal(ctf_scratch_field(scratch, 0, k, &field, NULL), CTF_OK);
        if (field.name.length != 0)
            used += (size_t)snprintf(got + used, sizeof got - used, "%.*s", (int)field.name.length, field.name.data);
        else
            used += (size_t)snprintf(got + used, sizeof got - used, "#%zu", field.position);
        snprintf(got + used, sizeof got - used, "=%.*s;", (int)field.text.length, field.text.data);
    }
    ctf_field beyond;
    assert_int_equal(ctf_scratch_field(scratch, 0, n, &beyond, NULL), CTF_E_ARGUMENT);
    assert_string_equal(got, wanted);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

static void extracted_fields_carry_the_names_of_the_pattern(void **state)
{
    (void)state;
    assert_fields("[a, , c]", "1 2 3", "a=1;#2=2;c=3;");
    assert_fields("[a, b]", "1 \"2 x\" 3 ", "a=1;b=\"2 x\" 3 ;");
    assert_fields("[]", "1 [2 x] 3", "#1=1;#2=2 x;#3=3;");
    assert_fields("[a, ..., y, z]", "1 2 3 4 5", "a=1;#2=2;#3=3;y=4;z=5;");
    assert_fields("[a, ..., z]", "1 2", "a=1;z=2;");
    assert_fields("[..., z]", "1 2", "#1=1;z=2;");
    assert_fields("[a, b]", "1", "");
    assert_fields("x", "x y", "");
}

static void match_refuses_misuse(void **state)
{
    (void)state;
    const char *pattern = "a";
    ctf_filter *filter = compile(&pattern, 1, NULL, 0);
    ctf_scratch *scratch = scratch_for(filter);
    ctf_scratch *none = scratch;
    ctf_hits hits;
    const ctf_scratch_options unknown = {.size = sizeof unknown, .kernel = "abacus"};
    assert_int_equal(ctf_match(NULL, "a", 1, &hits), CTF_E_ARGUMENT);
    assert_int_equal(ctf_match(scratch, NULL, 1, &hits), CTF_E_ARGUMENT);
    assert_int_equal(ctf_match(scratch, "a", 1, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_match(scratch, NULL, 0, &hits), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, &unknown, &none), CTF_E_ARGUMENT);
    assert_null(none);
    assert_int_equal(ctf_scratch_new(NULL, NULL, &none), CTF_E_ARGUMENT);
    assert_int_equal(ctf_scratch_new(filter, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_scratch_value(NULL, 0, 0, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_scratch_field(NULL, 0, 0, NULL, NULL), CTF_E_ARGUMENT);
    ctf_scratch_free(NULL);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

/* Patterns and a message that reach every growing part: escapes, duplicates, every member wanted, tokens,
 * kept values, depth. */
static const char *const greedy[] = {"{ $.a.* = 1 && $.k = \"x*\" || $.u = 5 }", "[a, ..., b=%x%]", "term -other",
                                     "%a{3}|p%", "{ $.l[*] != 3 && $.u >= 1.5 }"};
static const char greedy_message[] = "{\"a\":{\"p\":1,\"p\":1,\"q\\u0041\":[[[[1]]]]},\"k\":\"x\\ny\",\"u\":5,\"l\":[1,2],"
                                     "\"u\":2.5,\"z\":\"term x\"}";

static ctf_status match_metered(const ctf_filter *filter, meter *m, size_t *n)
{
    ctf_allocator allocator = {metered, m};
    ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_scratch *scratch;
    ctf_hits hits = {0, NULL};
    ctf_status status = ctf_scratch_new(filter, &options, &scratch);
    if (status == CTF_OK)
        status = ctf_match(scratch, greedy_message, sizeof greedy_message - 1, &hits);
    *n = hits.n;
    ctf_scratch_free(scratch);
    return status;
}

static void match_allocates_nothing_once_warm(void **state)
{
    (void)state;
    const ctf_text extract = text_of("$.k");
    ctf_filter *filter = compile(greedy, 1, &extract, 1);
    meter m = {0};
    ctf_allocator allocator = {metered, &m};
    ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, greedy_message, sizeof greedy_message - 1, &hits), CTF_OK);
    assert_int_equal(hits.n, 1);
    size_t warm = m.calls;
    assert_true(warm > 10);
    for (int i = 0; i < 100; i++)
        assert_int_equal(ctf_match(scratch, greedy_message, sizeof greedy_message - 1, &hits), CTF_OK);
    assert_int_equal(m.calls, warm);
    ctf_scratch_free(scratch);
    assert_int_equal(m.live, 0);
    ctf_filter_free(filter);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    ctf_filter *filter = compile(greedy, 5, NULL, 0);
    size_t n, wanted;
    meter m = {0};
    assert_int_equal(match_metered(filter, &m, &wanted), CTF_OK);
    size_t calls = m.calls;
    for (int for_good = 0; for_good < 2; for_good++) {
        for (size_t at = 1; at <= calls; at++) {
            meter failing = {.fail_at = at, .for_good = for_good};
            assert_int_equal(match_metered(filter, &failing, &n), CTF_E_NOMEM);
            assert_int_equal(n, 0);
            assert_int_equal(failing.live, 0);
        }
    }
    meter enough = {.fail_at = calls + 1};
    assert_int_equal(match_metered(filter, &enough, &n), CTF_OK);
    assert_int_equal(n, wanted);
    ctf_filter_free(filter);
}

static void a_scratch_goes_on_after_memory_was_short(void **state)
{
    (void)state;
    ctf_filter *filter = compile(greedy, 5, NULL, 0);
    meter m = {0};
    ctf_allocator allocator = {metered, &m};
    ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    ctf_status status;
    do {
        m.fail_at = m.calls + 1;
        status = ctf_match(scratch, greedy_message, sizeof greedy_message - 1, &hits);
        if (status == CTF_E_NOMEM) { /* let the one that failed through, so that the next one is reached */
            m.fail_at = m.calls + 2;
            status = ctf_match(scratch, greedy_message, sizeof greedy_message - 1, &hits);
        }
    } while (status == CTF_E_NOMEM);
    assert_int_equal(status, CTF_OK);
    assert_int_equal(hits.n, 5);
    ctf_scratch_free(scratch);
    assert_int_equal(m.live, 0);
    ctf_filter_free(filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_is_reported_only_when_the_whole_message_is_one_object),
        cmocka_unit_test(the_last_of_duplicate_keys_counts),
        cmocka_unit_test(duplicates_below_a_wildcard_do_not_touch_other_elements),
        cmocka_unit_test(one_value_can_stand_at_several_selectors),
        cmocka_unit_test(hits_are_listed_in_ascending_order),
        cmocka_unit_test(wanted_values_come_out_of_the_same_pass),
        cmocka_unit_test(extracted_fields_carry_the_names_of_the_pattern),
        cmocka_unit_test(match_refuses_misuse),
        cmocka_unit_test(match_allocates_nothing_once_warm),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_scratch_goes_on_after_memory_was_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
