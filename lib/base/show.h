/* Other people's text in messages: NUL-terminated UTF-8, control characters as blanks, bytes that are no UTF-8 as
 * question marks. What is too long is cut with dots, at a code point. */
#ifndef CTFI_BASE_SHOW_H
#define CTFI_BASE_SHOW_H

#include <ctfilter/error.h>

#include "base/bytes.h"

/* Writes the text into `size` bytes, at least 4, with the NUL. */
void ctfi_show(ctfi_bytes text, char *out, size_t size);

/* A text of the service, as long as an error keeps one. */
typedef struct ctfi_said {
    char text[sizeof((ctf_error *)NULL)->service];
} ctfi_said;

/* `before`, the value, `after`. It is the value that is cut where all of it is too long: `before` and `after` leave
 * room for dots. */
ctfi_said ctfi_quote(const char *before, ctfi_bytes value, const char *after);

#endif
