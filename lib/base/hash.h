/* Hashes of bytes, seeded, so that tables can be rebuilt with another seed when chains grow. The same on every
 * machine and in every build. None of them is cryptographic. */
#ifndef CTFI_BASE_HASH_H
#define CTFI_BASE_HASH_H

#include "base/bytes.h"

/* Over owner and bytes of any length: checksums, identities. What is saved depends on it (the format version
 * changes when it does). */
uint64_t ctfi_hash(uint64_t seed, uint32_t owner, const unsigned char *data, size_t length);

/* Eight bytes, the first one lowest, whatever the machine's byte order. */
static inline uint64_t ctfi_load8(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint32_t ctfi_load4(const unsigned char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

/* At most 8 bytes as one word, different for different bytes of one length. */
static inline uint64_t ctfi_load_short(const unsigned char *p, size_t n)
{
    if (n >= 4)
        return (uint64_t)ctfi_load4(p) << 32 | ctfi_load4(p + n - 4);
    return n == 0 ? 0 : (uint64_t)p[0] << 16 | (uint64_t)p[n / 2] << 8 | p[n - 1];
}

/* Which of 64 classes a key of two bytes or more is in, told from what it ends in with its quotes around it: four
 * bytes, the first one lowest. */
static inline unsigned ctfi_class_of_tail(uint32_t tail)
{
    return (tail * 0x9E3779B1u) >> 26;
}

/* Where a key of one of these classes is waited for: can it be the one that ends before `behind`, at least four
 * bytes from the text's start? Its last bytes are spelled without escapes. */
static inline bool ctfi_may_be_key(const unsigned char *behind, uint64_t wanted)
{
    return behind[-1] != '"' || (wanted >> ctfi_class_of_tail(ctfi_load4(behind - 4)) & 1) != 0;
}

/* The classes that a reader that waits for this key has to stop at. Sealed images depend on it. */
static inline uint64_t ctfi_classes_of(ctfi_bytes key)
{
    const unsigned char *behind = key.data + key.length;
    if (key.length < 2)
        return UINT64_MAX;
    uint32_t third = key.length == 2 ? '"' : behind[-3];
    uint32_t tail = third | (uint32_t)behind[-2] << 8 | (uint32_t)behind[-1] << 16 | (uint32_t)'"' << 24;
    return UINT64_C(1) << ctfi_class_of_tail(tail);
}

static inline uint64_t ctfi_stir(uint64_t hash, uint64_t word)
{
    hash ^= word;
    return (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
}

/* For keys, which are short: less work than ctfi_hash, the same for lengths that are close, and good low bits.
 * Sealed images depend on it. */
static inline uint64_t ctfi_key_hash(uint64_t seed, uint32_t owner, ctfi_bytes key)
{
    const unsigned char *p = key.data;
    size_t n = key.length;
    uint64_t h = seed + ((uint64_t)owner << 32 | (uint32_t)n) * 0x9E3779B97F4A7C15u;
    for (; n > 32; p += 16, n -= 16)
        h = ctfi_stir(ctfi_stir(h, ctfi_load8(p)), ctfi_load8(p + 8));
    if (n > 16) {
        h = ctfi_stir(ctfi_stir(h, ctfi_load8(p)), ctfi_load8(p + 8));
        p += n - 16;
        n = 16;
    }
    h = ctfi_stir(h, n >= 8 ? ctfi_load8(p) : ctfi_load_short(p, n));
    h ^= n > 8 ? ctfi_load8(p + n - 8) : 0;
    h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
    return h ^ h >> 32;
}

static inline bool ctfi_same_8_to_16(const unsigned char *a, const unsigned char *b, size_t n)
{
    return ((ctfi_load8(a) ^ ctfi_load8(b)) | (ctfi_load8(a + n - 8) ^ ctfi_load8(b + n - 8))) == 0;
}

/* Are n bytes the same? For short texts. */
static inline bool ctfi_same(const unsigned char *a, const unsigned char *b, size_t n)
{
    if (n < 8)
        return ctfi_load_short(a, n) == ctfi_load_short(b, n);
    if (n <= 16)
        return ctfi_same_8_to_16(a, b, n);
    if (n <= 32)
        return ctfi_same_8_to_16(a, b, 16) && ctfi_same_8_to_16(a + n - 16, b + n - 16, 16);
    return memcmp(a, b, n) == 0;
}

#endif
