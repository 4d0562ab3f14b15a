/* The probe: what a message must hold in its raw bytes if any pattern of a filter is to match it. Messages
 * without it need not be read.
 *
 * Derived from the image whenever a filter is made (probe_plan.c proves that no match is lost) and kept
 * beside it: nothing that a saved image says of itself is believed. A message passes when one of the needles
 * stands in it and the look that its type asks for succeeds. */
#ifndef CTFI_PROGRAM_PROBE_H
#define CTFI_PROGRAM_PROBE_H

#include <ctfilter/types.h>

#include "base/bytes.h"

#define CTFI_PROBE_NEEDLES 8
#define CTFI_PROBE_LEAVES 8
#define CTFI_NEEDLE_TEXT 48 /* a longer literal is cut off: its beginning is required as well */

/* Kinds of JSON values, told apart by their first byte. */
enum {
    CTFI_SEES_STRING = 1,
    CTFI_SEES_NUMBER = 2,
    CTFI_SEES_TRUE = 4,
    CTFI_SEES_FALSE = 8,
    CTFI_SEES_NULL = 16,
    CTFI_SEES_OBJECT = 32,
    CTFI_SEES_ARRAY = 64,
    CTFI_SEES_ALL = 127
};

typedef enum ctfi_needle_type {
    CTFI_NEEDLE_LITERAL, /* its text is all */
    CTFI_NEEDLE_KEY,     /* behind its text, blanks, a colon and blanks stands a value that passes */
    CTFI_NEEDLE_ESCAPE   /* behind its text, \u00, stand two hexadecimal digits of one of `characters` */
} ctfi_needle_type;

/* A value behind a key passes when it is of one of the `kinds`, or a string in which a backslash stands,
 * or one that a trigger fact of one of the `leaves` asks for: its exact text or a wildcard. */
typedef struct ctfi_needle {
    uint8_t type; /* ctfi_needle_type */
    bool json;    /* stands for JSON text, which can be spelled with escapes */
    uint8_t length;
    uint8_t first, second; /* places in the text of two bytes that are rarely so far apart, first < second */
    uint8_t kinds;
    uint8_t n_leaves;
    bool wildcards;      /* some leaf asks for one */
    uint64_t classes[4]; /* bits: those of the exact texts that the leaves ask for */
    unsigned char text[CTFI_NEEDLE_TEXT];
    uint32_t leaves[CTFI_PROBE_LEAVES];
} ctfi_needle;

typedef struct ctfi_probe {
    uint32_t n;             /* needles; 0: there is no probe, every message is read */
    const char *absent;     /* why; NULL when there is one */
    uint64_t characters[2]; /* bits: ASCII characters of the needles that stand for JSON text */
    ctfi_needle needles[CTFI_PROBE_NEEDLES];
} ctfi_probe;

/* One of 256 classes of texts: most texts that nobody asks for are in another one than those asked for. */
static inline unsigned ctfi_probe_class(ctfi_bytes text)
{
    if (text.length == 0)
        return 0;
    unsigned middle = text.data[text.length / 2], last = text.data[text.length - 1];
    return (text.data[0] * 5u + middle * 11u + last * 3u + (unsigned)text.length * 7u) & 255;
}

static inline bool ctfi_probe_has(const ctfi_probe *probe, unsigned character)
{
    return character < 128 && (probe->characters[character / 64] >> (character % 64) & 1) != 0;
}

struct ctfi_image;

/* The probe of a verified image. CTF_OK or CTF_E_NOMEM; allocator as in ctfi_job_run. */
ctf_status ctfi_probe_plan(const struct ctfi_image *image, const ctf_allocator *allocator, ctfi_probe *out);

#endif
