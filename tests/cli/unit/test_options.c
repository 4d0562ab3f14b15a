/* Reading lines by the table, and the table itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "nearest.h"
#include "options.h"

#define LINE(...) (const char *[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *)

/* Reads a line of match; its words stay until the next is read. Parsing writes to none of them. */
static bool read_line(const char *const *words, size_t n, cli_options *out)
{
    static char copies[16][64];
    char *line[16];
    for (size_t i = 0; i < n; i++) {
        snprintf(copies[i], sizeof copies[i], "%s", words[i]);
        line[i] = copies[i];
    }
    bool good = options_parse(command_find("match"), (int)n, line, out);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(copies[i], words[i]);
    return good;
}

static void assert_max_count(const char *const *words, size_t n, uint64_t expected)
{
    cli_options line;
    assert_true(read_line(words, n, &line));
    assert_int_equal(options_number(&line, OPT_MAX_COUNT, 99), expected);
    options_free(&line);
}

static void an_argument_may_be_joined_or_the_next_word(void **state)
{
    (void)state;
    assert_max_count(LINE("-m3", "p"), 3);
    assert_max_count(LINE("-m", "3", "p"), 3);
    assert_max_count(LINE("-cvm3"), 3);
    assert_max_count(LINE("--max-count=3"), 3);
    assert_max_count(LINE("p", "--max-count", "3"), 3);
    assert_max_count(LINE("-m3", "-m4"), 4);
    assert_max_count(LINE("p"), 99);
}

static void sizes_are_powers_of_1024(void **state)
{
    (void)state;
    const struct {
        const char *word;
        uint64_t size;
    } rows[] = {{"--max-inflated=7", 7},          {"--max-inflated=2k", 2048},
                {"--max-inflated=3M", 3145728},   {"--max-inflated=1GiB", 1073741824},
                {"--max-inflated=1TB", 1ULL << 40}, {"--max-inflated=18446744073709551615", UINT64_MAX}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cli_options line;
        assert_true(read_line(LINE(rows[i].word), &line));
        assert_true(options_number(&line, OPT_MAX_INFLATED, 0) == rows[i].size);
        options_free(&line);
    }
}

static void operands_stand_anywhere_and_all_behind_two_dashes(void **state)
{
    (void)state;
    cli_options line;
    assert_true(read_line(LINE("a", "-c", "-", "--", "-v", "--"), &line));
    assert_int_equal(line.n_operands, 4);
    assert_true(options_has(&line, OPT_COUNT));
    assert_false(options_has(&line, OPT_INVERT));
    options_free(&line);
}

static void of_contrary_options_the_later_is_known(void **state)
{
    (void)state;
    cli_options line;
    assert_true(read_line(LINE("-H", "-h"), &line));
    assert_true(options_last(&line, OPT_NO_NAME) > options_last(&line, OPT_WITH_NAME));
    options_free(&line);
}

static void a_choice_gives_its_index(void **state)
{
    (void)state;
    cli_options line;
    assert_true(read_line(LINE("--input", "lines"), &line));
    assert_int_equal(options_number(&line, OPT_INPUT, INPUT_AUTO), INPUT_LINES);
    assert_string_equal(options_text(&line, OPT_INPUT, ""), "lines");
    options_free(&line);
}

/* Do the numbers of commands.h stand in the order of the choices? */
static void assert_choice(const char *command, const char *name, int index, const char *word)
{
    const cli_command *found = command == NULL ? &command_program : command_find(command);
    for (size_t i = 0; i < found->n_options; i++)
        if (strcmp(found->options[i].name, name) == 0) {
            assert_string_equal(found->options[i].choices[index], word);
            return;
        }
    fail();
}

static void choices_and_their_numbers_agree(void **state)
{
    (void)state;
    assert_choice("match", "input", INPUT_AUTO, "auto");
    assert_choice("match", "input", INPUT_LINES, "lines");
    assert_choice("match", "input", INPUT_SUBSCRIPTION, "subscription");
    assert_choice("match", "format", FORMAT_TEST_METRIC_FILTER, "test-metric-filter");
    assert_choice("engine", "reader", READER_ALL, "all");
    assert_choice("engine", "reader", READER_STREAM, "stream");
    assert_choice(NULL, "generate", GENERATE_FISH, "fish");
}

/* One option's row must fit the others. */
static void assert_row(const cli_command *command, size_t index)
{
    const cli_option *row = &command->options[index];
    assert_int_equal(row->kind == OPTION_FLAG, row->argument == NULL);
    assert_int_equal(row->kind == OPTION_CHOICE, row->choices != NULL);
    if (row->help != NULL)
        assert_true(row->help[strlen(row->help) - 1] != '.');
    for (size_t i = 0; i < index; i++) {
        assert_string_not_equal(command->options[i].name, row->name);
        assert_int_not_equal(command->options[i].id, row->id);
        if (row->letter != '\0')
            assert_int_not_equal(command->options[i].letter, row->letter);
    }
}

static void the_table_is_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count; i++) {
        const cli_command *command = &command_table[i];
        assert_ptr_equal(command_find(command->name), command);
        assert_non_null(command->run);
        for (size_t k = 0; k < command->n_options; k++)
            assert_row(command, k);
        assert_string_equal(command->options[command->n_options - 1].name, "help");
    }
}

static void one_name_means_one_option_in_every_command(void **state)
{
    (void)state;
    for (size_t a = 0; a < command_count; a++)
        for (size_t b = 0; b < a; b++)
            for (size_t i = 0; i < command_table[a].n_options; i++)
                for (size_t k = 0; k < command_table[b].n_options; k++)
                    assert_int_equal(
                        strcmp(command_table[a].options[i].name, command_table[b].options[k].name) == 0,
                        command_table[a].options[i].id == command_table[b].options[k].id);
}

static void the_nearest_name_is_what_was_meant(void **state)
{
    (void)state;
    const char *const names[] = {"count", "file", "files-with-matches", "quiet", "max-count"};
    assert_string_equal(nearest("coutn", names, 5), "count");
    assert_string_equal(nearest("fil", names, 5), "file");
    assert_string_equal(nearest("files", names, 5), "files-with-matches");
    assert_string_equal(nearest("maxcount", names, 5), "max-count");
    assert_null(nearest("zzzzzzzz", names, 5));
    assert_null(nearest("", names, 5));
    assert_null(nearest("a-name-that-is-longer-than-any-name-of-an-option", names, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_argument_may_be_joined_or_the_next_word),
        cmocka_unit_test(sizes_are_powers_of_1024),
        cmocka_unit_test(operands_stand_anywhere_and_all_behind_two_dashes),
        cmocka_unit_test(of_contrary_options_the_later_is_known),
        cmocka_unit_test(a_choice_gives_its_index),
        cmocka_unit_test(choices_and_their_numbers_agree),
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test(one_name_means_one_option_in_every_command),
        cmocka_unit_test(the_nearest_name_is_what_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
