/* The grammar of statistics (spec: metrics-alarms 3.1). Reads by hand: five words, two letters and a
 * number, or two capitals and a range. */
#include "metric/statistic.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

#define PERCENT_DIGITS 10 /* decimals that a percent may have */
#define WHOLE UINT64_C(1000000000000)

typedef struct reader {
    const char *text;
    size_t at, end;
    ctf_error *error;
} reader;

static bool refuse(const reader *r, size_t at, size_t length, const char *expected)
{
    ctfi_error_set(r->error, CTF_E_ARGUMENT, CTF_ERROR_STATISTIC, at, length, NULL, "%s", expected);
    return false;
}

static bool take(reader *r, char c)
{
    if (r->at == r->end || r->text[r->at] != c)
        return false;
    r->at++;
    return true;
}

static bool at_number(const reader *r)
{
    return r->at < r->end && ctfi_is_digit((unsigned char)r->text[r->at]);
}

static size_t digits_end(const reader *r, size_t at)
{
    while (at < r->end && ctfi_is_digit((unsigned char)r->text[at]))
        at++;
    return at;
}

/* Where digits[.digits] at the place end; the place itself where there is no digit. */
static size_t number_end(const reader *r)
{
    size_t whole = digits_end(r, r->at);
    if (whole == r->at || whole == r->end || r->text[whole] != '.')
        return whole;
    size_t end = digits_end(r, whole + 1);
    return end == whole + 1 ? whole : end;
}

/* Percent as an integer of 1e-10; more than 100 or more than ten decimals is refused. */
static bool read_percent(reader *r, uint64_t *out)
{
    size_t start = r->at, end = number_end(r), decimals = 0;
    uint64_t value = 0;
    bool fraction = false;
    for (; r->at < end; r->at++) {
        if (r->text[r->at] == '.') {
            fraction = true;
            continue;
        }
        decimals += fraction;
        value = value > WHOLE ? value : value * 10 + (uint64_t)(r->text[r->at] - '0');
    }
    if (end == start)
        return refuse(r, start, r->end - start, "expected a percentage, as 99 or 99.9");
    if (decimals > PERCENT_DIGITS)
        return refuse(r, start, end - start, "a percentage has at most 10 decimals");
    for (; decimals < PERCENT_DIGITS && value <= WHOLE; decimals++)
        value *= 10;
    *out = value;
    return value <= WHOLE || refuse(r, start, end - start, "a percentage lies between 0 and 100");
}

static bool read_value(reader *r, double *out)
{
    size_t start = r->at, end = number_end(r);
    ctfi_decimal decimal;
    if (!ctfi_decimal_read((const unsigned char *)r->text + start, end - start, false, &decimal))
        return refuse(r, start, r->end - start, "expected a number");
    r->at = end;
    *out = ctfi_decimal_to_double(&decimal);
    return ctfi_value_is_valid(*out) || refuse(r, start, end - start, "a bound is at most 2^360");
}

/* Is the bound at the place a percentage? */
static bool bound_is_percent(const reader *r)
{
    size_t end = number_end(r);
    return end < r->end && r->text[end] == '%';
}

static bool read_bound(reader *r, bool percent, uint64_t *share, double *value)
{
    if (!percent)
        return read_value(r, value);
    return read_percent(r, share) &&
           (take(r, '%') || refuse(r, r->at, 0, "expected '%' as at the other bound"));
}

