/* Strings are found by their properties. Numbers are tried: those that the literals name, their neighbours and what lies
 * between; that there is none is proved by their bounds, or by the texts that numbers have. */
#include "reason/wish.h"

#include "base/number.h"
#include "reason/say.h"

/* ---- strings ---- */

static bool is_empty(ctfi_bytes text)
{
    return text.length == 0;
}

static bool is_some(void *context, ctfi_bytes text)
{
    (void)context;
    return !is_empty(text);
}

/* The properties among the wishes. */
static ctfi_property *properties_of(ctfi_job *job, ctfi_wishes wishes, bool numbers, size_t *n)
{
    ctfi_property *all = ctfi_job_alloc(job, wishes.n + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < wishes.n; i++)
        if (numbers || !ctfi_trait_is_numeric(wishes.at[i].trait))
            *n += ctfi_trait_property(wishes.at[i].trait, wishes.at[i].want, &all[*n]);
    return all;
}

/* One that has characters, if there is. */
static ctfi_answer find_text(ctfi_job *job, const ctfi_property *properties, size_t n, ctfi_bytes *out)
{
    ctfi_language language = {properties, n, "", is_some, NULL};
    ctfi_answer answer = ctfi_language_find(job, &language, out);
    language.take = NULL;
    return answer == CTFI_YES ? answer : ctfi_language_find(job, &language, out);
}

/* What every string has and has not. */
static bool may_be_string(const ctfi_wish *wish)
{
    switch (wish->trait->type) {
    case CTFI_TRAIT_PRESENT:
    case CTFI_TRAIT_TEXTUAL:
    case CTFI_TRAIT_COMPARABLE:
        return wish->want;
    case CTFI_TRAIT_TEXT:
    case CTFI_TRAIT_GLOB:
    case CTFI_TRAIT_REGEX:
    case CTFI_TRAIT_NUMBER:
        return true;
    default:
        return !wish->want;
    }
}

ctfi_answer ctfi_wish_string(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    size_t n;
    for (size_t i = 0; i < wishes.n; i++)
        if (!may_be_string(&wishes.at[i]))
            return CTFI_NO;
    ctfi_property *properties = properties_of(job, wishes, true, &n);
    return find_text(job, properties, n, out);
}

#define MANY 4 /* terms; the shortest text with all of them takes long to find */

/* All terms that are wanted, with blanks between: is that a text that does? */
static bool join_terms(ctfi_job *job, const ctfi_property *properties, size_t n, ctfi_bytes *out)
{
    ctfi_say say = ctfi_say_begin(job);
    size_t terms = 0;
    for (size_t i = 0; i < n; i++) {
        if (!properties[i].want || properties[i].type != CTFI_PROPERTY_CONTAINS)
            continue;
        ctfi_say_words(&say, terms++ == 0 ? "" : " ");
        ctfi_say_bytes(&say, properties[i].text);
    }
    *out = ctfi_said(&say);
    for (size_t i = 0; i < n && terms >= MANY; i++)
        if (ctfi_property_holds(job, &properties[i], *out) != properties[i].want)
            return false;
    return terms >= MANY;
}

ctfi_answer ctfi_wish_message(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    size_t n;
    ctfi_property *properties = properties_of(job, wishes, true, &n);
    return join_terms(job, properties, n, out) ? CTFI_YES : find_text(job, properties, n, out);
}

/* ---- bounds ---- */

/* From where to where a number may be. */
typedef struct bounds {
    const ctfi_decimal *low, *high; /* NULL: none */
    bool above, below;              /* the bound itself is out */
    bool empty;
} bounds;

static void raise_low(bounds *b, const ctfi_decimal *value, bool above)
{
    int order = b->low == NULL ? 1 : ctfi_decimal_compare(value, b->low);
    if (order > 0 || (order == 0 && above)) {
        b->low = value;
        b->above = above;
    }
}

