/* What the files of the probe's planner share: the planner, sets of needles, and what the trigger facts ask of
 * a leaf and of a node. */
#ifndef CTFI_PROGRAM_PROBE_PARTS_H
#define CTFI_PROGRAM_PROBE_PARTS_H

#include "program/image.h"
#include "program/probe_literal.h"

#define CTFI_PROBE_SEARCHES 16u /* wildcards and expressions of a leaf that are looked at one by one */

/* Whether a regular expression's source is what its automaton was built from. */
typedef enum ctfi_source { CTFI_SOURCE_UNKNOWN, CTFI_SOURCE_TRUE, CTFI_SOURCE_FALSE } ctfi_source;

typedef struct ctfi_planner {
    ctfi_job *job;
    const ctfi_image *image;
    uint32_t *key_of;     /* a node's entry of KEYS, or CTFI_NONE */
    uint32_t *first_text; /* a leaf's first entry of TEXTS */
    uint8_t *sources;     /* a ctfi_source for each of REGEXES */
    uint64_t search;      /* cost of a needle */
    ctfi_probe before;    /* of the round before */
    ctfi_probe probe;
} ctfi_planner;

/* Needles any of which is enough. */
typedef struct ctfi_needles {
    uint32_t n;
    ctfi_needle at[CTFI_PROBE_NEEDLES];
} ctfi_needles;

/* Adds a needle, or lets one of the same text pass what it would; false when there is no room. */
bool ctfi_needle_add(ctfi_needle *needles, uint32_t *n, const ctfi_needle *needle);
/* Is one of the same text and type among them? */
bool ctfi_needle_is_known(const ctfi_needle *needles, uint32_t n, const ctfi_needle *wanted);

/* Chooses the two places at which it is looked for. */
void ctfi_needle_anchor(ctfi_needle *needle);

/* What the trigger facts of one leaf ask for. */
typedef struct ctfi_asked {
    const ctfi_image_leaf *leaf;
    uint32_t index;
    uint32_t texts, searches, regexes;
    bool numbers;  /* a number is compared by value */
    bool numberly; /* or by its text */
    uint64_t classes[4]; /* of the texts: as in a needle */
    bool literal;  /* `literals` has one for each text, search and expression */
    ctfi_needles literals;
} ctfi_asked;

/* Lets strings pass that the leaf asks for. */
void ctfi_needle_add_asked(ctfi_needle *needle, const ctfi_asked *asked);

/* leaf may be CTFI_NONE. */
void ctfi_probe_ask(const ctfi_planner *planner, uint32_t leaf, ctfi_writing writing, ctfi_asked *out);

/* Kinds of values that set a trigger fact of the node whatever their text. */
unsigned ctfi_probe_kinds(const ctfi_planner *planner, const ctfi_image_node *node);

static inline bool ctfi_probe_asks(const ctfi_image *image, uint32_t fact)
{
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(image);
    return fact != CTFI_NONE && starts[fact] != starts[fact + 1];
}

#endif
