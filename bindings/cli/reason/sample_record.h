/* Messages dressed as records of CloudTrail. */
#ifndef CLI_SAMPLE_RECORD_H
#define CLI_SAMPLE_RECORD_H

#include <ctfilter/explain.h>

#include "blob.h"

/* Makes records for one pattern; `words` explains it alone and must live as long. */
typedef struct sample_dresser sample_dresser;
sample_dresser *sample_dresser_new(ctf_text pattern, const ctf_explanation *words);
void sample_dresser_free(sample_dresser *dresser);

/* Appends a record on which the pattern and each of its tests come out as on the message, and which otherwise has the
 * fields of a record of CloudTrail; the message itself where there is no such record. */
void sample_dress(sample_dresser *dresser, ctf_text message, blob *out);

#endif
