/* ctf_scan: every message of a buffer, in order, with the verdict that ctf_match gives. */
#include "documents.h"

#define TRAIL                                                                                     \
    "{\"Records\":[{\"a\":1,\"b\":\"x\"},{\"a\":2},\n{\"b\":\"ERROR\",\"a\":1},{\"a\":1,}],\"c\":{}}"

static const char *const patterns[] = {"{ $.a = 1 }", "ERROR", "{ $.b = x }"};
static const char *const selectors[] = {"$.a", "$.b"};

typedef struct fixture {
    ctf_filter *filter;
    ctf_scratch *scratch;
    test_story story;
    meter memory;
    ctf_error error;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    ctf_allocator allocator = {metered, &f->memory};
    f->filter = compile(patterns, 3, selectors, 2);
    f->scratch = new_scratch(f->filter, &allocator);
    f->story.scratch = f->scratch;
    f->story.n_values = 2;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    forget(&f->story);
    ctf_scratch_free(f->scratch);
    ctf_filter_free(f->filter);
    assert_int_equal(f->memory.live, 0);
    free(f);
    return 0;
}

static ctf_status scan(fixture *f, ctf_framing framing, const char *text, int all)
{
    ctf_scan_options options = {.size = sizeof options, .framing = framing, .all = all};
    forget(&f->story);
    f->story.document = text;
    return ctf_scan(f->scratch, text, strlen(text), &options, tell, &f->story, &f->error);
}

static void scan_reports_what_matches_in_order(void **state)
{
    fixture *f = *state;
    assert_int_equal(scan(f, CTF_FRAME_MEMBER, TRAIL, 0), CTF_OK);
    assert_told(&f->story, "#0 12+15: 0 2 3(1)1 4(1)x\n"
                           "#2 37+19: 0 1 3(1)1 4(5)ERROR\n");
}

static void scan_reports_everything_when_asked(void **state)
{
    fixture *f = *state;
    assert_int_equal(scan(f, CTF_FRAME_MEMBER, TRAIL, 1), CTF_OK);
    assert_told(&f->story, "#0 12+15: 0 2 3(1)1 4(1)x\n"
                           "#1 28+7:\n"
                           "#2 37+19: 0 1 3(1)1 4(5)ERROR\n"
                           "#3 57+8:\n");
}

static void scan_knows_every_framing(void **state)
{
    fixture *f = *state;
    assert_int_equal(scan(f, CTF_FRAME_WHOLE, "an ERROR\n", 0), CTF_OK);
    assert_told(&f->story, "#0 0+9: 1\n");
    assert_int_equal(scan(f, CTF_FRAME_LINES, "\nno\r\nERROR\r\n{\"b\":\"x\"}", 0), CTF_OK);
    assert_told(&f->story, "#1 5+5: 1\n#2 12+9: 2\n");
    assert_int_equal(scan(f, CTF_FRAME_VALUES, "{}\n{\n\"b\": \"x\"\n}\n", 0), CTF_OK);
    assert_told(&f->story, "#1 3+12: 2\n");
    assert_int_equal(scan(f, CTF_FRAME_ARRAY, "[{\"b\":\"x\"},\"ERROR\"]", 0), CTF_OK);
    assert_told(&f->story, "#0 1+9: 2\n#1 11+7: 1\n");
}

static void scan_without_options_takes_the_buffer_as_one_message(void **state)
{
    fixture *f = *state;
    assert_int_equal(ctf_scan(f->scratch, "ERROR\n", 6, NULL, tell, &f->story, NULL), CTF_OK);
    assert_told(&f->story, "#0 0+6: 1\n");
}

static void scan_of_nothing_finds_nothing(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES, .all = 1};
    assert_int_equal(ctf_scan(f->scratch, NULL, 0, &options, tell, &f->story, &f->error), CTF_OK);
    assert_told(&f->story, "");
    options.framing = CTF_FRAME_WHOLE;
    assert_int_equal(ctf_scan(f->scratch, NULL, 0, &options, tell, &f->story, &f->error), CTF_OK);
    assert_told(&f->story, "#0 0+0:\n");
}

