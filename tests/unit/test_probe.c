/* The probe: which needles a filter gets. That messages without them match nothing is for test_probe_pass.c. */
#include "program.h"

#include "program/verify.h"

/* ---- what is planned ---- */

/* Without the places that are looked for: " by 1 7". */
static void grow_line(growing *lines, const char *text)
{
    const char *by = strstr(text, "\" by "), *end = strchr(text, '\n');
    if (by == NULL || by > end) {
        grow(lines, text, (size_t)(end + 1 - text));
        return;
    }
    const char *behind = by + strlen("\" by ");
    behind += strspn(behind, "0123456789 ");
    grow(lines, text, (size_t)(by + 1 - text));
    grow(lines, " ", *behind != '\n');
    grow(lines, behind, (size_t)(end + 1 - behind));
}

/* The lines of the dump that speak of the probe, without "probe ". */
static void assert_probe(const ctf_filter *filter, const char *expected)
{
    growing all = dump_of(filter), lines = {NULL, 0};
    grow(&lines, "", 0);
    for (const char *line = strstr(all.data, "\nprobe "); line != NULL; line = strstr(line + 1, "\nprobe ")) {
        grow_line(&lines, line + strlen("\nprobe "));
    }
    assert_string_equal(lines.data, expected);
    free(lines.data);
    free(all.data);
}

#define ASSERT_PROBE(expected, ...)                \
    do {                                           \
        ctf_filter *filter_ = COMPILE(__VA_ARGS__); \
        assert_probe(filter_, expected);           \
        ctf_filter_free(filter_);                  \
    } while (0)

#define ESCAPE "escape \"\\\\u00\"\n"
#define SLASH "literal \"\\\\/\"\n"

static void one_text_is_looked_for_in_its_quotes(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"\\\"StopLogging\\\"\"\n" ESCAPE, "{ $.eventName = StopLogging }");
    ASSERT_PROBE("literal \"\\\"\\\"\"\n", "{ $.a = \"\" }");
}

static void many_texts_at_one_place_are_looked_for_by_its_key(void **state)
{
    (void)state;
    ASSERT_PROBE("key \"\\\"eventName\\\"\" text of n1\n" ESCAPE,
                 "{ $.eventName = Aa || $.eventName = Bb || $.eventName = Cc }");
    ASSERT_PROBE("literal \"\\\"Aa\\\"\"\nliteral \"\\\"Bb\\\"\"\n" ESCAPE,
                 "{ $.eventName = Aa || $.eventName = Bb }");
}

static void a_key_that_is_searched_for_anyway_serves_other_places(void **state)
{
    (void)state;
    ASSERT_PROBE("key \"\\\"eventName\\\"\" text of n1 text of n3\n" ESCAPE,
                 "{ $.eventName = Aa || $.eventName = Bb || $.eventName = Cc }", "{ $.b.eventName = Dd }");
}

/* A number passes a test of its text, however it is spelled. */
static void what_a_number_may_print_as_is_no_literal(void **state)
{
    static const char *const numberly[] = {"\"7\"", "\"-\"", "\"1.0E10\"", "\"Infinity\"", "\"*fin*\"", "\"*0\"",
                                           "%^1\\.0E%", "%[0-9]+%", "%Infinity|x[0-9]y%", "7"};
    static const char *const others[] = {"\"7a\"", "\"infinity\"", "\"1e5\"", "\"*7*z\"", "%^1\\.0e%", "\"+1\""};
    char pattern[64];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(numberly); i++) {
        snprintf(pattern, sizeof pattern, "{ $.a = %s }", numberly[i]);
        ctf_filter *filter = COMPILE(pattern);
        assert_int_equal(filter->probe.needles[0].type, CTFI_NEEDLE_KEY);
        assert_true(filter->probe.needles[0].kinds & CTFI_SEES_NUMBER);
        ctf_filter_free(filter);
    }
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        snprintf(pattern, sizeof pattern, "{ $.a = %s }", others[i]);
        ctf_filter *filter = COMPILE(pattern);
        assert_int_equal(filter->probe.needles[0].type, CTFI_NEEDLE_LITERAL);
        ctf_filter_free(filter);
    }
}

