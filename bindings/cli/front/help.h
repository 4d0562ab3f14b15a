/* --help of a command, from the table. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stddef.h>
#include <stdio.h>

#include "commands.h"

/* Prints usage, what the command does, and its options, at most 79 columns wide. */
void help_print(const cli_command *command, FILE *out);

/* Writes the forms of an option, "-m, --max-count=N", into a buffer. */
void help_forms(const cli_option *option, char *out, size_t size);

/* How much of an option's help is its gist: what stands before the first ';' or ':'. */
size_t help_gist(const cli_option *option);

#endif
