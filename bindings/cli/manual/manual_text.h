/* The sections of the manual that no table can tell: what inputs are understood, what a pattern file
 * is, exit status, examples. Plain text; each writer escapes it for its own format. */
#ifndef CLI_MANUAL_TEXT_H
#define CLI_MANUAL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum manual_kind {
    MANUAL_PARAGRAPH,
    MANUAL_ITEM, /* a tag and what it means */
    MANUAL_CODE  /* lines to be shown as they are */
} manual_kind;

typedef struct manual_piece {
    manual_kind kind;
    const char *tag; /* MANUAL_ITEM only */
    const char *text;
} manual_piece;

/* Room for a piece that is made up. */
typedef struct manual_room {
    char tag[64];
    char text[1024];
} manual_room;

typedef struct manual_section {
    const char *title; /* in words; the page's writer shouts it */
    const manual_piece *pieces;
    size_t n;
    bool (*more)(size_t index, manual_room *room, manual_piece *out); /* pieces behind these; NULL: none */
} manual_section;

/* The section on replaying. */
#define MANUAL_REPLAY 9
extern const manual_piece manual_replay[MANUAL_REPLAY];

/* The section on explaining. */
#define MANUAL_EXPLAIN 21
extern const manual_piece manual_explain[MANUAL_EXPLAIN];

/* The section on proving. */
#define MANUAL_PROVE 5
extern const manual_piece manual_prove[MANUAL_PROVE];

/* The section on test files. */
#define MANUAL_TEST 18
extern const manual_piece manual_test[MANUAL_TEST];

/* The section on checking, and the rules behind it. */
#define MANUAL_CHECK 1
extern const manual_piece manual_check[MANUAL_CHECK];
bool manual_check_rule(size_t index, manual_room *room, manual_piece *out);

/* In the order of the page; they follow the commands. */
extern const manual_section manual_sections[];
extern const size_t manual_section_count;

#endif
