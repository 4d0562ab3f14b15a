/* What was read and matched, for --stats. */
#ifndef CLI_MATCH_STATS_H
#define CLI_MATCH_STATS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "match_plan.h"

/* Each thread counts for itself. */
typedef struct match_stats {
    uint64_t inputs;
    uint64_t bytes;    /* as they were read */
    uint64_t inflated; /* of which what was compressed came to */
    uint64_t messages;
    uint64_t matches;
    uint64_t *by_pattern; /* how many messages each matched */
} match_stats;

void match_stats_init(match_stats *stats, size_t n_patterns);
void match_stats_free(match_stats *stats);

/* Adds one thread's counts to another's. */
void match_stats_add(match_stats *sum, const match_stats *stats, size_t n_patterns);

/* Prints them, one a line. */
void match_stats_print(const match_stats *stats, const match_plan *plan, double seconds, FILE *stream);

#endif