static void a_wildcard_needs_its_longest_piece(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"\\\"Access\"\n" ESCAPE, "{ $.a = \"Access*ied\" }");
    ASSERT_PROBE("literal \"Operation\\\"\"\n" ESCAPE, "{ $.a = \"*Un*Operation\" }");
    ASSERT_PROBE("literal \"middle\"\n" ESCAPE, "{ $.a = \"*middle*x*\" }");
    ASSERT_PROBE("key \"\\\"a\\\"\" string number\n" ESCAPE, "{ $.a = * }");
}

static void every_branch_of_an_expression_needs_a_run(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"\\\"Put\"\nliteral \"Delete\\\"\"\n" ESCAPE, "{ $.a = %^Put|Delete$% }");
    ASSERT_PROBE("literal \"aabc\"\n" ESCAPE, "{ $.a = %xa{2,}bc% }");
    ASSERT_PROBE("literal \"xaa\"\n" ESCAPE, "{ $.a = %xa{2,}[bc]% }");
    ASSERT_PROBE("literal \"bcd\"\n" ESCAPE, "{ $.a = %ya?bcd+% }");
    ASSERT_PROBE("key \"\\\"a\\\"\" string number\n" ESCAPE, "{ $.a = %Put|[a-z]+% }");
    ASSERT_PROBE("key \"\\\"a\\\"\" string number\n" ESCAPE, "{ $.a = %one|two|three|four|five|six|seven|eight|nine% }");
}

static void kinds_of_values_are_looked_for_by_the_key(void **state)
{
    (void)state;
    ASSERT_PROBE("key \"\\\"a\\\"\" null array\n" ESCAPE, "{ $.a IS NULL }");
    ASSERT_PROBE("key \"\\\"a\\\"\" true\n" ESCAPE, "{ $.a IS TRUE }");
    ASSERT_PROBE("key \"\\\"a\\\"\" number text of n1\n" ESCAPE, "{ $.a = 7 }");
    ASSERT_PROBE("key \"\\\"a\\\"\" number\n" ESCAPE, "{ $.a > 7 }");
    ASSERT_PROBE("key \"\\\"a\\\"\" array\n" ESCAPE, "{ $.a[3] > 7 }");
    ASSERT_PROBE("key \"\\\"a\\\"\" object array\n" ESCAPE, "{ $.a.* > 7 }");
    ASSERT_PROBE("key \"\\\"a\\\"\" anything\n" ESCAPE, "{ $.a[*].b != x }");
}

/* What any of several tests at one place lets pass, passes. */
static void tests_of_one_place_are_joined(void **state)
{
    (void)state;
    ASSERT_PROBE("key \"\\\"a\\\"\" string number text of n1\n" ESCAPE, "{ $.a = xx }", "{ $.a = * }");
    ASSERT_PROBE("key \"\\\"a\\\"\" true text of n1\n" ESCAPE, "{ $.a = xx }", "{ $.a IS TRUE }");
    ASSERT_PROBE("key \"\\\"a\\\"\" number true\n" ESCAPE, "{ $.a > 5 }", "{ $.b.a IS TRUE }");
    ASSERT_PROBE("key \"\\\"a\\\"\" string text of n10 text of n11 text of n12 text of n13 text of n14 "
                 "text of n15 text of n16 text of n17\n" ESCAPE,
                 "{ $.b.a = \"\xC3\xA9\" }", "{ $.c.a = \"\xC3\xA9\" }", "{ $.d.a = \"\xC3\xA9\" }",
                 "{ $.e.a = \"\xC3\xA9\" }", "{ $.f.a = \"\xC3\xA9\" }", "{ $.g.a = \"\xC3\xA9\" }",
                 "{ $.h.a = \"\xC3\xA9\" }", "{ $.i.a = \"\xC3\xA9\" }", "{ $.j.a = \"\xC3\xA9\" }");
}

static void a_rare_key_above_is_better_than_a_common_one(void **state)
{
    (void)state;
    ASSERT_PROBE("key \"\\\"errorCode\\\"\" object\n" ESCAPE, "{ $.errorCode.eventName > 3 }");
}

static void texts_that_are_not_plain_are_cut(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"longer\\\"\"\n" ESCAPE, "{ $.a = \"x\\\"longer\" }");
    ASSERT_PROBE("literal \"longer\\\"\"\n" ESCAPE, "{ $.a = \"x\\\\longer\" }");
    ASSERT_PROBE("literal \"\\\"caf\"\n" ESCAPE, "{ $.a = \"caf\xC3\xA9\" }");
    ASSERT_PROBE("key \"\\\"a\\\"\" text of n1\n" ESCAPE, "{ $.a = \"\xC3\xA9\" }");
    ASSERT_PROBE("literal \"\\\"a/b\\\"\"\n" ESCAPE SLASH, "{ $.a = \"a/b\" }");
}

