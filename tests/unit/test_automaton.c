/* Regular expressions sealed: both forms against a backtracking matcher, and against damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "program/automaton.h"
#include "program/automaton_words.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define ANY CTFI_REGEX_FOREVER
#define MAX_SYMBOLS 400

static uint64_t random_state = 0x2545F4914F6CDD1Du;

static uint32_t below(uint32_t n)
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

static symbols decode(ctfi_bytes text)
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

static bool in_set(const ctfi_charset *set, uint32_t symbol)
{
    return symbol == 256 ? set->high : set->low[symbol / 64] >> (symbol % 64) & 1;
}

static bool naive_atoms(const ctfi_branch *branch, uint32_t atom, const symbols *text, size_t at)
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

static bool naive_search(const ctfi_regex *regex, ctfi_bytes text)
{
    symbols s = decode(text);
    for (uint32_t b = 0; b < regex->n_branches; b++)
        for (size_t from = 0; from <= (regex->branches[b].at_start ? 0 : s.n); from++)
            if (naive_atoms(&regex->branches[b], 0, &s, from))
                return true;
    return false;
}

/* ---- expressions ---- */

static void add_point(ctfi_charset *set, uint32_t point)
{
    if (point < 256)
        set->low[point / 64] |= (uint64_t)1 << (point % 64);
    else
        set->high = true;
}

/* A set of the characters of a UTF-8 text. */
static ctfi_charset set_of(const char *members)
{
    ctfi_charset set = {{0}, false};
    for (size_t i = 0, n; i < strlen(members); i += n) {
        uint32_t point = 0;
        n = ctfi_utf8_read((const unsigned char *)members + i, strlen(members) - i, &point);
        add_point(&set, point);
    }
    return set;
}

static ctfi_charset all_but(const char *members)
{
    ctfi_charset set = set_of(members);
    for (size_t i = 0; i < 4; i++)
        set.low[i] = ~set.low[i];
    set.high = !set.high;
    return set;
}

static ctfi_atom atom(ctfi_charset set, uint32_t min, uint32_t max)
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

static void build_body(ctfi_job *job, void *context)
{
    forms *f = context;
    f->built = ctfi_automaton_build(job, f->regex);
    f->positions = ctfi_automaton_build_positions(job, f->regex);
}

static uint64_t *memory_for(const uint64_t *words)
{
    uint64_t *memory = malloc(ctfi_automaton_memory(words) * sizeof *memory + (ctfi_automaton_memory(words) == 0));
    assert_non_null(memory);
    return memory;
}

static void build(forms *f, const ctfi_regex *regex)
{
    f->regex = regex;
    assert_int_equal(ctfi_job_run(&f->job, NULL, build_body, f), CTF_OK);
    assert_null(ctfi_automaton_verify(f->built.words, f->built.count));
    assert_null(ctfi_automaton_verify(f->positions.words, f->positions.count));
    f->built_memory = memory_for(f->built.words);
    f->positions_memory = memory_for(f->positions.words);
}

static void unbuild(forms *f)
{
    free(f->built_memory);
    free(f->positions_memory);
    ctfi_arena_free(&f->job.arena);
}

static bool is_table(const forms *f)
{
    return ctfi_automaton_memory(f->built.words) == 0;
}

/* Both forms give the oracle's answer, which is returned. */
static bool check_text(const forms *f, ctfi_bytes text)
{
    bool want = naive_search(f->regex, text);
    bool built = ctfi_automaton_search(f->built.words, text, f->built_memory);
    bool positions = ctfi_automaton_search(f->positions.words, text, f->positions_memory);
    if (built != want || positions != want)
        fail_msg("\"%.*s\": oracle %d, built %d (table %d), positions %d", (int)text.length,
                 (const char *)text.data, want, built, is_table(f), positions);
    return want;
}

static ctfi_bytes bytes(const char *text)
{
    return (ctfi_bytes){(const unsigned char *)text, strlen(text)};
}

