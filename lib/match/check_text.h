/* What the check reads byte by byte: scalars that are no strings, and escapes. */
#ifndef CTFI_MATCH_CHECK_TEXT_H
#define CTFI_MATCH_CHECK_TEXT_H

#include "base/bytes.h"

/* p < end is the first byte of a run of bytes outside strings that are no blanks, brackets, commas, colons
 * or quotes. Is the whole run one number, true, false or null? */
bool ctfi_check_scalar(const unsigned char *p, const unsigned char *end);

/* Is the byte, outside strings, one that such a run ends before? */
bool ctfi_ends_scalar(unsigned char c);

/* p is behind a backslash. The place behind its escape, which includes the other half of a surrogate pair,
 * or NULL when it is none. */
const unsigned char *ctfi_check_escape(const unsigned char *p, const unsigned char *end);

#endif
