/* What the matcher says: the only source of verdicts in this room. */
#ifndef CTFI_REASON_ASK_H
#define CTFI_REASON_ASK_H

#include <stdbool.h>

#include <ctfilter/filter.h>

#include "base/bytes.h"
#include "base/job.h"

/* Compiles the patterns, each of which compiles, and tells of each whether it matches the message. Leaves through
 * the job when memory is out. All memory is the job's. */
const bool *ctfi_ask(ctfi_job *job, const ctfi_bytes *patterns, size_t n, ctfi_bytes message);

/* The same of one pattern, which may be refused: then false. */
bool ctfi_ask_one(ctfi_job *job, ctfi_bytes pattern, ctfi_bytes message);

/* Does it compile? */
bool ctfi_ask_compiles(ctfi_job *job, ctfi_bytes pattern);

/* A compiled set of patterns to ask of many messages. */
typedef struct ctfi_asker ctfi_asker;
ctfi_asker *ctfi_asker_new(ctfi_job *job, const ctfi_bytes *patterns, size_t n);
const bool *ctfi_asker_ask(ctfi_asker *asker, ctfi_bytes message); /* valid until the next question */

/* An allocator whose blocks are the job's arena's and are freed with it. The job must outlive it. */
ctf_allocator ctfi_ask_allocator(ctfi_job *job);

#endif
