/* Passing over JSON by its brackets and quotes alone, 64 bytes a step, in one piece or many. */
#ifndef CTFI_MATCH_SKIP_H
#define CTFI_MATCH_SKIP_H

#include "simd/kernel.h"

/* Where a pass stands between two pieces. Zero it and set depth to the number of brackets that are
 * open. */
typedef struct ctfi_skip {
    uint64_t in_string; /* all bits inside a string, else 0 */
    uint64_t escaped;   /* 1 when the next byte is escaped */
    size_t depth;
} ctfi_skip;

/* Reads [p, end) until the depth is 0 and returns the place behind that closing bracket; NULL when the
 * piece ends first (go on with the next one). Kinds of brackets are not paired up. */
const unsigned char *ctfi_skip_brackets(const ctfi_kernel *kernel, ctfi_skip *state, const unsigned char *p,
                                        const unsigned char *end);

#endif
