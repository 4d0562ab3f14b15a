/* A directory of delivery files: the command over it, against inflating the same files and nothing else. */
#include "command.h"
#include "files.h"
#include "results.h"
#include "trail.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 9u

/* ---- making the files ----------------------------------------------------------------------------- */

static int write_document(struct libdeflate_compressor *gzip, const char *path, const trail_text *text)
{
    size_t bound = libdeflate_gzip_compress_bound(gzip, text->length);
    char *packed = malloc(bound);
    size_t n = packed == NULL || text->failed
                   ? 0
                   : libdeflate_gzip_compress(gzip, text->data, text->length, packed, bound);
    int failed = n == 0 || bench_write_file(path, packed, n);
    free(packed);
    return failed;
}

/* Events [from, from + n) as CloudTrail delivers them. */
static void put_document(const bench_corpus *events, size_t from, size_t n, trail_text *text)
{
    text->length = 0;
    trail_put(text, "{\"Records\":[");
    for (size_t i = from; i < from + n; i++) {
        size_t length;
        const char *message = bench_message(events, i, &length);
        trail_put(text, i == from ? "" : ",");
        trail_put_bytes(text, message, length);
    }
    trail_put(text, "]}");
}

/* Files of 1 to 2 * mean - 1 events. */
static int write_archive(const bench_corpus *events, const char *directory, uint32_t mean, size_t *bytes)
{
    struct libdeflate_compressor *gzip = libdeflate_alloc_compressor(6);
    trail_random random = {mean};
    trail_text text = {0};
    int failed = gzip == NULL;
    *bytes = 0;
    for (size_t at = 0, n; at < events->n && !failed; at += n) {
        char path[512];
        n = 1 + trail_below(&random, 2 * mean - 1);
        n = n > events->n - at ? events->n - at : n;
        snprintf(path, sizeof path, "%s/%08zu.json.gz", directory, at);
        put_document(events, at, n, &text);
        failed = write_document(gzip, path, &text);
        *bytes += text.length;
    }
    trail_text_free(&text);
    libdeflate_free_compressor(gzip);
    return failed;
}

/* ---- the runs ------------------------------------------------------------------------------------- */

static int inflate_all(const bench_files *files)
{
    bench_reader reader = {0};
    int failed = 0;
    for (size_t i = 0; i < files->n && !failed; i++) {
        const unsigned char *data;
        size_t length;
        failed = bench_read(&reader, files->paths[i], &data, &length);
    }
    bench_reader_free(&reader);
    return failed;
}

/* Lists, reads and inflates, as the command has to. */
static int run_floor(const char *directory, double *cpu, double *wall)
{
    bench_files files;
    double cpu_start = bench_cpu(), wall_start = bench_wall();
    int failed = bench_files_list(directory, &files) || inflate_all(&files);
    bench_files_free(&files);
    *cpu = bench_cpu() - cpu_start;
    *wall = bench_wall() - wall_start;
    return failed;
}

/* The command line is put together here alone. */
typedef struct command {
    const char *words[16];
} command;

static command command_of(const bench_results *results, const char *threads, const char *patterns,
                          const char *directory)
{
    return (command){{results->options->command, "match", "-j", threads, "--no-progress", "-c", "-h", "--input",
                      "cloudtrail", "-f", patterns, directory, NULL}};
}

static int run_command(const command *words, double *cpu, double *wall)
{
    bench_ran ran = bench_run(words->words);
    *cpu = ran.cpu;
    *wall = ran.wall;
    return ran.status != 0 && ran.status != 1;
}

enum { FLOOR, ONE, TWO, WAYS };

typedef struct series {
    double cpu[WAYS][RUNS], wall[WAYS][RUNS], memory;
} series;

static int take_turns(const bench_results *results, const char *patterns, const char *directory, series *s)
{
    command one = command_of(results, "1", patterns, directory),
            two = command_of(results, "2", patterns, directory);
    int failed = 0;
    for (size_t i = 0; i < RUNS && !failed; i++)
        failed = run_floor(directory, &s->cpu[FLOOR][i], &s->wall[FLOOR][i]) ||
                 run_command(&one, &s->cpu[ONE][i], &s->wall[ONE][i]) ||
                 run_command(&two, &s->cpu[TWO][i], &s->wall[TWO][i]);
    s->memory = failed ? 0 : bench_peak(one.words);
    return failed;
}

static void tell(bench_results *results, const bench_query *query, uint32_t mean, size_t bytes, series *s)
{
    static const char *const names[WAYS] = {"list, read, inflate", "ctfilter match -j 1",
                                            "ctfilter match -j 2"};
    char name[80];
    bench_times cpu[WAYS], wall[WAYS];
    for (size_t way = 0; way < WAYS; way++) {
        bench_process process = {.query = query, .bytes = bytes};
        snprintf(process.name, sizeof process.name, "%s, %u a file", names[way], mean);
        process.cpu = cpu[way] = bench_times_of(s->cpu[way], RUNS);
        process.wall = wall[way] = bench_times_of(s->wall[way], RUNS);
        bench_add_process(results, &process);
    }
    snprintf(name, sizeof name, "archive, %u events a file, %s: inflate alone / one thread", mean, query->id);
    bench_add_figure(results, name, cpu[FLOOR].median / cpu[ONE].median, "of CPU", -0.85);
    snprintf(name, sizeof name, "archive, %u events a file, %s: two threads / one", mean, query->id);
    bench_add_figure(results, name, wall[ONE].least / wall[TWO].least, "x, best wall", -1.8);
    snprintf(name, sizeof name, "archive, %u events a file, %s: memory of one thread", mean, query->id);
    bench_add_figure(results, name, s->memory, "MiB", 64);
}

static int ask(bench_results *results, const bench_query *query, const char *directory, uint32_t mean,
               size_t bytes)
{
    char patterns[512];
    series s;
    FILE *to;
    snprintf(patterns, sizeof patterns, "%s.patterns", directory);
    to = fopen(patterns, "w");
    for (size_t i = 0; to != NULL && i < query->n; i++)
        fprintf(to, "%s\n", query->patterns[i].text.data);
    int failed = to == NULL || fclose(to) != 0 || take_turns(results, patterns, directory, &s);
    remove(patterns);
    if (failed)
        return fprintf(stderr, "bench: the archive of %u events a file failed\n", mean), -1;
    tell(results, query, mean, bytes, &s);
    return 0;
}

static int ask_archive(bench_results *results, uint32_t mean)
{
    char directory[256];
    size_t bytes;
    if (bench_directory_make(directory, sizeof directory))
        return -1;
    int failed = write_archive(&results->corpora[DATA_EVENTS], directory, mean, &bytes) ||
                 ask(results, &results->queries[0], directory, mean, bytes) ||
                 ask(results, &results->queries[3], directory, mean, bytes);
    bench_directory_remove(directory);
    return failed;
}

int bench_archives(bench_results *results)
{
    if (results->options->command != NULL)
        return ask_archive(results, 40) || ask_archive(results, 2000) ? -1 : 0;
    bench_process process = {.skipped = "no --command"};
    snprintf(process.name, sizeof process.name, "archives");
    return bench_add_process(results, &process), 0;
}
