/* One filter, many threads, very many messages: verdicts stay, memory is flat.
 *
 *   soak [MESSAGES [THREADS]]      100,000 messages in 4 threads by default
 *
 * Each thread has a scratch and goes through the same messages of all kinds and sizes, from another one on. After
 * its first round nothing may be asked of the allocator any more, and the process may not have grown: where a
 * sanitizer keeps books of its own the second is printed only. Ends with 1 when a verdict changed or memory grew. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <ctfilter/ctfilter.h>

#include "meter.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define MOST_THREADS 64
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const patterns[] = {
    "{ $.eventName = ConsoleLogin }",
    "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }",
    "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated != \"true\" && $.userIdentity.type = Root }",
    "{ $.n[*] > 2.5 && $.m.* = x* }",
    "{ $.a.b[1].c IS NULL || $.z NOT EXISTS }",
    "{ $.s = %^[a-z]+\\d{1,3}$% }",
    "[ip, user, ..., status = 5*, size > 100]",
    "ERROR -warn ?timeout",
    "%worker-\\d+ down|lost%",
    "",
};

static const char *const seeds[] = {
    "{\"eventName\":\"ConsoleLogin\",\"userIdentity\":{\"type\":\"Root\"},\"z\":1}",
    "{\"eventName\":\"Get\",\"errorCode\":\"Client.UnauthorizedOperation\",\"n\":[1,2,3.5e0],\"m\":{\"k\":\"x\",\"k\":\"xy\"}}",
    "{\"a\":{\"b\":[0,{\"c\":null}]},\"s\":\"ab\\u00312\",\"errorCode\":\"AccessDenied\"}",
    "127.0.0.1 frank [10/Oct/2000] \"GET /x\" 503 1534",
    "ERROR timeout in worker-3 down",
    "{\"broken\":[1,",
    "\xff\xfe no text",
    "",
};

/* A message and what the first reading said of it. */
typedef struct message {
    char *data;
    size_t length;
    uint64_t hits;
} message;

static message messages[COUNT_OF(seeds) * 8];
static ctf_filter *filter;

typedef struct worker {
    pthread_t thread;
    size_t first, rounds;
    meter memory;
    size_t calls_warm, wrong, done;
} worker;

static void must(int good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "soak: %s\n", what);
    exit(1);
}

static ctf_scratch *new_scratch(const ctf_allocator *allocator)
{
    const ctf_scratch_options options = {.size = sizeof options, .allocator = allocator};
    ctf_scratch *scratch;
    must(ctf_scratch_new(filter, &options, &scratch) == CTF_OK, "no scratch");
    return scratch;
}

static uint64_t match(ctf_scratch *scratch, const message *m)
{
    ctf_hits hits;
    uint64_t bits = 0;
    must(ctf_match(scratch, m->data, m->length, &hits) == CTF_OK, "ctf_match failed");
    for (size_t i = 0; i < hits.n; i++)
        bits |= UINT64_C(1) << hits.patterns[i];
    return bits;
}

/* Each seed alone, and with more and more text inside or behind. */
static void make_messages(void)
{
    static const char filler[] = "\"filler\":\"[{\\\"x\\\":1}] and so on\",";
    ctf_scratch *scratch = new_scratch(NULL);
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        const char *seed = seeds[i % COUNT_OF(seeds)];
        size_t n = seed[0] == '{' ? ((size_t)1 << i / COUNT_OF(seeds)) - 1 : 0, head = n > 0;
        message *m = &messages[i];
        m->length = strlen(seed) + n * (sizeof filler - 1);
        m->data = malloc(m->length + 1);
        must(m->data != NULL, "no memory");
        memcpy(m->data, seed, head);
        for (size_t k = 0; k < n; k++)
            memcpy(m->data + head + k * (sizeof filler - 1), filler, sizeof filler - 1);
        strcpy(m->data + head + n * (sizeof filler - 1), seed + head);
        m->hits = match(scratch, m);
    }
    ctf_scratch_free(scratch);
}

static void go_round(worker *w, ctf_scratch *scratch)
{
    for (size_t i = 0; i < COUNT_OF(messages); i++, w->done++) {
        const message *m = &messages[(w->first + i) % COUNT_OF(messages)];
        w->wrong += match(scratch, m) != m->hits;
    }
}

static void *work(void *context)
{
    worker *w = context;
    const ctf_allocator allocator = {metered, &w->memory};
    ctf_scratch *scratch = new_scratch(&allocator);
    go_round(w, scratch);
    w->calls_warm = w->memory.calls;
    for (size_t i = 1; i < w->rounds; i++)
        go_round(w, scratch);
    must(w->memory.calls == w->calls_warm, "a warm scratch asked for memory");
    ctf_scratch_free(scratch);
    must(w->memory.live == 0, "memory is left behind");
    return NULL;
}

static long largest_so_far(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* All threads, so many rounds each. Returns how many messages they matched. */
static size_t run(worker *workers, size_t n, size_t rounds)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        workers[i] = (worker){.first = i * 7, .rounds = rounds};
        must(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0, "no thread");
    }
    for (size_t i = 0; i < n; i++) {
        pthread_join(workers[i].thread, NULL);
        must(workers[i].wrong == 0, "a verdict changed");
        done += workers[i].done;
    }
    return done;
}

int main(int argc, char **argv)
{
    static worker workers[MOST_THREADS];
    ctf_pattern list[COUNT_OF(patterns)];
    size_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000, n = argc > 2 ? strtoull(argv[2], NULL, 10) : 4;
    must(n > 0 && n <= MOST_THREADS, "usage: soak [MESSAGES [THREADS]]");
    for (size_t i = 0; i < COUNT_OF(patterns); i++)
        list[i] = (ctf_pattern){.text = {patterns[i], strlen(patterns[i])}};
    must(ctf_filter_compile(list, COUNT_OF(list), NULL, &filter, NULL) == CTF_OK, "the patterns do not compile");
    make_messages();
    size_t rounds = wanted / n / COUNT_OF(messages) + 1;
    size_t done = run(workers, n, rounds / 10 + 1);
    long before = largest_so_far();
    done += run(workers, n, rounds);
    long after = largest_so_far();
    printf("%zu messages in %zu threads, %ld KiB after a tenth, %ld KiB at the end\n", done, n, before, after);
    ctf_filter_free(filter);
    for (size_t i = 0; i < COUNT_OF(messages); i++)
        free(messages[i].data);
    must(SANITIZED || after - before < 1024, "memory grew");
    return 0;
}
