/* The sealed program: one block of bytes, the only thing that the compile side and the match side
 * share. plan and emit fill it, verify bounds it, match reads it.
 *
 * Everything is an offset or an index, nothing a pointer, so that the block can be saved, sent and
 * loaded anywhere with the same byte order. Sections are arrays of the structs below, each aligned to 8
 * bytes, in the order of ctfi_section_id, without overlap and without gaps beyond the alignment; gaps
 * are zero.
 *
 * Words:
 *   fact     one bit a message can set: "the text at $.eventName equals ConsoleLogin". A term of the
 *            language is one fact or a small formula over facts in the pattern's code; equal facts of all
 *            patterns are one (interned). Facts are positive and monotone: reading more of a message only
 *            sets more of them.
 *   node     a place in a JSON event that some selector speaks of; the nodes form one tree over all
 *            patterns, node 0 is the event itself ($).
 *   leaf     the tests on one text: of a node, of a field of a space-delimited message, or of the whole
 *            message.
 *   slot     where the value of an extracted JSON selector is put.
 *
 * Order. Everything that belongs to something else lies in its owner's order, so that each element has
 * exactly one owner and the verifier can tell so by counting:
 *   - nodes are numbered breadth first: the children of node 0, then those of node 1, and so on; the
 *     children of one node are its `any`, its KEYS, its INDEXES. KEYS and INDEXES follow the nodes.
 *   - leaves: the message's first, then those of the nodes, then those of the accessors, in order.
 *     TEXTS, GLOBS, NEEDLES, REGEXES and NUMBERS follow the leaves. Slots are numbered by node.
 *   - CODE, VALUES and FIELDS follow the patterns.
 */
#ifndef CTFI_PROGRAM_IMAGE_H
#define CTFI_PROGRAM_IMAGE_H

#include <ctfilter/filter.h>

#include "base/bytes.h"
#include "program/probe.h"

#define CTFI_IMAGE_MAGIC "ctfilter" /* 8 bytes, no NUL */
#define CTFI_IMAGE_ORDER 0x01020304u
#define CTFI_IMAGE_FORMAT 2u
#define CTFI_NONE UINT32_MAX /* no such index */

/* A pattern has at most 1024 code points, so no key and no literal is longer than this, and no code:
 * each term takes a byte of the pattern at least, an instruction three words at most. */
#define CTFI_STRING_MAX 4096u
#define CTFI_CODE_MAX 4096u

typedef struct ctfi_range {
    uint32_t first;
    uint32_t count;
} ctfi_range;

/* Bytes in the section CTFI_SECTION_BYTES. */
typedef struct ctfi_string {
    uint32_t offset;
    uint32_t length;
} ctfi_string;

typedef enum ctfi_opcode {
#define CTFI_OP(name, shape, text) CTFI_OP_##name,
#include "program/opcodes.def"
#undef CTFI_OP
    CTFI_OP_COUNT
} ctfi_opcode;

typedef enum ctfi_shape { CTFI_SHAPE_NONE, CTFI_SHAPE_BRANCH } ctfi_shape;

/* The sections and the struct each is an array of. */
#define CTFI_SECTIONS(X)                      \
    X(PATTERNS, ctfi_image_pattern)           \
    X(CODE, uint32_t)                         \
    X(TRIGGER_STARTS, uint32_t)               \
    X(TRIGGERS, uint32_t)                     \
    X(ALWAYS, uint32_t)                       \
    X(NODES, ctfi_image_node)                 \
    X(KEYS, ctfi_image_entry)                 \
    X(KEY_SLOTS, uint32_t)                    \
    X(INDEXES, ctfi_image_index)              \
    X(LEAVES, ctfi_image_leaf)                \
    X(TEXTS, ctfi_image_entry)                \
    X(TEXT_SLOTS, uint32_t)                   \
    X(TEXT_FACTS, ctfi_image_text)            \
    X(GLOBS, ctfi_image_search)               \
    X(GLOB_NEEDS, uint64_t)                   \
    X(NEEDLES, ctfi_image_search)             \
    X(REGEXES, ctfi_image_regex)              \
    X(REGEX_NEEDS, uint64_t)                  \
    X(NUMBERS, ctfi_image_number)             \
    X(ACCESSORS, ctfi_image_accessor)         \
    X(COUNTS, ctfi_image_count)               \
    X(VALUES, ctfi_image_value)               \
    X(FIELDS, ctfi_string)                    \
    X(AUTOMATON_STARTS, uint32_t)             \
    X(AUTOMATA, uint64_t)                     \
    X(BYTES, unsigned char)

