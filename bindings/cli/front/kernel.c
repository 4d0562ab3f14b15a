#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ctfilter/match.h>

static const char variable[] = "CTFILTER_KERNEL";

static bool runs_here(const char *name)
{
    const char *kernel;
    for (size_t i = 0; (kernel = ctf_kernel_name(i)) != NULL; i++)
        if (strcmp(kernel, name) == 0)
            return true;
    return false;
}

static bool refuse(const cli_command *command, const char *from, const char *name)
{
    char all[256] = "";
    const char *kernel;
    for (size_t i = 0; (kernel = ctf_kernel_name(i)) != NULL; i++) {
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? ", " : "", kernel);
    }
    options_misuse(command, "%s: this machine runs %s, not '%s'", from, all, name);
    return false;
}

bool kernel_read(const cli_options *options, const char **name)
{
    const char *from = options_has(options, OPT_KERNEL) ? "--kernel" : variable;
    *name = options_text(options, OPT_KERNEL, getenv(variable));
    if (from == variable && *name != NULL && **name == '\0')
        *name = NULL;
    return *name == NULL || runs_here(*name) || refuse(options->command, from, *name);
}
