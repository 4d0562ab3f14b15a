/* The working memory of matching. Only scratch.c, match.c and scan_event.c look inside. */
#ifndef CTFI_MATCH_SCRATCH_H
#define CTFI_MATCH_SCRATCH_H

#include "match/check.h"
#include "match/index.h"
#include "match/leaf.h"
#include "match/probe.h"
#include "match/tokens.h"
#include "match/walk_state.h"

struct ctf_scratch {
    ctf_allocator allocator;
    const ctf_filter *filter;
    const ctfi_image *image;
    ctfi_tester tester;
    ctfi_walk walk;
    ctfi_index index;
    ctfi_depth depth;
    ctfi_tokens tokens;
    unsigned char *decoded; /* the string just read, escapes decoded */
    size_t decoded_capacity;
    uint32_t *hits;
    size_t hits_capacity;
    ctfi_bitset candidates; /* patterns run for this message */
    ctfi_bitset matched;    /* those that held */
    ctfi_prober prober;
    unsigned flags; /* CTF_TRUSTED_JSON, CTF_NO_PROBE */
    bool taken;
};

#endif
