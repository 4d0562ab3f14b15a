/* What is known of the fields of CloudTrail's records. */
#ifndef CTFI_REASON_CLOUDTRAIL_H
#define CTFI_REASON_CLOUDTRAIL_H

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

#endif
