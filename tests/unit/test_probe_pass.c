/* A message without any needle of a filter's probe matches nothing: every message of these tests is matched with
 * the probe and without, on every kernel. */
#include "program.h"

#include "match/probe.h"

/* ---- what passes ---- */

/* One filter by every kernel, with the probe and without. */
typedef struct trial {
    ctf_filter *filter;
    bool match;  /* of the message tried last */
    bool passes;
} trial;

static trial begin(const char *pattern)
{
    return (trial){.filter = COMPILE(pattern)};
}

static bool matches(const trial *t, const char *kernel, unsigned flags, ctf_text message)
{
    ctf_scratch_options options = {.size = sizeof options, .kernel = kernel, .flags = flags};
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(t->filter, &options, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, message.data, message.length, &hits), CTF_OK);
    bool match = hits.n > 0;
    ctf_scratch_free(scratch);
    return match;
}

static bool passes(const trial *t, const char *kernel, ctf_text message)
{
    ctfi_prober prober;
    ctfi_prober_init(&prober, t->filter, ctfi_kernel_named(kernel), 0);
    return ctfi_prober_passes(&prober, (ctfi_bytes){(const unsigned char *)message.data, message.length});
}

/* Tries a message in a block of its own size. */
static void try_message(trial *t, const char *text, size_t length)
{
    char *copy = malloc(length + (length == 0));
    ctf_text message = {memcpy(copy, text, length), length};
    t->match = matches(t, NULL, CTF_NO_PROBE, message);
    t->passes = passes(t, NULL, message);
    for (size_t i = 0; ctf_kernel_name(i) != NULL; i++) {
        if (matches(t, ctf_kernel_name(i), 0, message) != t->match)
            fail_msg("%s: %.*s", ctf_kernel_name(i), (int)length, text);
        assert_true(passes(t, ctf_kernel_name(i), message) == t->passes);
    }
    free(copy);
}

static void assert_tried(trial *t, const char *message, bool match, bool passes)
{
    try_message(t, message, strlen(message));
    if (t->match != match || t->passes != passes)
        fail_msg("%s %s, %s", message, t->match ? "matches" : "does not match", t->passes ? "passes" : "does not pass");
}

/* Matches and so must pass; may pass but does not match; is rejected by the probe. */
#define MATCHES(t, message) assert_tried(t, message, true, true)
#define PASSES(t, message) assert_tried(t, message, false, true)
#define REJECTS(t, message) assert_tried(t, message, false, false)

static void a_literal_is_found_where_it_stands(void **state)
{
    (void)state;
    trial t = begin("{ $.eventName = StopLogging }");
    MATCHES(&t, "{\"eventName\":\"StopLogging\"}");
    MATCHES(&t, "{\"a\":{\"eventName\":1},\"eventName\" : \"StopLogging\" }");
    PASSES(&t, "{\"eventName\":\"x\",\"a\":\"StopLogging\"}");
    REJECTS(&t, "{\"eventName\":\"StopLoggings\"}");
    REJECTS(&t, "{\"eventName\":\"stopLogging\"}");
    REJECTS(&t, "{\"eventName\":\"StopLogging");
    REJECTS(&t, "");
    ctf_filter_free(t.filter);
}

