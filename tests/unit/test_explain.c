/* Explanations: outcomes, values seen, words, hints, decisive tests; and misuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/explain.h>

#include "base/utf8.h"
#include "reason/ask.h"
#include "reason/place.h"

static ctf_text view(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

static ctf_explanation *explain(const char *pattern, const char *message)
{
    ctf_explanation *e;
    ctf_error error;
    ctf_text text = view(message == NULL ? "" : message);
    if (ctf_explain(view(pattern), message == NULL ? NULL : &text, NULL, &e, &error) != CTF_OK)
        fail_msg("%s: %s", pattern, error.message);
    return e;
}

static ctf_explanation_info info_of(const ctf_explanation *e)
{
    ctf_explanation_info info;
    assert_int_equal(ctf_explanation_describe(e, &info), CTF_OK);
    return info;
}

static ctf_clause clause_of(const ctf_explanation *e, size_t i)
{
    ctf_clause clause;
    assert_int_equal(ctf_explanation_clause(e, i, &clause), CTF_OK);
    return clause;
}

static ctf_hint hint_of(const ctf_explanation *e, size_t i)
{
    ctf_hint hint;
    assert_int_equal(ctf_explanation_hint(e, i, &hint), CTF_OK);
    return hint;
}

static ctf_seen seen_of(const ctf_explanation *e, size_t clause, size_t i)
{
    ctf_seen seen;
    assert_int_equal(ctf_explanation_seen(e, clause, i, &seen), CTF_OK);
    return seen;
}

static void assert_text(ctf_text text, const char *expected)
{
    if (text.length != strlen(expected) || (text.length != 0 && memcmp(text.data, expected, text.length) != 0))
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.length, text.data, expected);
}

/* ---- outcomes ---- */

static const char event[] =
    "{\"s\":\"abc\",\"n\":7,\"t\":true,\"z\":null,\"l\":[1,2,{\"k\":\"v\"}],\"o\":{\"k\":\"w\"},\"d\":1,\"d\":2}";

static const struct {
    const char *test;
    ctf_outcome outcome;
    size_t n_seen;
    ctf_value_type type;
    const char *text, *path;
} outcomes[] = {
    {"$.s = abc", CTF_OUTCOME_TRUE, 1, CTF_VALUE_STRING, "abc", "$.s"},
    {"$.s = abd", CTF_OUTCOME_FALSE, 1, CTF_VALUE_STRING, "abc", "$.s"},
    {"$.s != abc", CTF_OUTCOME_FALSE, 1, CTF_VALUE_STRING, "abc", "$.s"},
    {"$.n > 6", CTF_OUTCOME_TRUE, 1, CTF_VALUE_NUMBER, "7", "$.n"},
    {"$.s > 6", CTF_OUTCOME_UNFIT, 1, CTF_VALUE_STRING, "abc", "$.s"},
    {"$.t = true", CTF_OUTCOME_UNFIT, 1, CTF_VALUE_BOOLEAN, "true", "$.t"},
    {"$.t IS FALSE", CTF_OUTCOME_FALSE, 1, CTF_VALUE_BOOLEAN, "true", "$.t"},
    {"$.z != x", CTF_OUTCOME_UNFIT, 1, CTF_VALUE_NULL, "null", "$.z"},
    {"$.z IS NULL", CTF_OUTCOME_TRUE, 1, CTF_VALUE_NULL, "null", "$.z"},
    {"$.n IS NULL", CTF_OUTCOME_FALSE, 1, CTF_VALUE_NUMBER, "7", "$.n"},
    {"$.m != x", CTF_OUTCOME_ABSENT, 0, CTF_VALUE_MISSING, "", ""},
    {"$.m NOT EXISTS", CTF_OUTCOME_TRUE, 0, CTF_VALUE_MISSING, "", ""},
    {"$.s NOT EXISTS", CTF_OUTCOME_FALSE, 1, CTF_VALUE_STRING, "abc", "$.s"},
    {"$.l[2].k = v", CTF_OUTCOME_TRUE, 1, CTF_VALUE_STRING, "v", "$.l[2].k"},
    {"$.l[*] = 3", CTF_OUTCOME_FALSE, 3, CTF_VALUE_NUMBER, "1", "$.l[0]"},
    {"$.l[*].k = x", CTF_OUTCOME_FALSE, 1, CTF_VALUE_STRING, "v", "$.l[2].k"},
    {"$.l = 1", CTF_OUTCOME_UNFIT, 1, CTF_VALUE_ARRAY, "[1,2,{\"k\":\"v\"}]", "$.l"},
    {"$.o = 1", CTF_OUTCOME_UNFIT, 1, CTF_VALUE_OBJECT, "{\"k\":\"w\"}", "$.o"},
    {"$.d = 1", CTF_OUTCOME_FALSE, 1, CTF_VALUE_NUMBER, "2", "$.d"},
};

