/* What packagers get from the option table: manual page, its Markdown twin, completions. */
#ifndef CLI_GENERATE_H
#define CLI_GENERATE_H

#include <stdio.h>

/* Writes one of them; `what` is a GENERATE_ of commands.h. */
void generate(int what, FILE *out);

/* One function each. */
void manual_man(FILE *out);
void manual_markdown(FILE *out);
void completion_bash(FILE *out);
void completion_zsh(FILE *out);
void completion_fish(FILE *out);

#endif
