/* Test files of `ctfilter test`: what one says, and what came of it.
 *
 * A file holds patterns (its own, or those of files that it names), perhaps metric filters and alarms in the words of a
 * configuration, and cases that say what must hold of them. Reading tells everything that is wrong with a file; a file
 * with errors is not run. All that is pointed to lives until suite_free. */
#ifndef CLI_SUITE_H
#define CLI_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ctfilter/match.h>

#include "blob.h"
#include "config_object.h"
#include "options.h"
#include "patterns.h"

#define SUITE_NONE SIZE_MAX

/* One test of a pattern, for coverage. */
typedef struct suite_term {
    size_t offset, length; /* in the pattern */
    bool decided;          /* without it the pattern would have had the other verdict on some message */
} suite_term;

/* A pattern that a file has or a case speaks of; equal texts are one. */
typedef struct suite_pattern {
    ctf_text name; /* what reports call it; empty: its text */
    ctf_text text;
    cli_place place; /* of its text; line 0: nowhere in a file */
    int lead;        /* json_value's */
    ctf_filter *filter;
    ctf_scratch *scratch;
    bool used; /* a case that ran asked it, or a file that ran has it */
    suite_term *terms; /* NULL: not looked for yet */
    size_t n_terms;
} suite_pattern;

/* A message, or the path of a file of messages, and where it stands. */
typedef struct suite_message {
    cli_place place;
    ctf_text text;
} suite_message;

typedef struct suite_messages {
    const suite_message *messages, *files;
    size_t n_messages, n_files;
} suite_messages;

/* The case's pattern means the same as another, or implies it. */
typedef struct suite_relation {
    cli_place place;
    size_t other; /* of the patterns */
    bool equal;
} suite_relation;

/* Something that did not hold. */
typedef struct suite_failure {
    cli_place place;
    char *words;
    char *details; /* lines, each ended by a newline; may be "" */
} suite_failure;

struct suite_replay; /* suite_replay.h */

typedef struct suite_case {
    ctf_text name;
    cli_place place;
    size_t pattern;             /* SUITE_NONE: it is about none */
    suite_messages expected[2]; /* by whether the pattern matches them */
    const suite_relation *relations;
    size_t n_relations;
    const struct suite_replay *replay; /* NULL: nothing is replayed */
    bool chosen;   /* by --run */
    bool unread;   /* a file of messages could not be read; the user has been told */
    suite_failure *failures;
    size_t n_failures, room_failures;
} suite_case;

typedef struct suite_file {
    const char *path; /* as messages call it */
    ctf_text name;    /* the path where the file gives none */
    cli_config config;
    cli_parameter *parameters;
    pattern_list patterns; /* of files of patterns */
    config_names names;    /* what cases may call a pattern: its index */
    size_t values;         /* of series so far */
    suite_case *cases;
    size_t n_cases;
    size_t *declared; /* patterns that the file itself has */
    size_t n_declared, room_declared;
    ctf_metrics *metrics; /* of its metric filters; NULL: not needed yet */
    ctf_scratch *scratch;
    bool broken; /* something is wrong with it; the user has been told */
} suite_file;

/* All files of a command line. */
typedef struct suite {
    const cli_options *options;
    suite_file *files;
    size_t n_files;
    suite_pattern *patterns;
    size_t n_patterns, room_patterns;
    config_names by_text; /* of the patterns */
    bool covering;
    cli_report_fn report; /* where what is wrong with files goes; NULL: cli_message_print */
    void *context;
} suite;

/* A file while it is read. */
typedef struct suite_reading {
    suite *all;
    suite_file *file;
    config_object o; /* values are read through it */
    bool blind;      /* patterns may be missing because of an earlier error: names are not complained of */
} suite_reading;

/* suite_read.c: reads a test file ("-": standard input) and all that it names. */
void suite_read(suite *all, suite_file *file, const char *path);

/* The same for a file's bytes; `label` is what messages call it, and where it names other files, these are beside it. */
void suite_read_bytes(suite *all, suite_file *file, const char *label, const void *bytes, size_t length);

void suite_free(suite *all);

/* suite_case.c: reads the list of cases. */
void suite_read_cases(suite_reading *r, const json_value *list);

/* suite_pattern.c: a pattern by its text, compiled. SUITE_NONE after it has been refused. */
size_t suite_pattern_add(suite_reading *r, const suite_pattern *given);

/* The patterns of the file, by name: its own, those of metric filters and of pattern files. */
void suite_pattern_names(suite_reading *r, const json_value *own);

/* A pattern that a case speaks of: found has the three slots REFERENCE_. SUITE_NONE after a refusal, or when none is
 * given, which is no refusal. */
size_t suite_pattern_given(suite_reading *r, const json_value *const found[]);

/* What reports call a pattern. */
ctf_text suite_pattern_label(const suite *all, size_t index);

/* suite_run.c: runs a case; what does not hold is added to its failures. */
void suite_run(suite *all, suite_file *file, suite_case *one);
void suite_fail(suite_case *one, cli_place place, const blob *words, const blob *details);

/* suite_coverage.c: notes which terms of a pattern decide its verdict on a message. */
void suite_cover(suite_pattern *pattern, ctf_text message);

/* Tells of every pattern in use what was never decided; returns whether so much percent was. */
bool suite_coverage(suite *all, uint64_t percent, blob *out);

/* suite_report.c: "file:line:column"; the failures and how each file did; the closing line. */
void suite_place(cli_place at, blob *out);
void suite_report_files(const suite *all, blob *out);
void suite_report_total(const suite *all, blob *out);
void suite_report_junit(const suite *all, blob *out);

#endif
