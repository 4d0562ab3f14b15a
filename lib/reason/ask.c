#include "reason/ask.h"

#include <ctfilter/match.h>

#include "reason/say.h"

/* Stands before each block; as large as the strictest alignment. */
typedef union head {
    size_t size;
    max_align_t align;
} head;

static void *resize(void *context, void *block, size_t size)
{
    ctfi_job *job = context;
    if (size == 0 || size > SIZE_MAX - sizeof(head))
        return NULL;
    const head *old = block == NULL ? NULL : (const head *)block - 1;
    if (old != NULL && old->size >= size)
        return block;
    head *grown = ctfi_arena_alloc(&job->arena, sizeof(head) + size, 1);
    if (grown == NULL)
        return NULL;
    grown->size = size;
    if (old != NULL)
        memcpy(grown + 1, block, old->size);
    return grown + 1;
}

ctf_allocator ctfi_ask_allocator(ctfi_job *job)
{
    return (ctf_allocator){resize, job};
}

struct ctfi_asker {
    ctfi_job *job;
    ctf_allocator allocator;
    ctf_filter *filter;
    ctf_scratch *scratch;
    bool *answers;
    size_t n;
};

static void expect(ctfi_job *job, ctf_status status)
{
    if (status != CTF_OK)
        ctfi_job_fail(job, status, status == CTF_E_NOMEM ? CTF_ERROR_MEMORY : CTF_ERROR_ARGUMENT,
                      status == CTF_E_NOMEM ? "out of memory" : "a part of a pattern does not compile");
}

static ctf_status compile(ctfi_asker *asker, const ctfi_bytes *texts, size_t n)
{
    ctf_options options = {.size = sizeof options, .allocator = &asker->allocator};
    ctf_pattern *patterns = ctfi_job_zero(asker->job, n, sizeof *patterns);
    for (size_t i = 0; i < n; i++)
        patterns[i].text = ctfi_text_of(texts[i]);
    return ctf_filter_compile(patterns, n, &options, &asker->filter, NULL);
}

static ctf_status open(ctfi_asker *asker, const ctfi_bytes *texts, size_t n)
{
    ctf_scratch_options options = {.size = sizeof options, .allocator = &asker->allocator};
    ctf_status status = compile(asker, texts, n);
    return status != CTF_OK ? status : ctf_scratch_new(asker->filter, &options, &asker->scratch);
}

static ctfi_asker *blank(ctfi_job *job, size_t n)
{
    ctfi_asker *asker = ctfi_job_zero(job, 1, sizeof *asker);
    asker->job = job;
    asker->allocator = ctfi_ask_allocator(job);
    asker->answers = ctfi_job_zero(job, n, sizeof *asker->answers);
    asker->n = n;
    return asker;
}

ctfi_asker *ctfi_asker_new(ctfi_job *job, const ctfi_bytes *patterns, size_t n)
{
    ctfi_asker *asker = blank(job, n);
    expect(job, open(asker, patterns, n));
    return asker;
}

const bool *ctfi_asker_ask(ctfi_asker *asker, ctfi_bytes message)
{
    ctf_hits hits;
    expect(asker->job, ctf_match(asker->scratch, message.data, message.length, &hits));
    memset(asker->answers, 0, asker->n * sizeof *asker->answers);
    for (size_t i = 0; i < hits.n; i++)
        asker->answers[hits.patterns[i]] = true;
    return asker->answers;
}

const bool *ctfi_ask(ctfi_job *job, const ctfi_bytes *patterns, size_t n, ctfi_bytes message)
{
    return ctfi_asker_ask(ctfi_asker_new(job, patterns, n), message);
}

static bool refused(ctf_status status)
{
    return status == CTF_E_PATTERN || status == CTF_E_LIMIT;
}

bool ctfi_ask_one(ctfi_job *job, ctfi_bytes pattern, ctfi_bytes message)
{
    ctfi_asker *asker = blank(job, 1);
    ctf_status status = open(asker, &pattern, 1);
    if (refused(status))
        return false;
    expect(job, status);
    return ctfi_asker_ask(asker, message)[0];
}

bool ctfi_ask_compiles(ctfi_job *job, ctfi_bytes pattern)
{
    ctfi_asker *asker = blank(job, 1);
    ctf_status status = compile(asker, &pattern, 1);
    if (!refused(status))
        expect(job, status);
    return status == CTF_OK;
}
