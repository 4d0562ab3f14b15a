/* The stream's JSON reader: tells a walk about messages as yajl parses them, and proves them.
 *
 * It knows nothing of the scan reader (scan_event.c, check.c) and so each is the other's oracle. Where
 * yajl is laxer than RFC 8259 the reader is not; stream_yajl.c says where that is. yajl sees a message
 * once it is complete: given pieces, it would read a string again from its start for every piece, which
 * is quadratic. */
#ifndef CTFI_MATCH_STREAM_YAJL_H
#define CTFI_MATCH_STREAM_YAJL_H

#include "match/match.h"

typedef struct ctfi_yajl ctfi_yajl;

#ifdef CTFI_HAVE_YAJL

/* CTF_E_NOMEM. The scratch must outlive the reader. */
ctf_status ctfi_yajl_new(ctf_scratch *scratch, ctfi_yajl **out);
void ctfi_yajl_free(ctfi_yajl *reader);

/* A ctfi_read_fn; *proof becomes CTFI_PROVED or CTFI_REFUTED. Texts without escapes are told as lasting:
 * the message must stay until the scratch's next one. Linear in the message at any depth; once warm
 * it calls no allocator. CTF_E_NOMEM leaves the reader usable. */
ctf_status ctfi_yajl_read(void *reader, ctfi_bytes message, ctfi_proof *proof);

#else

static inline ctf_status ctfi_yajl_new(ctf_scratch *scratch, ctfi_yajl **out)
{
    (void)scratch;
    *out = NULL;
    return CTF_E_ABSENT;
}

static inline void ctfi_yajl_free(ctfi_yajl *reader)
{
    (void)reader;
}

static inline ctf_status ctfi_yajl_read(void *reader, ctfi_bytes message, ctfi_proof *proof)
{
    (void)reader, (void)message, (void)proof;
    return CTF_E_ABSENT;
}

#endif

#endif
