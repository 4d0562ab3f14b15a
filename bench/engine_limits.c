/* What the machine allows: reading every byte once, and copying it. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct state {
    const bench_corpus *corpus;
    char *copy;
    uint64_t sum; /* is used, so that reading is not optimised away */
} state;

static void close_state(void *opened)
{
    state *s = opened;
    free(s->copy);
    free(s);
}

static int open_state(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                      void **out)
{
    state *s = calloc(1, sizeof *s);
    (void)query;
    if (s == NULL || (engine->argument != NULL && (s->copy = malloc(corpus->length)) == NULL)) {
        free(s);
        return fputs("bench: out of memory for a limit\n", stderr), -1;
    }
    s->corpus = corpus;
    *out = s;
    return 1;
}

typedef uint64_t lanes __attribute__((vector_size(64), aligned(1), may_alias));

#ifdef __x86_64__
__attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
static uint64_t
sum_of(const char *data, size_t length)
{
    lanes a = {0}, b = {0}, c = {0}, d = {0};
    for (size_t i = 0; i + 256 <= length; i += 256) {
        const lanes *p = (const void *)(data + i);
        a ^= p[0], b ^= p[1], c ^= p[2], d ^= p[3];
    }
    a ^= b ^ c ^ d;
    return a[0] ^ a[1] ^ a[2] ^ a[3] ^ a[4] ^ a[5] ^ a[6] ^ a[7];
}

static int pass_read(void *opened, bench_counts *out)
{
    state *s = opened;
    *out = (bench_counts){0};
    s->sum += sum_of(s->corpus->data, s->corpus->length);
    return 0;
}

static int pass_copy(void *opened, bench_counts *out)
{
    state *s = opened;
    *out = (bench_counts){0};
    memcpy(s->copy, s->corpus->data, s->corpus->length);
    s->sum += (unsigned char)s->copy[s->sum % s->corpus->length];
    return 0;
}

size_t bench_engines_limits(bench_engine *list, size_t n)
{
    list[n++] = (bench_engine){
        "memory-read", "xor of every byte of the buffer", FAMILY_LIMIT, NULL, NULL, open_state, pass_read,
        close_state};
    list[n++] = (bench_engine){
        "memcpy", "a copy of the buffer", FAMILY_LIMIT, NULL, "copy", open_state, pass_copy, close_state};
    return n;
}
