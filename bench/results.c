#include "results.h"

#include <string.h>

void bench_add_figure(bench_results *results, const char *name, double value, const char *unit, double goal)
{
    if (results->n_figures == BENCH_MOST_FIGURES)
        return;
    bench_figure *figure = &results->figures[results->n_figures++];
    snprintf(figure->name, sizeof figure->name, "%s", name);
    snprintf(figure->unit, sizeof figure->unit, "%s", unit);
    figure->value = value;
    figure->goal = goal;
}

void bench_add_process(bench_results *results, const bench_process *process)
{
    if (results->n_processes < BENCH_MOST_FIGURES)
        results->processes[results->n_processes++] = *process;
}

const bench_row *bench_best(const bench_results *results, size_t query)
{
    const bench_row *best = NULL;
    for (size_t i = 0; i < results->n_engines; i++) {
        const bench_row *row = bench_row_at(results, query, i);
        if (row->asked && row->engine->family == FAMILY_OURS &&
            (best == NULL || bench_speed(row) > bench_speed(best)))
            best = row;
    }
    return best;
}

const char *bench_processor(void)
{
    static char model[128] = "unknown processor";
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "model name : %127[^\n]", model) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return model;
}

void bench_print_query(const bench_results *results, size_t query, FILE *to)
{
    const bench_row *best = bench_best(results, query);
    const bench_query *asked = &results->queries[query];
    fprintf(to, "\n%s %s: %llu of %zu events match, %llu hits, %.1f MB\n", asked->id, asked->title,
            best != NULL ? (unsigned long long)best->counts.events : 0, best != NULL ? best->events : 0,
            best != NULL ? (unsigned long long)best->counts.hits : 0,
            best != NULL ? (double)best->bytes / 1e6 : 0);
    fprintf(to, "  %-18s %8s %8s %8s %9s %7s\n", "", "GB/s", "least", "most", "events/us", "ours x");
    for (size_t i = 0; i < results->n_engines; i++) {
        const bench_row *row = bench_row_at(results, query, i);
        if (!row->asked)
            continue;
        double speed = bench_speed(row), bytes = (double)row->bytes / 1e9;
        fprintf(to, "  %-18s %8.3f %8.3f %8.3f %9.3f %7.2f\n", row->engine->name, speed,
                bytes / row->times.most, bytes / row->times.least,
                (double)row->events / row->times.median / 1e6, best != NULL ? bench_speed(best) / speed : 0);
    }
}

static void print_processes(const bench_results *results, FILE *to)
{
    fputs("\nprocesses and archives\n", to);
    for (size_t i = 0; i < results->n_processes; i++) {
        const bench_process *p = &results->processes[i];
        fprintf(to, "  %-4s %-34s ", p->query != NULL ? p->query->id : "", p->name);
        if (p->skipped[0] != 0)
            fprintf(to, "skipped: %s\n", p->skipped);
        else
            fprintf(to, "cpu %8.4f s  wall %8.4f s  %7.3f GB a second of CPU\n", p->cpu.median, p->wall.median,
                    (double)p->bytes / p->cpu.median / 1e9);
    }
}

void bench_print(const bench_results *results, FILE *to)
{
    for (size_t i = 0; i < results->n_engines; i++)
        if (results->engines[i].missing != NULL)
            fprintf(to, "skipped: %s: %s\n", results->engines[i].name, results->engines[i].missing);
    if (results->n_processes > 0)
        print_processes(results, to);
    if (results->n_figures > 0)
        fputs("\ncosts\n", to);
    for (size_t i = 0; i < results->n_figures; i++) {
        const bench_figure *figure = &results->figures[i];
        fprintf(to, "  %-60s %12.3f %s\n", figure->name, figure->value, figure->unit);
    }
}