static ctfi_regex one_branch(ctfi_branch *branch, const ctfi_atom *atoms, uint32_t n, bool at_start, bool at_end)
{
    *branch = (ctfi_branch){atoms, n, at_start, at_end};
    return (ctfi_regex){branch, 1, 0};
}

static void expect(const ctfi_regex *regex, const char *const *yes, size_t n_yes, const char *const *no, size_t n_no)
{
    forms f;
    build(&f, regex);
    for (size_t i = 0; i < n_yes; i++)
        assert_true(check_text(&f, bytes(yes[i])));
    for (size_t i = 0; i < n_no; i++)
        assert_false(check_text(&f, bytes(no[i])));
    unbuild(&f);
}

#define EXPECT(regex, yes, no) expect(regex, yes, LENGTH(yes), no, LENGTH(no))

/* ---- known verdicts ---- */

static void a_literal_is_found_anywhere(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("a"), ONE("b"), ONE("a")};
    ctfi_regex regex = one_branch(&branch, atoms, 3, false, false);
    static const char *const yes[] = {"aba", "xaba", "abax", "aababab", "abbaba"};
    static const char *const no[] = {"", "ab", "ba", "abba", "a b a"};
    EXPECT(&regex, yes, no);
}

static void anchors_hold_at_the_ends_of_the_text_only(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("a"), atom(set_of("b"), 0, ANY)};
    ctfi_regex start = one_branch(&branch, atoms, 2, true, false);
    EXPECT(&start, ((const char *const[]){"a", "ab", "ax", "abbx"}), ((const char *const[]){"", "xa", "\na", "ba"}));
    ctfi_regex end = one_branch(&branch, atoms, 2, false, true);
    EXPECT(&end, ((const char *const[]){"a", "xabb", "axa", "aab"}), ((const char *const[]){"", "ax", "a\n", "abx"}));
    ctfi_regex both = one_branch(&branch, atoms, 2, true, true);
    EXPECT(&both, ((const char *const[]){"a", "abbbb"}), ((const char *const[]){"", "xa", "ax", "aba", "aa"}));
}

static void an_empty_branch_matches_everything_it_is_not_anchored_away_from(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "\xFF", "abc"};
    ctfi_branch branch;
    for (int anchors = 0; anchors < 4; anchors++) {
        ctfi_regex regex = one_branch(&branch, NULL, 0, anchors & 1, anchors >> 1);
        forms f;
        build(&f, &regex);
        for (size_t i = 0; i < LENGTH(texts); i++)
            assert_int_equal(check_text(&f, bytes(texts[i])), anchors != 3 || i == 0);
        unbuild(&f);
    }
}

static void no_branch_never_matches(void **state)
{
    (void)state;
    ctfi_regex regex = {NULL, 0, 0};
    forms f;
    build(&f, &regex);
    assert_false(check_text(&f, bytes("")));
    assert_false(check_text(&f, bytes("abc")));
    unbuild(&f);
}

static void one_character_is_one_code_point_or_one_stray_byte(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom dots[] = {atom(all_but("\n"), 2, 2)};
    ctfi_regex regex = one_branch(&branch, dots, 1, true, true);
    static const char *const yes[] = {"ab", "b\xC3\xA9", "\xE2\x82\xAC\xF0\x9F\x98\x80", "\xFF\xFE", "\xE2\x82", "a\x80"};
    static const char *const no[] = {"a", "\xC3\xA9", "\xF0\x9F\x98\x80", "a\n", "abc", "\xE2\x82\xAC\xFF\xFE", "\xED\xA0\x80"};
    EXPECT(&regex, yes, no);
}

static void characters_up_to_ff_are_told_apart_and_those_above_are_not(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom latin[] = {ONE("\xC3\xBF")};
    ctfi_regex regex = one_branch(&branch, latin, 1, false, false);
    EXPECT(&regex, ((const char *const[]){"\xC3\xBF", "a\xC3\xBF"}),
           ((const char *const[]){"\xFF", "\xC3\xBE", "\xC4\x80", "\xC3"}));
    const ctfi_atom high[] = {ONE("\xC4\x80")};
    regex = one_branch(&branch, high, 1, false, false);
    EXPECT(&regex, ((const char *const[]){"\xC4\x80", "\xE2\x82\xAC", "\xFF", "\x80"}),
           ((const char *const[]){"", "a", "\xC3\xBF"}));
}

