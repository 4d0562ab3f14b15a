/* Proofs: what implies what, what is equal, what can match and what cannot; witnesses, near misses, misuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/filter.h>
#include <ctfilter/match.h>
#include <ctfilter/prove.h>

#include "reason/prove.h"

static ctf_text view(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

static ctf_proof_info info_of(const ctf_proof *proof)
{
    ctf_proof_info info;
    assert_int_equal(ctf_proof_describe(proof, &info), CTF_OK);
    return info;
}

static bool matches(const char *pattern, ctf_text message)
{
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_hits hits;
    const ctf_pattern p = {.text = view(pattern)};
    assert_int_equal(ctf_filter_compile(&p, 1, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, message.data, message.length, &hits), CTF_OK);
    bool hit = hits.n > 0;
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return hit;
}

#define NO CTF_ANSWER_NO
#define YES CTF_ANSWER_YES
#define OPEN CTF_ANSWER_UNDECIDED

static const struct {
    const char *first, *second;
    ctf_answer answer, back;
} pairs[] = {
    /* one value */
    {"{ $.a = x }", "{ $.a = \"x\" }", YES, YES},
    {"{ $.a = x }", "{ $.a = x* }", YES, NO},
    {"{ $.a = xyz* }", "{ $.a = *y* }", YES, NO},
    {"{ $.a = *x }", "{ $.a = *x* }", YES, NO},
    {"{ $.a = *a*a }", "{ $.a = *aa }", NO, NO},
    {"{ $.a = * }", "{ $.a = \"**\" }", YES, YES},
    {"{ $.a = x }", "{ $.a != y }", YES, NO},
    {"{ $.a != x }", "{ $.a = * }", YES, NO},
    {"{ $.a NOT EXISTS }", "{ $.a != x }", NO, NO},
    {"{ $.a IS NULL }", "{ $.a != x }", NO, NO},
    {"{ $.a = true }", "{ $.a IS TRUE }", NO, NO},
    {"{ $.a = %^x% }", "{ $.a = x* }", YES, YES},
    {"{ $.a = %^(x)% }", NULL, NO, NO},
    {"{ $.a = %[0-9]% }", "{ $.a = %\\d% }", YES, YES},
    {"{ $.a = %^[ab]{1,2}$% }", "{ $.a = a || $.a = b || $.a = %^..$% }", YES, NO},
    /* numbers */
    {"{ $.a > 5 }", "{ $.a > 4 }", YES, NO},
    {"{ $.a > 5 }", "{ $.a >= 5 }", YES, NO},
    {"{ $.a <= 5 }", "{ $.a < 5 }", NO, YES},
    {"{ $.a <= 5 && $.a != 5 }", "{ $.a < 5 }", YES, YES},
    {"{ $.a >= 5 && $.a != 5 }", "{ $.a > 5 }", YES, YES},
    {"{ $.a > 5 && $.a != 6 }", "{ $.a > 6 || $.a < 6 }", YES, NO},
    {"{ $.a = 7 }", "{ $.a = \"7\" }", NO, YES},
    {"{ $.a = 7 }", "{ $.a = 7.0 }", NO, NO},
    {"{ $.a > 1 && $.a < 1 }", "{ $.b = 1 }", YES, NO},
    {"{ $.a >= 1 && $.a <= 1 }", "{ $.a = 1 }", YES, NO},
    {"{ $.a > 1 || $.a <= 1 }", "{ $.a != 1e400 }", NO, NO},
    {"{ $.a > 1 || $.a <= 1 }", "{ $.a != 1e-400 }", YES, NO},
    {"{ $.a = 9007199254740993 }", "{ $.a = 9007199254740992 }", NO, NO},
    {"{ $.a != 7 }", "{ $.a = * }", YES, NO},
    {"{ $.a = * && $.a = Infinity }", "{ $.a != 7 }", NO, NO},
    /* structure */
    {"{ $.a.b = 1 }", "{ $.a IS NULL }", NO, NO},
    {"{ $.a.b = 1 && $.a = 1 }", "{ $.c = 1 }", YES, NO},
    {"{ $.a.b NOT EXISTS }", "{ $.a NOT EXISTS }", NO, YES},
    {"{ $.a[1] = 1 }", "{ $.a[0] NOT EXISTS }", NO, NO},
    {"{ $.a[1] = 1 && $.a[0] NOT EXISTS }", "{ $.c = 1 }", YES, NO},
    {"{ $.a[0] = 1 && $.a.b = 1 }", "{ $.c = 1 }", YES, NO},
    {"{ $.a[0] = 1 }", "{ $.a[*] = 1 }", YES, NO},
    {"{ $.a.b = 1 }", "{ $.a.* = 1 }", YES, NO},
    {"{ $.a[*] = 1 }", "{ $.a.* = 1 }", YES, YES},
    {"{ $.a[*] != 1 }", "{ $.a[0] != 1 }", NO, NO},
    {"{ $.a[*] != 1 && $.a[0] = 1 }", "{ $.c = 1 }", YES, NO},
    {"{ $.a[*] != 1 }", "{ $.a NOT EXISTS }", NO, NO},
    {"{ $.a[*] IS NULL }", "{ $.a IS NULL }", NO, NO},
    {"{ $.a[0] IS NULL }", "{ $.a IS NULL }", NO, NO},
    {"{ $.a IS NULL && $.a[0] = 1 }", "{ $.a[*] IS NULL }", YES, NO},
    {"{ $.a[*] NOT EXISTS && $.a[3] = 1 }", "{ $.c = 1 }", YES, NO},
    {"{ $.a[*].b = 1 && $.a[*].b = 2 }", "{ $.a[*].b = 1 }", YES, NO},
    {"{ $.k1 = y && $.* = x }", "{ $.k1 = x }", NO, NO},
    {"{ $.a[*] = x* && $.a[*] = *y && $.a[0] = * && $.a[1] NOT EXISTS }", "{ $.a[0] = x*y }", YES, NO},
    {"{ $.a[*] = x && $.a[*] = y && $.a[*] = x* && $.a[0] = * && $.a[2] NOT EXISTS }", "{ $.a[0] = x }", NO, NO},
    {"{ $.a[*] = x && $.a[*] = y && $.a[*] = z && $.a[0] = * && $.a[2] NOT EXISTS }", "{ $.c = 1 }", YES, NO},
    {"{ $.a[*] = x && $.a[0] = y && $.a[70] NOT EXISTS }", "{ $.a[1] = x }", OPEN, NO}, /* longer than is built */
    {"{ $.a[*] = x && $.a[*] = y && $.a[*] = z && $.a[0] = w && $.a[2] NOT EXISTS }", "{ $.a[*] = z* }", YES, NO},
    {"{ $.a[*] = x && $.a[*] = y && $.a[*] = z && $.a[0] = w && $.a[30] NOT EXISTS }", "{ $.a[*] = z* }", OPEN, NO}, /* ways */
    {"{ $.* = x || $.* != x }", "{ $.q NOT EXISTS || $.q = * }", NO, YES},
    {"{ $.a > 1e307 }", "{ $.a > 1e308 }", NO, YES},
    {"{ $.a > 1e308 }", "{ $.a > 1e309 }", NO, YES},
    {"{ $.a[4294967295] = 1 }", "{ $.b = 1 }", YES, NO},
    {"{ $.a[4294967295] NOT EXISTS && $.a[0] = 1 }", "{ $.a[0] = 1 }", YES, YES},
    /* joined */
    {"{ $.a = 1 && $.b = 2 }", "{ $.b = 2 && $.a = 1 }", YES, YES},
    {"{ $.a = 1 && ($.b = 2 || $.c = 3) }", "{ ($.a = 1 && $.b = 2) || ($.a = 1 && $.c = 3) }", YES, YES},
    {"{ $.a = 1 || ($.a = 1 && $.b = 2) }", "{ $.a = 1 }", YES, YES},
    /* text */
    {"ERROR", "ERR", YES, NO},
    {"ERROR -warn", "ERROR", YES, NO},
    {"?a ?b", "%a|b%", YES, YES},
    {"\"a b\"", "a b", YES, NO},
    {"%^ERROR%", "ERROR", YES, NO},
    {"ERROR", "", YES, NO},
    {"ab -b", "c", YES, NO},
    {"a b c d -\"a b\"", "\"d c\"", NO, NO},
    /* lines */
    {"[a, b = x]", "[p, q = x*]", YES, NO},
    {"[a = 1, b]", "[a = 1.0, b]", YES, YES},
    {"[a = 1, b]", "[a = \"1\", b]", NO, YES},
    {"[a > 5, ...]", "[a > 4, ...]", YES, NO},
    {"[a > 5 && a < 4, ...]", "[a = x, ...]", YES, NO},
    {"[a = 4* && a > 5, ...]", "[a > 5, ...]", YES, NO},
    {"[a = \"a*\" && a > 5, ...]", "[a = x, ...]", YES, NO},
    {"[a = %^:..% && a >= 13, b]", "[a = x, b]", YES, NO},
    {"[..., a = x]", "[..., a != y]", YES, NO},
    /* kinds that differ */
    {"{ $.a = 1 }", "", YES, NO},
    {"{ $.a = 1 }", "a", NO, NO},
    {"[a, b]", "[]", YES, NO},
    {"{ $.a = 1 }", "\"{\" \"}\"", YES, NO},
    {"{ $.a = 1 }", "%.%", YES, NO},
    {"{ $.a = 1 }", "-END", NO, NO},
    {"{ $.a = 1 }", "[x]", YES, NO},
    {"{ $.a = 1 }", "[x = \"*\"]", YES, NO},
    {"{ $.a = \"b c\" }", "[x, y]", NO, NO},
    {"[a, b]", "-END", NO, NO},
    {"%b%", "[x]", OPEN, NO},
    /* lines of different shapes */
    {"[a, b, c = 1]", "[a, b]", YES, NO},
    {"[a = x, b, c]", "[a = x*, b]", YES, NO},
    {"[a = x, b, c]", "[a = y, b]", NO, NO},
    {"[a, b, c]", "[a, b = x]", NO, NO},
    {"[a = x, ...]", "[..., b = x]", NO, NO},
    {"[a]", "[..., b]", YES, YES},
    {"[a = x, b = y, c, ...]", "[a = x, b = y, ...]", YES, NO},
    {"[a, b = x]", "[a, b = x, ...]", OPEN, NO},
};

