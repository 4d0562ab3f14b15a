/* Writing JSON: bytes in a growing buffer, commas and quotes taken care of.
 *
 * The caller opens and closes in the right order; keys stand before values inside objects. Strings
 * come out as valid UTF-8 whatever goes in: each byte that begins no well-formed sequence becomes
 * U+FFFD. One value per line is the use: nothing is indented. */
#ifndef CLI_JSON_OUT_H
#define CLI_JSON_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <ctfilter/types.h>

#include "json_in.h"

typedef struct json_out {
    char *data;
    size_t length;
    size_t capacity;
    bool follows; /* the next value needs a comma before it */
} json_out;

/* Starts empty: (json_out){0}. Frees the buffer and starts again. */
void json_out_free(json_out *out);

/* Empties the buffer, keeps its memory. */
void json_out_clear(json_out *out);

void json_open(json_out *out, char bracket);  /* '{' or '[' */
void json_close(json_out *out, char bracket); /* '}' or ']' */
void json_key(json_out *out, const char *key);
void json_key_text(json_out *out, ctf_text key);
void json_string(json_out *out, ctf_text text);
void json_words(json_out *out, const char *text); /* a NUL-terminated string */
void json_unsigned(json_out *out, uint64_t value);
void json_signed(json_out *out, int64_t value);
void json_boolean(json_out *out, bool value);
void json_null(json_out *out);

/* A value that is JSON already: a number's spelling, a message that was proved to be JSON. */
void json_raw(json_out *out, ctf_text text);

/* A tree, without blanks. Does not recurse. */
void json_tree(json_out *out, const json_value *value);

/* Writes the buffer and a newline to the stream; empties it. Failure shows in ferror(). */
void json_line(json_out *out, FILE *stream);

#endif
