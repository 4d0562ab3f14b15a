#include "metric/constraint.h"

#include <stdio.h>

#include "base/utf8.h"

static ctfi_bytes bytes_of(ctf_text text)
{
    return (ctfi_bytes){(const unsigned char *)text.data, text.length};
}

ctf_status ctfi_refuse_request(ctf_error *error, const char *service, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ctfi_error_setv(error, CTF_E_ARGUMENT, CTF_ERROR_VALIDATION, 0, 0, service, format, arguments);
    va_end(arguments);
    return CTF_E_ARGUMENT;
}

ctfi_excerpt ctfi_excerpt_of(ctf_text text)
{
    ctfi_excerpt excerpt;
    ctfi_show(bytes_of(text), excerpt.text, sizeof excerpt.text);
    return excerpt;
}

ctfi_said ctfi_quote_text(const char *before, ctf_text value, const char *after)
{
    return ctfi_quote(before, bytes_of(value), after);
}

/* The service's text about a member; `quote` stands on both sides of the value. */
static ctfi_said constraint(const char *member, const char *quote, ctf_text value, const char *must)
{
    char before[48], after[768], first = member[0];
    if (first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    snprintf(before, sizeof before, "1 validation error detected: Value %s", quote);
    snprintf(after, sizeof after, "%s at '%c%s' failed to satisfy constraint: Member must %s", quote, first, member + 1,
             must);
    return ctfi_quote_text(before, value, after);
}

static ctfi_said constraint_on_text(const char *member, ctf_text value, const char *must)
{
    return constraint(member, "'", value, must);
}

ctf_status ctfi_refuse_missing(const char *member, ctf_error *error)
{
    ctfi_said service = constraint(member, "", (ctf_text){"null", 4}, "not be null");
    return ctfi_refuse_request(error, service.text, "%s is missing", member);
}

static ctfi_said length_constraint(const char *member, ctf_text value, const char *relation, size_t bound)
{
    char must[64];
    snprintf(must, sizeof must, "have length %s than or equal to %zu", relation, bound);
    return constraint_on_text(member, value, must);
}

ctf_status ctfi_check_length(const char *member, ctf_text value, size_t least, size_t most, ctf_error *error)
{
    ctfi_bytes bytes = bytes_of(value);
    size_t count = bytes.length == 0 ? 0 : ctfi_utf8_count(bytes.data, bytes.length);
    if (count > most)
        return ctfi_refuse_request(error, length_constraint(member, value, "less", most).text,
                                   "%s has %zu characters, the limit is %zu", member, count, most);
    if (count < least)
        return ctfi_refuse_request(error, length_constraint(member, value, "greater", least).text,
                                   "%s is missing or empty", member);
    if (count > 0 && !ctfi_utf8_valid(bytes.data, bytes.length))
        return ctfi_refuse_request(error, NULL, "%s is not written in UTF-8", member);
    return CTF_OK;
}

ctf_status ctfi_check_count(const char *member, size_t count, size_t most, ctf_error *error)
{
    if (count <= most)
        return CTF_OK;
    char must[64];
    snprintf(must, sizeof must, "have length less than or equal to %zu", most);
    ctfi_said service = constraint_on_text(member, (ctf_text){"[...]", 5}, must);
    return ctfi_refuse_request(error, service.text, "%s has %zu elements, the limit is %zu", member, count,
                               most);
}

ctf_status ctfi_check_minimum(const char *member, int64_t value, int64_t least, ctf_error *error)
{
    if (value >= least)
        return CTF_OK;
    char number[32], must[64];
    snprintf(must, sizeof must, "have value greater than or equal to %lld", (long long)least);
    size_t length = (size_t)snprintf(number, sizeof number, "%lld", (long long)value);
    ctfi_said service = constraint_on_text(member, (ctf_text){number, length}, must);
    return ctfi_refuse_request(error, service.text, "%s is %lld, the least is %lld", member, (long long)value,
                               (long long)least);
}

/* "A, B, C" */
typedef struct listing {
    char text[512];
} listing;

static listing listed(const char *const *choices, size_t n)
{
    listing l = {""};
    size_t at = 0;
    for (size_t i = 0; i < n && at < sizeof l.text; i++)
        at += (size_t)snprintf(l.text + at, sizeof l.text - at, "%s%s", i == 0 ? "" : ", ", choices[i]);
    return l;
}

ctf_status ctfi_check_choice(const char *member, ctf_text value, const char *const *choices, size_t n,
                             size_t *index, ctf_error *error)
{
    for (size_t i = 0; i < n; i++)
        if (value.length == strlen(choices[i]) && memcmp(value.data, choices[i], value.length) == 0) {
            *index = i;
            return CTF_OK;
        }
    listing list = listed(choices, n);
    char must[sizeof list + 32];
    snprintf(must, sizeof must, "satisfy enum value set: [%s]", list.text);
    ctfi_said service = constraint_on_text(member, value, must);
    return ctfi_refuse_request(error, service.text, "%s is '%s', it must be one of %s", member,
                               ctfi_excerpt_of(value).text, list.text);
}
