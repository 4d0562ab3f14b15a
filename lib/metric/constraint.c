#include "metric/constraint.h"

#include <stdio.h>

#include "base/utf8.h"

#define DOTS "..."

/* Longer than what an error keeps, so that it is the error that cuts, at a code point. */
typedef struct sentence {
    char text[1024];
} sentence;

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

/* The character at the front as it is shown; n says how many bytes it takes. */
static size_t show(ctfi_bytes rest, unsigned char glyph[4], size_t *n)
{
    uint32_t point;
    *n = ctfi_utf8_read(rest.data, rest.length, &point);
    bool control = *n != 0 && (point < 0x20 || (point >= 0x7F && point < 0xA0));
    if (*n != 0 && !control)
        return ctfi_utf8_write(point, glyph);
    *glyph = control ? ' ' : '?';
    *n += *n == 0;
    return 1;
}

ctfi_excerpt ctfi_excerpt_of(ctf_text text)
{
    ctfi_excerpt excerpt;
    ctfi_bytes rest = bytes_of(text);
    size_t room = sizeof excerpt.text - sizeof DOTS, at = 0;
    while (rest.length > 0) {
        unsigned char glyph[4];
        size_t taken, n = show(rest, glyph, &taken);
        if (at + n > room) {
            memcpy(excerpt.text + at, DOTS, sizeof DOTS);
            return excerpt;
        }
        memcpy(excerpt.text + at, glyph, n);
        at += n;
        rest = (ctfi_bytes){rest.data + taken, rest.length - taken};
    }
    excerpt.text[at] = '\0';
    return excerpt;
}

/* The service's text about a member; `value` as it stands there, with its quotes. */
static sentence constraint(const char *member, const char *value, const char *must)
{
    sentence s;
    char first = member[0];
    if (first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    snprintf(s.text, sizeof s.text,
             "1 validation error detected: Value %s at '%c%s' failed to satisfy constraint: Member must %s",
             value, first, member + 1, must);
    return s;
}

static sentence constraint_on_text(const char *member, ctf_text value, const char *must)
{
    char quoted[sizeof(ctfi_excerpt) + 2];
    snprintf(quoted, sizeof quoted, "'%s'", ctfi_excerpt_of(value).text);
    return constraint(member, quoted, must);
}

ctf_status ctfi_refuse_missing(const char *member, ctf_error *error)
{
    sentence service = constraint(member, "null", "not be null");
    return ctfi_refuse_request(error, service.text, "%s is missing", member);
}

static sentence length_constraint(const char *member, ctf_text value, const char *relation, size_t bound)
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
    sentence service = constraint(member, "'[...]'", must);
    return ctfi_refuse_request(error, service.text, "%s has %zu elements, the limit is %zu", member, count,
                               most);
}

ctf_status ctfi_check_minimum(const char *member, int64_t value, int64_t least, ctf_error *error)
{
    if (value >= least)
        return CTF_OK;
    char quoted[32], must[64];
    snprintf(quoted, sizeof quoted, "'%lld'", (long long)value);
    snprintf(must, sizeof must, "have value greater than or equal to %lld", (long long)least);
    sentence service = constraint(member, quoted, must);
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
    sentence service = constraint_on_text(member, value, must);
    return ctfi_refuse_request(error, service.text, "%s is '%s', it must be one of %s", member,
                               ctfi_excerpt_of(value).text, list.text);
}
