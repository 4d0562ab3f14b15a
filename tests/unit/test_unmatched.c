/* Values of JSON patterns that do not match: there all the same, from this message and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/ctfilter.h>

static ctf_text text(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

/* Two patterns; the second wants $.t and $.u.v, and matches where $.t is true. */
static ctf_filter *filter(void)
{
    static const char first[] = "{ $.n = 1 }", second[] = "{ $.t IS TRUE }";
    const ctf_text wanted[] = {text("$.t"), text("$.u.v")};
    const ctf_pattern patterns[] = {{.text = text(first)}, {.text = text(second), .extract = wanted, .n_extract = 2}};
    ctf_filter *compiled;
    assert_int_equal(ctf_filter_compile(patterns, 2, NULL, &compiled, NULL), CTF_OK);
    return compiled;
}

static void assert_value(const ctf_scratch *scratch, size_t k, const char *expected)
{
    ctf_value value;
    assert_int_equal(ctf_scratch_value(scratch, 1, k, &value), CTF_OK);
    if (expected == NULL) {
        assert_int_equal(value.type, CTF_VALUE_MISSING);
        return;
    }
    assert_int_equal(value.text.length, strlen(expected));
    assert_memory_equal(value.text.data, expected, value.text.length);
}

static const struct {
    const char *message, *t, *v; /* NULL: missing */
} cases[] = {
    {"{\"n\":2,\"t\":\"a\",\"u\":{\"v\":\"b\"}}", "a", "b"},
    {"{\"n\":1,\"t\":\"c\"}", "c", NULL},
    {"{\"n\":2}", NULL, NULL},
    {"{\"t\":\"d\",\"t\":\"e\\u0066\",\"u\":{\"v\":1},\"u\":{}}", "ef", NULL},
    {"{\"u\":{\"v\":12.50},\"t\":null}", "", "12.50"},
};

static void a_pattern_that_does_not_match_has_its_values(void **state)
{
    (void)state;
    ctf_filter *compiled = filter();
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(compiled, NULL, &scratch), CTF_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(ctf_match(scratch, cases[i].message, strlen(cases[i].message), &hits), CTF_OK);
        assert_true(hits.n == 0 || hits.patterns[0] == 0);
        assert_value(scratch, 0, cases[i].t);
        assert_value(scratch, 1, cases[i].v);
    }
    ctf_scratch_free(scratch);
    ctf_filter_free(compiled);
}

static void no_value_outlives_its_message(void **state)
{
    (void)state;
    static const char *const others[] = {"plain", "", "[1]", "\"t\"", "{", "{}", "{\"x\":{\"t\":1}}"};
    ctf_filter *compiled = filter();
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(compiled, NULL, &scratch), CTF_OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(ctf_match(scratch, cases[0].message, strlen(cases[0].message), &hits), CTF_OK);
        assert_int_equal(ctf_match(scratch, others[i], strlen(others[i]), &hits), CTF_OK);
        assert_value(scratch, 0, NULL);
        assert_value(scratch, 1, NULL);
    }
    ctf_scratch_free(scratch);
    ctf_filter_free(compiled);
}

typedef struct seen {
    const ctf_scratch *scratch;
    size_t n;
} seen;

static int check(void *context, const ctf_message *message, const ctf_hits *hits)
{
    seen *s = context;
    (void)message;
    (void)hits;
    assert_value(s->scratch, 0, cases[s->n].t);
    assert_value(s->scratch, 1, cases[s->n].v);
    s->n++;
    return 0;
}

/* Writes the cases as one array. */
static size_t make_array(char *out, size_t size)
{
    strcpy(out, "[");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(strlen(out) + strlen(cases[i].message) + 2 < size);
        strcat(strcat(out, i > 0 ? "," : ""), cases[i].message);
    }
    return strlen(strcat(out, "]"));
}

static void both_readers_of_many_messages_say_the_same(void **state)
{
    (void)state;
    char array[1024];
    size_t length = make_array(array, sizeof array);
    ctf_filter *compiled = filter();
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_ARRAY, .all = 1};
    ctf_stream *stream;
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(compiled, NULL, &scratch), CTF_OK);
    seen scanned = {scratch, 0}, streamed = {scratch, 0};
    assert_int_equal(ctf_scan(scratch, array, length, &options, check, &scanned, NULL), CTF_OK);
    assert_int_equal(scanned.n, sizeof cases / sizeof *cases);
    if (ctf_stream_new(scratch, &options, check, &streamed, &stream) == CTF_OK) {
        for (size_t i = 0; i < length; i++)
            assert_int_equal(ctf_stream_feed(stream, array + i, 1, NULL), CTF_OK);
        assert_int_equal(ctf_stream_finish(stream, NULL), CTF_OK);
        assert_int_equal(streamed.n, scanned.n);
        ctf_stream_free(stream);
    }
    ctf_scratch_free(scratch);
    ctf_filter_free(compiled);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_that_does_not_match_has_its_values),
        cmocka_unit_test(no_value_outlives_its_message),
        cmocka_unit_test(both_readers_of_many_messages_say_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