/* ---- from the spelling on (spec: filter-patterns 4) ---- */

typedef struct spelled {
    const char *expression;
    const char *text;
    bool match;
} spelled;

typedef struct parsing {
    const char *expression;
    const ctfi_regex *regex;
} parsing;

static void parse_body(ctfi_job *job, void *context)
{
    parsing *p = context;
    p->regex = ctfi_regex_parse(job, bytes(p->expression), 1);
}

static void check_spelled(const spelled *s)
{
    ctfi_job job;
    forms f;
    parsing p = {s->expression, NULL};
    assert_int_equal(ctfi_job_run(&job, NULL, parse_body, &p), CTF_OK);
    build(&f, p.regex);
    if (check_text(&f, bytes(s->text)) != s->match)
        fail_msg("%s on %s", s->expression, s->text);
    unbuild(&f);
    ctfi_arena_free(&job.arena);
}

static void parsed_expressions_search_as_they_are_spelled(void **state)
{
    (void)state;
    static const spelled cases[] = {
        {"ERROR", "an ERROR here", true},     {"ERROR", "an error here", false},  {"^a.c$", "abc", true},
        {"^a.c$", "a\nc", false},             {"^a.c$", "a\xC3\xA9" "c", true},   {"a\\sc", "a\nc", true},
        {"\\d{3}", "ab12c345", true},         {"\\d{3}", "ab12c34", false},      {"\\d", "\xD9\xA1", false},
        {"colou?r", "color", true},           {"colou?r", "colouur", false},      {"ab+?c", "abbbc", true},
        {"a|b|^c$", "c", true},               {"x|y|^c$", "cc", false},           {"a|", "zzz", true},
        {"[^a-c]+z", "abcz", false},          {"[^a-c]+z", "abcdz", true},        {"\\x41", "xAx", true},
        {"a{2,3}b", "ab", false},             {"^a{2,3}b", "aaab", true},         {"^a{2,3}b", "aaaab", false},
        {"^a{2,}b", "aaaaaaab", true},        {"^a{,2}b", "aab", true},           {"^a{,2}b", "aaab", false},
        {"[A-Z]\\w*:[0-9]+", "at Port:443", true}, {"a\\.b", "axb", false}};
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_spelled(&cases[i]);
}

/* ---- all small expressions, all small texts ---- */

static const uint32_t counts[][2] = {{1, 1}, {0, 1}, {0, ANY}, {1, ANY}, {2, 2}, {1, 3}, {2, ANY}};

static ctfi_atom small_atom(size_t index)
{
    static const char *const sets[] = {"a", "b", "ab"};
    size_t count = index % LENGTH(counts);
    return atom(set_of(sets[index / LENGTH(counts)]), counts[count][0], counts[count][1]);
}

#define SMALL_ATOMS (3 * LENGTH(counts))

static void check_all_texts(const forms *f, size_t longest)
{
    for (size_t length = 0; length <= longest; length++)
        for (size_t bits = 0; bits < (size_t)1 << length; bits++) {
            unsigned char text[16];
            for (size_t i = 0; i < length; i++)
                text[i] = bits >> i & 1 ? 'a' : 'b';
            check_text(f, (ctfi_bytes){text, length});
        }
}

static void check_with_all_anchors(const ctfi_atom *atoms, uint32_t n, size_t longest)
{
    for (int anchors = 0; anchors < 4; anchors++) {
        ctfi_branch branch;
        ctfi_regex regex = one_branch(&branch, atoms, n, anchors & 1, anchors >> 1);
        forms f;
        build(&f, &regex);
        assert_true(is_table(&f));
        check_all_texts(&f, longest);
        unbuild(&f);
    }
}