static void check_direction(const char *first, const char *second, ctf_answer expected)
{
    ctf_proof *proof;
    assert_int_equal(ctf_prove_implies(view(first), view(second), NULL, &proof, NULL), CTF_OK);
    ctf_proof_info info = info_of(proof);
    if (info.answer != expected)
        fail_msg("%s => %s: %s, %.*s", first, second, ctf_answer_name(info.answer), (int)info.message.length,
                 info.message.data);
    assert_int_equal(info.confirmed, expected == NO);
    if (expected == NO)
        assert_true(matches(first, info.message) && !matches(second, info.message));
    assert_int_equal(info.why.length > 0, expected == OPEN);
    ctf_proof_free(proof);
}

static void what_implies_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i].second == NULL)
            continue;
        check_direction(pairs[i].first, pairs[i].second, pairs[i].answer);
        check_direction(pairs[i].second, pairs[i].first, pairs[i].back);
        check_direction(pairs[i].first, pairs[i].first, YES);
    }
}

static void equal_is_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ctf_proof *proof;
        if (pairs[i].second == NULL)
            continue;
        const char *both[] = {pairs[i].first, pairs[i].second};
        assert_int_equal(ctf_prove_equal(view(both[0]), view(both[1]), NULL, &proof, NULL), CTF_OK);
        ctf_proof_info info = info_of(proof);
        bool no = pairs[i].answer == NO || pairs[i].back == NO;
        assert_int_equal(info.answer, no ? NO : pairs[i].answer == YES && pairs[i].back == YES ? YES : OPEN);
        if (no)
            assert_true(matches(both[info.matching], info.message) && !matches(both[1 - info.matching], info.message));
        ctf_proof_free(proof);
    }
}

