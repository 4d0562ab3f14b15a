/* What the tests of automata share: a backtracking matcher as the oracle, expressions made by hand or at
 * random, and both forms of an expression built side by side. */
#ifndef CTFI_TESTS_AUTOMATON_KIT_H
#define CTFI_TESTS_AUTOMATON_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/neighbours.h"
#include "base/utf8.h"
#include "pattern/regex.h"
#include "program/automaton.h"
#include "program/automaton_words.h"
#include "program/plan.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define ANY CTFI_REGEX_FOREVER
#define MAX_SYMBOLS 400

static uint64_t random_state = 0x2545F4914F6CDD1Du;

static inline uint32_t below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % n;
}

/* ---- the oracle: one try after another ---- */

typedef struct symbols {
    uint32_t at[MAX_SYMBOLS]; /* 0..255, 256 for all that is higher or no UTF-8 */
    size_t n;
} symbols;

static inline symbols decode(ctfi_bytes text)
{
    symbols out = {.n = 0};
    for (size_t i = 0; i < text.length; out.n++) {
        uint32_t point;
        size_t n = ctfi_utf8_read(text.data + i, text.length - i, &point);
        assert_true(out.n < MAX_SYMBOLS);
        out.at[out.n] = n == 0 || point > 255 ? 256 : point;
        i += n + (n == 0);
    }
    return out;
}

static inline bool in_set(const ctfi_charset *set, uint32_t symbol)
{
    return symbol == 256 ? set->high : set->low[symbol / 64] >> (symbol % 64) & 1;
}

static inline bool naive_atoms(const ctfi_branch *branch, uint32_t atom, const symbols *text, size_t at)
{
    if (atom == branch->n_atoms)
        return !branch->at_end || at == text->n;
    const ctfi_atom *a = &branch->atoms[atom];
    for (uint32_t taken = 0;; taken++, at++) {
        if (taken >= a->min && naive_atoms(branch, atom + 1, text, at))
            return true;
        if (taken == a->max || at == text->n || !in_set(&a->set, text->at[at]))
            return false;
    }
}

static inline bool naive_search(const ctfi_regex *regex, ctfi_bytes text)
{
    symbols s = decode(text);
    for (uint32_t b = 0; b < regex->n_branches; b++)
        for (size_t from = 0; from <= (regex->branches[b].at_start ? 0 : s.n); from++)
            if (naive_atoms(&regex->branches[b], 0, &s, from))
                return true;
    return false;
}

/* ---- expressions ---- */

static inline void add_point(ctfi_charset *set, uint32_t point)
{
    if (point < 256)
        set->low[point / 64] |= (uint64_t)1 << (point % 64);
    else
        set->high = true;
}

/* A set of the characters of a UTF-8 text. */
static inline ctfi_charset set_of(const char *members)
{
    ctfi_charset set = {{0}, false};
    for (size_t i = 0, n; i < strlen(members); i += n) {
        uint32_t point = 0;
        n = ctfi_utf8_read((const unsigned char *)members + i, strlen(members) - i, &point);
        add_point(&set, point);
    }
    return set;
}

static inline ctfi_charset all_but(const char *members)
{
    ctfi_charset set = set_of(members);
    for (size_t i = 0; i < 4; i++)
        set.low[i] = ~set.low[i];
    set.high = !set.high;
    return set;
}

static inline ctfi_atom atom(ctfi_charset set, uint32_t min, uint32_t max)
{
    return (ctfi_atom){{0, 0}, set, min, max};
}

#define ONE(members) atom(set_of(members), 1, 1)

/* ---- building and running ---- */

/* Both forms of one expression, verified, each with exactly the memory it asks for. */
typedef struct forms {
    ctfi_job job;
    const ctfi_regex *regex;
    ctfi_automaton built;
    ctfi_automaton positions;
    uint64_t *built_memory;
    uint64_t *positions_memory;
} forms;

static inline void build_body(ctfi_job *job, void *context)
{
    forms *f = context;
    f->built = ctfi_automaton_build(job, f->regex);
    f->positions = ctfi_automaton_build_positions(job, f->regex);
}