static void all_small_branches_agree_with_the_oracle(void **state)
{
    (void)state;
    ctfi_atom atoms[3];
    check_with_all_anchors(NULL, 0, 3);
    for (size_t i = 0; i < SMALL_ATOMS; i++) {
        atoms[0] = small_atom(i);
        check_with_all_anchors(atoms, 1, 6);
        for (size_t j = 0; j < SMALL_ATOMS; j++) {
            atoms[1] = small_atom(j);
            check_with_all_anchors(atoms, 2, 5);
            atoms[2] = small_atom((i * 5 + j * 7) % SMALL_ATOMS);
            check_with_all_anchors(atoms, 3, 5);
        }
    }
}

static void all_pairs_of_short_branches_agree_with_the_oracle(void **state)
{
    (void)state;
    ctfi_atom atoms[SMALL_ATOMS];
    for (size_t i = 0; i < SMALL_ATOMS; i++)
        atoms[i] = small_atom(i);
    for (size_t pair = 0; pair < SMALL_ATOMS * SMALL_ATOMS; pair++)
        for (unsigned anchors = 0; anchors < 16; anchors++) {
            ctfi_branch branches[2] = {{&atoms[pair % SMALL_ATOMS], 1, anchors & 1, anchors >> 1 & 1},
                                       {&atoms[pair / SMALL_ATOMS], 1, anchors >> 2 & 1, anchors >> 3 & 1}};
            ctfi_regex regex = {branches, 2, 0};
            forms f;
            build(&f, &regex);
            check_all_texts(&f, 3);
            unbuild(&f);
        }
}

/* ---- random ones ---- */

#define MAX_BRANCHES 4
#define MAX_ATOMS 6

typedef struct sample {
    ctfi_atom atoms[MAX_BRANCHES][MAX_ATOMS];
    ctfi_branch branches[MAX_BRANCHES];
    ctfi_regex regex;
} sample;

static ctfi_charset random_set(void)
{
    static const char *const sets[] = {"a", "b", "c", "ab", "bc", "\xC3\xA9", "\xE2\x82\xAC", "a\xE2\x82\xAC", "abc", ""};
    uint32_t which = below(LENGTH(sets) + 2);
    if (which >= LENGTH(sets))
        return all_but(sets[below(LENGTH(sets))]);
    return set_of(sets[which]);
}

static void random_counts(ctfi_atom *a, uint32_t scale)
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

static void random_sample(sample *s, uint32_t scale)
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

/* Mostly runs of a, b, c, with other characters and stray bytes among them. */
static size_t random_text(unsigned char *out, size_t most)
{
    static const char *const pieces[] = {"a", "a", "a", "b", "b", "c", "\xC3\xA9", "\xE2\x82\xAC", "\xFF", "\xE2\x82", "\n", "\xF0\x9F\x98\x80"};
    size_t length = 0;
    size_t want = below((uint32_t)most + 1);
    while (length < want) {
        const char *piece = pieces[below(LENGTH(pieces))];
        for (uint32_t n = below(8) == 0 ? 1 + below((uint32_t)most) : 1; n > 0 && length + strlen(piece) <= want; n--) {
            memcpy(out + length, piece, strlen(piece));
            length += strlen(piece);
        }
        if (length + 4 > want)
            break;
    }
    return length;
}

/* The text on the heap, so that a byte read behind it is seen. */
static void check_exact(const forms *f, const unsigned char *text, size_t length)
{
    unsigned char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    check_text(f, (ctfi_bytes){copy, length});
    free(copy);
}

static void check_random(int samples, uint32_t scale, size_t longest, int *tables, int *matches)
{
    for (int i = 0; i < samples; i++) {
        sample s;
        forms f;
        unsigned char text[MAX_SYMBOLS];
        random_sample(&s, scale);
        build(&f, &s.regex);
        *tables += is_table(&f);
        for (int j = 0; j < 12; j++) {
            size_t length = random_text(text, longest);
            check_exact(&f, text, length);
            *matches += naive_search(&s.regex, (ctfi_bytes){text, length});
        }
        unbuild(&f);
    }
}

static void random_expressions_agree_with_the_oracle(void **state)
{
    (void)state;
    int tables = 0, matches = 0;
    check_random(6000, 0, 14, &tables, &matches);
    assert_true(tables > 5900);
    assert_in_range(matches, 12000, 60000);
}