static void scan_reports_what_stands_before_an_error(void **state)
{
    fixture *f = *state;
    assert_int_equal(scan(f, CTF_FRAME_ARRAY, "[\"ERROR\",1 2]", 0), CTF_E_DOCUMENT);
    assert_told(&f->story, "#0 1+7: 1\n");
    assert_int_equal(f->error.status, CTF_E_DOCUMENT);
    assert_int_equal(f->error.kind, CTF_ERROR_DOCUMENT);
    assert_int_equal(f->error.offset, 11);
    assert_int_equal(scan(f, CTF_FRAME_ARRAY, "[\"ERROR\"]", 0), CTF_OK);
    assert_int_equal(f->error.status, CTF_OK);
}

static void scan_stops_when_told_to(void **state)
{
    fixture *f = *state;
    f->story.stop_at = 2;
    assert_int_equal(scan(f, CTF_FRAME_LINES, "ERROR\nno\nERROR\nERROR\n", 0), CTF_E_STOPPED);
    assert_told(&f->story, "#0 0+5: 1\n#2 9+5: 1\n");
    assert_int_equal(f->error.status, CTF_E_STOPPED);
    assert_true(f->error.message[0] != '\0');
    f->story.stop_at = 0;
    assert_int_equal(scan(f, CTF_FRAME_LINES, "ERROR", 0), CTF_OK);
}

static void scan_limits_the_message(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES, .max_message = 5};
    assert_int_equal(ctf_scan(f->scratch, "ERROR\nERRORS", 12, &options, tell, &f->story, &f->error), CTF_E_LIMIT);
    assert_told(&f->story, "#0 0+5: 1\n");
    assert_int_equal(f->error.kind, CTF_ERROR_LIMIT);
    assert_int_equal(f->error.offset, 6);
    assert_non_null(strstr(f->error.message, "max_message"));
}

static void scan_looks_for_another_member(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_MEMBER, .member = {"events", 6}};
    static const char text[] = "{\"Records\":[\"ERROR\"],\"events\":[\"an ERROR\"]}";
    assert_int_equal(ctf_scan(f->scratch, text, strlen(text), &options, tell, &f->story, &f->error), CTF_OK);
    assert_told(&f->story, "#0 31+10: 1\n");
}

static void scan_takes_the_options_of_an_older_caller(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.framing = CTF_FRAME_LINES, .member = {NULL, 7}, .max_message = 1, .all = 1};
    options.size = offsetof(ctf_scan_options, member);
    assert_int_equal(ctf_scan(f->scratch, "ERROR\n\nno", 9, &options, tell, &f->story, &f->error), CTF_OK);
    assert_told(&f->story, "#0 0+5: 1\n");
}

static void refuses(fixture *f, ctf_scan_options options)
{
    assert_int_equal(ctf_scan(f->scratch, "ERROR", 5, &options, tell, &f->story, &f->error), CTF_E_ARGUMENT);
    assert_int_equal(f->error.kind, CTF_ERROR_ARGUMENT);
    assert_true(f->error.message[0] != '\0');
    assert_told(&f->story, "");
}

