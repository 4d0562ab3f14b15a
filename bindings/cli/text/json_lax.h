/* Where yajl takes more than JSON (RFC 8259) and this program does not. */
#ifndef CLI_JSON_LAX_H
#define CLI_JSON_LAX_H

#include <stddef.h>

/* Looks for what yajl 2.1 would let pass or mend: bytes that are no UTF-8 (it takes overlong forms and
 * surrogates), vertical tab and form feed as blanks, and \u escapes of half a surrogate pair (it reads
 * a high one as '?', a low one as bytes that are no UTF-8). Returns the offset of the first, or length;
 * *why is then a constant text. Whatever stands before that offset is yajl's to judge. */
size_t json_lax(const unsigned char *bytes, size_t length, const char **why);

#endif