static void a_test_is_true_or_false_or_had_nothing_to_test(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        char pattern[64];
        snprintf(pattern, sizeof pattern, "{ %s }", outcomes[i].test);
        ctf_explanation *e = explain(pattern, event);
        ctf_clause clause = clause_of(e, 0);
        if (clause.outcome != outcomes[i].outcome || clause.n_seen != outcomes[i].n_seen)
            fail_msg("%s: outcome %d, %zu values", pattern, (int)clause.outcome, clause.n_seen);
        assert_text(clause.text, outcomes[i].test);
        if (clause.n_seen > 0) {
            ctf_seen seen = seen_of(e, 0, 0);
            assert_int_equal(seen.type, outcomes[i].type);
            assert_text(seen.text, outcomes[i].text);
            assert_text(seen.path, outcomes[i].path);
            assert_true(seen.offset + seen.length <= sizeof event - 1);
        }
        ctf_explanation_free(e);
    }
}

static void a_string_is_seen_decoded_and_placed_as_it_is_spelled(void **state)
{
    (void)state;
    ctf_explanation *e = explain("{ $.['a b'].c = x }", "{\"a b\": {\"\\u0063\": \"A\\n\\u00e9\"}}");
    ctf_seen seen = seen_of(e, 0, 0);
    assert_text(seen.text, "A\n\xC3\xA9");
    assert_text(seen.path, "$.['a b'].c");
    assert_int_equal(seen.offset, 19);
    assert_int_equal(seen.length, 11);
    ctf_explanation_free(e);
}

static void tests_joined_are_a_row_with_depths(void **state)
{
    (void)state;
    ctf_explanation *e = explain("{ ($.a = 1) && ( ( $.b = 2 || $.c = 3 ) ) }", "{\"a\":1,\"c\":3}");
    assert_int_equal(info_of(e).n_clauses, 5);
    assert_int_equal(info_of(e).n_tests, 3);
    assert_true(info_of(e).matches);
    static const ctf_clause_type types[] = {CTF_CLAUSE_ALL, CTF_CLAUSE_TEST, CTF_CLAUSE_ANY, CTF_CLAUSE_TEST,
                                            CTF_CLAUSE_TEST};
    static const size_t depths[] = {0, 1, 1, 2, 2}, parents[] = {0, 0, 0, 2, 2};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(clause_of(e, i).type, types[i]);
        assert_int_equal(clause_of(e, i).depth, depths[i]);
        assert_int_equal(clause_of(e, i).parent, parents[i]);
    }
    assert_text(clause_of(e, 1).text, "$.a = 1");
    assert_int_equal(clause_of(e, 1).offset, 3);
    assert_int_equal(clause_of(e, 3).outcome, CTF_OUTCOME_ABSENT);
    ctf_explanation_free(e);
}

static void assert_decisive(const char *pattern, const char *message, const char *expected)
{
    char got[16] = "";
    ctf_explanation *e = explain(pattern, message);
    size_t n = info_of(e).n_clauses;
    for (size_t i = 0; i < n; i++)
        if (clause_of(e, i).type == CTF_CLAUSE_TEST)
            strcat(got, clause_of(e, i).decisive ? "x" : "-");
    assert_string_equal(got, expected);
    ctf_explanation_free(e);
}

