/* Completion for bash 4 and later. */
#include <stdbool.h>
#include <string.h>

#include "commands.h"
#include "generate.h"

static const char head[] =
    "# bash completion for ctfilter\n"
    "\n"
    "_ctfilter_words()\n"
    "{\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\")\n"
    "}\n"
    "\n"
    "_ctfilter_files()\n"
    "{\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$1\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "_ctfilter()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    COMPREPLY=()\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n";

static void put_names(FILE *out, const cli_command *command)
{
    const char *blank = "";
    for (size_t i = 0; i < command->n_options; i++) {
        const cli_option *option = &command->options[i];
        if (option->help == NULL)
            continue;
        fprintf(out, "%s--%s", blank, option->name);
        blank = " ";
        if (option->letter != '\0')
            fprintf(out, " -%c", option->letter);
    }
}

/* What to offer behind one option: its choices, files, or nothing that a shell could know. */
static void put_argument(FILE *out, const cli_option *option)
{
    fputs("        ", out);
    if (option->letter != '\0')
        fprintf(out, "-%c|", option->letter);
    fprintf(out, "--%s) ", option->name);
    if (option->kind == OPTION_FILE)
        fputs("_ctfilter_files \"$cur\"; ", out);
    if (option->kind == OPTION_CHOICE) {
        fputs("_ctfilter_words '", out);
        for (size_t i = 0; option->choices[i] != NULL; i++)
            fprintf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
        fputs("' \"$cur\"; ", out);
    }
    fputs("return ;;\n", out);
}

static void put_command(FILE *out, const cli_command *command)
{
    fprintf(out, "    %s)\n        case $prev in\n", command->name);
    for (size_t i = 0; i < command->n_options; i++)
        if (command->options[i].kind != OPTION_FLAG && command->options[i].help != NULL)
            put_argument(out, &command->options[i]);
    fputs("        *) ;;\n        esac\n        if [[ $cur == -* ]]; then\n            _ctfilter_words '", out);
    put_names(out, command);
    fputs("' \"$cur\"\n", out);
    if (command->operands == OPERAND_FILES || command->operands == OPERAND_TEXT_FILES)
        fputs("        else\n            _ctfilter_files \"$cur\"\n", out);
    fputs("        fi\n        ;;\n", out);
}

void completion_bash(FILE *out)
{
    fputs(head, out);
    fputs("    if ((COMP_CWORD == 1)); then\n        _ctfilter_words '", out);
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "%s ", command_table[i].name);
    put_names(out, &command_program);
    fputs("' \"$cur\"\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; i < command_count; i++)
        put_command(out, &command_table[i]);
    fputs("    esac\n}\n\ncomplete -F _ctfilter ctfilter\n", out);
}
