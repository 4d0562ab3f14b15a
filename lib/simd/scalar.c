/* The scalar kernel: eight bytes a step in a 64-bit word, a table of classes, and the C library's searches.
 * The twin every other kernel is tested against. */
#include "simd/block.h"

#include "base/utf8.h"

#define ON_KERNEL
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)
#define LOWS (HIGHS - ONES)

/* Byte i of the memory is byte i (from the low end) of the word, whatever the machine's byte order. */
INLINED uint64_t load(place p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* 0x80 in each byte that is 0. Above one that is, other bytes may be told too. */
INLINED uint64_t zeros(uint64_t word)
{
    return (word - ONES) & ~word & HIGHS;
}

/* The same, exact. */
INLINED uint64_t exact_zeros(uint64_t word)
{
    return ~(((word & LOWS) + LOWS) | word) & HIGHS;
}

/* The 0x80s of eight bytes as eight bits. */
INLINED uint64_t gather(uint64_t highs)
{
    return ((highs >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

/* ---- eight bytes ---- */

#define SLIM 8

typedef uint64_t slim;

INLINED slim slim_load(place p)
{
    return load(p);
}

INLINED slim slim_part(place p, size_t n, unsigned char room[CTFI_BLOCK])
{
    return load(copy_part(room, p, n % SLIM, 0));
}

INLINED uint64_t slim_stops(slim bytes)
{
    return gather(exact_zeros(bytes ^ ONES * '"') | exact_zeros(bytes ^ ONES * '\\'));
}

INLINED uint64_t slim_odds(slim bytes)
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

INLINED wide wide_load(place p)
{
    return (wide){p};
}

INLINED wide wide_part(place p, size_t n, char filler, unsigned char room[CTFI_BLOCK])
{
    return (wide){copy_part(room, p, n, filler)};
}

INLINED hits pair(wide x, unsigned char first, wide y, unsigned char second)
{
    hits found;
    for (size_t i = 0; i < 8; i++)
        found.word[i] = zeros((load(x.at + 8 * i) ^ ONES * first) | (load(y.at + 8 * i) ^ ONES * second));
    return found;
}

INLINED hits either(hits a, hits b)
{
    for (size_t i = 0; i < 8; i++)
        a.word[i] |= b.word[i];
    return a;
}

INLINED bool any(hits found)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= found.word[i];
    return all != 0;
}

INLINED uint64_t mask(hits found)
{
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++)
        all |= gather(found.word[i]) << 8 * i;
    return all;
}

/* Of words `distance` apart, exchanges the bits of the one that stand `distance * by` above those in `low`
 * with those of the other that are in `low`. */
INLINED void exchange(uint64_t word[8], unsigned distance, unsigned by, uint64_t low)
{
    UNROLL
    for (unsigned i = 0; i < 8; i++)
        if ((i & distance) == 0) {
            uint64_t different = (word[i] >> distance * by ^ word[i + distance]) & low;
            word[i + distance] ^= different;
            word[i] ^= different << distance * by;
        }
}

/* 64 bytes as planes: bit i of plane j is bit j of byte i. First byte j of word i becomes byte i of word j;
 * then so do the bits of each byte. */
INLINED void make_planes(place p, uint64_t plane[8])
{
    UNROLL
    for (size_t i = 0; i < 8; i++)
        plane[i] = load(p + 8 * i);
    exchange(plane, 4, 8, UINT64_C(0x00000000FFFFFFFF));
    exchange(plane, 2, 8, UINT64_C(0x0000FFFF0000FFFF));
    exchange(plane, 1, 8, UINT64_C(0x00FF00FF00FF00FF));
    exchange(plane, 4, 1, UINT64_C(0x0F0F0F0F0F0F0F0F));
    exchange(plane, 2, 1, UINT64_C(0x3333333333333333));
    exchange(plane, 1, 1, UINT64_C(0x5555555555555555));
}

/* The planes, and what their two upper and two lower bits say. */
typedef struct view {
    uint64_t bit[8];
    uint64_t below_40, of_5x_7x;      /* codes 0x00 to 0x3F; 0x50 to 0x5F and 0x70 to 0x7F */
    uint64_t of_8_b, of_c_f;          /* lower halves 8 to B; C to F */
    uint64_t mod_0, mod_1, mod_2, mod_3; /* of four */
} view;

INLINED view view_of(wide w)
{
    view v;
    make_planes(w.at, v.bit);
    const uint64_t *b = v.bit;
    v.below_40 = ~(b[7] | b[6]);
    v.of_5x_7x = ~b[7] & b[6] & b[4];
    v.of_8_b = b[3] & ~b[2];
    v.of_c_f = b[3] & b[2];
    v.mod_0 = ~(b[1] | b[0]);
    v.mod_1 = ~b[1] & b[0];
    v.mod_2 = b[1] & ~b[0];
    v.mod_3 = b[1] & b[0];
    return v;
}

INLINED uint64_t of_2x(view v)
{
    return v.below_40 & v.bit[5] & ~v.bit[4];
}

INLINED uint64_t quotes(view v)
{
    return of_2x(v) & ~(v.bit[3] | v.bit[2]) & v.mod_2;
}

INLINED uint64_t backslashes(view v)
{
    return v.of_5x_7x & ~v.bit[5] & v.of_c_f & v.mod_0;
}

INLINED uint64_t opens(view v)
{
    return v.of_5x_7x & v.of_8_b & v.mod_3;
}

INLINED uint64_t closes(view v)
{
    return v.of_5x_7x & v.of_c_f & v.mod_1;
}

INLINED uint64_t blanks(view v)
{
    uint64_t space = of_2x(v) & ~(v.bit[3] | v.bit[2]) & v.mod_0;
    uint64_t others = (v.of_8_b & (v.mod_1 | v.mod_2)) | (v.of_c_f & v.mod_1); /* 09, 0A; 0D */
    return space | (others & v.below_40 & ~(v.bit[5] | v.bit[4]));
}

INLINED uint64_t highs(view v)
{
    return v.bit[7];
}

INLINED uint64_t controls(view v)
{
    return v.below_40 & ~v.bit[5];
}

INLINED uint64_t odds(view v)
{
    return highs(v) | controls(v);
}

INLINED void structure(view v, uint64_t outside, ctfi_block *out)
{
    out->open = opens(v) & outside;
    out->close = closes(v) & outside;
    out->comma = of_2x(v) & v.of_c_f & v.mod_0 & outside;
    out->colon = v.below_40 & v.bit[5] & v.bit[4] & v.of_8_b & v.mod_2 & outside;
    out->blank = blanks(v) & outside;
    out->curly = v.bit[5];
}

INLINED uint64_t prefix_xor(uint64_t x)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        x ^= x << shift;
    return x;
}

#include "simd/body.h"
#include "simd/members.h"
#include "simd/pairs.h"
#include "simd/stops.h"

/* ---- searches of the C library ---- */

static place line_end(place p, place end)
{
    place found = p == end ? NULL : memchr(p, '\n', (size_t)(end - p));
    return found == NULL ? end : found;
}

static void count_lines(ctfi_lines *lines, place p, place end)
{
    size_t open = lines->open;
    for (place feed; (feed = line_end(p, end)) != end; p = feed + 1, open = 0) {
        size_t length = open + (size_t)(feed - p);
        lines->count += length > 1 || (length == 1 && feed[-1] != '\r');
    }
    open += (size_t)(end - p);
    lines->open = open < 2 ? (unsigned)open : 2;
}

static place pairs_lines(const ctfi_pairs *set, ctfi_lines *lines, place p, place end)
{
    place found = pairs(set, p, end);
    count_lines(lines, p, found);
    return found;
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
                                        pairs_lines, utf8_end, skip_brackets, index_blocks, member, behind_closing};
