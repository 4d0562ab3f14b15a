/* UTF-8: one reading rule for everybody. Well-formed means RFC 3629: no overlongs, no surrogates,
 * nothing above U+10FFFF. */
#ifndef CTFI_BASE_UTF8_H
#define CTFI_BASE_UTF8_H

#include "base/bytes.h"

/* Length in bytes (1..4) of the well-formed sequence at p, its code point in *point; 0 when the bytes
 * at p begin none. length > 0 bytes may be read. */
size_t ctfi_utf8_read(const unsigned char *p, size_t length, uint32_t *point);

/* Writes a code point (no surrogate, <= U+10FFFF); returns 1..4. */
size_t ctfi_utf8_write(uint32_t point, unsigned char out[4]);

/* Is all of it well-formed? */
bool ctfi_utf8_valid(const unsigned char *p, size_t length);

/* Code points, counting every byte that begins no sequence as one. */
size_t ctfi_utf8_count(const unsigned char *p, size_t length);

/* Is it a letter of any script (general category L*, and N* below 0x80 excluded)? Used for bare terms
 * (spec: filter-patterns 3). From the Unicode data the build carries; ASCII letters included. */
bool ctfi_utf8_is_letter(uint32_t point);

#endif
