/* What both ways over a document share (scan.c, stream.c): the options, and a message's way from its
 * frame through a reader to the callback. */
#ifndef CTFI_MATCH_REPORT_H
#define CTFI_MATCH_REPORT_H

#include <ctfilter/scan.h>

#include "match/frame.h"
#include "match/match.h"

/* Tells the scratch's walk about a message; may prove or refute it on the way. */
typedef ctf_status (*ctfi_read_fn)(void *reader, ctfi_bytes message, ctfi_proof *proof);

typedef struct ctfi_report {
    ctf_scratch *scratch;
    ctfi_read_fn read;
    void *reader;
    ctf_hit_fn hit;
    void *context;
    bool all;       /* messages without a hit are reported too */
    uint64_t index; /* of the next message */
} ctfi_report;

/* Checks the caller's options (NULL: all defaults) and fills in the defaults; CTF_E_ARGUMENT. The
 * member's bytes stay the caller's. */
ctf_status ctfi_report_options(const ctf_scan_options *given, ctf_scan_options *out, ctf_error *error);

void ctfi_report_frame(const ctfi_report *report, const ctf_scan_options *options, ctfi_framer *frame);

/* Matches the message at `offset` of the document and reports it; CTF_E_NOMEM, CTF_E_STOPPED. The
 * scratch is taken. */
ctf_status ctfi_report_message(ctfi_report *report, ctfi_bytes message, uint64_t offset, ctf_error *error);

/* Words for a failure that is not the document's. */
ctf_status ctfi_report_failure(ctf_status status, uint64_t offset, ctf_error *error);

#endif