typedef enum ctfi_section_id {
#define X(id, type) CTFI_SECTION_##id,
    CTFI_SECTIONS(X)
#undef X
    CTFI_SECTION_COUNT
} ctfi_section_id;

typedef struct ctfi_section {
    uint32_t offset; /* from the image's start, a multiple of 8 */
    uint32_t count;  /* elements */
} ctfi_section;

/* At the start of the image. */
typedef struct ctfi_image {
    unsigned char magic[8];
    uint32_t order;
    uint32_t format;
    uint32_t size;       /* of the whole image in bytes, a multiple of 8 */
    uint32_t n_facts;
    uint64_t checksum;   /* ctfi_hash(h, 0, the bytes behind this field), h = ctfi_hash(0, 0, those before) */
    uint64_t seed;       /* of the two hash tables */
    uint32_t n_slots;    /* values of JSON selectors */
    uint32_t message;    /* leaf of the whole message, or CTFI_NONE */
    uint32_t has_json;   /* 1 when some pattern is JSON: the event is read */
    uint32_t has_fields; /* 1 when some pattern is space-delimited: the message is split */
    ctfi_section sections[CTFI_SECTION_COUNT];
} ctfi_image;

/* One pattern, by its index. */
typedef struct ctfi_image_pattern {
    uint32_t kind;       /* ctf_kind */
    ctfi_string name;
    ctfi_string text;
    ctfi_range code;     /* words; ends with HALT */
    ctfi_range values;   /* VALUES: what the caller wants extracted */
    ctfi_range fields;   /* FIELDS: names in order, length 0 for unnamed; the ellipsis has an entry too */
    uint32_t ellipsis;   /* its index among the fields, or fields.count; kind FIELDS only, else 0 */
} ctfi_image_pattern;

/* Triggers: a pattern can match only if one of its triggers is set. Patterns of fact f:
 * TRIGGERS[STARTS[f] .. STARTS[f+1]); STARTS has n_facts + 1 elements. Patterns without such a set of
 * facts (NOT EXISTS alone, exclusions alone, match-all) are in ALWAYS, ascending. */

/* A node of the selector tree. Facts are CTFI_NONE where nobody asks. */
typedef struct ctfi_image_node {
    uint32_t parent;      /* node 0: CTFI_NONE; else a smaller index */
    uint32_t leaf;        /* tests on the text of a string or number here, or CTFI_NONE */
    uint32_t any;         /* child for every element or member (.* and [*]), or CTFI_NONE */
    uint32_t n_keys;      /* children by key: KEYS with this owner */
    ctfi_range indexes;   /* children by array index, ascending */
    uint64_t key_classes; /* ctfi_classes_of of each key; no bit, no child */
    uint32_t slot;        /* the value goes here, or CTFI_NONE */
    uint32_t present;     /* fact: something is here, whatever it is */
    uint32_t textual;     /* fact: a string or a number is here */
    uint32_t comparable;  /* fact: a string, or a number that does not overflow a double */
    uint32_t null;        /* fact: null is here */
    uint32_t null_inside; /* fact: an array with a null among its elements is here (may equal `null`) */
    uint32_t is_true;
    uint32_t is_false;
} ctfi_image_node;

/* A hash table entry: (owner, key) -> value. KEYS: owner is a node, value its child. TEXTS: owner is a
 * leaf, value an index into TEXT_FACTS, the same as the entry's own. The slot arrays have a power of two
 * of elements, at least one of them free (CTFI_NONE), the others each index one entry; an entry is
 * found by linear probing from the low bits of ctfi_key_hash(seed, owner, key), within CTFI_PROBE_MAX
 * steps. */
typedef struct ctfi_image_entry {
    uint32_t owner;
    ctfi_string key;
    uint32_t value;
} ctfi_image_entry;

#define CTFI_PROBE_MAX 32u

typedef struct ctfi_image_index {
    uint32_t index;
    uint32_t child;
} ctfi_image_index;

/* Facts of one exact text. `always` is set where the text equals (a string's characters, a field, a
 * JSON number's text); `strings` only where it is a JSON string: a bare number compares with a string
 * as typed, with a number by value (spec 5.4). */