static void the_smallest_set_of_tests_decides(void **state)
{
    (void)state;
    const char *message = "{\"a\":1,\"b\":2,\"c\":3}";
    assert_decisive("{ $.a = 1 && $.b = 1 && $.c = 1 }", message, "-xx");
    assert_decisive("{ ($.a = 2 && $.b = 1) || $.c = 1 }", message, "--x");
    assert_decisive("{ ($.a = 2 && $.b = 1) || ($.a = 1 && $.c = 1) }", message, "---x");
    assert_decisive("{ $.a = 9 || ($.a = 1 && $.c = 1) }", message, "--x"); /* nearer by the true one */
    assert_decisive("{ $.a = 9 || $.b = 2 || $.c = 3 }", message, "-x-");
    assert_decisive("{ ($.a = 1 && $.b = 2) || $.c = 3 }", message, "--x");
    assert_decisive("?x ?y z", "z", "--x");
    assert_decisive("?x ?y -z", "z", "--x");
}

/* ---- messages that a kind does not read ---- */

static void assert_fault(const char *pattern, const char *message, const char *words, size_t offset)
{
    ctf_explanation *e = explain(pattern, message);
    assert_false(info_of(e).matches);
    assert_text(info_of(e).fault, words);
    assert_int_equal(info_of(e).fault_offset, offset);
    assert_int_equal(clause_of(e, 0).outcome, CTF_OUTCOME_NONE);
    ctf_explanation_free(e);
}

static void a_message_that_is_no_object_is_told_with_its_place(void **state)
{
    (void)state;
    const char *p = "{ $.a NOT EXISTS }";
    assert_fault(p, "", "the message is not one JSON object: nothing but blanks", 0);
    assert_fault(p, "[1]", "the message is not one JSON object: an array, not an object", 0);
    assert_fault(p, "x {}", "the message is not one JSON object: text that does not begin with a brace {", 0);
    assert_fault(p, "{} x", "the message is not one JSON object: more behind the object", 3);
    assert_fault(p, "{\"a\" 1}", "the message is not one JSON object: no colon behind a key", 5);
    assert_fault(p, "{\"a\":1", "the message is not one JSON object: its end inside an object or array", 6);
    assert_fault(p, "{\"a\":01}",
                 "the message is not one JSON object: neither a value of JSON nor a number as JSON writes it", 5);
    assert_fault(p, "{\"a\":\"\\x\"}", "the message is not one JSON object: an escape that JSON does not have", 6);
    assert_fault(p, "{\"a\":\"\\ud800\"}", "the message is not one JSON object: half of a surrogate pair", 6);
    assert_fault("[a, b, c = 1]", "x y", "the line has 2 tokens, and the pattern asks for at least 3", 3);
}

static void the_reader_accepts_what_the_matcher_proves(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}", " {\"a\" : [ ] }\n", "{\"a\":-0.5e+3}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":-01}",
        "{\"a\":00}", "{\"a\":0}", "{\"a\":tru}", "{\"a\":truex}", "{,}", "{\"a\":1,}", "{\"a\":[1,]}", "{\"a\":[,1]}",
        "{\"a\":\"\\uD83D\\uDE00\"}", "{\"a\":\"\\uDE00\"}", "{\"a\":\"\\uD83Dx\"}", "{\"a\":\"\\u12G4\"}", "{\"\xC3\":1}",
        "{\"a\":\"\x7F\"}", "{\"a\":\"\t\"}", "{\"a\":[[[[{}]]]]}", "{\"a\":[}", "{\"a\":{]}", "{\"a\":1 \"b\":2}", "{\"a\"",
        "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\\u00", "{a:1}", "{\"a\":nul", "\xEF\xBB\xBF{}", "{}{}", "{\"a\":1}]", "\"x\"", "1"};
    size_t accepted = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ctf_explanation *e = explain("{ $.zz NOT EXISTS }", texts[i]); /* matches what is proved */
        if ((info_of(e).fault.length == 0) != (info_of(e).matches != 0))
            fail_msg("%s", texts[i]);
        accepted += info_of(e).matches != 0;
        ctf_explanation_free(e);
    }
    assert_true(accepted > 5);
}

/* ---- hints ---- */

