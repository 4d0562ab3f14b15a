/* Cases as documents: patterns, messages and verdicts in plain text (the format is told in
 * tests/cases/README.md). The reader checks the form and nothing else. */
#ifndef SUPPORT_CASES_H
#define SUPPORT_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/types.h>

/* What must be extracted of a message: a field of a space-delimited pattern, or the value at a selector. */
typedef struct cases_want {
    bool field;
    size_t position;      /* field: from 1 */
    const char *name;     /* field: its name, "" without; value: the selector */
    const char *type;     /* value: missing, null, boolean, number, string, array, object */
    ctf_text text;
} cases_want;

typedef struct cases_message {
    const char *name; /* "json-001:recorded", or "" */
    size_t line;
    bool match;
    ctf_text text;
    cases_want *wants;
    size_t n_wants;
} cases_message;

typedef struct cases_pattern {
    size_t line;
    ctf_text text;
    bool refused;
    const char *name;    /* of the refusal, as a message's */
    const char *kind;    /* of the refusal, as ctf_error_kind_name says it; "" for any */
    bool has_offset;
    size_t offset;
    ctf_text service;    /* the service's text; length 0 where it is not known */
    cases_message *messages;
    size_t n_messages;
} cases_pattern;

typedef struct cases_file {
    const char *path;
    cases_pattern *patterns;
    size_t n;
    struct cases_block *blocks; /* memory of all of it */
} cases_file;

/* Reads a file; prints where and what is wrong and ends the process when it is no such document. */
void cases_read(const char *path, cases_file *out);
void cases_free(cases_file *file);

#endif
