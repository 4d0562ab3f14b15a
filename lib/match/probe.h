/* Tier 0: passing over messages that hold none of a filter's needles (program/probe.h).
 *
 * A search finds places, in the order of the text. Where a message holds no place, no pattern matches it; the
 * other way round a place says little, so neither what surrounds it nor which needle it was is told.
 *
 * The prober watches what it is good for. When of the last 64 messages or more over three quarters passed,
 * or a place was looked at more than 16 times a message in vain, it rests for the next 4,096 messages. Its
 * answers depend on nothing but the messages told to it, in their order. */
#ifndef CTFI_MATCH_PROBE_H
#define CTFI_MATCH_PROBE_H

#include "program/image.h"
#include "simd/kernel.h"

typedef struct ctfi_prober {
    const ctf_filter *filter;
    const ctfi_kernel *kernel;
    ctfi_pairs pairs; /* one for each needle; n = 0: no probe */
    uint32_t seen, passed; /* messages of this turn */
    uint32_t looks;        /* places of pairs at which no needle stood */
    uint32_t rest;         /* messages still to be read without a look */
} ctfi_prober;

/* No probe when `flags` has CTF_NO_PROBE. */
void ctfi_prober_init(ctfi_prober *prober, const ctf_filter *filter, const ctfi_kernel *kernel, unsigned flags);

/* Is it of use for the next message? */
static inline bool ctfi_prober_works(const ctfi_prober *prober)
{
    return prober->pairs.n != 0 && prober->rest == 0;
}

/* The first place of a needle in the text, or its end. */
const unsigned char *ctfi_prober_find(ctfi_prober *prober, ctfi_bytes text);

/* The first place from p on; lines that end before it are counted, as kernel->pairs_lines does. After 1,024
 * looks in vain any place will do, so that they are noted. */
const unsigned char *ctfi_prober_find_lines(ctfi_prober *prober, ctfi_bytes text, ctfi_lines *lines,
                                            const unsigned char *p);

/* So many messages went by, of which some passed. */
void ctfi_prober_note(ctfi_prober *prober, uint64_t messages, uint64_t passed);

/* Must the message be read? Notes it. */
bool ctfi_prober_passes(ctfi_prober *prober, ctfi_bytes message);

#endif