static const struct {
    const char *pattern, *message;
    const char *id, *instead; /* instead NULL: none */
    bool holds, matches;
} hints[] = {
    {"{ $.b != x }", "{\"a\":1}", "absent-inequality", "($.b NOT EXISTS || $.b != x)", true, true},
    {"{ $.b[*].c != x }", "{\"a\":1}", "absent-inequality", "($.b NOT EXISTS || $.b[*].c != x)", true, true},
    {"{ $.b IS NULL }", "{\"a\":1}", "absent-is-not-null", "$.b NOT EXISTS", true, true},
    {"{ $.b NOT EXISTS }", "{\"b\":null}", "null-exists", "$.b IS NULL", true, true},
    {"{ $.b != x }", "{\"b\":null}", "null-inequality", "($.b IS NULL || $.b != x)", true, true},
    {"{ $.b = \"null\" }", "{\"b\":null}", "null-as-text", "$.b IS NULL", true, true},
    {"{ $.b = true }", "{\"b\":true}", "boolean-as-text", "$.b IS TRUE", true, true},
    {"{ $.b = \"False\" }", "{\"b\":true}", "boolean-as-text", "$.b IS FALSE", false, false},
    {"{ $.b != true && $.a = 1 }", "{\"b\":false}", "boolean-as-text", "$.b IS FALSE", true, false},
    {"{ $.b = yes }", "{\"b\":true}", "boolean-as-text", NULL, false, false},
    {"{ $.b IS TRUE }", "{\"b\":\"true\"}", "text-as-boolean", "$.b = \"true\"", true, true},
    {"{ $.b = 7 }", "{\"b\":\"07\"}", "number-and-text", "$.b = \"07\"", true, true},
    {"{ $.b = \"7\" }", "{\"b\":7.0}", "number-and-text", "$.b = 7", true, true},
    {"{ $.b > 7 }", "{\"b\":\"9\"}", "order-of-text", NULL, false, false},
    {"{ $.b = \"%x+%\" }", "{\"b\":\"axx\"}", "quoted-regex", "$.b = %x+%", true, true},
    {"{ $.b = \"%x!%\" }", "{\"b\":\"axx\"}", "quoted-regex", NULL, false, false},
    {"{ $.b = Login }", "{\"b\":\"login\"}", "case", "$.b = \"login\"", true, true},
    {"{ $.b = \"*FAILED*\" }", "{\"b\":\"it failed so\"}", "case", "$.b = \"*failed*\"", true, true},
    {"{ $.b = \"*Failed\" }", "{\"b\":\"Failed authentication\"}", "star-elsewhere", "$.b = \"Failed*\"", true, true},
    {"{ $.b = Failed }", "{\"b\":\"Failed authentication\"}", "part-of-text", "$.b = \"Failed*\"", true, true},
    {"{ $.b = at }", "{\"b\":\"attach at rat\"}", "part-of-text", "$.b = \"at*\"", true, true},
    {"{ $.b = rat }", "{\"b\":\"attach rats\"}", "part-of-text", "$.b = \"*rat*\"", true, true},
    {"{ $.b = \"*.amazonaws\" }", "{\"b\":\"iam.amazonaws.com\"}", "star-elsewhere", "$.b = \"*.amazonaws*\"", true, true},
    {"{ $.b = \"*.amazon.com\" }", "{\"b\":\"iam.amazonaws.com\"}", "other-end", NULL, false, false},
    {"{ $.b = \"arn:aws:iam:*root\" }", "{\"b\":\"arn:aws:sts::1:root\"}", "other-end", NULL, false, false},
    {"{ $.userIdentity.invokedby = x }", "{\"eventVersion\":\"1\",\"eventSource\":\"s\"}", "field-unknown",
     "$.userIdentity.invokedBy = x", false, false},
    {"{ $.b = \"*10.10\" }", "{\"b\":\"10.10.10\"}", "star-takes-least", NULL, false, false},
    {"{ $.b = x }", "{\"b\":\" x\"}", "blanks", "$.b = \" x\"", true, true},
    {"{ $.b = 1 }", "{\"b\":[2,1]}", "array", "$.b[*] = 1", true, true},
    {"{ $.b = 1 }", "{\"b\":{\"c\":1}}", "object", NULL, false, false},
    {"{ $.l.c = 1 }", "{\"l\":[{\"c\":1}]}", "array-on-the-way", "$.l[*].c = 1", true, true},
    {"{ $.s.c = 1 }", "{\"s\":\"{\\\"c\\\":1}\"}", "json-in-text", NULL, false, false},
    {"{ $.EventName = x }", "{\"eventName\":\"x\"}", "key-case", "$.eventName = x", true, true},
    {"{ $.evetName = x }", "{\"eventName\":\"x\"}", "key-spelling", "$.eventName = x", true, true},
    {"{ $.invokedBy = x }", "{\"userIdentity\":{\"invokedBy\":\"x\"}}", "key-elsewhere",
     "$.userIdentity.invokedBy = x", true, true},
    {"{ $.detail.name = x }", "{\"q\":[{\"name\":\"y\"}],\"name\":\"z\"}", "key-elsewhere", "$.name = x", false, false},
    {"{ $.a = 1 }", "INFO {\"a\":1}", "text-before-json", NULL, false, false},
    {"[a, b = x]", "1 x y", "last-field", ", ...", true, true},
    {"[a, b > 1]", "1 x", "order-of-text", NULL, false, false},
    {"[a, b = err]", "1 ERR", "case", "b = \"ERR\"", true, true},
    {"error", "an Error", "case", "\"Error\"", true, true},
    {"\"ERR*\"", "an ERROR", "star-in-term", "\"ERR\"", true, true},
    {"\"%E+%\"", "an ERROR", "quoted-regex", "%E+%", true, true},
    {"x a-b", "x a-b", "dash-splits", "\"a-b\"", true, true},
};

