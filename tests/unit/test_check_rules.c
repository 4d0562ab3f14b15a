/* Checks: each trap is found, told where it is, mended where that is sure; what is usual is silent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/check.h>
#include <ctfilter/filter.h>

#include "base/utf8.h"
#include "reason/cloudtrail.h"

static ctf_text view(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

static ctf_check *check(const char *pattern, int cloudtrail)
{
    ctf_check *result;
    const ctf_check_options options = {.size = sizeof options, .cloudtrail = cloudtrail};
    assert_int_equal(ctf_check_pattern(view(pattern), &options, &result), CTF_OK);
    return result;
}

static ctf_check_info info_of(const ctf_check *result)
{
    ctf_check_info info;
    assert_int_equal(ctf_check_describe(result, &info), CTF_OK);
    return info;
}

static ctf_finding finding_of(const ctf_check *result, size_t i)
{
    ctf_finding finding;
    assert_int_equal(ctf_check_finding(result, i, &finding), CTF_OK);
    return finding;
}

static bool same(ctf_text text, const char *expected)
{
    return text.length == strlen(expected) && (text.length == 0 || memcmp(text.data, expected, text.length) == 0);
}

/* `at` is the text that the finding points to; fixed NULL: nothing is sure. */
static const struct {
    const char *pattern, *id, *at, *instead, *fixed;
} traps[] = {
    /* terms */
    {"?x y", "optional-ignored", "?x", NULL, NULL},
    {"?x ?y -z", "optional-ignored", "?x", NULL, NULL},
    {"a-b", "dash-splits", "a-b", "\"a-b\"", "\"a-b\""},
    {"x us-east-1 y", "dash-splits", "us-east-1", "\"us-east-1\"", "x \"us-east-1\" y"},
    {"-a-b", "dash-splits", "a-b", "\"a-b\"", "-\"a-b\""},
    {"a?b", "question-splits", "a?b", "\"a?b\"", "\"a?b\""},
    {"\"ERR*\"", "star-in-term", "\"ERR*\"", "\"ERR\"", NULL},
    {"\"ERROR/*Worker\"", "star-in-term", "\"ERROR/*Worker\"", NULL, NULL},
    {"\"%a+%\"", "quoted-regex", "\"%a+%\"", "%a+%", NULL},
    {"\"a b\" OR c", "word-operator", "OR", "?\"a b\" ?c", "?\"a b\" ?c"},
    {"a and b", "word-operator", "and", NULL, NULL},
    {"a AND b", "word-operator", "AND", "", "a b"},
    {"a NOT b", "word-operator", "NOT", NULL, NULL},
    {"a or b", "word-operator", "or", NULL, NULL},
    {"error -err", "excluded-term-contained", "error", NULL, NULL},
    {"error err", "redundant-term", "err", NULL, NULL},
    {"?error ?err", "redundant-term", "?error", NULL, NULL},
    {"-error -err", "redundant-term", "-error", NULL, NULL},
    {"x x", "redundant-term", "x", NULL, NULL},
    {"Failed to connect", "words-apart", "Failed to connect", "\"Failed to connect\"", NULL},
    /* fields */
    {"[ERROR]", "no-condition", "[ERROR]", "\"ERROR\"", NULL},
    {"[a, b]", "no-condition", "[a, b]", NULL, NULL},
    {"[...]", "no-condition", "[...]", NULL, NULL},
    {"[a = 1, b,]", "trailing-comma", ",", "", NULL},
    {"[w = ERROR]", "last-field-rest", "", ", ...", NULL},
    {"[a, b > 5]", "last-field-rest", "", ", ...", NULL},
    {"[a != *, b]", "never-unequal", "!= *", NULL, NULL},
    {"[a = \"%x%\", b]", "quoted-regex", "\"%x%\"", "%x%", NULL},
    /* values */
    {"{ $.a = \"%x%\" }", "quoted-regex", "\"%x%\"", "%x%", NULL},
    {"{ $.a = \"%x!%\" }", "quoted-regex", "\"%x!%\"", NULL, NULL},
    {"{ $.a = true }", "boolean-word", "= true", "IS TRUE", NULL},
    {"{ $.a != True }", "boolean-word", "!= True", "IS FALSE", NULL},
    {"{ $.a != \"*\" }", "never-unequal", "!= \"*\"", "NOT EXISTS", NULL},
    /* what follows from the whole */
    {"{ $.a = 1 && $.a = 2 }", "contradiction", "$.a = 2", NULL, NULL},
    {"{ $.a > 5 && $.b = 1 && $.a < 3 }", "contradiction", "$.a < 3", NULL, NULL},
    {"{ $.a = x && $.a NOT EXISTS }", "contradiction", "$.a NOT EXISTS", NULL, NULL},
    {"{ $.a.b = 1 && $.a = 1 }", "contradiction", "$.a = 1", NULL, NULL},
    {"{ $.a > 1 && $.a < 3 && $.a != 2 && $.a = %^[4-9]% && $.a IS TRUE }", "contradiction", "$.a IS TRUE", NULL, NULL},
    {"{ $.a = x* && $.a = *y && $.a = %^..?$% && $.a != xy }", "contradiction",
     "$.a = x* && $.a = *y && $.a = %^..?$% && $.a != xy", NULL, NULL},
    {"{ $.c = 4 || ($.a = x && $.a = y) }", "contradiction", "$.a = y", NULL, NULL},
    {"{ $.a = x && ($.b = y || $.a != x) }", "contradiction", "$.a != x", NULL, NULL},
    {"{ $.a[4294967295] = 1 }", "contradiction", "$.a[4294967295] = 1", NULL, NULL},
    {"a -a", "contradiction", "-a", NULL, NULL},
    {"[a = 1 && a = 2, b]", "contradiction", "a = 2", NULL, NULL},
    {"[a = x || a != x, b, ...]", "always-true", "a = x || a != x", NULL, NULL},
    {"[w = \"*\"]", "always-true", "w = \"*\"", NULL, NULL},
    {"{ $.* = x || $.* != x }", "always-true", "$.* = x || $.* != x", NULL, NULL},
    {"{ $.a = x || $.a = x }", "redundant-test", "$.a = x", NULL, NULL},
    {"{ $.a = x || ($.a = x && $.b = y) }", "redundant-test", "($.a = x && $.b = y)", NULL, NULL},
    {"{ $.a = x && $.a != y }", "redundant-test", "$.a != y", NULL, NULL},
    {"{ $.a = x* && $.a = xy* }", "redundant-test", "$.a = x*", NULL, NULL},
    {"[a = ERROR && a != FOO, b]", "redundant-test", "a != FOO", NULL, NULL},
    /* fields of CloudTrail */
    {"{ $.EventName = x }", "unknown-field", "$.EventName", "$.eventName", "{ $.eventName = x }"},
    {"{ $.eventName = x && $.userIdentity.tpye = x }", "unknown-field", "$.userIdentity.tpye", "$.userIdentity.type", NULL},
    {"{ $.eventSource = x && $.invokedBy NOT EXISTS }", "unknown-field", "$.invokedBy", "$.userIdentity.invokedBy", NULL},
    {"{ $.eventSource = x && $.userName = y }", "unknown-field", "$.userName", NULL, NULL},
    {"{ $.readOnly = \"true\" && $.eventName = x }", "field-type", "= \"true\"", "IS TRUE",
     "{ $.readOnly IS TRUE && $.eventName = x }"},
    {"{ $.managementEvent != true }", "field-type", "!= true", "IS FALSE", "{ $.managementEvent IS FALSE }"},
    {"{ $.userIdentity = root }", "field-type", "= root", NULL, NULL},
    {"{ $.userIdentity.sessionContext.attributes.mfaAuthenticated IS TRUE }", "field-type", "IS TRUE", "= \"true\"",
     "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = \"true\" }"},
    {"{ $.eventName = x && $.resources.ARN = y }", "field-type", "$.resources.ARN", "$.resources[*].ARN",
     "{ $.eventName = x && $.resources[*].ARN = y }"},
    {"{ $.eventName = x && $.errorCode IS NULL }", "field-type", "IS NULL", "NOT EXISTS", NULL},
    {"{ $.userIdentity.sessionContext.attributes.mfaAuthenticated IS FALSE }", "field-type", "IS FALSE", "= \"false\"",
     "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = \"false\" }"},
    {"{ $.eventVersion > 1.07 }", "field-type", "> 1.07", NULL, NULL},
    {"{ $.detail.eventName = x && $.eventSource = y }", "eventbridge-path", "$.detail.eventName", "$.eventName", NULL},
    /* refusals */
    {"{ $.a == 1 }", "refused", "==", "=", "{ $.a = 1 }"},
    {"{ $.a === 1 }", "refused", "===", "=", "{ $.a = 1 }"},
    {"{ $.a <> 1 }", "refused", "<>", "!=", "{ $.a != 1 }"},
    {"{ $.a =~ \"^x\" }", "refused", "=~", "= %^x%", "{ $.a = %^x% }"},
    {"{ $.a = 1 AND $.b = 2 OR $.c = 3 }", "refused", "AND", "&&", "{ $.a = 1 && $.b = 2 || $.c = 3 }"},
    {"{ $.a = 1 & $.b = 2 }", "refused", "&", "&&", "{ $.a = 1 && $.b = 2 }"},
    {"{ $.a = 'x' }", "refused", "'", "\"x\"", "{ $.a = \"x\" }"},
    {"{ $.a = \xE2\x80\x9Cx\xE2\x80\x9D }", "refused", "\xE2\x80\x9C", "\"x\"", "{ $.a = \"x\" }"},
    {"{ $.a IN (\"x\", y) && $.b = 1 }", "refused", "IN", "($.a = \"x\" || $.a = y)",
     "{ ($.a = \"x\" || $.a = y) && $.b = 1 }"},
    {"{ $.a IN (\"x\", y }", "refused", "IN", NULL, NULL},
    {"{ $.a IN (\"x\", ) }", "refused", "IN", NULL, NULL},
    {"{ $.a IN ( ) }", "refused", "IN", NULL, NULL},
    {"{ $.a IN () }", "refused", "IN", NULL, NULL},
    {"{ $.a = , }", "refused", ",", NULL, NULL},
    {"{ $.a = null }", "refused", "null", "IS NULL", "{ $.a IS NULL }"},
    {"{ $.a != null }", "refused", "null", "= *", NULL},
    {"{ a = 1 && (b.c > 2) }", "refused", "a", "$.", "{ $.a = 1 && ($.b.c > 2) }"},
    {" { $.a = 1 }\n", "refused", " ", "{ $.a = 1 }", "{ $.a = 1 }"},
    {"{ $.a = arn:aws:s3 }", "refused", ":", "\"arn:aws:s3\"", "{ $.a = \"arn:aws:s3\" }"},
    {"foo:bar -x/y", "refused", ":", "\"foo:bar\"", "\"foo:bar\" -\"x/y\""},
    {"'email': 'down'", "refused", "'", "\"'email': 'down'\"", NULL},
    {"{ $.a = (1) }", "refused", "(", NULL, NULL},
    {"[a = 1 OR a = 2, b]", "refused", "OR", "||", "[a = 1 || a = 2, b]"},
};

