/* Strings are found by their properties. Numbers are tried: those that the literals name, their neighbours and what lies
 * between; that there is none is proved by their bounds, or by the texts that numbers have. */
#include "reason/wish.h"

#include "base/number.h"
#include "reason/bounds.h"
#include "reason/candidates.h"
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

/* ---- numbers ---- */

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
    ctfi_bounds b = ctfi_bounds_of(wishes);
    return b.empty || wants_text(wishes) || must_overflow(wishes) || (ctfi_bounds_is_point(&b) && b.low->exponent <= CTFI_WRITTEN_OUT);
}

ctfi_answer ctfi_wish_number(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!may_be_number(&wishes.at[i]))
            return CTFI_NO;
    ctfi_bytes text = {NULL, 0};
    ctfi_answer some = find_number_text(job, wishes, &text);
    ctfi_candidates c = ctfi_candidates_of(job, wishes);
    if (some == CTFI_NO)
        return CTFI_NO;
    for (size_t i = 0; i <= c.texts.n; i++) {
        ctfi_bytes number = i < c.texts.n ? c.texts.at[i] : text;
        if (is_wished(job, wishes, number)) {
            *out = number;
            return CTFI_YES;
        }
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
        ctfi_candidates c = ctfi_candidates_of(job, wishes);
        for (size_t i = 0; i < c.texts.n; i++)
            if (all_wishes_hold(&f, c.texts.at[i], without)) {
                *out = c.texts.at[i];
                return CTFI_YES;
            }
        if (ctfi_bounds_of(wishes).empty)
            return CTFI_NO;
        properties[language.n++] = (ctfi_property){.type = CTFI_PROPERTY_REGEX, .regex = &field_numbers, .want = true};
    }
    ctfi_answer answer = ctfi_language_find(job, &language, out);
    language.take = numeric_wishes_hold;
    return answer == CTFI_YES ? answer : ctfi_language_find(job, &language, out);
}
