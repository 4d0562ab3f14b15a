/* Which terms decide: what coverage says of a message against the pattern with each of its terms taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

#include <cmocka.h>

#define TERMS 7
#define ROUNDS 4000

static uint32_t seed = 20260115;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* A condition as a tree in an array: a joint has the nodes of its list behind it. */
typedef struct node {
    bool joint, any;
    size_t first, n; /* of a joint: in `all` */
    char text[24];
} node;

typedef struct tree {
    node all[4 * TERMS];
    size_t n;
    size_t n_terms;
} tree;

static void make_term(tree *t, node *out)
{
    static const char *const tests[] = {"= 1", "!= 1", "= 2", "NOT EXISTS", "IS NULL", "> 1"};
    snprintf(out->text, sizeof out->text, "$.%c %s", "abc"[below(3)], tests[below(6)]);
    t->n_terms++;
}

static void make(tree *t, size_t index, bool any, int depth)
{
    t->all[index] = (node){0};
    if (depth == 0 || below(3) == 0 || t->n + 3 > 4 * TERMS || t->n_terms + 3 > TERMS) {
        make_term(t, &t->all[index]);
        return;
    }
    size_t n = 2 + below(2), first = t->n;
    t->all[index] = (node){.joint = true, .any = any, .first = first, .n = n};
    t->n += n;
    for (size_t i = 0; i < n; i++)
        make(t, first + i, !any, depth - 1);
}

/* Prints the tree without the term that *left counts down to; returns false when nothing is left of it. */
static bool print(const tree *t, size_t index, int *left, char *out, size_t size)
{
    const node *b = &t->all[index];
    char part[512];
    bool some = false;
    if (!b->joint) {
        snprintf(out, size, "%s", b->text);
        return (*left)-- != 0;
    }
    snprintf(out, size, "(");
    for (size_t i = 0; i < b->n; i++) {
        if (!print(t, b->first + i, left, part, sizeof part))
            continue;
        size_t at = strlen(out);
        snprintf(out + at, size - at, "%s%s", some ? (b->any ? " || " : " && ") : "", part);
        some = true;
    }
    snprintf(out + strlen(out), size - strlen(out), ")");
    return some;
}

static bool matches(const char *pattern, ctf_text message)
{
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_filter_compile(&(ctf_pattern){.text = {pattern, strlen(pattern)}}, 1, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, message.data, message.length, &hits), CTF_OK);
    bool hit = hits.n > 0;
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return hit;
}

static void make_message(char *out, size_t size)
{
    static const char *const values[] = {"1", "2", "null", "\"1\"", "true"};
    out[0] = '\0';
    for (char key = 'a'; key <= 'c'; key++) {
        size_t at = strlen(out);
        uint32_t value = below(7);
        if (value < 5)
            snprintf(out + at, size - at, "%s\"%c\":%s", at == 0 ? "{" : ",", key, values[value]);
    }
    snprintf(out + strlen(out), size - strlen(out), "%s}", out[0] == '\0' ? "{" : "");
}

static void pattern_of(const tree *t, int left, char *out, size_t size)
{
    char condition[1024];
    print(t, 0, &left, condition, sizeof condition);
    snprintf(out, size, "{ %s }", condition);
}

static void check(const tree *t, const char *whole, ctf_text message)
{
    suite_pattern pattern = {.text = {whole, strlen(whole)}};
    char without[1100];
    suite_cover(&pattern, message);
    assert_int_equal(pattern.n_terms, t->n_terms);
    for (size_t i = 0; i < t->n_terms; i++) {
        pattern_of(t, (int)i, without, sizeof without);
        bool decides = matches(whole, message) != matches(without, message);
        if (pattern.terms[i].decided != decides)
            fail_msg("%s on %s: term %zu %s", whole, message.data, i, decides ? "decides" : "does not decide");
    }
    free(pattern.terms);
}

static void a_term_decides_when_the_pattern_without_it_says_otherwise(void **state)
{
    (void)state;
    size_t checked = 0;
    while (checked < ROUNDS) {
        tree t = {.n = 1};
        char whole[1100], message[100];
        make(&t, 0, below(2) == 0, 3);
        if (t.n_terms < 2)
            continue;
        pattern_of(&t, -1, whole, sizeof whole);
        make_message(message, sizeof message);
        check(&t, whole, (ctf_text){message, strlen(message)});
        checked++;
    }
}

static void expect(const char *text, const char *message, const char *decided)
{
    suite_pattern pattern = {.text = {text, strlen(text)}};
    suite_cover(&pattern, (ctf_text){message, strlen(message)});
    assert_int_equal(pattern.n_terms, strlen(decided));
    for (size_t i = 0; i < pattern.n_terms; i++)
        assert_int_equal(pattern.terms[i].decided, decided[i] == '1');
    free(pattern.terms);
}

static void terms_of_other_kinds_decide_too(void **state)
{
    (void)state;
    expect("{ $.a = 1 }", "{\"a\":1}", "1");
    expect("{ $.a = 1 }", "{\"a\":2}", "1");
    expect("{ $.a = 1 }", "no object", "0");
    expect("ERROR -test", "ERROR", "00");
    expect("ERROR -test", "ERROR test", "01");
    expect("ERROR -test", "x", "10");
    expect("ERROR ?a", "x a", "10");
    expect("?a ?b", "xa", "10");
    expect("?a ?b", "ab", "00");
    expect("%x+%", "x", "1");
    expect("[a = 1, b = 2]", "1 2", "00");
    expect("[a = 1, b = 2]", "1 3", "01");
    expect("[a = 1, b = 2]", "1", "00");
    expect("[a, b]", "1 2", "");
    expect("", "x", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_decides_when_the_pattern_without_it_says_otherwise),
        cmocka_unit_test(terms_of_other_kinds_decide_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