static void expressions_over_many_words_agree_with_the_oracle(void **state)
{
    (void)state;
    int tables = 0, matches = 0;
    check_random(3000, 40, 60, &tables, &matches);
    assert_in_range(tables, 500, 2900);
    assert_in_range(matches, 6000, 30000);
}

/* Runs of positions that may be skipped end, begin and go on at every place of a word. */
static void skipping_carries_over_words(void **state)
{
    (void)state;
    for (uint32_t lead = 0; lead < 70; lead += 3)
        for (uint32_t run = 1; run < 200; run += 31) {
            ctfi_branch branch;
            const ctfi_atom atoms[] = {atom(set_of("x"), lead, lead + (lead == 0)), atom(set_of("a"), 0, run),
                                       atom(set_of("b"), 0, run), ONE("c")};
            ctfi_regex regex = one_branch(&branch, atoms, 4, true, true);
            forms f;
            build(&f, &regex);
            char text[MAX_SYMBOLS];
            memset(text, 'x', lead);
            for (uint32_t as = 0; as < 4; as++) {
                memset(text + lead, 'a', as);
                for (uint32_t bs = 0; bs < 4; bs++) {
                    memset(text + lead + as, 'b', bs);
                    memcpy(text + lead + as + bs, "c", 2);
                    assert_int_equal(check_text(&f, bytes(text)), as <= run && bs <= run);
                }
            }
            unbuild(&f);
        }
}

/* A position that repeats stands at every place of a word; one more branch follows. */
static void repeating_reaches_back_over_words(void **state)
{
    (void)state;
    for (uint32_t lead = 1; lead < 200; lead++) {
        const ctfi_atom atoms[] = {atom(set_of("x"), lead, lead), atom(set_of("a"), lead % 2, ANY), ONE("c")};
        const ctfi_atom other[] = {ONE("d")};
        ctfi_branch branches[] = {{atoms, 3, true, true}, {other, 1, true, false}};
        ctfi_regex regex = {branches, 2, 0};
        forms f;
        build(&f, &regex);
        char text[MAX_SYMBOLS];
        memset(text, 'x', lead);
        for (uint32_t as = 0; as < 5; as++) {
            memset(text + lead, 'a', as);
            memcpy(text + lead + as, "c", 2);
            assert_int_equal(check_text(&f, bytes(text)), as >= lead % 2);
        }
        memcpy(text + lead, "aaxc", 5);
        assert_false(check_text(&f, bytes(text)));
        unbuild(&f);
    }
}

/* ---- size ---- */

static void a_small_expression_becomes_a_table(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("A"), ONE("K"), ONE("I"), ONE("A"), atom(set_of("0123456789"), 16, 16)};
    ctfi_regex regex = one_branch(&branch, atoms, 5, false, false);
    forms f;
    build(&f, &regex);
    assert_true(is_table(&f));
    assert_true(f.built.count < 500);
    assert_true(check_text(&f, bytes("key AKIA0123456789012345 here")));
    assert_false(check_text(&f, bytes("key AKIA012345678901234 here")));
    unbuild(&f);
}

static void an_expression_whose_table_would_be_huge_keeps_its_positions(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("a"), atom(set_of("ab"), 20, 20), ONE("c")};
    ctfi_regex regex = one_branch(&branch, atoms, 3, false, false);
    forms f;
    build(&f, &regex);
    assert_false(is_table(&f));
    for (size_t at = 0; at < 24; at++) {
        unsigned char text[24];
        memset(text, 'b', sizeof text);
        text[at] = 'a';
        text[23] = 'c';
        assert_int_equal(check_text(&f, (ctfi_bytes){text, sizeof text}), at == 2);
    }
    assert_int_equal(f.built.count, f.positions.count);
    assert_memory_equal(f.built.words, f.positions.words, f.built.count * sizeof *f.built.words);
    unbuild(&f);
}

