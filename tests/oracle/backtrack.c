/* Searching a regular expression by trying everything, remembering what failed so that it ends. */
#include "tree.h"

#include <limits.h>

/* The text cut into characters: a byte that begins no UTF-8 sequence is one, not in U+0000..U+00FF. */
typedef struct attempt {
    const oracle_branch *branch;
    const unsigned short *characters; /* 0..255, or 256 for all others */
    size_t n;
    bool *failed; /* (n + 1) places for each atom and the end */
} attempt;

static bool match_from(const attempt *a, size_t atom_index, size_t place);

static bool repeat(const attempt *a, size_t atom_index, size_t place)
{
    const oracle_atom *atom = &a->branch->atoms[atom_index];
    for (unsigned count = 0;; count++) {
        if (count >= atom->min && match_from(a, atom_index + 1, place))
            return true;
        if (count == atom->max || place == a->n || !atom->set[a->characters[place]])
            return false;
        place++;
    }
}

static bool match_from(const attempt *a, size_t atom_index, size_t place)
{
    if (atom_index == a->branch->n)
        return true;
    const oracle_atom *atom = &a->branch->atoms[atom_index];
    if (atom->type != ATOM_SET) {
        bool there = atom->min == 0 || (atom->type == ATOM_START ? place == 0 : place == a->n);
        return there && match_from(a, atom_index + 1, place);
    }
    bool *failed = &a->failed[atom_index * (a->n + 1) + place];
    if (*failed)
        return false;
    *failed = !repeat(a, atom_index, place);
    return !*failed;
}

static size_t cut(oracle_text text, unsigned short *characters)
{
    size_t n = 0;
    for (size_t at = 0; at < text.length; n++) {
        unsigned point = UINT_MAX;
        size_t length = oracle_utf8(text.data + at, text.length - at, &point);
        characters[n] = point > 0xff ? 256 : (unsigned short)point;
        at += length == 0 ? 1 : length;
    }
    return n;
}

static bool search_branch(oracle_pool *pool, const oracle_branch *branch, const unsigned short *characters,
                          size_t n)
{
    attempt a = {branch, characters, n, oracle_alloc(pool, (n + 1) * (branch->n + 1), sizeof *a.failed)};
    for (size_t place = 0; place <= n; place++)
        if (match_from(&a, 0, place))
            return true;
    return false;
}

bool oracle_regex_search(const oracle_regex *regex, oracle_text text)
{
    oracle_pool pool = {NULL};
    unsigned short *characters = oracle_alloc(&pool, text.length + 1, sizeof *characters);
    size_t n = cut(text, characters);
    bool found = false;
    for (size_t i = 0; i < regex->n && !found; i++)
        found = search_branch(&pool, &regex->branches[i], characters, n);
    oracle_pool_free(&pool);
    return found;
}