static bool matches(const ctf_finding *finding, const char *pattern, size_t trap)
{
    ctf_text at = {pattern + finding->offset, finding->length};
    return strcmp(finding->id, traps[trap].id) == 0 && same(at, traps[trap].at) &&
           finding->proposes == (traps[trap].instead != NULL) &&
           (traps[trap].instead == NULL || same(finding->instead, traps[trap].instead));
}

static void every_trap_is_found_where_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        ctf_check *result = check(traps[i].pattern, 0);
        size_t k = 0, n = info_of(result).n_findings;
        while (k < n) {
            ctf_finding finding = finding_of(result, k);
            if (matches(&finding, traps[i].pattern, i))
                break;
            k++;
        }
        if (k == n) {
            for (size_t j = 0; j < n; j++) {
                ctf_finding f = finding_of(result, j);
                print_message("%s at %zu+%zu: %.*s (%.*s)\n", f.id, f.offset, f.length, (int)f.words.length, f.words.data,
                              (int)f.instead.length, f.instead.data);
            }
            fail_msg("%s: no %s", traps[i].pattern, traps[i].id);
        }
        ctf_text fixed = info_of(result).fixed;
        if (!same(fixed, traps[i].fixed == NULL ? "" : traps[i].fixed))
            fail_msg("%s is mended to: %.*s", traps[i].pattern, (int)fixed.length, fixed.data);
        ctf_check_free(result);
    }
}

