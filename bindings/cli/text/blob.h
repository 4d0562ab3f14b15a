/* Bytes that grow and are reused: what a file held, what it inflated to, what is to be written. */
#ifndef CLI_BLOB_H
#define CLI_BLOB_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/types.h>

/* Starts as {0}. */
typedef struct blob {
    unsigned char *data;
    size_t length;
    size_t capacity;
} blob;

/* Makes room for `more` bytes behind the length, at least doubling. Returns false, with the blob as it
 * was, when memory is out. */
bool blob_reserve(blob *b, size_t more);

/* Appends; the end of the program with status 2 when memory is out. */
void blob_append(blob *b, const void *bytes, size_t length);
void blob_append_words(blob *b, const char *text);
void blob_append_byte(blob *b, char byte);

/* Drops the first n bytes (n <= length). */
void blob_drop(blob *b, size_t n);

/* Empties it for the next use, giving memory beyond `keep` bytes back. */
void blob_reuse(blob *b, size_t keep);

void blob_free(blob *b);

#endif
