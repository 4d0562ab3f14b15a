#include "base/error.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* The one list of names: statuses and kinds as logs and the line protocol show them. */
static const char *const status_names[] = {
    [CTF_OK] = "CTF_OK",
    [CTF_E_NOMEM] = "CTF_E_NOMEM",
    [CTF_E_ARGUMENT] = "CTF_E_ARGUMENT",
    [CTF_E_PATTERN] = "CTF_E_PATTERN",
    [CTF_E_LIMIT] = "CTF_E_LIMIT",
    [CTF_E_PROGRAM] = "CTF_E_PROGRAM",
    [CTF_E_DOCUMENT] = "CTF_E_DOCUMENT",
    [CTF_E_BUSY] = "CTF_E_BUSY",
    [CTF_E_STOPPED] = "CTF_E_STOPPED",
    [CTF_E_ABSENT] = "CTF_E_ABSENT",
};

static const char *const kind_names[] = {
    [CTF_ERROR_NONE] = "none",
    [CTF_ERROR_LEXICAL] = "lexical",
    [CTF_ERROR_GRAMMAR] = "grammar",
    [CTF_ERROR_UNBALANCED] = "unbalanced",
    [CTF_ERROR_REGEX] = "regex",
    [CTF_ERROR_LIMIT] = "limit",
    [CTF_ERROR_DUPLICATE] = "duplicate",
    [CTF_ERROR_VARIABLES] = "variables",
    [CTF_ERROR_SELECTOR] = "selector",
    [CTF_ERROR_PROGRAM] = "program",
    [CTF_ERROR_DOCUMENT] = "document",
    [CTF_ERROR_ARGUMENT] = "argument",
    [CTF_ERROR_MEMORY] = "memory",
    [CTF_ERROR_STATISTIC] = "statistic",
    [CTF_ERROR_VALIDATION] = "validation",
    [CTF_ERROR_RULE] = "rule",
};

const char *ctf_status_name(ctf_status status)
{
    size_t at = (size_t)status;
    return at < sizeof status_names / sizeof *status_names ? status_names[at] : "unknown status";
}

const char *ctf_error_kind_name(ctf_error_kind kind)
{
    size_t at = (size_t)kind;
    return at < sizeof kind_names / sizeof *kind_names ? kind_names[at] : "unknown";
}

#define TEXT_OF(x) TEXT_OF_(x)
#define TEXT_OF_(x) #x

const char *ctf_library_release(void)
{
    return TEXT_OF(CTF_VERSION_MAJOR) "." TEXT_OF(CTF_VERSION_MINOR) "." TEXT_OF(CTF_VERSION_PATCH);
}

void ctfi_error_clear(ctf_error *error)
{
    if (error != NULL)
        memset(error, 0, sizeof *error);
}

/* A text that was cut at `size` must not end inside a code point. */
static void trim_to_code_point(char *text, size_t size, int needed)
{
    if (needed < 0 || (size_t)needed < size)
        return;
    size_t end = size - 1;
    size_t start = end;
    uint32_t point;
    while (start > 0 && end - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
        start--;
    if (ctfi_utf8_read((const unsigned char *)text + start, end - start, &point) != end - start)
        text[start] = '\0';
}

ctf_status ctfi_error_setv(ctf_error *error, ctf_status status, ctf_error_kind kind, size_t offset,
                           size_t length, const char *service, const char *format, va_list arguments)
{
    if (error == NULL)
        return status;
    ctfi_error_clear(error);
    error->status = status;
    error->kind = kind;
    error->offset = offset;
    error->length = length;
    int needed = vsnprintf(error->message, sizeof error->message, format, arguments);
    trim_to_code_point(error->message, sizeof error->message, needed);
    if (service != NULL) {
        needed = snprintf(error->service, sizeof error->service, "%s", service);
        trim_to_code_point(error->service, sizeof error->service, needed);
    }
    return status;
}

ctf_status ctfi_error_set(ctf_error *error, ctf_status status, ctf_error_kind kind, size_t offset,
                          size_t length, const char *service, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ctfi_error_setv(error, status, kind, offset, length, service, format, arguments);
    va_end(arguments);
    return status;
}
