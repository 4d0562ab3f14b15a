/* How often bytes and keys occur. Estimates: a wrong one costs time and never a match. */
#ifndef CTFI_PROGRAM_PROBE_RARITY_H
#define CTFI_PROGRAM_PROBE_RARITY_H

#include "base/bytes.h"

/* Occurrences in 64 KiB of CloudTrail text. */
unsigned ctfi_rarity_byte(unsigned char c);

/* How often the one byte stands `distance` before the other in two typical events; distance is below 64. */
unsigned ctfi_rarity_pair(unsigned char first, unsigned char second, size_t distance);

/* In how many of a hundred CloudTrail events a key stands; a guess for keys that those do not have. */
unsigned ctfi_rarity_key(ctfi_bytes key);

#endif
