/* One message through the tiers. The entry points (match.c, scan.c, stream.c) drive these steps; a reader
 * stands between begin and finish. */
#ifndef CTFI_MATCH_MATCH_H
#define CTFI_MATCH_MATCH_H

#include <ctfilter/match.h>

#include "match/probe.h"
#include "match/walk.h"
#include "simd/kernel.h"

/* Takes the scratch for a call: CTF_E_BUSY when another call has it. Every taker releases. */
ctf_status ctfi_scratch_take(ctf_scratch *scratch);
void ctfi_scratch_release(ctf_scratch *scratch);

/* The scratch's walk, for readers; whether any pattern needs the event read; its prober, allocator and
 * kernel. */
ctfi_walk *ctfi_scratch_walk(ctf_scratch *scratch);
bool ctfi_scratch_reads_json(const ctf_scratch *scratch);
ctfi_prober *ctfi_scratch_prober(ctf_scratch *scratch);
const ctf_allocator *ctfi_scratch_allocator(const ctf_scratch *scratch);
const ctfi_kernel *ctfi_scratch_kernel(const ctf_scratch *scratch);

/* Forgets the last message. */
void ctfi_match_begin(ctf_scratch *scratch);

/* The scan reader: tells the walk about a message in one piece. */
ctf_status ctfi_scan_event(ctf_scratch *scratch, ctfi_bytes message);

/* What is known about the message being one JSON object. */
typedef enum ctfi_proof { CTFI_UNKNOWN, CTFI_PROVED, CTFI_REFUTED } ctfi_proof;

/* Splits the message and searches it where patterns ask, runs the candidates, proves the message when a
 * JSON pattern would match and `proof` is unknown, and lists the hits. */
ctf_status ctfi_match_finish(ctf_scratch *scratch, ctfi_bytes message, ctfi_proof proof, ctf_hits *out);

#endif