static void a_hint_proposes_what_it_tried(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        ctf_explanation *e = explain(hints[i].pattern, hints[i].message);
        size_t k = 0, n = info_of(e).n_hints;
        while (k < n && strcmp(hint_of(e, k).id, hints[i].id) != 0)
            k++;
        if (k == n)
            fail_msg("%s: no hint %s", hints[i].pattern, hints[i].id);
        ctf_hint hint = hint_of(e, k);
        assert_text(hint.instead, hints[i].instead == NULL ? "" : hints[i].instead);
        if ((hint.test_holds != 0) != hints[i].holds || (hint.pattern_matches != 0) != hints[i].matches)
            fail_msg("%s: %s is tried with another result", hints[i].pattern, hints[i].id);
        assert_true(ctfi_utf8_valid((const unsigned char *)hint.words.data, hint.words.length));
        ctf_explanation_free(e);
    }
}

static void nothing_is_hinted_where_nothing_is_odd(void **state)
{
    (void)state;
    static const char *const quiet[][2] = {
        {"{ $.a = 1 }", "{\"a\":1}"}, {"{ $.a = 1 }", "{\"a\":2}"}, {"{ $.a = x }", "{\"a\":\"y\"}"}, {"{ $.a = abc* }", "{\"a\":\"xyz\"}"},
        {"{ $.a NOT EXISTS }", "{\"a\":1}"}, {"{ $.a IS TRUE }", "{\"a\":false}"}, {"x", "y"}, {"-x", "x"},
        {"[a = 1]", "2"}, {"%x%", "y"}, {"{ $.a != 1 }", "{\"a\":1}"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        ctf_explanation *e = explain(quiet[i][0], quiet[i][1]);
        if (info_of(e).n_hints != 0)
            fail_msg("%s: %s", quiet[i][0], hint_of(e, 0).id);
        ctf_explanation_free(e);
    }
}

/* ---- words ---- */

static const char *const words[][2] = {
    {"{ $.a = x }", "$.a is \"x\""},
    {"{ $.a = \"7x\" }", "$.a is \"7x\", or a number that prints so"},
    {"{ $.a = 7 }", "$.a is the number 7 or the text \"7\""},
    {"{ $.a != 7 }", "$.a is text or a number that a double can hold, and is neither the number 7 nor the text \"7\""},
    {"{ $.a != \"x*\" }", "$.a is text or a number, and does not begin with \"x\""},
    {"{ $.a = * }", "$.a is text or a number"},
    {"{ $.a = *x }", "$.a has its first \"x\" at its end"},
    {"{ $.a = *x* }", "$.a contains \"x\""},
    {"{ $.a = a*b }", "$.a fits \"a*b\", each * taking as little as it can"},
    {"{ $.a = %x% }", "$.a contains a match of the regular expression x"},
    {"{ $.a >= 1e3 }", "$.a is a number at least 1e3"},
    {"{ $.a IS NULL }", "$.a is null, or an array with a null in it"},
    {"{ $.a NOT EXISTS }", "$.a is not there"},
    {"{ $.a[*].b = x }", "some value at $.a[*].b is \"x\""},
    {"{ $.a[*].b != x }", "$.a is there, and no value at $.a[*].b is \"x\""},
    {"{ $.* != x }", "no value at $.* is \"x\""},
    {"{ $.a[*] IS NULL }", "some value at $.a[*] is null"},
    {"{ $.a[*] NOT EXISTS }", "nothing is at $.a[*]"},
    {"[a, b = 1]", "the field b is a number equal to 1"},
    {"[a, b != 1]", "the field b is not a number equal to 1"},
    {"[a, b < 1]", "the field b is a number less than 1"},
    {"ERROR", "the message contains \"ERROR\""},
    {"-ERROR", "the message does not contain \"ERROR\""},
    {"%a+%", "the message contains a match of the regular expression a+"},
};

static void a_pattern_is_told_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ctf_explanation *e = explain(words[i][0], NULL);
        assert_false(info_of(e).judged);
        assert_text(clause_of(e, 0).words, words[i][1]);
        ctf_explanation_free(e);
    }
}