static void a_table_holds_as_many_states_as_allowed_and_no_more(void **state)
{
    (void)state;
    /* ^a{n} visits n sets before it has matched; two states are fixed. */
    for (uint32_t n = CTFI_DFA_MAX_STATES - 4; n <= CTFI_DFA_MAX_STATES; n++) {
        ctfi_branch branch;
        const ctfi_atom atoms[] = {atom(set_of("a"), n, n)};
        ctfi_regex regex = one_branch(&branch, atoms, 1, true, false);
        forms f;
        build(&f, &regex);
        assert_int_equal(is_table(&f), n + 2 <= CTFI_DFA_MAX_STATES);
        char text[CTFI_DFA_MAX_STATES + 1];
        memset(text, 'a', sizeof text);
        assert_true(check_text(&f, (ctfi_bytes){(const unsigned char *)text, n}));
        assert_false(check_text(&f, (ctfi_bytes){(const unsigned char *)text, n - 1}));
        unbuild(&f);
    }
}

/* 257 classes: every low character has its own, the last is that of the high ones. */
static void every_character_may_be_told_apart(void **state)
{
    (void)state;
    ctfi_atom atoms[256];
    ctfi_branch branch;
    for (uint32_t point = 0; point < 256; point++) {
        ctfi_charset set = {{0}, false};
        add_point(&set, point);
        atoms[point] = atom(set, 0, 1);
    }
    ctfi_regex regex = one_branch(&branch, atoms, 256, true, true);
    forms f;
    build(&f, &regex);
    assert_true(check_text(&f, bytes("")));
    assert_true(check_text(&f, bytes("\x01" "Aa\xC2\x80\xC3\xBF")));
    assert_false(check_text(&f, bytes("aA")));
    assert_false(check_text(&f, bytes("\xC4\x80")));
    assert_false(check_text(&f, bytes("\xC3\xBF\xFF")));
    unbuild(&f);
}

static void the_largest_expression_is_built_and_run(void **state)
{
    (void)state;
    ctfi_atom atoms[10];
    ctfi_branch branch;
    for (size_t i = 0; i < 10; i++)
        atoms[i] = atom(i % 2 ? set_of("ab") : all_but("c"), i % 3 ? 1000 : 0, 1000);
    ctfi_regex regex = one_branch(&branch, atoms, 10, false, false);
    regex.n_positions = CTFI_REGEX_MAX_POSITIONS;
    forms f;
    build(&f, &regex);
    unsigned char *text = malloc(20000);
    assert_non_null(text);
    memset(text, 'a', 20000);
    assert_true(ctfi_automaton_search(f.built.words, (ctfi_bytes){text, 6000}, f.built_memory));
    assert_false(ctfi_automaton_search(f.built.words, (ctfi_bytes){text, 5999}, f.built_memory));
    for (size_t at = 0; at < 20000; at += 5000)
        text[at] = 'c';
    assert_false(ctfi_automaton_search(f.built.words, (ctfi_bytes){text, 20000}, f.built_memory));
    free(text);
    unbuild(&f);
}

static void equal_expressions_give_equal_words(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        sample s;
        forms a, b;
        random_sample(&s, 20);
        build(&a, &s.regex);
        build(&b, &s.regex);
        assert_int_equal(a.built.count, b.built.count);
        assert_memory_equal(a.built.words, b.built.words, a.built.count * sizeof *a.built.words);
        unbuild(&a);
        unbuild(&b);
    }
}

/* ---- memory ---- */

typedef struct failing {
    size_t left;
    size_t blocks;
} failing;

static void *failing_resize(void *context, void *block, size_t size)
{
    failing *f = context;
    if (size == 0) {
        f->blocks -= block != NULL;
        free(block);
        return NULL;
    }
    if (f->left == 0)
        return NULL;
    f->left--;
    f->blocks += block == NULL;
    return realloc(block, size);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("a"), atom(set_of("ab"), 0, 100), ONE("c")};
    ctfi_regex regex = one_branch(&branch, atoms, 3, false, true);
    forms f = {.regex = &regex};
    ctf_status status = CTF_E_NOMEM;
    size_t left = 0;
    for (; status != CTF_OK; left++) {
        failing context = {left, 0};
        ctf_allocator allocator = {failing_resize, &context};
        assert_true(left < 100);
        status = ctfi_job_run(&f.job, &allocator, build_body, &f);
        assert_true(status == CTF_OK || status == CTF_E_NOMEM);
        ctfi_arena_free(&f.job.arena);
        assert_int_equal(context.blocks, 0);
    }
    assert_true(left > 1);
}