static void what_is_mended_compiles_and_has_nothing_to_mend(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        if (traps[i].fixed == NULL)
            continue;
        ctf_check *result = check(traps[i].fixed, 0);
        assert_false(info_of(result).refused);
        assert_int_equal(info_of(result).fixed.length, 0);
        for (size_t k = 0; k < info_of(result).n_findings; k++)
            assert_false(finding_of(result, k).sure);
        ctf_check_free(result);
    }
}

static const char *const silent[] = {
    "",
    "{ $.a = x || $.a != x }",
    "{ $.a NOT EXISTS || $.a != x }",
    "{ $.a != x && $.a != y }",
    "{ $.a[0] = 1 && $.a[1] = 2 && $.a[*] = 3 }",
    "{ $.a[*].b = 1 && $.a[*].b = 2 }",
    "{ $.a.* = 1 && $.a.* = 2 }",
    "{ $.n > 1e307 || $.n < -1e307 }",
    "{ $.b = 1 && ($.c = 4 || ($.a > 5 && $.a < 7)) }",
    "[a = x || a = y, b != z, ...]",
    "[]",
    "ERROR",
    "?ERROR ?WARN",
    "\"us-east-1\" -test",
    "\"SELECT * FROM t\"",
    "\"foo\"-\"bar\"",
    "OR",
    "%ERR.*%",
    "[ip, user, status = 4*, size]",
    "[a, b = x, ...]",
    "[a, b = \"rest of the line*\"]",
    "{ $.a = \"true\" }",
    "{ $.level = ERROR && $.status = 403 }",
    "{ $.errorCode = x || $.status = 403 }",
    "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = false }",
    "{ $.requestParameters.whatever.there[0].x = 1 && $.eventName = y }",
    "{ $.userIdentity.* = x }",
    "{ $.resources[0].accountId = 1 && $.eventName = x }",
    "{ $.responseElements IS NULL }",
    "{ $.userIdentity NOT EXISTS }",
};