static void a_long_literal_is_looked_for_by_its_beginning(void **state)
{
    char pattern[200];
    (void)state;
    memset(pattern, 'q', sizeof pattern);
    memcpy(pattern, "{ $.a = \"", 9);
    snprintf(pattern + 150, sizeof pattern - 150, "\" }");
    ctf_filter *filter = COMPILE(pattern);
    assert_int_equal(filter->probe.needles[0].length, CTFI_NEEDLE_TEXT);
    assert_memory_equal(filter->probe.needles[0].text, "\"qqqq", 5);
    ctf_filter_free(filter);
}

/* Nine texts alike in what a needle holds of them are one needle, which must not hide that there are nine. */
static void nine_long_texts_are_not_one(void **state)
{
    char pattern[1024] = "{ $.a = x";
    (void)state;
    for (char last = 'a'; last < 'j'; last++) {
        size_t length = strlen(pattern);
        snprintf(pattern + length, sizeof pattern - length, " || $.a = \"%060d%c\"", 0, last);
    }
    snprintf(pattern + strlen(pattern), 3, " }");
    ASSERT_PROBE("key \"\\\"a\\\"\" text of n1\n" ESCAPE, pattern);
}

static void a_key_that_is_not_plain_is_looked_for_in_part(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"\\\"ab\"\n" ESCAPE, "{ $.['ab\"c'] > 3 }");
    ASSERT_PROBE("literal \"\\\"caf\"\n" ESCAPE, "{ $.['caf\xC3\xA9'] > 3 }");
}

/* The pair by which a needle is looked for is no part of words that stand in every event. */
static void the_pair_of_a_needle_is_rare(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.eventSource = iam.amazonaws.com }");
    const ctfi_needle *needle = &filter->probe.needles[0];
    assert_true(needle->first < strlen("\"iam.") && needle->second < needle->length);
    assert_true(needle->first < needle->second);
    ctf_filter_free(filter);
}

static void raw_texts_need_no_quotes_and_no_escapes(void **state)
{
    (void)state;
    ASSERT_PROBE("literal \"ERROR\"\n", "ERROR -timeout");
    ASSERT_PROBE("literal \"ERROR\"\nliteral \"a\\\\\\\"\\xC3\\xA9\"\n", "?ERROR ?\"a\\\\\\\"\xC3\xA9\"");
    ASSERT_PROBE("literal \"x=\"\n", "%x=[0-9]%");
    ASSERT_PROBE("literal \"GET\"\n", "[ip, method = GET]");
    ASSERT_PROBE("literal \"1.1.\"\n", "[ip = *1.1.*, method]");
}

static void what_needs_nothing_has_no_probe(void **state)
{
    static const char text[] = "none: a text is asked for that needs no literal\n";
    (void)state;
    ASSERT_PROBE("none: some pattern is run on every message\n", "{ $.a = x }", "{ $.a NOT EXISTS }");
    ASSERT_PROBE("none: some pattern is run on every message\n", "");
    ASSERT_PROBE("none: the number of fields decides\n", "[a, b]");
    ASSERT_PROBE(text, "[a, b = 5, c]");
    ASSERT_PROBE(text, "[a, b = 5*, c]");
    ASSERT_PROBE(text, "%[a-z]%");
    ASSERT_PROBE(text, "x");
    ASSERT_PROBE("none: a value is asked for that no key and no literal stands for\n", "{ $.* = 5 }");
    ASSERT_PROBE("none: a value is asked for that no key and no literal stands for\n", "{ $.['\xC3\xA9'] = 5 }");
}

static void eight_needles_are_the_most(void **state)
{
    (void)state;
    ctf_filter *seven = COMPILE("?aa ?bb ?cc ?dd ?ee ?ff ?gg ?hh");
    assert_int_equal(seven->probe.n, 8);
    ctf_filter_free(seven);
    ASSERT_PROBE("none: more than eight needles\n", "?aa ?bb ?cc ?dd ?ee ?ff ?gg ?hh ?ii");
    ctf_filter *json = COMPILE("{ $.a = aa || $.b = bb || $.c = cc || $.d = dd || $.e = ee || $.f = ff || $.g = gg }");
    assert_int_equal(json->probe.n, 8);
    ctf_filter_free(json);
    ASSERT_PROBE("none: more than eight needles\n",
                 "{ $.a = aa || $.b = bb || $.c = cc || $.d = dd || $.e = ee || $.f = ff || $.g = \"g/g\" }");
}

