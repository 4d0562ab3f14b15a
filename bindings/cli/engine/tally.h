/* Counting scores by kind, by family and by confidence. */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include <stdio.h>

#include "compare.h"

/* One line of the totals. */
typedef struct tally_row {
    const char *group; /* "kind", "family", ...: a constant */
    ctf_text name;     /* lives as long as the vectors */
    size_t counts[SCORES];
} tally_row;

/* Starts as {0}. */
typedef struct cli_tally {
    tally_row *rows;
    size_t n;
    size_t room;
    size_t counts[SCORES]; /* of all */
} cli_tally;

void tally_add(cli_tally *tally, const cli_vector *vector, cli_score score);

/* How many of a kind have a score so far. */
size_t tally_kind(const cli_tally *tally, ctf_text kind, cli_score score);

/* Prints the groups one after another, rows in the order they came up, and the sum. */
void tally_print(const cli_tally *tally, FILE *out);
void tally_free(cli_tally *tally);

#endif
