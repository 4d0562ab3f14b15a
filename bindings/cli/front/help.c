#include "help.h"

#include <stdbool.h>
#include <string.h>

#define WIDTH 79
#define OPTION_COLUMN 28
#define COMMAND_COLUMN 12

/* Prints words up to the right edge; lines after the first begin at `indent`, as the first is assumed to.
 * Ends with a newline. */
static void print_wrapped(FILE *out, const char *text, size_t indent)
{
    size_t column = indent;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (column > indent && column + 1 + word > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, word, out);
        column += word;
        text += word + (text[word] == ' ');
    }
    fputc('\n', out);
}

/* Prints a left side and, from `column` on, what it means. */
static void print_row(FILE *out, const char *left, const char *meaning, size_t column)
{
    size_t used = strlen(left) + 2;
    fprintf(out, "  %s", left);
    if (used + 2 > column)
        fprintf(out, "\n%*s", (int)column, "");
    else
        fprintf(out, "%*s", (int)(column - used), "");
    print_wrapped(out, meaning, column);
}

void help_forms(const cli_option *option, char *out, size_t size)
{
    char letter[8] = "";
    if (option->letter != '\0')
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(out, size, "%s--%s%s%s", letter, option->name, option->argument != NULL ? "=" : "",
             option->argument != NULL ? option->argument : "");
}

size_t help_gist(const cli_option *option)
{
    return strcspn(option->help, ";:");
}

static void print_options(const cli_command *command, FILE *out)
{
    char forms[64];
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        if (option->help == NULL)
            continue;
        help_forms(option, forms, sizeof forms);
        char left[72];
        snprintf(left, sizeof left, "%s%s", option->letter != '\0' ? "" : "    ", forms);
        print_row(out, left, option->help, OPTION_COLUMN);
    }
}

static void print_usage(const cli_command *command, FILE *out)
{
    bool whole = command == &command_program;
    for (size_t i = 0; command->synopses[i] != NULL; i++) {
        fprintf(out, "%s ctfilter ", i == 0 ? "Usage:" : "      ");
        if (!whole)
            fprintf(out, "%s [OPTION...]%s", command->name, *command->synopses[i] != '\0' ? " " : "");
        fprintf(out, "%s\n", command->synopses[i]);
    }
}

static void print_commands(FILE *out)
{
    fputs("\nCommands:\n", out);
    for (size_t i = 0; i < command_count; i++)
        print_row(out, command_table[i].name, command_table[i].summary, COMMAND_COLUMN);
    fputs("\nctfilter COMMAND --help tells more of each.\n", out);
}

void help_print(const cli_command *command, FILE *out)
{
    print_usage(command, out);
    fputc('\n', out);
    print_wrapped(out, command->about, 0);
    if (command == &command_program)
        print_commands(out);
    print_options(command, out);
}
