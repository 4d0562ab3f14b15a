/* Subset construction: a state is a set of the positions form, found breadth first from the start.
 *
 * The first two states are fixed (automaton_words.h): what has matched, and the empty set. A set with a match
 * already certain is the first, whatever else is in it. */
#include "program/automaton_table.h"

#include "base/hash.h"
#include "program/automaton_words.h"

#define MATCHED 0u
#define HOPELESS 1u
#define TOO_MANY UINT32_MAX

#define SLOTS (2 * CTFI_DFA_MAX_STATES)

/* Words of sets computed at most: about a millisecond. */
#define WORK_LIMIT ((uint64_t)1 << 18)

typedef struct tabulator {
    ctfi_job *job;
    ctfi_positions positions;
    uint32_t classes;
    uint32_t states;
    uint64_t *sets; /* of each state, and one behind them that is under way */
    size_t sets_capacity;
    uint16_t *next; /* [state][class], numbers of states */
    size_t next_capacity;
    uint16_t slots[SLOTS]; /* hash of a set to its state, 0: free */
} tabulator;

static uint64_t *set_of(tabulator *t, uint32_t state)
{
    return t->sets + (size_t)state * t->positions.size;
}

static bool is_empty(const uint64_t *set, uint32_t size)
{
    return ctfi_positions_common(set, set, size) == 0;
}

/* Puts a copy of a state's set, or of any other, behind the last state's. */
static void put_under_way(tabulator *t, const uint64_t *set)
{
    memcpy(set_of(t, t->states), set, t->positions.size * sizeof *set);
}

static void make_room(tabulator *t)
{
    size_t states = (size_t)t->states + 1;
    t->sets = ctfi_job_grow(t->job, t->sets, &t->sets_capacity, states * t->positions.size, sizeof *t->sets);
    t->next = ctfi_job_grow(t->job, t->next, &t->next_capacity, states * t->classes, sizeof *t->next);
}

/* The state of the set that stands behind the last state's; a new one takes its place there. */
static uint32_t find_state(tabulator *t)
{
    const uint64_t *set = set_of(t, t->states);
    size_t bytes = t->positions.size * sizeof *set;
    size_t slot = ctfi_hash(0, 0, (const unsigned char *)set, bytes) % SLOTS;
    for (; t->slots[slot] != 0; slot = (slot + 1) % SLOTS)
        if (memcmp(set_of(t, t->slots[slot]), set, bytes) == 0)
            return t->slots[slot];
    if (t->states == CTFI_DFA_MAX_STATES)
        return TOO_MANY;
    t->slots[slot] = (uint16_t)t->states;
    return t->states++;
}

static uint32_t state_of(tabulator *t, bool certain)
{
    if (certain)
        return MATCHED;
    return is_empty(set_of(t, t->states), t->positions.size) ? HOPELESS : find_state(t);
}

static uint32_t find_start(tabulator *t)
{
    const ctfi_positions *p = &t->positions;
    make_room(t);
    put_under_way(t, p->start);
    return state_of(t, ctfi_positions_common(p->start, p->accept, p->size) != 0);
}

static uint32_t follow(tabulator *t, uint32_t state, uint32_t class)
{
    const ctfi_positions *p = &t->positions;
    make_room(t);
    put_under_way(t, set_of(t, state));
    return state_of(t, ctfi_positions_step(p, ctfi_positions_row(p, class), set_of(t, t->states)) != 0);
}

static bool follow_all(tabulator *t)
{
    uint64_t work = 0;
    for (uint32_t state = HOPELESS + 1; state < t->states; state++)
        for (uint32_t class = 0; class < t->classes; class++) {
            uint32_t next = follow(t, state, class);
            work += t->positions.size;
            if (next == TOO_MANY || work > WORK_LIMIT)
                return false;
            t->next[state * t->classes + class] = (uint16_t)next;
        }
    return true;
}

/* The two fixed states lead to themselves. */
static void add_fixed_states(tabulator *t)
{
    t->states = HOPELESS + 1;
    make_room(t);
    for (uint32_t class = 0; class < t->classes; class++) {
        t->next[class] = MATCHED;
        t->next[t->classes + class] = HOPELESS;
    }
}

static void write_states(tabulator *t, uint64_t *at_end)
{
    at_end[0] |= 1;
    for (uint32_t state = HOPELESS + 1; state < t->states; state++)
        if (ctfi_positions_common(set_of(t, state), t->positions.at_end, t->positions.size))
            at_end[state / 64] |= (uint64_t)1 << state % 64;
}

static void write_entries(const tabulator *t, unsigned char *entries)
{
    for (uint32_t i = 0; i < t->states * t->classes; i++) {
        uint16_t place = (uint16_t)(t->next[i] * t->classes);
        memcpy(entries + 2 * (size_t)i, &place, sizeof place);
    }
}

static ctfi_automaton write_table(ctfi_job *job, tabulator *t, const uint64_t *words, uint32_t start)
{
    ctfi_automaton_head head = ctfi_automaton_head_read(words);
    size_t before = CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP;
    size_t bits = ctfi_words_of_bits(t->states);
    size_t count = before + bits + ctfi_words_of_entries((uint64_t)t->states * t->classes);
    uint64_t *out = ctfi_job_zero(job, count, sizeof *out);
    head.form = CTFI_AUTOMATON_TABLE;
    head.size = t->states;
    head.start = start * t->classes;
    memcpy(out, words, before * sizeof *out);
    ctfi_automaton_head_write(out, &head);
    write_states(t, out + before);
    write_entries(t, (unsigned char *)(out + before + bits));
    return (ctfi_automaton){out, (uint32_t)count};
}

bool ctfi_automaton_tabulate(ctfi_job *job, const uint64_t *words, ctfi_automaton *out)
{
    ctfi_automaton_head head = ctfi_automaton_head_read(words);
    tabulator t = {.job = job, .positions = ctfi_positions_view(words, head.size), .classes = head.classes};
    add_fixed_states(&t);
    uint32_t start = find_start(&t);
    if (!follow_all(&t) || t.states * t.classes > CTFI_AUTOMATON_ENTRIES)
        return false;
    *out = write_table(job, &t, words, start);
    return true;
}
