/* Completion for zsh. */
#include <string.h>

#include "commands.h"
#include "generate.h"
#include "help.h"

/* Writes text inside a single-quoted specification of _arguments or _describe. */
static void put(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr("[]:\\", text[i]) != NULL)
            fputc('\\', out);
        fputc(text[i], out);
    }
}

static void put_argument(FILE *out, const cli_option *option)
{
    if (option->kind == OPTION_FLAG)
        return;
    fprintf(out, ":%s:", option->argument);
    if (option->kind == OPTION_FILE) {
        fputs("_files", out);
    } else if (option->kind == OPTION_CHOICE) {
        for (size_t i = 0; option->choices[i] != NULL; i++)
            fprintf(out, "%c%s", i > 0 ? ' ' : '(', option->choices[i]);
        fputc(')', out);
    } else {
        fputc(' ', out);
    }
}

/* One form of an option: '*--name=[gist]:ARGUMENT:choices'. */
static void put_form(FILE *out, const cli_option *option, const char *form, const char *joint)
{
    fprintf(out, " \\\n    '*%s%s[", form, option->kind != OPTION_FLAG ? joint : "");
    put(out, option->help, help_gist(option));
    fputc(']', out);
    put_argument(out, option);
    fputc('\'', out);
}

static void put_options(FILE *out, const cli_command *command)
{
    char form[64];
    for (size_t i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        if (option->help == NULL)
            continue;
        snprintf(form, sizeof form, "--%s", option->name);
        put_form(out, option, form, "=");
        snprintf(form, sizeof form, "-%c", option->letter);
        if (option->letter != '\0')
            put_form(out, option, form, "+");
    }
}

static void put_command(FILE *out, const cli_command *command)
{
    static const char *const operands[] = {
        [OPERAND_NONE] = "",
        [OPERAND_TEXT] = " \\\n    '*:pattern: '",
        [OPERAND_FILES] = " \\\n    '*:file:_files'",
        [OPERAND_TEXT_FILES] = " \\\n    '1:pattern: ' \\\n    '*:file:_files'",
        [OPERAND_COMMAND] = "",
    };
    fprintf(out, "_ctfilter_%s()\n{\n  _arguments -s -S", command->name);
    put_options(out, command);
    fprintf(out, "%s\n}\n\n", operands[command->operands]);
}

void completion_zsh(FILE *out)
{
    fputs("#compdef ctfilter\n\n", out);
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &command_table[i]);
    fputs("_ctfilter()\n{\n  local -a commands\n  commands=(\n", out);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(out, "    '%s:", command_table[i].name);
        put(out, command_table[i].summary, strlen(command_table[i].summary));
        fputs("'\n", out);
    }
    fputs("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    _arguments -s -S", out);
    put_options(out, &command_program);
    fputs("\n    return\n  fi\n  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n"
          "  (( $+functions[_ctfilter_$command] )) && _ctfilter_$command\n}\n\n_ctfilter \"$@\"\n",
          out);
}
