/* ctfilter compile: patterns into a file that --program takes. */
#include "diag.h"
#include "options.h"
#include "patterns.h"
#include "save_file.h"

int run_compile(const cli_options *options)
{
    const char *path = options_text(options, OPT_OUTPUT, NULL);
    size_t taken;
    if (path == NULL)
        return options_misuse(options->command, "needs -o FILE");
    ctf_filter *filter = patterns_from_options(options, options->n_operands, &taken);
    if (filter == NULL)
        return EXIT_ERROR;
    int status = EXIT_ERROR;
    if (taken < options->n_operands) {
        options_misuse(options->command, "takes patterns from -f or from the line, not both");
    } else {
        ctf_text image = ctf_filter_image(filter);
        status = save_file(path, image.data, image.length) ? 0 : EXIT_ERROR;
    }
    ctf_filter_free(filter);
    return status;
}