static const char *const never[] = {
    "{ $.a = 1 && $.a = 2 }",
    "{ $.a = x && $.a != x }",
    "{ $.a != * }",
    "{ $.a IS TRUE && $.a IS FALSE }",
    "{ $.a = x && $.a NOT EXISTS }",
    "{ $.a > 5 && $.a < 5 }",
    "{ $.a > 5 && $.a = \"x*\" && $.a = \"*y\" }",
    "{ $.a = x* && $.a = y* }",
    "{ $.a = %^x% && $.a = %^[^x]% }",
    "{ $.a.b = 1 && $.a = * }",
    "{ $.a[0] = 1 && $.a[*] NOT EXISTS }",
    "x -x",
    "[a = 1 && a = 2, ...]",
    "[a != *, b]",
};

static ctf_proof *sample(const char *pattern)
{
    ctf_proof *proof;
    assert_int_equal(ctf_prove_matches(view(pattern), NULL, &proof, NULL), CTF_OK);
    return proof;
}

static void what_can_never_match_is_proved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        ctf_proof *proof = sample(never[i]);
        ctf_answer answer = info_of(proof).answer;
        if (answer != NO && strchr(never[i], '>') == NULL)
            fail_msg("%s: %s", never[i], ctf_answer_name(answer));
        assert_int_not_equal(answer, YES);
        ctf_proof_free(proof);
    }
}