/* Each character of a text or key in turn, written as an escape, in both cases of its digits. */
static void every_character_may_be_an_escape(void **state)
{
    static const char *const forms[] = {"{\"eventName\":\"", "JKLMNO~z/ y", "\"}"};
    char message[200];
    (void)state;
    trial t = begin("{ $.eventName = \"JKLMNO~z/ y\" }");
    trial by_key = begin("{ $.eventName = \"JKLMNO~z/ y\" || $.eventName = b || $.eventName = c }");
    for (size_t i = 0; i < strlen(forms[1]); i++)
        for (int upper = 0; upper < 2; upper++) {
            snprintf(message, sizeof message, upper ? "%s%.*s\\u%04X%s%s" : "%s%.*s\\u%04x%s%s", forms[0], (int)i,
                     forms[1], (unsigned)forms[1][i], forms[1] + i + 1, forms[2]);
            MATCHES(&t, message);
            MATCHES(&by_key, message);
        }
    static const char key[] = "eventName";
    for (size_t i = 0; i < strlen(key); i++) {
        snprintf(message, sizeof message, "{\"%.*s\\u%04x%s\":\"b\"}", (int)i, key, (unsigned)key[i], &key[i + 1]);
        MATCHES(&by_key, message);
    }
    ctf_filter_free(by_key.filter);
    ctf_filter_free(t.filter);
}

static void escapes_that_hide_nothing_do_not_pass(void **state)
{
    (void)state;
    trial t = begin("{ $.eventName = Stop }");
    MATCHES(&t, "{\"eventName\":\"\\u0053top\"}");
    PASSES(&t, "{\"eventName\":\"Start\",\"a\":\"\\u0053\"}");
    PASSES(&t, "{\"eventName\":\"\\\\u0053top\"}");
    REJECTS(&t, "{\"eventName\":\"Start\",\"a\":\"\\u0052\\u003d\\u0022\\u0000\\u00e9\\u00E9\"}");
    REJECTS(&t, "{\"eventName\":\"Start\",\"a\":\"\\u1053\\u0153\\uD83D\\uDE00\\n\\/\"}");
    REJECTS(&t, "{\"eventName\":\"Start\",\"a\":\"\\u00");
    REJECTS(&t, "{\"eventName\":\"Start\",\"a\":\"\\u005");
    REJECTS(&t, "{\"eventName\":\"Start\",\"a\":\"\\u00g3\\u005g\"}");
    ctf_filter_free(t.filter);
}

static void a_slash_has_an_escape_of_its_own(void **state)
{
    (void)state;
    trial t = begin("{ $.a = \"b/c\" }");
    MATCHES(&t, "{\"a\":\"b/c\"}");
    MATCHES(&t, "{\"a\":\"b\\/c\"}");
    MATCHES(&t, "{\"a\":\"b\\u002fc\"}");
    MATCHES(&t, "{\"a\":\"b\\u002Fc\"}");
    PASSES(&t, "{\"a\":\"b\",\"d\":\"\\/\"}");
    REJECTS(&t, "{\"a\":\"b/d\"}");
    ctf_filter_free(t.filter);
}

static void a_key_is_followed_by_blanks_a_colon_and_its_value(void **state)
{
    (void)state;
    trial t = begin("{ $.eventName = aa || $.eventName = \"b*d\" || $.eventName = cc }");
    MATCHES(&t, "{\"eventName\":\"aa\"}");
    MATCHES(&t, "{\"eventName\" \t\r\n:\n\r\t \"bcd\"}");
    MATCHES(&t, "{\"eventName\"\n:\"cc\"}");
    MATCHES(&t, "{\"eventName\":\"a\\u0061\"}");
    MATCHES(&t, "{\"eventName\":\"\\u0061a\"}");
    REJECTS(&t, "{\"eventName\":\"dd\"}");
    REJECTS(&t, "{\"eventName\":\"\"}");
    REJECTS(&t, "{\"eventName\":7}");
    REJECTS(&t, "{\"eventName\":null}");
    REJECTS(&t, "{\"eventName\":[\"aa\"]}");
    REJECTS(&t, "{\"eventName\":{\"a\":\"aa\"}}");
    REJECTS(&t, "{\"a\":\"eventName\",\"aa\":\"aa\"}");
    REJECTS(&t, "{\"eventNames\":\"aa\"}");
    PASSES(&t, "{\"eventName\":\"a\\n\"}");
    REJECTS(&t, "{\"eventName\"\"aa\"}");
    REJECTS(&t, "{\"eventName\"");
    REJECTS(&t, "{\"eventName\" ");
    REJECTS(&t, "{\"eventName\":");
    REJECTS(&t, "{\"eventName\": ");
    REJECTS(&t, "{\"eventName\":\"");
    REJECTS(&t, "{\"eventName\":\"aa");
    ctf_filter_free(t.filter);
}

