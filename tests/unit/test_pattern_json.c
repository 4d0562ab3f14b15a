/* JSON patterns (spec: filter-patterns 2, 5.1, 10). */
#include "patterns.h"

static void json(const char *pattern, const char *tree)
{
    assert_tree(pattern, CTF_KIND_JSON, tree);
}

static void a_test_is_selector_operator_value(void **state)
{
    (void)state;
    json("{ $.a = 1 }", "/a = number 1");
    json("{$.a=1}", "/a = number 1");
    json("{\r\n\t$.a\n!=\n\"x\"\n}", "/a != quoted x");
    json("{ $.a < 1 }", "/a < number 1");
    json("{ $.a <= -1 }", "/a <= number -1");
    json("{ $.a > +1 }", "/a > number +1");
    json("{ $.a>=1e-3 }", "/a >= number 1e-3");
    json("{ $.a = %^x$% }", "/a = regex ^x$");
    json("{ $.a != %x y% }", "/a != regex x y");
}

static void keywords_take_any_case(void **state)
{
    (void)state;
    json("{ $.a IS NULL }", "/a null");
    json("{ $.a is True }", "/a true");
    json("{ $.a iS false }", "/a false");
    json("{ $.a not\nexists }", "/a missing");
    json("{ $.a[0]IS NULL&&$.b NOT EXISTS}", "and(/a[0] null, /b missing)");
}

static void and_binds_tighter_than_or(void **state)
{
    (void)state;
    json("{$.a=1&&$.b=2||$.c=3}", "or(and(/a = number 1, /b = number 2), /c = number 3)");
    json("{$.a=1||$.b=2&&$.c=3}", "or(/a = number 1, and(/b = number 2, /c = number 3))");
    json("{$.a=1&&($.b=2||$.c=3)}", "and(/a = number 1, or(/b = number 2, /c = number 3))");
    json("{($.a=1||$.b=2)&&($.c=3||$.d=4)}",
         "and(or(/a = number 1, /b = number 2), or(/c = number 3, /d = number 4))");
}

static void nesting_of_one_type_is_flat(void **state)
{
    (void)state;
    json("{ (($.a=1)) }", "/a = number 1");
    json("{ ($.a=1 && ($.b=1 && $.c=1)) && $.d=1 }",
         "and(/a = number 1, /b = number 1, /c = number 1, /d = number 1)");
    json("{ $.a=1 || ($.b=1 || ($.c=1 && $.d=1)) || $.e=1 }",
         "or(/a = number 1, /b = number 1, and(/c = number 1, /d = number 1), /e = number 1)");
    json("{ (($.a=1 || $.b=1)) || (($.c=1)) }", "or(/a = number 1, /b = number 1, /c = number 1)");
}

static void brackets_nest_as_deep_as_a_pattern_is_long(void **state)
{
    char text[1025];
    (void)state;
    memset(text, '(', sizeof text);
    memset(text + 515, ')', 508);
    memcpy(text, "{", 1);
    memcpy(text + 509, "$.a=1 ", 6);
    memcpy(text + 1023, "}", 2);
    json(text, "/a = number 1");
}

static void selectors_have_four_kinds_of_steps(void **state)
{
    (void)state;
    json("{ $.a.b-c._d.0 = 1 }", "/a/b-c/_d/0 = number 1");
    json("{ $.a[0][12].b = 1 }", "/a[0][12]/b = number 1");
    json("{ $.* = 1 }", "/* = number 1");
    json("{ $.a.* = 1 }", "/a/* = number 1");
    json("{ $.a[*].b = 1 }", "/a/*/b = number 1");
    json("{ $.['a.b'] = 1 }", "/a.b = number 1");
}

static void keys_in_quotes_hold_anything_but_a_quote(void **state)
{
    (void)state;
    json("{ $.a.['b c'].['\"*\\:@/\xE2\x82\xAC'].d = 1 }", "/a/b c/\"*\\:@/\xE2\x82\xAC/d = number 1");
    json("{ $.['*'] = 1 }", "/* = number 1");
    outcome o;
    outcome_of(&o, "{ $.['*'] = 1 }", 15);
    assert_int_equal(o.tree->root->test.selector->steps[0].type, CTFI_STEP_KEY);
    assert_int_equal(o.tree->root->test.selector->wildcard, 1);
    outcome_free(&o);
}

