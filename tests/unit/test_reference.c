/* Selectors standing alone: $.a.b[0], $name, $3. */
#include "patterns.h"

typedef struct wanted {
    ctfi_job job;
    ctfi_bytes text;
    const ctfi_reference *reference;
} wanted;

static void parse_body(ctfi_job *job, void *context)
{
    wanted *w = context;
    w->reference = ctfi_reference_parse(job, w->text);
}

static ctf_status parse(wanted *w, const char *text, size_t length)
{
    w->text = exact(text, length);
    w->reference = NULL;
    return ctfi_job_run(&w->job, NULL, parse_body, w);
}

static void release(wanted *w)
{
    ctfi_arena_free(&w->job.arena);
    free((void *)(uintptr_t)w->text.data);
}

static void assert_path(const char *text, const char *path)
{
    wanted w;
    sheet s = {.length = 0};
    assert_int_equal(parse(&w, text, strlen(text)), CTF_OK);
    assert_int_equal(w.reference->type, CTFI_REFERENCE_JSON);
    assert_int_equal(w.reference->selector->span.length, strlen(text));
    sheet_selector(&s, w.reference->selector);
    assert_string_equal(s.text, path);
    release(&w);
}

static void a_dot_makes_it_a_json_selector(void **state)
{
    (void)state;
    assert_path("$.a", "/a");
    assert_path("$.a.b[0].['c d']", "/a/b[0]/c d");
    assert_path("$.a[*].b", "/a/*/b");
    assert_path("$.*", "/*");
}

static void letters_make_it_a_name(void **state)
{
    static const char *const names[] = {"$a", "$_b-1", "$status_code", "$na\xC3\xAFve"};
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        wanted w;
        size_t length = strlen(names[i]);
        assert_int_equal(parse(&w, names[i], length), CTF_OK);
        assert_int_equal(w.reference->type, CTFI_REFERENCE_NAME);
        assert_int_equal(w.reference->name.length, length - 1);
        assert_memory_equal(w.reference->name.data, names[i] + 1, length - 1);
        release(&w);
    }
}

static void assert_position(const char *text, uint32_t position)
{
    wanted w;
    assert_int_equal(parse(&w, text, strlen(text)), CTF_OK);
    assert_int_equal(w.reference->type, CTFI_REFERENCE_POSITION);
    assert_int_equal(w.reference->position, position);
    release(&w);
}

static void digits_make_it_a_position(void **state)
{
    (void)state;
    assert_position("$1", 1);
    assert_position("$012", 12);
    assert_position("$4294967295", UINT32_MAX);
    assert_position("$4294967296", UINT32_MAX);
    assert_position("$99999999999999999999999", UINT32_MAX);
}

static void everything_else_is_refused(void **state)
{
    static const refusal refusals[] = {
        {"", CTF_ERROR_SELECTOR, "", "begins with $", NULL},
        {"a", CTF_ERROR_SELECTOR, "a", "begins with $", NULL},
        {" $.a", CTF_ERROR_SELECTOR, " $.a", "begins with $", NULL},
        {"$", CTF_ERROR_SELECTOR, "$", "selects nothing", NULL},
        {"$0", CTF_ERROR_SELECTOR, "0", "count from 1", NULL},
        {"$3a", CTF_ERROR_SELECTOR, "a", "digits alone", NULL},
        {"$-a", CTF_ERROR_SELECTOR, "-a", "$name", NULL},
        {"$a b", CTF_ERROR_SELECTOR, "a b", "$name", NULL},
        {"$a.b", CTF_ERROR_SELECTOR, "a.b", "$.field", NULL},
        {"$...", CTF_ERROR_SELECTOR, "$..", "two dots", NULL},
        {"$['a']", CTF_ERROR_SELECTOR, "['a']", "$.field", NULL},
        {"$.", CTF_ERROR_SELECTOR, "$.", "ends with a dot", NULL},
        {"$.a ", CTF_ERROR_SELECTOR, " ", "expected the end", NULL},
        {"$.a:b", CTF_ERROR_SELECTOR, ":b", "expected the end", NULL},
        {"$.a['b']", CTF_ERROR_SELECTOR, "['", ".['key']", NULL},
        {"$.a[*].*", CTF_ERROR_SELECTOR, ".*", "one wildcard", NULL},
        {"$\xC3\xA9\xE2\x82\xAC", CTF_ERROR_SELECTOR, "\xC3\xA9\xE2\x82\xAC", "$name", NULL},
        {"$\xFF", CTF_ERROR_SELECTOR, "$\xFF", "UTF-8", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        wanted w;
        if (parse(&w, refusals[i].pattern, strlen(refusals[i].pattern)) == CTF_OK)
            fail_msg("%s is accepted", refusals[i].pattern);
        assert_error(&w.job.error, w.text, &refusals[i]);
        release(&w);
    }
}

static void a_nul_ends_nothing(void **state)
{
    wanted w;
    (void)state;
    assert_int_equal(parse(&w, "$a\0", 3), CTF_E_PATTERN);
    release(&w);
    assert_int_equal(parse(&w, "$.a\0b", 5), CTF_E_PATTERN);
    assert_int_equal(w.job.error.offset, 3);
    release(&w);
    assert_int_equal(parse(&w, "$3\0", 3), CTF_E_PATTERN);
    release(&w);
}

static void a_long_text_is_refused(void **state)
{
    char text[1025];
    wanted w;
    (void)state;
    memset(text, 'a', sizeof text);
    text[0] = '$';
    assert_int_equal(parse(&w, text, 1024), CTF_OK);
    release(&w);
    assert_int_equal(parse(&w, text, 1025), CTF_E_PATTERN);
    assert_int_equal(w.job.error.kind, CTF_ERROR_SELECTOR);
    release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dot_makes_it_a_json_selector),
        cmocka_unit_test(letters_make_it_a_name),
        cmocka_unit_test(digits_make_it_a_position),
        cmocka_unit_test(everything_else_is_refused),
        cmocka_unit_test(a_nul_ends_nothing),
        cmocka_unit_test(a_long_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