static void lower_high(bounds *b, const ctfi_decimal *value, bool below)
{
    int order = b->high == NULL ? -1 : ctfi_decimal_compare(value, b->high);
    if (order < 0 || (order == 0 && below)) {
        b->high = value;
        b->below = below;
    }
}

/* Takes a wish in: what is not less is at least, and so on. */
static void narrow(bounds *b, const ctfi_wish *wish)
{
    const ctfi_decimal *value = &wish->trait->literal.number;
    switch (wish->trait->type) {
    case CTFI_TRAIT_NUMBER:
        if (wish->want) {
            raise_low(b, value, false);
            lower_high(b, value, false);
        }
        return;
    case CTFI_TRAIT_LT:
        wish->want ? lower_high(b, value, true) : raise_low(b, value, false);
        return;
    case CTFI_TRAIT_LE:
        wish->want ? lower_high(b, value, false) : raise_low(b, value, true);
        return;
    case CTFI_TRAIT_GT:
        wish->want ? raise_low(b, value, true) : lower_high(b, value, false);
        return;
    case CTFI_TRAIT_GE:
        wish->want ? raise_low(b, value, false) : lower_high(b, value, true);
        return;
    default:
        return;
    }
}

/* Is the value that is left one that is not wanted? */
static bool excludes(const bounds *b, ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!wishes.at[i].want && wishes.at[i].trait->type == CTFI_TRAIT_NUMBER &&
            ctfi_decimal_compare(b->low, &wishes.at[i].trait->literal.number) == 0)
            return true;
    return false;
}

static bounds bounds_of(ctfi_wishes wishes)
{
    bounds b = {.low = NULL};
    for (size_t i = 0; i < wishes.n; i++)
        narrow(&b, &wishes.at[i]);
    int order = b.low == NULL || b.high == NULL ? -1 : ctfi_decimal_compare(b.low, b.high);
    b.empty = order > 0 || (order == 0 && (b.above || b.below || excludes(&b, wishes)));
    return b;
}

/* Is one value left? */
static bool is_point(const bounds *b)
{
    return b->low != NULL && b->high != NULL && ctfi_decimal_compare(b->low, b->high) == 0;
}

/* ---- numbers to try ---- */

typedef struct candidates {
    ctfi_job *job;
    CTFI_LIST(ctfi_bytes) texts;
} candidates;

static void add(candidates *c, ctfi_bytes text)
{
    *CTFI_APPEND(c->job, &c->texts) = text;
}

static void add_words(candidates *c, const char *words)
{
    add(c, ctfi_bytes_of(words));
}

static void add_double(candidates *c, double value)
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

#define WRITTEN_OUT 2000 /* digits before or behind the point; beyond, an exponent is written */

