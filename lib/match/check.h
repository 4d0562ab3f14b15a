/* The proof that a message is one JSON object: strict grammar (RFC 8259), UTF-8, no lone surrogate
 * escape, only blanks around (spec: filter-patterns 5.2 and 10). The only tier that needs all of it. */
#ifndef CTFI_MATCH_CHECK_H
#define CTFI_MATCH_CHECK_H

#include "match/index.h"
#include "match/nesting.h"

/* Sets *proved: is the text that `index` was begun on one JSON object? The text must still be what it was
 * then: who holds another message begins the index first, also when it lies at the same address. What has
 * been indexed is not indexed again as long as nothing is forgotten; afterwards the window may be anywhere.
 * Any depth; memory is one bit a level, and CTF_E_NOMEM when there is none. */
ctf_status ctfi_check_event(ctfi_index *index, ctfi_depth *depth, bool *proved);

/* Does the text hold a \u escape of a surrogate without its partner? For readers whose parser does not
 * tell. `text` is JSON that a parser has accepted. */
bool ctfi_check_lone_surrogate(ctfi_bytes text);

#endif
