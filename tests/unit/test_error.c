/* Errors: filling them, and rendering them with the line they point into. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/utf8.h"

/* ---- filling ---- */

static void set_fills_every_field_and_returns_the_status(void **state)
{
    (void)state;
    ctf_error error;
    memset(&error, 0xAA, sizeof error);
    ctf_status status = ctfi_error_set(&error, CTF_E_PATTERN, CTF_ERROR_GRAMMAR, 5, 2, "Invalid", "expected %s", "x");
    assert_int_equal(status, CTF_E_PATTERN);
    assert_int_equal(error.status, CTF_E_PATTERN);
    assert_int_equal(error.kind, CTF_ERROR_GRAMMAR);
    assert_int_equal(error.pattern, 0);
    assert_int_equal(error.offset, 5);
    assert_int_equal(error.length, 2);
    assert_string_equal(error.message, "expected x");
    assert_string_equal(error.service, "Invalid");
}

static void no_error_to_fill_is_fine(void **state)
{
    (void)state;
    ctfi_error_clear(NULL);
    assert_int_equal(ctfi_error_set(NULL, CTF_E_LIMIT, CTF_ERROR_LIMIT, 0, 0, NULL, "%s", "x"), CTF_E_LIMIT);
}

static void clear_leaves_an_ok_error(void **state)
{
    (void)state;
    ctf_error error;
    ctfi_error_set(&error, CTF_E_LIMIT, CTF_ERROR_LIMIT, 1, 2, "s", "m");
    ctfi_error_clear(&error);
    assert_int_equal(error.status, CTF_OK);
    assert_int_equal(error.kind, CTF_ERROR_NONE);
    assert_string_equal(error.message, "");
    assert_string_equal(error.service, "");
}

