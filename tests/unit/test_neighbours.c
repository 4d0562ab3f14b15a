/* What texts hold and searches need; the automaton tests hold every expression against it too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/job.h"
#include "base/neighbours.h"
#include "match/glob.h"
#include "pattern/regex.h"
#include "program/plan.h"

static uint64_t random_state = 1;

static unsigned below(unsigned n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % n;
}

static ctfi_bytes view(const char *text)
{
    return (ctfi_bytes){(const unsigned char *)text, strlen(text)};
}

/* The pairs of two bytes each in `pairs` as one word. */
static uint64_t pairs_of(const char *pairs)
{
    uint64_t bits = 0;
    for (; pairs[0] != 0; pairs += 2)
        bits |= ctfi_neighbour((unsigned char)pairs[0], (unsigned char)pairs[1]);
    return bits;
}

static void neighbours_are_the_same_everywhere(void **state)
{
    (void)state;
    assert_true(ctfi_neighbours(view("Console")) == UINT64_C(0x418000200000084)); /* part of the format */
    assert_true(ctfi_neighbours(view("")) == 0 && ctfi_neighbours(view("C")) == 0);
    assert_true(ctfi_neighbours(view("Cons")) == pairs_of("Coonns"));
}

static void part_of_a_text_has_no_other_neighbours(void **state)
{
    (void)state;
    unsigned char text[40];
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (unsigned char)below(256);
        size_t start = below(20), length = below(20);
        uint64_t all = ctfi_neighbours((ctfi_bytes){text, sizeof text});
        assert_true((ctfi_neighbours((ctfi_bytes){text + start, length}) & ~all) == 0);
    }
}

static void a_text_holds_what_each_wildcard_needs_that_matches_it(void **state)
{
    (void)state;
    char pattern[8], text[16];
    size_t matches = 0;
    for (int round = 0; round < 200000; round++) {
        size_t n = below(sizeof pattern), length = below(sizeof text);
        for (size_t i = 0; i < n; i++)
            pattern[i] = "ab*c"[below(4)];
        for (size_t i = 0; i < length; i++)
            text[i] = "abc"[below(3)];
        ctfi_bytes glob = {(const unsigned char *)pattern, n}, whole = {(const unsigned char *)text, length};
        if (ctfi_glob_match(glob, whole)) {
            matches++;
            assert_true((ctfi_neighbours_of_glob(glob) & ~ctfi_neighbours(whole)) == 0);
        }
    }
    assert_true(matches > 1000);
    assert_true(ctfi_neighbours_of_glob(view("ab*cd*e")) == pairs_of("abcd"));
}

static void parse(ctfi_job *job, void *context)
{
    const char *const *source = context;
    assert_true(ctfi_regex_neighbours(ctfi_regex_parse(job, view(source[0]), 0)) == pairs_of(source[1]));
}

static void an_expression_needs_the_neighbours_that_stand_in_every_branch(void **state)
{
    (void)state;
    static const char *cases[][2] = {
        {"abc", "abbc"},         {"ab|cd", ""},   {"xab|abc", "ab"},          {"a{2,3}b", "aaab"},
        {"ab?c", ""},            {"ab*c", ""},    {"ab+c", "abbc"},           {"a[bc]d.ef", "ef"},
        {"^a+b{0,2}c+d$", "cd"}, {"b\\.c", "b..c"}, {"x^y", ""},                {"[a][b]", "ab"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ctfi_job job;
        assert_int_equal(ctfi_job_run(&job, NULL, parse, cases[i]), CTF_OK);
        ctfi_arena_free(&job.arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_the_same_everywhere),
        cmocka_unit_test(part_of_a_text_has_no_other_neighbours),
        cmocka_unit_test(a_text_holds_what_each_wildcard_needs_that_matches_it),
        cmocka_unit_test(an_expression_needs_the_neighbours_that_stand_in_every_branch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