/* Sixteen texts under eight keys would be sixteen needles, or eight, and one for the escapes. */
static void keys_are_taken_where_literals_would_be_too_many(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a = ax || $.a = ay || $.b = bx || $.b = by || $.c = cx || $.c = cy }",
                                 "{ $.eventName = dx || $.eventName = dy || $.eventType = ex || $.eventType = ey }");
    assert_null(filter->probe.absent);
    assert_true(filter->probe.n <= CTFI_PROBE_NEEDLES);
    ctf_filter_free(filter);
}

static void a_loaded_filter_has_the_same_probe(void **state)
{
    ctf_filter *loaded, *filter = COMPILE("{ $.a = %^Put|Delete$% || $.b = 7 }", "ERROR");
    (void)state;
    ctf_text image = ctf_filter_image(filter);
    assert_int_equal(ctf_filter_load(image.data, image.length, NULL, &loaded, NULL), CTF_OK);
    assert_int_equal(loaded->probe.n, 5);
    assert_memory_equal(&loaded->probe, &filter->probe, sizeof filter->probe);
    ctf_filter_free(loaded);
    ctf_filter_free(filter);
}

/* An image whose expression says something else than its automaton does. */
static ctf_filter *load_with_source(const char *pattern, const char *source)
{
    ctf_filter *loaded, *filter = COMPILE(pattern);
    ctf_text image = ctf_filter_image(filter);
    unsigned char *bytes = malloc(image.length);
    memcpy(bytes, image.data, image.length);
    ctfi_image *head = (ctfi_image *)(void *)bytes;
    ctfi_string written = ctfi_image_REGEXES(head)[0].source;
    assert_int_equal(written.length, strlen(source));
    memcpy(bytes + head->sections[CTFI_SECTION_BYTES].offset + written.offset, source, written.length);
    head->checksum = ctfi_image_checksum(bytes, image.length);
    assert_int_equal(ctf_filter_load(bytes, image.length, NULL, &loaded, NULL), CTF_OK);
    free(bytes);
    ctf_filter_free(filter);
    return loaded;
}

static void a_source_that_lies_is_not_believed(void **state)
{
    (void)state;
    ctf_filter *filter = load_with_source("{ $.a = %abc% }", "xyz");
    assert_probe(filter, "key \"\\\"a\\\"\" string number\n" ESCAPE);
    ctf_filter_free(filter);
    filter = load_with_source("%abc%", "xyz");
    assert_probe(filter, "none: a text is asked for that needs no literal\n");
    ctf_filter_free(filter);
    filter = load_with_source("%abc%", "a[b");
    assert_probe(filter, "none: a regular expression that is none\n");
    ctf_filter_free(filter);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_text_is_looked_for_in_its_quotes),
        TEST(many_texts_at_one_place_are_looked_for_by_its_key),
        TEST(a_key_that_is_searched_for_anyway_serves_other_places),
        TEST(what_a_number_may_print_as_is_no_literal),
        TEST(a_wildcard_needs_its_longest_piece),
        TEST(every_branch_of_an_expression_needs_a_run),
        TEST(kinds_of_values_are_looked_for_by_the_key),
        TEST(tests_of_one_place_are_joined),
        TEST(a_rare_key_above_is_better_than_a_common_one),
        TEST(texts_that_are_not_plain_are_cut),
        TEST(a_long_literal_is_looked_for_by_its_beginning),
        TEST(nine_long_texts_are_not_one),
        TEST(a_key_that_is_not_plain_is_looked_for_in_part),
        TEST(the_pair_of_a_needle_is_rare),
        TEST(raw_texts_need_no_quotes_and_no_escapes),
        TEST(what_needs_nothing_has_no_probe),
        TEST(eight_needles_are_the_most),
        TEST(keys_are_taken_where_literals_would_be_too_many),
        TEST(a_loaded_filter_has_the_same_probe),
        TEST(a_source_that_lies_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
