/* A series as bytes, little-endian on every machine, equal for equal series:
 *
 *   header    magic (8 bytes), u32 version, u32 resolution in s, u32 max_values, u32 0,
 *             u64 length of all bytes, u64 metrics, u64 skipped, u64 dropped
 *   metric    ascending by identity: u32 length of the namespace, of the name, u32 index of the unit in the
 *             service's list, u32 dimensions; u32 length of the name and the value of each; the texts in the
 *             same order; u64 points
 *   point     ascending by key and value: u64 key, u64 count, and the value's bits as u64; or count 0, u64
 *             number of samples, the bits of the least and the largest, the 25 limbs of the sum
 *   trailer   u64 checksum of all before it */
#ifndef CTFI_METRIC_SERIES_BYTES_H
#define CTFI_METRIC_SERIES_BYTES_H

#include "base/hash.h"

#define CTFI_SERIES_MAGIC "\211CTFser\n"
#define CTFI_SERIES_VERSION 1u
#define CTFI_SERIES_HEADER 56u
#define CTFI_SERIES_TRAILER 8u

/* The checksum runs over pieces of this size (the last one shorter), each seeded with that of the piece
 * before. */
#define CTFI_SERIES_PIECE 4096u

static inline uint64_t ctfi_series_checksum(uint64_t before, const unsigned char *piece, size_t length)
{
    return ctfi_hash(before, 1, piece, length);
}

#endif
