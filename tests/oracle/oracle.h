/* The oracle: the filter pattern language a second time, written from the specification alone.
 *
 * Slow and obvious: a tree is parsed and walked for every message, a JSON event becomes a tree of
 * values, a regular expression is backtracked. It shares no code and no header with the library, is
 * linked to tests only and may be wrong in other places than the library is: where the two differ,
 * the specification decides. It knows no limits but the service's own, recurses as deep as its input
 * is nested, and ends the process when memory is out. */
#ifndef ORACLE_H
#define ORACLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct oracle_text {
    const unsigned char *data;
    size_t length;
} oracle_text;

/* A view of a string constant without its NUL. */
#define ORACLE_TEXT(literal) ((oracle_text){(const unsigned char *)(literal), sizeof(literal) - 1})

/* Blocks that are freed together. Starts as {NULL}. */
typedef struct oracle_pool {
    struct oracle_block *blocks;
} oracle_pool;

void oracle_pool_free(oracle_pool *pool);

typedef enum oracle_verdict { ORACLE_NO_MATCH, ORACLE_MATCH, ORACLE_REFUSED } oracle_verdict;

/* The verdict of one pattern on one message. */
oracle_verdict oracle_match(oracle_text pattern, oracle_text message);

/* The same in two steps. _new returns NULL for a pattern that the service refuses; the text must live
 * as long as the pattern. */
typedef struct oracle_pattern oracle_pattern;
oracle_pattern *oracle_pattern_new(oracle_text text);
void oracle_pattern_free(oracle_pattern *pattern);
bool oracle_pattern_match(const oracle_pattern *pattern, oracle_text message);

typedef enum oracle_kind { ORACLE_ALL, ORACLE_TERMS, ORACLE_REGEX, ORACLE_FIELDS, ORACLE_JSON } oracle_kind;
oracle_kind oracle_pattern_kind(const oracle_pattern *pattern);

/* One entry of what the service calls extractedValues. */
typedef struct oracle_field {
    oracle_text name; /* empty for an unnamed one */
    size_t position;  /* from 1, among all tokens */
    oracle_text text;
} oracle_field;

/* The extracted fields of a space-delimited pattern on a message that it matches, in the order of the
 * message; 0 for other kinds. Texts are views into the message and the pattern. */
size_t oracle_fields(const oracle_pattern *pattern, oracle_text message, oracle_pool *pool,
                     const oracle_field **out);

typedef enum oracle_type {
    ORACLE_MISSING,
    ORACLE_NULL,
    ORACLE_BOOLEAN,
    ORACLE_NUMBER,
    ORACLE_STRING,
    ORACLE_ARRAY,
    ORACLE_OBJECT
} oracle_type;

/* text: a string's characters, a number as spelled, "true" or "false", else empty. */
typedef struct oracle_value {
    oracle_type type;
    oracle_text text;
} oracle_value;

/* What stands at a JSON selector without wildcard in a message that is one JSON object. Returns false
 * when the selector is none or has a wildcard, or the message is no such object. */
bool oracle_extract(oracle_text selector, oracle_text message, oracle_pool *pool, oracle_value *out);

/* Is the message one JSON object in which no object has a key twice? */
bool oracle_is_plain(oracle_text message);

#endif
