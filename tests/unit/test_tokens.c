/* Splitting and assigning (spec: filter-patterns 6.1 and 6.2), and the wildcard of values (5.6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "match/glob.h"
#include "match/tokens.h"
#include "match/unescape.h"

static ctfi_bytes bytes(const char *text)
{
    ctfi_bytes view = {(const unsigned char *)text, strlen(text)};
    return view;
}

/* The tokens of a message, joined by '|'. */
static void assert_split(const char *message, const char *wanted)
{
    char got[256] = "";
    ctfi_tokens tokens = {.allocator = ctfi_allocator_or_default(NULL)};
    assert_int_equal(ctfi_tokens_split(&tokens, bytes(message)), CTF_OK);
    for (size_t i = 0; i < tokens.n; i++) {
        size_t used = strlen(got);
        snprintf(got + used, sizeof got - used, "%s%.*s", i == 0 ? "" : "|", (int)tokens.at[i].length,
                 message + tokens.at[i].text);
    }
    assert_string_equal(got, wanted);
    ctfi_tokens_free(&tokens);
}

static void blanks_tabs_and_newlines_separate(void **state)
{
    (void)state;
    assert_split("a b", "a|b");
    assert_split("  a \t\n b  ", "a|b");
    assert_split("a\rb", "a\rb");
    assert_split("", "");
    assert_split(" \t ", "");
}

static void quotes_and_brackets_group_at_the_start_of_a_token(void **state)
{
    (void)state;
    assert_split("w \"red fox\" z", "w|red fox|z");
    assert_split("w [red fox] z", "w|red fox|z");
    assert_split("\"b\"c d", "b|c|d");
    assert_split("[b]c", "b|c");
    assert_split("x \"\" []", "x||");
    assert_split("[a \"b] c\"", "a \"b|c\"");
    assert_split("\"a [b\" c]", "a [b|c]");
}

static void without_a_closer_they_are_ordinary(void **state)
{
    (void)state;
    assert_split("x \"y z", "x|\"y|z");
    assert_split("x [y z", "x|[y|z");
    assert_split("\"", "\"");
    assert_split("[", "[");
    assert_split("[a \"b c\" [d", "[a|b c|[d");
    assert_split("] a", "]|a");
}

static void in_mid_token_they_are_ordinary(void **state)
{
    (void)state;
    assert_split("user=\"red fox\" z", "user=\"red|fox\"|z");
    assert_split("a[b c] d", "a[b|c]|d");
}

static void assert_piece(const char *message, ctfi_accessor_type type, size_t index, const char *wanted)
{
    ctfi_tokens tokens = {.allocator = ctfi_allocator_or_default(NULL)};
    ctfi_bytes piece;
    assert_int_equal(ctfi_tokens_split(&tokens, bytes(message)), CTF_OK);
    bool found = ctfi_tokens_piece(&tokens, type, index, &piece);
    assert_int_equal(found, wanted != NULL);
    if (found) {
        assert_int_equal(piece.length, strlen(wanted));
        assert_memory_equal(piece.data, wanted, piece.length);
    }
    ctfi_tokens_free(&tokens);
}

static void the_last_field_takes_the_raw_rest(void **state)
{
    (void)state;
    assert_piece("w  x   z \n", CTFI_REST, 1, "x   z \n");
    assert_piece("w \"x\"y v", CTFI_REST, 1, "\"x\"y v");
    assert_piece("w \"x y\"", CTFI_REST, 1, "x y");
    assert_piece("  a b", CTFI_REST, 0, "  a b");
    assert_piece("  a ", CTFI_REST, 0, "a");
    assert_piece("a", CTFI_REST, 1, NULL);
    assert_piece("a b c", CTFI_FROM_END, 0, "c");
    assert_piece("a b c", CTFI_FROM_END, 2, "a");
    assert_piece("a b c", CTFI_FROM_END, 3, NULL);
    assert_piece("a [b c]", CTFI_FROM_START, 1, "b c");
}

