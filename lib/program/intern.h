/* One table that says whether something was seen before: (space, owner, bytes) -> number. Everything
 * that patterns share is found through it, so that planning is linear in the patterns. */
#ifndef CTFI_PROGRAM_INTERN_H
#define CTFI_PROGRAM_INTERN_H

#include "base/bytes.h"
#include "program/list.h"

/* What a number stands for; equal bytes in different spaces have nothing to do with each other. */
typedef enum ctfi_space {
    CTFI_SPACE_KEY,       /* owner: node; a child's edge */
    CTFI_SPACE_INDEX,     /* owner: node; the bytes of the step's uint32_t */
    CTFI_SPACE_TEXT,      /* owner: leaf */
    CTFI_SPACE_GLOB,      /* owner: leaf */
    CTFI_SPACE_NEEDLE,    /* owner: leaf */
    CTFI_SPACE_REGEX,     /* owner: leaf */
    CTFI_SPACE_NUMBER,    /* owner: leaf; the number as typed */
    CTFI_SPACE_AUTOMATON, /* owner: 0; the expression's source */
    CTFI_SPACE_ACCESSOR,  /* owner: type and index; no bytes */
    CTFI_SPACE_COUNT,     /* owner: the count; no bytes */
    CTFI_SPACE_STRING     /* owner: 0; an offset in the image's BYTES */
} ctfi_space;

typedef struct ctfi_interned {
    uint64_t hash;
    ctfi_bytes key; /* a view that must live as long as the table */
    uint32_t owner;
    ctfi_space space;
    uint32_t value;
} ctfi_interned;

/* Zero-initialised it is empty. */
typedef struct ctfi_intern {
    CTFI_LIST(ctfi_interned) entries;
    uint32_t *slots; /* of entries; UINT32_MAX is free */
    size_t n_slots;  /* a power of two, more than twice the entries */
    uint64_t seed;
} ctfi_intern;

/* Where the number of this key stands; UINT32_MAX there when the key is new. Valid until the next call. */
uint32_t *ctfi_intern_find(ctfi_job *job, ctfi_intern *table, ctfi_space space, uint32_t owner, ctfi_bytes key);

#endif