static void the_kind_is_told_in_words(void **state)
{
    (void)state;
    static const char *const kinds[][2] = {
        {"", "any message"},
        {"[]", "any message"},
        {"x", "any message"},
        {"{ $.a = 1 }", "a message that is one JSON object"},
        {"[a, b]", "a line of at least 2 tokens; where it has more, the last field is all the rest of the line"},
        {"[..., b]", "a line of at least 1 token"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ctf_explanation *e = explain(kinds[i][0], NULL);
        assert_text(info_of(e).words, kinds[i][1]);
        ctf_explanation_free(e);
    }
}

/* ---- places ---- */

static void a_line_is_told_as_it_was_split(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        int rest;
        size_t offset;
    } tokens[] = {{"ip", "1.2.3.4", 0, 0}, {"", "a b", 0, 9}, {"user", "c", 1, 14}, {"", "d e", 0, 17}};
    const char *line = "1.2.3.4 [a b]  c \"d e\"";
    ctf_explanation *e = explain("[ip, , user = x]", line);
    assert_int_equal(info_of(e).n_tokens, 4);
    for (size_t i = 0; i < 4; i++) {
        ctf_split token;
        assert_int_equal(ctf_explanation_token(e, i, &token), CTF_OK);
        assert_int_equal(token.position, i + 1);
        assert_text(token.name, tokens[i].name);
        assert_text(token.text, tokens[i].text);
        assert_int_equal(token.rest, tokens[i].rest);
        assert_memory_equal(line + token.offset, tokens[i].text, strlen(tokens[i].text));
    }
    assert_text(seen_of(e, 0, 0).text, "c \"d e\"");
    assert_int_equal(clause_of(e, 0).position, 3);
    ctf_explanation_free(e);
}

static void a_term_is_seen_wherever_it_occurs(void **state)
{
    (void)state;
    ctf_explanation *e = explain("ab -x", "abxab");
    assert_int_equal(clause_of(e, 1).n_seen, 2);
    assert_int_equal(seen_of(e, 1, 1).offset, 3);
    assert_int_equal(seen_of(e, 2, 0).offset, 2);
    ctf_explanation_free(e);
}

static const struct {
    const char *regex, *text;
    size_t from, length;
} matches[] = {
    {"%b+%", "abbbc", 1, 3},     {"%b*%", "abb", 0, 0},       {"%^b|c%", "abc", 2, 1},    {"%c$|b%", "abcc", 1, 1},
    {"%a{2,3}%", "aaaa", 0, 3},  {"%a{2}b?%", "caaab", 1, 2}, {"%x|aab%", "aaab", 1, 3},  {"%[0-9]+ms%", "in 250ms", 3, 5},
    {"%a.c|b%", "abd b", 1, 1}, {"%.+c%", "\xC3\xA9" "cc", 0, 4}, {"%a{0,2}c%", "aaac", 1, 3},
};

static void a_regular_expression_is_seen_at_its_leftmost_longest_match(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        ctf_explanation *e = explain(matches[i].regex, matches[i].text);
        if (clause_of(e, 0).n_seen != 1 || seen_of(e, 0, 0).offset != matches[i].from ||
            seen_of(e, 0, 0).length != matches[i].length)
            fail_msg("%s in %s: %zu, %zu", matches[i].regex, matches[i].text, seen_of(e, 0, 0).offset,
                     seen_of(e, 0, 0).length);
        ctf_explanation_free(e);
    }
}

