/* An explanation never contradicts: over all cases and random ones its verdict is the oracle's, each test's is the
 * oracle's on that test alone, and tests joined come to the whole.
 *
 *   test_explain_agrees CASES...      CTFILTER_RANDOM_ITERATIONS, CTFILTER_RANDOM_SEED */
#include "oracle/oracle.h"
#include "random/make.h"
#include "support/cases.h"

#include <ctfilter/explain.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DEFAULT_ITERATIONS 1500
#else
#define DEFAULT_ITERATIONS 10000
#endif

static size_t n_explained, n_true, n_tests, n_hints, n_faults, failures;

static oracle_text bytes(ctf_text text)
{
    return (oracle_text){(const unsigned char *)text.data, text.length};
}

static void fail(ctf_text pattern, ctf_text message, const char *what)
{
    failures++;
    printf("%s\n  pattern %.*s\n  message %.*s\n", what, (int)pattern.length, pattern.data, (int)message.length,
           message.data);
    if (failures >= 10)
        exit(1);
}

static ctf_clause clause_of(const ctf_explanation *e, size_t i)
{
    ctf_clause clause;
    if (ctf_explanation_clause(e, i, &clause) != CTF_OK)
        abort();
    return clause;
}

/* What the outcomes of the tests come to; turned 1: with the decisive ones true as well, 2: with these alone true. */
static int evaluate(const ctf_explanation *e, size_t n, size_t *at, int turned)
{
    ctf_clause own = clause_of(e, *at);
    size_t self = (*at)++;
    if (own.type == CTF_CLAUSE_TEST) {
        int holds = own.outcome == CTF_OUTCOME_TRUE;
        if (turned)
            holds = own.decisive || (turned == 1 && holds);
        return own.outcome == CTF_OUTCOME_IGNORED ? -1 : holds;
    }
    int result = own.type == CTF_CLAUSE_ALL;
    while (*at < n && clause_of(e, *at).depth > own.depth) {
        int member = evaluate(e, n, at, turned);
        if (member >= 0)
            result = own.type == CTF_CLAUSE_ALL ? result && member : result || member;
    }
    if (!turned && result != (own.outcome == CTF_OUTCOME_TRUE))
        printf("clause %zu is not what it joins\n", self);
    return result;
}

/* One test of a JSON or text pattern, cut out of it. */
static void check_alone(ctf_explanation_info info, const ctf_clause *clause, ctf_text pattern, ctf_text message)
{
    char alone[8192];
    if (clause->outcome == CTF_OUTCOME_IGNORED || info.kind == CTF_KIND_FIELDS)
        return;
    bool json = info.kind == CTF_KIND_JSON;
    int n = snprintf(alone, sizeof alone, "%s%.*s%s", json ? "{" : "", (int)clause->text.length, clause->text.data,
                     json ? "}" : "");
    if (memchr(pattern.data, 0, pattern.length) != NULL || n >= (int)sizeof alone)
        return;
    oracle_verdict verdict = oracle_match((oracle_text){(const unsigned char *)alone, (size_t)n}, bytes(message));
    n_tests++;
    if (verdict == ORACLE_REFUSED || (verdict == ORACLE_MATCH) != (clause->outcome == CTF_OUTCOME_TRUE))
        fail(pattern, message, alone);
}

static void check_clauses(const ctf_explanation *e, ctf_explanation_info info, ctf_text pattern, ctf_text message)
{
    size_t at = 0, changed = 0;
    if (evaluate(e, info.n_clauses, &at, 0) != info.matches || at != info.n_clauses)
        fail(pattern, message, "the tests come to another verdict");
    if (!evaluate(e, info.n_clauses, &changed, info.matches ? 2 : 1))
        fail(pattern, message, "the decisive tests do not decide");
    for (size_t i = 0; i < info.n_clauses; i++) {
        ctf_clause clause = clause_of(e, i);
        if (clause.decisive && (clause.outcome == CTF_OUTCOME_TRUE) != info.matches)
            fail(pattern, message, "a decisive test is on the other side");
        if (clause.type == CTF_CLAUSE_TEST)
            check_alone(info, &clause, pattern, message);
    }
}

