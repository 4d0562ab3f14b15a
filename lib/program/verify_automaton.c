#include "program/automaton.h"

#include "program/automaton_words.h"

static bool map_in_range(const uint64_t *words, uint32_t classes)
{
    const unsigned char *map = ctfi_automaton_map(words);
    for (size_t i = 0; i < 256; i++)
        if (map[i] >= classes)
            return false;
    return true;
}

/* A state is the place of a whole row. */
static bool is_state(const ctfi_automaton_head *head, uint32_t state)
{
    return state % head->classes == 0 && state / head->classes < head->size;
}

static const char *verify_table(const uint64_t *words, uint32_t count, const ctfi_automaton_head *head)
{
    /* 2: the run stops at the states 0 and 1 without asking whether there are such. */
    if (head->size < 2 || head->size > CTFI_DFA_MAX_STATES)
        return "an automaton's number of states is out of range";
    uint32_t entries = head->size * head->classes;
    if (entries > CTFI_AUTOMATON_ENTRIES)
        return "an automaton's table is too large";
    if (CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP + ctfi_words_of_bits(head->size) +
            ctfi_words_of_entries(entries) != count)
        return "an automaton's table does not fill its words";
    if (!is_state(head, head->start))
        return "an automaton starts in no state";
    const unsigned char *table = ctfi_table_entries(words, head->size);
    for (uint32_t i = 0; i < entries; i++)
        if (!is_state(head, ctfi_table_next(table, i)))
            return "an automaton's table leads to no state";
    return NULL;
}

/* The sets may hold any bits: a step only combines words of the same place and its neighbours, and the
 * class, bounded above, chooses the row. */
static const char *verify_positions(uint32_t count, const ctfi_automaton_head *head)
{
    uint64_t sets = (uint64_t)CTFI_AUTOMATON_MASKS + head->classes;
    if (head->size == 0)
        return "an automaton has no positions";
    if (CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP + sets * head->size != count)
        return "an automaton's sets do not fill its words";
    return head->start == 0 ? NULL : "an automaton of positions names a first state";
}

const char *ctfi_automaton_verify(const uint64_t *words, uint32_t count)
{
    if (count < CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP)
        return "an automaton is cut short";
    ctfi_automaton_head head = ctfi_automaton_head_read(words);
    if (words[0] >> 40 != 0)
        return "an automaton's head has unknown bits";
    if (head.classes == 0 || head.classes > CTFI_AUTOMATON_CLASSES || head.high >= head.classes)
        return "an automaton's number of classes is out of range";
    if (!map_in_range(words, head.classes))
        return "an automaton maps a character to no class";
    if (head.form == CTFI_AUTOMATON_TABLE)
        return verify_table(words, count, &head);
    return head.form == CTFI_AUTOMATON_POSITIONS ? verify_positions(count, &head) : "an automaton has no known form";
}