typedef struct ctfi_image_text {
    uint32_t always;
    uint32_t strings;
} ctfi_image_text;

typedef struct ctfi_image_leaf {
    uint32_t n_texts;      /* entries of TEXTS with this owner */
    uint32_t numeric;      /* 1: a field's text is read as a number for `numbers`; 0: JSON, only numbers are */
    uint64_t text_classes; /* ctfi_classes_of of each text */
    ctfi_range globs;      /* GLOBS: the whole text against a wildcard pattern */
    ctfi_range needles;    /* NEEDLES: a substring of at least one byte; the message's leaf only */
    ctfi_range regexes;    /* REGEXES: searched */
    ctfi_range numbers;    /* NUMBERS, ascending by value, equal values adjacent */
} ctfi_image_leaf;

/* GLOB_NEEDS and REGEX_NEEDS have an element for each of GLOBS and REGEXES: what a text that matches holds
 * (base/neighbours.h). */

typedef struct ctfi_image_search {
    ctfi_string text;
    uint32_t fact;
} ctfi_image_search;

typedef struct ctfi_image_regex {
    ctfi_range automaton; /* words of AUTOMATA (program/automaton.h): those from one of AUTOMATON_STARTS to
                             the next; equal expressions of several leaves share them */
    ctfi_string source;   /* as written, for the dump */
    uint32_t fact;
} ctfi_image_regex;

/* A number to compare with, as ctfi_decimal; its facts where the value seen stands so to it. */
typedef struct ctfi_image_number {
    int64_t exponent;
    ctfi_string digits; /* significant digits, no '.' */
    uint32_t negative;
    uint32_t equal;
    uint32_t less;      /* seen < this */
    uint32_t less_equal;
    uint32_t greater;   /* seen > this */
    uint32_t greater_equal;
} ctfi_image_number;

/* Which piece of a space-delimited message a leaf sees (spec 6.2). */
typedef enum ctfi_accessor_type {
    CTFI_FROM_START, /* token `index`, counted from 0 */
    CTFI_FROM_END,   /* token n - 1 - index */
    CTFI_REST,       /* token `index` when it is the last one, else the raw rest from its first byte; from the
                        message's first byte when index is 0 and there are more tokens than one */
    CTFI_ACCESSOR_TYPES
} ctfi_accessor_type;

typedef struct ctfi_image_accessor {
    uint32_t type;
    uint32_t index;
    uint32_t leaf;
} ctfi_image_accessor;

/* The message has at least so many tokens. Ascending, each number once. */
typedef struct ctfi_image_count {
    uint32_t tokens;
    uint32_t fact;
} ctfi_image_count;

/* A value the caller wants: a JSON slot, or a piece of a space-delimited message. FROM_START with index
 * CTFI_NONE is a token that no message has: $5 of [a, b] (spec: metrics-alarms 1.2.8). */
typedef enum ctfi_value_source {
    CTFI_VALUE_SLOT,       /* index: a slot */
    CTFI_VALUE_FROM_START, /* as ctfi_accessor_type; missing where there is no such token */
    CTFI_VALUE_FROM_END,
    CTFI_VALUE_REST,
    CTFI_VALUE_SOURCES
} ctfi_value_source;

typedef struct ctfi_image_value {
    uint32_t source;
    uint32_t index;
} ctfi_image_value;

struct ctf_filter {
    ctf_allocator allocator;
    const ctfi_image *image; /* allocated apart, 8-byte aligned, immutable */
    ctfi_probe probe;        /* follows from the image */
};

/* The elements of a section. */
static inline const void *ctfi_image_section(const ctfi_image *image, ctfi_section_id id)
{
    return (const unsigned char *)image + image->sections[id].offset;
}

static inline uint32_t ctfi_image_count_of(const ctfi_image *image, ctfi_section_id id)
{
    return image->sections[id].count;
}

#define X(id, type)                                                          \
    static inline const type *ctfi_image_##id(const ctfi_image *image)       \
    {                                                                        \
        return (const type *)ctfi_image_section(image, CTFI_SECTION_##id);   \
    }
CTFI_SECTIONS(X)
#undef X

static inline ctfi_bytes ctfi_image_bytes(const ctfi_image *image, ctfi_string string)
{
    ctfi_bytes bytes = {ctfi_image_BYTES(image) + string.offset, string.length};
    return bytes;
}

#endif
