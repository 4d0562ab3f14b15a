/* The positions form of a parsed expression; the table form is made from it where it is small. */
#include "program/automaton.h"

#include "program/automaton_table.h"
#include "pattern/regex.h"
#include "program/automaton_words.h"

#define HIGH 256u /* the symbol that stands for every character above U+00FF */
#define SYMBOLS (HIGH + 1)

/* Characters that no set tells apart share a class. Classes are numbered in the order of their first
 * symbols, so that those of the low characters fit a byte. */
typedef struct partition {
    uint16_t of[SYMBOLS];
    uint16_t first[SYMBOLS]; /* first symbol of each class */
    uint32_t classes;
} partition;

/* The sets of the positions form while they are filled. */
typedef struct draft {
    const partition *classes;
    uint32_t size;
    uint64_t *start;
    uint64_t *restart;
    uint64_t *skip;
    uint64_t *again;
    uint64_t *accept;
    uint64_t *at_end;
    uint64_t *rows;
} draft;

static bool contains(const ctfi_charset *set, uint32_t symbol)
{
    return symbol == HIGH ? set->high : set->low[symbol / 64] >> symbol % 64 & 1;
}

static uint32_t positions_of(const ctfi_atom *atom)
{
    if (atom->max != CTFI_REGEX_FOREVER)
        return atom->max;
    return atom->min > 0 ? atom->min : 1;
}

/* Splits every class into the symbols inside and outside of the set. */
static void refine(partition *p, const ctfi_charset *set)
{
    uint16_t numbers[SYMBOLS][2];
    uint32_t classes = 0;
    memset(numbers, 0xFF, sizeof numbers);
    for (uint32_t symbol = 0; symbol < SYMBOLS; symbol++) {
        uint16_t *number = &numbers[p->of[symbol]][contains(set, symbol)];
        if (*number == UINT16_MAX) {
            p->first[classes] = (uint16_t)symbol;
            *number = (uint16_t)classes++;
        }
        p->of[symbol] = *number;
    }
    p->classes = classes;
}

static void divide(partition *p, const ctfi_regex *regex)
{
    memset(p, 0, sizeof *p);
    p->classes = 1;
    for (uint32_t b = 0; b < regex->n_branches; b++)
        for (uint32_t a = 0; a < regex->branches[b].n_atoms; a++)
            refine(p, &regex->branches[b].atoms[a].set);
}

/* Bits of all branches, one more each than it has positions; at least one, so that there is a set. */
static uint32_t count_bits(const ctfi_regex *regex)
{
    uint32_t bits = 0;
    for (uint32_t b = 0; b < regex->n_branches; b++, bits++)
        for (uint32_t a = 0; a < regex->branches[b].n_atoms; a++)
            bits += positions_of(&regex->branches[b].atoms[a]);
    return bits > 0 ? bits : 1;
}

static void set_bit(uint64_t *set, uint32_t bit)
{
    set[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void set_bits(uint64_t *set, uint32_t first, uint32_t n)
{
    while (n > 0) {
        uint32_t room = 64 - first % 64;
        uint32_t take = n < room ? n : room;
        set[first / 64] |= ~(uint64_t)0 >> (64 - take) << first % 64;
        first += take;
        n -= take;
    }
}

/* Returns the bit behind the atom's last position. */
static uint32_t add_atom(draft *d, const ctfi_atom *atom, uint32_t bit)
{
    uint32_t n = positions_of(atom);
    for (uint32_t class = 0; class < d->classes->classes; class++)
        if (contains(&atom->set, d->classes->first[class]))
            set_bits(d->rows + (size_t)class * d->size, bit, n);
    if (atom->min < n)
        set_bits(d->skip, bit + atom->min, n - atom->min);
    if (atom->max == CTFI_REGEX_FOREVER)
        set_bit(d->again, bit + n);
    return bit + n;
}

/* Returns the bit behind the branch's last. */
static uint32_t add_branch(draft *d, const ctfi_branch *branch, uint32_t bit)
{
    set_bit(d->start, bit);
    if (!branch->at_start)
        set_bit(d->restart, bit);
    for (uint32_t a = 0; a < branch->n_atoms; a++)
        bit = add_atom(d, &branch->atoms[a], bit);
    set_bit(branch->at_end ? d->at_end : d->accept, bit);
    return bit + 1;
}

static void close_start(draft *d)
{
    uint64_t carry = 0;
    for (uint32_t w = 0; w < d->size; w++)
        d->start[w] = ctfi_positions_close(d->start[w], d->skip[w], &carry);
}

static void write_head(uint64_t *words, const partition *p, uint32_t size)
{
    unsigned char *map = (unsigned char *)(words + CTFI_AUTOMATON_HEAD);
    ctfi_automaton_head head = {CTFI_AUTOMATON_POSITIONS, p->classes, p->of[HIGH], size, 0};
    ctfi_automaton_head_write(words, &head);
    for (uint32_t symbol = 0; symbol < HIGH; symbol++)
        map[symbol] = (unsigned char)p->of[symbol];
}

/* The draft's sets in the order of ctfi_positions. */
static draft place_sets(uint64_t *sets, uint32_t size, const partition *p)
{
    size_t step = size;
    return (draft){p,
                   size,
                   sets,
                   sets + step,
                   sets + 2 * step,
                   sets + 3 * step,
                   sets + 4 * step,
                   sets + 5 * step,
                   sets + CTFI_AUTOMATON_MASKS * step};
}

ctfi_automaton ctfi_automaton_build_positions(ctfi_job *job, const ctfi_regex *regex)
{
    partition *p = ctfi_job_alloc(job, 1, sizeof *p);
    divide(p, regex);
    uint32_t size = (uint32_t)ctfi_words_of_bits(count_bits(regex));
    uint32_t before = CTFI_AUTOMATON_HEAD + CTFI_AUTOMATON_MAP;
    uint32_t count = before + (CTFI_AUTOMATON_MASKS + p->classes) * size;
    uint64_t *words = ctfi_job_zero(job, count, sizeof *words);
    write_head(words, p, size);
    draft d = place_sets(words + before, size, p);
    uint32_t bit = 0;
    for (uint32_t b = 0; b < regex->n_branches; b++)
        bit = add_branch(&d, &regex->branches[b], bit);
    close_start(&d);
    return (ctfi_automaton){words, count};
}

ctfi_automaton ctfi_automaton_build(ctfi_job *job, const ctfi_regex *regex)
{
    ctfi_automaton positions = ctfi_automaton_build_positions(job, regex);
    ctfi_automaton table;
    return ctfi_automaton_tabulate(job, positions.words, &table) ? table : positions;
}
