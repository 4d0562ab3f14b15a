/* Texts by their properties: what is found has them, what is not found is not there, held against trying everything
 * small. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reason/machine.h"

static ctfi_bytes view(const char *words)
{
    return (ctfi_bytes){(const unsigned char *)words, strlen(words)};
}

static ctfi_property property(ctfi_job *job, const char *words, bool want)
{
    ctfi_property p = {.text = view(words), .want = want};
    size_t n = strlen(words);
    if (words[0] == '%') {
        p.type = CTFI_PROPERTY_REGEX;
        p.regex = ctfi_regex_parse(job, (ctfi_bytes){view(words).data + 1, n - 2}, 1);
    } else if (words[0] == '~') {
        p.type = CTFI_PROPERTY_CONTAINS;
        p.text = view(words + 1);
    } else {
        p.type = strchr(words, '*') != NULL ? CTFI_PROPERTY_GLOB : CTFI_PROPERTY_TEXT;
    }
    return p;
}

/* Calls visit with every text of at most `most` characters a, b and c. */
static void each_text(size_t most, void (*visit)(ctfi_job *job, void *context, ctfi_bytes text), ctfi_job *job,
                      void *context)
{
    unsigned char text[8];
    for (size_t length = 0; length <= most; length++) {
        size_t n = 1;
        for (size_t i = 0; i < length; i++)
            n *= 3;
        for (size_t number = 0; number < n; number++) {
            size_t rest = number;
            for (size_t i = 0; i < length; i++, rest /= 3)
                text[i] = (unsigned char)('a' + rest % 3);
            visit(job, context, (ctfi_bytes){text, length});
        }
    }
}

static const char *const words[] = {
    "", "a", "ab", "aba", "*", "a*", "*a", "*a*", "a*a", "*ab", "ab*", "*aba", "a*b*", "*a*a", "**b", "ab*ab", "*ab*ba*",
    "~a", "~ab", "~aba", "~aa", "%a%", "%^a%", "%a$%", "%^a$%", "%a+b%", "%ab*c%", "%^a?b$%", "%[ab]{2}%", "%c|^b%", "%a.c%",
    "%^%", "%a{2,}$%", "%[^a]$%", "%a|%"};

static void compare_machine(ctfi_job *job, void *context, ctfi_bytes text)
{
    ctfi_machine *m = context;
    uint32_t state = ctfi_machine_start(m);
    for (size_t i = 0; i < text.length; i++)
        state = ctfi_machine_step(m, state, text.data[i]);
    bool expected = ctfi_property_holds(job, m->property, text);
    if (ctfi_machine_holds(m, state) != expected)
        fail_msg("%.*s on %.*s", (int)m->property->text.length, m->property->text.data, (int)text.length, text.data);
    if (state == CTFI_MACHINE_DEAD)
        assert_false(expected);
    if (state == CTFI_MACHINE_FULL)
        assert_true(expected);
}

static void machines(ctfi_job *job, void *context)
{
    (void)context;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ctfi_property p = property(job, words[i], true);
        ctfi_machine m;
        ctfi_machine_init(&m, job, &p);
        each_text(6, compare_machine, job, &m);
    }
}

static void every_machine_says_what_matching_says(void **state)
{
    ctfi_job job;
    (void)state;
    assert_int_equal(ctfi_job_run(&job, NULL, machines, NULL), CTF_OK);
    ctfi_arena_free(&job.arena);
}

typedef struct trial {
    ctfi_property properties[3];
    size_t n;
    size_t shortest; /* of those tried; SIZE_MAX: none */
} trial;

static void judge(ctfi_job *job, void *context, ctfi_bytes text)
{
    trial *t = context;
    if (text.length >= t->shortest)
        return;
    for (size_t i = 0; i < t->n; i++)
        if (ctfi_property_holds(job, &t->properties[i], text) != t->properties[i].want)
            return;
    t->shortest = text.length;
}

static void check_trial(ctfi_job *job, trial *t)
{
    ctfi_language language = {t->properties, t->n, "", NULL, NULL};
    ctfi_bytes found;
    ctfi_answer answer = ctfi_language_find(job, &language, &found);
    t->shortest = SIZE_MAX;
    each_text(4, judge, job, t);
    assert_int_not_equal(answer, CTFI_UNDECIDED);
    if (answer == CTFI_NO) {
        assert_true(t->shortest == SIZE_MAX);
        return;
    }
    for (size_t i = 0; i < t->n; i++)
        assert_true(ctfi_property_holds(job, &t->properties[i], found) == t->properties[i].want);
    assert_true(found.length <= t->shortest);
}

static void combinations(ctfi_job *job, void *context)
{
    unsigned random = 7;
    size_t *n_no = context;
    for (int round = 0; round < 3000; round++) {
        trial t = {.n = 3};
        for (size_t i = 0; i < t.n; i++) {
            random = random * 1103515245u + 12345u;
            t.properties[i] = property(job, words[(random >> 16) % (sizeof words / sizeof *words)], (random >> 30) != 0);
        }
        ctfi_language language = {t.properties, t.n, "", NULL, NULL};
        ctfi_bytes found;
        *n_no += ctfi_language_find(job, &language, &found) == CTFI_NO;
        if (round % 10 == 0)
            check_trial(job, &t);
        ctfi_arena_reset(&job->arena);
    }
}

static void what_is_found_is_shortest_and_what_is_not_is_not_there(void **state)
{
    ctfi_job job;
    size_t n_no = 0;
    (void)state;
    assert_int_equal(ctfi_job_run(&job, NULL, combinations, &n_no), CTF_OK);
    ctfi_arena_free(&job.arena);
    assert_true(n_no > 100 && n_no < 2900);
}

static bool is_long(void *context, ctfi_bytes text)
{
    (void)context;
    return text.length >= 3;
}

static bool never(void *context, ctfi_bytes text)
{
    (void)context, (void)text;
    return false;
}

static void judged(ctfi_job *job, void *context)
{
    ctfi_property p = property(job, "~b", false);
    ctfi_language language = {&p, 1, "x", is_long, NULL};
    ctfi_bytes found;
    (void)context;
    assert_int_equal(ctfi_language_find(job, &language, &found), CTFI_YES);
    assert_int_equal(found.length, 3);
    assert_null(memchr(found.data, 'b', 3));
    assert_null(memchr(found.data, 'x', 3));
    language.take = never;
    assert_int_equal(ctfi_language_find(job, &language, &found), CTFI_UNDECIDED);
    p = property(job, "%a{400}b?a{90}c{900}%", true);
    language.take = NULL;
    assert_int_equal(ctfi_language_find(job, &language, &found), CTFI_YES);
    assert_int_equal(found.length, 1390);
}

static void texts_are_judged_and_long_ones_found(void **state)
{
    ctfi_job job;
    (void)state;
    assert_int_equal(ctfi_job_run(&job, NULL, judged, NULL), CTF_OK);
    ctfi_arena_free(&job.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_machine_says_what_matching_says),
        cmocka_unit_test(what_is_found_is_shortest_and_what_is_not_is_not_there),
        cmocka_unit_test(texts_are_judged_and_long_ones_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