/* The sample, and of each test that holds on it the near miss. */
static const struct {
    const char *pattern, *message, *misses[4];
} samples[] = {
    {"{ $.a = x }", "{\"a\":\"x\"}", {"{\"a\":\"a\"}"}},
    {"{ $.a = 1 && $.b NOT EXISTS }", "{\"a\":\"1\"}", {"{\"a\":\"x\"}", "{\"a\":\"1\",\"b\":\"x\"}"}},
    {"{ $.a > 5 }", "{\"a\":6}", {"{\"a\":\"x\"}"}},
    {"{ $.a != x }", "{\"a\":\"a\"}", {"{\"a\":\"x\"}"}},
    {"{ $.a IS TRUE }", "{\"a\":true}", {"{\"a\":false}"}},
    {"{ $.a[*].b = 1 }", "{\"a\":{\"k1\":{\"b\":\"1\"}}}", {"{\"a\":{\"k1\":{\"b\":\"x\"}}}"}},
    {"{ $.a[2] = 1 }", "{\"a\":[\"x\",\"x\",\"1\"]}", {"{\"a\":[\"x\",\"x\",\"x\"]}"}},
    {"{ $.a IS NULL }", "{\"a\":null}", {"{\"a\":\"x\"}"}},
    {"ERROR -warn", "ERROR", {"x", "ERRORwarn"}},
    {"[a = 1, b = \"x y\", ...]", "1 \"x y\"", {"x \"x y\"", "1 a"}},
};

static void samples_match_and_near_misses_do_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        ctf_proof *proof = sample(samples[i].pattern);
        ctf_proof_info info = info_of(proof);
        ctf_miss miss;
        assert_int_equal(info.answer, YES);
        if (info.message.length != strlen(samples[i].message) ||
            memcmp(info.message.data, samples[i].message, info.message.length) != 0)
            fail_msg("%s: %.*s", samples[i].pattern, (int)info.message.length, info.message.data);
        for (size_t k = 0; k < info.n_misses; k++) {
            assert_int_equal(ctf_proof_miss(proof, k, &miss), CTF_OK);
            assert_false(matches(samples[i].pattern, miss.message));
            if (samples[i].misses[k] == NULL || miss.message.length != strlen(samples[i].misses[k]) ||
                memcmp(miss.message.data, samples[i].misses[k], miss.message.length) != 0)
                fail_msg("%s: %.*s: %.*s", samples[i].pattern, (int)miss.test.length, miss.test.data,
                         (int)miss.message.length, miss.message.data);
        }
        assert_int_equal(ctf_proof_miss(proof, info.n_misses, &miss), CTF_E_ARGUMENT);
        ctf_proof_free(proof);
    }
}

static void the_search_ends(void **state)
{
    (void)state;
    /* thirty alternatives of three, any of which rules out another */
    char pattern[1100] = "{ ";
    for (int i = 0; i < 22; i++)
        sprintf(pattern + strlen(pattern), "%s($.a%d = %d || $.b%d = %d)", i == 0 ? "" : " && ", i % 7, i, i % 5, i);
    strcat(pattern, " }");
    ctf_proof *proof = sample(pattern);
    assert_int_not_equal(info_of(proof).answer, YES);
    ctf_proof_free(proof);
}

static ctf_answer answer_to(const char *pattern)
{
    ctf_proof *proof = sample(pattern);
    ctf_answer answer = info_of(proof).answer;
    ctf_proof_free(proof);
    return answer;
}

/* Writes `n` parts, each @ in them the letter number i. */
static void repeat(char *out, const char *begin, const char *part, int n, const char *end)
{
    strcpy(out, begin);
    out += strlen(out);
    for (int i = 0; i < n; i++)
        for (const char *p = part; *p != '\0'; p++)
            *out++ = (char)(*p == '@' ? 'A' + i : *p);
    strcpy(out, end);
}

