/* Choosing the kind, and text patterns (spec: filter-patterns 1, 2, 3, 10). */
#include "patterns.h"

static void blanks_alone_match_all(void **state)
{
    (void)state;
    assert_tree("", CTF_KIND_ALL, "");
    assert_tree(" ", CTF_KIND_ALL, "");
    assert_tree(" \t\r\n", CTF_KIND_ALL, "");
}

static void the_first_character_chooses_the_kind(void **state)
{
    (void)state;
    assert_tree("{$.a=1}", CTF_KIND_JSON, "/a = number 1");
    assert_tree("[a]", CTF_KIND_FIELDS, "a");
    assert_tree("%a%", CTF_KIND_REGEX, "regex a");
    assert_tree("a", CTF_KIND_TEXT, "word a");
    assert_tree("\"{a}\"", CTF_KIND_TEXT, "quoted {a}");
}

static void a_kind_must_end_as_it_began(void **state)
{
    static const char braces[] = "If a filter pattern starts with '{' it must end with '}'";
    static const char brackets[] = "If a filter pattern starts with '[' it must end with ']'";
    static const char percents[] = "If a filter pattern starts with '%' it must end with '%'";
    static const refusal refusals[] = {
        {"{", CTF_ERROR_UNBALANCED, "", "must end with }", braces},
        {"{ $.a = 1", CTF_ERROR_UNBALANCED, "", "must end with }", braces},
        {"{ $.a = 1 } x", CTF_ERROR_UNBALANCED, " x", "nothing may follow the closing }", braces},
        {"{ $.a = 1 } ", CTF_ERROR_UNBALANCED, " ", "delete the blanks", braces},
        {"{ $.a = 1 }\r\n", CTF_ERROR_UNBALANCED, "\r\n", "delete the blanks", braces},
        {"[", CTF_ERROR_UNBALANCED, "", "must end with ]", brackets},
        {"[ERROR] failed", CTF_ERROR_UNBALANCED, " failed", "double quotes", brackets},
        {"[a, b] x", CTF_ERROR_UNBALANCED, " x", "nothing may follow the closing ]", brackets},
        {"%", CTF_ERROR_UNBALANCED, "", "must end with %", percents},
        {"%abc", CTF_ERROR_UNBALANCED, "", "must end with %", percents},
        {"%abc%i", CTF_ERROR_UNBALANCED, "i", "no flags", percents},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void blanks_before_a_bracket_are_refused(void **state)
{
    static const refusal refusals[] = {
        {" {$.a = 1}", CTF_ERROR_GRAMMAR, " ", "must begin with it", NULL},
        {"\n\t[a]", CTF_ERROR_GRAMMAR, "\n\t", "must begin with it", NULL},
        {" %a%", CTF_ERROR_GRAMMAR, " ", "must begin with it", NULL},
        {"a {", CTF_ERROR_LEXICAL, "{", "double quotes", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void length_is_limited_in_code_points(void **state)
{
    unsigned char text[2 * 1025];
    outcome o;
    (void)state;
    for (size_t i = 0; i < 1025; i++)
        memcpy(text + 2 * i, "\xC3\xA9", 2);
    outcome_of(&o, text, 2 * 1024);
    assert_int_equal(o.status, CTF_OK);
    outcome_free(&o);
    outcome_of(&o, text, 2 * 1025);
    assert_int_equal(o.status, CTF_E_LIMIT);
    assert_int_equal(o.job.error.kind, CTF_ERROR_LIMIT);
    assert_int_equal(o.job.error.offset, 2048);
    assert_int_equal(o.job.error.length, 2);
    assert_non_null(strstr(o.job.error.message, "1025 characters"));
    assert_non_null(strstr(o.job.error.service, "...' at 'filterPattern' failed to satisfy constraint: "
                                                "Member must have length less than or equal to 1024"));
    outcome_free(&o);
}

static void invalid_utf8_is_refused_where_it_stands(void **state)
{
    static const refusal refusals[] = {
        {"ab\xC3", CTF_ERROR_LEXICAL, "\xC3", "0xC3", ""},
        {"\"a\xFFz\"", CTF_ERROR_LEXICAL, "\xFF", "0xFF", ""},
        {"{ $.a = \"\xED\xA0\x80\" }", CTF_ERROR_LEXICAL, "\xED", "UTF-8", ""},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void terms_are_joined_by_and(void **state)
{
    (void)state;
    assert_tree("ERROR", CTF_KIND_TEXT, "word ERROR");
    assert_tree("  ERROR\r\n WARN\t", CTF_KIND_TEXT, "and(word ERROR, word WARN)");
    assert_tree("a b.c d_e 404", CTF_KIND_TEXT, "and(word a, word b.c, word d_e, word 404)");
    assert_tree("AND OR null", CTF_KIND_TEXT, "and(word AND, word OR, word null)");
    assert_tree("na\xC3\xAFve \xE6\x97\xA5\xE6\x9C\xAC", CTF_KIND_TEXT,
                "and(word na\xC3\xAFve, word \xE6\x97\xA5\xE6\x9C\xAC)");
}

static void signs_are_operators_even_inside_a_word(void **state)
{
    (void)state;
    assert_tree("a-b", CTF_KIND_TEXT, "and(word a, -word b)");
    assert_tree("a?b", CTF_KIND_TEXT, "and(word a, ignored ?word b)");
    assert_tree("\"a\"-\"b\"?c", CTF_KIND_TEXT, "and(quoted a, -quoted b, ignored ?word c)");
    assert_tree("-a - \"b\"", CTF_KIND_TEXT, "and(-word a, -quoted b)");
    assert_tree("- \t a", CTF_KIND_TEXT, "-word a");
}

static void optional_terms_count_only_among_themselves(void **state)
{
    (void)state;
    assert_tree("?a", CTF_KIND_TEXT, "?word a");
    assert_tree("?a ?\"b c\"", CTF_KIND_TEXT, "or(?word a, ?quoted b c)");
    assert_tree("?a?b", CTF_KIND_TEXT, "or(?word a, ?word b)");
    assert_tree("?a b ?c", CTF_KIND_TEXT, "and(ignored ?word a, word b, ignored ?word c)");
    assert_tree("?a -b", CTF_KIND_TEXT, "and(ignored ?word a, -word b)");
}

static void only_quote_and_backslash_are_escaped_in_quotes(void **state)
{
    (void)state;
    assert_tree("\"say \\\"hi\\\"\"", CTF_KIND_TEXT, "quoted say \"hi\"");
    assert_tree("\"c:\\\\temp\"", CTF_KIND_TEXT, "quoted c:\\temp");
    assert_tree("\"a\\nb\\*\"", CTF_KIND_TEXT, "quoted a\\nb\\*");
    assert_tree("\"\\\\\"", CTF_KIND_TEXT, "quoted \\");
    assert_tree("\" \"", CTF_KIND_TEXT, "quoted  ");
    assert_tree("\"ALE* ?a -b %c%\"", CTF_KIND_TEXT, "quoted ALE* ?a -b %c%");
}

static void a_nul_is_a_character_like_any_other(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, "\"a\0b\"", 5);
    assert_int_equal(o.status, CTF_OK);
    assert_int_equal(o.tree->root->test.literal.text.length, 3);
    assert_memory_equal(o.tree->root->test.literal.text.data, "a\0b", 3);
    outcome_free(&o);
    outcome_of(&o, "a\0", 2);
    assert_int_equal(o.job.error.kind, CTF_ERROR_LEXICAL);
    assert_int_equal(o.job.error.offset, 1);
    assert_int_equal(o.job.error.length, 1);
    outcome_free(&o);
    outcome_of(&o, "{ $.a \0= 1 }", 12);
    assert_int_equal(o.job.error.offset, 6);
    outcome_free(&o);
}

static void symbols_outside_quotes_are_refused_by_name(void **state)
{
    static const refusal refusals[] = {
        {"ALE*", CTF_ERROR_LEXICAL, "*", "drop the *", NULL},
        {"ERROR!", CTF_ERROR_LEXICAL, "!", "-term", NULL},
        {"ALERT:", CTF_ERROR_LEXICAL, ":", "put the whole term in double quotes", NULL},
        {"x/y", CTF_ERROR_LEXICAL, "/", "double quotes", NULL},
        {"a@b", CTF_ERROR_LEXICAL, "@", "double quotes", NULL},
        {"a,b", CTF_ERROR_LEXICAL, ",", "double quotes", NULL},
        {"a (b", CTF_ERROR_LEXICAL, "(", "cannot be grouped", NULL},
        {"a [b", CTF_ERROR_LEXICAL, "[", "space-delimited", NULL},
        {"a\\b", CTF_ERROR_LEXICAL, "\\", "backslash", NULL},
        {"`a`", CTF_ERROR_LEXICAL, "`", "back-tick", NULL},
        {"'a'", CTF_ERROR_LEXICAL, "'", "single quote", NULL},
        {"a || b", CTF_ERROR_LEXICAL, "|", "?one ?two", NULL},
        {"a && b", CTF_ERROR_LEXICAL, "&", "all terms", NULL},
        {"a=b", CTF_ERROR_LEXICAL, "=", "double quotes", NULL},
        {"a $.b", CTF_ERROR_LEXICAL, "$", "JSON pattern", NULL},
        {"ERROR %x%", CTF_ERROR_LEXICAL, "%", "whole pattern", NULL},
        {"?%x%", CTF_ERROR_LEXICAL, "%", "whole pattern", NULL},
        {"\xE2\x80\x9C" "a" "\xE2\x80\x9D", CTF_ERROR_LEXICAL, "\xE2\x80\x9C", "straight quote", NULL},
        {"a\xC2\xA0" "b", CTF_ERROR_LEXICAL, "\xC2\xA0", "no-break space", NULL},
        {"a \xE2\x80\x93" "b", CTF_ERROR_LEXICAL, "\xE2\x80\x93", "ordinary -", NULL},
        {"a \xF0\x9F\x98\x80", CTF_ERROR_LEXICAL, "\xF0\x9F\x98\x80", "double quotes", NULL},
        {"\xEF\xBB\xBF{ $.a = 1 }", CTF_ERROR_LEXICAL, "\xEF\xBB\xBF", "byte order mark", NULL},
        {"a\x1B[0m", CTF_ERROR_LEXICAL, "\x1B", "0x1B", "Invalid character(s) in term ' '"},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void terms_in_wrong_order_are_refused(void **state)
{
    static const refusal refusals[] = {
        {"\"a\"b", CTF_ERROR_GRAMMAR, "b", "a blank is missing", NULL},
        {"a\"b\"", CTF_ERROR_GRAMMAR, "\"b\"", "a blank is missing", NULL},
        {"?", CTF_ERROR_GRAMMAR, "?", "expected a term after ?", NULL},
        {"? a", CTF_ERROR_GRAMMAR, "?", "no blank may follow ?", NULL},
        {"a -", CTF_ERROR_GRAMMAR, "-", "expected a term after -", NULL},
        {"--a", CTF_ERROR_GRAMMAR, "-", "expected a term after -", NULL},
        {"-?a", CTF_ERROR_GRAMMAR, "-", "expected a term after -", NULL},
        {"\"\"", CTF_ERROR_LEXICAL, "\"\"", "empty term", NULL},
        {"foo \"\" bar", CTF_ERROR_LEXICAL, "\"\"", "empty term", NULL},
        {"\"ERROR", CTF_ERROR_LEXICAL, "\"ERROR", "never closed", NULL},
        {"\"ERROR\\\"", CTF_ERROR_LEXICAL, "\"ERROR\\\"", "never closed", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void a_lexeme_is_whole_in_the_service_text_unless_it_has_no_room(void **state)
{
    char text[1801];
    outcome o;
    (void)state;
    text[0] = '"';
    for (size_t i = 0; i < 600; i++)
        memcpy(text + 1 + 3 * i, "\xE2\x82\xAC", 3);
    outcome_of(&o, text, 391);
    assert_int_equal(o.job.error.length, 391);
    size_t length = strlen(o.job.error.service);
    assert_memory_equal(o.job.error.service + length - 392, text, 391);
    outcome_free(&o);
    outcome_of(&o, text, sizeof text);
    length = strlen(o.job.error.service);
    assert_memory_equal(o.job.error.service + length - 7, "\xE2\x82\xAC...'", 7);
    assert_true(length + 4 > sizeof o.job.error.service);
    outcome_free(&o);
}

static void spans_show_the_terms(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, "a - \"b c\"", 9);
    const ctfi_node *second = o.tree->root->first->next;
    assert_int_equal(o.tree->root->span.offset, 0);
    assert_int_equal(o.tree->root->span.length, 9);
    assert_int_equal(second->span.offset, 2);
    assert_int_equal(second->span.length, 7);
    assert_int_equal(second->test.literal.span.offset, 4);
    assert_int_equal(second->test.literal.span.length, 5);
    outcome_free(&o);
}

static long budget;

static void *limited(void *context, void *block, size_t size)
{
    (void)context;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return budget-- > 0 ? realloc(block, size) : NULL;
}

/* Every allocation fails once; the sanitizers see what leaks. */
static void each_allocation_may_fail(void **state)
{
    static const char *const patterns[] = {
        "a -\"b\\\"\" ?c",
        "%a[b-d]{2,3}|^e%",
        "[a, b = \"x\\\"\" || (b > 1 && b = %x%), ...]",
        "{ ($.a.['b'][0].* = \"x\\\"\" || $.c IS NULL) && $.d = 1e3 }",
    };
    const ctf_allocator allocator = {limited, NULL};
    (void)state;
    for (size_t i = 0; i < COUNT(patterns); i++) {
        outcome o = {.text = exact(patterns[i], strlen(patterns[i])), .status = CTF_E_NOMEM};
        for (long n = 0; o.status != CTF_OK; n++) {
            budget = n;
            o.status = ctfi_job_run(&o.job, &allocator, outcome_body, &o);
            assert_true(o.status == CTF_OK || o.status == CTF_E_NOMEM);
            assert_true(n < 1000);
            ctfi_arena_free(&o.job.arena);
        }
        free((void *)(uintptr_t)o.text.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_alone_match_all),
        cmocka_unit_test(the_first_character_chooses_the_kind),
        cmocka_unit_test(a_kind_must_end_as_it_began),
        cmocka_unit_test(blanks_before_a_bracket_are_refused),
        cmocka_unit_test(length_is_limited_in_code_points),
        cmocka_unit_test(invalid_utf8_is_refused_where_it_stands),
        cmocka_unit_test(terms_are_joined_by_and),
        cmocka_unit_test(signs_are_operators_even_inside_a_word),
        cmocka_unit_test(optional_terms_count_only_among_themselves),
        cmocka_unit_test(only_quote_and_backslash_are_escaped_in_quotes),
        cmocka_unit_test(a_nul_is_a_character_like_any_other),
        cmocka_unit_test(symbols_outside_quotes_are_refused_by_name),
        cmocka_unit_test(terms_in_wrong_order_are_refused),
        cmocka_unit_test(a_lexeme_is_whole_in_the_service_text_unless_it_has_no_room),
        cmocka_unit_test(spans_show_the_terms),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