/* 0.d1d2d3 * 10^exponent as JSON writes it; `tail` stands behind it. */
static ctfi_bytes spelled(ctfi_job *job, const ctfi_decimal *value, const char *tail)
{
    ctfi_say say = ctfi_say_begin(job);
    int64_t point = value->exponent;
    ctfi_say_words(&say, value->negative && value->count > 0 ? "-" : "");
    if (value->count == 0) {
        ctfi_say_words(&say, "0");
    } else if (point > WRITTEN_OUT || point < -WRITTEN_OUT) {
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

static void add_around(candidates *c, const ctfi_decimal *value)
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
static void add_between(candidates *c, ctfi_wishes wishes)
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

#define SET_DIGITS {.low = {UINT64_C(0x03FF000000000000)}}
#define SET_OF(c) {.low = {(c) < 64 ? UINT64_C(1) << ((c) & 63) : 0, (c) < 64 ? 0 : UINT64_C(1) << ((c) & 63)}}
#define ONE(set_of) {.set = set_of, .min = 1, .max = 1}
#define SOME(set_of) {.set = set_of, .min = 1, .max = CTFI_REGEX_FOREVER}
#define SIGN {.set = SET_OF('-'), .min = 0, .max = 1}

/* All texts that the service prints numbers as, and a few more: digits, 1.5, 1.5E-7, Infinity. */
static const ctfi_atom whole_atoms[] = {SIGN, SOME(SET_DIGITS)};
static const ctfi_atom point_atoms[] = {SIGN, SOME(SET_DIGITS), ONE(SET_OF('.')), SOME(SET_DIGITS)};
static const ctfi_atom exponent_atoms[] = {SIGN, SOME(SET_DIGITS), ONE(SET_OF('.')), SOME(SET_DIGITS), ONE(SET_OF('E')),
                                           SIGN, SOME(SET_DIGITS)};
static const ctfi_atom infinity_atoms[] = {SIGN,           ONE(SET_OF('I')), ONE(SET_OF('n')), ONE(SET_OF('f')), ONE(SET_OF('i')),
                                           ONE(SET_OF('n')), ONE(SET_OF('i')), ONE(SET_OF('t')), ONE(SET_OF('y'))};
static const ctfi_branch number_branches[] = {
    {whole_atoms, 2, true, true}, {point_atoms, 4, true, true}, {exponent_atoms, 7, true, true}, {infinity_atoms, 9, true, true}};
static const ctfi_regex number_texts = {number_branches, 4, 22};

/* All characters of the numbers that a field may be; what else is made of them does no harm. */
#define SET_NUMBER {.low = {UINT64_C(0x03FF680000000000), UINT64_C(0x0000002000000020)}}
static const ctfi_atom field_atoms[] = {SOME(SET_NUMBER)};
static const ctfi_branch field_branch = {field_atoms, 1, true, true};
static const ctfi_regex field_numbers = {&field_branch, 1, 1};

/* A text that a number may have and that is as wished. CTFI_NO: no number's text is. */
static ctfi_answer find_number_text(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    size_t n;
    ctfi_property *properties = properties_of(job, wishes, false, &n);
    ctfi_language language = {properties, n + 1, "", NULL, NULL};
    properties[n] = (ctfi_property){.type = CTFI_PROPERTY_REGEX, .regex = &number_texts, .want = true};
    return ctfi_language_find(job, &language, out);
}

static candidates candidates_of(ctfi_job *job, ctfi_wishes wishes)
{
    candidates c = {.job = job};
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

/* ---- numbers of JSON ---- */

/* A number as the service sees it. */
typedef struct seen {
    bool comparable;
    ctfi_decimal value;
    ctfi_bytes text;
    unsigned char room[2][CTFI_DOUBLE_TEXT];
} seen;

static bool has(ctfi_job *job, const seen *number, const ctfi_trait *trait)
{
    ctfi_property property;
    switch (trait->type) {
    case CTFI_TRAIT_PRESENT:
    case CTFI_TRAIT_TEXTUAL:
        return true;
    case CTFI_TRAIT_COMPARABLE:
        return number->comparable;
    default:
        break;
    }
    if (ctfi_trait_is_numeric(trait))
        return number->comparable && ctfi_trait_of_number(trait, &number->value);
    return ctfi_trait_property(trait, true, &property) && ctfi_property_holds(job, &property, number->text);
}

static bool is_wished(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes text)
{
    seen number;
    ctfi_decimal spelling;
    if (!ctfi_decimal_read(text.data, text.length, true, &spelling))
        return false;
    number.comparable = ctfi_json_number(text.data, text.length, number.room[0], &number.value);
    number.text = ctfi_json_number_text(text.data, text.length, number.room[1]);
    for (size_t i = 0; i < wishes.n; i++)
        if (has(job, &number, wishes.at[i].trait) != wishes.at[i].want)
            return false;
    return true;
}

static bool wants_text(ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (wishes.at[i].want && wishes.at[i].trait->type == CTFI_TRAIT_TEXT)
            return true;
    return false;
}

static bool may_be_number(const ctfi_wish *wish)
{
    if (wish->trait->type == CTFI_TRAIT_PRESENT || wish->trait->type == CTFI_TRAIT_TEXTUAL)
        return wish->want;
    return wish->trait->type <= CTFI_TRAIT_GE || !wish->want;
}

static bool must_overflow(ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!wishes.at[i].want && wishes.at[i].trait->type == CTFI_TRAIT_COMPARABLE)
            return true;
    return false;
}

/* Numbers that overflow were all tried, for they have two texts only. That nothing was found is certain where the wishes
 * leave no other number, or one value or one text, of which all spellings were tried. */
static bool is_certain(ctfi_wishes wishes)
{
    bounds b = bounds_of(wishes);
    return b.empty || wants_text(wishes) || must_overflow(wishes) || (is_point(&b) && b.low->exponent <= WRITTEN_OUT);
}

ctfi_answer ctfi_wish_number(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!may_be_number(&wishes.at[i]))
            return CTFI_NO;
    ctfi_bytes text = {NULL, 0};
    ctfi_answer some = find_number_text(job, wishes, &text);
    candidates c = candidates_of(job, wishes);
    if (some == CTFI_NO)
        return CTFI_NO;
    add(&c, text);
    for (size_t i = 0; i < c.texts.n; i++)
        if (is_wished(job, wishes, c.texts.at[i])) {
            *out = c.texts.at[i];
            return CTFI_YES;
        }
    return is_certain(wishes) ? CTFI_NO : CTFI_UNDECIDED;
}

/* ---- fields of lines ---- */

/* What a field's text must be. */
typedef struct field {
    ctfi_job *job;
    ctfi_wishes wishes;
} field;

static bool numeric_wishes_hold(void *context, ctfi_bytes text)
{
    const field *f = context;
    ctfi_decimal value;
    bool number = ctfi_decimal_read(text.data, text.length, false, &value);
    for (size_t i = 0; i < f->wishes.n; i++)
        if (ctfi_trait_is_numeric(f->wishes.at[i].trait) &&
            (number && ctfi_trait_of_number(f->wishes.at[i].trait, &value)) != f->wishes.at[i].want)
            return false;
    return true;
}

static bool all_wishes_hold(const field *f, ctfi_bytes text, const char *without)
{
    ctfi_property property;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != 0 && strchr(without, text.data[i]) != NULL)
            return false;
    for (size_t i = 0; i < f->wishes.n; i++) {
        const ctfi_trait *trait = f->wishes.at[i].trait;
        if (!ctfi_trait_is_numeric(trait) && ctfi_trait_property(trait, true, &property) &&
            ctfi_property_holds(f->job, &property, text) != f->wishes.at[i].want)
            return false;
    }
    return numeric_wishes_hold((void *)(uintptr_t)f, text);
}

