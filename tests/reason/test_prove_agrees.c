/* Proofs are never wrong: of random pairs of patterns a "no" comes with a message that the oracle confirms, and of a "yes"
 * no message says otherwise, neither a random one nor one that was made for either pattern.
 *
 * What a check tells to be always, never or already decided can be replaced by a constant, and the pattern is the same.
 *
 *   test_prove_agrees CASES...      CTFILTER_RANDOM_ITERATIONS, CTFILTER_RANDOM_SEED */
#include "oracle/oracle.h"
#include "random/make.h"
#include "support/cases.h"

#include <ctfilter/check.h>
#include <ctfilter/prove.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DEFAULT_ITERATIONS 300
#else
#define DEFAULT_ITERATIONS 3000
#endif
#define RANDOM_MESSAGES 12
#define MOST_MESSAGES 128
#define MOST_UNDECIDED 50 /* one pair in so many */

typedef struct subject {
    maker text;
    oracle_pattern *oracle;
} subject;

/* Messages that speak for or against proofs about the patterns at hand. */
typedef struct evidence {
    char *texts[MOST_MESSAGES];
    size_t lengths[MOST_MESSAGES];
    size_t n;
} evidence;

static size_t n_findings, n_pairs, n_answers[3], n_samples[3], n_misses, failures;

static oracle_text bytes(ctf_text text)
{
    return (oracle_text){(const unsigned char *)text.data, text.length};
}

static ctf_text text_of(const maker *m)
{
    return (ctf_text){(const char *)m->text, m->length};
}

static void fail(ctf_text a, ctf_text b, ctf_text message, const char *what)
{
    failures++;
    printf("%s\n  first   %.*s\n  second  %.*s\n  message %.*s\n", what, (int)a.length, a.data, (int)b.length, b.data,
           (int)message.length, message.data);
    if (failures >= 10)
        exit(1);
}

static void keep(evidence *e, ctf_text text)
{
    if (e->n == MOST_MESSAGES)
        return;
    e->texts[e->n] = malloc(text.length + 1);
    if (e->texts[e->n] == NULL)
        abort();
    if (text.length > 0)
        memcpy(e->texts[e->n], text.data, text.length);
    e->lengths[e->n++] = text.length;
}

static void forget(evidence *e)
{
    while (e->n > 0)
        free(e->texts[--e->n]);
}

static ctf_proof_info info_of(const ctf_proof *proof)
{
    ctf_proof_info info;
    if (ctf_proof_describe(proof, &info) != CTF_OK)
        abort();
    return info;
}

/* A sample and its near misses, judged by the oracle; all become evidence. */
static ctf_answer sample(ctf_text pattern, const oracle_pattern *oracle, evidence *e)
{
    ctf_proof *proof;
    if (ctf_prove_matches(pattern, NULL, &proof, NULL) != CTF_OK)
        abort();
    ctf_proof_info info = info_of(proof);
    n_samples[info.answer]++;
    if (info.answer == CTF_ANSWER_YES) {
        if (!oracle_pattern_match(oracle, bytes(info.message)))
            fail(pattern, pattern, info.message, "the sample does not match");
        keep(e, info.message);
    }
    for (size_t i = 0; i < info.n_misses; i++) {
        ctf_miss miss;
        n_misses++;
        if (ctf_proof_miss(proof, i, &miss) != CTF_OK || oracle_pattern_match(oracle, bytes(miss.message)))
            fail(pattern, pattern, miss.message, "the near miss matches");
        keep(e, miss.message);
    }
    ctf_answer answer = info.answer;
    ctf_proof_free(proof);
    return answer;
}

