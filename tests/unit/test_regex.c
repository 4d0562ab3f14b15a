/* Regular expressions parsed (spec: filter-patterns 4). */
#include "patterns.h"

#include "pattern/charset.h"

typedef struct expression {
    ctfi_job job;
    ctfi_bytes text;
    const ctfi_regex *regex;
} expression;

static void parse_body(ctfi_job *job, void *context)
{
    expression *e = context;
    e->regex = NULL;
    e->regex = ctfi_regex_parse(job, e->text, 1000);
}

static ctf_status parse(expression *e, const char *text)
{
    e->text = exact(text, strlen(text));
    return ctfi_job_run(&e->job, NULL, parse_body, e);
}

static void release(expression *e)
{
    ctfi_arena_free(&e->job.arena);
    free((void *)(uintptr_t)e->text.data);
}

static void show_point(sheet *to, unsigned point)
{
    char room[8];
    bool plain = point > 0x20 && point < 0x7F;
    snprintf(room, sizeof room, plain ? "%c" : "<%02X>", point);
    sheet_text(to, room);
}

/* The set's characters in runs, ~ for what is above U+00FF. */
static void show_set(sheet *to, const ctfi_charset *set)
{
    for (unsigned point = 0; point < 256; point++) {
        unsigned last = point;
        if (!ctfi_charset_has(set, point))
            continue;
        while (last < 255 && ctfi_charset_has(set, last + 1))
            last++;
        show_point(to, point);
        sheet_text(to, last > point + 1 ? ".." : "");
        if (last > point)
            show_point(to, last);
        point = last;
    }
    sheet_text(to, set->high ? "~" : "");
}

static void show_atom(sheet *to, const ctfi_atom *atom)
{
    char room[40];
    sheet_text(to, " ");
    show_set(to, &atom->set);
    if (atom->min == 1 && atom->max == 1)
        return;
    snprintf(room, sizeof room, atom->max == CTFI_REGEX_FOREVER ? "{%u,}" : "{%u,%u}", (unsigned)atom->min,
             (unsigned)atom->max);
    sheet_text(to, room);
}

static void show(sheet *to, const ctfi_regex *regex)
{
    to->length = 0;
    to->text[0] = '\0';
    for (uint32_t i = 0; i < regex->n_branches; i++) {
        const ctfi_branch *branch = &regex->branches[i];
        sheet_text(to, i == 0 ? "" : " |");
        sheet_text(to, branch->at_start ? " ^" : "");
        for (uint32_t k = 0; k < branch->n_atoms; k++)
            show_atom(to, &branch->atoms[k]);
        sheet_text(to, branch->at_end ? " $" : "");
    }
}

/* The expression parses to the atoms that the text shows, each after a blank. */
static void assert_regex(const char *text, const char *atoms)
{
    expression e;
    sheet s;
    if (parse(&e, text) != CTF_OK)
        fail_msg("%s is refused: %s", text, e.job.error.message);
    show(&s, e.regex);
    assert_string_equal(s.text, atoms);
    release(&e);
}

static void assert_positions(const char *text, unsigned n)
{
    expression e;
    assert_int_equal(parse(&e, text), CTF_OK);
    assert_int_equal(e.regex->n_positions, n);
    release(&e);
}

static void refuse_all(const refusal *refusals, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        expression e;
        if (parse(&e, refusals[i].pattern) == CTF_OK)
            fail_msg("%s is accepted", refusals[i].pattern);
        e.job.error.offset -= 1000;
        assert_error(&e.job.error, e.text, &refusals[i]);
        release(&e);
    }
}

static void characters_stand_for_themselves(void **state)
{
    (void)state;
    assert_regex("a:B", " a : B");
    assert_regex("_#=@/;,- 9", " _ # = @ / ; , - <20> 9");
    assert_regex("]}", " ] }");
}

static void branches_are_separated_by_bars(void **state)
{
    (void)state;
    assert_regex("ab|c", " a b | c");
    assert_regex("a|", " a |");
    assert_regex("|", " |");
    assert_regex("|a", " | a");
}

static void quantifiers_count(void **state)
{
    (void)state;
    assert_regex("a*b+c?", " a{0,} b{1,} c{0,1}");
    assert_regex("a{2}b{2,}c{2,3}d{,3}e{0,0}f", " a{2,2} b{2,} c{2,3} d{0,3} f");
    assert_regex("a{1000}", " a{1000,1000}");
    assert_regex("a{0}", "");
    assert_regex("a{007}", " a{7,7}");
}

