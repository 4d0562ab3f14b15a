/* Literals that a text must hold so that a test on it can succeed. */
#ifndef CTFI_PROGRAM_PROBE_LITERAL_H
#define CTFI_PROGRAM_PROBE_LITERAL_H

#include "base/job.h"
#include "program/probe.h"

/* How the text stands in the message: as its own bytes, or as a JSON string between quotes. */
typedef enum ctfi_writing { CTFI_RAW, CTFI_QUOTED } ctfi_writing;

/* What a text needs to pass a test. */
typedef struct ctfi_required {
    bool known;    /* `needle` is a literal of at least two bytes that it must hold; else nothing is known */
    bool numberly; /* the text of a JSON number can pass (asked of CTFI_QUOTED only) */
    ctfi_needle needle;
} ctfi_required;

/* The text is this one; it fits this wildcard pattern. */
ctfi_required ctfi_require_text(ctfi_bytes text, ctfi_writing writing);
ctfi_required ctfi_require_glob(ctfi_bytes pattern, ctfi_writing writing);

/* The text holds these bytes. */
ctfi_required ctfi_require_part(ctfi_bytes part, ctfi_writing writing);

/* Some branch of the expression matches: one for each, at most `room` of them. Returns how many; 0 when
 * there are more, or when one of them needs nothing. Leaves through the job when the source is no
 * expression. */
uint32_t ctfi_require_regex(ctfi_job *job, ctfi_bytes source, ctfi_writing writing, ctfi_required *out,
                            uint32_t room);

/* Is this the automaton of that expression? Leaves through the job when the source is no expression. */
bool ctfi_is_source(ctfi_job *job, ctfi_bytes source, const uint64_t *words, uint32_t n_words);

/* Can the text of a JSON number be this one? */
bool ctfi_is_numberly(ctfi_bytes text);

#endif
