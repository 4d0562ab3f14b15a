/* Regular expressions sealed: the verdicts of both forms against a backtracking matcher. */
#include "automaton_kit.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
