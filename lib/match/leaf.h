/* The tests of a leaf on one text: exact texts, wildcards, regexes, numbers, substrings. Each sets facts. */
#ifndef CTFI_MATCH_LEAF_H
#define CTFI_MATCH_LEAF_H

#include "match/facts.h"
#include "program/table.h"
#include "simd/kernel.h"

/* What every test needs; lives in the scratch. */
typedef struct ctfi_tester {
    const ctfi_image *image;
    const ctfi_image_leaf *leaves;
    ctfi_lookup texts;
    const ctfi_kernel *kernel;
    ctfi_facts facts;
    uint64_t *memory; /* for the largest automaton of the image */
} ctfi_tester;

/* A JSON string's characters; a JSON number as spelled (spec: filter-patterns 5.4); a field of a
 * space-delimited message (6.3); the whole message (3 and 4). */
void ctfi_leaf_string(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text);
void ctfi_leaf_number(ctfi_tester *tester, uint32_t leaf, ctfi_bytes spelled);
void ctfi_leaf_field(ctfi_tester *tester, uint32_t leaf, ctfi_bytes text);
void ctfi_leaf_message(ctfi_tester *tester, uint32_t leaf, ctfi_bytes message);

#endif