static void what_is_usual_is_silent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        ctf_check *result = check(silent[i], 0);
        if (info_of(result).n_findings != 0)
            fail_msg("%s: %s", silent[i], finding_of(result, 0).id);
        ctf_check_free(result);
    }
}

static void cloudtrail_is_asked_for_or_not(void **state)
{
    (void)state;
    const char *other = "{ $.status = 403 }", *own = "{ $.eventSource = x && $.foo = y }";
    ctf_check *result = check(other, 1);
    assert_string_equal(finding_of(result, 0).id, "unknown-field");
    ctf_check_free(result);
    result = check(own, -1);
    assert_int_equal(info_of(result).n_findings, 0);
    ctf_check_free(result);
    result = check(own, 0);
    assert_int_equal(info_of(result).n_findings, 1);
    ctf_check_free(result);
}

/* No path of the table is that long. */
static void a_very_long_path_is_an_unknown_field(void **state)
{
    (void)state;
    char pattern[400] = "{ $.eventSource = x && $.";
    memset(pattern + strlen(pattern), 'k', 300);
    strcat(pattern, " = 1 }");
    ctf_check *result = check(pattern, 0);
    assert_int_equal(info_of(result).n_findings, 1);
    assert_string_equal(finding_of(result, 0).id, "unknown-field");
    ctf_check_free(result);
    result = check("{ $.detail.kkk = 1 }", 1); /* not what EventBridge puts around a record */
    assert_int_equal(info_of(result).n_findings, 1);
    assert_string_equal(finding_of(result, 0).id, "unknown-field");
    ctf_check_free(result);
}

static void findings_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    ctf_check *result = check("{ $.a = true && $.b = \"%x%\" && $.c = false }", 0);
    assert_int_equal(info_of(result).n_findings, 3);
    for (size_t i = 1; i < 3; i++)
        assert_true(finding_of(result, i - 1).offset < finding_of(result, i).offset);
    ctf_check_free(result);
}

static void a_refusal_has_the_words_of_the_service(void **state)
{
    (void)state;
    ctf_check *result = check("{ $.a == 1 }", 0);
    assert_true(info_of(result).refused);
    assert_true(same(finding_of(result, 0).service, "Invalid metric filter pattern"));
    assert_int_equal(finding_of(result, 0).severity, CTF_SEVERITY_ERROR);
    ctf_check_free(result);
}

static void every_rule_has_an_id_of_its_own_and_words(void **state)
{
    (void)state;
    ctf_check_rule rule, other;
    size_t n = 0;
    for (; ctf_check_rule_at(n, &rule) == CTF_OK; n++) {
        assert_true(strlen(rule.id) > 0 && strlen(rule.title) > 0 && strlen(rule.help) > 20);
        assert_true(rule.help[strlen(rule.help) - 1] == '.');
        assert_string_not_equal(ctf_severity_name(rule.severity), "unknown");
        for (size_t i = 0; i < n; i++) {
            ctf_check_rule_at(i, &other);
            assert_string_not_equal(rule.id, other.id);
        }
    }
    assert_true(n > 20);
    assert_int_equal(ctf_check_rule_at(n, &rule), CTF_E_ARGUMENT);
}