static void check_hints(const ctf_explanation *e, ctf_explanation_info info, ctf_text pattern, ctf_text message)
{
    for (size_t i = 0; i < info.n_hints; i++) {
        ctf_hint hint;
        n_hints++;
        if (ctf_explanation_hint(e, i, &hint) != CTF_OK || hint.words.length == 0 ||
            hint.offset + hint.length > pattern.length || hint.clause > info.n_clauses)
            fail(pattern, message, "a hint points elsewhere");
    }
}

static void check(ctf_text pattern, ctf_text message, bool expected)
{
    ctf_explanation *e;
    ctf_explanation_info info;
    ctf_error error;
    if (ctf_explain(pattern, &message, NULL, &e, &error) != CTF_OK) {
        fail(pattern, message, error.message);
        return;
    }
    ctf_explanation_describe(e, &info);
    n_explained++;
    n_true += info.matches != 0;
    n_faults += info.fault.length != 0;
    if ((info.matches != 0) != expected)
        fail(pattern, message, "another verdict");
    if (info.fault.length != 0 && info.matches)
        fail(pattern, message, "matches in spite of a fault");
    if (info.fault.length == 0 && info.n_clauses > 0)
        check_clauses(e, info, pattern, message);
    if (info.fault.length == 0 && info.n_clauses == 0 && !info.matches)
        fail(pattern, message, "nothing is tested, and it does not match");
    bool object = oracle_match(ORACLE_TEXT("{ $.['no such key'] NOT EXISTS }"), bytes(message)) == ORACLE_MATCH;
    if (info.kind == CTF_KIND_JSON && object != (info.fault.length == 0))
        fail(pattern, message, "is read though no JSON, or the other way");
    if ((oracle_match(bytes(info.reads), bytes(message)) == ORACLE_MATCH) != (info.fault.length == 0))
        fail(pattern, message, "is no message that `reads` matches, or the other way");
    check_hints(e, info, pattern, message);
    ctf_explanation_free(e);
}

/* Each pattern on its messages, and on all that its file has. */
static void check_cases(const char *path)
{
    cases_file file;
    cases_read(path, &file);
    for (size_t i = 0; i < file.n; i++) {
        const cases_pattern *c = &file.patterns[i];
        for (size_t k = 0; k < c->n_messages && !c->refused; k++)
            check(c->text, c->messages[k].text, c->messages[k].match);
    }
    cases_free(&file);
}

static void check_random(uint64_t seed)
{
    maker pattern, message;
    make_begin(&pattern, seed * 31 + 7);
    make_pattern(&pattern);
    ctf_text text = {(const char *)pattern.text, pattern.length};
    oracle_pattern *oracle = oracle_pattern_new(bytes(text));
    for (uint64_t i = 0; i < 4 && oracle != NULL; i++) {
        make_begin(&message, seed * 977 + i);
        make_message(&message);
        ctf_text said = {(const char *)message.text, message.length};
        check(text, said, oracle_pattern_match(oracle, bytes(said)));
    }
    oracle_pattern_free(oracle);
}

int main(int argc, char **argv)
{
    uint64_t iterations = make_setting(NULL, "CTFILTER_RANDOM_ITERATIONS", DEFAULT_ITERATIONS);
    uint64_t seed = make_setting(NULL, "CTFILTER_RANDOM_SEED", 1);
    for (int i = 1; i < argc; i++)
        check_cases(argv[i]);
    for (uint64_t i = 0; i < iterations; i++)
        check_random(seed + i);
    printf("%zu explanations, %zu matches, %zu faults, %zu tests, %zu hints, %zu failures\n", n_explained, n_true,
           n_faults, n_tests, n_hints, failures);
    return failures > 0 || n_true == 0 || n_hints == 0;
}
