/* The kernel table: the few operations on bytes that vector units do faster, and their scalar twin.
 *
 * A kernel is a constant table of functions that all give the same answers as the scalar one. One is
 * chosen a scratch, at run time; nothing else in the library knows which. Blocks are 64 bytes at any
 * address; bit i of a mask speaks of byte i. */
#ifndef CTFI_SIMD_KERNEL_H
#define CTFI_SIMD_KERNEL_H

#include "base/bits.h"
#include "base/bytes.h"

#define CTFI_BLOCK 64

/* What a block of a JSON text is made of. `string` and what stands outside it are told apart by the quotes
 * alone; a backslash hides the quote behind it anywhere. */
typedef struct ctfi_block {
    uint64_t quote;  /* the first and the last quote of each string */
    uint64_t string; /* from a string's first quote to before its last one */
    uint64_t escape; /* backslashes that are not escaped themselves */
    uint64_t open, close, comma, colon, blank; /* outside strings */
    uint64_t curly;  /* among open and close, { and }; other bits mean nothing */
} ctfi_block;

/* Where indexing stands between two pieces of a text. Zero it at the start. */
typedef struct ctfi_indexing {
    uint64_t in_string; /* all bits inside a string, else 0 */
    uint64_t escaped;   /* 1 when the next byte is escaped */
    uint64_t high;      /* not 0: some byte was from 0x80 on */
    uint64_t control;   /* not 0: some byte inside a string was below 0x20 */
} ctfi_indexing;

/* Where passing over JSON by its brackets and quotes stands between two pieces. Zero it and set depth to
 * the number of brackets that are open. */
typedef struct ctfi_skip {
    uint64_t in_string; /* all bits inside a string, else 0 */
    uint64_t escaped;   /* 1 when the next byte is escaped */
    size_t depth;
} ctfi_skip;

/* Two bytes of a needle, `distance` apart: 0 where they are one byte, else the first stands before the second. */
typedef struct ctfi_pair {
    unsigned char first, second;
    unsigned char distance; /* below CTFI_BLOCK */
} ctfi_pair;

#define CTFI_PAIRS 8

/* What a probe looks for: any of up to eight pairs. */
typedef struct ctfi_pairs {
    unsigned n; /* 1 to CTFI_PAIRS */
    ctfi_pair pair[CTFI_PAIRS];
} ctfi_pairs;

/* Where counting lines stands. '\n' ends a line, and a '\r' before it belongs to the end; lines without bytes do
 * not count. Zero it at the start of a line. */
typedef struct ctfi_lines {
    size_t count;
    unsigned open; /* bytes of the line that has not ended; 2: or more */
} ctfi_lines;

/* One byte more. */
static inline void ctfi_lines_byte(ctfi_lines *lines, const unsigned char *p)
{
    bool ends = *p == '\n';
    lines->count += ends && (lines->open == 2 || (lines->open == 1 && p[-1] != '\r'));
    lines->open = ends ? 0 : lines->open + (lines->open < 2);
}

typedef struct ctfi_kernel {
    const char *name;
    /* The first quote or backslash in [p, end), or end. */
    const unsigned char *(*string_stop)(const unsigned char *p, const unsigned char *end);
    /* The first quote, backslash, byte below 0x20 or from 0x80 on in [p, end), or end. */
    const unsigned char *(*plain_end)(const unsigned char *p, const unsigned char *end);
    /* The first '\n' in [p, end), or end. */
    const unsigned char *(*line_end)(const unsigned char *p, const unsigned char *end);
    /* The first occurrence of a needle of at least one byte, or NULL. Time is at most text times needle. */
    const unsigned char *(*find)(ctfi_bytes text, ctfi_bytes needle);
    /* The first place in [p, end) at which the first byte of some pair stands, with its second byte at its
     * distance and also before end; or end. All pairs are looked for in one pass over memory, the fewer the
     * faster. ctfi_pairs_at tells which ones stand there. */
    const unsigned char *(*pairs)(const ctfi_pairs *pairs, const unsigned char *p, const unsigned char *end);
    /* The same, and counts the lines that end before the place: the bytes that went before are those told to
     * `lines` before, and lie before p in memory. */
    const unsigned char *(*pairs_lines)(const ctfi_pairs *pairs, ctfi_lines *lines, const unsigned char *p,
                                        const unsigned char *end);
    /* The first byte in [p, end) that begins no well-formed sequence (base/utf8.h), or end. */
    const unsigned char *(*utf8_end)(const unsigned char *p, const unsigned char *end);
    /* Reads [p, end) until the depth is 0 and returns the place behind that closing bracket; NULL when the
     * piece ends first (go on with the next one). Kinds of brackets are not paired up; a backslash hides a
     * quote, never a bracket. */
    const unsigned char *(*skip_brackets)(ctfi_skip *state, const unsigned char *p, const unsigned char *end);
    /* Indexes [p, p + length) into length / 64 blocks, rounded up; a last one that is not full is as if
     * blanks followed, and only the last piece of a text may end in one. */
    void (*index)(ctfi_indexing *state, const unsigned char *p, size_t length, ctfi_block *blocks);
    /* `text` is indexed in n blocks. Inside an object, from bit `at` on: the colon of the first member whose key may
     * be of one of the classes (base/hash.h), or the object's closing bracket. Containers in it are passed over.
     * n * 64 when the blocks end before; *depth, 0 at first, tells then how many containers are open in the object: go
     * on with it where the next blocks begin. Kinds of brackets are not paired up. */
    size_t (*member)(const ctfi_block *blocks, size_t n, const unsigned char *text, size_t at, uint64_t classes,
                     size_t *depth);
    /* From bit `at` on: the bit behind the closing bracket that brings *depth to 0. n * 64 when the blocks end before, and
     * *depth is what is open then, or at a bracket that is their last bit, and *depth is 0. */
    size_t (*behind_closing)(const ctfi_block *blocks, size_t n, size_t at, size_t *depth);
} ctfi_kernel;

/* Which pairs stand at p, as kernel->pairs reads them: bit i speaks of pair i. p is before end. */
static inline unsigned ctfi_pairs_at(const ctfi_pairs *pairs, const unsigned char *p, const unsigned char *end)
{
    unsigned found = 0;
    for (unsigned i = 0; i < pairs->n; i++) {
        const ctfi_pair *pair = &pairs->pair[i];
        bool inside = end - p > pair->distance;
        found |= (unsigned)(inside && p[0] == pair->first && p[pair->distance] == pair->second) << i;
    }
    return found;
}

/* The kernel of a name; the best that this machine runs for NULL; NULL when there is none of that name. */
const ctfi_kernel *ctfi_kernel_named(const char *name);

extern const ctfi_kernel ctfi_kernel_scalar;
#if defined(__x86_64__) && defined(__GNUC__)
#define CTFI_KERNELS_X86 1
extern const ctfi_kernel ctfi_kernel_avx2;
extern const ctfi_kernel ctfi_kernel_avx512;
extern const ctfi_kernel ctfi_kernel_avx512vbmi;
#endif
#if defined(__aarch64__) && defined(__GNUC__)
#define CTFI_KERNELS_ARM 1
extern const ctfi_kernel ctfi_kernel_neon;
#endif

#endif