/* Each is decided where there is little of it, and given up where there is too much. */
static void what_would_take_too_long_is_undecided(void **state)
{
    (void)state;
    char pattern[4000];
    static const struct {
        const char *begin, *part, *end;
        int little, much;
        ctf_answer answer;
    } rows[] = {
        /* choices, all wrong in the end */
        {"{ $.a = %^[A-L]$%", " && ($.a != @ || $.a != \"@*\")", " }", 3, 12, YES},
        /* texts that have all of many words */
        {"{ $.a = *A0*", " && $.a = *@1@*", " }", 3, 17, YES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        repeat(pattern, rows[i].begin, rows[i].part, rows[i].little, rows[i].end);
        assert_int_equal(answer_to(pattern), rows[i].answer);
        repeat(pattern, rows[i].begin, rows[i].part, rows[i].much, rows[i].end);
        assert_int_equal(answer_to(pattern), OPEN);
    }
    assert_int_equal(answer_to("{ $.a = %^[ab]*a[ab]{3}$% && $.a = %^[ab]*b[ab]{3}$% }"), NO);
    assert_int_equal(answer_to("{ $.a = %^[ab]*a[ab]{13}$% && $.a = %^[ab]*b[ab]{13}$% }"), OPEN); /* sets of stands */
    assert_int_equal(answer_to("{ $.a[63] = x }"), YES);
    assert_int_equal(answer_to("{ $.a[64] = x }"), OPEN); /* elements */
    assert_int_equal(answer_to("{ $.a = %x{100}% }"), YES);
    assert_int_equal(answer_to("{ $.a = %x{1000}x{1000}x{1000}x{1000}x{1000}% }"), OPEN); /* stands */
}

/* More characters than are told apart. */
static void texts_of_very_many_characters_are_undecided(void **state)
{
    (void)state;
    char pattern[4096] = "{ $.a = *";
    for (unsigned point = 0x4E00; point < 0x4E00 + 600; point++) {
        const char utf8[] = {(char)(0xE0 | point >> 12), (char)(0x80 | (point >> 6 & 63)), (char)(0x80 | (point & 63)), '\0'};
        strcat(pattern, utf8);
    }
    strcat(pattern, "* }");
    assert_int_equal(answer_to(pattern), OPEN);
}

static void disguise(ctfi_job *job, void *context)
{
    ctfi_bytes message = {(const unsigned char *)"{\"a\\n\":[1,\"b\"]}", 15};
    ctfi_bytes out = ctfi_prove_disguise(job, message, " ");
    (void)context;
    assert_null(memchr(out.data, 'a', 6));
    assert_true(matches("{ $.*[1] = b }", (ctf_text){(const char *)out.data, out.length}));
    assert_false(matches("b", (ctf_text){(const char *)out.data, out.length}));
}

static void a_disguised_message_means_the_same(void **state)
{
    ctfi_job job;
    (void)state;
    assert_int_equal(ctfi_job_run(&job, NULL, disguise, NULL), CTF_OK);
    ctfi_arena_free(&job.arena);
}

static void misuse_is_an_argument_error(void **state)
{
    (void)state;
    ctf_proof *proof = (ctf_proof *)1;
    ctf_proof_info info;
    ctf_error error;
    const ctf_options odd = {.size = 1};
    assert_int_equal(ctf_prove_implies(view("a"), view("{"), NULL, &proof, &error), CTF_E_PATTERN);
    assert_int_equal(error.pattern, 1);
    assert_null(proof);
    assert_int_equal(ctf_prove_equal(view("{"), view("a"), NULL, &proof, &error), CTF_E_PATTERN);
    assert_int_equal(error.pattern, 0);
    assert_int_equal(ctf_prove_matches((ctf_text){NULL, 3}, NULL, &proof, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_prove_matches(view("a"), &odd, &proof, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_prove_matches(view("a"), NULL, NULL, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_proof_describe(NULL, &info), CTF_E_ARGUMENT);
    assert_string_equal(ctf_answer_name(CTF_ANSWER_UNDECIDED), "undecided");
    ctf_proof_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_implies_what),
        cmocka_unit_test(equal_is_both_ways),
        cmocka_unit_test(what_can_never_match_is_proved),
        cmocka_unit_test(samples_match_and_near_misses_do_not),
        cmocka_unit_test(the_search_ends),
        cmocka_unit_test(what_would_take_too_long_is_undecided),
        cmocka_unit_test(texts_of_very_many_characters_are_undecided),
        cmocka_unit_test(a_disguised_message_means_the_same),
        cmocka_unit_test(misuse_is_an_argument_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
