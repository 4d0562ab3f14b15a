/* Space-delimited patterns (spec: filter-patterns 2, 6). */
#include "patterns.h"

static void fields(const char *pattern, const char *tree)
{
    assert_tree(pattern, CTF_KIND_FIELDS, tree);
}

static void empty_brackets_have_no_fields(void **state)
{
    (void)state;
    fields("[]", "");
    fields("[ \t]", "");
    outcome o;
    outcome_of(&o, "[ ]", 3);
    assert_int_equal(o.tree->n_fields, 0);
    assert_int_equal(o.tree->ellipsis, 0);
    assert_null(o.tree->root);
    outcome_free(&o);
}

static void empty_entries_are_unnamed_fields(void **state)
{
    (void)state;
    fields("[a,]", "a; ");
    fields("[, b ,]", "; b; ");
    fields("[,]", "; ");
    fields("[ , , ]", "; ; ");
}

static void names_and_dots_stand_alone(void **state)
{
    (void)state;
    fields("[a]", "a");
    fields("[\n a_b-c ,_d, E9 ]", "a_b-c; _d; E9");
    fields("[..., last]", "...; last");
    fields("[first,...]", "first; ...");
    fields("[...]", "...");
    fields("[null, IS, na\xC3\xAFve, a, A]", "null; IS; na\xC3\xAFve; a; A");
}

static void conditions_test_their_own_field(void **state)
{
    (void)state;
    fields("[a=x]", "a: a = word x");
    fields("[a = \"x, y]\", b]", "a: a = quoted x, y]; b");
    fields("[a != 5*, b >= -2, c=%[0-9],%, d = \"*\", e=\"\"]",
           "a: a != word glob 5*; b: b >= number -2; c: c = regex [0-9],; "
           "d: d = quoted glob *; e: e = quoted ");
    fields("[a=1||a=2&&a!=3, b]", "a: or(a = number 1, and(a = number 2, a != number 3)); b");
    fields("[(a=1||a=2)&&a!=3, b]", "a: and(or(a = number 1, a = number 2), a != number 3); b");
    fields("[((a=x)), (b < 1)]", "a: a = word x; b: b < number 1");
    fields("[m = job-status, n = ..., o=1.2.3]", "m: m = word job-status; n: n = word ...; o: o = word 1.2.3");
}

static void the_root_joins_the_conditions(void **state)
{
    outcome o;
    (void)state;
    outcome_of(&o, "[a = 1, b, c = 2 && c = 3, d]", 29);
    const ctfi_node *root = o.tree->root;
    assert_int_equal(root->type, CTFI_AND);
    assert_ptr_equal(root->first, o.tree->fields[0].condition);
    assert_ptr_equal(root->first->next, o.tree->fields[2].condition);
    assert_null(root->first->next->next);
    assert_int_equal(root->first->next->type, CTFI_AND);
    assert_ptr_equal(root->first->test.field, &o.tree->fields[0]);
    assert_int_equal(root->span.offset, 1);
    assert_int_equal(root->span.length, 24);
    outcome_free(&o);
    outcome_of(&o, "[a, b = 1]", 10);
    assert_ptr_equal(o.tree->root, o.tree->fields[1].condition);
    assert_int_equal(o.tree->fields[1].span.offset, 4);
    assert_int_equal(o.tree->fields[1].span.length, 5);
    assert_int_equal(o.tree->ellipsis, 2);
    outcome_free(&o);
}