/* Ten thousand openers without a closer: each search for one would read the whole rest. */
static void splitting_is_linear_without_closers(void **state)
{
    (void)state;
    enum { n = 2000000 };
    char *text = malloc(n);
    for (size_t i = 0; i < n; i += 2)
        memcpy(text + i, i % 4 == 0 ? "[ " : "\" ", 2);
    text[2] = 'x';
    ctfi_tokens tokens = {.allocator = ctfi_allocator_or_default(NULL)};
    ctfi_bytes message = {(const unsigned char *)text, n};
    assert_int_equal(ctfi_tokens_split(&tokens, message), CTF_OK);
    assert_true(tokens.n > n / 4);
    ctfi_tokens_free(&tokens);
    free(text);
}

static bool glob(const char *pattern, const char *text)
{
    return ctfi_glob_match(bytes(pattern), bytes(text));
}

static void a_wildcard_is_taken_leftmost_without_going_back(void **state)
{
    (void)state;
    assert_true(glob("*.10.10.10", "10.10.10.10"));
    assert_false(glob("*10.10.10", "10.10.10.10"));
    assert_false(glob("10*10", "10.10.10.10"));
    assert_true(glob("*ab", "xxab"));
    assert_false(glob("*ab", "abxab"));
    assert_true(glob("*ab*", "abxab"));
    assert_true(glob("1*3", "123"));
    assert_true(glob("a*b*c", "aXbYc"));
    assert_false(glob("a*b*c", "aXcYb"));
    assert_false(glob("a*a", "a"));
    assert_true(glob("a*a", "aa"));
}

static void stars_take_nothing_too_and_several_are_one(void **state)
{
    (void)state;
    assert_true(glob("*", ""));
    assert_true(glob("**", "x"));
    assert_true(glob("a*", "a"));
    assert_true(glob("*a", "a"));
    assert_true(glob("a**b", "ab"));
    assert_true(glob("a**", "abc"));
    assert_false(glob("a*", "ba"));
    assert_false(glob("", "a"));
    assert_true(glob("", ""));
    assert_true(glob("a", "a"));
    assert_false(glob("a", "ab"));
    assert_false(glob("**a", "ab"));
}

static void assert_unescaped(const char *raw, const char *wanted, size_t length)
{
    unsigned char out[64];
    assert_int_equal(ctfi_unescape(bytes(raw), out), length);
    assert_memory_equal(out, wanted, length);
}

static void escapes_are_decoded(void **state)
{
    (void)state;
    assert_unescaped("a\\\"\\\\\\/\\b\\f\\n\\r\\t", "a\"\\/\b\f\n\r\t", 9);
    assert_unescaped("\\u0041\\u00e9\\u20AC", "A\xC3\xA9\xE2\x82\xAC", 6);
    assert_unescaped("\\ud83d\\ude00", "\xF0\x9F\x98\x80", 4);
    assert_unescaped("a\\u0000b", "a\0b", 3);
    assert_unescaped("\\u003d\\u0026", "=&", 2);
}

static void bad_escapes_stand_as_they_are(void **state)
{
    (void)state;
    assert_unescaped("\\", "\\", 1);
    assert_unescaped("\\x\\u12\\ud800", "\\x\\u12\\ud800", 12);
    assert_unescaped("\\ud800\\u0041", "\\ud800A", 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_tabs_and_newlines_separate),
        cmocka_unit_test(quotes_and_brackets_group_at_the_start_of_a_token),
        cmocka_unit_test(without_a_closer_they_are_ordinary),
        cmocka_unit_test(in_mid_token_they_are_ordinary),
        cmocka_unit_test(the_last_field_takes_the_raw_rest),
        cmocka_unit_test(splitting_is_linear_without_closers),
        cmocka_unit_test(a_wildcard_is_taken_leftmost_without_going_back),
        cmocka_unit_test(stars_take_nothing_too_and_several_are_one),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(bad_escapes_stand_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
