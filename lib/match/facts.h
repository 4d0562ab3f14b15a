/* The facts of one message. */
#ifndef CTFI_MATCH_FACTS_H
#define CTFI_MATCH_FACTS_H

#include "match/bitset.h"
#include "program/image.h"

typedef ctfi_bitset ctfi_facts;

static inline bool ctfi_fact_is(const ctfi_facts *facts, uint32_t fact)
{
    return ctfi_bitset_has(facts, fact);
}

/* CTFI_NONE is fine: nobody asks. */
static inline void ctfi_fact_set(ctfi_facts *facts, uint32_t fact)
{
    if (fact != CTFI_NONE)
        ctfi_bitset_add(facts, fact);
}

#endif
