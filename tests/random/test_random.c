/* Random patterns on random messages: the library against the oracle, along every way it has to answer.
 *
 *   test_random [ITERATIONS [SEED]]      defaults from CTFILTER_RANDOM_ITERATIONS, CTFILTER_RANDOM_SEED
 *
 * Iteration i depends on SEED + i alone, so a failure is shown again by `test_random 1 THAT_SEED`. Each
 * compiles one pattern, or twenty into one filter, compares which are refused, and then for some messages
 * the verdict on each pattern, the extracted fields and the extracted values. */
#include "oracle/oracle.h"
#include "random/make.h"
#include "support/engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* About ten seconds; the sanitizers take six times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DEFAULT_ITERATIONS 4000
#else
#define DEFAULT_ITERATIONS 20000
#endif
#define MAX_SET 20
#define MAX_EXTRACT 3
#define MESSAGES 8

typedef struct subject {
    maker text;
    oracle_pattern *oracle;
    maker selectors[MAX_EXTRACT];
    ctf_text extract[MAX_EXTRACT];
    size_t n_extract;
} subject;

static subject subjects[MAX_SET];
static ctf_pattern patterns[MAX_SET];
static size_t n_subjects;
static uint64_t seed_now;
static size_t n_patterns, n_refused, n_verdicts, n_matches, n_values, n_fields, failures;

static oracle_text bytes_of(const maker *m)
{
    return (oracle_text){m->text, m->length};
}

static ctf_text text_of(const maker *m)
{
    return (ctf_text){(const char *)m->text, m->length};
}

