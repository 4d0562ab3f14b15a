/* What is asked of one value: traits that it must have and must not. */
#ifndef CTFI_REASON_WISH_H
#define CTFI_REASON_WISH_H

#include "reason/trait.h"

typedef struct ctfi_wish {
    const ctfi_trait *trait;
    uint32_t at; /* steps of the trait's selector that lead to the value at hand */
    bool want;
} ctfi_wish;

typedef struct ctfi_wishes {
    const ctfi_wish *at;
    size_t n;
} ctfi_wishes;

/* Finds a string of JSON, its characters; wishes that speak of values below must have been looked at. */
ctfi_answer ctfi_wish_string(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out);

/* Finds a number of JSON, as it is spelled. */
ctfi_answer ctfi_wish_number(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out);

/* Finds the text of a field of a line, without the characters of `without`. */
ctfi_answer ctfi_wish_field(ctfi_job *job, ctfi_wishes wishes, const char *without, ctfi_bytes *out);

/* Finds a message for terms and regular expressions. */
ctfi_answer ctfi_wish_message(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out);

#endif
