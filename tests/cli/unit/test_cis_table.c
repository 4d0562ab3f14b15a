/* The benchmark's patterns as they ship: nothing is wrong with them, each can match, and no two are the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <ctfilter/check.h>
#include <ctfilter/prove.h>

#include "cis.h"

static ctf_text text_at(size_t rule, size_t text)
{
    const char *words = cis_rules[rule].texts[text];
    return (ctf_text){words, words == NULL ? 0 : strlen(words)};
}

static ctf_proof_info info_of(const ctf_proof *proof)
{
    ctf_proof_info info;
    assert_int_equal(ctf_proof_describe(proof, &info), CTF_OK);
    return info;
}

static void a_check_is_silent(void **state)
{
    (void)state;
    for (size_t r = 0; r < CIS_RULES; r++)
        for (size_t t = 0; t < 2 && cis_rules[r].texts[t] != NULL; t++) {
            ctf_check *check;
            ctf_check_info info;
            ctf_finding finding;
            assert_int_equal(ctf_check_pattern(text_at(r, t), NULL, &check), CTF_OK);
            assert_int_equal(ctf_check_describe(check, &info), CTF_OK);
            if (info.n_findings != 0 && ctf_check_finding(check, 0, &finding) == CTF_OK)
                fail_msg("%s: %s", cis_rules[r].texts[t], finding.id);
            ctf_check_free(check);
        }
}

static void each_has_a_sample_and_near_misses(void **state)
{
    (void)state;
    for (size_t r = 0; r < CIS_RULES; r++) {
        ctf_proof *proof;
        assert_int_equal(ctf_prove_matches(text_at(r, 0), NULL, &proof, NULL), CTF_OK);
        assert_int_equal(info_of(proof).answer, CTF_ANSWER_YES);
        assert_true(info_of(proof).n_misses > 0);
        ctf_proof_free(proof);
    }
}

static void each_equals_itself_alone(void **state)
{
    (void)state;
    for (size_t a = 0; a < CIS_RULES; a++)
        for (size_t b = 0; b < CIS_RULES; b++) {
            ctf_proof *proof;
            assert_int_equal(ctf_prove_equal(text_at(a, 0), text_at(b, 0), NULL, &proof, NULL), CTF_OK);
            assert_int_equal(info_of(proof).answer, a == b ? CTF_ANSWER_YES : CTF_ANSWER_NO);
            ctf_proof_free(proof);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_is_silent),
        cmocka_unit_test(each_has_a_sample_and_near_misses),
        cmocka_unit_test(each_equals_itself_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
