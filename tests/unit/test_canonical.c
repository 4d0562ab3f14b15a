/* Canonical printing: one spelling, the same tree, its own fixed point. */
#include "patterns.h"

/* The literal's type without the difference between bare and quoted text. */
static void fold_quotes(char *text)
{
    for (char *at = strstr(text, "word "); at != NULL; at = strstr(at, "word "))
        memcpy(at, "text ", 5);
    for (char *at = strstr(text, "quoted "); at != NULL; at = strstr(at, "quoted ")) {
        memcpy(at, "text ", 5);
        memmove(at + 5, at + 7, strlen(at + 7) + 1);
    }
}

static void assert_same_tree(const outcome *a, const outcome *b)
{
    sheet first;
    sheet second;
    sheet_tree(&first, a->tree);
    sheet_tree(&second, b->tree);
    fold_quotes(first.text);
    fold_quotes(second.text);
    assert_string_equal(second.text, first.text);
    assert_int_equal(a->tree->kind, b->tree->kind);
    assert_int_equal(a->tree->n_fields, b->tree->n_fields);
}

static void assert_canonical(const char *pattern, const char *canonical)
{
    outcome a;
    outcome b;
    outcome_of(&a, pattern, strlen(pattern));
    if (a.tree == NULL)
        fail_msg("%s is refused: %s", pattern, a.job.error.message);
    if (a.canonical.length != strlen(canonical) || memcmp(a.canonical.data, canonical, a.canonical.length) != 0)
        fail_msg("%s gives %.*s", pattern, (int)a.canonical.length, (const char *)a.canonical.data);
    outcome_of(&b, canonical, strlen(canonical));
    if (b.tree == NULL)
        fail_msg("%s is refused: %s", canonical, b.job.error.message);
    assert_true(ctfi_bytes_equal(a.canonical, b.canonical));
    assert_same_tree(&a, &b);
    outcome_free(&a);
    outcome_free(&b);
}

static void match_all_is_empty(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, " \t", 2);
    assert_int_equal(o.status, CTF_OK);
    assert_int_equal(o.canonical.length, 0);
    outcome_free(&o);
}

static void terms_are_quoted_and_ignored_ones_kept(void **state)
{
    (void)state;
    assert_canonical("  ERROR\t- \"a b\"?c", "\"ERROR\" -\"a b\" ?\"c\"");
    assert_canonical("?a?b", "?\"a\" ?\"b\"");
    assert_canonical("-a", "-\"a\"");
    assert_canonical("\"\\\"\\\\ \\n\"", "\"\\\"\\\\ \\\\n\"");
}

static void a_regex_stays_as_it_is(void **state)
{
    (void)state;
    assert_canonical("%^a{2, }| b\\-[]]%", "%^a{2, }| b\\-[]]%");
}

static void blanks_keywords_and_quotes_have_one_spelling(void **state)
{
    (void)state;
    assert_canonical("{$.a=x}", "{ $.a = \"x\" }");
    assert_canonical("{ $.a!=\"x y\"&&$.b>=1.50e+3||$.c   is\tnull }",
                     "{ $.a != \"x y\" && $.b >= 1.50e+3 || $.c IS NULL }");
    assert_canonical("{$.a not exists&&$.b Is True && $.c IS false}",
                     "{ $.a NOT EXISTS && $.b IS TRUE && $.c IS FALSE }");
    assert_canonical("{$.a<1&&$.b<=2&&$.c>3&&$.d>=4}", "{ $.a < 1 && $.b <= 2 && $.c > 3 && $.d >= 4 }");
    assert_canonical("{$.a=%x% && $.b!=%y z%}", "{ $.a = %x% && $.b != %y z% }");
}

static void numbers_stay_bare_and_as_typed(void **state)
{
    (void)state;
    assert_canonical("{ $.a = +007 || $.a = \"7\" || $.a = 7.0 }",
                     "{ $.a = +007 || $.a = \"7\" || $.a = 7.0 }");
    assert_canonical("{ $.a = 5. || $.a = 1.2.3 || $.a = 4* }",
                     "{ $.a = \"5.\" || $.a = \"1.2.3\" || $.a = \"4*\" }");
}

static void brackets_stand_where_they_matter(void **state)
{
    (void)state;
    assert_canonical("{ (($.a=1)) && ($.b=2) }", "{ $.a = 1 && $.b = 2 }");
    assert_canonical("{ ($.a=1 && $.b=2) || ($.c=3) }", "{ $.a = 1 && $.b = 2 || $.c = 3 }");
    assert_canonical("{ $.a=1 && ($.b=2 || ($.c=3 && ($.d=4 || $.e=5))) }",
                     "{ $.a = 1 && ($.b = 2 || $.c = 3 && ($.d = 4 || $.e = 5)) }");
}

static void keys_are_dotted_where_they_can_be(void **state)
{
    (void)state;
    assert_canonical("{ $.['a'].['b c'].['d-1'].['*'].['\xC3\xA9'].['\xE2\x82\xAC'] = 1 }",
                     "{ $.a.['b c'].d-1.['*'].\xC3\xA9.['\xE2\x82\xAC'] = 1 }");
    assert_canonical("{ $.* = 1 }", "{ $.* = 1 }");
    assert_canonical("{ $.a.* = 1 && $.b[*].c = 1 }", "{ $.a[*] = 1 && $.b[*].c = 1 }");
    assert_canonical("{ $.a[007][0][4294967296] = 1 }", "{ $.a[7][0][4294967295] = 1 }");
}

static void fields_keep_their_order_and_holes(void **state)
{
    (void)state;
    assert_canonical("[ ]", "[]");
    assert_canonical("[ ,a , ]", "[, a, ]");
    assert_canonical("[a,b=x||b=2,...,c!=\"y\"&&(c<3||c>4)]",
                     "[a, b = \"x\" || b = 2, ..., c != \"y\" && (c < 3 || c > 4)]");
    assert_canonical("[(a=%x%)]", "[a = %x%]");
}

static void a_canonical_text_may_pass_the_limit(void **state)
{
    char text[1025];
    outcome o;
    (void)state;
    memset(text, 'a', sizeof text);
    outcome_of(&o, text, 1024);
    assert_int_equal(o.status, CTF_OK);
    assert_int_equal(o.canonical.length, 1026);
    outcome_free(&o);
}

static void a_nul_is_printed(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, "{$.['\0']=\"\0\"}", 13);
    assert_int_equal(o.status, CTF_OK);
    assert_int_equal(o.canonical.length, 17);
    assert_memory_equal(o.canonical.data, "{ $.['\0'] = \"\0\" }", 17);
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(match_all_is_empty),
        cmocka_unit_test(terms_are_quoted_and_ignored_ones_kept),
        cmocka_unit_test(a_regex_stays_as_it_is),
        cmocka_unit_test(blanks_keywords_and_quotes_have_one_spelling),
        cmocka_unit_test(numbers_stay_bare_and_as_typed),
        cmocka_unit_test(brackets_stand_where_they_matter),
        cmocka_unit_test(keys_are_dotted_where_they_can_be),
        cmocka_unit_test(fields_keep_their_order_and_holes),
        cmocka_unit_test(a_canonical_text_may_pass_the_limit),
        cmocka_unit_test(a_nul_is_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
