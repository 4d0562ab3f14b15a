/* Verification behind a search for literals: the message around a place is put to this library's matcher. */
#ifndef BENCH_VERIFY_H
#define BENCH_VERIFY_H

#include "engine.h"

typedef struct bench_verifier {
    const bench_corpus *corpus;
    ctf_filter *filter;
    ctf_scratch *scratch;
    bench_counts counts;
    const char *done; /* behind the last message that was looked at */
} bench_verifier;

/* 0, or -1 after saying why; to be closed in both cases. */
int bench_verifier_open(const bench_query *query, const bench_corpus *corpus, bench_verifier *out);
void bench_verifier_close(bench_verifier *verifier);

/* Starts a pass. */
void bench_verifier_begin(bench_verifier *verifier);

/* Matches the message that holds this place unless it was looked at already; places ascend. */
void bench_verify(bench_verifier *verifier, const char *place);

#endif
