/* Messages with given traits, or that there is none. */
#ifndef CTFI_REASON_MODEL_H
#define CTFI_REASON_MODEL_H

#include "reason/wish.h"

/* Builds a JSON object with the traits that are wanted and without those that are not. All traits are of JSON. CTFI_NO is
 * certain. */
ctfi_answer ctfi_model_json(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out);

/* The same for lines; all traits are of space-delimited patterns with the same number of fields and the same place of an
 * ellipsis, or of traits that are apart: then last fields without an ellipsis are left out of account. */
ctfi_answer ctfi_model_line(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out);

#endif