static void the_same_key_is_looked_at_wherever_it_stands(void **state)
{
    (void)state;
    trial t = begin("{ $.eventName = aa || $.eventName = bb || $.eventName = cc }");
    MATCHES(&t, "{\"x\":{\"eventName\":\"dd\"},\"eventName\":\"aa\",\"y\":\"eventName\"}");
    MATCHES(&t, "{\"eventName\":\"dd\",\"eventName\":\"aa\"}");
    MATCHES(&t, "{\"x\":\"\\\"eventName\\\":\",\"eventName\":\"aa\"}");
    MATCHES(&t, "{\"x\":\"\\\\\",\"eventName\":\"aa\"}");
    PASSES(&t, "{\"eventName\":\"aa\",\"eventName\":\"dd\"}");
    PASSES(&t, "{\"x\":{\"eventName\":\"aa\"}}");
    PASSES(&t, "{\"x\":\"\\\"eventName\":\"aa\"}"); /* no JSON */
    REJECTS(&t, "{\"x\":\"\\\"eventName\\\":\\\"aa\\\"\"}");
    ctf_filter_free(t.filter);
}

/* One needle looks for what is asked at either place. */
static void a_key_of_two_places_lets_the_texts_of_both_pass(void **state)
{
    (void)state;
    trial t = begin("{ $.eventName = aa || $.eventName = bb || $.eventName = cc || $.b.eventName = dd || "
                    "$.c.eventName = \"e*\" }");
    assert_int_equal(t.filter->probe.n, 2);
    MATCHES(&t, "{\"eventName\":\"aa\"}");
    MATCHES(&t, "{\"b\":{\"eventName\":\"dd\"}}");
    MATCHES(&t, "{\"c\":{\"eventName\":\"eee\"}}");
    REJECTS(&t, "{\"c\":{\"eventName\":\"fff\"}}");
    ctf_filter_free(t.filter);
}

/* All spellings of a number whose text or value is asked for. */
static void numbers_pass_where_a_number_may_match(void **state)
{
    (void)state;
    trial t = begin("{ $.a = \"12.0\" }");
    MATCHES(&t, "{\"a\":\"12.0\"}");
    MATCHES(&t, "{\"a\":12.0}");
    MATCHES(&t, "{\"a\":1.2e1}");
    MATCHES(&t, "{\"a\": 0.12E+2}");
    REJECTS(&t, "{\"a\":\"12\"}");
    PASSES(&t, "{\"a\":12}");
    REJECTS(&t, "{\"a\":true}");
    ctf_filter_free(t.filter);
    t = begin("{ $.a = \"Infinity\" }");
    MATCHES(&t, "{\"a\":1e999}");
    MATCHES(&t, "{\"a\":\"Infinity\"}");
    ctf_filter_free(t.filter);
    t = begin("{ $.a = 7 }");
    MATCHES(&t, "{\"a\":700e-2}");
    MATCHES(&t, "{\"a\":\"7\"}");
    REJECTS(&t, "{\"a\":\"7.0\"}");
    ctf_filter_free(t.filter);
    t = begin("{ $.a = \"*E1*\" }");
    MATCHES(&t, "{\"a\":10000000000.0}");
    ctf_filter_free(t.filter);
}

