/* Filters: patterns compiled into one sealed, immutable program. */
#ifndef CTFILTER_FILTER_H
#define CTFILTER_FILTER_H

#include <ctfilter/error.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One pattern of a filter. The texts are read during ctf_filter_compile only. */
typedef struct ctf_pattern {
    ctf_text text;           /* the filter pattern, UTF-8, at most 1024 code points; "" matches all */
    ctf_text name;           /* any name for reports; kept in the program; may be empty */
    const ctf_text *extract; /* n_extract selectors whose values are wanted with each message: $.a.b[0]
                                for JSON patterns, $name or $3 for space-delimited ones, without
                                wildcard; text patterns have none (spec: metrics-alarms 1.2.8) */
    size_t n_extract;
} ctf_pattern;

/* The four kinds of the language and match-all (spec: filter-patterns section 1). */
typedef enum ctf_kind {
    CTF_KIND_ALL = 0, /* empty or only blanks: every message */
    CTF_KIND_TEXT,    /* terms */
    CTF_KIND_REGEX,   /* one %regex% */
    CTF_KIND_FIELDS,  /* [...]: space-delimited */
    CTF_KIND_JSON     /* {...} */
} ctf_kind;

/* Options; size = sizeof(ctf_options), 0 or NULL in a field means its default. */
typedef struct ctf_options {
    size_t size;
    const ctf_allocator *allocator; /* for the filter and all work while compiling */
} ctf_options;

/* A compiled filter: one block of memory, immutable, shared by any number of threads. */
typedef struct ctf_filter ctf_filter;

/* Compiles n patterns (1 to CTF_MAX_PATTERNS) into one filter. On CTF_OK stores a filter that the
 * caller frees with ctf_filter_free(); otherwise stores NULL, and `error` (may be NULL) says which
 * pattern, which bytes of it and why: CTF_E_PATTERN for what the service refuses, CTF_E_LIMIT for a
 * limit, CTF_E_ARGUMENT, CTF_E_NOMEM. Time and memory are linear in the patterns within the limits of
 * lib/README.md. `options` may be NULL. */
CTF_API ctf_status ctf_filter_compile(const ctf_pattern *patterns, size_t n, const ctf_options *options,
                                      ctf_filter **out, ctf_error *error);

#define CTF_MAX_PATTERNS 100000u

/* Frees a filter; NULL is fine. No thread may be matching with it. */
CTF_API void ctf_filter_free(ctf_filter *filter);

/* How many patterns the filter holds. */
CTF_API size_t ctf_filter_count(const ctf_filter *filter);

/* What one pattern (index < count) is. The views live as long as the filter. */
typedef struct ctf_pattern_info {
    ctf_kind kind;
    ctf_text name;
    ctf_text text;
    size_t n_extract;
} ctf_pattern_info;

CTF_API ctf_status ctf_filter_pattern(const ctf_filter *filter, size_t index, ctf_pattern_info *out);

/* The sealed image: position-independent bytes that another process on a machine of the same byte
 * order can load. Shows the filter's own block, valid as long as the filter; write it where you like. */
CTF_API ctf_text ctf_filter_image(const ctf_filter *filter);

/* Loads an image: copies the bytes, checks magic, format, sizes and checksum, then runs the verifier
 * that bounds every index, jump, table and automaton. CTF_E_PROGRAM with the offset and the reason
 * in `error` (may be NULL) for anything else; foreign bytes are harmless. */
CTF_API ctf_status ctf_filter_load(const void *image, size_t length, const ctf_options *options,
                                   ctf_filter **out, ctf_error *error);

/* Receives text in pieces; returns 0 to go on, anything else to stop (CTF_E_STOPPED). */
typedef int (*ctf_write_fn)(void *context, const char *data, size_t length);

/* Writes the exact program as text: patterns, selector tree, tests at each leaf, code. The text is a
 * function of the image alone; equal images give equal text. */
CTF_API ctf_status ctf_filter_dump(const ctf_filter *filter, ctf_write_fn write, void *context);

/* Parses one pattern and writes it in canonical form: one spelling of blanks, brackets and keywords. It
 * compiles to the same program, unless it is longer than 1,024 code points, which the canonical form of a
 * shorter pattern can be. Errors as ctf_filter_compile. */
CTF_API ctf_status ctf_pattern_print(ctf_text pattern, const ctf_options *options, ctf_write_fn write,
                                     void *context, ctf_error *error);

#ifdef __cplusplus
}
#endif

#endif
