/* The messages of a document, out of whatever they are wrapped in. */
#ifndef CLI_MATCH_DOCUMENTS_H
#define CLI_MATCH_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "match_worker.h"

/* Matches the messages of whole documents of a kind (INPUT_CLOUDTRAIL to INPUT_LINES) that stand in data,
 * one after another. `base` is where data begins in the input. Complains of what is not framed as the kind
 * says; messages before the fault have been reported. `cut`: what would follow could not be read, so that the
 * last document is not blamed for its sudden end. */
void match_documents(match_worker *worker, int kind, const unsigned char *data, size_t length, uint64_t base,
                     bool cut);

/* Takes a log event that a scan or stream with the worker's `events` found in data that begins at `base` of the
 * input: its message is a string, decoded by now. Returns whether more of the input is wanted. */
bool match_log_event(match_worker *worker, uint64_t base, const ctf_message *found, const ctf_hits *hits);

#endif