static void other_kinds_pass_where_they_are_asked_for(void **state)
{
    (void)state;
    trial t = begin("{ $.a IS NULL || $.b IS FALSE || $.c[*].d != x }");
    MATCHES(&t, "{\"a\":null}");
    MATCHES(&t, "{\"a\":[1,null]}");
    MATCHES(&t, "{\"b\":false}");
    MATCHES(&t, "{\"c\":[{\"d\":1}]}");
    PASSES(&t, "{\"a\":[1]}");
    REJECTS(&t, "{\"a\":false,\"b\":true,\"d\":\"x\"}");
    REJECTS(&t, "{\"a\":{},\"b\":{},\"d\":{}}");
    ctf_filter_free(t.filter);
}

static void raw_literals_are_bytes_of_the_message(void **state)
{
    (void)state;
    trial t = begin("?\"a\\\\u0062\" ?ERROR");
    MATCHES(&t, "an ERROR here");
    MATCHES(&t, "\"a\\u0062\"");
    REJECTS(&t, "\\u0045RROR");
    REJECTS(&t, "ERRO");
    ctf_filter_free(t.filter);
    t = begin("[a, b = \"x\\\"y\", ...]");
    MATCHES(&t, "1 x\"y 3");
    REJECTS(&t, "1 xy 3");
    ctf_filter_free(t.filter);
}

/* Needles that overlap with themselves, in all messages of two letters. */
static void every_place_is_looked_at(void **state)
{
    static const char *const texts[] = {"qqz", "qzq", "zqq", "qqqq", "?qqqqz ?zzzq"};
    char message[10];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        trial t = begin(texts[i]);
        for (unsigned bits = 0; bits < 1024; bits++) {
            for (unsigned k = 0; k < sizeof message; k++)
                message[k] = (bits >> k & 1) != 0 ? 'q' : 'z';
            ctf_text text = {message, sizeof message};
            for (size_t k = 0; ctf_kernel_name(k) != NULL; k++)
                assert_true(passes(&t, ctf_kernel_name(k), text) == matches(&t, NULL, CTF_NO_PROBE, text));
        }
        ctf_filter_free(t.filter);
    }
}

/* Every place of a needle in a message of every length around the sizes of blocks. */
static void literals_are_found_across_all_edges(void **state)
{
    char message[300];
    static const char needle[] = "{\"a\":\"StopLogging\"}";
    (void)state;
    trial t = begin("{ $.a = StopLogging }");
    trial by_key = begin("{ $.a = StopLogging || $.a = b || $.a = c }");
    for (size_t before = 0; before < 140; before++)
        for (size_t behind = 0; behind < 70; behind += before < 70 ? 7 : 69) {
            size_t n = sizeof needle - 1;
            memset(message, ' ', sizeof message);
            memcpy(message + before, needle, n);
            try_message(&t, message, before + n + behind);
            assert_true(t.match && t.passes);
            try_message(&by_key, message, before + n + behind);
            assert_true(by_key.match && by_key.passes);
            try_message(&t, message, before + n - 3);
            assert_false(t.passes);
        }
    ctf_filter_free(by_key.filter);
    ctf_filter_free(t.filter);
}

/* ---- how it rests ---- */

static ctfi_bytes bytes_of(const char *text)
{
    return (ctfi_bytes){(const unsigned char *)text, strlen(text)};
}

static void the_prober_rests_where_nearly_all_pass(void **state)
{
    ctf_filter *filter = COMPILE("{ $.a = xx }");
    ctfi_prober prober;
    (void)state;
    ctfi_prober_init(&prober, filter, ctfi_kernel_named(NULL), 0);
    for (int i = 0; i < 64; i++) {
        assert_true(ctfi_prober_works(&prober));
        ctfi_prober_passes(&prober, bytes_of(i < 48 ? "{\"a\":\"xx\"}" : "{}"));
    }
    assert_true(ctfi_prober_works(&prober)); /* three quarters are not more */
    for (int i = 0; i < 64; i++)
        ctfi_prober_passes(&prober, bytes_of(i < 49 ? "{\"a\":\"xx\"}" : "{}"));
    for (int i = 0; i < 4096; i++) {
        assert_false(ctfi_prober_works(&prober));
        assert_true(ctfi_prober_passes(&prober, bytes_of("{}")));
    }
    assert_true(ctfi_prober_works(&prober));
    assert_false(ctfi_prober_passes(&prober, bytes_of("{}")));
    ctf_filter_free(filter);
}

