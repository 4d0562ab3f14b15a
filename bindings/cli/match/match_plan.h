/* What a command that reads messages was asked to do: read from the options once, then only looked at.
 * match uses all of it; replay what is about reading. */
#ifndef CLI_MATCH_PLAN_H
#define CLI_MATCH_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/match.h>

#include "options.h"

/* What is printed for each match. */
typedef enum match_form {
    FORM_MESSAGE, /* the message, or the values asked for */
    FORM_JSON,    /* one JSON object a match */
    FORM_API,     /* the answer of TestMetricFilter, one JSON object an input */
    FORM_COUNT,   /* nothing; a number an input */
    FORM_LIST,    /* nothing; the name of each input with a match */
    FORM_NOTHING
} match_form;

typedef struct match_plan {
    const ctf_filter *filter;
    ctf_filter *owned;     /* the same where the plan frees it */
    ctf_filter *extractor; /* extract.h, with the selectors of `values` that start with "$." */
    size_t n_patterns;
    match_form form;
    bool json; /* counts as JSON, too */
    bool invert;
    bool named; /* results carry the input's name */
    bool stats;
    bool sees_all; /* every message is looked at, not only those that match */
    bool times;    /* it matters when messages were */
    bool progress;
    const char **values; /* what --extract asks for, in order */
    size_t n_values;
    uint64_t most_matches; /* of each input */
    size_t most_bytes;     /* that a line, a document or what one input inflates to may have */
    size_t hold;           /* source_tools.hold */
    size_t threads;
    int input; /* INPUT_ */
    ctf_scratch_options reader; /* of messages */
    const char *const *inputs; /* the paths among the operands */
    size_t n_inputs;
} match_plan;

/* Returns false after it has told the user what is wrong; *plan needs match_plan_free either way. */
bool match_plan_read(const cli_options *options, match_plan *plan);
void match_plan_free(match_plan *plan);

/* Of that what is about reading: progress, input, most_bytes, threads, reader. Returns false after it has
 * told the user what is wrong. */
bool match_plan_read_reading(const cli_options *options, match_plan *plan);

/* What results call a pattern: its name; false and nothing when it has none and its number counts. */
bool match_plan_label(const match_plan *plan, size_t pattern, ctf_text *name);

#endif
