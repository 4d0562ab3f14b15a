/* The facts of one message: a bit each, and the list of those set, so that forgetting a message costs
 * what it set and not the size of the filter. */
#ifndef CTFI_MATCH_FACTS_H
#define CTFI_MATCH_FACTS_H

#include "program/image.h"

typedef struct ctfi_facts {
    uint64_t *bits; /* n_facts of them */
    uint32_t *set;  /* those that are set, in the order in which they were; room for n_facts */
    uint32_t n_set;
} ctfi_facts;

static inline bool ctfi_fact_is(const ctfi_facts *facts, uint32_t fact)
{
    return (facts->bits[fact / 64] >> (fact % 64) & 1) != 0;
}

/* CTFI_NONE is fine: nobody asks. */
static inline void ctfi_fact_set(ctfi_facts *facts, uint32_t fact)
{
    if (fact == CTFI_NONE || ctfi_fact_is(facts, fact))
        return;
    facts->bits[fact / 64] |= UINT64_C(1) << (fact % 64);
    facts->set[facts->n_set++] = fact;
}

static inline void ctfi_facts_clear(ctfi_facts *facts)
{
    for (uint32_t i = 0; i < facts->n_set; i++)
        facts->bits[facts->set[i] / 64] = 0;
    facts->n_set = 0;
}

#endif