static bool same(oracle_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* A text as a line of a case file. */
static void print_text(const char *word, const unsigned char *text, size_t n)
{
    printf("%s~ ", word);
    for (size_t i = 0; i < n; i++)
        if (text[i] < 0x20 || text[i] >= 0x7e || (text[i] == ' ' && (i == 0 || i + 1 == n)))
            printf("~%02X", text[i]);
        else
            putchar(text[i]);
    putchar('\n');
}

static void fail(const maker *pattern, const maker *message, const char *path, const char *what)
{
    failures++;
    printf("seed %" PRIu64 ", %zu patterns, %s: %s\n", seed_now, n_subjects, path, what);
    print_text("pattern", pattern->text, pattern->length);
    if (message != NULL)
        print_text("message .", message->text, message->length);
    if (failures >= 10) {
        puts("too many failures");
        exit(1);
    }
}

/* The oracle's and the library's opinion of a pattern; true when both accept it. */
static bool both_accept(subject *s)
{
    ctf_pattern pattern = {.text = text_of(&s->text)};
    ctf_filter *filter = NULL;
    ctf_error error;
    s->oracle = oracle_pattern_new(bytes_of(&s->text));
    ctf_status status = ctf_filter_compile(&pattern, 1, NULL, &filter, &error);
    ctf_filter_free(filter);
    n_patterns++;
    n_refused += s->oracle == NULL;
    if (status == CTF_OK && s->oracle == NULL)
        fail(&s->text, NULL, "compile", "is accepted, the oracle refuses it");
    if (status != CTF_OK && s->oracle != NULL)
        fail(&s->text, NULL, "compile", error.message);
    if (status != CTF_OK && (*error.message == 0 || error.offset + error.length > s->text.length))
        fail(&s->text, NULL, "compile", "the error has no text or points outside the pattern");
    if (status == CTF_OK && s->oracle != NULL)
        return true;
    oracle_pattern_free(s->oracle);
    return false;
}

static void choose_values(subject *s)
{
    static const char *const references[] = {
        "$1", "$2", "$3", "$5"};
    s->n_extract = 0;
    for (size_t k = make_below(&s->text, MAX_EXTRACT + 1); k > 0; k--) {
        maker *m = &s->selectors[s->n_extract];
        make_begin(m, s->text.state + k);
        if (oracle_pattern_kind(s->oracle) == ORACLE_JSON)
            make_selector(m, false);
        else if (oracle_pattern_kind(s->oracle) == ORACLE_FIELDS)
            make_put(m, make_one_of(m, references));
        else
            return;
        s->extract[s->n_extract++] = text_of(m);
    }
}

/* Fills the subjects and what the library is given of them. */
static void choose_patterns(uint64_t seed)
{
    maker dice;
    make_begin(&dice, seed);
    size_t want = make_chance(&dice, 60) ? 1 : make_chance(&dice, 50) ? 2 : MAX_SET;
    n_subjects = 0;
    for (size_t i = 0; i < want; i++) {
        subject *s = &subjects[n_subjects];
        make_begin(&s->text, seed * 31 + i + 1);
        make_pattern(&s->text);
        if (!both_accept(s))
            continue;
        choose_values(s);
        patterns[n_subjects++] =
            (ctf_pattern){.text = text_of(&s->text), .extract = s->extract, .n_extract = s->n_extract};
    }
}

typedef struct look {
    const maker *message;
    const char *path;
    bool expected[MAX_SET];
} look;

/* What the oracle says stands at a reference: a JSON selector, or $k among the fields. */
static oracle_value expected_value(const subject *s, oracle_text reference, const maker *message,
                                   oracle_pool *pool)
{
    oracle_value value = {ORACLE_MISSING, {NULL, 0}};
    if (oracle_pattern_kind(s->oracle) == ORACLE_JSON) {
        oracle_extract(reference, bytes_of(message), pool, &value);
        return value;
    }
    const oracle_field *fields;
    size_t n = oracle_fields(s->oracle, bytes_of(message), pool, &fields);
    for (size_t i = 0; i < n; i++)
        if (fields[i].position == (size_t)(reference.data[1] - '0'))
            value = (oracle_value){ORACLE_STRING, fields[i].text};
    return value;
}

static void compare_values(const look *l, const ctf_scratch *scratch, size_t i)
{
    static const ctf_value_type types[] = {
        [ORACLE_MISSING] = CTF_VALUE_MISSING, [ORACLE_NULL] = CTF_VALUE_NULL,
        [ORACLE_BOOLEAN] = CTF_VALUE_BOOLEAN, [ORACLE_NUMBER] = CTF_VALUE_NUMBER,
        [ORACLE_STRING] = CTF_VALUE_STRING,   [ORACLE_ARRAY] = CTF_VALUE_ARRAY,
        [ORACLE_OBJECT] = CTF_VALUE_OBJECT};
    const subject *s = &subjects[i];
    for (size_t k = 0; k < s->n_extract; k++) {
        oracle_pool pool = {NULL};
        ctf_value value;
        oracle_value expected = expected_value(s, bytes_of(&s->selectors[k]), l->message, &pool);
        n_values++;
        if (ctf_scratch_value(scratch, i, k, &value) != CTF_OK || types[expected.type] != value.type ||
            !same(expected.text, value.text)) {
            fail(&s->text, l->message, l->path, "a value is extracted otherwise:");
            print_text("value", s->selectors[k].text, s->selectors[k].length);
        }
        oracle_pool_free(&pool);
    }
}

static void compare_fields(const look *l, const ctf_scratch *scratch, size_t i)
{
    oracle_pool pool = {NULL};
    const oracle_field *expected;
    size_t n, wanted = oracle_fields(subjects[i].oracle, bytes_of(l->message), &pool, &expected);
    ctf_field field;
    bool good = ctf_scratch_field(scratch, i, 0, NULL, &n) == CTF_OK && n == wanted;
    for (size_t k = 0; good && k < n; k++)
        good = ctf_scratch_field(scratch, i, k, &field, &n) == CTF_OK &&
               field.position == expected[k].position && same(expected[k].name, field.name) &&
               same(expected[k].text, field.text);
    n_fields += n;
    if (!good)
        fail(&subjects[i].text, l->message, l->path, "fields are extracted otherwise");
    oracle_pool_free(&pool);
}

static void see(void *context, const ctf_scratch *scratch, const ctf_hits *hits)
{
    const look *l = context;
    for (size_t i = 0; i < n_subjects; i++) {
        bool hit = engine_hit(hits, i);
        n_verdicts++;
        n_matches += hit;
        if (hit != l->expected[i])
            fail(&subjects[i].text, l->message, l->path, hit ? "matches" : "does not match");
        if (!hit || !l->expected[i])
            continue;
        compare_values(l, scratch, i);
        compare_fields(l, scratch, i);
    }
}

static void compare_message(engine *e, uint64_t seed)
{
    maker message;
    look l = {.message = &message};
    make_begin(&message, seed);
    make_message(&message);
    for (size_t i = 0; i < n_subjects; i++)
        l.expected[i] = oracle_pattern_match(subjects[i].oracle, bytes_of(&message));
    bool plain = oracle_is_plain(bytes_of(&message));
    for (size_t k = 0; k < e->n_paths; k++) {
        if (e->paths[k].trusts && !plain)
            continue;
        l.path = e->paths[k].name;
        engine_run(e, &e->paths[k], text_of(&message), see, &l);
    }
}

static void iterate(uint64_t seed)
{
    engine e;
    ctf_error error;
    seed_now = seed;
    choose_patterns(seed);
    if (n_subjects == 0)
        return;
    if (engine_open(&e, patterns, n_subjects, &error) == CTF_OK) {
        e.random = seed;
        for (uint64_t i = 0; i < MESSAGES; i++)
            compare_message(&e, seed * 977 + i);
        engine_close(&e);
    } else {
        fail(&subjects[error.pattern].text, NULL, "compile with extraction", error.message);
    }
    for (size_t i = 0; i < n_subjects; i++)
        oracle_pattern_free(subjects[i].oracle);
}

int main(int argc, char **argv)
{
    uint64_t iterations = make_setting(argc > 1 ? argv[1] : NULL, "CTFILTER_RANDOM_ITERATIONS", DEFAULT_ITERATIONS);
    uint64_t seed = make_setting(argc > 2 ? argv[2] : NULL, "CTFILTER_RANDOM_SEED", 1);
    for (uint64_t i = 0; i < iterations; i++)
        iterate(seed + i);
    printf("%" PRIu64 " iterations from seed %" PRIu64 ": %zu patterns, %zu refused, %zu verdicts, "
           "%zu matches, %zu values, %zu fields, %zu failures\n",
           iterations, seed, n_patterns, n_refused, n_verdicts, n_matches, n_values, n_fields, failures);
    return failures > 0;
}
