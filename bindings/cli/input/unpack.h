/* Gzip members that arrive in pieces, by zlib. */
#ifndef CLI_UNPACK_H
#define CLI_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#define ZLIB_CONST
#include <zlib.h>

/* Starts as {0}; serves one member after another. */
typedef struct unpack {
    z_stream stream;
    bool ready;
    bool inside; /* a member has begun and not ended */
} unpack;

typedef enum unpack_result {
    UNPACK_MORE, /* all the bytes are used up */
    UNPACK_FULL, /* no room is left */
    UNPACK_END,  /* the member is complete */
    UNPACK_DAMAGED,
    UNPACK_NO_MEMORY
} unpack_result;

/* Inflates [data, data + length) into `room` bytes at out, at least one. *used and *written tell
 * how far it came; before damage, too, all that could be read is written. *why gets what the damage is, in
 * constant words. */
unpack_result unpack_piece(unpack *u, const unsigned char *data, size_t length, size_t *used, unsigned char *out,
                           size_t room, size_t *written, const char **why);

/* Forgets the member at hand. */
void unpack_drop(unpack *u);

void unpack_free(unpack *u);

#endif
