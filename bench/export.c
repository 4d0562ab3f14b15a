/* What the scripts in peers/ read: the corpora, and queries.jsonl with a line for each query. */
#include "results.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char *const names[BENCH_DATA] = {"events.ndjson", "access.log", "traps.ndjson"};

static void put_text(FILE *to, ctf_text text)
{
    fputc('"', to);
    for (size_t i = 0; i < text.length; i++)
        fprintf(to, text.data[i] == '"' || text.data[i] == '\\' ? "\\%c" : "%c", text.data[i]);
    fputc('"', to);
}

static void put_texts(FILE *to, const char *name, const ctf_text *texts, size_t n)
{
    fprintf(to, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        fputs(i == 0 ? "" : ",", to);
        put_text(to, texts[i]);
    }
    fputs("]", to);
}

static int put_query(FILE *to, const bench_results *results, const bench_query *query)
{
    bench_engine list[BENCH_MOST_ENGINES];
    bench_counts counts;
    void *state;
    bench_engines_ctfilter(list, 0);
    if (list[0].open(&list[0], query, &results->corpora[query->data], &state) != 1)
        return -1;
    int failed = list[0].pass(state, &counts);
    list[0].close(state);
    fprintf(to, "{\"id\":\"%s\",\"title\":\"%s\",\"data\":\"%s\",\"events\":%llu,\"hits\":%llu", query->id,
            query->title, names[query->data], (unsigned long long)counts.events,
            (unsigned long long)counts.hits);
    fputs(",\"patterns\":[", to);
    for (size_t i = 0; i < query->n; i++) {
        fputs(i == 0 ? "" : ",", to);
        put_text(to, query->patterns[i].text);
    }
    fputs("]", to);
    put_texts(to, "rules", query->rules, query->n_rules);
    fputs("}\n", to);
    return failed;
}

static int write_queries(const bench_results *results, const char *path)
{
    FILE *to = fopen(path, "w");
    int failed = to == NULL;
    for (size_t i = 0; i < BENCH_QUERIES && !failed; i++)
        if (bench_listed(results->options->queries, results->queries[i].id))
            failed = put_query(to, results, &results->queries[i]);
    if (to != NULL)
        failed |= fclose(to) != 0;
    if (failed)
        fprintf(stderr, "bench: cannot write %s\n", path);
    return failed ? -1 : 0;
}

int bench_export(const bench_results *results, const char *directory)
{
    char path[1024];
    if (mkdir(directory, 0777) != 0 && errno != EEXIST)
        return fprintf(stderr, "bench: cannot make the directory %s\n", directory), -1;
    for (size_t i = 0; i < BENCH_DATA; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        if (bench_write_file(path, results->corpora[i].data, results->corpora[i].length))
            return -1;
    }
    snprintf(path, sizeof path, "%s/queries.jsonl", directory);
    return write_queries(results, path);
}