static void every_field_of_the_table_has_its_parent(void **state)
{
    (void)state;
    ctfi_cloudtrail_field field, parent;
    for (size_t i = 0; ctfi_cloudtrail_field_at(i, &field); i++) {
        const char *dot = strrchr(field.path, '.'), *bracket = strrchr(field.path, '[');
        size_t n = (size_t)((bracket > dot ? bracket : dot) - field.path);
        if (dot == NULL && bracket == NULL)
            continue;
        bool found = false;
        for (size_t k = 0; ctfi_cloudtrail_field_at(k, &parent) && !found; k++)
            found = strlen(parent.path) == n && memcmp(parent.path, field.path, n) == 0 &&
                    (parent.types & (CTFI_TYPE_OBJECT | CTFI_TYPE_ARRAY)) != 0;
        if (!found)
            fail_msg("%s", field.path);
    }
}

/* Pieces of patterns, good and bad, put together at random: whatever comes out, positions are good and mending ends. */
static void any_text_is_checked(void **state)
{
    (void)state;
    static const char *const pieces[] = {"{", "}", "[", "]", " ", "$.a", "$.eventName", "=", "==", "!=", "\"x\"", "'", "%",
                                         "AND", "or", "IN", "(", ")", ",", "null", "true", "-", "?", "a-b", "*", "...",
                                         "\xE2\x80\x9C", "\xE2\x80\x9D", "&&", "||", "|", "<", "5", ":", "/", "\\", "\"", "=~"};
    unsigned random = 12345;
    size_t mended = 0;
    for (int round = 0; round < 20000; round++) {
        char text[128] = "";
        random = random * 1103515245u + 12345u;
        for (unsigned k = random >> 16 & 7; strlen(text) < 100 && k < 12; k++) {
            random = random * 1103515245u + 12345u;
            strcat(text, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        ctf_check *result = check(text, round % 3 - 1);
        ctf_check_info info = info_of(result);
        for (size_t i = 0; i < info.n_findings; i++) {
            ctf_finding f = finding_of(result, i);
            assert_true(f.offset + f.length <= strlen(text));
            assert_true(!f.proposes || f.instead_offset + f.instead_length <= strlen(text));
            assert_true(ctfi_utf8_valid((const unsigned char *)f.words.data, f.words.length));
        }
        if (info.fixed.length > 0) {
            ctf_filter *filter;
            ctf_pattern pattern = {.text = info.fixed};
            assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL), CTF_OK);
            ctf_filter_free(filter);
            mended++;
        }
        ctf_check_free(result);
    }
    assert_true(mended > 100);
}

static void misuse_is_an_argument_error(void **state)
{
    (void)state;
    ctf_check *result = (ctf_check *)1;
    ctf_check_info info;
    ctf_finding finding;
    const ctf_check_options odd = {.size = 2}, unknown = {.size = sizeof unknown, .cloudtrail = 7};
    assert_int_equal(ctf_check_pattern(view("x"), NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_check_pattern((ctf_text){NULL, 1}, NULL, &result), CTF_E_ARGUMENT);
    assert_null(result);
    assert_int_equal(ctf_check_pattern(view("x"), &odd, &result), CTF_E_ARGUMENT);
    assert_int_equal(ctf_check_pattern(view("x"), &unknown, &result), CTF_E_ARGUMENT);
    assert_int_equal(ctf_check_pattern(view("x"), NULL, &result), CTF_OK);
    assert_int_equal(ctf_check_finding(result, 0, &finding), CTF_E_ARGUMENT);
    assert_int_equal(ctf_check_describe(NULL, &info), CTF_E_ARGUMENT);
    ctf_check_free(result);
    ctf_check_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_trap_is_found_where_it_is),
        cmocka_unit_test(what_is_mended_compiles_and_has_nothing_to_mend),
        cmocka_unit_test(what_is_usual_is_silent),
        cmocka_unit_test(cloudtrail_is_asked_for_or_not),
        cmocka_unit_test(a_very_long_path_is_an_unknown_field),
        cmocka_unit_test(findings_come_in_the_order_of_the_text),
        cmocka_unit_test(a_refusal_has_the_words_of_the_service),
        cmocka_unit_test(every_rule_has_an_id_of_its_own_and_words),
        cmocka_unit_test(every_field_of_the_table_has_its_parent),
        cmocka_unit_test(any_text_is_checked),
        cmocka_unit_test(misuse_is_an_argument_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
