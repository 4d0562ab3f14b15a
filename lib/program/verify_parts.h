/* What the parts of the verifier share. Every check refuses with the place at fault and returns false;
 * a part that returns true has bounded all it names.
 *
 * Sections are taken over element by element in their owners' order (program/image.h), each part with a
 * cursor: what a range claims must begin where the one before it ended, and in the end all is taken. So
 * ranges neither overlap nor leave the section, and it needs no memory to know that. */
#ifndef CTFI_PROGRAM_VERIFY_PARTS_H
#define CTFI_PROGRAM_VERIFY_PARTS_H

#include "program/verify.h"

typedef struct ctfi_verifier {
    const ctfi_image *image;
    ctf_error *error;
} ctfi_verifier;

/* Reports what is wrong at `at`, a place inside the image. Always false. */
bool ctfi_verify_refuse(const ctfi_verifier *v, const void *at, const char *why);

/* A string inside BYTES, at most `longest` long. */
bool ctfi_verify_string(const ctfi_verifier *v, const ctfi_string *string, uint32_t longest);

/* A fact; one or CTFI_NONE. */
bool ctfi_verify_fact(const ctfi_verifier *v, const uint32_t *fact);
bool ctfi_verify_fact_or_none(const ctfi_verifier *v, const uint32_t *fact);

/* Takes a range over at the cursor. */
bool ctfi_verify_share(const ctfi_verifier *v, const ctfi_range *range, ctfi_section_id id, uint32_t *cursor);

/* All of a section was taken over. */
bool ctfi_verify_spent(const ctfi_verifier *v, ctfi_section_id id, uint32_t cursor);

/* verify_patterns.c: PATTERNS, VALUES, FIELDS, TRIGGER_STARTS, TRIGGERS, ALWAYS and the header's flags. */
bool ctfi_verify_patterns(const ctfi_verifier *v);

/* verify_code.c: one pattern's code, a range already bounded. */
bool ctfi_verify_code(const ctfi_verifier *v, ctfi_range code);

/* verify_nodes.c: NODES, KEYS, INDEXES, ACCESSORS, COUNTS and who owns which leaf and slot. */
bool ctfi_verify_nodes(const ctfi_verifier *v);

/* verify_leaves.c: LEAVES, TEXTS, TEXT_FACTS, GLOBS, GLOB_NEEDS, NEEDLES, REGEXES, REGEX_NEEDS, NUMBERS and
 * the automata. */
bool ctfi_verify_leaves(const ctfi_verifier *v);

/* verify_table.c: a hash table's slots against its n entries, whose keys are bounded. */
bool ctfi_verify_table(const ctfi_verifier *v, ctfi_section_id slots, const ctfi_image_entry *entries,
                       uint32_t n);

#endif
