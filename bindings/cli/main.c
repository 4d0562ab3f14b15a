/* ctfilter: finds the command, reads its line, runs it, and answers for standard output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <ctfilter/types.h>

#include "diag.h"
#include "generate.h"
#include "help.h"
#include "nearest.h"
#include "options.h"

static int unknown_command(const char *word)
{
    const char **names = need(command_count, sizeof *names);
    for (size_t i = 0; i < command_count; i++)
        names[i] = command_table[i].name;
    const char *near = nearest(word, names, command_count);
    free(names);
    if (near != NULL)
        return options_misuse(&command_program, "unknown command '%s'; did you mean %s?", word, near);
    return options_misuse(&command_program, "unknown command '%s'", word);
}

static int run_command(const cli_command *command, int count, char **words)
{
    cli_options line;
    int status = EXIT_ERROR;
    if (options_parse(command, count, words, &line)) {
        if (options_has(&line, OPT_HELP)) {
            help_print(command, stdout);
            status = 0;
        } else {
            status = command->run(&line);
        }
    }
    options_free(&line);
    return status;
}

static int answer(const cli_options *line)
{
    const cli_given *what = options_last(line, OPT_GENERATE);
    if (what != NULL)
        generate((int)what->number, stdout);
    else if (options_has(line, OPT_VERSION))
        printf("ctfilter %s\n", ctf_library_release());
    else
        help_print(&command_program, stdout);
    return 0;
}

/* The program's own options; they end where a command begins. */
static int run_program(int count, char **words)
{
    cli_options line;
    int status = EXIT_ERROR;
    if (options_parse(&command_program, count, words, &line))
        status = line.n_operands > 0 ? unknown_command(line.operands[0]) : answer(&line);
    options_free(&line);
    return status;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* these two are told as what they are: errors of a write */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        help_print(&command_program, stderr);
        return EXIT_ERROR;
    }
    const cli_command *command = command_find(argv[1]);
    int status = command != NULL ? run_command(command, argc - 2, argv + 2) : run_program(argc - 1, argv + 1);
    return output_finish(status);
}
