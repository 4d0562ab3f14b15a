/* Passing over JSON values whose bytes arrive in pieces: finds where a value ends, proves nothing.
 *
 * Only quotes, escapes and the balance of brackets are looked at. Brackets of different shape are not
 * told apart: whoever reads the value will. */
#ifndef CLI_SKIP_H
#define CLI_SKIP_H

#include <stdbool.h>
#include <stddef.h>

/* Where in a value the last piece ended. Starts as {0} before each value. */
typedef struct skip {
    size_t depth;
    bool begun;
    bool string;
    bool escape;
    bool scalar;   /* in a number or a word; its end shows only in what follows */
    bool to_blank; /* set by the caller: what is no object, array or string goes on to the next blank */
} skip;

/* Goes on from data[*at] with a value (at its first byte when s is {0}). Returns true with *at behind
 * the value, or false with *at == length when the data ends first. A byte that can begin no value is
 * passed as one. */
bool skip_value(skip *s, const unsigned char *data, size_t length, size_t *at);

/* Moves *at over blanks (space, tab, CR, LF). Returns false at the end of the data. */
bool skip_blanks(const unsigned char *data, size_t length, size_t *at);

/* The top-level values of a document that grows; {0} at its start. `complete` bytes hold whole values
 * and what is between them. */
typedef struct values {
    skip skip;
    size_t at;
    size_t complete;
} values;

/* Goes on through data, which begins where it did in the last call and may have grown. */
void values_find(values *v, const unsigned char *data, size_t length);

#endif
