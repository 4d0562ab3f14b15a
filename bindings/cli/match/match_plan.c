#include "match_plan.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "extract.h"
#include "kernel.h"
#include "paths.h"
#include "patterns.h"

#define MOST_BYTES ((uint64_t)1 << 30)
#define MOST_THREADS 256

static bool later(const cli_given *a, const cli_given *b)
{
    return a != NULL && (b == NULL || a > b);
}

/* As grep: -q beats -l, -l beats -c. */
static match_form form(const cli_options *options)
{
    if (options_has(options, OPT_QUIET))
        return FORM_NOTHING;
    if (options_has(options, OPT_LIST))
        return FORM_LIST;
    if (options_has(options, OPT_COUNT))
        return FORM_COUNT;
    if (options_has(options, OPT_FORMAT))
        return FORM_API;
    return options_has(options, OPT_JSON) ? FORM_JSON : FORM_MESSAGE;
}

static size_t processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (size_t)n : 1;
}

static void read_flags(const cli_options *options, match_plan *plan)
{
    plan->form = form(options);
    plan->json = options_has(options, OPT_JSON);
    plan->invert = options_has(options, OPT_INVERT);
    plan->stats = options_has(options, OPT_STATS);
    plan->named = later(options_last(options, OPT_WITH_NAME), options_last(options, OPT_NO_NAME));
    plan->sees_all = plan->invert || plan->stats || plan->form == FORM_JSON || plan->form == FORM_API;
    plan->times = plan->form == FORM_JSON;
    plan->most_matches = options_number(options, OPT_MAX_COUNT, UINT64_MAX);
}

static unsigned reader_flags(const cli_options *options)
{
    return (options_has(options, OPT_TRUSTED_JSON) ? CTF_TRUSTED_JSON : 0) |
           (options_has(options, OPT_NO_PROBE) ? CTF_NO_PROBE : 0);
}

bool match_plan_read_reading(const cli_options *options, match_plan *plan)
{
    uint64_t bytes = options_number(options, OPT_MAX_INFLATED, MOST_BYTES);
    uint64_t threads = options_number(options, OPT_THREADS, processors());
    plan->progress = !options_has(options, OPT_NO_PROGRESS) && !options_has(options, OPT_QUIET);
    plan->input = (int)options_number(options, OPT_INPUT, INPUT_AUTO);
    plan->most_bytes = bytes > SIZE_MAX / 2 ? SIZE_MAX / 2 : (size_t)bytes;
    plan->hold = (size_t)options_number(options, OPT_HOLD, SIZE_MAX);
    plan->threads = threads > MOST_THREADS ? MOST_THREADS : (size_t)threads;
    plan->reader = (ctf_scratch_options){.size = sizeof plan->reader, .flags = reader_flags(options)};
    return kernel_read(options, &plan->reader.kernel);
}

/* Is it $name or $3? The library knows the ones that start with "$." itself. */
static bool is_field(const char *selector)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    size_t n = strlen(selector);
    return n > 1 && selector[0] == '$' && strspn(selector + 1, characters) == n - 1;
}

static bool read_values(const cli_options *options, match_plan *plan)
{
    const char **selectors = need(options->n_given, sizeof *selectors);
    size_t n = 0;
    plan->values = need(options->n_given, sizeof *plan->values);
    for (size_t i = 0; i < options->n_given; i++) {
        const cli_given *given = &options->given[i];
        if (given->option->id != OPT_EXTRACT)
            continue;
        plan->values[plan->n_values++] = given->text;
        if (!is_field(given->text))
            selectors[n++] = given->text;
    }
    plan->extractor = extract_compile(selectors, n);
    free(selectors);
    return plan->extractor != NULL;
}

/* Without a path it is standard input. Of several inputs the names are told, unless the line says otherwise. */
static void read_inputs(const cli_options *options, size_t taken, match_plan *plan)
{
    static const char *const none[] = {"-"};
    bool some = options->n_operands > taken;
    plan->inputs = some ? options->operands + taken : none;
    plan->n_inputs = some ? options->n_operands - taken : 1;
    if (!options_has(options, OPT_WITH_NAME) && !options_has(options, OPT_NO_NAME))
        plan->named = plan->n_inputs > 1 || path_is_directory(plan->inputs[0]);
}

static bool one_pattern_for_api(const cli_options *options, const match_plan *plan)
{
    if (plan->form == FORM_API && plan->n_patterns != 1)
        options_misuse(options->command, "--format test-metric-filter takes one pattern; --json takes many");
    return plan->form != FORM_API || plan->n_patterns == 1;
}

/* The shape of an API's answer leaves no room for more, and none for another shape. */
static bool one_shape(const cli_options *options)
{
    bool more = options_has(options, OPT_JSON) || options_has(options, OPT_EXTRACT);
    if (more && options_has(options, OPT_FORMAT))
        options_misuse(options->command, "--format does not go with --json or --extract");
    return !more || !options_has(options, OPT_FORMAT);
}

bool match_plan_read(const cli_options *options, match_plan *plan)
{
    size_t taken;
    *plan = (match_plan){0};
    read_flags(options, plan);
    bool listed = options_has(options, OPT_FILE) || options_has(options, OPT_PROGRAM);
    if (!one_shape(options) || !options_input_once(options, listed ? 0 : 1, true) || !match_plan_read_reading(options, plan) ||
        !read_values(options, plan))
        return false;
    plan->owned = patterns_from_options(options, 1, &taken);
    plan->filter = plan->owned;
    if (plan->filter == NULL)
        return false;
    plan->n_patterns = ctf_filter_count(plan->filter);
    read_inputs(options, taken, plan);
    return one_pattern_for_api(options, plan);
}

void match_plan_free(match_plan *plan)
{
    ctf_filter_free(plan->owned);
    ctf_filter_free(plan->extractor);
    free(plan->values);
    *plan = (match_plan){0};
}

bool match_plan_label(const match_plan *plan, size_t pattern, ctf_text *name)
{
    ctf_pattern_info info;
    *name = (ctf_text){NULL, 0};
    if (ctf_filter_pattern(plan->filter, pattern, &info) == CTF_OK)
        *name = info.name;
    return name->length > 0;
}
