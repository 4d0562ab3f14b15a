/* ctfilter dump: patterns in canonical form and the program they compile to. */
#include <stdio.h>

#include "diag.h"
#include "options.h"
#include "patterns.h"

static int write_out(void *context, const char *data, size_t length)
{
    (void)context;
    return fwrite(data, 1, length, stdout) < length;
}

/* "pattern 0: { $.a = 1 }", with the name behind the number where there is one. */
static ctf_status print_pattern(const ctf_filter *filter, size_t index)
{
    ctf_pattern_info info;
    ctf_error error;
    ctf_status status = ctf_filter_pattern(filter, index, &info);
    if (status != CTF_OK)
        return status;
    printf("pattern %zu", index);
    if (info.name.length > 0)
        printf(" \"%.*s\"", (int)info.name.length, info.name.data);
    fputs(": ", stdout);
    status = ctf_pattern_print(info.text, NULL, write_out, NULL, &error);
    putchar('\n');
    return status;
}

static ctf_status dump(const ctf_filter *filter)
{
    ctf_status status = CTF_OK;
    for (size_t i = 0; i < ctf_filter_count(filter) && status == CTF_OK; i++)
        status = print_pattern(filter, i);
    putchar('\n');
    return status == CTF_OK ? ctf_filter_dump(filter, write_out, NULL) : status;
}

int run_dump(const cli_options *options)
{
    size_t taken;
    ctf_filter *filter = patterns_from_options(options, options->n_operands, &taken);
    if (filter == NULL)
        return EXIT_ERROR;
    int status = EXIT_ERROR;
    if (taken < options->n_operands) {
        options_misuse(options->command, "takes patterns from -f, --program or the line, one of these");
    } else {
        ctf_status dumped = dump(filter);
        if (dumped == CTF_OK || dumped == CTF_E_STOPPED) /* stopped: the output failed, main says so */
            status = 0;
        else
            diag_print("dump: %s", ctf_status_name(dumped));
    }
    ctf_filter_free(filter);
    return status;
}