static void check_pair(const subject *a, const subject *b, const evidence *e)
{
    ctf_proof *proof;
    ctf_text first = text_of(&a->text), second = text_of(&b->text);
    if (ctf_prove_implies(first, second, NULL, &proof, NULL) != CTF_OK)
        abort();
    ctf_proof_info info = info_of(proof);
    n_pairs++;
    n_answers[info.answer]++;
    if (info.answer == CTF_ANSWER_NO && (!oracle_pattern_match(a->oracle, bytes(info.message)) ||
                                         oracle_pattern_match(b->oracle, bytes(info.message))))
        fail(first, second, info.message, "no, but the message is no witness");
    for (size_t i = 0; i < e->n && info.answer == CTF_ANSWER_YES; i++) {
        ctf_text message = {e->texts[i], e->lengths[i]};
        if (oracle_pattern_match(a->oracle, bytes(message)) && !oracle_pattern_match(b->oracle, bytes(message)))
            fail(first, second, message, "yes, but the message is a witness against it");
    }
    ctf_proof_free(proof);
}

/* A test that is always true, or never, in place of a part that a finding says the same of; NULL: it says neither. */
static const char *constant_for(const ctf_finding *finding)
{
    static const char always[] = "$.a[4294967295] NOT EXISTS", never[] = "$.a[4294967295] IS NULL";
    if (strcmp(finding->id, "redundant-test") == 0)
        return finding->words.data[0] == 'T' ? always : never; /* "The tests joined ...", "Where this holds ..." */
    return strcmp(finding->id, "always-true") == 0 ? always : strcmp(finding->id, "contradiction") == 0 ? never : NULL;
}

/* Is the pattern with the constant in place of the finding's part the same? */
static void check_finding(ctf_text pattern, const ctf_finding *finding, const char *constant)
{
    maker other;
    ctf_proof *proof;
    make_begin(&other, 1);
    for (size_t i = 0; i < finding->offset; i++)
        make_byte(&other, (unsigned char)pattern.data[i]);
    make_put(&other, "(");
    make_put(&other, constant);
    make_put(&other, ")");
    for (size_t i = finding->offset + finding->length; i < pattern.length; i++)
        make_byte(&other, (unsigned char)pattern.data[i]);
    if (ctf_prove_equal(pattern, text_of(&other), NULL, &proof, NULL) != CTF_OK)
        return;
    n_findings++;
    ctf_proof_info info = info_of(proof);
    if (info.answer == CTF_ANSWER_NO)
        fail(pattern, text_of(&other), info.message, "a check was wrong");
    ctf_proof_free(proof);
}

static void check_findings(ctf_text pattern)
{
    ctf_check *check;
    ctf_check_info info;
    if (pattern.length == 0 || pattern.data[0] != '{')
        return;
    if (ctf_check_pattern(pattern, NULL, &check) != CTF_OK || ctf_check_describe(check, &info) != CTF_OK)
        abort();
    for (size_t i = 0; i < info.n_findings; i++) {
        ctf_finding finding;
        if (ctf_check_finding(check, i, &finding) != CTF_OK)
            abort();
        const char *constant = constant_for(&finding);
        if (constant != NULL)
            check_finding(pattern, &finding, constant);
    }
    ctf_check_free(check);
}

static void check_never(ctf_text pattern, const oracle_pattern *oracle, const evidence *e)
{
    for (size_t i = 0; i < e->n; i++) {
        ctf_text message = {e->texts[i], e->lengths[i]};
        if (oracle_pattern_match(oracle, bytes(message)))
            fail(pattern, pattern, message, "it can never match, and does");
    }
}

/* The pattern with a few of its characters changed, or with another test beside it. */
static void vary(subject *b, const subject *a, uint64_t seed)
{
    make_begin(&b->text, seed);
    memcpy(b->text.text, a->text.text, a->text.length);
    b->text.length = a->text.length;
    size_t n = a->text.length;
    if (n > 2 && a->text.text[0] == '{' && make_chance(&b->text, 60)) {
        maker other;
        make_begin(&other, seed * 7 + 3);
        make_pattern(&other);
        if (other.length < 3 || other.text[0] != '{')
            return;
        b->text.length = 0;
        make_put(&b->text, "{(");
        for (size_t i = 1; i + 1 < n; i++)
            make_byte(&b->text, a->text.text[i]);
        make_put(&b->text, make_chance(&b->text, 50) ? ")&&(" : ")||(");
        for (size_t i = 1; i + 1 < other.length; i++)
            make_byte(&b->text, other.text[i]);
        make_put(&b->text, ")}");
        return;
    }
    if (make_chance(&b->text, 70))
        make_damage(&b->text);
}