static void lazy_quantifiers_change_nothing(void **state)
{
    (void)state;
    assert_regex("a*?b+?c??d{2,3}?", " a{0,} b{1,} c{0,1} d{2,3}");
}

static void a_brace_that_counts_nothing_is_itself(void **state)
{
    (void)state;
    assert_regex("{", " {");
    assert_regex("a{", " a {");
    assert_regex("a{}", " a { }");
    assert_regex("a{,}", " a { , }");
    assert_regex("a{x}", " a { x }");
    assert_regex("a{1", " a { 1");
    assert_regex("a{1,2", " a { 1 , 2");
    assert_regex("a{-1}", " a { - 1 }");
    assert_regex("a{ 1}", " a { <20> 1 }");
    assert_regex("a{{2}", " a {{2,2}");
    assert_regex("a*{", " a{0,} {");
}

static void dot_is_all_but_a_newline(void **state)
{
    (void)state;
    assert_regex(".", " <00>..<09><0B>..<FF>~");
}

static void classes_join_characters_and_ranges(void **state)
{
    (void)state;
    assert_regex("[abc]", " a..c");
    assert_regex("[a-cx-z_]", " _a..cx..z");
    assert_regex("[a-]", " -a");
    assert_regex("[-a]", " -a");
    assert_regex("[a-c-e]", " -a..ce");
    assert_regex("[]a]", " ]a");
    assert_regex("[]-a]", " ]..a");
    assert_regex("[[.*+?{$|(]", " $(*+.?[{|");
    assert_regex("[a^]", " ^a");
    assert_regex("[\\]\\-\\\\]", " -\\]");
    assert_regex("[\\d_]x", " 0..9_ x");
    assert_regex("[\\w-.]", " -.0..9A..Z_a..z");
    assert_regex("[\\t-\\r]", " <09>..<0D>");
    assert_regex("[\\x41-\\x43]", " A..C");
    assert_regex("[+--]", " +..-");
    assert_regex("[[:]", " :[");
}

static void negated_classes_include_what_is_above_latin(void **state)
{
    (void)state;
    assert_regex("[^b-\\xFE]", " <00>..a<FF>~");
    assert_regex("[^]]", " <00>..\\^..<FF>~");
    assert_regex("[^^]", " <00>..]_..<FF>~");
    assert_regex("[^\\D]", " 0..9");
}

static void named_escapes_are_ascii_sets(void **state)
{
    (void)state;
    assert_regex("\\d", " 0..9");
    assert_regex("\\w", " 0..9A..Z_a..z");
    assert_regex("\\s", " <09><0A><0C><0D><20>");
    assert_regex("\\D", " <00>../:..<FF>~");
    assert_regex("\\W", " <00>../:..@[..^`{..<FF>~");
    assert_regex("\\S", " <00>..<08><0B><0E>..<1F>!..<FF>~");
    assert_regex("[\\S\\s]", " <00>..<FF>~");
}

static void single_escapes_are_one_character(void **state)
{
    (void)state;
    assert_regex("\\t\\n\\r\\f\\v", " <09> <0A> <0D> <0C> <0B>");
    assert_regex("\\x3A\\xe9\\x00", " : <E9> <00>");
    assert_regex("\\.\\*\\+\\?\\[\\]\\{\\}\\|\\\\\\^\\$", " . * + ? [ ] { } | \\ ^ $");
    assert_regex("\\:\\_\\#\\=\\@\\/\\;\\,\\-\\ ", " : _ # = @ / ; , - <20>");
    assert_regex("\\x41{2}", " A{2,2}");
}

static void anchors_at_the_ends_tie_the_branch(void **state)
{
    (void)state;
    assert_regex("^a", " ^ a");
    assert_regex("a$", " a $");
    assert_regex("^a$|b", " ^ a $ | b");
    assert_regex("^|$", " ^ | $");
    assert_regex("^^a$$", " ^ a $");
    assert_regex("[$^]", " $^");
    assert_regex("\\^", " ^");
}

static void an_anchor_inside_leaves_what_can_match(void **state)
{
    (void)state;
    assert_regex("a*^b", " ^ b");
    assert_regex("a?b*^c$d*e?", " ^ c $");
    assert_regex("$^", " ^ $");
    assert_regex("$a*^", " ^ $");
    assert_regex("^$a*", " ^ $");
    assert_regex("a{0}^b", " ^ b");
}

