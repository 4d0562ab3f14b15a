#include "program/automaton.h"

#include "base/utf8.h"
#include "program/automaton_words.h"

/* The class of the character at *at, which moves behind it. */
static inline uint32_t take_class(const unsigned char *map, uint32_t high, ctfi_bytes text, size_t *at)
{
    unsigned char byte = text.data[*at];
    uint32_t point;
    if (byte < 0x80) {
        ++*at;
        return map[byte];
    }
    size_t n = ctfi_utf8_read(text.data + *at, text.length - *at, &point);
    *at += n + (n == 0);
    return n != 0 && point < 256 ? map[point] : high;
}

static bool search_table(const uint64_t *words, const ctfi_automaton_head *head, ctfi_bytes text)
{
    const unsigned char *map = ctfi_automaton_map(words);
    const unsigned char *entries = ctfi_table_entries(words, head->size);
    uint32_t state = head->start;
    for (size_t at = 0; state > head->classes && at < text.length;)
        state = ctfi_table_next(entries, state + take_class(map, head->high, text, &at));
    uint32_t number = state / head->classes;
    return ctfi_table_at_end(words)[number / 64] >> number % 64 & 1;
}

static bool search_positions(const uint64_t *words, const ctfi_automaton_head *head, ctfi_bytes text,
                             uint64_t *set)
{
    const unsigned char *map = ctfi_automaton_map(words);
    ctfi_positions p = ctfi_positions_view(words, head->size);
    memcpy(set, p.start, p.size * sizeof *set);
    if (ctfi_positions_common(set, p.accept, p.size))
        return true;
    for (size_t at = 0; at < text.length;)
        if (ctfi_positions_step(&p, ctfi_positions_row(&p, take_class(map, head->high, text, &at)), set))
            return true;
    return ctfi_positions_common(set, p.at_end, p.size) != 0;
}

uint32_t ctfi_automaton_memory(const uint64_t *words)
{
    ctfi_automaton_head head = ctfi_automaton_head_read(words);
    return head.form == CTFI_AUTOMATON_POSITIONS ? head.size : 0;
}

bool ctfi_automaton_search(const uint64_t *words, ctfi_bytes text, uint64_t *memory)
{
    ctfi_automaton_head head = ctfi_automaton_head_read(words);
    if (head.form == CTFI_AUTOMATON_TABLE)
        return search_table(words, &head, text);
    return search_positions(words, &head, text, memory);
}
