/* Leaves and their tests; the automata. */
#include "program/verify_parts.h"

#include "base/hash.h"
#include "base/neighbours.h"
#include "base/number.h"
#include "program/automaton.h"

/* ctfi_decimal saturates exponents here; within it they add and compare without wrapping. */
#define EXPONENT_MAX (INT64_C(1) << 62)

/* How much of each section the leaves so far have. */
typedef struct cursors {
    uint32_t texts;
    uint32_t globs;
    uint32_t needles;
    uint32_t regexes;
    uint32_t numbers;
} cursors;

static bool text(const ctfi_verifier *v, uint32_t owner, uint32_t index)
{
    const ctfi_image_entry *entry = ctfi_image_TEXTS(v->image) + index;
    const ctfi_image_text *facts = ctfi_image_TEXT_FACTS(v->image) + index;
    if (entry->owner != owner)
        return ctfi_verify_refuse(v, &entry->owner, "a text has another owner");
    if (entry->value != index)
        return ctfi_verify_refuse(v, &entry->value, "a text has another one's facts");
    return ctfi_verify_string(v, &entry->key, CTFI_STRING_MAX) && ctfi_verify_fact_or_none(v, &facts->always) &&
           ctfi_verify_fact_or_none(v, &facts->strings);
}

static bool texts(const ctfi_verifier *v, uint32_t owner, const ctfi_image_leaf *leaf, uint32_t *cursor)
{
    uint64_t classes = 0;
    if (leaf->n_texts > ctfi_image_count_of(v->image, CTFI_SECTION_TEXTS) - *cursor)
        return ctfi_verify_refuse(v, &leaf->n_texts, "a leaf has more texts than there are");
    for (uint32_t end = *cursor + leaf->n_texts; *cursor < end; ++*cursor) {
        if (!text(v, owner, *cursor))
            return false;
        classes |= ctfi_classes_of(ctfi_image_bytes(v->image, ctfi_image_TEXTS(v->image)[*cursor].key));
    }
    return classes == leaf->text_classes ||
           ctfi_verify_refuse(v, &leaf->text_classes, "classes of texts are wrong");
}

static bool searches(const ctfi_verifier *v, const ctfi_image_search *search, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!ctfi_verify_string(v, &search[i].text, CTFI_STRING_MAX) || !ctfi_verify_fact(v, &search[i].fact))
            return false;
    return true;
}

/* What globs need follows from them. What regular expressions need is taken as given: like an automaton it decides
 * what is found, and nothing is out of bounds. */
static bool needs(const ctfi_verifier *v)
{
    const ctfi_image *image = v->image;
    const ctfi_section *globs = &image->sections[CTFI_SECTION_GLOB_NEEDS];
    const ctfi_section *regexes = &image->sections[CTFI_SECTION_REGEX_NEEDS];
    if (globs->count != ctfi_image_count_of(image, CTFI_SECTION_GLOBS))
        return ctfi_verify_refuse(v, globs, "globs and what they need differ in number");
    if (regexes->count != ctfi_image_count_of(image, CTFI_SECTION_REGEXES))
        return ctfi_verify_refuse(v, regexes, "regexes and what they need differ in number");
    for (uint32_t i = 0; i < globs->count; i++) {
        const uint64_t *said = ctfi_image_GLOB_NEEDS(image) + i;
        if (*said != ctfi_neighbours_of_glob(ctfi_image_bytes(image, ctfi_image_GLOBS(image)[i].text)))
            return ctfi_verify_refuse(v, said, "a glob needs something else");
    }
    return true;
}

/* A kernel searches for one byte at least: it looks for the first and the last one of the needle. */
static bool needles(const ctfi_verifier *v, const ctfi_image_search *needle, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (needle[i].text.length == 0)
            return ctfi_verify_refuse(v, &needle[i].text.length, "an empty needle");
    return searches(v, needle, n);
}

/* Digits without zeros at the ends, so that numbers of one value are spelled alike; zero has none. */
static bool spelled(const ctfi_verifier *v, const ctfi_image_number *number)
{
    ctfi_bytes digits = ctfi_image_bytes(v->image, number->digits);
    for (size_t i = 0; i < digits.length; i++)
        if (!ctfi_is_digit(digits.data[i]))
            return ctfi_verify_refuse(v, digits.data + i, "no digit");
    if (digits.length == 0)
        return (number->exponent == 0 && number->negative == 0) ||
               ctfi_verify_refuse(v, number, "a zero with a sign or exponent");
    return (digits.data[0] != '0' && digits.data[digits.length - 1] != '0') ||
           ctfi_verify_refuse(v, number, "a number with zeros around its digits");
}

static bool number(const ctfi_verifier *v, const ctfi_image_number *number)
{
    if (!ctfi_verify_string(v, &number->digits, CTFI_STRING_MAX) || !spelled(v, number))
        return false;
    if (number->negative > 1)
        return ctfi_verify_refuse(v, &number->negative, "neither positive nor negative");
    if (number->exponent > EXPONENT_MAX || number->exponent < -EXPONENT_MAX)
        return ctfi_verify_refuse(v, &number->exponent, "an exponent out of range");
    return ctfi_verify_fact_or_none(v, &number->equal) && ctfi_verify_fact_or_none(v, &number->less) &&
           ctfi_verify_fact_or_none(v, &number->less_equal) && ctfi_verify_fact_or_none(v, &number->greater) &&
           ctfi_verify_fact_or_none(v, &number->greater_equal);
}

static ctfi_decimal decimal(const ctfi_verifier *v, const ctfi_image_number *number)
{
    ctfi_bytes digits = ctfi_image_bytes(v->image, number->digits);
    ctfi_decimal value = {.digits = digits.data, .negative = number->negative != 0};
    value.exponent = number->exponent;
    value.span = number->digits.length;
    value.count = number->digits.length;
    return value;
}

