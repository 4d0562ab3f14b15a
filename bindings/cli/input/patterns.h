/* Where a command's patterns come from: operands, files in three forms, or a compiled program.
 *
 * A pattern file is one of: patterns as text, one a line (blank lines and lines that start with # are
 * skipped: no pattern can start with #); JSON lines, each an object with "filterPattern" or "pattern"
 * and perhaps "filterName" or "name"; or what describe-metric-filters printed, whose "metricFilters"
 * are such objects. A list remembers the file and line of each pattern, so that errors point there. */
#ifndef CLI_PATTERNS_H
#define CLI_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/filter.h>

#include "options.h"

/* Patterns in order, with where they stood. Starts as {0}; owns all texts. */
typedef struct pattern_list {
    ctf_pattern *patterns;
    struct pattern_origin *origins; /* one each */
    size_t n;
    char **kept; /* every text */
    size_t n_kept;
    size_t room_patterns;
    size_t room_origins;
    size_t room_kept;
} pattern_list;

/* Appends a pattern of the command line; the text is copied. */
void patterns_add(pattern_list *list, const char *pattern);

/* Appends the patterns of a file, "-" being standard input. Returns false after it has told the user
 * what is wrong with it; a file without any pattern is wrong too. */
bool patterns_read(pattern_list *list, const char *path);

/* The same of a file's bytes; `label` is what messages call it. */
bool patterns_read_bytes(pattern_list *list, const char *label, ctf_text bytes);

/* Where a pattern stood. The file is NULL for the command line; line and column count from 1. `exact`: the text stands
 * there as it reads, from that character on; else the place is that of what holds it. */
typedef struct pattern_place {
    const char *file;
    size_t line;
    size_t column;
    bool exact;
} pattern_place;
pattern_place patterns_place(const pattern_list *list, size_t index);

void patterns_free(pattern_list *list);

/* Compiles the list. Returns NULL after it has told the user which pattern is refused and why. */
ctf_filter *patterns_compile(const pattern_list *list);

/* The filter that a command line asks for: --program FILE, every -f FILE, or else operands. Without -f and
 * --program takes up to `most` operands as patterns and stores how many it took.
 * Returns NULL after it has told the user what is wrong; the misuse of giving none included. */
ctf_filter *patterns_from_options(const cli_options *options, size_t most, size_t *taken);

/* The list that a command line asks for, for commands that need the texts; --program is not read here.
 * Returns false after it has told the user. */
bool patterns_list_from_options(const cli_options *options, size_t most, pattern_list *list, size_t *taken);

#endif