/* Texts of every length around the room, made of code points of 1 to 4 bytes. */
static void long_texts_are_cut_at_a_code_point(void **state)
{
    (void)state;
    static const char *const points[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    ctf_error error;
    for (size_t which = 0; which < 4; which++)
        for (size_t shift = 0; shift < 4; shift++) {
            char text[sizeof error.service + 100] = "aaa";
            size_t n = shift;
            while (n < sizeof error.service + 50) {
                memcpy(text + n, points[which], strlen(points[which]) + 1);
                n += strlen(points[which]);
            }
            ctfi_error_set(&error, CTF_E_PATTERN, CTF_ERROR_LEXICAL, 0, 0, text, "%s", text);
            size_t length = strlen(error.message);
            assert_true(length >= 252 && length <= 255);
            assert_true(ctfi_utf8_valid((const unsigned char *)error.message, length));
            assert_memory_equal(error.message, text, length);
            length = strlen(error.service);
            assert_true(length >= sizeof error.service - 4 && length <= sizeof error.service - 1);
            assert_true(ctfi_utf8_valid((const unsigned char *)error.service, length));
            assert_memory_equal(error.service, text, length);
        }
}

static void names_are_words_for_every_value(void **state)
{
    (void)state;
    assert_string_equal(ctf_status_name(CTF_OK), "CTF_OK");
    assert_string_equal(ctf_status_name(CTF_E_ABSENT), "CTF_E_ABSENT");
    assert_string_equal(ctf_error_kind_name(CTF_ERROR_NONE), "none");
    assert_string_equal(ctf_error_kind_name(CTF_ERROR_MEMORY), "memory");
    assert_string_equal(ctf_status_name((ctf_status)99), "unknown status");
    assert_string_equal(ctf_error_kind_name((ctf_error_kind)99), "unknown");
    for (int i = CTF_OK; i <= CTF_E_ABSENT; i++)
        assert_memory_equal(ctf_status_name((ctf_status)i), "CTF_", 4);
    for (int i = CTF_ERROR_NONE; i <= CTF_ERROR_RULE; i++)
        assert_string_not_equal(ctf_error_kind_name((ctf_error_kind)i), "unknown");
}

static void release_is_the_version_of_the_header(void **state)
{
    (void)state;
    char want[64];
    snprintf(want, sizeof want, "%d.%d.%d", CTF_VERSION_MAJOR, CTF_VERSION_MINOR, CTF_VERSION_PATCH);
    assert_string_equal(ctf_library_release(), want);
}

/* ---- rendering ---- */

static ctf_error at(size_t offset, size_t length, const char *message)
{
    ctf_error error;
    ctfi_error_set(&error, CTF_E_PATTERN, CTF_ERROR_GRAMMAR, offset, length, NULL, "%s", message);
    return error;
}

/* Renders into buffers of the exact size; the text itself is on the heap without a NUL. */
static char *render(const ctf_error *error, const char *text, size_t length)
{
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    ctf_text view = {length == 0 ? NULL : copy, length};
    size_t n = ctf_error_render(error, view, "pattern", NULL, 0);
    char *out = malloc(n + 1);
    assert_non_null(out);
    assert_int_equal(ctf_error_render(error, view, "pattern", out, n + 1), n);
    assert_int_equal(strlen(out), n);
    free(copy);
    return out;
}

static void check(size_t offset, size_t length, const char *text, const char *want)
{
    ctf_error error = at(offset, length, "m");
    char *got = render(&error, text, strlen(text));
    assert_string_equal(got, want);
    free(got);
}

static void render_points_at_the_fault(void **state)
{
    (void)state;
    ctf_error error = at(14, 14, "expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)");
    static const char text[] = "{ $.eventName \"ConsoleLogin\" }";
    char *got = render(&error, text, sizeof text - 1);
    assert_string_equal(got, "pattern:1:15: expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)\n"
                             "  { $.eventName \"ConsoleLogin\" }\n"
                             "                ^^^^^^^^^^^^^^\n");
    free(got);
}

static void render_shows_one_caret_for_an_empty_span(void **state)
{
    (void)state;
    check(3, 0, "abc", "pattern:1:4: m\n  abc\n     ^\n");
    check(1, 0, "abc", "pattern:1:2: m\n  abc\n   ^\n");
    check(0, 0, "", "pattern:1:1: m\n  \n  ^\n");
    check(0, 3, "abc", "pattern:1:1: m\n  abc\n  ^^^\n");
}

static void render_shows_only_the_line_at_fault(void **state)
{
    (void)state;
    check(5, 2, "ab\ncdef\ng", "pattern:2:3: m\n  cdef\n    ^^\n");
    check(8, 1, "ab\ncdef\ng", "pattern:3:1: m\n  g\n  ^\n");
    check(0, 1, "ab\ncdef\ng", "pattern:1:1: m\n  ab\n  ^\n");
    check(3, 0, "ab\n", "pattern:2:1: m\n  \n  ^\n");
}

static void render_stops_the_carets_at_the_end_of_the_line(void **state)
{
    (void)state;
    check(1, 6, "ab\ncdef\ng", "pattern:1:2: m\n  ab\n   ^\n");
    check(2, 1, "ab\ncd", "pattern:1:3: m\n  ab\n    ^\n");
    check(4, 2, "ab\r\ncd", "pattern:2:1: m\n  cd\n  ^^\n");
}

static void render_counts_code_points(void **state)
{
    (void)state;
    check(4, 2, "\xC3\xA9\xC3\xA9x!", "pattern:1:3: m\n  \xC3\xA9\xC3\xA9x!\n    ^^\n");
    check(0, 4, "\xF0\x9F\x98\x80y", "pattern:1:1: m\n  \xF0\x9F\x98\x80y\n  ^\n");
    check(1, 1, "\xC3\xA9x", "pattern:1:1: m\n  \xC3\xA9x\n  ^\n");
}

static void render_blanks_control_characters(void **state)
{
    (void)state;
    check(2, 1, "\ta\x1B[\x7F\xC2\x85z", "pattern:1:3: m\n   a [  z\n    ^\n");
    ctf_error error = at(0, 1, "bad \x1B[31m\n");
    char *got = render(&error, "x", 1);
    assert_string_equal(got, "pattern:1:1: bad  [31m \n  x\n  ^\n");
    free(got);
}

static void render_replaces_bytes_that_are_no_utf8(void **state)
{
    (void)state;
    check(2, 1, "\xFF\xC3" "a\xE2\x82", "pattern:1:3: m\n  \xEF\xBF\xBD\xEF\xBF\xBD" "a\xEF\xBF\xBD\xEF\xBF\xBD\n    ^\n");
}

static void render_survives_places_outside_the_text(void **state)
{
    (void)state;
    check(99, 99, "abc", "pattern:1:4: m\n  abc\n     ^\n");
    check(1, SIZE_MAX, "abc", "pattern:1:2: m\n  abc\n   ^^\n");
}

/* A line of 300 columns, a fault of `length` at `offset`: the lines stay short and the carets stand under
 * the same characters. */
static void check_long(size_t offset, size_t length)
{
    char text[300];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i == offset ? '@' : 'a' + (char)(i % 23));
    ctf_error error = at(offset, length, "m");
    char *got = render(&error, text, sizeof text);
    char *line = strchr(got, '\n') + 1;
    char *carets = strchr(line, '\n') + 1;
    assert_true(carets - line - 1 <= 100);
    assert_true(strlen(carets) - 1 <= 100);
    size_t column = strcspn(carets, "^");
    if (offset < sizeof text)
        assert_int_equal(line[column], '@');
    else
        assert_int_equal(column, carets - line - 1);
    size_t shown = strspn(carets + column, "^");
    assert_true(shown >= 1 && shown <= (length == 0 ? 1 : length));
    assert_true(shown == length || length == 0 || shown >= 30);
    free(got);
}

