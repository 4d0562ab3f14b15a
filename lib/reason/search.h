/* Is there a message for which some claims hold and others do not? */
#ifndef CTFI_REASON_SEARCH_H
#define CTFI_REASON_SEARCH_H

#include "reason/trait.h"

typedef struct ctfi_goal {
    const ctfi_claim *claim;
    bool want;
} ctfi_goal;

/* What messages are like: which model they are built by. */
typedef enum ctfi_world { CTFI_WORLD_JSON, CTFI_WORLD_TEXT, CTFI_WORLD_LINES } ctfi_world;

ctfi_world ctfi_world_of(const ctfi_tree *tree);

/* Looks for a message in the world with all goals met; CTFI_NO is certain of that world. CTFI_UNDECIDED where the search
 * is given up. The message is the job's, and not confirmed by the matcher yet. */
ctfi_answer ctfi_search(ctfi_traits *traits, ctfi_world world, const ctfi_goal *goals, size_t n, ctfi_bytes *message);

#endif
