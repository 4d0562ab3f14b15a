/* The wildcard of values, and nothing else: this one function decides how '*' matches. */
#ifndef CTFI_MATCH_GLOB_H
#define CTFI_MATCH_GLOB_H

#include "base/bytes.h"

/* Leftmost without going back (spec: filter-patterns 5.6, observed on the service): the pattern is split
 * at '*'; the first piece is a prefix, every next one is taken at its first occurrence, the last must
 * end exactly at the end with that first occurrence. "*10.10" does not match "10.10.10". */
bool ctfi_glob_match(ctfi_bytes pattern, ctfi_bytes text);

#endif
