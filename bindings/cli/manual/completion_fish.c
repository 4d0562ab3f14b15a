/* Completion for fish. */
#include <string.h>

#include "commands.h"
#include "generate.h"
#include "help.h"

/* A single-quoted word. */
static void put_quoted(FILE *out, const char *text, size_t length)
{
    fputc('\'', out);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            fputc('\\', out);
        fputc(text[i], out);
    }
    fputc('\'', out);
}

static void put_option(FILE *out, const char *condition, const cli_option *option)
{
    fprintf(out, "complete -c ctfilter -n '%s' -l %s", condition, option->name);
    if (option->letter != '\0')
        fprintf(out, " -s %c", option->letter);
    if (option->kind == OPTION_FILE)
        fputs(" -r -F", out);
    else if (option->kind != OPTION_FLAG)
        fputs(" -x", out);
    if (option->kind == OPTION_CHOICE) {
        fputs(" -a '", out);
        for (size_t i = 0; option->choices[i] != NULL; i++)
            fprintf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
        fputc('\'', out);
    }
    fputs(" -d ", out);
    put_quoted(out, option->help, help_gist(option));
    fputc('\n', out);
}

static void put_options(FILE *out, const char *condition, const cli_command *command)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (command->options[i].help != NULL)
            put_option(out, condition, &command->options[i]);
}

static void put_command(FILE *out, const cli_command *command)
{
    char condition[96];
    fprintf(out, "complete -c ctfilter -n __fish_use_subcommand -f -a %s -d ", command->name);
    put_quoted(out, command->summary, strlen(command->summary));
    fputc('\n', out);
    snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", command->name);
    if (command->operands == OPERAND_NONE || command->operands == OPERAND_TEXT)
        fprintf(out, "complete -c ctfilter -n '%s' -f\n", condition);
    put_options(out, condition, command);
}

void completion_fish(FILE *out)
{
    fputs("# fish completion for ctfilter\n", out);
    put_options(out, "__fish_use_subcommand", &command_program);
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &command_table[i]);
}