/* ---- damage ---- */

static const char *const probes[] = {"", "a", "ab", "abcabcabcaaabbbbcc\n", "\xC3\xA9\xE2\x82\xAC\xFF\xE2\x82", "zzzzzzzzzzzzzzzzzzzz"};

/* Runs verified words on some texts with the memory they ask for; their verdicts mean nothing. */
static void run_verified(const uint64_t *words)
{
    uint64_t *memory = memory_for(words);
    for (size_t i = 0; i < LENGTH(probes); i++)
        (void)ctfi_automaton_search(words, bytes(probes[i]), memory);
    free(memory);
}

/* Flips every bit of the words in turn; returns how many of the damaged automata were refused. */
static size_t damage(ctfi_automaton automaton)
{
    uint64_t *words = malloc(automaton.count * sizeof *words);
    size_t refused = 0;
    assert_non_null(words);
    memcpy(words, automaton.words, automaton.count * sizeof *words);
    for (size_t bit = 0; bit < 64 * (size_t)automaton.count; bit++) {
        words[bit / 64] ^= (uint64_t)1 << (bit % 64);
        if (ctfi_automaton_verify(words, automaton.count) == NULL)
            run_verified(words);
        else
            refused++;
        words[bit / 64] ^= (uint64_t)1 << (bit % 64);
    }
    free(words);
    return refused;
}

static void every_flipped_bit_is_refused_or_harmless(void **state)
{
    (void)state;
    for (int i = 0; i < 12; i++) {
        sample s;
        forms f;
        random_sample(&s, i % 2 ? 15 : 0);
        build(&f, &s.regex);
        assert_true(damage(f.built) > 64);
        assert_true(damage(f.positions) > 64);
        unbuild(&f);
    }
}

static void every_word_overwritten_is_refused_or_harmless(void **state)
{
    (void)state;
    for (int i = 0; i < 12; i++) {
        sample s;
        forms f;
        random_sample(&s, 10);
        build(&f, &s.regex);
        uint64_t *words = malloc(f.built.count * sizeof *words);
        assert_non_null(words);
        for (uint32_t w = 0; w < f.built.count; w++)
            for (uint32_t fill = 0; fill < 6; fill++) {
                memcpy(words, f.built.words, f.built.count * sizeof *words);
                words[w] = fill == 0 ? 0 : fill == 1 ? UINT64_MAX : ((uint64_t)below(UINT32_MAX) << 32 | below(UINT32_MAX)) >> below(64);
                if (ctfi_automaton_verify(words, f.built.count) == NULL)
                    run_verified(words);
            }
        free(words);
        unbuild(&f);
    }
}

static void words_cut_short_or_continued_are_refused(void **state)
{
    (void)state;
    ctfi_branch branch;
    const ctfi_atom atoms[] = {ONE("a"), atom(set_of("ab"), 2, 9), ONE("c")};
    ctfi_regex regex = one_branch(&branch, atoms, 3, false, true);
    forms f;
    build(&f, &regex);
    const ctfi_automaton both[] = {f.built, f.positions};
    for (size_t i = 0; i < 2; i++) {
        uint64_t *longer = calloc(both[i].count + 1, sizeof *longer);
        assert_non_null(longer);
        memcpy(longer, both[i].words, both[i].count * sizeof *longer);
        assert_non_null(ctfi_automaton_verify(longer, both[i].count + 1));
        free(longer);
        for (uint32_t count = 0; count < both[i].count; count++) {
            uint64_t *cut = malloc(count * sizeof *cut + (count == 0));
            assert_non_null(cut);
            memcpy(cut, both[i].words, count * sizeof *cut);
            assert_non_null(ctfi_automaton_verify(cut, count));
            free(cut);
        }
    }
    unbuild(&f);
}

