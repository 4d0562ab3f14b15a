/* The characters of a JSON string: the one place of the scan side that decodes escapes. */
#ifndef CTFI_MATCH_UNESCAPE_H
#define CTFI_MATCH_UNESCAPE_H

#include "base/bytes.h"

/* Decodes what stands between the quotes into `out`, which has raw.length bytes, and returns how many it
 * used. A bad escape is copied as it stands (a message with one is never proved). */
size_t ctfi_unescape(ctfi_bytes raw, unsigned char *out);

#endif