static void names_take_letters_of_any_script(void **state)
{
    (void)state;
    json("{ $.gr\xC3\xB6\xC3\x9F" "e = caf\xC3\xA9 }", "/gr\xC3\xB6\xC3\x9F" "e = word caf\xC3\xA9");
}

static void an_index_is_saturated(void **state)
{
    (void)state;
    json("{ $.a[007] = 1 }", "/a[7] = number 1");
    json("{ $.a[4294967294] = 1 }", "/a[4294967294] = number 1");
    json("{ $.a[4294967296] = 1 }", "/a[4294967295] = number 1");
    json("{ $.a[99999999999999999999999999] = 1 }", "/a[4294967295] = number 1");
}

static void spans_show_selector_steps_operator_and_value(void **state)
{
    static const char text[] = "{ ($.a.['b'][3].* IS  NULL) }";
    static const unsigned offsets[] = {4, 6, 12, 15};
    static const unsigned lengths[] = {2, 6, 3, 2};
    outcome o;
    (void)state;
    outcome_of(&o, text, sizeof text - 1);
    const ctfi_test *test = &o.tree->root->test;
    assert_int_equal(o.tree->root->span.offset, 2);
    assert_int_equal(o.tree->root->span.length, 25);
    assert_int_equal(test->selector->span.offset, 3);
    assert_int_equal(test->selector->span.length, 14);
    assert_int_equal(test->selector->wildcard, 3);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(test->selector->steps[i].span.offset + 0u, offsets[i]);
        assert_int_equal(test->selector->steps[i].span.length + 0u, lengths[i]);
    }
    assert_int_equal(test->op_span.offset, 18);
    assert_int_equal(test->op_span.length, 8);
    outcome_free(&o);
}

static void numbers_and_words_part_where_the_grammar_says(void **state)
{
    (void)state;
    json("{ $.a = 1e5 }", "/a = number 1e5");
    json("{ $.a = 1.50E+05 }", "/a = number 1.50E+05");
    json("{ $.a = -0.0 }", "/a = number -0.0");
    json("{ $.a = .5 }", "/a = word .5");
    json("{ $.a = 5. }", "/a = word 5.");
    json("{ $.a = 1.2.3 }", "/a = word 1.2.3");
    json("{ $.a = 1a }", "/a = word 1a");
    json("{ $.a = 1e }", "/a = word 1e");
    json("{ $.a = 1-2 }", "/a = word 1-2");
    json("{ $.a = 1e-5x }", "/a = word 1e-5x");
    json("{ $.a = 111.111.* }", "/a = word glob 111.111.*");
    json("{ $.a = 2* }", "/a = word glob 2*");
    json("{ $.a = ... }", "/a = word ...");
    json("{ $.a = us-east-1 }", "/a = word us-east-1");
    json("{ $.a = x- }", "/a = word x-");
}

static void the_number_is_read_exactly(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, "{ $.a = -012.50e-3 }", 20);
    const ctfi_decimal *number = &o.tree->root->test.literal.number;
    assert_true(number->negative);
    assert_int_equal(number->count, 3);
    assert_int_equal(number->exponent, -1);
    outcome_free(&o);
}

static void exponents_stay_inside_32_bits(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a = 1e2147483648 }", CTF_ERROR_GRAMMAR, "1e2147483648", "32 bits", NULL},
        {"{ $.a > 1e-99999999999999999999 }", CTF_ERROR_GRAMMAR, "1e-99999999999999999999", "32 bits", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
    json("{ $.a = 1e2147483647 }", "/a = number 1e2147483647");
    json("{ $.a = 1e9999999999x }", "/a = word 1e9999999999x");
}

static void stars_make_words_and_quotes_globs(void **state)
{
    (void)state;
    json("{ $.a = * }", "/a = word glob *");
    json("{ $.a = \"*\" }", "/a = quoted glob *");
    json("{ $.a != \"1*3\" }", "/a != quoted glob 1*3");
    json("{ $.a = \"a\\*\" }", "/a = quoted glob a\\*");
    json("{ $.a = %a*% }", "/a = regex a*");
}