static void the_prober_rests_where_it_looks_in_vain_too_often(void **state)
{
    ctf_filter *filter = COMPILE("{ $.a = xx || $.a = yy || $.a = zz }");
    static const char many[] = "{\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,"
                               "\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1,\"a\":1}";
    ctfi_prober prober;
    (void)state;
    ctfi_prober_init(&prober, filter, ctfi_kernel_named(NULL), 0);
    for (int i = 0; i < 64; i++)
        assert_false(ctfi_prober_passes(&prober, bytes_of(many)));
    assert_false(ctfi_prober_works(&prober));
    ctf_filter_free(filter);
}

static void no_probe_means_none(void **state)
{
    ctf_filter *filter = COMPILE("{ $.a = xx }");
    ctfi_prober prober;
    (void)state;
    ctfi_prober_init(&prober, filter, ctfi_kernel_named(NULL), CTF_NO_PROBE);
    assert_false(ctfi_prober_works(&prober));
    assert_true(ctfi_prober_passes(&prober, bytes_of("{}")));
    ctf_filter_free(filter);
}

/* ---- what ctf_match leaves behind ---- */

static void a_message_passed_over_has_no_fields_of_the_last(void **state)
{
    ctf_filter *filter = compile_with("[ip, method = GET]", (const char *const[]){"$ip"}, 1);
    ctf_scratch *scratch;
    ctf_hits hits;
    ctf_value value;
    size_t n;
    (void)state;
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, "1 GET", 5, &hits), CTF_OK);
    assert_int_equal(hits.n, 1);
    assert_int_equal(ctf_match(scratch, "1 PUT", 5, &hits), CTF_OK);
    assert_int_equal(hits.n, 0);
    assert_int_equal(ctf_scratch_value(scratch, 0, 0, &value), CTF_OK);
    assert_int_equal(value.type, CTF_VALUE_MISSING);
    assert_int_equal(ctf_scratch_field(scratch, 0, 0, NULL, &n), CTF_OK);
    assert_int_equal(n, 0);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

static void values_of_a_json_pattern_are_read_all_the_same(void **state)
{
    ctf_filter *filter = compile_with("{ $.a = xx }", (const char *const[]){"$.b"}, 1);
    ctf_scratch *scratch;
    ctf_hits hits;
    ctf_value value;
    (void)state;
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, "{\"b\":7}", 7, &hits), CTF_OK);
    assert_int_equal(hits.n, 0);
    assert_int_equal(ctf_scratch_value(scratch, 0, 0, &value), CTF_OK);
    assert_int_equal(value.type, CTF_VALUE_NUMBER);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_literal_is_found_where_it_stands),
        TEST(every_character_may_be_an_escape),
        TEST(escapes_that_hide_nothing_do_not_pass),
        TEST(a_slash_has_an_escape_of_its_own),
        TEST(a_key_is_followed_by_blanks_a_colon_and_its_value),
        TEST(the_same_key_is_looked_at_wherever_it_stands),
        TEST(a_key_of_two_places_lets_the_texts_of_both_pass),
        TEST(numbers_pass_where_a_number_may_match),
        TEST(other_kinds_pass_where_they_are_asked_for),
        TEST(raw_literals_are_bytes_of_the_message),
        TEST(every_place_is_looked_at),
        TEST(literals_are_found_across_all_edges),
        TEST(the_prober_rests_where_nearly_all_pass),
        TEST(the_prober_rests_where_it_looks_in_vain_too_often),
        TEST(no_probe_means_none),
        TEST(a_message_passed_over_has_no_fields_of_the_last),
        TEST(values_of_a_json_pattern_are_read_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