static inline uint64_t *memory_for(const uint64_t *words)
{
    uint64_t *memory = malloc(ctfi_automaton_memory(words) * sizeof *memory + (ctfi_automaton_memory(words) == 0));
    assert_non_null(memory);
    return memory;
}

static inline void build(forms *f, const ctfi_regex *regex)
{
    f->regex = regex;
    assert_int_equal(ctfi_job_run(&f->job, NULL, build_body, f), CTF_OK);
    assert_null(ctfi_automaton_verify(f->built.words, f->built.count));
    assert_null(ctfi_automaton_verify(f->positions.words, f->positions.count));
    f->built_memory = memory_for(f->built.words);
    f->positions_memory = memory_for(f->positions.words);
}

static inline void unbuild(forms *f)
{
    free(f->built_memory);
    free(f->positions_memory);
    ctfi_arena_free(&f->job.arena);
}

static inline bool is_table(const forms *f)
{
    return ctfi_automaton_memory(f->built.words) == 0;
}

/* Both forms give the oracle's answer, which is returned; a text that matches holds what is needed. */
static inline bool check_text(const forms *f, ctfi_bytes text)
{
    bool want = naive_search(f->regex, text);
    bool built = ctfi_automaton_search(f->built.words, text, f->built_memory);
    bool positions = ctfi_automaton_search(f->positions.words, text, f->positions_memory);
    if (built != want || positions != want)
        fail_msg("\"%.*s\": oracle %d, built %d (table %d), positions %d", (int)text.length,
                 (const char *)text.data, want, built, is_table(f), positions);
    if (want)
        assert_true((ctfi_regex_neighbours(f->regex) & ~ctfi_neighbours(text)) == 0);
    return want;
}

static inline ctfi_bytes bytes(const char *text)
{
    return (ctfi_bytes){(const unsigned char *)text, strlen(text)};
}

static inline ctfi_regex one_branch(ctfi_branch *branch, const ctfi_atom *atoms, uint32_t n, bool at_start, bool at_end)
{
    *branch = (ctfi_branch){atoms, n, at_start, at_end};
    return (ctfi_regex){branch, 1, 0};
}

static const uint32_t counts[][2] = {{1, 1}, {0, 1}, {0, ANY}, {1, ANY}, {2, 2}, {1, 3}, {2, ANY}};

/* ---- random ones ---- */

#define MAX_BRANCHES 4
#define MAX_ATOMS 6

typedef struct sample {
    ctfi_atom atoms[MAX_BRANCHES][MAX_ATOMS];
    ctfi_branch branches[MAX_BRANCHES];
    ctfi_regex regex;
} sample;

static inline ctfi_charset random_set(void)
{
    static const char *const sets[] = {"a", "b", "c", "ab", "bc", "\xC3\xA9", "\xE2\x82\xAC", "a\xE2\x82\xAC", "abc", ""};
    uint32_t which = below(LENGTH(sets) + 2);
    if (which >= LENGTH(sets))
        return all_but(sets[below(LENGTH(sets))]);
    return set_of(sets[which]);
}

static inline void random_counts(ctfi_atom *a, uint32_t scale)
{
    uint32_t kind = below(8);
    if (kind < LENGTH(counts)) {
        a->min = counts[kind][0];
        a->max = counts[kind][1];
    }
    if (scale > 0 && below(3) == 0) {
        a->min = below(scale);
        a->max = below(4) == 0 ? ANY : a->min + below(scale) + (a->min == 0);
    }
}

static inline void random_sample(sample *s, uint32_t scale)
{
    uint32_t n = 1 + below(MAX_BRANCHES);
    s->regex = (ctfi_regex){s->branches, n, 0};
    for (uint32_t b = 0; b < n; b++) {
        s->branches[b] = (ctfi_branch){s->atoms[b], below(MAX_ATOMS + 1), below(4) == 0, below(4) == 0};
        for (uint32_t a = 0; a < s->branches[b].n_atoms; a++) {
            s->atoms[b][a] = atom(random_set(), 1, 1);
            random_counts(&s->atoms[b][a], scale);
        }
    }
}

#endif
