/* The tables of the README. */
#include "results.h"

#include <math.h>

static int was_asked(const bench_results *results, size_t query) { return bench_best(results, query) != NULL; }

static void put_query_heads(FILE *to, const bench_results *results)
{
    for (size_t q = 0; q < BENCH_QUERIES; q++)
        if (was_asked(results, q))
            fprintf(to, " %s |", results->queries[q].id);
    fputs("\n|---|", to);
    for (size_t q = 0; q < BENCH_QUERIES; q++)
        if (was_asked(results, q))
            fputs("---:|", to);
    fputc('\n', to);
}

/* GB/s, or the ratio of our best engine to this one. */
static void put_cells(FILE *to, const bench_results *results, size_t engine, int as_ratio)
{
    for (size_t q = 0; q < BENCH_QUERIES; q++) {
        const bench_row *row = bench_row_at(results, q, engine), *best = bench_best(results, q);
        if (best == NULL)
            continue;
        if (!row->asked)
            fputs(" |", to);
        else
            fprintf(to, " %.2f |", as_ratio ? bench_speed(best) / bench_speed(row) : bench_speed(row));
    }
    fputc('\n', to);
}

static void put_speeds(FILE *to, const bench_results *results)
{
    fputs("GB/s, median:\n\n| engine |", to);
    put_query_heads(to, results);
    for (size_t i = 0; i < results->n_engines; i++) {
        if (results->engines[i].missing != NULL)
            continue;
        fprintf(to, "| %s |", results->engines[i].name);
        put_cells(to, results, i, 0);
    }
    fputs("\nTimes as fast (our fastest engine against each peer; below 1 is a loss):\n\n| peer |", to);
    put_query_heads(to, results);
    for (size_t i = 0; i < results->n_engines; i++) {
        if (results->engines[i].missing != NULL || results->engines[i].family <= FAMILY_TRUSTED)
            continue;
        fprintf(to, "| %s |", results->engines[i].name);
        put_cells(to, results, i, 1);
    }
}

static void put_queries(FILE *to, const bench_results *results)
{
    fputs("\n| query | | patterns | events | matching | hits | ours, events/s | least - most GB/s |\n"
          "|---|---|---:|---:|---:|---:|---:|---|\n",
          to);
    for (size_t q = 0; q < BENCH_QUERIES; q++) {
        const bench_row *best = bench_best(results, q);
        if (best == NULL)
            continue;
        fprintf(to, "| %s | %s | %zu | %zu | %llu | %llu | %.2f M | %.2f - %.2f |\n", best->query->id,
                best->query->title, best->query->n, best->events, (unsigned long long)best->counts.events,
                (unsigned long long)best->counts.hits, (double)best->events / best->times.median / 1e6,
                (double)best->bytes / best->times.most / 1e9, (double)best->bytes / best->times.least / 1e9);
    }
}

static void put_process(FILE *to, const bench_process *p)
{
    fprintf(to, "| %s | `%s` | ", p->query != NULL ? p->query->id : "", p->name);
    if (p->skipped[0] != 0)
        fprintf(to, "skipped: %s | | |\n", p->skipped);
    else
        fprintf(to, "%.3f | %.3f | %.2f |\n", p->cpu.median, p->wall.median,
                (double)p->bytes / p->cpu.median / 1e9);
}

static void put_others(FILE *to, const bench_results *results)
{
    if (results->n_processes > 0)
        fputs("\n| query | process | CPU s | wall s | GB/s of CPU |\n|---|---|---:|---:|---:|\n", to);
    for (size_t i = 0; i < results->n_processes; i++)
        put_process(to, &results->processes[i]);
    if (results->n_figures > 0)
        fputs("\n| cost | | goal |\n|---|---:|---:|\n", to);
    for (size_t i = 0; i < results->n_figures; i++) {
        const bench_figure *figure = &results->figures[i];
        fprintf(to, "| %s | %.4g %s |", figure->name, figure->value, figure->unit);
        if (figure->goal != 0)
            fprintf(to, " at %s %.4g |\n", figure->goal > 0 ? "most" : "least", fabs(figure->goal));
        else
            fputs(" |\n", to);
    }
}

static void put_skipped(FILE *to, const bench_results *results)
{
    for (size_t i = 0; i < results->n_engines; i++)
        if (results->engines[i].missing != NULL)
            fprintf(to, "\nSkipped: %s: %s.\n", results->engines[i].name, results->engines[i].missing);
}

int bench_write_markdown(const bench_results *results, const char *path)
{
    const bench_corpus *events = &results->corpora[DATA_EVENTS];
    FILE *to = fopen(path, "w");
    if (to == NULL)
        return fprintf(stderr, "bench: cannot write %s\n", path), -1;
    fprintf(to, "%s; %zu events, %.0f bytes each in the mean, %.1f MB; %s.\n\n", bench_processor(), events->n,
            (double)events->length / (double)events->n, (double)events->length / 1e6,
            results->options->corpus != NULL ? "from files, repeated" : "made from the seed");
    put_speeds(to, results);
    bench_put_goals(results, to);
    put_queries(to, results);
    put_others(to, results);
    put_skipped(to, results);
    return fclose(to) != 0 ? -1 : 0;
}
