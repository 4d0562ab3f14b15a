#include "verify.h"

#include <stdio.h>

int bench_verifier_open(const bench_query *query, const bench_corpus *corpus, bench_verifier *out)
{
    *out = (bench_verifier){.corpus = corpus};
    if (ctf_filter_compile(query->patterns, query->n, NULL, &out->filter, NULL) == CTF_OK &&
        ctf_scratch_new(out->filter, NULL, &out->scratch) == CTF_OK)
        return 0;
    fprintf(stderr, "bench: %s: cannot compile\n", query->id);
    return -1;
}

void bench_verifier_close(bench_verifier *verifier)
{
    ctf_scratch_free(verifier->scratch);
    ctf_filter_free(verifier->filter);
}

void bench_verifier_begin(bench_verifier *verifier)
{
    verifier->counts = (bench_counts){0};
    verifier->done = verifier->corpus->data;
}

void bench_verify(bench_verifier *verifier, const char *place)
{
    const bench_corpus *corpus = verifier->corpus;
    ctf_hits hits;
    if (place < verifier->done)
        return;
    const char *newline = memrchr(verifier->done, '\n', (size_t)(place - verifier->done));
    const char *start = newline == NULL ? verifier->done : newline + 1;
    const char *end = memchr(place, '\n', (size_t)(corpus->data + corpus->length - place));
    verifier->done = end + 1;
    if (ctf_match(verifier->scratch, start, (size_t)(end - start), &hits) != CTF_OK)
        return;
    verifier->counts.events += hits.n != 0;
    verifier->counts.hits += hits.n;
}
