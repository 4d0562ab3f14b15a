/* One property as a machine over code points. State 0 is the first. */
#ifndef CTFI_REASON_MACHINE_H
#define CTFI_REASON_MACHINE_H

#include "program/list.h"
#include "reason/language.h"
#include "reason/stands.h"

#define CTFI_MACHINE_DEAD UINT32_MAX        /* the property can hold no more */
#define CTFI_MACHINE_FULL (UINT32_MAX - 1)  /* it holds whatever follows */
#define CTFI_MACHINE_LOST (UINT32_MAX - 2)  /* too large to go on */

/* A piece of a literal, with the lengths to fall back to. */
typedef struct ctfi_piece {
    const uint32_t *points;
    uint32_t *fallback;
    uint32_t n;
} ctfi_piece;

/* Sets of stands that have been met, as bits. */
typedef struct ctfi_met {
    uint64_t *bits;
    bool at_end; /* it holds if the text ends here */
} ctfi_met;

typedef struct ctfi_machine {
    ctfi_job *job;
    const ctfi_property *property;
    ctfi_piece *pieces; /* TEXT and CONTAINS: one; GLOB: between its stars */
    uint32_t n_pieces;
    bool open;          /* GLOB: the last star stands at the end */
    uint32_t *base;     /* GLOB: the first state of each piece */
    ctfi_stands stands; /* REGEX */
    size_t words;       /* of a set */
    CTFI_LIST(ctfi_met) met;
    ctfi_met room;      /* the set that is being made */
} ctfi_machine;

void ctfi_machine_init(ctfi_machine *machine, ctfi_job *job, const ctfi_property *property);

/* The state before any character. */
uint32_t ctfi_machine_start(ctfi_machine *machine);

/* The state behind a character; DEAD, FULL and LOST stay. */
uint32_t ctfi_machine_step(ctfi_machine *machine, uint32_t state, uint32_t point);

/* Does the property hold of a text that ends in this state? */
bool ctfi_machine_holds(const ctfi_machine *machine, uint32_t state);

#endif
