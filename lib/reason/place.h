/* Where in a text something is. */
#ifndef CTFI_REASON_PLACE_H
#define CTFI_REASON_PLACE_H

#include "base/bytes.h"
#include "base/job.h"
#include "pattern/regex.h"

/* Moves *at to the first occurrence of the word from there on; the word is not empty. */
bool ctfi_place_text(ctfi_bytes text, ctfi_bytes word, size_t *at);

/* The same with ASCII letters of either case alike. */
bool ctfi_place_text_any_case(ctfi_bytes text, ctfi_bytes word, size_t *at);

/* The leftmost match of an expression, and the longest of those that begin there. False when there is none, and
 * where looking would take too long (positions times characters beyond 2^28). */
bool ctfi_place_regex(ctfi_job *job, const ctfi_regex *regex, ctfi_bytes text, ctfi_bytes *out);

/* Are the texts equal but for the case of ASCII letters? */
bool ctfi_place_same_letters(ctfi_bytes a, ctfi_bytes b);

/* Are they one word typed otherwise: in other letters, with neighbours exchanged, or with at most two letters changed,
 * and no more than a third of the shorter one? */
bool ctfi_place_alike(ctfi_bytes a, ctfi_bytes b);

#endif
