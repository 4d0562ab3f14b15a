#include "reason/candidates.h"

#include "base/number.h"
#include "reason/say.h"

static void add(ctfi_candidates *c, ctfi_bytes text)
{
    *CTFI_APPEND(c->job, &c->texts) = text;
}

static void add_words(ctfi_candidates *c, const char *words)
{
    add(c, ctfi_bytes_of(words));
}

static void add_double(ctfi_candidates *c, double value)
{
    unsigned char *text = ctfi_job_alloc(c->job, CTFI_DOUBLE_TEXT, 1);
    if (value - value == 0)
        add(c, (ctfi_bytes){text, ctfi_double_print_json(value, text)});
}

static void say_zeros(ctfi_say *say, int64_t n)
{
    while (n-- > 0)
        ctfi_say_words(say, "0");
}

/* The significant digits, from..to. */
static void say_digits(ctfi_say *say, const ctfi_decimal *value, uint32_t from, uint32_t to)
{
    uint32_t digit = 0;
    for (uint32_t i = 0; i < value->span; i++) {
        if (value->digits[i] == '.')
            continue;
        if (digit >= from && digit < to)
            ctfi_say_bytes(say, (ctfi_bytes){value->digits + i, 1});
        digit++;
    }
}

/* 0.d1d2d3 * 10^exponent as JSON writes it; `tail` stands behind it. */
static ctfi_bytes spelled(ctfi_job *job, const ctfi_decimal *value, const char *tail)
{
    ctfi_say say = ctfi_say_begin(job);
    int64_t point = value->exponent;
    ctfi_say_words(&say, value->negative && value->count > 0 ? "-" : "");
    if (value->count == 0) {
        ctfi_say_words(&say, "0");
    } else if (point > CTFI_WRITTEN_OUT || point < -CTFI_WRITTEN_OUT) {
        ctfi_say_words(&say, "0.");
        say_digits(&say, value, 0, value->count);
        ctfi_say_words(&say, point < 0 ? "e-" : "e");
        ctfi_say_number(&say, (size_t)(point < 0 ? -point : point));
        return ctfi_said(&say);
    } else {
        uint32_t whole = point <= 0 ? 0 : point > value->count ? value->count : (uint32_t)point;
        ctfi_say_words(&say, whole == 0 ? "0" : "");
        say_digits(&say, value, 0, whole);
        say_zeros(&say, point - whole);
        ctfi_say_words(&say, whole < value->count ? "." : "");
        say_zeros(&say, whole < value->count && point < 0 ? -point : 0);
        say_digits(&say, value, whole, value->count);
        if (whole < value->count)
            return ctfi_said(&say);
    }
    ctfi_say_words(&say, tail);
    return ctfi_said(&say);
}

static void add_around(ctfi_candidates *c, const ctfi_decimal *value)
{
    double near = ctfi_decimal_to_double(value);
    ctfi_decimal tenfold = *value;
    tenfold.exponent++; /* saturated far below INT64_MAX */
    add(c, spelled(c->job, value, ""));
    add(c, spelled(c->job, value, ".0"));
    add_double(c, near);
    add_double(c, near + 1);
    add_double(c, near - 1);
    add_double(c, near + 0.5);
    add_double(c, near - 0.5);
    add_double(c, near * 2);
    add_double(c, near * 10);
    add_double(c, near * 1.0000000000000002);
    add_double(c, near * 0.9999999999999999);
    add(c, spelled(c->job, &tenfold, ""));
}

/* Halfway between two literals, and closer to the first. */
static void add_between(ctfi_candidates *c, ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        for (size_t k = 0; k < wishes.n && ctfi_trait_is_numeric(wishes.at[i].trait); k++) {
            if (!ctfi_trait_is_numeric(wishes.at[k].trait))
                continue;
            double a = ctfi_decimal_to_double(&wishes.at[i].trait->literal.number);
            double b = ctfi_decimal_to_double(&wishes.at[k].trait->literal.number);
            add_double(c, a / 2 + b / 2);
            add_double(c, a + (b - a) / 1024);
        }
}

ctfi_candidates ctfi_candidates_of(ctfi_job *job, ctfi_wishes wishes)
{
    ctfi_candidates c = {.job = job};
    for (size_t i = 0; i < wishes.n; i++) {
        const ctfi_trait *trait = wishes.at[i].trait;
        if (ctfi_trait_is_numeric(trait))
            add_around(&c, &trait->literal.number);
        else if (trait->type == CTFI_TRAIT_TEXT)
            add(&c, trait->literal.text);
    }
    add_between(&c, wishes);
    static const char *const usual[] = {"1", "0", "-1", "2", "10", "0.5", "1.5", "-0.5", "1e30", "-1e30", "1e309", "-1e309"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        add_words(&c, usual[i]);
    return c;
}
