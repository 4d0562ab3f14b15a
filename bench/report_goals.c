/* What the project set out to reach, beside what this run measured. */
#include "results.h"

#include <string.h>

typedef struct goal {
    const char *query, *ours, *peer; /* ours NULL: the fastest of ours */
    double least;                    /* times the peer's speed */
} goal;

static const goal goals[] = {
    {"Q1", NULL, "hyperscan", 1},
    {"Q1", NULL, "memory-read", 0.7},
    {"Q2", NULL, "hyperscan", 1},
    {"Q2", NULL, "memory-read", 0.7},
    {"Q3", NULL, "hyperscan", 1},
    {"Q3", NULL, "simdjson-ondemand", 2},
    {"Q4", NULL, "simdjson-ondemand", 2},
    {"Q5", NULL, "simdjson-ondemand", 1},
    {"Q5", "scan-trusted", "simdjson-ondemand", 2},
    {"Q6", NULL, "hyperscan", 1},
    {"Q6", NULL, "simdjson-ondemand", 2},
    {"Q7", NULL, "simdjson-dom", 1},
    {"Q7", NULL, "yyjson", 2},
    {"Q7", NULL, "rapidjson", 2},
    {"Q11", NULL, "simdjson-dom", 1},
    {"Q11", NULL, "yyjson", 2},
    {"Q11", NULL, "rapidjson", 2},
    {"Q12", NULL, "simdjson-dom", 1},
    {"Q12", NULL, "yyjson", 2},
    {"Q12", NULL, "rapidjson", 2},
    {"Q1", "scan-scalar", "yajl", 2},
    {"Q4", "scan-scalar", "yajl", 2},
    {"Q7", "scan-scalar", "yajl", 2},
    {"Q11", "scan-scalar", "yajl", 2},
};

static size_t query_of(const bench_results *results, const char *id)
{
    size_t i = 0;
    while (i + 1 < BENCH_QUERIES && strcmp(results->queries[i].id, id) != 0)
        i++;
    return i;
}

const bench_row *bench_row_named(const bench_results *results, size_t query, const char *engine)
{
    for (size_t i = 0; i < results->n_engines; i++) {
        const bench_row *row = bench_row_at(results, query, i);
        if (row->asked && strcmp(row->engine->name, engine) == 0)
            return row;
    }
    return NULL;
}

static void put_goal(FILE *to, const bench_results *results, const goal *aim)
{
    size_t query = query_of(results, aim->query);
    const bench_row *ours =
        aim->ours != NULL ? bench_row_named(results, query, aim->ours) : bench_best(results, query);
    const bench_row *peer = bench_row_named(results, query, aim->peer);
    if (ours == NULL || peer == NULL)
        return;
    double ratio = bench_speed(ours) / bench_speed(peer);
    fprintf(to, "| %s | %s | %s | %.1f | %.2f | %s |\n", aim->query, ours->engine->name, aim->peer, aim->least,
            ratio, ratio >= aim->least ? "reached" : "**missed**");
}

/* Ten thousand patterns may take 1.3 times the time of fourteen. */
static void put_growth(FILE *to, const bench_results *results)
{
    const bench_row *few = bench_best(results, query_of(results, "Q4"));
    const bench_row *many = bench_best(results, query_of(results, "Q10"));
    if (few == NULL || many == NULL)
        return;
    double ratio = bench_speed(many) / bench_speed(few);
    fprintf(to, "| Q10 | %s | our Q4 | %.2f | %.2f | %s |\n", many->engine->name, 1 / 1.3, ratio,
            ratio >= 1 / 1.3 ? "reached" : "**missed**");
}

void bench_put_goals(const bench_results *results, FILE *to)
{
    fputs("\n| query | ours | against | goal, times as fast | measured | |\n|---|---|---|---:|---:|---|\n", to);
    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++)
        put_goal(to, results, &goals[i]);
    put_growth(to, results);
}
