#include "match/leaf.h"

#include "base/neighbours.h"
#include "base/number.h"
#include "match/glob.h"
#include "program/automaton.h"

static const ctfi_image_leaf *leaf_at(const ctfi_tester *tester, uint32_t leaf)
{
    return &tester->leaves[leaf];
}

/* Exact texts: one look into the hash table, none when no text is of its class. */
static void test_texts(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text, bool is_string)
{
    uint64_t classes = leaf_at(tester, leaf)->text_classes;
    if (classes != UINT64_MAX && (classes & ctfi_classes_of(text)) == 0)
        return;
    uint32_t found = ctfi_lookup_find(&tester->texts, leaf, text);
    if (found == CTFI_NONE)
        return;
    const ctfi_image_text *facts = &ctfi_image_TEXT_FACTS(tester->image)[found];
    ctfi_fact_set(&tester->facts, facts->always);
    if (is_string)
        ctfi_fact_set(&tester->facts, facts->strings);
}

/* Of so many searches most are spared by asking first what the text holds. A long text holds everything. */
#define MANY_GLOBS 3
#define MANY_REGEXES 2
#define LONG 256

static uint64_t held_by(const ctfi_image_leaf *leaf, ctfi_bytes text)
{
    bool many = leaf->globs.count >= MANY_GLOBS || leaf->regexes.count >= MANY_REGEXES;
    return many && text.length < LONG ? ctfi_neighbours(text) : UINT64_MAX;
}

static void test_globs(ctfi_tester *tester, ctfi_range globs, ctfi_bytes text, uint64_t held)
{
    const ctfi_image_search *glob = ctfi_image_GLOBS(tester->image) + globs.first;
    const uint64_t *needs = ctfi_image_GLOB_NEEDS(tester->image) + globs.first;
    for (uint32_t i = 0; i < globs.count; i++)
        if ((needs[i] & ~held) == 0 && ctfi_glob_match(ctfi_image_bytes(tester->image, glob[i].text), text))
            ctfi_fact_set(&tester->facts, glob[i].fact);
}

static void test_regexes(ctfi_tester *tester, ctfi_range regexes, ctfi_bytes text, uint64_t held)
{
    const ctfi_image_regex *regex = ctfi_image_REGEXES(tester->image) + regexes.first;
    const uint64_t *needs = ctfi_image_REGEX_NEEDS(tester->image) + regexes.first;
    for (uint32_t i = 0; i < regexes.count; i++) {
        if ((needs[i] & ~held) != 0)
            continue;
        const uint64_t *words = ctfi_image_AUTOMATA(tester->image) + regex[i].automaton.first;
        if (ctfi_automaton_search(words, text, tester->memory))
            ctfi_fact_set(&tester->facts, regex[i].fact);
    }
}

static void test_needles(ctfi_tester *tester, ctfi_range needles, ctfi_bytes text)
{
    const ctfi_image_search *needle = ctfi_image_NEEDLES(tester->image) + needles.first;
    for (uint32_t i = 0; i < needles.count; i++)
        if (tester->kernel->find(text, ctfi_image_bytes(tester->image, needle[i].text)) != NULL)
            ctfi_fact_set(&tester->facts, needle[i].fact);
}

static ctfi_decimal literal_of(const ctfi_image *image, const ctfi_image_number *number)
{
    ctfi_decimal decimal = {.digits = ctfi_image_bytes(image, number->digits).data,
                            .span = number->digits.length,
                            .count = number->digits.length,
                            .negative = number->negative != 0,
                            .exponent = number->exponent};
    return decimal;
}

/* The first of the ascending numbers that is not less than `seen`. */
static uint32_t lower_bound(const ctfi_tester *tester, const ctfi_image_number *numbers, uint32_t count,
                            const ctfi_decimal *seen)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        ctfi_decimal literal = literal_of(tester->image, &numbers[middle]);
        if (ctfi_decimal_compare(&literal, seen) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void test_numbers(ctfi_tester *tester, ctfi_range range, const ctfi_decimal *seen)
{
    const ctfi_image_number *numbers = ctfi_image_NUMBERS(tester->image) + range.first;
    ctfi_facts *facts = &tester->facts;
    uint32_t at = lower_bound(tester, numbers, range.count, seen);
    for (uint32_t i = 0; i < at; i++) {
        ctfi_fact_set(facts, numbers[i].greater);
        ctfi_fact_set(facts, numbers[i].greater_equal);
    }
    for (; at < range.count; at++) {
        ctfi_decimal literal = literal_of(tester->image, &numbers[at]);
        if (ctfi_decimal_compare(&literal, seen) != 0)
            break;
        ctfi_fact_set(facts, numbers[at].equal);
        ctfi_fact_set(facts, numbers[at].less_equal);
        ctfi_fact_set(facts, numbers[at].greater_equal);
    }
    for (; at < range.count; at++) {
        ctfi_fact_set(facts, numbers[at].less);
        ctfi_fact_set(facts, numbers[at].less_equal);
    }
}

static void test_text(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text, bool is_string)
{
    test_texts(tester, leaf, text, is_string);
    const ctfi_image_leaf *tests = leaf_at(tester, leaf);
    if (tests->globs.count + tests->regexes.count == 0)
        return;
    uint64_t held = held_by(tests, text);
    test_globs(tester, tests->globs, text, held);
    test_regexes(tester, tests->regexes, text, held);
}

void ctfi_leaf_string(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text)
{
    test_text(tester, leaf, text, true);
}

void ctfi_leaf_number(ctfi_tester *tester, uint32_t leaf, ctfi_bytes spelled)
{
    const ctfi_image_leaf *tests = leaf_at(tester, leaf);
    unsigned char room[CTFI_DOUBLE_TEXT];
    if (tests->n_texts + tests->globs.count + tests->regexes.count != 0)
        test_text(tester, leaf, ctfi_json_number_text(spelled.data, spelled.length, room), false);
    ctfi_decimal seen;
    if (tests->numbers.count != 0 && ctfi_json_number(spelled.data, spelled.length, room, &seen))
        test_numbers(tester, tests->numbers, &seen);
}

void ctfi_leaf_field(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text)
{
    const ctfi_image_leaf *tests = leaf_at(tester, leaf);
    ctfi_decimal seen;
    test_text(tester, leaf, text, false);
    if (tests->numbers.count != 0 && ctfi_decimal_read(text.data, text.length, false, &seen))
        test_numbers(tester, tests->numbers, &seen);
}

void ctfi_leaf_message(ctfi_tester *tester, uint32_t leaf, ctfi_bytes message)
{
    const ctfi_image_leaf *tests = leaf_at(tester, leaf);
    test_needles(tester, tests->needles, message);
    test_regexes(tester, tests->regexes, message, held_by(tests, message));
}
