/* This library: a buffer of lines with each kernel, a message a call, and a stream in pieces. */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

#define PIECE 65536u

typedef struct state {
    const bench_corpus *corpus;
    ctf_filter *filter;
    ctf_scratch *scratch;
    bench_counts counts;
} state;

static void close_state(void *opened)
{
    state *s = opened;
    if (s == NULL)
        return;
    ctf_scratch_free(s->scratch);
    ctf_filter_free(s->filter);
    free(s);
}

static int open_state(const bench_engine *engine, const bench_query *query, const bench_corpus *corpus,
                      void **out)
{
    ctf_scratch_options options = {.size = sizeof options, .kernel = engine->argument, .flags = engine->flags};
    ctf_error error = {0};
    state *s = calloc(1, sizeof *s);
    *out = s;
    if (s != NULL && ctf_filter_compile(query->patterns, query->n, NULL, &s->filter, &error) == CTF_OK &&
        ctf_scratch_new(s->filter, &options, &s->scratch) == CTF_OK)
        return s->corpus = corpus, 1;
    fprintf(stderr, "bench: %s: %s: cannot compile pattern %zu\n", engine->name, query->id,
            (size_t)error.pattern);
    close_state(s);
    return -1;
}

static int count(void *context, const ctf_message *message, const ctf_hits *hits)
{
    bench_counts *counts = context;
    (void)message;
    counts->events++;
    counts->hits += hits->n;
    return 0;
}

static const ctf_scan_options lines = {.size = sizeof lines, .framing = CTF_FRAME_LINES};

static int pass_scan(void *opened, bench_counts *out)
{
    state *s = opened;
    *out = (bench_counts){0};
    return ctf_scan(s->scratch, s->corpus->data, s->corpus->length, &lines, count, out, NULL) == CTF_OK ? 0
                                                                                                        : -1;
}

static int pass_match(void *opened, bench_counts *out)
{
    state *s = opened;
    ctf_status status = CTF_OK;
    *out = (bench_counts){0};
    for (size_t i = 0, n; i < s->corpus->n && status == CTF_OK; i++) {
        const char *message = bench_message(s->corpus, i, &n);
        ctf_hits hits;
        status = ctf_match(s->scratch, message, n, &hits);
        out->events += hits.n != 0;
        out->hits += hits.n;
    }
    return status == CTF_OK ? 0 : -1;
}

static int pass_stream(void *opened, bench_counts *out)
{
    state *s = opened;
    ctf_stream *stream;
    *out = (bench_counts){0};
    ctf_status status = ctf_stream_new(s->scratch, &lines, count, out, &stream);
    for (size_t at = 0; at < s->corpus->length && status == CTF_OK; at += PIECE) {
        size_t n = s->corpus->length - at < PIECE ? s->corpus->length - at : PIECE;
        status = ctf_stream_feed(stream, s->corpus->data + at, n, NULL);
    }
    if (status == CTF_OK)
        status = ctf_stream_finish(stream, NULL);
    ctf_stream_free(stream);
    return status == CTF_OK ? 0 : -1;
}

size_t bench_engines_ctfilter(bench_engine *list, size_t n)
{
    static char names[8][32];
    for (size_t i = 0; i < 8 && ctf_kernel_name(i) != NULL; i++) {
        snprintf(names[i], sizeof names[i], "scan-%s", ctf_kernel_name(i));
        list[n++] = (bench_engine){names[i],           "ctf_scan over the whole buffer with this kernel",
                                   FAMILY_OURS,        NULL,
                                   ctf_kernel_name(i), open_state,
                                   pass_scan,          close_state};
    }
    list[n++] = (bench_engine){
        "scan-no-probe", "ctf_scan, every message read", FAMILY_OURS, NULL, NULL, open_state, pass_scan,
        close_state,     CTF_NO_PROBE};
    list[n++] = (bench_engine){
        "scan-trusted", "ctf_scan, told that the input is well-formed", FAMILY_TRUSTED, NULL, NULL, open_state,
        pass_scan,      close_state,                                    CTF_TRUSTED_JSON};
    list[n++] = (bench_engine){"match",     "ctf_match, a call a message; message boundaries are given",
                               FAMILY_OURS, NULL,
                               NULL,        open_state,
                               pass_match,  close_state};
    list[n++] = (bench_engine){
        "stream",   "ctf_stream in pieces of 64 KiB", FAMILY_OURS, NULL, NULL, open_state, pass_stream,
        close_state};
    return n;
}
