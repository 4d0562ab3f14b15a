/* Which of the library's kernels a command reads with. */
#ifndef CLI_KERNEL_H
#define CLI_KERNEL_H

#include <stdbool.h>

#include "options.h"

/* Stores the name that --kernel gives or, without it, the variable CTFILTER_KERNEL; NULL where there is
 * neither (an empty variable is none): the best of this machine. Returns false after it has told the user
 * that this machine runs no kernel of that name, and which it runs. */
bool kernel_read(const cli_options *options, const char **name);

#endif
