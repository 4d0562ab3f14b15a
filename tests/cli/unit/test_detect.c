#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands.h"
#include "detect.h"

static const char *const names[] = {"auto",       "cloudtrail",   "ndjson",      "array", "event",
                                    "log-events", "subscription", "eventbridge", "lines"};

static const struct {
    int kind;
    const char *text;
} inputs[] = {
    {INPUT_CLOUDTRAIL, "{\"Records\":[]}"},
    {INPUT_CLOUDTRAIL, "{\"Records\":[{\"eventName\":\"A\"}]}{\"Records\":[]}"},
    {INPUT_CLOUDTRAIL, "\xef\xbb\xbf \r\n{ \"Records\" :\n [ ] }"},
    {INPUT_CLOUDTRAIL, "{\"a\":{\"Records\":1,\"b\":\"}\\\"\"},\"n\":-1.5e3,\"t\":true,\"Records\":[1]}"},
    {INPUT_CLOUDTRAIL, "[{\"Records\":[]},{\"Records\":[]}]"},
    {INPUT_CLOUDTRAIL, "{\"Records\":[{\"cut"},
    {INPUT_NDJSON, "{\"Records\":{}}\n{}"},
    {INPUT_NDJSON, "{\"a\":{\"Records\":[]}}"},
    {INPUT_NDJSON, "{\"xRecords\":[],\"Record\":[],\"records\":[]}\n"},
    {INPUT_NDJSON, "{\"a\":1}\n{\"a\":2}\n"},
    {INPUT_NDJSON, "{\"a\":1} \t\r\nnot JSON at all"},
    {INPUT_NDJSON, "\n\n{}\n"},
    {INPUT_NDJSON, "{\"detail\":{}}"},
    {INPUT_NDJSON, "{\"detail\":\"x\",\"detail-type\":\"y\"}"},
    {INPUT_NDJSON, "{\"events\":[1,{\"message\":\"m\"}],\"a\":[]}"},
    {INPUT_NDJSON, "{\"events\":[{\"messages\":\"m\"}]}"},
    {INPUT_NDJSON, "{\"events\":{\"message\":\"m\"}}"},
    {INPUT_NDJSON, "{\"awslogs\":\"x\",\"logEvents\":{}}"},
    {INPUT_EVENT, "{\n  \"eventName\": \"A\"\n}\n"},
    {INPUT_EVENT, "{\n}\n{\n}\n"},
    {INPUT_EVENT, "{\"a\":1}{\"a\":2}"},
    {INPUT_EVENT, "{\"a\":1} {\"a\":2}\n"},
    {INPUT_EVENT, "{\n \"a\": {\n  \"b\": \"cut"},
    {INPUT_ARRAY, "[{\"a\":1},\n{\"a\":2}]"},
    {INPUT_ARRAY, " [ ] "},
    {INPUT_ARRAY, "[\n  {\n    \"a\": 1\n  }\n]"},
    {INPUT_LOG_EVENTS, "{\"events\":[]}"},
    {INPUT_LOG_EVENTS, "{\"events\":[{\"message\":\"m\"}]}"},
    {INPUT_LOG_EVENTS, "{\"searchedLogStreams\":[{}],\"events\":[{\n\"timestamp\":1,\"message\":\"m\"}]}"},
    {INPUT_LOG_EVENTS, "{\n \"events\": [\n {\n \"logStreamName\": \"s\", \"message\": \"m\"}]}"},
    {INPUT_LOG_EVENTS, "{\"nextForwardToken\":\"f\",\"events\":[{\"ingestionTime\":1}]}"},
    {INPUT_LOG_EVENTS, "{\"events\":[{\"eventId\":\"1\"}]}"},
    {INPUT_SUBSCRIPTION, "{\"awslogs\":{\"data\":\"H4s\"}}"},
    {INPUT_SUBSCRIPTION, "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[]}"},
    {INPUT_SUBSCRIPTION, "{\"logEvents\":[],\"messageType\":\"DATA_MESSAGE\"}"},
    {INPUT_EVENTBRIDGE, "{\"detail\":{\"detail-type\":1},\"id\":\"x\",\"detail-type\":\"t\"}"},
    {INPUT_EVENTBRIDGE, "{\"detail-type\":\"t\",\"detail\":{}}\n{}"},
    {INPUT_EVENTBRIDGE, "[{\"detail-type\":\"t\",\"detail\":{}}]"},
    {INPUT_LINES, ""},
    {INPUT_LINES, " \n\t"},
    {INPUT_LINES, "\xef\xbb\xbf"},
    {INPUT_LINES, "\xef\xbb"},
    {INPUT_LINES, "plain text {\"Records\":[]}"},
    {INPUT_LINES, "{ not JSON }"},
    {INPUT_LINES, "{\"a\" 1}\n"},
    {INPUT_LINES, "{\"a\"::1}\n"},
    {INPUT_LINES, "{\"a\":word and more}"},
    {INPUT_LINES, "{\"a\":1} and text\n"},
    {INPUT_LINES, "{\"a\":\"cut on one line"},
    {INPUT_LINES, "[2024-01-01 00:00:00] INFO started"},
    {INPUT_LINES, "[main] {\"a\":1}"},
    {INPUT_LINES, "[1,2]"},
    {INPUT_LINES, "\"text\""},
    {INPUT_LINES, "}"},
    {INPUT_LINES, "\x1f\x8b"},
};

