/* A message as a tree of values, or why it is no JSON object.
 *
 * Accepts exactly what match/check.h proves. All of it lies in the job's arena and points into the message. Of
 * duplicate keys all members are there; those that a later one replaces are marked. */
#ifndef CTFI_REASON_JSON_H
#define CTFI_REASON_JSON_H

#include <ctfilter/match.h>

#include "base/bytes.h"
#include "base/job.h"
#include "pattern/tree.h"

typedef struct ctfi_value {
    ctf_value_type type;
    bool truth;        /* BOOLEAN */
    bool replaced;     /* a member whose key comes again later in the object */
    ctfi_bytes source; /* in the message */
    ctfi_bytes text;   /* STRING: its characters; all else: the source */
    ctfi_bytes key;    /* of a member: its characters */
    uint32_t index;    /* among its parent's children, saturated */
    uint32_t depth;    /* 0: the message */
    size_t n;          /* children */
    struct ctfi_value *parent;
    struct ctfi_value *first;
    struct ctfi_value *last;
    struct ctfi_value *next;
} ctfi_value;

typedef struct ctfi_json_fault {
    const char *words; /* what is wrong; NULL: nothing */
    size_t offset;     /* in the message */
} ctfi_json_fault;

/* The message's root, an object; NULL with *fault told. */
const ctfi_value *ctfi_json_read(ctfi_job *job, ctfi_bytes message, ctfi_json_fault *fault);

/* The value behind one in the order of the text, below and beside it; NULL behind the last of root's. */
const ctfi_value *ctfi_json_next(const ctfi_value *root, const ctfi_value *value);

/* The way to a value, as a selector writes it: $.a[2].b; the root is $. */
ctfi_bytes ctfi_json_path(ctfi_job *job, const ctfi_value *value);

/* What a selector finds. */
typedef struct ctfi_selection {
    const ctfi_value **found;
    size_t n;
    const ctfi_value *stop; /* n = 0: the last value on the way (of several the first) */
    uint32_t reached;       /* steps that lead to it */
} ctfi_selection;
ctfi_selection ctfi_json_select(ctfi_job *job, const ctfi_value *root, const ctfi_selector *selector);

#endif
