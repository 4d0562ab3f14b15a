/* Base64 (RFC 4648, alphabet of section 4) as subscription payloads carry it. */
#ifndef CLI_BASE64_H
#define CLI_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes `length` characters decode to at most. */
size_t base64_room(size_t length);

/* Decodes into out, which has base64_room(length) bytes, and stores how many were written. Padding may
 * be missing; blanks and line ends between characters are skipped. Returns false when another character
 * stands there, when padding is not at the end or too long, or when a last group has one character. Bits
 * that a last group has left over are not looked at. */
bool base64_decode(const char *text, size_t length, unsigned char *out, size_t *written);

#endif
