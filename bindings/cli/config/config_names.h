/* Names and what they stand for: a hash table of texts, each with a number, in which a name may stand more than
 * once. Which names share a place differs from run to run, so that nobody can choose names that all do. */
#ifndef CLI_CONFIG_NAMES_H
#define CLI_CONFIG_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/types.h>

typedef struct config_name {
    ctf_text name;
    size_t value;
    size_t next; /* the entry of this name added next, counted from 1; 0: none */
    size_t last; /* of the first entry of a name: the last one, counted from 1 */
} config_name;

/* Starts as {0}. The texts are views that must live as long. */
typedef struct config_names {
    config_name *entries; /* in the order in which they were added */
    size_t n, room;
    size_t *slots; /* the first entry of each name, counted from 1; 0: free. Less than half of them taken */
    size_t n_slots; /* a power of 2, or 0 */
    size_t n_names;
    uint64_t seed;
} config_names;

void names_add(config_names *names, ctf_text name, size_t value);

/* The first entry of a name, valid until the next one is added; NULL when there is none. */
const config_name *names_find(const config_names *names, ctf_text name);

/* Goes through the values of a name in the order in which they were added. *at begins as 0 and belongs to the
 * walk. Returns false behind the last one. */
bool names_next(const config_names *names, ctf_text name, size_t *at, size_t *value);

void names_free(config_names *names);

/* Are two texts the same bytes? Does a text have these words? */
bool text_equal(ctf_text a, ctf_text b);
bool text_is(ctf_text text, const char *words);

#endif
