/* Whole gzip files into memory, by libdeflate. */
#ifndef CLI_GUNZIP_H
#define CLI_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "blob.h"

struct libdeflate_decompressor;

/* Do the bytes start as a gzip member does? Two bytes decide. */
bool gunzip_is(const unsigned char *data, size_t length);

/* Inflates every member of a gzip file behind what *out holds. Returns NULL, or a constant phrase for
 * what is wrong: damaged or cut short, more than `most` bytes, bytes behind the last member, no memory;
 * the members before the fault are in *out then. Zero bytes behind the last member are padding. Memory
 * grows with what is inflated, whatever the file says of its size, and stays within `most` bytes. */
const char *gunzip(struct libdeflate_decompressor *inflater, const unsigned char *data, size_t length, size_t most,
                   blob *out);

/* Inflates the member at the start of data behind what *out holds, if it comes to at most `room` bytes; *used
 * is its length. Returns false, with what *out holds as it was, when it does not, or is damaged, or memory is
 * out, or its header has a checksum, which libdeflate would pass over. */
bool gunzip_member(struct libdeflate_decompressor *inflater, const unsigned char *data, size_t length, size_t room,
                   blob *out, size_t *used);

#endif
