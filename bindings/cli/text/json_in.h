/* A JSON document as a tree: for patterns in files, requests, vectors, envelopes.
 *
 * Reads strict JSON (RFC 8259) in valid UTF-8, one value with nothing but blanks around it. yajl does
 * the reading; where it is laxer than the standard this module decides:
 * - it takes bytes that are no UTF-8, vertical tab and form feed as blanks, and half a surrogate pair
 *   (\ud800 alone) as something else; here these are errors (json_lax.h);
 * - yajl checks none of its allocations and bounds no depth; here depth is at most JSON_DEPTH and a
 *   failed allocation ends the program (need());
 * - duplicate keys are kept in order; json_get answers with the last, as the service's readers do.
 * Numbers are kept as they are spelled. Nothing recurses on depth. */
#ifndef CLI_JSON_IN_H
#define CLI_JSON_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/types.h>

#define JSON_DEPTH 1024
#define JSON_MOST 2000000 /* values of a file's document */

typedef enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY, /* this and what follows it have children */
    JSON_OBJECT
} json_type;

/* Where something begins in the source. Lines and columns count from 1, columns in characters. */
typedef struct json_place {
    uint32_t line;
    uint32_t column;
} json_place;

/* One value. Members of an object and elements of an array are its children in their order. */
typedef struct json_value {
    json_type type;
    ctf_text key;  /* of a member, escapes decoded; empty elsewhere */
    ctf_text text; /* JSON_STRING: its characters, escapes decoded (U+0000 may be among them);
                      JSON_NUMBER: as it is spelled. NUL-terminated for convenience */
    size_t n;      /* children */
    struct json_value *first;
    struct json_value *next;   /* the sibling behind */
    struct json_value *parent; /* NULL at the root */
    json_place place;
    json_place key_place;      /* of a member's key */
    int lead;                  /* JSON_STRING: characters from the place to the text's first, where the text stands
                                  in the source as it reads; -1 where escapes or folding changed it */
    bool tagged;               /* an object of one member that a YAML tag spelled (!Ref) */
} json_value;

/* Why a document was refused. line and column count from 1, column in bytes. */
typedef struct json_error {
    size_t offset;
    size_t line;
    size_t column;
    char message[160];
} json_error;

/* A tree and its memory. */
typedef struct json_document json_document;

/* Reads a document. Returns NULL and fills *error when it is refused. The tree owns its texts; the
 * bytes are not needed afterwards. */
json_document *json_read(const void *bytes, size_t length, json_error *error);

/* The same for a piece of a larger text that begins at `start` there; *error counts from the piece's beginning.
 * Refuses more than `most` values. */
json_document *json_read_piece(const void *bytes, size_t length, json_place start, size_t most, json_error *error);
void json_free(json_document *document);
const json_value *json_root(const json_document *document);

/* The last member of that name; NULL when there is none or `value` is NULL or no object. */
const json_value *json_get(const json_value *value, const char *key);

/* Goes through a tree in the order of its document, root first: the value behind `at`, NULL behind the last one. */
const json_value *json_walk(const json_value *root, const json_value *at);

/* Is it (not NULL and) of that type? */
static inline bool json_is(const json_value *value, json_type type)
{
    return value != NULL && value->type == type;
}

/* Is it a string of exactly this text? */
bool json_is_text(const json_value *value, const char *text);

/* Does a whole number stand there that fits? Exponents and fractions do not count as whole. */
bool json_whole(const json_value *value, int64_t *out);

#endif
