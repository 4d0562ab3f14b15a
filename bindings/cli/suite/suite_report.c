/* What the test files came to, for people and for JUnit's readers. */
#include <inttypes.h>
#include <string.h>

#include "junit.h"
#include "report_words.h"
#include "suite.h"

/* Numbers of cases, and of files that are wrong. */
typedef struct counts {
    size_t passed, failed, left, unread, broken;
} counts;

static void add(const suite_file *file, counts *sum)
{
    sum->broken += file->broken;
    for (size_t i = 0; i < file->n_cases && !file->broken; i++) {
        const suite_case *one = &file->cases[i];
        size_t *which = !one->chosen          ? &sum->left
                        : one->n_failures > 0 ? &sum->failed
                        : one->unread         ? &sum->unread
                                              : &sum->passed;
        ++*which;
    }
}

/* ---- text ---- */

/* Lines, each behind blanks. */
static void indented(const char *lines, blob *out)
{
    for (const char *at = lines; *at != '\0';) {
        size_t n = strcspn(at, "\n");
        blob_append_words(out, n > 0 ? "    " : "");
        blob_append(out, at, n);
        blob_append_words(out, "\n");
        at += n + (at[n] == '\n');
    }
}

void suite_place(cli_place at, blob *out)
{
    report_words_safe(out, (ctf_text){at.file, strlen(at.file)});
    report_words(out, ":%" PRIu32 ":%" PRIu32, at.line, at.column);
}

static void failed_case(const suite_case *one, blob *out)
{
    blob_append_words(out, "FAILED: ");
    report_words_safe(out, one->name);
    blob_append_words(out, "\n");
    for (size_t i = 0; i < one->n_failures; i++) {
        blob_append_words(out, "  ");
        suite_place(one->failures[i].place, out);
        blob_append_words(out, ": ");
        blob_append_words(out, one->failures[i].words);
        blob_append_words(out, "\n");
        indented(one->failures[i].details, out);
    }
    blob_append_words(out, "\n");
}

static void tally(const counts *sum, blob *out)
{
    report_words(out, "%zu passed, %zu failed", sum->passed, sum->failed);
    if (sum->unread > 0)
        report_words(out, ", %zu not read", sum->unread);
    if (sum->left > 0)
        report_words(out, ", %zu left out", sum->left);
    blob_append_words(out, "\n");
}

static void file_lines(const suite_file *file, blob *out)
{
    counts sum = {0};
    add(file, &sum);
    for (size_t i = 0; i < file->n_cases && !file->broken; i++)
        if (file->cases[i].n_failures > 0)
            failed_case(&file->cases[i], out);
    report_words_safe(out, file->name);
    blob_append_words(out, ": ");
    if (file->broken)
        blob_append_words(out, "not run, for it has errors\n");
    else
        tally(&sum, out);
}

void suite_report_files(const suite *all, blob *out)
{
    for (size_t i = 0; i < all->n_files; i++)
        file_lines(&all->files[i], out);
    blob_append_words(out, "\n");
}

void suite_report_total(const suite *all, blob *out)
{
    counts sum = {0};
    for (size_t i = 0; i < all->n_files; i++)
        add(&all->files[i], &sum);
    report_words_count(out, all->n_files, "file");
    blob_append_words(out, ", ");
    report_words_count(out, sum.passed + sum.failed + sum.left + sum.unread, "case");
    blob_append_words(out, ": ");
    if (sum.broken > 0) {
        report_words_count(out, sum.broken, "file");
        blob_append_words(out, " with errors, ");
    }
    tally(&sum, out);
}

/* ---- JUnit ---- */

static void junit_case(const suite_file *file, const suite_case *one, blob *out)
{
    junit_case_begin(out, file->name, one->name);
    for (size_t i = 0; i < one->n_failures; i++) {
        const suite_failure *failure = &one->failures[i];
        blob body = {0};
        suite_place(failure->place, &body);
        blob_append_words(&body, "\n");
        blob_append_words(&body, failure->details);
        junit_failure(out, "expectation", failure->words, (ctf_text){(const char *)body.data, body.length});
        blob_free(&body);
    }
    if (one->unread)
        junit_error(out, "a file of messages could not be read");
    junit_case_end(out);
}

static void junit_file(const suite_file *file, blob *out)
{
    counts sum = {0};
    add(file, &sum);
    size_t errors = sum.broken + sum.unread;
    junit_suite_begin(out, file->name, sum.passed + sum.failed + errors, sum.failed, errors);
    if (file->broken) {
        junit_case_begin(out, file->name, file->name);
        junit_error(out, "the file has errors and was not run");
        junit_case_end(out);
    }
    for (size_t i = 0; i < file->n_cases && !file->broken; i++)
        if (file->cases[i].chosen)
            junit_case(file, &file->cases[i], out);
    junit_suite_end(out);
}

void suite_report_junit(const suite *all, blob *out)
{
    junit_begin(out);
    for (size_t i = 0; i < all->n_files; i++)
        junit_file(&all->files[i], out);
    junit_end(out);
}