/* A table of three states of one class, well-formed until head, entry or last byte of the map says
 * otherwise. */
static const char *verify_bytes(ctfi_automaton_head head, uint16_t entry, unsigned char mapped)
{
    uint64_t words[CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP + 2] = {0};
    uint16_t entries[4] = {0, 1, entry, 0};
    ctfi_automaton_head_write(words, &head);
    memcpy((unsigned char *)(words + CTFI_AUTOMATON_HEAD) + 255, &mapped, 1);
    memcpy(words + LENGTH(words) - 1, entries, sizeof entries);
    return ctfi_automaton_verify(words, LENGTH(words));
}

static const char *verify_small(ctfi_automaton_head head, uint16_t entry)
{
    return verify_bytes(head, entry, 0);
}

static void verify_names_what_is_wrong(void **state)
{
    (void)state;
    const ctfi_automaton_head good = {CTFI_AUTOMATON_TABLE, 1, 0, 3, 2};
    ctfi_automaton_head head = good;
    assert_null(verify_small(good, 2));
    assert_string_equal(verify_bytes(good, 2, 1), "an automaton maps a character to no class");
    assert_string_equal(verify_small(good, 3), "an automaton's table leads to no state");
    head.start = 3;
    assert_string_equal(verify_small(head, 2), "an automaton starts in no state");
    head = good;
    head.size = 1;
    assert_string_equal(verify_small(head, 2), "an automaton's number of states is out of range");
    head.size = CTFI_DFA_MAX_STATES + 1;
    assert_string_equal(verify_small(head, 2), "an automaton's number of states is out of range");
    head.size = 5;
    assert_string_equal(verify_small(head, 2), "an automaton's table does not fill its words");
    head = good;
    head.high = 1;
    assert_string_equal(verify_small(head, 2), "an automaton's number of classes is out of range");
    head.high = 0;
    head.classes = 0;
    assert_string_equal(verify_small(head, 2), "an automaton's number of classes is out of range");
    head.classes = CTFI_AUTOMATON_CLASSES + 1;
    assert_string_equal(verify_small(head, 2), "an automaton's number of classes is out of range");
    head = good;
    head.form = 3;
    assert_string_equal(verify_small(head, 2), "an automaton has no known form");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_is_found_anywhere),
        cmocka_unit_test(anchors_hold_at_the_ends_of_the_text_only),
        cmocka_unit_test(an_empty_branch_matches_everything_it_is_not_anchored_away_from),
        cmocka_unit_test(no_branch_never_matches),
        cmocka_unit_test(one_character_is_one_code_point_or_one_stray_byte),
        cmocka_unit_test(characters_up_to_ff_are_told_apart_and_those_above_are_not),
        cmocka_unit_test(parsed_expressions_search_as_they_are_spelled),
        cmocka_unit_test(all_small_branches_agree_with_the_oracle),
        cmocka_unit_test(all_pairs_of_short_branches_agree_with_the_oracle),
        cmocka_unit_test(random_expressions_agree_with_the_oracle),
        cmocka_unit_test(expressions_over_many_words_agree_with_the_oracle),
        cmocka_unit_test(skipping_carries_over_words),
        cmocka_unit_test(repeating_reaches_back_over_words),
        cmocka_unit_test(a_small_expression_becomes_a_table),
        cmocka_unit_test(an_expression_whose_table_would_be_huge_keeps_its_positions),
        cmocka_unit_test(a_table_holds_as_many_states_as_allowed_and_no_more),
        cmocka_unit_test(every_character_may_be_told_apart),
        cmocka_unit_test(the_largest_expression_is_built_and_run),
        cmocka_unit_test(equal_expressions_give_equal_words),
        cmocka_unit_test(each_allocation_may_fail),
        cmocka_unit_test(every_flipped_bit_is_refused_or_harmless),
        cmocka_unit_test(every_word_overwritten_is_refused_or_harmless),
        cmocka_unit_test(words_cut_short_or_continued_are_refused),
        cmocka_unit_test(verify_names_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
