/* The one interface between the two JSON readers and the tests: where in the selector tree we are.
 *
 * A reader tells what it meets in the order of the text; walk answers whether a value is of interest.
 * A value of no interest must be passed over without telling (the reader is free to skip it fast); a
 * value of interest is told by exactly one of string, number, literal, or open ... close. The reader
 * may assume a well-formed message: what it tells of a malformed one does not matter, for the message
 * will not be proved (see check.h), as long as open and close are in balance.
 *
 *   ctfi_walk_begin
 *   ctfi_walk_open(object)            the event itself
 *     ctfi_walk_key -> interest         then its value if of interest
 *   ctfi_walk_close
 *   ctfi_walk_end -> again?
 *
 * One value can stand at several nodes ($.a.b and $.a.* both want it), so places are sets of nodes.
 *
 * Duplicate keys: the last one counts (spec 5.2). The first pass only notices that a key of interest
 * came twice in one object. Then ctfi_walk_end says so and the reader tells the whole message twice
 * more: once to collect the members, once with those muted that a later one replaces. Both passes see
 * the same interest answers as the first. */
#ifndef CTFI_MATCH_WALK_H
#define CTFI_MATCH_WALK_H

#include <ctfilter/match.h>

#include "match/facts.h"

typedef enum ctfi_container { CTFI_OBJECT, CTFI_ARRAY } ctfi_container;

typedef struct ctfi_walk ctfi_walk;

/* Starts the first pass over a message, or the next one after ctfi_walk_end said `true`. */
void ctfi_walk_begin(ctfi_walk *walk);

/* The value now due is an object or array (for the event itself: right after begin). Returns whether
 * anything inside is of interest; if not, the reader passes over it and does not close. */
bool ctfi_walk_open(ctfi_walk *walk, ctfi_container container);

/* What the innermost open container is. */
ctfi_container ctfi_walk_container(const ctfi_walk *walk);

/* In an open object: the next member's key, escapes decoded. Returns whether its value is of interest. It is not when
 * the key is of none of the classes of the container's frame (walk_state.h); then it need not be told.
 * `lasting`: the bytes stay as they are until the scratch's next message (else walk copies what it
 * keeps). */
bool ctfi_walk_key(ctfi_walk *walk, ctfi_bytes key, bool lasting);

/* In an open array: the next element. Returns whether it is of interest. */
bool ctfi_walk_element(ctfi_walk *walk);

/* The value now due: a string (escapes decoded), a number as spelled, or true, false, null. */
void ctfi_walk_string(ctfi_walk *walk, ctfi_bytes text, bool lasting);
void ctfi_walk_number(ctfi_walk *walk, ctfi_bytes text, bool lasting);
typedef enum ctfi_word { CTFI_TRUE, CTFI_FALSE, CTFI_NULL } ctfi_word;
void ctfi_walk_word(ctfi_walk *walk, ctfi_word word);

/* The innermost open container ends. */
void ctfi_walk_close(ctfi_walk *walk);

/* The message ends. *again: tell it once more from ctfi_walk_begin on. CTF_E_NOMEM when memory ran out
 * on the way (telling on after that is harmless). */
ctf_status ctfi_walk_end(ctfi_walk *walk, bool *again);

#endif