/* "(" [bound] ":" [bound] ")", both percent or both not. */
static bool read_range(reader *r, ctf_statistic *out)
{
    size_t start = r->at;
    if (!take(r, '('))
        return refuse(r, r->at, r->end - r->at, "expected '(' and a range, as (10%:90%) or (:100)");
    bool percent = false;
    out->has_low = at_number(r);
    if (out->has_low) {
        percent = bound_is_percent(r);
        if (!read_bound(r, percent, &out->low_percent, &out->low))
            return false;
    }
    if (!take(r, ':'))
        return refuse(r, r->at, r->end - r->at, "expected ':' between the bounds");
    out->has_high = at_number(r);
    if (out->has_high) {
        if (out->has_low && bound_is_percent(r) != percent)
            return refuse(r, r->at, number_end(r) - r->at, "the bounds are both percentages or both values");
        percent = bound_is_percent(r);
        if (!read_bound(r, percent, &out->high_percent, &out->high))
            return false;
    }
    out->absolute = !percent;
    if (!out->has_low && !out->has_high)
        return refuse(r, start, r->at - start, "a range has at least one bound");
    if (!take(r, ')'))
        return refuse(r, r->at, r->end - r->at, "expected ')'");
    bool ordered = !out->has_low || !out->has_high ||
                   (percent ? out->low_percent <= out->high_percent : out->low <= out->high);
    return ordered || refuse(r, start, r->at - start, "the lower bound is above the upper one");
}

typedef struct word {
    const char *text;
    ctf_statistic_type type;
} word;

static const word names[] = {
    {"SampleCount", CTF_SAMPLE_COUNT}, {"Sum", CTF_SUM},         {"Average", CTF_AVERAGE},
    {"Minimum", CTF_MINIMUM},          {"Maximum", CTF_MAXIMUM}, {"IQM", CTF_TRIMMED_MEAN}};
static const word prefixes[] = {
    {"tm", CTF_TRIMMED_MEAN}, {"wm", CTF_WINSORIZED_MEAN}, {"tc", CTF_TRIMMED_COUNT}, {"ts", CTF_TRIMMED_SUM},
    {"TM", CTF_TRIMMED_MEAN}, {"WM", CTF_WINSORIZED_MEAN}, {"TC", CTF_TRIMMED_COUNT}, {"TS", CTF_TRIMMED_SUM},
    {"p", CTF_PERCENTILE},    {"PR", CTF_PERCENTILE_RANK}};

static bool read_name(const reader *r, ctf_statistic *out)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].text) != r->end || memcmp(names[i].text, r->text, r->end) != 0)
            continue;
        out->type = names[i].type;
        if (out->type == CTF_TRIMMED_MEAN) { /* IQM = TM(25%:75%) */
            out->has_low = out->has_high = 1;
            out->low_percent = WHOLE / 4;
            out->high_percent = WHOLE / 4 * 3;
        }
        return true;
    }
    return false;
}

static const word *find_prefix(const reader *r)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i].text);
        if (r->end >= n && memcmp(prefixes[i].text, r->text, n) == 0)
            return &prefixes[i];
    }
    return NULL;
}

static bool read_extended(reader *r, ctf_statistic *out)
{
    const word *prefix = find_prefix(r);
    if (prefix == NULL)
        return refuse(r, 0, r->end,
                      "expected SampleCount, Sum, Average, Minimum, Maximum, IQM, pNN, tmNN, wmNN, tcNN, tsNN, "
                      "TM(a:b), WM(a:b), TC(a:b), TS(a:b) or PR(a:b)");
    r->at = strlen(prefix->text);
    out->type = prefix->type;
    bool capitals = prefix->text[0] < 'a';
    if (capitals ? !read_range(r, out) : !read_percent(r, &out->high_percent))
        return false;
    if (!capitals)
        out->has_high = 1;
    if (out->type == CTF_PERCENTILE_RANK && !out->absolute)
        return refuse(r, 0, r->end, "PR takes values, not percentages");
    return r->at == r->end || refuse(r, r->at, r->end - r->at, "nothing may follow the statistic");
}

ctf_status ctf_statistic_parse(ctf_text text, ctf_statistic *out, ctf_error *error)
{
    ctfi_error_clear(error);
    if (out == NULL || (text.data == NULL && text.length != 0))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL, "no statistic was given");
    *out = (ctf_statistic){0};
    reader r = {text.length > 0 ? text.data : "", 0, text.length, error};
    if (read_name(&r, out) || read_extended(&r, out))
        return CTF_OK;
    *out = (ctf_statistic){0};
    return CTF_E_ARGUMENT;
}
