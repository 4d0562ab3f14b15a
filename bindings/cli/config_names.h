/* Names and what they stand for: a hash table of texts, each with a number, in which a name may stand more than
 * once. */
#ifndef CLI_CONFIG_NAMES_H
#define CLI_CONFIG_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/types.h>

typedef struct config_name {
    ctf_text name;
    size_t value;
    bool taken;
} config_name;

/* Starts as {0}. The texts are views that must live as long. */
typedef struct config_names {
    config_name *slots; /* open addressing, less than half of them taken */
    size_t room;        /* a power of 2, or 0 */
    size_t n;
} config_names;

void names_add(config_names *names, ctf_text name, size_t value);

/* The first entry of a name; NULL when there is none. */
const config_name *names_find(const config_names *names, ctf_text name);

/* Goes through the values of a name in the order in which they were added. *at begins as 0 and belongs to the
 * walk. Returns false behind the last one. */
bool names_next(const config_names *names, ctf_text name, size_t *at, size_t *value);

void names_free(config_names *names);

/* Are two texts the same bytes? Does a text have these words? */
bool text_equal(ctf_text a, ctf_text b);
bool text_is(ctf_text text, const char *words);

#endif