static void places_too_long_to_look_for_are_left_out(void **state)
{
    (void)state;
    size_t length = (size_t)1 << 20;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, 'a', length);
    ctf_text message = {text, length};
    ctf_explanation *e;
    assert_int_equal(ctf_explain(view("%a{900}b?a{90}%"), &message, NULL, &e, NULL), CTF_OK);
    assert_true(info_of(e).matches);
    assert_int_equal(clause_of(e, 0).n_seen, 0);
    ctf_explanation_free(e);
    free(text);
}

static void a_word_is_placed_at_the_very_end(void **state)
{
    (void)state;
    ctfi_bytes text = {(const unsigned char *)"aab", 3}, word = {(const unsigned char *)"ab", 2};
    size_t at = 0;
    assert_true(ctfi_place_text(text, word, &at));
    assert_int_equal(at, 1);
    at = 2;
    assert_false(ctfi_place_text(text, word, &at));
    text.length = 1;
    at = 0;
    assert_false(ctfi_place_text(text, word, &at));
}

/* ---- hostile messages, misuse ---- */

static void deep_and_wide_messages_are_read(void **state)
{
    (void)state;
    enum { DEPTH = 200000 };
    char *text = malloc(DEPTH * 6 + 16);
    assert_non_null(text);
    char *at = text + sprintf(text, "{\"a\":");
    memset(at, '[', DEPTH);
    memset(at + DEPTH, ']', DEPTH);
    at[2 * DEPTH] = '}';
    ctf_text message = {text, (size_t)(at - text) + 2 * DEPTH + 1};
    ctf_explanation *e;
    assert_int_equal(ctf_explain(view("{ $.q = 1 }"), &message, NULL, &e, NULL), CTF_OK);
    assert_int_equal(clause_of(e, 0).outcome, CTF_OUTCOME_ABSENT);
    ctf_explanation_free(e);
    at = text + sprintf(text, "{\"a\":1");
    for (size_t i = 0; i < DEPTH; i++)
        at += sprintf(at, ",\"\":1");
    *at++ = '}';
    message.length = (size_t)(at - text);
    assert_int_equal(ctf_explain(view("{ $.* = 2 }"), &message, NULL, &e, NULL), CTF_OK);
    assert_int_equal(clause_of(e, 0).n_seen, 2);
    ctf_explanation_free(e);
    free(text);
}

static void values_with_zero_bytes_are_told(void **state)
{
    (void)state;
    const ctf_text message = {"{\"a\":\"x\\u0000Y\"}", 16};
    ctf_explanation *e;
    assert_int_equal(ctf_explain(view("{ $.a = x }"), &message, NULL, &e, NULL), CTF_OK);
    assert_int_equal(seen_of(e, 0, 0).text.length, 3);
    ctf_explanation_free(e);
}

static void nothing_below_the_message_itself_is_no_field_that_is_missing(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"{ $.* != x }", "{}"}, {"{ $.*.b != x }", "{}"}, {"{ $.*.b != x }", "{\"a\":{\"c\":1}}"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        ctf_explanation *e = explain(rows[k][0], rows[k][1]);
        for (size_t i = 0; i < info_of(e).n_hints; i++)
            assert_string_not_equal(hint_of(e, i).id, "absent-inequality");
        ctf_explanation_free(e);
    }
}

static void fields_that_a_line_does_not_have_are_not_seen(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"[a, ..., b = x]", "x"}, {"[..., b = x]", ""}, {"[a, b = x]", "x"}, {"[a, b = x]", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ctf_explanation *e = explain(rows[i][0], rows[i][1]);
        assert_false(info_of(e).matches);
        for (size_t k = 0; k < info_of(e).n_clauses; k++)
            assert_int_equal(clause_of(e, k).n_seen, 0);
        ctf_explanation_free(e);
    }
}

