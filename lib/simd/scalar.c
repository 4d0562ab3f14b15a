/* The scalar kernel: eight bytes a step in a 64-bit word, a table of classes, and the C library's searches.
 * The twin every other kernel is tested against. */
#include "simd/block.h"

#include "base/utf8.h"

#define ON_KERNEL
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)
#define LOWS (HIGHS - ONES)

/* Byte i of the memory is byte i (from the low end) of the word, whatever the machine's byte order. */
static inline uint64_t load(place p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* 0x80 in each byte that is 0. Above one that is, other bytes may be told too. */
static inline uint64_t zeros(uint64_t word)
{
    return (word - ONES) & ~word & HIGHS;
}

/* The same, exact. */
static inline uint64_t exact_zeros(uint64_t word)
{
    return ~(((word & LOWS) + LOWS) | word) & HIGHS;
}

/* The 0x80s of eight bytes as eight bits. */
static inline uint64_t gather(uint64_t highs)
{
    return ((highs >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

/* ---- eight bytes ---- */

#define SLIM 8

typedef uint64_t slim;

static inline slim slim_load(place p)
{
    return load(p);
}

static inline slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return load(copy_part(room, p, n % SLIM, 0));
}

static inline uint64_t slim_stops(slim bytes)
{
    return gather(exact_zeros(bytes ^ ONES * '"') | exact_zeros(bytes ^ ONES * '\\'));
}

static inline uint64_t slim_odds(slim bytes)
{
    uint64_t below = ~((bytes & LOWS) + (LOWS - ONES * 0x1F)) & HIGHS; /* 0x20, of the low seven bits */
    uint64_t stops = exact_zeros(bytes ^ ONES * '"') | exact_zeros(bytes ^ ONES * '\\');
    return gather(stops | below | (bytes & HIGHS));
}

/* ---- 64 bytes ---- */

typedef struct wide {
    place at;
} wide;

typedef struct hits {
    uint64_t word[8]; /* 0x80 in the bytes that do; above the lowest of a word others may be told too */
} hits;

static inline wide wide_load(place p)
{
    return (wide){p};
}

static inline wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return (wide){copy_part(room, p, n, filler)};
}

static inline hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits found;
    for (size_t i = 0; i < 8; i++)
        found.word[i] = zeros((load(x.at + 8 * i) ^ ONES * first) | (load(y.at + 8 * i) ^ ONES * second));
    return found;
}

static inline hits either(hits a, hits b)
{
    for (size_t i = 0; i < 8; i++)
        a.word[i] |= b.word[i];
    return a;
}

static inline bool any(hits found)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= found.word[i];
    return all != 0;
}

static inline uint64_t mask(hits found)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= gather(found.word[i]) << 8 * i;
    return all;
}

/* A byte of eight bits for each class: the bit 0 of byte i says whether a character is of class i. */
enum { QUOTE, BACKSLASH, OPEN, CLOSE, COMMA, COLON, BLANK, CURLY, CLASSES };

#define CLASS(i) (UINT64_C(1) << 8 * (i))

static const uint64_t classes[256] = {
    ['"'] = CLASS(QUOTE), ['\\'] = CLASS(BACKSLASH), [','] = CLASS(COMMA), [':'] = CLASS(COLON),
    ['{'] = CLASS(OPEN) | CLASS(CURLY), ['['] = CLASS(OPEN), ['}'] = CLASS(CLOSE) | CLASS(CURLY),
    [']'] = CLASS(CLOSE), [' '] = CLASS(BLANK), ['\t'] = CLASS(BLANK), ['\n'] = CLASS(BLANK), ['\r'] = CLASS(BLANK)};

/* Byte i of the word: which of eight characters are of class i. */
static inline uint64_t classify(place p)
{
    return classes[p[0]] | classes[p[1]] << 1 | classes[p[2]] << 2 | classes[p[3]] << 3 |
           classes[p[4]] << 4 | classes[p[5]] << 5 | classes[p[6]] << 6 | classes[p[7]] << 7;
}

/* Exchanges the bytes of the one whose index has the bit `distance` with those of the other that have not. */
static inline void exchange(uint64_t *one, uint64_t *other, unsigned distance, uint64_t without)
{
    uint64_t different = (*one >> 8 * distance ^ *other) & without;
    *other ^= different;
    *one ^= different << 8 * distance;
}

/* Byte j of word i becomes byte i of word j. */
static inline void transpose(uint64_t word[8])
{
    static const uint64_t without[5] = {
        [1] = UINT64_C(0x00FF00FF00FF00FF), [2] = UINT64_C(0x0000FFFF0000FFFF), [4] = UINT64_C(0x00000000FFFFFFFF)};
    for (unsigned distance = 4; distance != 0; distance /= 2)
        for (unsigned i = 0; i < 8; i++)
            if ((i & distance) == 0)
                exchange(&word[i], &word[i + distance], distance, without[distance]);
}

static inline void block(wide w, masks *out)
{
    uint64_t word[CLASSES];
    for (size_t i = 0; i < 8; i++)
        word[i] = classify(w.at + 8 * i);
    transpose(word);
    *out = (masks){word[QUOTE], word[BACKSLASH], word[OPEN], word[CLOSE],
                   word[COMMA], word[COLON], word[BLANK], word[CURLY]};
}

static inline bool is_odd(wide w)
{
    uint64_t odd = 0; /* a borrow may add to what is odd, never begin it */
    for (size_t i = 0; i < 8; i++)
        odd |= (load(w.at + 8 * i) - ONES * 0x20) | load(w.at + 8 * i);
    return (odd & HIGHS) != 0;
}

static inline uint64_t highs(wide w)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= gather(load(w.at + 8 * i) & HIGHS) << 8 * i;
    return all;
}

static inline uint64_t controls(wide w)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= gather(exact_zeros(load(w.at + 8 * i) & ONES * 0xE0)) << 8 * i;
    return all;
}

static inline uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"
#include "simd/pairs.h"
#include "simd/stops.h"

/* ---- searches of the C library ---- */

static place line_end(place p, place end)
{
    place found = p == end ? NULL : memchr(p, '\n', (size_t)(end - p));
    return found == NULL ? end : found;
}

static size_t count_lines(place p, place end)
{
    size_t count = 0;
    for (place line; (line = line_end(p, end)) != end; p = line + 1)
        count += line - p > (line > p && line[-1] == '\r');
    return count;
}

/* Time is at most text times needle; a needle has at most 1024 characters. */
static place find(ctfi_bytes text, ctfi_bytes needle)
{
    place p = text.data;
    size_t left = text.length;
    while (left >= needle.length) {
        place hit = memchr(p, needle.data[0], left - needle.length + 1);
        if (hit == NULL)
            return NULL;
        if (memcmp(hit, needle.data, needle.length) == 0)
            return hit;
        left -= (size_t)(hit - p) + 1;
        p = hit + 1;
    }
    return NULL;
}

static place utf8_end(place p, place end)
{
    uint32_t point;
    size_t n = 1;
    for (; p < end && n != 0; p += n) {
        for (; end - p >= 8 && (load(p) & HIGHS) == 0; p += 8)
            ;
        n = p == end ? 0 : ctfi_utf8_read(p, (size_t)(end - p), &point);
    }
    return p;
}

const ctfi_kernel ctfi_kernel_scalar = {"scalar", string_stop, plain_end, line_end, find, pairs,
                                        count_lines, utf8_end, skip_brackets, index_blocks};
