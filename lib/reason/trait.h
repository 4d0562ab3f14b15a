/* Patterns as claims about traits of a message, as the plan has them as formulas over facts: a trait is one thing that a
 * message has or has not, a claim joins them.
 *
 * Every test of the language is a claim over traits without denial in disguise: != is "comparable, and not equal". Under
 * a wildcard a trait is that some value has it. Equal traits of all patterns are one. */
#ifndef CTFI_REASON_TRAIT_H
#define CTFI_REASON_TRAIT_H

#include "program/list.h"
#include "program/plan.h"
#include "reason/language.h"

typedef enum ctfi_trait_type {
    CTFI_TRAIT_PRESENT,    /* something is there */
    CTFI_TRAIT_TEXTUAL,    /* a string or a number */
    CTFI_TRAIT_COMPARABLE, /* the same without numbers that overflow a double */
    CTFI_TRAIT_TEXT,       /* its text is this; of a line, its field */
    CTFI_TRAIT_GLOB,
    CTFI_TRAIT_REGEX,
    CTFI_TRAIT_NUMBER,     /* equals the bare number: of a string, its typed text; of a number or field, its value */
    CTFI_TRAIT_LT,
    CTFI_TRAIT_LE,
    CTFI_TRAIT_GT,
    CTFI_TRAIT_GE,
    CTFI_TRAIT_NULL,        /* null itself */
    CTFI_TRAIT_NULL_INSIDE, /* null, or an array with a null in it */
    CTFI_TRAIT_TRUE,
    CTFI_TRAIT_FALSE,
    CTFI_TRAIT_CONTAINS,   /* of the message */
    CTFI_TRAIT_TOKENS      /* a line has so many at least */
} ctfi_trait_type;

typedef struct ctfi_trait {
    ctfi_trait_type type;
    const ctfi_step *steps; /* JSON: where */
    uint32_t n_steps;
    ctfi_place place;       /* of a line: where */
    uint32_t tokens;
    ctfi_literal literal;   /* where the type has one */
} ctfi_trait;

typedef enum ctfi_claim_type { CTFI_CLAIM_ALL, CTFI_CLAIM_ANY, CTFI_CLAIM_TRAIT } ctfi_claim_type;

/* ALL of nothing always holds. */
typedef struct ctfi_claim {
    ctfi_claim_type type;
    bool denied;            /* TRAIT: it must not be there */
    uint32_t trait;
    struct ctfi_claim *first;
    struct ctfi_claim *next;
    const ctfi_node *node;  /* what it is of the tree; NULL: it is said around that */
} ctfi_claim;

typedef struct ctfi_traits {
    ctfi_job *job;
    unsigned most; /* questions to the model that a search may ask; 0: as many as there are usually */
    bool apart; /* patterns of lines of different shapes: a last field that may be many tokens has a place of its own */
    CTFI_LIST(ctfi_trait) list;
} ctfi_traits;

/* Added to the index of such a place. */
#define CTFI_PLACE_APART (UINT32_MAX / 2)

/* What a pattern claims; its traits are added. */
ctfi_claim *ctfi_claim_of(ctfi_traits *traits, const ctfi_tree *tree);

/* The claim within another that a node of the tree is; NULL where it has no part in that. */
const ctfi_claim *ctfi_claim_of_node(const ctfi_claim *claim, const ctfi_node *node);

/* Is it compared with numbers? */
static inline bool ctfi_trait_is_numeric(const ctfi_trait *trait)
{
    return trait->type >= CTFI_TRAIT_NUMBER && trait->type <= CTFI_TRAIT_GE;
}

/* That something is at a selector, of the type; as a claim. */
ctfi_claim *ctfi_claim_at(ctfi_traits *traits, const ctfi_selector *selector, ctfi_trait_type type);

/* Is it a property of a text? Then *out is it. A NUMBER is one of strings of JSON. */
bool ctfi_trait_property(const ctfi_trait *trait, bool want, ctfi_property *out);

/* Has a number of this value the numeric trait? */
bool ctfi_trait_of_number(const ctfi_trait *trait, const ctfi_decimal *value);

#endif
