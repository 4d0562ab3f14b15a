/* What is read: messages in one buffer, one a line. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Behind the data stand this many zero bytes, so that peers which read ahead, or to a NUL, need no copy. */
#define BENCH_PADDING 256

/* Message i is data[starts[i] .. starts[i + 1] - 1); the byte behind it is the newline. */
typedef struct bench_corpus {
    char *data;
    size_t length;
    size_t *starts; /* n + 1 */
    size_t n;
} bench_corpus;

/* A view of message i, without its newline. */
static inline const char *bench_message(const bench_corpus *corpus, size_t i, size_t *length)
{
    *length = corpus->starts[i + 1] - corpus->starts[i] - 1;
    return corpus->data + corpus->starts[i];
}

/* Each makes one to be freed with bench_corpus_free, and returns 0, or -1 after saying why on stderr. */

/* `events` CloudTrail events from a seed. */
int bench_corpus_make(uint64_t seed, size_t events, bench_corpus *out);
/* `lines` lines of a web server's access log. */
int bench_corpus_make_log(uint64_t seed, size_t lines, bench_corpus *out);
/* Events that hold what queries look for in every place where it does not count, and many escapes. */
int bench_corpus_make_traps(uint64_t seed, size_t events, bench_corpus *out);
/* Every event of the files below a directory (.json, .ndjson and both with .gz), compacted to one line each
 * where it is spread over several, repeated in order until there are `events`. */
int bench_corpus_load(const char *directory, size_t events, bench_corpus *out);

void bench_corpus_free(bench_corpus *corpus);

/* Takes over text that holds a message a line; used by the makers. Takes the text in any case. */
int bench_corpus_take(char *data, size_t length, bench_corpus *out);

/* Writes `length` bytes to a new file; says why not on stderr. */
int bench_write_file(const char *path, const void *data, size_t length);

#ifdef __cplusplus
}
#endif

#endif
