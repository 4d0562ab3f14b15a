/* Test files. The whole input is one; those that name other files are left out.
 *
 * Claims. What is told about a file is one line with a place, and a file with errors has told one. A file without errors
 * runs, twice with the same report; a case without failures says so in the report, and what fails has a place in the
 * file. A term decides only where its pattern is asked. Reports are UTF-8. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "kit.h"
#include "suite.h"

static void hear(void *context, const cli_message *message)
{
    size_t *errors = context;
    CLAIM(message->text[0] != '\0' && strchr(message->text, '\n') == NULL);
    CLAIM(message->place.file == NULL || strcmp(message->place.file, "input") == 0);
    CLAIM((message->place.line == 0) == (message->place.column == 0));
    ++*errors;
}

static bool has_word(const uint8_t *data, size_t size, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= size; i++)
        if (memcmp(data + i, word, n) == 0)
            return true;
    return false;
}

static void claim_case(const suite *all, const suite_case *one)
{
    CLAIM(!one->unread && (one->pattern == SUITE_NONE || one->pattern < all->n_patterns));
    for (size_t i = 0; i < one->n_failures; i++)
        CLAIM(one->failures[i].place.line > 0 && one->failures[i].place.column > 0 && one->failures[i].words[0] != '\0');
}

static void claim_patterns(const suite *all)
{
    for (size_t i = 0; i < all->n_patterns; i++)
        for (size_t k = 0; k < all->patterns[i].n_terms; k++) {
            const suite_term *term = &all->patterns[i].terms[k];
            CLAIM(term->offset + term->length <= all->patterns[i].text.length);
        }
}

/* Reads and runs the file; appends all reports. Returns how many errors were told. */
static size_t run(const uint8_t *data, size_t size, blob *out)
{
    size_t errors = 0;
    suite all = {.n_files = 1, .covering = true, .report = hear, .context = &errors};
    all.files = calloc(1, sizeof *all.files);
    CLAIM(all.files != NULL);
    suite_file *file = all.files;
    void *copy = kit_copy(data, size);
    suite_read_bytes(&all, file, "input", copy, size);
    free(copy);
    CLAIM(file->broken == (errors > 0));
    for (size_t i = 0; i < file->n_cases && !file->broken; i++) {
        file->cases[i].chosen = true;
        suite_run(&all, file, &file->cases[i]);
        claim_case(&all, &file->cases[i]);
    }
    suite_report_files(&all, out);
    suite_coverage(&all, 100, out);
    suite_report_total(&all, out);
    suite_report_junit(&all, out);
    claim_patterns(&all);
    suite_free(&all);
    return errors;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    blob first = {0}, second = {0};
    if (has_word(data, size, "files"))
        return 0;
    CLAIM(run(data, size, &first) == run(data, size, &second));
    CLAIM(first.length == second.length && memcmp(first.data, second.data, first.length) == 0);
    CLAIM(ctfi_utf8_valid(first.data, first.length));
    blob_free(&first);
    blob_free(&second);
    return 0;
}
