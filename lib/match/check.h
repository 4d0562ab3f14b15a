/* The proof that a message is one JSON object: strict grammar (RFC 8259), UTF-8, no lone surrogate
 * escape, only blanks around (spec: filter-patterns 5.2 and 10). The only tier that reads all bytes. */
#ifndef CTFI_MATCH_CHECK_H
#define CTFI_MATCH_CHECK_H

#include <ctfilter/types.h>

#include "base/bytes.h"
#include "simd/kernel.h"

/* One bit for each open container; grows to the deepest message seen and is reused. */
typedef struct ctfi_depth {
    ctf_allocator allocator;
    uint64_t *bits;
    size_t words;
} ctfi_depth;

void ctfi_depth_free(ctfi_depth *depth);

/* Sets *proved. Any depth; memory is one bit a level. */
ctf_status ctfi_check_event(const ctfi_kernel *kernel, ctfi_depth *depth, ctfi_bytes message, bool *proved);

/* Does the text hold a \u escape of a surrogate without its partner? For readers whose parser does not
 * tell. `text` is JSON that a parser has accepted. */
bool ctfi_check_lone_surrogate(ctfi_bytes text);

#endif
