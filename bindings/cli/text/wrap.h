/* Prose on a terminal. */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include "blob.h"

#define WRAP_WIDTH 100

/* Appends text in lines of at most WRAP_WIDTH columns, each indented; the text is made safe for terminals. Ends with
 * a newline. */
void wrap(blob *out, ctf_text text, size_t indent);

/* Appends n blanks. */
void wrap_blanks(blob *out, size_t n);

/* Columns that a text takes: its characters. */
size_t wrap_columns(ctf_text text);

/* Appends a value as JSON writes it, cut after `most` characters. */
void wrap_quoted(blob *out, ctf_text text, size_t most);

#endif
