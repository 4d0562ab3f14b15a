#include "gunzip.h"

#include <libdeflate.h>
#include <stdint.h>

#define SHORTEST_MEMBER 18 /* header and trailer (RFC 1952) */
#define BEST_RATIO 1032    /* deflate makes no byte into more */
#define FIRST_GUESS 65536
#define HEADER_SUM 2 /* of the flags in a header's fourth byte: a checksum of the header follows it */

static const char damaged[] = "gzip data is damaged or cut short";

bool gunzip_is(const unsigned char *data, size_t length)
{
    return length >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The size in the last four bytes, which is right for a file of one member below 4 GiB. */
static size_t told(const unsigned char *data, size_t length)
{
    const unsigned char *end = data + length;
    return (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24;
}

/* The room to try first. What is told may be a lie, so it counts only within what the bytes can inflate to. */
static size_t guess(const unsigned char *data, size_t length, size_t room)
{
    size_t size = told(data, length);
    size_t can = length > SIZE_MAX / BEST_RATIO ? SIZE_MAX : length * BEST_RATIO;
    size_t first = size == 0 ? FIRST_GUESS : size;
    return smaller(smaller(first, can), room);
}

/* Inflates the member at the start of data; *used is its length. */
static const char *member(struct libdeflate_decompressor *inflater, const unsigned char *data, size_t length,
                          size_t most, blob *out, size_t *used)
{
    if (length < SHORTEST_MEMBER)
        return "gzip data is cut short";
    size_t room = most > out->length ? most - out->length : 0;
    for (size_t want = guess(data, length, room);; want = smaller(want < room / 2 ? want * 2 : room, room)) {
        size_t written;
        if (!blob_reserve(out, want + 1))
            return "out of memory while inflating";
        enum libdeflate_result result = libdeflate_gzip_decompress_ex(inflater, data, length, out->data + out->length,
                                                                      want, used, &written);
        if (result == LIBDEFLATE_SUCCESS) {
            out->length += written;
            return NULL;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
            return damaged;
        if (want == room)
            return "inflates to more than --max-inflated allows";
    }
}

bool gunzip_member(struct libdeflate_decompressor *inflater, const unsigned char *data, size_t length, size_t room,
                   blob *out, size_t *used)
{
    return length >= SHORTEST_MEMBER && (data[3] & HEADER_SUM) == 0 && told(data, length) <= room &&
           room <= SIZE_MAX - out->length &&
           member(inflater, data, length, out->length + room, out, used) == NULL;
}

static bool only_zeros(const unsigned char *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (data[i] != 0)
            return false;
    return true;
}

const char *gunzip(struct libdeflate_decompressor *inflater, const unsigned char *data, size_t length, size_t most,
                   blob *out)
{
    size_t at = 0;
    do {
        size_t used;
        const char *reason = member(inflater, data + at, length - at, most, out, &used);
        if (reason != NULL)
            return reason;
        at += used;
    } while (gunzip_is(data + at, length - at));
    return only_zeros(data + at, length - at) ? NULL : "bytes behind the gzip data are no gzip data";
}