static void scan_refuses_misuse(void **state)
{
    fixture *f = *state;
    assert_int_equal(ctf_scan(NULL, "", 0, NULL, tell, &f->story, &f->error), CTF_E_ARGUMENT);
    assert_int_equal(f->error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_scan(f->scratch, NULL, 1, NULL, tell, &f->story, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_scan(f->scratch, "", 0, NULL, NULL, &f->story, NULL), CTF_E_ARGUMENT);
    refuses(f, (ctf_scan_options){.size = 0});
    refuses(f, (ctf_scan_options){.size = sizeof(ctf_scan_options) + 1});
    refuses(f, (ctf_scan_options){.size = sizeof(ctf_scan_options), .framing = (ctf_framing)5});
    refuses(f, (ctf_scan_options){.size = sizeof(ctf_scan_options), .member = {NULL, 1}});
    assert_int_equal(scan(f, CTF_FRAME_WHOLE, "ERROR", 0), CTF_OK);
}

static int use_the_scratch_again(void *context, const ctf_message *message, const ctf_hits *hits)
{
    fixture *f = context;
    ctf_hits other;
    ctf_error error;
    assert_int_equal(ctf_match(f->scratch, "x", 1, &other), CTF_E_BUSY);
    assert_int_equal(ctf_scan(f->scratch, "x", 1, NULL, tell, &f->story, &error), CTF_E_BUSY);
    assert_int_equal(error.status, CTF_E_BUSY);
    return tell(&f->story, message, hits);
}

static void scan_keeps_its_scratch_to_itself_in_the_callback(void **state)
{
    fixture *f = *state;
    static const char text[] = "{\"a\":1,\"b\":\"\\u0078\"}";
    assert_int_equal(ctf_scan(f->scratch, text, strlen(text), NULL, use_the_scratch_again, f, &f->error), CTF_OK);
    assert_told(&f->story, "#0 0+20: 0 2 3(1)1 4(1)x\n");
    assert_int_equal(scan(f, CTF_FRAME_WHOLE, "ERROR", 0), CTF_OK);
}

static void scan_allocates_nothing_once_warm(void **state)
{
    fixture *f = *state;
    static const char text[] = TRAIL "{\"a\":\"\\u0031\",\"a\":1,\"x\":[[[[]]]]}";
    assert_int_equal(scan(f, CTF_FRAME_VALUES, text, 1), CTF_OK);
    size_t before = f->memory.calls;
    assert_int_equal(scan(f, CTF_FRAME_VALUES, text, 1), CTF_OK);
    assert_int_equal(scan(f, CTF_FRAME_MEMBER, TRAIL, 1), CTF_OK);
    assert_int_equal(f->memory.calls, before);
}

static int compare_with_match(void *context, const ctf_message *message, const ctf_hits *hits)
{
    ctf_hits alone;
    ctf_scratch *other = context;
    assert_int_equal(ctf_match(other, message->text.data, message->text.length, &alone), CTF_OK);
    assert_int_equal(alone.n, hits->n);
    if (alone.n > 0)
        assert_memory_equal(alone.patterns, hits->patterns, alone.n * sizeof *alone.patterns);
    return 0;
}

static void scan_says_what_match_says(void **state)
{
    fixture *f = *state;
    ctf_scratch *other = new_scratch(f->filter, NULL);
    static const char text[] = "{\"a\":1}\n{\"a\":1\n{\"b\":\"x\"} \nERROR {}\n\"\n{\"a\":2,\"a\":1}\n[{\"a\":1}]\n"
                               "{\"a\":1,\"q\":\"\xFF\"}\n{\"a\":1}}\n\xEF\xBB\xBF{\"a\":1}\n\r\r\n{\"b\":\"\\u0078\"}";
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES, .all = 1};
    assert_int_equal(ctf_scan(f->scratch, text, strlen(text), &options, compare_with_match, other, NULL), CTF_OK);
    ctf_scratch_free(other);
}

static void scan_survives_each_failing_allocation(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    static const char text[] = TRAIL "{\"a\":\"\\u0031\",\"a\":1,\"x\":[[[[{\"y\":{}}]]]]}";
    for (int for_good = 0; for_good < 2; for_good++)
        for (size_t n = 1, failed = 1; failed != 0; n++) {
            meter memory = {.fail_at = 0};
            ctf_allocator allocator = {metered, &memory};
            ctf_scratch *scratch = new_scratch(f->filter, &allocator);
            f->story.scratch = scratch;
            memory.fail_at = memory.calls + n;
            memory.for_good = for_good;
            ctf_status status = ctf_scan(scratch, text, strlen(text), &options, tell, &f->story, &f->error);
            failed = memory.calls >= memory.fail_at;
            assert_int_equal(status, failed ? CTF_E_NOMEM : CTF_OK);
            assert_int_equal(f->error.kind, failed ? CTF_ERROR_MEMORY : CTF_ERROR_NONE);
            memory.fail_at = 0;
            assert_int_equal(ctf_scan(scratch, text, strlen(text), &options, tell, &f->story, NULL), CTF_OK);
            ctf_scratch_free(scratch);
            assert_int_equal(memory.live, 0);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scan_reports_what_matches_in_order),
        TEST(scan_reports_everything_when_asked),
        TEST(scan_knows_every_framing),
        TEST(scan_without_options_takes_the_buffer_as_one_message),
        TEST(scan_of_nothing_finds_nothing),
        TEST(scan_reports_what_stands_before_an_error),
        TEST(scan_stops_when_told_to),
        TEST(scan_limits_the_message),
        TEST(scan_looks_for_another_member),
        TEST(scan_takes_the_options_of_an_older_caller),
        TEST(scan_refuses_misuse),
        TEST(scan_keeps_its_scratch_to_itself_in_the_callback),
        TEST(scan_allocates_nothing_once_warm),
        TEST(scan_says_what_match_says),
        TEST(scan_survives_each_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