static bool wants_number(ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (wishes.at[i].want && ctfi_trait_is_numeric(wishes.at[i].trait))
            return true;
    return false;
}

static bool is_number_and_some(void *context, ctfi_bytes text)
{
    return text.length > 0 && numeric_wishes_hold(context, text);
}

ctfi_answer ctfi_wish_field(ctfi_job *job, ctfi_wishes wishes, const char *without, ctfi_bytes *out)
{
    field f = {job, wishes};
    size_t n;
    ctfi_property *properties = properties_of(job, wishes, false, &n);
    ctfi_language language = {properties, n, without, is_number_and_some, &f};
    if (wants_number(wishes)) {
        candidates c = candidates_of(job, wishes);
        for (size_t i = 0; i < c.texts.n; i++)
            if (all_wishes_hold(&f, c.texts.at[i], without)) {
                *out = c.texts.at[i];
                return CTFI_YES;
            }
        if (bounds_of(wishes).empty)
            return CTFI_NO;
        properties[language.n++] = (ctfi_property){.type = CTFI_PROPERTY_REGEX, .regex = &field_numbers, .want = true};
    }
    ctfi_answer answer = ctfi_language_find(job, &language, out);
    language.take = numeric_wishes_hold;
    return answer == CTFI_YES ? answer : ctfi_language_find(job, &language, out);
}
