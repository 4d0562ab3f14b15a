/* Writing a text into the caller's buffer the way snprintf does: what does not fit is counted and left
 * out. */
#ifndef CTFI_ALARM_TEXT_H
#define CTFI_ALARM_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include <ctfilter/types.h>

typedef struct ctfi_writer {
    char *buffer; /* may be NULL when size is 0 */
    size_t size;
    size_t length; /* of the whole text so far */
} ctfi_writer;

void ctfi_write(ctfi_writer *out, const void *bytes, size_t length);
void ctfi_write_words(ctfi_writer *out, const char *text);
void ctfi_write_unsigned(ctfi_writer *out, uint64_t value);
void ctfi_write_double(ctfi_writer *out, double value); /* in Java's form, "1.0E10" */

/* In quotes and with JSON's escapes; bytes that are no UTF-8 become U+FFFD. */
void ctfi_write_json(ctfi_writer *out, ctf_text text);

/* Ends the text with a NUL, cut at a code point where it does not fit, and returns its whole length. */
size_t ctfi_write_end(ctfi_writer *out);

#endif
