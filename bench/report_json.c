/* All numbers as one JSON document. */
#include "results.h"

/* Texts here are our own: only quotes and backslashes need escaping. */
static void put_text(FILE *to, const char *text)
{
    fputc('"', to);
    for (; *text != 0; text++)
        fprintf(to, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    fputc('"', to);
}

static void put_times(FILE *to, const char *name, bench_times times)
{
    fprintf(to, "\"%s\":{\"median\":%.9f,\"least\":%.9f,\"most\":%.9f,\"n\":%zu}", name, times.median,
            times.least, times.most, times.n);
}

static void put_counts(FILE *to, bench_counts counts)
{
    fprintf(to, "\"matching\":%llu,\"hits\":%llu,", (unsigned long long)counts.events,
            (unsigned long long)counts.hits);
}

static void put_row(FILE *to, const bench_row *row)
{
    fputs("{\"query\":", to);
    put_text(to, row->query->id);
    fputs(",\"engine\":", to);
    put_text(to, row->engine->name);
    fprintf(to, ",\"bytes\":%zu,\"events\":%zu,", row->bytes, row->events);
    put_counts(to, row->counts);
    put_times(to, "seconds", row->times);
    fprintf(to, ",\"gigabytes_per_second\":%.4f}", bench_speed(row));
}

static void put_rows(FILE *to, const bench_results *results)
{
    const char *between = "";
    fputs("\"rows\":[", to);
    for (size_t i = 0; i < BENCH_QUERIES * results->n_engines; i++) {
        if (!results->rows[i].asked)
            continue;
        fprintf(to, "%s\n", between);
        put_row(to, &results->rows[i]);
        between = ",";
    }
    fputs("],\n", to);
}

static void put_process(FILE *to, const bench_process *p)
{
    fputs("{\"name\":", to);
    put_text(to, p->name);
    fputs(",\"query\":", to);
    put_text(to, p->query != NULL ? p->query->id : "");
    fputs(",\"skipped\":", to);
    put_text(to, p->skipped);
    fprintf(to, ",\"bytes\":%zu,", p->bytes);
    put_counts(to, p->counts);
    put_times(to, "cpu", p->cpu);
    fputc(',', to);
    put_times(to, "wall", p->wall);
    fputc('}', to);
}

static void put_lists(FILE *to, const bench_results *results)
{
    fputs("\"processes\":[", to);
    for (size_t i = 0; i < results->n_processes; i++) {
        fputs(i == 0 ? "\n" : ",\n", to);
        put_process(to, &results->processes[i]);
    }
    fputs("],\n\"figures\":[", to);
    for (size_t i = 0; i < results->n_figures; i++) {
        fputs(i == 0 ? "\n{\"name\":" : ",\n{\"name\":", to);
        put_text(to, results->figures[i].name);
        fprintf(to, ",\"value\":%.6f,\"goal\":%.6f,\"unit\":", results->figures[i].value,
                results->figures[i].goal);
        put_text(to, results->figures[i].unit);
        fputc('}', to);
    }
    fputs("],\n\"skipped\":[", to);
    const char *between = "";
    for (size_t i = 0; i < results->n_engines; i++) {
        if (results->engines[i].missing == NULL)
            continue;
        fputs(between, to);
        put_text(to, results->engines[i].name);
        between = ",";
    }
    fputs("]}\n", to);
}

int bench_write_json(const bench_results *results, const char *path)
{
    FILE *to = fopen(path, "w");
    if (to == NULL)
        return fprintf(stderr, "bench: cannot write %s\n", path), -1;
    fputs("{\"processor\":", to);
    put_text(to, bench_processor());
    fprintf(to, ",\"seed\":%llu,\n", (unsigned long long)results->options->seed);
    put_rows(to, results);
    put_lists(to, results);
    return fclose(to) != 0 ? -1 : 0;
}
