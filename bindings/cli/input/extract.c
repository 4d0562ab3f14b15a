#include "extract.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

static const char *const fixed[EXTRACT_USER] = {
    [EXTRACT_MESSAGE] = "$.message",          [EXTRACT_TIMESTAMP] = "$.timestamp", [EXTRACT_DATA] = "$.data",
    [EXTRACT_MESSAGE_TYPE] = "$.messageType", [EXTRACT_TIME] = "$.time",           [EXTRACT_EVENT_TIME] = "$.eventTime",
};

/* Some element of a equals 1, or none does, or there is no a (spec: filter-patterns 5.5). */
static const char any_object[] = "{ $.a NOT EXISTS || $.a[*] = 1 || $.a[*] != 1 }";

static ctf_text words(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static ctf_status compile(const ctf_text *selectors, size_t n, ctf_filter **out, ctf_error *error)
{
    ctf_pattern pattern = {.text = words(any_object), .extract = selectors, .n_extract = n};
    return ctf_filter_compile(&pattern, 1, NULL, out, error);
}

/* Tells which of the user's selectors is refused: the first that is refused alone. */
static void tell(const ctf_text *selectors, size_t n, const ctf_error *error)
{
    for (size_t i = EXTRACT_USER; i < n; i++) {
        ctf_filter *filter;
        ctf_error own;
        if (compile(&selectors[i], 1, &filter, &own) != CTF_OK) {
            diag_library(&own, selectors[i], "selector");
            return;
        }
        ctf_filter_free(filter);
    }
    diag_print("%s", error->message);
}

ctf_filter *extract_compile(const char *const *selectors, size_t n)
{
    ctf_text *all = need(EXTRACT_USER + n, sizeof *all);
    for (size_t i = 0; i < EXTRACT_USER + n; i++)
        all[i] = words(i < EXTRACT_USER ? fixed[i] : selectors[i - EXTRACT_USER]);
    ctf_filter *filter;
    ctf_error error;
    if (compile(all, EXTRACT_USER + n, &filter, &error) != CTF_OK)
        tell(all, EXTRACT_USER + n, &error);
    free(all);
    return filter;
}

ctf_value extract_value(const ctf_scratch *scratch, size_t k)
{
    ctf_value value;
    if (ctf_scratch_value(scratch, 0, k, &value) != CTF_OK)
        value = (ctf_value){.type = CTF_VALUE_MISSING};
    return value;
}

bool extract_text(const ctf_scratch *scratch, size_t k, ctf_text *out)
{
    ctf_value value = extract_value(scratch, k);
    *out = value.text;
    return value.type == CTF_VALUE_STRING;
}

bool extract_whole(const ctf_scratch *scratch, size_t k, int64_t *out)
{
    ctf_value value = extract_value(scratch, k);
    const char *text = value.text.data;
    size_t n = value.text.length, i = n > 0 && text[0] == '-';
    if (value.type != CTF_VALUE_NUMBER || i == n || n - i > 18)
        return false;
    *out = 0;
    for (size_t at = i; at < n; at++) {
        if (text[at] < '0' || text[at] > '9')
            return false;
        *out = *out * 10 + (text[at] - '0');
    }
    *out = i != 0 ? -*out : *out;
    return true;
}
