/* Reading a command line by a command's table (commands.h).
 *
 * Options and operands may stand in any order; "--" ends the options, "-" is an operand. -c -v bundle
 * as -cv; an argument follows as -m3, -m 3, --max-count=3 or --max-count 3. Every text points into
 * argv. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "commands.h"

/* One option as it was given. */
typedef struct cli_given {
    const cli_option *option;
    const char *text; /* its argument as typed; NULL for flags */
    uint64_t number;  /* OPTION_NUMBER, OPTION_SIZE: the value; OPTION_CHOICE: the index of the choice */
    size_t operands;  /* how many stood before it */
} cli_given;

/* A command line that was read. */
typedef struct cli_options {
    const cli_command *command;
    cli_given *given; /* in the order of the line */
    size_t n_given;
    const char **operands;
    size_t n_operands;
} cli_options;

/* Reads count words for a command. Returns false after it has told the user what is wrong; *out needs
 * options_free either way. */
bool options_parse(const cli_command *command, int count, char **words, cli_options *out);
void options_free(cli_options *options);

/* The last time an option was given, NULL when it was not. Of two results the greater pointer was given
 * later, so that of contrary options the last can win. */
const cli_given *options_last(const cli_options *options, option_id id);

/* Was it given? */
bool options_has(const cli_options *options, option_id id);

/* What the last one said: its text, number or choice; `otherwise` when it was not given. */
const char *options_text(const cli_options *options, option_id id, const char *otherwise);
uint64_t options_number(const cli_options *options, option_id id, uint64_t otherwise);

/* Tells the user that the line is misused: "ctfilter: match: <formatted>" and where help is. Returns
 * the exit status 2. */
int options_misuse(const cli_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells of a misuse and returns false where standard input ("-") would be read twice: as an operand from the
 * `first` on, as a file that an option names, or, when it is `implied`, for want of operands. */
bool options_input_once(const cli_options *options, size_t first, bool implied);

#endif
