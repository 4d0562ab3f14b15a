#include "unpack.h"

#include <limits.h>

#define GZIP_ALONE (15 + 16) /* the largest window, a gzip header and trailer around it */

/* Gets ready for a member. */
static bool begin(unpack *u)
{
    int result = u->ready ? inflateReset(&u->stream) : inflateInit2(&u->stream, GZIP_ALONE);
    u->inside = result == Z_OK;
    u->ready = u->ready || u->inside;
    return u->inside;
}

static uInt at_most(size_t length)
{
    return length < UINT_MAX ? (uInt)length : UINT_MAX;
}

static unpack_result judge(unpack *u, int result)
{
    switch (result) {
    case Z_OK:
    case Z_BUF_ERROR:
        return u->stream.avail_out == 0 ? UNPACK_FULL : UNPACK_MORE;
    case Z_STREAM_END:
        return UNPACK_END;
    case Z_MEM_ERROR:
        return UNPACK_NO_MEMORY;
    default:
        return UNPACK_DAMAGED;
    }
}

unpack_result unpack_piece(unpack *u, const unsigned char *data, size_t length, size_t *used, unsigned char *out,
                           size_t room, size_t *written, const char **why)
{
    *used = *written = 0;
    *why = "";
    if (!u->inside && !begin(u))
        return UNPACK_NO_MEMORY;
    uInt given = at_most(length), place = at_most(room);
    u->stream.next_in = data;
    u->stream.avail_in = given;
    u->stream.next_out = out;
    u->stream.avail_out = place;
    int result = inflate(&u->stream, Z_NO_FLUSH);
    *used = given - u->stream.avail_in;
    *written = place - u->stream.avail_out;
    unpack_result found = judge(u, result);
    if (found == UNPACK_DAMAGED && u->stream.msg != NULL)
        *why = u->stream.msg;
    u->inside = found == UNPACK_MORE || found == UNPACK_FULL;
    return found;
}

void unpack_drop(unpack *u)
{
    u->inside = false;
}

void unpack_free(unpack *u)
{
    if (u->ready)
        inflateEnd(&u->stream);
    *u = (unpack){0};
}