static void check_random(uint64_t seed)
{
    subject a, b;
    evidence e = {.n = 0};
    make_begin(&a.text, seed * 31 + 7);
    make_pattern(&a.text);
    if (make_chance(&a.text, 30)) {
        make_begin(&b.text, seed * 57 + 9);
        make_pattern(&b.text);
    } else {
        vary(&b, &a, seed * 91 + 5);
    }
    a.oracle = oracle_pattern_new(bytes(text_of(&a.text)));
    b.oracle = oracle_pattern_new(bytes(text_of(&b.text)));
    if (a.oracle != NULL && b.oracle != NULL) {
        maker message;
        for (uint64_t i = 0; i < RANDOM_MESSAGES; i++) {
            make_begin(&message, seed * 977 + i);
            make_message(&message);
            keep(&e, text_of(&message));
        }
        ctf_answer some = sample(text_of(&a.text), a.oracle, &e);
        sample(text_of(&b.text), b.oracle, &e);
        if (some == CTF_ANSWER_NO)
            check_never(text_of(&a.text), a.oracle, &e);
        check_pair(&a, &b, &e);
        check_pair(&b, &a, &e);
        check_findings(text_of(&a.text));
        check_findings(text_of(&b.text));
    }
    forget(&e);
    oracle_pattern_free(a.oracle);
    oracle_pattern_free(b.oracle);
}

/* Every pattern of the cases: those that a message of its own matches can match. */
static void check_cases(const char *path)
{
    cases_file file;
    cases_read(path, &file);
    for (size_t i = 0; i < file.n; i++) {
        const cases_pattern *c = &file.patterns[i];
        evidence e = {.n = 0};
        oracle_pattern *oracle = c->refused ? NULL : oracle_pattern_new(bytes(c->text));
        for (size_t k = 0; k < c->n_messages && oracle != NULL; k++)
            keep(&e, c->messages[k].text);
        if (oracle != NULL && sample(c->text, oracle, &e) == CTF_ANSWER_NO)
            check_never(c->text, oracle, &e);
        forget(&e);
        oracle_pattern_free(oracle);
    }
    cases_free(&file);
}

int main(int argc, char **argv)
{
    uint64_t iterations = make_setting(NULL, "CTFILTER_RANDOM_ITERATIONS", DEFAULT_ITERATIONS);
    uint64_t seed = make_setting(NULL, "CTFILTER_RANDOM_SEED", 1);
    for (int i = 1; i < argc; i++)
        check_cases(argv[i]);
    for (uint64_t i = 0; i < iterations; i++)
        check_random(seed + i);
    printf("%zu pairs: %zu yes, %zu no, %zu undecided; %zu samples, %zu never, %zu undecided; %zu near misses; %zu findings; "
           "%zu failures\n",
           n_pairs, n_answers[CTF_ANSWER_YES], n_answers[CTF_ANSWER_NO], n_answers[CTF_ANSWER_UNDECIDED],
           n_samples[CTF_ANSWER_YES], n_samples[CTF_ANSWER_NO], n_samples[CTF_ANSWER_UNDECIDED], n_misses, n_findings, failures);
    bool too_many = n_answers[CTF_ANSWER_UNDECIDED] * MOST_UNDECIDED > n_pairs;
    return failures > 0 || too_many || n_answers[CTF_ANSWER_YES] == 0 || n_answers[CTF_ANSWER_NO] == 0;
}
