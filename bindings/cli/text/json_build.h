/* Growing a tree of json_in.h in the order of its document, whatever its syntax.
 *
 * The document owns all memory; a failed allocation ends the program (need()). Nothing but the depth and the
 * number of values is checked here. */
#ifndef CLI_JSON_BUILD_H
#define CLI_JSON_BUILD_H

#include "base/arena.h"
#include "json_in.h"

struct json_document {
    ctfi_arena arena;
    json_value *root;
};

/* The tree so far and where the next value goes. */
typedef struct json_builder {
    json_document *document;
    json_value *open;     /* the innermost array or object that is not closed */
    json_value *last;     /* its last child so far */
    ctf_text key;         /* of the next member */
    json_place key_place;
    size_t depth;
    size_t most;          /* values of the document */
    size_t left;          /* how many more may come */
    char refusal[48];     /* why the last value was refused; empty: none was */
} json_builder;

/* Starts a document of at most `most` values; it is the caller's to free, also when it stays unfinished. */
json_document *json_build_start(json_builder *b, size_t most);

/* Memory of the document. */
void *json_build_take(json_document *document, size_t size);

/* A NUL-terminated copy in the document's memory. */
ctf_text json_build_text(json_document *document, const void *text, size_t length);

/* The key of the member that comes next; the text must be the document's. */
void json_build_key(json_builder *b, ctf_text key, json_place place);

/* Appends a value where the document stands; an array or object is left open. NULL, with `refusal` set, when
 * it is nested too deep or one too many. */
json_value *json_build_value(json_builder *b, json_type type, json_place place);

/* Closes the innermost array or object. */
void json_build_close(json_builder *b);

#endif
