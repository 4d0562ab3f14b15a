/* `ctfilter test`: what test files say of patterns, metric filters and alarms, held against what they do. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "diag.h"
#include "save_file.h"
#include "suite.h"

static void read_all(suite *all)
{
    all->n_files = all->options->n_operands;
    all->files = need(all->n_files, sizeof *all->files);
    for (size_t i = 0; i < all->n_files; i++)
        suite_read(all, &all->files[i], all->options->operands[i]);
}

/* ---- --run ---- */

/* Does the expression stand in "FILE: CASE"? */
static bool is_named(const regex_t *only, const suite_file *file, const suite_case *one)
{
    blob name = {0};
    blob_append(&name, file->name.data, file->name.length);
    blob_append_words(&name, ": ");
    blob_append(&name, one->name.data, one->name.length);
    blob_append_byte(&name, '\0');
    bool named = regexec(only, (const char *)name.data, 0, NULL, 0) == 0;
    blob_free(&name);
    return named;
}

/* Returns how many cases were chosen; only may be NULL. */
static size_t choose(suite *all, const regex_t *only)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n_files; i++)
        for (size_t k = 0; k < all->files[i].n_cases; k++) {
            suite_case *one = &all->files[i].cases[k];
            one->chosen = only == NULL || is_named(only, &all->files[i], one);
            n += one->chosen;
        }
    return n;
}

/* Returns false after it has told the user. */
static bool choose_by_options(suite *all)
{
    const char *text = options_text(all->options, OPT_RUN, NULL);
    regex_t only;
    char why[200];
    if (text == NULL) {
        choose(all, NULL);
        return true;
    }
    int error = regcomp(&only, text, REG_EXTENDED | REG_NOSUB);
    if (error != 0) {
        regerror(error, &only, why, sizeof why);
        options_misuse(all->options->command, "--run %s: %s", text, why);
        return false;
    }
    size_t n = choose(all, &only);
    regfree(&only);
    if (n == 0)
        diag_print("--run %s: no case has such a name", text);
    return n > 0;
}

/* ---- the command ---- */

static void run_all(suite *all)
{
    for (size_t i = 0; i < all->n_files; i++)
        for (size_t k = 0; k < all->files[i].n_cases && !all->files[i].broken; k++)
            if (all->files[i].cases[k].chosen)
                suite_run(all, &all->files[i], &all->files[i].cases[k]);
}

/* What a file has and no case asks is never decided. */
static void use_declared(suite *all)
{
    for (size_t i = 0; i < all->n_files; i++)
        for (size_t k = 0; k < all->files[i].n_declared && !all->files[i].broken; k++)
            all->patterns[all->files[i].declared[k]].used = true;
}

/* Standard output holds a report or XML, not both. */
static bool is_silent(const suite *all)
{
    return options_has(all->options, OPT_QUIET) || strcmp(options_text(all->options, OPT_JUNIT, ""), "-") == 0;
}

static bool write_junit(const suite *all)
{
    const char *path = options_text(all->options, OPT_JUNIT, NULL);
    blob out = {0};
    if (path == NULL)
        return true;
    suite_report_junit(all, &out);
    bool good = save_file(path, out.data, out.length);
    blob_free(&out);
    return good;
}

/* Prints all that there is to tell; returns whether enough terms decided. */
static bool report(suite *all)
{
    blob out = {0};
    suite_report_files(all, &out);
    bool enough = !all->covering || suite_coverage(all, options_number(all->options, OPT_THRESHOLD, 0), &out);
    suite_report_total(all, &out);
    if (!is_silent(all))
        fwrite(out.data, 1, out.length, stdout);
    blob_free(&out);
    return enough;
}

static int status_of(const suite *all)
{
    bool failed = false, wrong = false;
    for (size_t i = 0; i < all->n_files; i++) {
        wrong = wrong || all->files[i].broken;
        for (size_t k = 0; k < all->files[i].n_cases; k++) {
            failed = failed || all->files[i].cases[k].n_failures > 0;
            wrong = wrong || all->files[i].cases[k].unread;
        }
    }
    return wrong ? EXIT_ERROR : failed;
}

static int run(suite *all)
{
    read_all(all);
    if (!choose_by_options(all))
        return EXIT_ERROR;
    run_all(all);
    if (options_text(all->options, OPT_RUN, NULL) == NULL)
        use_declared(all);
    int status = status_of(all);
    if (!report(all) && status == 0)
        status = 1;
    return write_junit(all) ? status : EXIT_ERROR;
}

int run_suites(const cli_options *options)
{
    suite all = {.options = options,
                 .covering = options_has(options, OPT_COVERAGE) || options_has(options, OPT_THRESHOLD)};
    if (options->n_operands == 0)
        return options_misuse(options->command, "needs a test file");
    if (options_number(options, OPT_THRESHOLD, 0) > 100)
        return options_misuse(options->command, "--coverage-threshold takes 0 to 100");
    int status = run(&all);
    suite_free(&all);
    return status;
}
