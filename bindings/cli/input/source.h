/* The bytes of an input: read, and inflated where they are gzip (which the first two bytes tell).
 *
 * Files that are small, and inflate to little, go through libdeflate in one piece; others arrive piece by
 * piece, by zlib. The text is the same, and so is what is said of damage: whatever libdeflate refuses,
 * zlib reads again as far as it can be read. Input files are never mapped, so one that shrinks meanwhile is
 * merely short. */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "unpack.h"

#define SOURCE_PIECE ((size_t)1 << 20)     /* read or inflated at a time */
#define SOURCE_PACKED ((size_t)8 << 20)    /* a compressed file up to this is read whole */
#define SOURCE_INFLATED ((size_t)32 << 20) /* ... and a member up to this is inflated whole */

/* What is kept from input to input. */
typedef struct source_tools {
    struct libdeflate_decompressor *whole;
    unpack pieces;
    blob packed;    /* compressed bytes, or plain ones on their way to the text */
    blob directory; /* the path of the last file's directory, with its slash and a NUL */
    int directory_fd;
    size_t most;     /* bytes that one input may inflate to */
    size_t hold;     /* bytes that the limits above are lowered to; SIZE_MAX leaves them */
} source_tools;

typedef struct input_source {
    source_tools *tools;
    int fd;
    bool own; /* opened here */
    bool regular;
    bool end;          /* there is no more text */
    int error;         /* errno: reading failed */
    char fault[128];   /* what is wrong with the compressed bytes, and where; or "" */
    uint64_t read;     /* bytes of the file so far */
    uint64_t inflated; /* bytes of text that were compressed */

    uint64_t size; /* of a regular file */
    bool begun;    /* whether it is gzip is known */
    bool gzip;
    bool read_all;
    size_t at; /* bytes of `packed` that are used up */
} input_source;

/* Returns false after telling the user that memory is out. */
bool source_tools_init(source_tools *tools, size_t most, size_t hold);
void source_tools_free(source_tools *tools);

/* Opens a file ("-": standard input). Returns 0 or errno. */
int source_open(input_source *s, source_tools *tools, const char *name);

/* Appends more of the text to *text, which is empty when this is first called: a piece of it, or all that
 * is left of a small file, or whatever a pipe has. Sets end where there is no more (`error` and `fault` tell
 * whether for a reason); then, and only then, it may append nothing. */
void source_more(input_source *s, blob *text);

/* A size of this file, lowered for tests. */
size_t source_limit(const source_tools *tools, size_t size);

void source_close(input_source *s);

#endif
