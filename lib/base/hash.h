/* One hash for bytes, seeded, so that tables can be rebuilt with another seed when chains grow. */
#ifndef CTFI_BASE_HASH_H
#define CTFI_BASE_HASH_H

#include "base/bytes.h"

/* 64 bits over owner and bytes. The same on every machine and in every build: sealed images depend on it
 * (the format version changes when it does). Not a cryptographic hash. */
uint64_t ctfi_hash(uint64_t seed, uint32_t owner, const unsigned char *data, size_t length);

#endif
