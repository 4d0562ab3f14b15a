/* A document too large to hold, by the windowful.
 *
 * The messages that are complete in a window are matched as in a whole document. Then the last of them is
 * overwritten with the shortest beginning of a document that ends in a message at the same place, and the next
 * window is what follows behind it. So each window is framed by the library exactly as it would be within the
 * whole, and faults are found at the same byte. Where no message is complete in a window, the library's chunked
 * reader takes over. Behind a fault the document is passed over to its end. */
#ifndef CLI_MATCH_LARGE_H
#define CLI_MATCH_LARGE_H

#include <stdbool.h>
#include <stddef.h>

#include "match_worker.h"
#include "skip.h"

/* {0}: no document is at hand. */
typedef struct match_large {
    match_worker *worker; /* NULL: none */
    int kind;
    bool continued; /* the window begins with a beginning that stands for messages before */
    bool faulty;
    skip skip; /* where in the document the chunked reader stands, or who passes over it */
    ctf_stream *stream;
    uint64_t base; /* of the stream in the input */
} match_large;

/* Can a document of this kind that begins with this byte be taken so? */
bool match_large_can(int kind, unsigned char first);

/* A document begins where the next window does. */
void match_large_begin(match_large *large, match_worker *worker, int kind);

/* Works on a window, which begins at byte `base` of the input, and may write to it. Returns how many of its bytes
 * are done; the others, and what follows them, are the next window. `full`: it will not get larger. `last`: the
 * input ends here; `cut`: because the rest of it could not be read. Once the document is over *large is {0}. */
size_t match_large_take(match_large *large, unsigned char *data, size_t length, uint64_t base, bool full, bool last,
                        bool cut);

/* Ends it where it stands. */
void match_large_drop(match_large *large);

#endif
