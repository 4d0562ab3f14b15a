/* Parts of `ctfilter check`. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include <ctfilter/check.h>

#include "blob.h"
#include "config.h"
#include "json_out.h"
#include "options.h"
#include "patterns.h"

/* A pattern to check and where it stands. */
typedef struct check_item {
    ctf_text pattern;
    ctf_text name;  /* may be empty */
    cli_place place; /* of its first character where `exact`, else of what holds it; file NULL: the command line */
    bool exact;
    ctf_check *check;
    bool refused;
} check_item;

/* Something to tell. */
typedef struct check_problem {
    size_t item; /* CHECK_NO_ITEM: it is not about one pattern */
    const char *id;
    ctf_severity severity;
    cli_place place;
    uint32_t end_line, end_column; /* behind the place's last character; 0: not known */
    char *words;
    char *service; /* NULL: not known */
    char *excerpt; /* lines that show the place; NULL: none */
    char *instead; /* NULL: there is no proposal */
    bool sure;
    size_t rank;    /* of its file: problems are told by this, */
    size_t order;   /* their place and the order in which they were found */
} check_problem;

#define CHECK_NO_ITEM SIZE_MAX

typedef struct check_work {
    const cli_options *options;
    cli_config config;
    cli_parameter *parameters;
    pattern_list patterns;
    check_item *items;
    size_t n_items, room_items;
    check_problem *problems;
    size_t n_problems, room_problems;
    const char **files; /* in the order in which they were met */
    size_t n_files, room_files;
    size_t counts[CTF_SEVERITY_ERROR + 1];
    bool linking; /* what the configuration tells now is about how its parts fit together */
    bool failed;  /* something could not be read; the user has been told */
} check_work;

/* check_input.c: sorts operands into patterns and files, reads these. */
void check_read(check_work *work);

/* check.c: reads all and checks each pattern by itself; what a whole configuration is told is left out. */
void check_patterns(check_work *work);
void check_free(check_work *work);

/* check_config.c: what a whole configuration is told. Before it is read: where its messages go. */
void check_config_message(void *context, const cli_message *message);
void check_config(check_work *work);

/* check_corpus.c: what the events of --corpus say. */
void check_corpus(check_work *work);

/* Adds a problem of a rule, its texts copied; the pointer is good until the next one. */
check_problem *check_add(check_work *work, size_t item, const char *id, cli_place place, const char *words);

/* Adds a problem that points into a pattern. */
check_problem *check_point(check_work *work, size_t item, const char *id, size_t offset, size_t length,
                           const char *words);

/* check_report.c: one function a format. */
void check_report_text(const check_work *work, blob *out);
void check_report_json(const check_work *work, blob *out);
void check_report_sarif(const check_work *work, blob *out);
void check_report_github(const check_work *work, blob *out);
void check_report_junit(const check_work *work, blob *out);

#endif
