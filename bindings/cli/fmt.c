/* `ctfilter fmt`: patterns in canonical form. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "blob.h"
#include "diag.h"
#include "options.h"
#include "patterns.h"

#define MOST_CHARACTERS 1024 /* of a pattern */

static int append(void *context, const char *data, size_t length)
{
    blob_append(context, data, length);
    return 0;
}

/* Appends a pattern's canonical form; false after telling that it would be no pattern any more. */
static bool canonical(ctf_text pattern, blob *out)
{
    ctf_error error;
    size_t before = out->length;
    if (ctf_pattern_print(pattern, NULL, append, out, &error) != CTF_OK)
        need_failed();
    if (ctfi_utf8_count(out->data + before, out->length - before) <= MOST_CHARACTERS)
        return true;
    diag_print("fmt: in canonical form the pattern is longer than a pattern may be: %.60s...",
               (const char *)out->data + before);
    return false;
}

static bool is_same(ctf_text pattern, const blob *form)
{
    return form->length == pattern.length &&
           (form->length == 0 || memcmp(form->data, pattern.data, form->length) == 0);
}

/* Prints the forms, or, to check, those patterns that are written otherwise. Returns the exit status. */
static int print(const pattern_list *list, bool check)
{
    int status = 0;
    blob form = {0};
    for (size_t i = 0; i < list->n; i++) {
        ctf_text pattern = list->patterns[i].text;
        form.length = 0;
        blob_append_byte(&form, '\0'); /* gives an empty form a place */
        form.length = 0;
        if (!canonical(pattern, &form)) {
            status = EXIT_ERROR;
            continue;
        }
        bool same = is_same(pattern, &form);
        if (!check)
            printf("%.*s\n", (int)form.length, (const char *)form.data);
        else if (!same)
            printf("%.*s\n", (int)pattern.length, pattern.data);
        if (check && !same && status == 0)
            status = 1;
    }
    blob_free(&form);
    return status;
}

int run_fmt(const cli_options *options)
{
    pattern_list list = {0};
    size_t taken;
    ctf_filter *filter = NULL;
    if (patterns_list_from_options(options, options->n_operands, &list, &taken))
        filter = patterns_compile(&list);
    int status = filter == NULL ? EXIT_ERROR : print(&list, options_has(options, OPT_CHECK));
    ctf_filter_free(filter);
    patterns_free(&list);
    return status;
}
