/* The buffer and the index of its lines. */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_lines(const char *data, size_t length)
{
    size_t n = 0;
    const char *end = data + length;
    for (const char *p = data; p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        n++;
    return n;
}

static void index_lines(bench_corpus *corpus)
{
    const char *end = corpus->data + corpus->length;
    size_t at = 0;
    for (const char *p = corpus->data; at < corpus->n; p++) {
        corpus->starts[at++] = (size_t)(p - corpus->data);
        p = memchr(p, '\n', (size_t)(end - p));
    }
    corpus->starts[corpus->n] = corpus->length;
}

int bench_corpus_take(char *data, size_t length, bench_corpus *out)
{
    *out = (bench_corpus){0};
    char *padded = data == NULL ? NULL : realloc(data, length + BENCH_PADDING);
    size_t n = padded == NULL ? 0 : count_lines(padded, length);
    size_t *starts = n == 0 ? NULL : malloc((n + 1) * sizeof *starts);
    if (starts == NULL) {
        free(padded != NULL ? padded : data);
        return fputs("bench: no messages, or out of memory\n", stderr), -1;
    }
    memset(padded + length, 0, BENCH_PADDING);
    *out = (bench_corpus){padded, length, starts, n};
    index_lines(out);
    return 0;
}

void bench_corpus_free(bench_corpus *corpus)
{
    free(corpus->data);
    free(corpus->starts);
    *corpus = (bench_corpus){0};
}

int bench_write_file(const char *path, const void *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    int failed = file == NULL || fwrite(data, 1, length, file) != length;
    if (file != NULL)
        failed |= fclose(file) != 0;
    if (failed)
        fprintf(stderr, "bench: cannot write %s\n", path);
    return failed ? -1 : 0;
}