static void a_branch_that_can_never_match_is_gone(void **state)
{
    (void)state;
    assert_regex("a^b", "");
    assert_regex("a$b", "");
    assert_regex("a^b|c", " c");
    assert_regex("c|a$b|d", " c | d");
    assert_regex("$a+^", "");
    assert_positions("a^bcd|ef", 2);
}

static void a_counted_anchor_stays_unless_it_may_be_left_out(void **state)
{
    (void)state;
    assert_regex("^*a", " a");
    assert_regex("a^?b", " a b");
    assert_regex("a${0,3}b", " a b");
    assert_regex("^+a", " ^ a");
    assert_regex("^{2}a${1,}?", " ^ a $");
    assert_regex("a^+b", "");
}

static void nothing_to_repeat_is_refused(void **state)
{
    static const refusal refusals[] = {
        {"*a", CTF_ERROR_REGEX, "*", "nothing stands before", NULL},
        {"a|*", CTF_ERROR_REGEX, "*", "nothing stands before", NULL},
        {"+", CTF_ERROR_REGEX, "+", "nothing stands before", NULL},
        {"{2}a", CTF_ERROR_REGEX, "{2}", "nothing stands before", NULL},
        {"a|{,2}", CTF_ERROR_REGEX, "{,2}", "nothing stands before", NULL},
        {"a++", CTF_ERROR_REGEX, "+", "possessive", NULL},
        {"a**", CTF_ERROR_REGEX, "*", "second repetition", NULL},
        {"a{2}+", CTF_ERROR_REGEX, "+", "second repetition", NULL},
        {"a{2}{3}", CTF_ERROR_REGEX, "{3}", "second repetition", NULL},
        {"a???", CTF_ERROR_REGEX, "?", "second repetition", NULL},
        {"^**", CTF_ERROR_REGEX, "*", "second repetition", NULL},
    };
    (void)state;
    refuse_all(refusals, COUNT(refusals));
}

static void bad_classes_and_escapes_are_refused(void **state)
{
    static const refusal refusals[] = {
        {"[z-a]", CTF_ERROR_REGEX, "z-a", "backwards", NULL},
        {"[a-\\d]", CTF_ERROR_REGEX, "a-\\d", "not with a set", NULL},
        {"x[ab", CTF_ERROR_REGEX, "[ab", "never closed", NULL},
        {"[", CTF_ERROR_REGEX, "[", "never closed", NULL},
        {"[]", CTF_ERROR_REGEX, "[]", "never closed", NULL},
        {"[^]", CTF_ERROR_REGEX, "[^]", "never closed", NULL},
        {"[a-", CTF_ERROR_REGEX, "[a-", "never closed", NULL},
        {"[[:alpha:]]", CTF_ERROR_REGEX, "[:alpha:]", "by name", NULL},
        {"a\\", CTF_ERROR_REGEX, "\\", "backslash at the end", NULL},
        {"[a\\", CTF_ERROR_REGEX, "\\", "backslash at the end", NULL},
        {"\\p", CTF_ERROR_REGEX, "\\p", "no such escape", NULL},
        {"a\\b", CTF_ERROR_REGEX, "\\b", "no such escape", NULL},
        {"\\1", CTF_ERROR_REGEX, "\\1", "no such escape", NULL},
        {"[\\z]", CTF_ERROR_REGEX, "\\z", "no such escape", NULL},
        {"\\x4", CTF_ERROR_REGEX, "\\x", "two hexadecimal", NULL},
        {"\\x4g", CTF_ERROR_REGEX, "\\x", "two hexadecimal", NULL},
        {"\\x", CTF_ERROR_REGEX, "\\x", "two hexadecimal", NULL},
        {"a{3,2}", CTF_ERROR_REGEX, "{3,2}", "counts down", NULL},
    };
    (void)state;
    refuse_all(refusals, COUNT(refusals));
}

static void repetitions_are_limited(void **state)
{
    static const char service[] = "Failed to compile regular expression.";
    static const refusal refusals[] = {
        {"a{1001}", CTF_ERROR_LIMIT, "{1001}", "1000", service},
        {"a{1,1001}", CTF_ERROR_LIMIT, "{1,1001}", "1000", service},
        {"a{,99999999999999999999}", CTF_ERROR_LIMIT, "{,99999999999999999999}", "1000", service},
        {"a{1001,}", CTF_ERROR_LIMIT, "{1001,}", "1000", service},
        {"^{1001}", CTF_ERROR_LIMIT, "{1001}", "1000", service},
    };
    (void)state;
    refuse_all(refusals, COUNT(refusals));
}

