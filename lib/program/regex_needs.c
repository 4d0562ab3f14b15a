/* Which neighbours every text holds that a regular expression matches: those of characters that stand side by side in
 * each branch. Only ASCII is looked at, for other characters are more than one byte. */
#include "base/bits.h"
#include "base/neighbours.h"
#include "pattern/regex.h"
#include "program/plan.h"

#define NONE (-1) /* no character that is known */

/* The one character of a set, or NONE. */
static int only_character(const ctfi_charset *set)
{
    bool other = set->high || (set->low[2] | set->low[3]) != 0;
    if (other || ctfi_popcount(set->low[0]) + ctfi_popcount(set->low[1]) != 1)
        return NONE;
    return (int)(set->low[0] != 0 ? ctfi_lowest(set->low[0]) : 64 + ctfi_lowest(set->low[1]));
}

static uint64_t pair(int a, int b)
{
    return a == NONE || b == NONE ? 0 : ctfi_neighbour((unsigned char)a, (unsigned char)b);
}

static uint64_t of_branch(const ctfi_branch *branch)
{
    uint64_t bits = 0;
    int before = NONE;
    for (uint32_t i = 0; i < branch->n_atoms; i++) {
        const ctfi_atom *atom = &branch->atoms[i];
        int c = atom->min == 0 ? NONE : only_character(&atom->set);
        bits |= pair(before, c) | (atom->min > 1 ? pair(c, c) : 0);
        before = c; /* however often it stands there */
    }
    return bits;
}

uint64_t ctfi_regex_neighbours(const ctfi_regex *regex)
{
    uint64_t bits = regex->n_branches == 0 ? 0 : UINT64_MAX;
    for (uint32_t i = 0; i < regex->n_branches; i++)
        bits &= of_branch(&regex->branches[i]);
    return bits;
}
