#include "suite_notation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "diag.h"

#define LARGEST 0x1p360 /* of a sample (spec: metrics-alarms 2) */

/* One item of the line. */
typedef struct item {
    const char *text;
    size_t length;
    size_t offset;
    size_t count; /* values it stands for */
    double base, step;
} item;

static bool refuse(const item *i, ctf_error *error, const char *why)
{
    *error = (ctf_error){.status = CTF_E_ARGUMENT, .kind = CTF_ERROR_GRAMMAR, .offset = i->offset, .length = i->length};
    snprintf(error->message, sizeof error->message, "%s", why);
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool read_number(const char *text, size_t length, double *out)
{
    ctfi_decimal number;
    if (!ctfi_decimal_read((const unsigned char *)text, length, false, &number))
        return false;
    *out = ctfi_decimal_to_double(&number);
    return true;
}

/* Digits; stops where there are more than anybody may ask for. */
static bool read_count(const char *text, size_t length, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        if (*out < SIZE_MAX / 100)
            *out = *out * 10 + (size_t)(text[i] - '0');
    }
    return length > 0;
}

/* Where the sign of a step stands: not at the beginning and not in an exponent; `length` when there is none. */
static size_t find_step(const char *text, size_t length)
{
    size_t i = 1;
    while (i < length && !((text[i] == '+' || text[i] == '-') && text[i - 1] != 'e' && text[i - 1] != 'E'))
        i++;
    return i < length ? i : length;
}

/* "1", "1+2", with whether there is a count. */
static bool read_head(item *i, size_t length, bool counted, ctf_error *error)
{
    size_t sign = find_step(i->text, length);
    if (!read_number(i->text, sign, &i->base))
        return refuse(i, error, "this is no value: a number, _ for a missing one, 1x5, 1+2x5 or _x3 is needed");
    if (sign < length && !counted)
        return refuse(i, error, "a step needs a count, as in 1+2x5");
    if (sign < length && !read_number(i->text + sign, length - sign, &i->step))
        return refuse(i, error, "the step is no number; 1+2x5 has the step 2");
    double last = i->base + i->step * (double)(i->count - 1);
    if (!(fabs(i->base) <= LARGEST && fabs(last) <= LARGEST))
        return refuse(i, error, "a value lies within 2^360 of zero");
    return true;
}

static bool read_item(item *i, ctf_error *error)
{
    const char *x = memchr(i->text, 'x', i->length);
    size_t head = x != NULL ? (size_t)(x - i->text) : i->length;
    bool missing = head == 1 && i->text[0] == '_';
    i->count = 1;
    if (x != NULL && !read_count(x + 1, i->length - head - 1, &i->count))
        return refuse(i, error, "behind x a count is needed, as in 1x5");
    if (missing) {
        i->base = NAN;
        return i->count > 0 || refuse(i, error, "a missing value is repeated once at least");
    }
    i->count += x != NULL; /* the value and so many more */
    return read_head(i, head, x != NULL, error);
}

static void append(const item *i, suite_notation *out)
{
    out->values = need_more(out->values, &out->room, out->n + i->count, sizeof *out->values);
    for (size_t k = 0; k < i->count; k++)
        out->values[out->n++] = i->base + i->step * (double)k;
}

bool suite_notation_read(ctf_text text, size_t most, suite_notation *out, ctf_error *error)
{
    char words[80];
    for (size_t at = 0; at < text.length;) {
        item i = {.text = text.data + at, .offset = at};
        while (at + i.length < text.length && !is_blank(i.text[i.length]))
            i.length++;
        at += i.length + 1;
        if (i.length == 0)
            continue;
        if (!read_item(&i, error))
            return false;
        snprintf(words, sizeof words, "more values than the series of a file may have in all, %u", SUITE_VALUES);
        if (i.count > most - out->n)
            return refuse(&i, error, words);
        append(&i, out);
    }
    const item all = {.length = text.length};
    return out->n > 0 || refuse(&all, error, "values are needed, as in 1x5 _x3 0");
}
