/* The messages of a document, out of whatever they are wrapped in. */
#ifndef CLI_MATCH_DOCUMENTS_H
#define CLI_MATCH_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "match_worker.h"

/* Matches the messages of whole documents of a kind (INPUT_CLOUDTRAIL to INPUT_LINES) that stand in data,
 * one after another; the last may be cut short. `base` is where data begins in the input. Complains of
 * what is not framed as the kind says; messages before the fault have been reported. */
void match_documents(match_worker *worker, int kind, const unsigned char *data, size_t length, uint64_t base);

#endif
