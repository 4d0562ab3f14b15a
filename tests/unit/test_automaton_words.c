/* Automata as words: which form they take, what building costs, and what damage to them does. */
#include "automaton_kit.h"

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
    for (uint32_t bit = 16; bit < 32; bit++) { /* bits of the word that belong to nothing */
        head.high = UINT32_C(1) << bit;
        assert_string_equal(verify_small(head, 2), "an automaton's head has unknown bits");
    }
    head.high = 0;
    head.classes = 0;
    assert_string_equal(verify_small(head, 2), "an automaton's number of classes is out of range");
    head.classes = CTFI_AUTOMATON_CLASSES + 1;
    assert_string_equal(verify_small(head, 2), "an automaton's number of classes is out of range");
    head = good;
    head.form = 3;
    assert_string_equal(verify_small(head, 2), "an automaton has no known form");
}

static void verify_looks_at_the_first_of_everything(void **state)
{
    (void)state;
    uint64_t words[CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP + 2] = {0};
    const ctfi_automaton_head head = {CTFI_AUTOMATON_TABLE, 1, 0, 3, 0};
    ctfi_automaton_head_write(words, &head);
    assert_null(ctfi_automaton_verify(words, LENGTH(words)));
    uint16_t entry = 3;
    memcpy(words + LENGTH(words) - 1, &entry, sizeof entry);
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words)), "an automaton's table leads to no state");
    *(unsigned char *)(words + CTFI_AUTOMATON_HEAD) = 1;
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words)), "an automaton maps a character to no class");
}

/* 256 states of 256 classes are all that 16 bits can number. */
static void verify_bounds_the_table(void **state)
{
    (void)state;
    uint64_t words[CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP] = {0};
    ctfi_automaton_head head = {CTFI_AUTOMATON_TABLE, 256, 0, CTFI_DFA_MAX_STATES, 0};
    ctfi_automaton_head_write(words, &head);
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words)), "an automaton's table does not fill its words");
    head.classes = CTFI_AUTOMATON_CLASSES;
    ctfi_automaton_head_write(words, &head);
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words)), "an automaton's table is too large");
}

static void verify_asks_for_a_position(void **state)
{
    (void)state;
    uint64_t words[CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP] = {0};
    const ctfi_automaton_head head = {CTFI_AUTOMATON_POSITIONS, 1, 0, 0, 0};
    ctfi_automaton_head_write(words, &head);
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words)), "an automaton has no positions");
    assert_string_equal(ctfi_automaton_verify(words, LENGTH(words) - 1), "an automaton is cut short");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        cmocka_unit_test(verify_looks_at_the_first_of_everything),
        cmocka_unit_test(verify_bounds_the_table),
        cmocka_unit_test(verify_asks_for_a_position),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
