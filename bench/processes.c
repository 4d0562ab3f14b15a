/* Whole processes over a file: starting, reading and counting included. */
#include "command.h"
#include "results.h"

#include <stdlib.h>
#include <string.h>

#define RUNS 5u

/* What one pass of this library counts. */
static int expect(const bench_results *results, const bench_query *query, bench_counts *out)
{
    bench_engine list[BENCH_MOST_ENGINES];
    void *state;
    bench_engines_ctfilter(list, 0);
    if (list[0].open(&list[0], query, &results->corpora[query->data], &state) != 1)
        return -1;
    int failed = list[0].pass(state, out);
    list[0].close(state);
    return failed;
}

/* Runs it several times; skips what is not installed; fails where the count is not the expected one. */
static int measure(bench_results *results, bench_process *process, const char *const *argv)
{
    double cpu[RUNS], wall[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        bench_ran ran = bench_run(argv);
        if (ran.status == 127) {
            snprintf(process->skipped, sizeof process->skipped, "not installed");
            return bench_add_process(results, process), 0;
        }
        if (strtoull(ran.output, NULL, 10) != process->counts.events) {
            fprintf(stderr, "bench: %s: counts differ: %s says %.40s, expected %llu\n", process->query->id,
                    process->name, ran.output, (unsigned long long)process->counts.events);
            return -1;
        }
        cpu[i] = ran.cpu;
        wall[i] = ran.wall;
    }
    process->cpu = bench_times_of(cpu, RUNS);
    process->wall = bench_times_of(wall, RUNS);
    return bench_add_process(results, process), 0;
}

static int write_patterns(const bench_query *query, const char *path)
{
    FILE *to = fopen(path, "w");
    for (size_t i = 0; to != NULL && i < query->n; i++)
        fprintf(to, "%s\n", query->patterns[i].text.data);
    if (to != NULL && fclose(to) == 0)
        return 0;
    return fprintf(stderr, "bench: cannot write %s\n", path), -1;
}

static int ask_ctfilter(bench_results *results, bench_process *process, const char *patterns, const char *data)
{
    const char *kind = process->query->data == DATA_LOG ? "lines" : "ndjson";
    const char *argv[] = {
        results->options->command, "match", "-j", "1", "-c", "--input", kind, "-f", patterns, data, NULL};
    snprintf(process->name, sizeof process->name, "ctfilter match -j 1");
    if (argv[0] != NULL)
        return measure(results, process, argv);
    snprintf(process->skipped, sizeof process->skipped, "no --command");
    return bench_add_process(results, process), 0;
}

static int ask_jq(bench_results *results, bench_process *process, const char *data)
{
    char filter[1024];
    const char *argv[] = {"jq", "-n", filter, data, NULL};
    if (process->query->jq == NULL)
        return 0;
    snprintf(process->name, sizeof process->name, "jq");
    snprintf(filter, sizeof filter, "reduce (inputs|select(%s)) as $event (0; .+1)", process->query->jq);
    return measure(results, process, argv);
}

static int ask_shell(bench_results *results, bench_process *process, const char *data)
{
    const char *argv[] = {"sh", "-c", process->query->shell, "sh", data, NULL};
    if (process->query->shell == NULL)
        return 0;
    snprintf(process->name, sizeof process->name, "rg");
    return measure(results, process, argv);
}

static int ask(bench_results *results, const bench_query *query, const char *directory)
{
    const bench_corpus *corpus = &results->corpora[query->data];
    char patterns[512], data[512];
    bench_process process = {.query = query, .bytes = corpus->length};
    snprintf(patterns, sizeof patterns, "%s/patterns", directory);
    snprintf(data, sizeof data, "%s/data", directory);
    if (expect(results, query, &process.counts) || write_patterns(query, patterns) ||
        bench_write_file(data, corpus->data, corpus->length))
        return -1;
    bench_process for_jq = process, for_shell = process;
    return ask_ctfilter(results, &process, patterns, data) || ask_jq(results, &for_jq, data) ||
                   ask_shell(results, &for_shell, data)
               ? -1
               : 0;
}

int bench_processes(bench_results *results)
{
    char directory[256];
    int failed = 0;
    if (bench_directory_make(directory, sizeof directory))
        return -1;
    for (size_t i = 0; i < BENCH_QUERIES && !failed; i++)
        if (bench_listed(results->options->queries, results->queries[i].id))
            failed = ask(results, &results->queries[i], directory);
    bench_directory_remove(directory);
    return failed;
}