static void borrow(ctfi_job *job, void *context)
{
    const ctf_allocator lender = ctfi_ask_allocator(job);
    (void)context;
    char *block = lender.resize(lender.context, NULL, 5);
    memcpy(block, "abcd", 5);
    assert_ptr_equal(lender.resize(lender.context, block, 3), block);
    block = lender.resize(lender.context, block, 5000);
    assert_string_equal(block, "abcd");
    assert_null(lender.resize(lender.context, block, 0));
    assert_null(lender.resize(lender.context, NULL, SIZE_MAX));
}

/* What filters and scratches are made of while an explanation is. */
static void the_memory_of_a_job_can_be_borrowed(void **state)
{
    (void)state;
    ctfi_job job;
    assert_int_equal(ctfi_job_run(&job, NULL, borrow, NULL), CTF_OK);
    ctfi_arena_free(&job.arena);
}

static void bytes_that_are_no_text_are_shown_as_such(void **state)
{
    (void)state;
    ctf_explanation *e = explain("[a = *wxyz, b]", "ab\xFFxyz b");
    bool shown = false;
    for (size_t i = 0; i < info_of(e).n_hints; i++) {
        ctf_hint hint = hint_of(e, i);
        assert_true(ctfi_utf8_valid((const unsigned char *)hint.words.data, hint.words.length));
        shown = shown || strstr(hint.words.data, "\xEF\xBF\xBD") != NULL;
    }
    assert_true(shown);
    ctf_explanation_free(e);
}

static void misuse_is_an_argument_error(void **state)
{
    (void)state;
    ctf_explanation *e = (ctf_explanation *)1;
    ctf_error error;
    const ctf_text bad = {NULL, 1};
    const ctf_options odd = {.size = 3};
    assert_int_equal(ctf_explain(view("x"), NULL, NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explain(bad, NULL, NULL, &e, &error), CTF_E_ARGUMENT);
    assert_null(e);
    assert_int_equal(ctf_explain(view("x"), &bad, NULL, &e, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explain(view("x"), NULL, &odd, &e, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explain(view("{ a = 1 }"), NULL, NULL, &e, &error), CTF_E_PATTERN);
    assert_null(e);
    assert_int_equal(error.kind, CTF_ERROR_GRAMMAR);
    ctf_explanation_free(NULL);
    e = explain("x", NULL);
    ctf_clause clause;
    ctf_seen seen;
    ctf_hint hint;
    ctf_split token;
    assert_int_equal(ctf_explanation_clause(e, 1, &clause), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explanation_seen(e, 0, 0, &seen), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explanation_hint(e, 0, &hint), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explanation_token(e, 0, &token), CTF_E_ARGUMENT);
    assert_int_equal(ctf_explanation_describe(NULL, NULL), CTF_E_ARGUMENT);
    ctf_explanation_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_is_true_or_false_or_had_nothing_to_test),
        cmocka_unit_test(a_string_is_seen_decoded_and_placed_as_it_is_spelled),
        cmocka_unit_test(tests_joined_are_a_row_with_depths),
        cmocka_unit_test(the_smallest_set_of_tests_decides),
        cmocka_unit_test(a_message_that_is_no_object_is_told_with_its_place),
        cmocka_unit_test(the_reader_accepts_what_the_matcher_proves),
        cmocka_unit_test(a_hint_proposes_what_it_tried),
        cmocka_unit_test(nothing_is_hinted_where_nothing_is_odd),
        cmocka_unit_test(a_pattern_is_told_in_words),
        cmocka_unit_test(the_kind_is_told_in_words),
        cmocka_unit_test(a_line_is_told_as_it_was_split),
        cmocka_unit_test(a_term_is_seen_wherever_it_occurs),
        cmocka_unit_test(a_regular_expression_is_seen_at_its_leftmost_longest_match),
        cmocka_unit_test(places_too_long_to_look_for_are_left_out),
        cmocka_unit_test(a_word_is_placed_at_the_very_end),
        cmocka_unit_test(deep_and_wide_messages_are_read),
        cmocka_unit_test(values_with_zero_bytes_are_told),
        cmocka_unit_test(nothing_below_the_message_itself_is_no_field_that_is_missing),
        cmocka_unit_test(fields_that_a_line_does_not_have_are_not_seen),
        cmocka_unit_test(bytes_that_are_no_text_are_shown_as_such),
        cmocka_unit_test(the_memory_of_a_job_can_be_borrowed),
        cmocka_unit_test(misuse_is_an_argument_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
