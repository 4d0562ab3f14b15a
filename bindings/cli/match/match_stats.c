#include "match_stats.h"

#include <inttypes.h>
#include <stdlib.h>

#include "diag.h"

void match_stats_init(match_stats *stats, size_t n_patterns)
{
    *stats = (match_stats){.by_pattern = need(n_patterns, sizeof *stats->by_pattern)};
}

void match_stats_free(match_stats *stats)
{
    free(stats->by_pattern);
    *stats = (match_stats){0};
}

void match_stats_add(match_stats *sum, const match_stats *stats, size_t n_patterns)
{
    sum->inputs += stats->inputs;
    sum->bytes += stats->bytes;
    sum->inflated += stats->inflated;
    sum->messages += stats->messages;
    sum->matches += stats->matches;
    for (size_t i = 0; i < n_patterns; i++)
        sum->by_pattern[i] += stats->by_pattern[i];
}

static void print_pattern(const match_plan *plan, size_t pattern, uint64_t matches, FILE *stream)
{
    ctf_text name;
    if (match_plan_label(plan, pattern, &name))
        fprintf(stream, "pattern    %" PRIu64 "  %.*s\n", matches, (int)name.length, name.data);
    else
        fprintf(stream, "pattern    %" PRIu64 "  %zu\n", matches, pattern + 1);
}

void match_stats_print(const match_stats *stats, const match_plan *plan, double seconds, FILE *stream)
{
    fprintf(stream, "inputs     %" PRIu64 "\n", stats->inputs);
    fprintf(stream, "bytes      %" PRIu64 "\n", stats->bytes);
    fprintf(stream, "inflated   %" PRIu64 "\n", stats->inflated);
    fprintf(stream, "messages   %" PRIu64 "\n", stats->messages);
    fprintf(stream, "selected   %" PRIu64 "\n", stats->matches);
    for (size_t i = 0; i < plan->n_patterns; i++)
        print_pattern(plan, i, stats->by_pattern[i], stream);
    fprintf(stream, "seconds    %.3f\n", seconds);
}