static void render_cuts_long_lines_around_the_fault(void **state)
{
    (void)state;
    for (size_t offset = 0; offset < 300; offset++)
        for (size_t length = 0; length <= 300 - offset; length += 1 + length / 2)
            check_long(offset, length);
    check_long(300, 0);
}

static void render_marks_where_it_cut(void **state)
{
    (void)state;
    char text[300];
    memset(text, 'a', sizeof text);
    ctf_error error = at(150, 1, "m");
    char *got = render(&error, text, sizeof text);
    assert_non_null(strstr(got, "\n  ...aaa"));
    assert_non_null(strstr(got, "aaa...\n"));
    free(got);
    error = at(0, 1, "m");
    got = render(&error, text, sizeof text);
    assert_non_null(strstr(got, "\n  aaa"));
    assert_non_null(strstr(got, "aaa...\n"));
    free(got);
    error = at(299, 1, "m");
    got = render(&error, text, sizeof text);
    assert_non_null(strstr(got, "\n  ...aaa"));
    assert_null(strstr(got, "aaa...\n"));
    free(got);
}

static void render_fits_any_buffer(void **state)
{
    (void)state;
    static const char text[] = "ab \xF0\x9F\x98\x80\xC3\xA9 cd";
    ctf_error error = at(3, 4, "\xE2\x82\xAC!");
    char *whole = render(&error, text, sizeof text - 1);
    size_t length = strlen(whole);
    for (size_t size = 1; size <= length + 1; size++) {
        char *cut = malloc(size);
        assert_non_null(cut);
        memset(cut, 'Z', size);
        assert_int_equal(ctf_error_render(&error, (ctf_text){text, sizeof text - 1}, "pattern", cut, size), length);
        size_t kept = strlen(cut);
        assert_true(kept < size && kept + 4 >= size);
        assert_memory_equal(cut, whole, kept);
        assert_true(ctfi_utf8_valid((const unsigned char *)cut, kept));
        free(cut);
    }
    free(whole);
}

static void render_shows_no_line_where_there_is_none(void **state)
{
    (void)state;
    ctf_error error = at(7, 2, "m");
    error.kind = CTF_ERROR_MEMORY;
    char *got = render(&error, "abc", 3);
    assert_string_equal(got, "pattern: m\n");
    free(got);
    error.kind = CTF_ERROR_PROGRAM;
    got = render(&error, "abc\x01\x02\xFF\n\n\n\n", 10);
    assert_string_equal(got, "pattern: byte 7: m\n");
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_every_field_and_returns_the_status),
        cmocka_unit_test(no_error_to_fill_is_fine),
        cmocka_unit_test(clear_leaves_an_ok_error),
        cmocka_unit_test(long_texts_are_cut_at_a_code_point),
        cmocka_unit_test(names_are_words_for_every_value),
        cmocka_unit_test(release_is_the_version_of_the_header),
        cmocka_unit_test(render_points_at_the_fault),
        cmocka_unit_test(render_shows_one_caret_for_an_empty_span),
        cmocka_unit_test(render_shows_only_the_line_at_fault),
        cmocka_unit_test(render_stops_the_carets_at_the_end_of_the_line),
        cmocka_unit_test(render_counts_code_points),
        cmocka_unit_test(render_blanks_control_characters),
        cmocka_unit_test(render_replaces_bytes_that_are_no_utf8),
        cmocka_unit_test(render_survives_places_outside_the_text),
        cmocka_unit_test(render_cuts_long_lines_around_the_fault),
        cmocka_unit_test(render_marks_where_it_cut),
        cmocka_unit_test(render_fits_any_buffer),
        cmocka_unit_test(render_shows_no_line_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
