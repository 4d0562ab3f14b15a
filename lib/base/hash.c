#include "base/hash.h"

/* Multiply-xorshift over little-endian words, finished as splitmix64 does. */
static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    return h ^ (h >> 32);
}

/* Less than eight bytes. */
static uint64_t read_rest(const unsigned char *p, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)p[i] << (8 * i);
    return word;
}

uint64_t ctfi_hash(uint64_t seed, uint32_t owner, const unsigned char *data, size_t length)
{
    uint64_t h = mix(seed ^ ((uint64_t)owner << 32) ^ (uint64_t)length);
    while (length >= 8) {
        h = mix(h ^ ctfi_load8(data));
        data += 8;
        length -= 8;
    }
    return mix(h ^ read_rest(data, length));
}
