/* The proof that a message is one JSON object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/match.h>

#include "base/arena.h"
#include "match/check.h"

static bool proves_bytes(const char *text, size_t length)
{
    ctfi_depth depth = {.allocator = ctfi_allocator_or_default(NULL)};
    unsigned char *copy = malloc(length == 0 ? 1 : length); /* exact size: the sanitizer sees a byte too far */
    memcpy(copy, text, length);
    bool proved = true, again;
    ctfi_bytes message = {copy, length};
    assert_int_equal(ctfi_check_event(&ctfi_kernel_scalar, &depth, message, &proved), CTF_OK);
    for (size_t k = 0; ctf_kernel_name(k) != NULL; k++) {
        const ctfi_kernel *kernel = ctfi_kernel_named(ctf_kernel_name(k));
        assert_int_equal(ctfi_check_event(kernel, &depth, message, &again), CTF_OK);
        assert_int_equal(again, proved);
    }
    ctfi_depth_free(&depth);
    free(copy);
    return proved;
}

static bool proves(const char *text)
{
    return proves_bytes(text, strlen(text));
}

static void check_accepts_objects(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}", " \t\r\n{ } \n", "{\"a\":1}", "{\"a\" : [ 1 , 2 , { } , [ ] ] , \"b\":null}",
        "{\"\":\"\"}", "{\"a\":-0.5e-10,\"b\":0,\"c\":10E+2,\"d\":-0}",
        "{\"a\":true,\"b\":false,\"c\":null}", "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\"}",
        "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\u0000\"}", "{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}",
        "{\"a\":{\"b\":[[[{\"c\":[]}]]]}}", "{\"a\":1,\"a\":2}", "{\"a\":\"\x7F\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!proves(texts[i]))
            fail_msg("refused: %s", texts[i]);
}

static void check_refuses_everything_else(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", " ", "[]", "1", "\"a\"", "null", "{", "}", "{}}", "{} {}", "{}x", "x{}", "{,}", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{\"a\":1]", "{\"a\":[1}", "{\"a\":[1,]}",
        "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":-}",
        "{\"a\":1e}", "{\"a\":1e+}", "{\"a\":0x1}", "{\"a\":1_0}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}",
        "{\"a\":True}", "{\"a\":nullx}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"\\ud800\\ud800\"}", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}", "{\"a\":\"\x1F\"}", "{\"a\":\"b}", "{\"a\":\"b\\",
        "{\"a\":\"\\", "{\"a\":1}/**/", "\xEF\xBB\xBF{}", "\v{}", "\f{}", "{\v}", "{\"a\":\"\x80\"}",
        "{\"a\":\"\xC0\x80\"}", "{\"a\":\"\xE0\x80\x80\"}", "{\"a\":\"\xED\xA0\x80\"}", "{\"a\":\"\xF4\x90\x80\x80\"}",
        "{\"a\":\"\xC3\"}", "{\"a\":\xC3\xA9}", "{\"a\":1}\xC2\xA0", "{\"a\":{\"b\":1}", "{\"a\":1,\"b\"", "{\"a\":1,"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (proves(texts[i]))
            fail_msg("accepted: %s", texts[i]);
}

static void check_refuses_nul_bytes_outside_and_inside_strings(void **state)
{
    (void)state;
    assert_false(proves_bytes("{}\0", 3));
    assert_false(proves_bytes("\0{}", 3));
    assert_false(proves_bytes("{\"a\0\":1}", 8));
}

/* Every plain byte count in front of a bad byte: the eight-at-once step must not hide it. */
static void check_sees_a_bad_byte_at_every_place_of_a_string(void **state)
{
    (void)state;
    static const char bad[] = {'\x01', '\x1F', '\x80', '\xFF', '\n'};
    char text[64];
    for (size_t length = 1; length < 40; length++) {
        for (size_t at = 0; at < length; at++) {
            memset(text, 'a', sizeof text);
            memcpy(text, "{\"k\":\"", 6);
            memcpy(text + 6 + length, "\"}", 2);
            assert_true(proves_bytes(text, length + 8));
            text[6 + at] = bad[(length + at) % sizeof bad];
            assert_false(proves_bytes(text, length + 8));
        }
    }
}

static void check_takes_any_depth_in_one_bit_a_level(void **state)
{
    (void)state;
    size_t n = 1000000;
    char *text = malloc(2 * n + 16);
    memcpy(text, "{\"a\":", 5);
    memset(text + 5, '[', n);
    memset(text + 5 + n, ']', n);
    text[5 + 2 * n] = '}';
    assert_true(proves_bytes(text, 2 * n + 6));
    text[5 + n] = '}';
    assert_false(proves_bytes(text, 2 * n + 6));
    memset(text, '{', 2 * n);
    assert_false(proves_bytes(text, 2 * n));
    free(text);
}

static void *no_memory(void *context, void *block, size_t size)
{
    (void)context;
    if (size == 0)
        free(block);
    return NULL;
}

static void check_reports_a_failed_allocation(void **state)
{
    (void)state;
    ctfi_depth depth = {.allocator = {no_memory, NULL}};
    ctfi_bytes message = {(const unsigned char *)"{\"a\":1}", 7};
    bool proved = true;
    assert_int_equal(ctfi_check_event(&ctfi_kernel_scalar, &depth, message, &proved), CTF_E_NOMEM);
    assert_false(proved);
    ctfi_depth_free(&depth);
}

static bool lone(const char *text)
{
    ctfi_bytes bytes = {(const unsigned char *)text, strlen(text)};
    return ctfi_check_lone_surrogate(bytes);
}

static void a_lone_surrogate_escape_is_found(void **state)
{
    (void)state;
    assert_true(lone("{\"a\":\"\\ud800\"}"));
    assert_true(lone("{\"a\":\"\\\\\\udfff\"}"));
    assert_false(lone("{\"a\":\"\\\\ud800\"}"));
    assert_false(lone("{\"a\":\"\\ud83d\\ude00 \\n\"}"));
    assert_false(lone("{}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_accepts_objects),
        cmocka_unit_test(check_refuses_everything_else),
        cmocka_unit_test(check_refuses_nul_bytes_outside_and_inside_strings),
        cmocka_unit_test(check_sees_a_bad_byte_at_every_place_of_a_string),
        cmocka_unit_test(check_takes_any_depth_in_one_bit_a_level),
        cmocka_unit_test(check_reports_a_failed_allocation),
        cmocka_unit_test(a_lone_surrogate_escape_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
