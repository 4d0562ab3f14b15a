/* The blocks that queries are made of. Where memory runs out a query stays incomplete, and compiling or
 * counting tells. */
#ifndef BENCH_QUERIES_BUILD_H
#define BENCH_QUERIES_BUILD_H

#include "queries.h"

/* A text that lives as long as the query. */
__attribute__((format(printf, 2, 3))) ctf_text bench_keep(bench_query *query, const char *format, ...);

void bench_add_pattern(bench_query *query, ctf_text text);
void bench_add_literal(bench_query *query, ctf_text text);
void bench_add_rule(bench_query *query, ctf_text text);
/* A name that the predicate looks up, and its literal. */
void bench_add_name(bench_query *query, ctf_text name, ctf_text source);
/* A pattern that asks for a name of a source, with all of the above. */
void bench_add_pair(bench_query *query, const char *name, const char *source);

/* ---- sets ---- */

/* The fourteen patterns of a monitoring baseline. */
void bench_add_baseline(bench_query *query);
/* Pairs of invented names and sources until there are n patterns. */
void bench_fill_up(bench_query *query, size_t n);
/* A pair for each name and source that the events hold, `most` at most. -1 when memory ran out. */
int bench_gather_pairs(const bench_corpus *events, bench_query *query, size_t most);

/* Single patterns of the baseline, and the same as rules. */
extern const char bench_denied[], bench_root[], bench_denied_rule[], bench_root_rule[];

#endif