static void names_are_distinct(void **state)
{
    static const refusal refusals[] = {
        {"[a, b, a]", CTF_ERROR_DUPLICATE, "a", "'a' already", "Duplicate field 'a'"},
        {"[a = 1, a != 2]", CTF_ERROR_DUPLICATE, "a", "&& or ||", "Duplicate field 'a'"},
        {"[p, ..., q, ...]", CTF_ERROR_DUPLICATE, "...", "one ...", "Duplicate field '...'"},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void a_condition_may_not_speak_of_another_field(void **state)
{
    static const char service[] = "Multiple variables used in a single filter. Var1 : p, Var2 : q";
    static const refusal refusals[] = {
        {"[p=HIGH || q=up, q]", CTF_ERROR_VARIABLES, "q", "'p'", service},
        {"[q, (p=1 && (p=2 || q = 3))]", CTF_ERROR_VARIABLES, "q", "'q'", service},
        {"[p=1 && P=2]", CTF_ERROR_VARIABLES, "P", "'P'",
         "Multiple variables used in a single filter. Var1 : p, Var2 : P"},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void what_is_no_name_is_refused(void **state)
{
    static const refusal refusals[] = {
        {"[1p]", CTF_ERROR_LEXICAL, "1p", "begins with a letter or _", NULL},
        {"[200]", CTF_ERROR_LEXICAL, "200", "begins with a letter or _", NULL},
        {"[a, +5]", CTF_ERROR_LEXICAL, "+5", "no name", NULL},
        {"[-a]", CTF_ERROR_LEXICAL, "-a", "no name", NULL},
        {"[a, -, b]", CTF_ERROR_LEXICAL, "-", "no name", NULL},
        {"[a.b]", CTF_ERROR_LEXICAL, "a.b", "JSON patterns", NULL},
        {"[a, *]", CTF_ERROR_LEXICAL, "*", "... stands for any number", NULL},
        {"[a*, b]", CTF_ERROR_LEXICAL, "a*", "field = a*", NULL},
        {"[a, ...message]", CTF_ERROR_LEXICAL, "...message", "write ..., name", NULL},
        {"[....]", CTF_ERROR_LEXICAL, "....", "stands alone", NULL},
        {"[... a]", CTF_ERROR_GRAMMAR, "a", "comma is missing", NULL},
        {"[... = 1]", CTF_ERROR_GRAMMAR, "=", "comma is missing", NULL},
        {"[$.a = 1]", CTF_ERROR_LEXICAL, "$", "without $", NULL},
        {"[\"a\"]", CTF_ERROR_GRAMMAR, "\"a\"", "name of a field", NULL},
        {"[= 1]", CTF_ERROR_GRAMMAR, "=", "name of a field", NULL},
        {"[a\xE2\x82\xAC]", CTF_ERROR_LEXICAL, "\xE2\x82\xAC", "may not stand here", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void mistakes_in_conditions_are_named(void **state)
{
    static const refusal refusals[] = {
        {"[a b]", CTF_ERROR_GRAMMAR, "b", "comma between two fields", NULL},
        {"[ERROR or WARN]", CTF_ERROR_GRAMMAR, "or", "comma between two fields", NULL},
        {"[a=x OR a=y, b]", CTF_ERROR_GRAMMAR, "OR", "write ||", NULL},
        {"[a=x AND a=y, b]", CTF_ERROR_GRAMMAR, "AND", "write &&", NULL},
        {"[a==x, b]", CTF_ERROR_GRAMMAR, "==", "one =", NULL},
        {"[a = ]", CTF_ERROR_GRAMMAR, "", "expected a value after =", NULL},
        {"[a = , b]", CTF_ERROR_GRAMMAR, ",", "expected a value after =", NULL},
        {"[a = 1 ||]", CTF_ERROR_GRAMMAR, "", "name of a field", NULL},
        {"[a=x && || a=y, b]", CTF_ERROR_GRAMMAR, "||", "name of a field", NULL},
        {"[a && b]", CTF_ERROR_GRAMMAR, "&&", "expected an operator", NULL},
        {"[(a), b]", CTF_ERROR_GRAMMAR, ")", "expected an operator", NULL},
        {"[(a=1, b]", CTF_ERROR_GRAMMAR, "(", "never closed", NULL},
        {"[a=1), b]", CTF_ERROR_GRAMMAR, ")", "no ( for this )", NULL},
        {"[a IS NULL, b]", CTF_ERROR_GRAMMAR, "IS", "JSON patterns", NULL},
        {"[a > \"3\", b]", CTF_ERROR_GRAMMAR, "\"3\"", "write 3", NULL},
        {"[a > x, b]", CTF_ERROR_GRAMMAR, "x", "numbers only", NULL},
        {"[a = null]", CTF_ERROR_GRAMMAR, "null", "double quotes", NULL},
        {"[a = x y, b]", CTF_ERROR_GRAMMAR, "y", "several words", NULL},
        {"[a = 1 2]", CTF_ERROR_GRAMMAR, "2", "several words", NULL},
        {"[a = x:y, b]", CTF_ERROR_LEXICAL, ":", "whole value in double quotes", NULL},
        {"[a = 'x', b]", CTF_ERROR_LEXICAL, "'", "double quotes", NULL},
        {"[a = x | a = y]", CTF_ERROR_LEXICAL, "|", "write ||", NULL},
        {"[a = b = c]", CTF_ERROR_GRAMMAR, "=", "field > 1 && field < 5", NULL},
        {"[[a]]", CTF_ERROR_LEXICAL, "[", "may not stand here", NULL},
        {"[a]]", CTF_ERROR_GRAMMAR, "]", "end of the pattern", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void regexes_are_limited_to_two(void **state)
{
    static const refusal refusals[] = {
        {"[a=x, b=%1%, c=%2%, d=%3%]", CTF_ERROR_LIMIT, "%3%", "2 regular expressions",
         "Your input has exceeded the maximum of 2 regular expressions per filter pattern."},
        {"[a=%x% %y%]", CTF_ERROR_GRAMMAR, "%y%", "a test of its own, field = %regex%", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
}

static void a_thousand_commas_make_a_thousand_fields(void **state)
{
    char text[1025];
    outcome o;
    (void)state;
    memset(text, ',', sizeof text);
    text[0] = '[';
    text[1023] = ']';
    outcome_of(&o, text, 1024);
    assert_int_equal(o.tree->n_fields, 1023);
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_brackets_have_no_fields),
        cmocka_unit_test(empty_entries_are_unnamed_fields),
        cmocka_unit_test(names_and_dots_stand_alone),
        cmocka_unit_test(conditions_test_their_own_field),
        cmocka_unit_test(the_root_joins_the_conditions),
        cmocka_unit_test(names_are_distinct),
        cmocka_unit_test(a_condition_may_not_speak_of_another_field),
        cmocka_unit_test(what_is_no_name_is_refused),
        cmocka_unit_test(mistakes_in_conditions_are_named),
        cmocka_unit_test(regexes_are_limited_to_two),
        cmocka_unit_test(a_thousand_commas_make_a_thousand_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