enum { N_INPUTS = sizeof inputs / sizeof *inputs };

static void detect_tells_each_kind_from_the_whole_input(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_INPUTS; i++) {
        detector d = {0};
        int kind = INPUT_AUTO;
        assert_true(detect(&d, (const unsigned char *)inputs[i].text, strlen(inputs[i].text), true, &kind));
        if (kind != inputs[i].kind)
            fail_msg("%s, not %s: %s", names[kind], names[inputs[i].kind], inputs[i].text);
    }
}

/* One byte more at a time, each time in a block that ends with it. */
static int detect_slowly(const char *text)
{
    size_t length = strlen(text);
    detector d = {0};
    int kind = INPUT_AUTO;
    for (size_t n = 0; n <= length; n++) {
        unsigned char *copy = malloc(n + (n == 0));
        assert_non_null(copy);
        memcpy(copy, text, n);
        bool known = detect(&d, copy, n, n == length, &kind);
        free(copy);
        if (known)
            return kind;
    }
    fail_msg("undecided at the end: %s", text);
    return kind;
}

static void detect_tells_the_same_when_bytes_arrive_one_by_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_INPUTS; i++) {
        int kind = detect_slowly(inputs[i].text);
        if (kind != inputs[i].kind)
            fail_msg("%s, not %s: %s", names[kind], names[inputs[i].kind], inputs[i].text);
    }
}

static void detect_decides_a_delivery_file_at_its_first_key(void **state)
{
    (void)state;
    static const char text[] = "{\"Records\":[";
    detector d = {0};
    int kind = INPUT_AUTO;
    assert_true(detect(&d, (const unsigned char *)text, strlen(text), false, &kind));
    assert_int_equal(kind, INPUT_CLOUDTRAIL);
}

static void detect_survives_a_million_brackets(void **state)
{
    (void)state;
    size_t n = 1000000;
    unsigned char *deep = malloc(n);
    assert_non_null(deep);
    memset(deep, '{', n);
    detector d = {0};
    int kind = INPUT_AUTO;
    assert_true(detect(&d, deep, n, true, &kind));
    assert_int_equal(kind, INPUT_LINES);
    memcpy(deep, "{\"a\":", 5);
    d = (detector){0};
    assert_false(detect(&d, deep, n, false, &kind));
    assert_true(detect(&d, deep, n, true, &kind));
    assert_int_equal(kind, INPUT_LINES);
    free(deep);
}

static void values_are_complete_with_their_last_byte(void **state)
{
    (void)state;
    static const unsigned char text[] = "{\"a\":\"}\\\"]\"} [1,[2]]\"x\" 12 ";
    static const size_t ends[] = {0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  12, 13,
                                  12, 12, 12, 12, 12, 12, 20, 20, 20, 23, 24, 23, 23, 27};
    for (size_t n = 1; n < sizeof text; n++) {
        values v = {0};
        values_find(&v, text, n);
        if (v.complete != ends[n])
            fail_msg("%zu bytes hold %zu complete ones, not %zu", n, v.complete, ends[n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detect_tells_each_kind_from_the_whole_input),
        cmocka_unit_test(detect_tells_the_same_when_bytes_arrive_one_by_one),
        cmocka_unit_test(detect_decides_a_delivery_file_at_its_first_key),
        cmocka_unit_test(detect_survives_a_million_brackets),
        cmocka_unit_test(values_are_complete_with_their_last_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
