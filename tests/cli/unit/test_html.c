#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "html.h"

#define TEXT(s) ((ctf_text){s, sizeof(s) - 1})

/* Compares what was written since, and starts again. */
static void expect(blob *out, const char *want)
{
    blob_append_byte(out, '\0');
    assert_string_equal((const char *)out->data, want);
    blob_free(out);
}

static void text_escapes_all_that_is_markup(void **state)
{
    (void)state;
    blob out = {0};
    html_text(&out, TEXT("<a href=\"x\" title='y'>&amp;</a>]]>"));
    expect(&out, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;]]&gt;");
}

static void text_keeps_letters_of_every_script(void **state)
{
    (void)state;
    blob out = {0};
    static const char text[] = "gr\xc3\xbc\xc3\x9f \xd7\xa9\xd7\x9c \xe6\x97\xa5 \xf0\x9f\x98\x80\ttab\nline";
    html_text(&out, TEXT(text));
    expect(&out, text);
}

static void text_shows_control_characters_as_pictures(void **state)
{
    (void)state;
    blob out = {0};
    html_text(&out, TEXT("a\0b\x1b[31m\r\x7f\xc2\x85"));
    expect(&out, "a\xe2\x90\x80" "b\xe2\x90\x9b[31m\xe2\x90\x8d\xe2\x90\xa1\xef\xbf\xbd");
}

static void text_replaces_each_byte_that_is_no_utf8(void **state)
{
    (void)state;
    blob out = {0};
    html_text(&out, TEXT("a\xff\xc0\xaf\xed\xa0\x80z\xe2\x82"));
    expect(&out, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd");
}

static void text_spells_out_what_reorders_or_hides(void **state)
{
    (void)state;
    blob out = {0};
    html_text(&out, TEXT("a\xe2\x80\xaeltr\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf\xe2\x80\xa8\xf3\xa0\x81\x81z"));
    expect(&out, "a[U+202E]ltr[U+2066][U+200B][U+FEFF][U+2028][U+E0041]z");
}

static void clip_counts_characters_and_marks_the_cut(void **state)
{
    (void)state;
    blob out = {0};
    html_clip(&out, TEXT("\xc3\xbc<\xc3\xbcz"), 3);
    expect(&out, "\xc3\xbc&lt;\xc3\xbc\xe2\x80\xa6");
    html_clip(&out, TEXT("abc"), 3);
    expect(&out, "abc");
    html_clip(&out, TEXT("abc"), 0);
    expect(&out, "\xe2\x80\xa6");
    html_clip(&out, (ctf_text){NULL, 0}, 3);
    expect(&out, "");
}

static void counts_have_separators_and_words_their_plural(void **state)
{
    (void)state;
    blob out = {0};
    html_count(&out, 999);
    expect(&out, "999");
    html_count(&out, UINT64_MAX);
    expect(&out, "18,446,744,073,709,551,615");
    html_plural(&out, 1, "event", "events");
    expect(&out, "1 event");
    html_plural(&out, 1000, "event", "events");
    expect(&out, "1,000 events");
}

static const struct {
    double value;
    const char *text;
} coordinates[] = {{0, "0"},       {-0.0, "0"},  {1.04, "1"},  {12.5, "12.5"},      {0.25, "0.3"},
                   {99.96, "100"}, {-3.3, "-3.3"}, {0.04, "0"}, {NAN, "0"},           {INFINITY, "1000000"},
                   {880, "880"},   {0.05, "0.1"}, {7.1, "7.1"}, {-1e300, "-1000000"}, {-0.04, "0"}};

static void coordinates_are_short_and_always_numbers(void **state)
{
    (void)state;
    blob out = {0};
    for (size_t i = 0; i < sizeof coordinates / sizeof coordinates[0]; i++) {
        html_coordinate(&out, coordinates[i].value);
        expect(&out, coordinates[i].text);
    }
}

static void moments_leave_out_seconds_that_are_none(void **state)
{
    (void)state;
    blob out = {0};
    html_moment(&out, INT64_C(1768471500000));
    expect(&out, "2026-01-15 10:05");
    html_moment(&out, INT64_C(1768471507250));
    expect(&out, "2026-01-15 10:05:07.250");
    html_moment(&out, -1000);
    expect(&out, "1969-12-31 23:59:59");
    html_time(&out, 0);
    expect(&out, "<time datetime=\"1970-01-01T00:00:00Z\">1970-01-01 00:00</time>");
}

static void moments_hold_at_the_ends_of_time(void **state)
{
    (void)state;
    blob out = {0};
    html_time(&out, INT64_MAX);
    html_time(&out, INT64_MIN);
    assert_true(out.length > 60 && out.length < 300);
    blob_free(&out);
}

static void durations_name_every_unit_that_counts(void **state)
{
    (void)state;
    blob out = {0};
    html_duration(&out, 0, INT64_C(86400000) * 1234 + 7200000 + 300000 + 4001);
    expect(&out, "1,234 d 2 h 5 min 4 s 1 ms");
    html_duration(&out, 1000, 301000);
    expect(&out, "5 min");
    html_duration(&out, 5, 5);
    expect(&out, "0");
    html_duration(&out, 5, 4);
    expect(&out, "0");
    html_duration(&out, INT64_MIN, INT64_MAX);
    expect(&out, "213,503,982,334 d 14 h 25 min 51 s 615 ms");
}

static void doubles_keep_their_digits_or_the_first_six(void **state)
{
    (void)state;
    blob out = {0};
    html_double(&out, 0.1);
    expect(&out, "0.1");
    html_double(&out, INFINITY);
    expect(&out, "Infinity");
    html_double_short(&out, 1.0 / 3.0);
    expect(&out, "0.333333");
    html_double_short(&out, 0.0);
    expect(&out, "0");
    html_double_short(&out, NAN);
    expect(&out, "NaN");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_escapes_all_that_is_markup),
        cmocka_unit_test(text_keeps_letters_of_every_script),
        cmocka_unit_test(text_shows_control_characters_as_pictures),
        cmocka_unit_test(text_replaces_each_byte_that_is_no_utf8),
        cmocka_unit_test(text_spells_out_what_reorders_or_hides),
        cmocka_unit_test(clip_counts_characters_and_marks_the_cut),
        cmocka_unit_test(counts_have_separators_and_words_their_plural),
        cmocka_unit_test(coordinates_are_short_and_always_numbers),
        cmocka_unit_test(moments_leave_out_seconds_that_are_none),
        cmocka_unit_test(moments_hold_at_the_ends_of_time),
        cmocka_unit_test(durations_name_every_unit_that_counts),
        cmocka_unit_test(doubles_keep_their_digits_or_the_first_six),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