static void positions_are_counts_written_out(void **state)
{
    char text[128] = "";
    expression e;
    (void)state;
    assert_positions("abc", 3);
    assert_positions("a*b+c{3,}d{2,5}", 1 + 1 + 3 + 5);
    assert_positions("a{2}|b{3}|", 5);
    for (int i = 0; i < 10; i++)
        strcat(text, "a{1000}");
    assert_positions(text, CTFI_REGEX_MAX_POSITIONS);
    strcat(text, "|b");
    assert_int_equal(parse(&e, text), CTF_E_LIMIT);
    assert_non_null(strstr(e.job.error.message, "10000"));
    assert_int_equal(e.job.error.offset, 1000);
    release(&e);
}

static void atoms_show_their_place(void **state)
{
    expression e;
    (void)state;
    assert_int_equal(parse(&e, "a[b-c]{2,3}?|\\x41+"), CTF_OK);
    assert_int_equal(e.regex->branches[0].atoms[1].span.offset, 1001);
    assert_int_equal(e.regex->branches[0].atoms[1].span.length, 11);
    assert_int_equal(e.regex->branches[1].atoms[0].span.offset, 1013);
    assert_int_equal(e.regex->branches[1].atoms[0].span.length, 5);
    release(&e);
}

static void the_lexer_lets_only_allowed_characters_through(void **state)
{
    static const refusal refusals[] = {
        {"%%", CTF_ERROR_LEXICAL, "%%", "empty", NULL},
        {"%!%", CTF_ERROR_LEXICAL, "%!", "\\x21", NULL},
        {"%(pq)+%", CTF_ERROR_LEXICAL, "%(", "no groups", NULL},
        {"%ab\\(%", CTF_ERROR_LEXICAL, "%ab\\(", "\\x28", NULL},
        {"%a\xC3\xA9%", CTF_ERROR_LEXICAL, "%a\xC3\xA9", "any one character", NULL},
        {"%[p&&q]%", CTF_ERROR_LEXICAL, "%[p&", "\\x26", NULL},
        {"%a\"b%", CTF_ERROR_LEXICAL, "%a\"", "\\x22", NULL},
        {"%a~b%", CTF_ERROR_LEXICAL, "%a~", "\\x7E", NULL},
        {"%A% %B%", CTF_ERROR_LEXICAL, " ", "second %", NULL},
        {"%A%%B%", CTF_ERROR_LEXICAL, "%", "second %", NULL},
        {"%a%\xC3\xA9%", CTF_ERROR_LEXICAL, "\xC3\xA9", "second %", NULL},
        {"%a\\%", CTF_ERROR_REGEX, "\\", "backslash at the end", NULL},
        {"{ $.a = %x }", CTF_ERROR_LEXICAL, "%x ", "never closed", NULL},
        {"{ $.a = %% }", CTF_ERROR_LEXICAL, "%%", "empty", NULL},
    };
    (void)state;
    assert_refused(refusals, COUNT(refusals));
    assert_tree("%a b\tc%", CTF_KIND_REGEX, "regex a b\tc");
    assert_tree("%aZ09:_#=@/;,-^$?[]]{}|\\\\*.+%", CTF_KIND_REGEX, "regex aZ09:_#=@/;,-^$?[]]{}|\\\\*.+");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_stand_for_themselves),
        cmocka_unit_test(branches_are_separated_by_bars),
        cmocka_unit_test(quantifiers_count),
        cmocka_unit_test(lazy_quantifiers_change_nothing),
        cmocka_unit_test(a_brace_that_counts_nothing_is_itself),
        cmocka_unit_test(dot_is_all_but_a_newline),
        cmocka_unit_test(classes_join_characters_and_ranges),
        cmocka_unit_test(negated_classes_include_what_is_above_latin),
        cmocka_unit_test(named_escapes_are_ascii_sets),
        cmocka_unit_test(single_escapes_are_one_character),
        cmocka_unit_test(anchors_at_the_ends_tie_the_branch),
        cmocka_unit_test(an_anchor_inside_leaves_what_can_match),
        cmocka_unit_test(a_branch_that_can_never_match_is_gone),
        cmocka_unit_test(a_counted_anchor_stays_unless_it_may_be_left_out),
        cmocka_unit_test(nothing_to_repeat_is_refused),
        cmocka_unit_test(bad_classes_and_escapes_are_refused),
        cmocka_unit_test(repetitions_are_limited),
        cmocka_unit_test(positions_are_counts_written_out),
        cmocka_unit_test(atoms_show_their_place),
        cmocka_unit_test(the_lexer_lets_only_allowed_characters_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
