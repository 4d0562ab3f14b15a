/* What is known of the fields of CloudTrail's records. */
#ifndef CTFI_REASON_CLOUDTRAIL_H
#define CTFI_REASON_CLOUDTRAIL_H

#include "base/job.h"
#include "pattern/tree.h"

/* Types as a set. */
enum {
    CTFI_TYPE_STRING = 1,
    CTFI_TYPE_BOOLEAN = 2,
    CTFI_TYPE_NUMBER = 4,
    CTFI_TYPE_OBJECT = 8,
    CTFI_TYPE_ARRAY = 16,
    CTFI_TYPE_NULL = 32
};

/* What a selector finds in a record. */
typedef struct ctfi_cloudtrail_place {
    uint32_t known;  /* steps that lead along known fields */
    unsigned types;  /* of what is there; 0: nothing is known of it */
    bool missing;    /* the next step leads to no field that there is */
} ctfi_cloudtrail_place;

ctfi_cloudtrail_place ctfi_cloudtrail_find(const ctfi_selector *selector);

/* The n-th field, in the order of the table; false behind the last. */
typedef struct ctfi_cloudtrail_field {
    const char *path;
    unsigned types;
    bool strong;
} ctfi_cloudtrail_field;
bool ctfi_cloudtrail_field_at(size_t n, ctfi_cloudtrail_field *out);

/* A selector that was probably meant. */
typedef struct ctfi_near {
    ctfi_selector selector;
    bool sure; /* it differs in upper and lower case only */
} ctfi_near;

/* For a selector whose step `at` leads to no field (ctfi_cloudtrail_find): one beside it that is spelled almost so, or the
 * only field of the last key's name. */
bool ctfi_cloudtrail_near(ctfi_job *job, const ctfi_selector *selector, uint32_t at, ctfi_near *out);

/* The first n steps of one selector, a step between (may be NULL), then those of another from `from` on. */
ctfi_selector ctfi_cloudtrail_composed(ctfi_job *job, const ctfi_selector *head, uint32_t n, const ctfi_step *middle,
                                       const ctfi_selector *tail, uint32_t from);

#endif