/* Ascending, for the binary search; equal values may be neighbours. */
static bool numbers(const ctfi_verifier *v, const ctfi_image_number *all, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!number(v, &all[i]))
            return false;
        if (i == 0)
            continue;
        ctfi_decimal before = decimal(v, &all[i - 1]);
        ctfi_decimal here = decimal(v, &all[i]);
        if (ctfi_decimal_compare(&before, &here) > 0)
            return ctfi_verify_refuse(v, &all[i], "numbers do not ascend");
    }
    return true;
}

/* The range is that of one of the automata, which are bounded each. Starts ascend: a binary search. */
static bool is_automaton(const ctfi_verifier *v, const ctfi_range *range)
{
    const uint32_t *starts = ctfi_image_AUTOMATON_STARTS(v->image);
    uint32_t low = 0;
    uint32_t high = ctfi_image_count_of(v->image, CTFI_SECTION_AUTOMATON_STARTS) - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (starts[middle] < range->first)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < ctfi_image_count_of(v->image, CTFI_SECTION_AUTOMATON_STARTS) - 1 &&
                 starts[low] == range->first && starts[low + 1] - starts[low] == range->count;
    return found || ctfi_verify_refuse(v, range, "words that are no automaton");
}

static bool regexes(const ctfi_verifier *v, const ctfi_image_regex *regex, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!is_automaton(v, &regex[i].automaton) ||
            !ctfi_verify_string(v, &regex[i].source, CTFI_STRING_MAX) || !ctfi_verify_fact(v, &regex[i].fact))
            return false;
    return true;
}

static bool automaton(const ctfi_verifier *v, uint32_t first, uint32_t end)
{
    const uint64_t *words = ctfi_image_AUTOMATA(v->image) + first;
    const char *reason = ctfi_automaton_verify(words, end - first);
    return reason == NULL || ctfi_verify_refuse(v, words, reason);
}

/* Every automaton once, however many regexes share it; starts ascend strictly from 0 to all the words. */
static bool automata(const ctfi_verifier *v)
{
    const ctfi_section *section = &v->image->sections[CTFI_SECTION_AUTOMATON_STARTS];
    const uint32_t *starts = ctfi_image_AUTOMATON_STARTS(v->image);
    uint32_t words = ctfi_image_count_of(v->image, CTFI_SECTION_AUTOMATA);
    if (section->count == 0 || starts[0] != 0)
        return ctfi_verify_refuse(v, section, "automata do not start at 0");
    for (uint32_t i = 1; i < section->count; i++) {
        if (starts[i] <= starts[i - 1] || starts[i] > words)
            return ctfi_verify_refuse(v, &starts[i], "starts of automata do not ascend within the words");
        if (!automaton(v, starts[i - 1], starts[i]))
            return false;
    }
    return ctfi_verify_spent(v, CTFI_SECTION_AUTOMATA, starts[section->count - 1]);
}

/* The shares are taken over first; then they are safe to read. */
static bool leaf(const ctfi_verifier *v, uint32_t index, const ctfi_image_leaf *leaf, cursors *at)
{
    const ctfi_image *image = v->image;
    if (!ctfi_verify_share(v, &leaf->globs, CTFI_SECTION_GLOBS, &at->globs) ||
        !ctfi_verify_share(v, &leaf->needles, CTFI_SECTION_NEEDLES, &at->needles) ||
        !ctfi_verify_share(v, &leaf->regexes, CTFI_SECTION_REGEXES, &at->regexes) ||
        !ctfi_verify_share(v, &leaf->numbers, CTFI_SECTION_NUMBERS, &at->numbers))
        return false;
    if (leaf->needles.count > 0 && index != image->message)
        return ctfi_verify_refuse(v, &leaf->needles, "needles away from the message");
    return texts(v, index, leaf, &at->texts) &&
           searches(v, ctfi_image_GLOBS(image) + leaf->globs.first, leaf->globs.count) &&
           needles(v, ctfi_image_NEEDLES(image) + leaf->needles.first, leaf->needles.count) &&
           regexes(v, ctfi_image_REGEXES(image) + leaf->regexes.first, leaf->regexes.count) &&
           numbers(v, ctfi_image_NUMBERS(image) + leaf->numbers.first, leaf->numbers.count);
}

bool ctfi_verify_leaves(const ctfi_verifier *v)
{
    const ctfi_image *image = v->image;
    cursors at = {0, 0, 0, 0, 0};
    if (!automata(v))
        return false;
    if (image->sections[CTFI_SECTION_TEXT_FACTS].count != image->sections[CTFI_SECTION_TEXTS].count)
        return ctfi_verify_refuse(v, &image->sections[CTFI_SECTION_TEXT_FACTS],
                                  "texts and their facts differ in number");
    for (uint32_t i = 0; i < ctfi_image_count_of(image, CTFI_SECTION_LEAVES); i++)
        if (!leaf(v, i, ctfi_image_LEAVES(image) + i, &at))
            return false;
    return ctfi_verify_spent(v, CTFI_SECTION_TEXTS, at.texts) &&
           ctfi_verify_spent(v, CTFI_SECTION_GLOBS, at.globs) &&
           ctfi_verify_spent(v, CTFI_SECTION_NEEDLES, at.needles) &&
           ctfi_verify_spent(v, CTFI_SECTION_REGEXES, at.regexes) &&
           ctfi_verify_spent(v, CTFI_SECTION_NUMBERS, at.numbers) && needs(v) &&
           ctfi_verify_table(v, CTFI_SECTION_TEXT_SLOTS, ctfi_image_TEXTS(image), at.texts);
}