static void quotes_may_be_empty_and_hold_escapes(void **state)
{
    (void)state;
    json("{ $.a != \"\" }", "/a != quoted ");
    json("{ $.a = \"q\\\"q\\\\\" }", "/a = quoted q\"q\\");
    json("{ $.a = \" && $.b = }\" }", "/a = quoted  && $.b = }");
}

static void true_and_false_are_ordinary_words(void **state)
{
    (void)state;
    json("{ $.a = true }", "/a = word true");
    json("{ $.a = FALSE }", "/a = word FALSE");
    json("{ $.a = nullable }", "/a = word nullable");
    json("{ $.a = \"null\" }", "/a = quoted null");
}

static void reserved_words_are_no_values(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a = null }", CTF_ERROR_GRAMMAR, "null", "IS NULL", NULL},
        {"{ $.a != NULL }", CTF_ERROR_GRAMMAR, "NULL", "\"NULL\"", NULL},
        {"{ $.a = Is }", CTF_ERROR_GRAMMAR, "Is", "double quotes", NULL},
        {"{ $.a = not }", CTF_ERROR_GRAMMAR, "not", "double quotes", NULL},
        {"{ $.a = exists }", CTF_ERROR_GRAMMAR, "exists", "double quotes", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void ordering_takes_only_a_bare_number(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a > \"5\" }", CTF_ERROR_GRAMMAR, "\"5\"", "without quotes: write 5", NULL},
        {"{ $.a >= word }", CTF_ERROR_GRAMMAR, "word", "numbers only", NULL},
        {"{ $.a < \"word\" }", CTF_ERROR_GRAMMAR, "\"word\"", "numbers only", NULL},
        {"{ $.a > 5* }", CTF_ERROR_GRAMMAR, "5*", "numbers only", NULL},
        {"{ $.a <= %x% }", CTF_ERROR_GRAMMAR, "%x%", "numbers only", NULL},
        {"{ $.a > null }", CTF_ERROR_GRAMMAR, "null", "numbers only", NULL},
        {"{ $.a > }", CTF_ERROR_GRAMMAR, "", "a number", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void operators_of_other_languages_are_refused(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a == 1 }", CTF_ERROR_GRAMMAR, "==", "one =", NULL},
        {"{ $.a === 1 }", CTF_ERROR_GRAMMAR, "===", "one =", NULL},
        {"{ $.a !== 1 }", CTF_ERROR_GRAMMAR, "!==", "!=", NULL},
        {"{ $.a <> 1 }", CTF_ERROR_GRAMMAR, "<>", "!=", NULL},
        {"{ $.a => 1 }", CTF_ERROR_GRAMMAR, "=>", "stands last", NULL},
        {"{ $.a =~ 1 }", CTF_ERROR_GRAMMAR, "=~", "%regex%", NULL},
        {"{ $.a LIKE x }", CTF_ERROR_GRAMMAR, "LIKE", "*text*", NULL},
        {"{ $.a in (1, 2) }", CTF_ERROR_GRAMMAR, "in", "||", NULL},
        {"{ $.a = (1 || 2) }", CTF_ERROR_GRAMMAR, "(", "$.field = a || $.field = b", NULL},
        {"{ $.a = 1 AND $.b = 2 }", CTF_ERROR_GRAMMAR, "AND", "write &&", NULL},
        {"{ $.a = 1 or $.b = 2 }", CTF_ERROR_GRAMMAR, "or", "write ||", NULL},
        {"{ $.a = 1 & $.b = 2 }", CTF_ERROR_LEXICAL, "&", "&&", NULL},
        {"{ $.a = 1 | $.b = 2 }", CTF_ERROR_LEXICAL, "|", "||", NULL},
        {"{ $.a = 1, $.b = 2 }", CTF_ERROR_LEXICAL, ",", "&& or ||", NULL},
        {"{ !($.a = 1) }", CTF_ERROR_LEXICAL, "!", "NOT EXISTS", NULL},
        {"{ NOT $.a = 1 }", CTF_ERROR_GRAMMAR, "NOT", "!=", NULL},
        {"{ $.a IS NOT NULL }", CTF_ERROR_LEXICAL, "NOT", "= *", NULL},
        {"{ $.a EXISTS }", CTF_ERROR_GRAMMAR, "EXISTS", "= *", NULL},
        {"{ $.a IS empty }", CTF_ERROR_GRAMMAR, "empty", "NULL, TRUE or FALSE", NULL},
        {"{ $.a IS \"NULL\" }", CTF_ERROR_GRAMMAR, "\"NULL\"", "NULL, TRUE or FALSE", NULL},
        {"{ $.a NOT NULL }", CTF_ERROR_GRAMMAR, "NULL", "EXISTS after NOT", NULL},
        {"{ $.a NOT }", CTF_ERROR_GRAMMAR, "", "EXISTS after NOT", NULL},
        {"{ 1 < $.a < 5 }", CTF_ERROR_GRAMMAR, "1", "begins with a selector", NULL},
        {"{ $.a > 1 < 5 }", CTF_ERROR_GRAMMAR, "<", "joined with &&", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void something_missing_is_named(void **state)
{
    static const refusal refusals[] = {
        {"{}", CTF_ERROR_GRAMMAR, "", "the braces are empty", NULL},
        {"{ }", CTF_ERROR_GRAMMAR, "", "the braces are empty", NULL},
        {"{ $.a }", CTF_ERROR_GRAMMAR, "", "expected an operator", NULL},
        {"{ $.eventName \"ConsoleLogin\" }", CTF_ERROR_GRAMMAR, "\"ConsoleLogin\"",
         "expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)", NULL},
        {"{ $.a = }", CTF_ERROR_GRAMMAR, "", "expected a value after =", NULL},
        {"{ $.a = && $.b = 1 }", CTF_ERROR_GRAMMAR, "&&", "expected a value after =", NULL},
        {"{ = 1 }", CTF_ERROR_GRAMMAR, "=", "a selector", NULL},
        {"{ && $.a = 1 }", CTF_ERROR_GRAMMAR, "&&", "expected a test", NULL},
        {"{ $.a = 1 && }", CTF_ERROR_GRAMMAR, "", "the pattern ends", NULL},
        {"{ $.a = 1 || && $.b = 2 }", CTF_ERROR_GRAMMAR, "&&", "expected a test", NULL},
        {"{ status = 1 }", CTF_ERROR_GRAMMAR, "status", "write $.status", NULL},
        {"{ \"a\" }", CTF_ERROR_GRAMMAR, "\"a\"", "begins with a selector", NULL},
        {"{ $.a = x || \"y\" }", CTF_ERROR_GRAMMAR, "\"y\"", "$.field = \"y\"", NULL},
        {"{ $.a = x || y }", CTF_ERROR_GRAMMAR, "y", "$.field = y", NULL},
        {"{ $.a = 1 $.b = 2 }", CTF_ERROR_GRAMMAR, "$.b", "&& or || is missing", NULL},
        {"{ ($.a = 1) ($.b = 2) }", CTF_ERROR_GRAMMAR, "(", "&& or || is missing", NULL},
        {"{ ($.a = 1 }", CTF_ERROR_GRAMMAR, "(", "never closed", NULL},
        {"{ $.a = 1) }", CTF_ERROR_GRAMMAR, ")", "no ( for this )", NULL},
        {"{ () }", CTF_ERROR_GRAMMAR, ")", "expected a test", NULL},
        {"{ $.a = 1 } }", CTF_ERROR_GRAMMAR, "}", "around the whole pattern", NULL},
        {"{ $.a = Failed authentication }", CTF_ERROR_GRAMMAR, "authentication", "several words", NULL},
        {"{ $.a = \"x\"y }", CTF_ERROR_GRAMMAR, "y", "closing quote", NULL},
        {"{ $.a IS NULL x }", CTF_ERROR_GRAMMAR, "x", "expected && or ||", NULL},
        {"{ $.a = $.b }", CTF_ERROR_GRAMMAR, "$.b", "another field", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void characters_that_need_quotes_are_named(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a = x:y }", CTF_ERROR_LEXICAL, ":", "whole value in double quotes", NULL},
        {"{ $.a = a@b }", CTF_ERROR_LEXICAL, "@", "whole value in double quotes", NULL},
        {"{ $.a = /x }", CTF_ERROR_LEXICAL, "/", "whole value in double quotes", NULL},
        {"{ $.a = 'Root' }", CTF_ERROR_LEXICAL, "'", "double quotes", NULL},
        {"{ $.a = \\\"x\\\" }", CTF_ERROR_LEXICAL, "\\", "shell or a template", NULL},
        {"{ $.a = \xE2\x80\x9Cx\xE2\x80\x9D }", CTF_ERROR_LEXICAL, "\xE2\x80\x9C", "straight quote", NULL},
        {"{ $.a = \xF0\x9F\x98\x80 }", CTF_ERROR_LEXICAL, "\xF0\x9F\x98\x80", "double quotes", NULL},
        {"{ $.a = x\xE2\x82\xAC }", CTF_ERROR_LEXICAL, "\xE2\x82\xAC", "double quotes", NULL},
        {"{ $.a = -x }", CTF_ERROR_LEXICAL, "-x", "double quotes", NULL},
        {"{ $.a = - }", CTF_ERROR_LEXICAL, "-", "double quotes", NULL},
        {"{ $.a = +5x }", CTF_ERROR_LEXICAL, "+5x", "no number", NULL},
        {"{ $.a = -1.2.3 }", CTF_ERROR_LEXICAL, "-1.2.3", "no number", NULL},
        {"{ $.a = 1e+5x }", CTF_ERROR_LEXICAL, "1e+5x", "no number", NULL},
        {"{ $.a = a+b }", CTF_ERROR_LEXICAL, "+b", "whole value in double quotes", NULL},
        {"{ $.a = \"x }", CTF_ERROR_LEXICAL, "\"x ", "never closed", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void selectors_are_one_lexeme(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a .b = 1 }", CTF_ERROR_GRAMMAR, ".b", "without blanks", NULL},
        {"{ $.a [0] = 1 }", CTF_ERROR_LEXICAL, "[", "without blanks", NULL},
        {"{ $ = 1 }", CTF_ERROR_LEXICAL, "$ ", "write $.name", NULL},
        {"{ $.a = $}", CTF_ERROR_LEXICAL, "$", "write $.name", NULL},
        {"{ $a = 1 }", CTF_ERROR_LEXICAL, "$a", "$.name", NULL},
        {"{ $['x'] = 1 }", CTF_ERROR_LEXICAL, "$[", "$.['key']", NULL},
        {"{ $[1] = 1 }", CTF_ERROR_LEXICAL, "$[", "no elements", NULL},
        {"{ $.\"x\" = 1 }", CTF_ERROR_LEXICAL, "$.\"", ".['key']", NULL},
        {"{ $.[\"x\"] = 1 }", CTF_ERROR_LEXICAL, "$.[\"", "single quotes", NULL},
        {"{ $.['x = 1 }", CTF_ERROR_LEXICAL, "$.['x = 1 ", "never closed", NULL},
        {"{ $.[''] = 1 }", CTF_ERROR_LEXICAL, "$.[''", "empty", NULL},
        {"{ $.['a'b'] = 1 }", CTF_ERROR_LEXICAL, "$.['a'", "expected ]", NULL},
        {"{ $.a['b'] = 1 }", CTF_ERROR_LEXICAL, "['", ".['key']", NULL},
        {"{ $.a.[0] = 1 }", CTF_ERROR_LEXICAL, ".[", "no dot before an index", NULL},
        {"{ $.a[-1] = 1 }", CTF_ERROR_LEXICAL, "[-", "counts from 0", NULL},
        {"{ $.a[x] = 1 }", CTF_ERROR_LEXICAL, "[x", "expected an index", NULL},
        {"{ $.a[] = 1 }", CTF_ERROR_LEXICAL, "[]", "expected an index", NULL},
        {"{ $.a[ 0 ] = 1 }", CTF_ERROR_LEXICAL, "[ ", "without blanks", NULL},
        {"{ $.a[0:2] = 1 }", CTF_ERROR_LEXICAL, "[0:", "expected an index", NULL},
        {"{ $.a[0}", CTF_ERROR_LEXICAL, "[0", "never closed", NULL},
        {"{ $.a..b = 1 }", CTF_ERROR_LEXICAL, "..", "two dots", NULL},
        {"{ $.a. = 1 }", CTF_ERROR_LEXICAL, ". ", "ends with a dot", NULL},
        {"{ $.}", CTF_ERROR_LEXICAL, "$.", "ends with a dot", NULL},
        {"{ $.a:b = 1 }", CTF_ERROR_LEXICAL, ":", ".['...']", NULL},
        {"{ $.@t = 1 }", CTF_ERROR_LEXICAL, "$.@", ".['...']", NULL},
        {"{ $.a\xE2\x82\xAC = 1 }", CTF_ERROR_LEXICAL, "\xE2\x82\xAC", ".['...']", NULL},
        {"{ $.a* = 1 }", CTF_ERROR_GRAMMAR, "*", "a whole step", NULL},
        {"{ $.a[0]b = 1 }", CTF_ERROR_GRAMMAR, "b", "a dot or a blank is missing", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void wildcards_are_limited(void **state)
{
    static const char per_selector[] = "Your filter pattern has a JSON path selector that exceeds the maximum "
                                       "of 1 wildcard allowed per json selector.";
    static const refusal refusals[] = {
        {"{ $.a[*].* = 1 }", CTF_ERROR_LIMIT, ".*", "one wildcard", per_selector},
        {"{ $.*[*] = 1 }", CTF_ERROR_LIMIT, "[*]", "one wildcard", per_selector},
        {"{ $.a[*]=1 || $.b.*=1 || $.*=1 || $.d[*] = 1 }", CTF_ERROR_LIMIT, "$.d[*]", "3 selectors", ""},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
    json("{ $.a[*]=1 || $.b.*=1 || $.*=* }", "or(/a/* = number 1, /b/* = number 1, /* = word glob *)");
}

static void regexes_are_limited_to_two(void **state)
{
    static const char service[] = "Your input has exceeded the maximum of 2 regular expressions per filter "
                                  "pattern.";
    static const refusal refusals[] = {
        {"{ $.a = %x% && $.b = %y% && $.c != %z% }", CTF_ERROR_LIMIT, "%z%", "2 regular expressions", service},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
    json("{ $.a = %x% && $.b = %y% }", "and(/a = regex x, /b = regex y)");
}

static void the_first_error_wins(void **state)
{
    static const refusal refusals[] = {
        {"{ $.a == 1 && $.b = : }", CTF_ERROR_GRAMMAR, "==", "one =", NULL},
        {"{ $.a = : && $.b == 1 }", CTF_ERROR_LEXICAL, ":", "double quotes", NULL},
        {"{ $.a = %(% && == }", CTF_ERROR_LEXICAL, "%(", "no groups", NULL},
        {"{ ($.a = %a++% && $.b = 'x' }", CTF_ERROR_REGEX, "+", "second repetition", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_is_selector_operator_value),
        cmocka_unit_test(keywords_take_any_case),
        cmocka_unit_test(and_binds_tighter_than_or),
        cmocka_unit_test(nesting_of_one_type_is_flat),
        cmocka_unit_test(brackets_nest_as_deep_as_a_pattern_is_long),
        cmocka_unit_test(selectors_have_four_kinds_of_steps),
        cmocka_unit_test(keys_in_quotes_hold_anything_but_a_quote),
        cmocka_unit_test(names_take_letters_of_any_script),
        cmocka_unit_test(an_index_is_saturated),
        cmocka_unit_test(spans_show_selector_steps_operator_and_value),
        cmocka_unit_test(numbers_and_words_part_where_the_grammar_says),
        cmocka_unit_test(the_number_is_read_exactly),
        cmocka_unit_test(exponents_stay_inside_32_bits),
        cmocka_unit_test(stars_make_words_and_quotes_globs),
        cmocka_unit_test(quotes_may_be_empty_and_hold_escapes),
        cmocka_unit_test(true_and_false_are_ordinary_words),
        cmocka_unit_test(reserved_words_are_no_values),
        cmocka_unit_test(ordering_takes_only_a_bare_number),
        cmocka_unit_test(operators_of_other_languages_are_refused),
        cmocka_unit_test(something_missing_is_named),
        cmocka_unit_test(characters_that_need_quotes_are_named),
        cmocka_unit_test(selectors_are_one_lexeme),
        cmocka_unit_test(wildcards_are_limited),
        cmocka_unit_test(regexes_are_limited_to_two),
        cmocka_unit_test(the_first_error_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
