/* Files below a directory, and their content inflated into memory that is reused. */
#ifndef BENCH_FILES_H
#define BENCH_FILES_H

#include <stddef.h>

typedef struct bench_files {
    char **paths; /* sorted */
    size_t n;
    size_t bytes; /* of all files as stored */
} bench_files;

/* The regular files below a directory whose names end in .json, .ndjson, .json.gz or .ndjson.gz. Returns -1
 * after saying why on stderr, also where there is none. */
int bench_files_list(const char *directory, bench_files *out);
void bench_files_free(bench_files *files);

/* Reads files one after another. Start with zeros. */
typedef struct bench_reader {
    struct libdeflate_decompressor *inflater;
    unsigned char *stored, *text;
    size_t stored_capacity, text_capacity;
} bench_reader;

/* Shows a file's content, inflated where its name ends in .gz; valid until the next call. */
int bench_read(bench_reader *reader, const char *path, const unsigned char **data, size_t *length);
void bench_reader_free(bench_reader *reader);

#endif
