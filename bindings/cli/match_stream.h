/* A document too large to hold, handed to the library's chunked reader as it arrives. */
#ifndef CLI_MATCH_STREAM_H
#define CLI_MATCH_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "match_worker.h"

/* One document, from its first byte to its last. */
typedef struct match_stream match_stream;

/* Can documents of this kind be read in chunks? */
bool match_stream_can(int kind);

/* Starts a document of such a kind that begins at byte `base` of the input. Ends the program when memory
 * is out. */
match_stream *match_stream_open(match_worker *worker, int kind, uint64_t base);

/* Hands over the next bytes. After a fault, which is complained of, or when enough was found, the worker
 * wants no more of the input. */
void match_stream_feed(match_stream *stream, const unsigned char *data, size_t length);

/* The document is complete, or the input ends in it. Frees the stream; NULL is fine. */
void match_stream_close(match_stream *stream);

#endif
