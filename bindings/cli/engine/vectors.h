/* Files of test vectors: one JSON object a line, a request together with what is expected of it (spec:
 * README). */
#ifndef CLI_VECTORS_H
#define CLI_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "json_in.h"

typedef struct cli_vector {
    json_document *document;
    const char *file; /* the caller's text */
    size_t line;
    ctf_text request; /* what is put to an engine: a line with its newline */
} cli_vector;

/* Vectors in the order of their files. Starts as {0}. */
typedef struct vector_list {
    cli_vector *items;
    size_t n;
    size_t room;
} vector_list;

/* Appends the vectors of a file, "-" being standard input. Blank lines are skipped. Returns false after
 * it has told the user which line is no vector and why. */
bool vectors_read(vector_list *list, const char *path);
void vectors_free(vector_list *list);

/* What a vector says of itself: its kind ("filter" when it has none), the family of its id (what stands
 * before the number), its confidence; "-" where it says nothing. The id as it may be printed. */
ctf_text vector_kind(const cli_vector *vector);
ctf_text vector_family(const cli_vector *vector);
ctf_text vector_confidence(const cli_vector *vector);
ctf_text vector_id(const cli_vector *vector);

/* Does a member of a vector tell what the answer must be? */
bool vector_expects(const json_value *member);

#endif
