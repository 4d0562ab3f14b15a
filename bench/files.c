#include "files.h"

#include <fcntl.h>
#include <ftw.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* nftw has no context argument. */
static bench_files *listing;

static int ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

static int is_wanted(const char *name)
{
    return ends_with(name, ".json") || ends_with(name, ".ndjson") || ends_with(name, ".json.gz") ||
           ends_with(name, ".ndjson.gz");
}

static int add(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)walk;
    if (type != FTW_F || !is_wanted(path))
        return 0;
    char **paths = realloc(listing->paths, (listing->n + 1) * sizeof *paths);
    if (paths == NULL)
        return -1;
    listing->paths = paths;
    paths[listing->n] = malloc(strlen(path) + 1);
    if (paths[listing->n] == NULL)
        return -1;
    strcpy(paths[listing->n++], path);
    listing->bytes += (size_t)status->st_size;
    return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int bench_files_list(const char *directory, bench_files *out)
{
    *out = (bench_files){0};
    listing = out;
    if (nftw(directory, add, 32, FTW_PHYS) != 0 || out->n == 0) {
        fprintf(stderr, "bench: no .json, .ndjson or .gz of these below %s\n", directory);
        bench_files_free(out);
        return -1;
    }
    qsort(out->paths, out->n, sizeof *out->paths, by_name);
    return 0;
}

void bench_files_free(bench_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free(files->paths[i]);
    free(files->paths);
    *files = (bench_files){0};
}

/* ---- reading -------------------------------------------------------------------------------------- */

static int reserve(unsigned char **block, size_t *capacity, size_t n)
{
    if (*capacity >= n)
        return 0;
    unsigned char *grown = realloc(*block, n + n / 2);
    if (grown == NULL)
        return -1;
    *block = grown;
    *capacity = n + n / 2;
    return 0;
}

static int read_all(bench_reader *reader, int file, size_t n)
{
    if (reserve(&reader->stored, &reader->stored_capacity, n + 1))
        return -1;
    for (size_t at = 0; at < n;) {
        ssize_t got = read(file, reader->stored + at, n - at);
        if (got <= 0)
            return -1;
        at += (size_t)got;
    }
    return 0;
}

static int read_stored(bench_reader *reader, const char *path, size_t *n)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int failed = file < 0 || fstat(file, &status) != 0 || read_all(reader, file, (size_t)status.st_size) != 0;
    if (file >= 0)
        close(file);
    *n = failed ? 0 : (size_t)status.st_size;
    return failed;
}

/* One member; its last four bytes are the length of the text, which sizes the buffer. */
static int inflate(bench_reader *reader, size_t stored, size_t *length)
{
    const unsigned char *last = reader->stored + stored - 4;
    size_t told =
        stored < 18 ? 0 : last[0] | (size_t)last[1] << 8 | (size_t)last[2] << 16 | (size_t)last[3] << 24;
    if (stored < 18 || reserve(&reader->text, &reader->text_capacity, told + 1))
        return -1;
    return libdeflate_gzip_decompress(reader->inflater, reader->stored, stored, reader->text, told + 1,
                                      length) != LIBDEFLATE_SUCCESS;
}

int bench_read(bench_reader *reader, const char *path, const unsigned char **data, size_t *length)
{
    int zipped = ends_with(path, ".gz"), failed;
    if (reader->inflater == NULL)
        reader->inflater = libdeflate_alloc_decompressor();
    failed = reader->inflater == NULL || read_stored(reader, path, length) ||
             (zipped && inflate(reader, *length, length));
    *data = zipped ? reader->text : reader->stored;
    if (failed)
        fprintf(stderr, "bench: cannot read %s\n", path);
    return failed ? -1 : 0;
}

void bench_reader_free(bench_reader *reader)
{
    libdeflate_free_decompressor(reader->inflater);
    free(reader->stored);
    free(reader->text);
    *reader = (bench_reader){0};
}
