/* The worst that patterns, messages, samples and rules can ask for: time and memory stay linear in what is read.
 *
 * Each case runs at a size and at four times the size, the least processor time of a few runs each: linear is 4,
 * quadratic 16; up to 9 passes, for a busy machine. Figures for lib/README.md come from
 *
 *   test_worst --figures      microseconds, the most memory a scratch held, and what they are for, at the larger size
 *   test_worst --counted      runs each case once at a quarter and once at half of the size, for tests/project/steps.sh */
#define _POSIX_C_SOURCE 200809L

#include <stdint.h>
#include <time.h>

#include "program.h"

#include "base/hash.h"
#include "program/intern.h"

static bool figures, counted;

/* ---- memory ----------------------------------------------------------------------------------------- */

#define MOST_MEMORY 1048576 /* of a scratch, and so much for each byte of a message: */
#define MOST_MEMORY_A_BYTE 32

/* What scratches hold, and the most they held; a block begins with its size. */
static size_t held, most_held;

static void *hold(void *context, void *block, size_t size)
{
    size_t *old = block == NULL ? NULL : (size_t *)block - 2, before = old == NULL ? 0 : *old;
    (void)context;
    held += size - before;
    most_held = held > most_held ? held : most_held;
    if (size == 0) {
        free(old);
        return NULL;
    }
    size_t *grown = realloc(old, size + 2 * sizeof *grown);
    assert_non_null(grown);
    *grown = size;
    return grown + 2;
}

static ctf_scratch *new_scratch(const ctf_filter *filter, uint32_t flags)
{
    const ctf_allocator allocator = {hold, NULL};
    const ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator, .flags = flags};
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    return scratch;
}

/* ---- measuring -------------------------------------------------------------------------------------- */

/* Text that a case makes and reads. */
typedef struct text {
    char *data;
    size_t length, room;
} text;

static void put(text *t, const void *data, size_t n)
{
    if (t->room - t->length < n) {
        t->room = 2 * (t->length + n);
        t->data = realloc(t->data, t->room);
        assert_non_null(t->data);
    }
    memcpy(t->data + t->length, data, n);
    t->length += n;
}

static void put_words(text *t, const char *words)
{
    put(t, words, strlen(words));
}

static void put_times(text *t, const char *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_words(t, words);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Makes what `run` reads, of a size; runs it. */
typedef struct worst {
    const char *name;
    size_t size;
    void (*make)(text *t, size_t size);
    void (*run)(const void *subject, const text *t);
    const void *subject;
} worst;

/* Its instructions are what is counted. */
__attribute__((noinline)) static void run_counted(const worst *w, const text *t)
{
    w->run(w->subject, t);
}

static void count_steps(const worst *w)
{
    for (size_t part = 4; part > 1; part /= 2) {
        text t = {NULL, 0, 0};
        w->make(&t, w->size / part);
        run_counted(w, &t);
        free(t.data);
    }
    puts(w->name);
}

static double least(const worst *w, size_t size)
{
    double best = 1e9;
    text t = {NULL, 0, 0};
    w->make(&t, size);
    most_held = 0;
    for (int i = 0; i < 3; i++) {
        double start = seconds();
        w->run(w->subject, &t);
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    if (most_held > MOST_MEMORY + MOST_MEMORY_A_BYTE * t.length)
        fail_msg("%s: %zu bytes held for %zu", w->name, most_held, t.length);
    free(t.data);
    return best;
}

static void assert_linear(const worst *w)
{
    double ratio = 1e9, large = 0;
    if (counted) {
        count_steps(w);
        return;
    }
    for (int tries = 0; tries < 5 && ratio > 9; tries++) {
        double small = least(w, w->size);
        large = least(w, 4 * w->size);
        ratio = large / (small + 20e-6); /* what takes no time at all passes */
    }
    if (figures)
        fprintf(stderr, "%10.0f %10zu  %s\n", large * 1e6, most_held, w->name);
    if (ratio > 9)
        fail_msg("%s: four times the size takes %.1f times as long", w->name, ratio);
}

/* ---- messages --------------------------------------------------------------------------------------- */

/* By a new scratch, in which everything is where an attacker expects it; no message is passed over. */
static void match(const void *subject, const text *t)
{
    ctf_scratch *scratch = new_scratch(subject, CTF_NO_PROBE);
    ctf_hits hits;
    assert_int_equal(ctf_match(scratch, t->data, t->length, &hits), CTF_OK);
    ctf_scratch_free(scratch);
}

static void assert_message_linear(const char *name, const char *pattern, size_t size,
                                  void (*make)(text *t, size_t size))
{
    ctf_filter *filter = COMPILE(pattern);
    const worst w = {name, size, make, match, filter};
    assert_linear(&w);
    ctf_filter_free(filter);
}

static void make_brackets(text *t, size_t n)
{
    put_words(t, "{\"a\":");
    put_times(t, "[", n);
    put_times(t, "]", n);
    put_words(t, "}");
}

static void make_braces(text *t, size_t n)
{
    put_times(t, "{\"a\":", n);
    put_words(t, "1");
    put_times(t, "}", n);
}

static void nesting_is_linear(void **state)
{
    (void)state;
    assert_message_linear("1,000,000 nested arrays, read", "{ $.a[0] = 1 }", 250000, make_brackets);
    assert_message_linear("1,000,000 nested arrays, proved", "{ $.b NOT EXISTS }", 250000, make_brackets);
    assert_message_linear("1,000,000 nested arrays behind a wildcard", "{ $.a[*] = 1 }", 250000, make_brackets);
    assert_message_linear("1,000,000 nested objects", "{ $.a.a.a.a.b = 1 || $.a.* = 1 }", 250000, make_braces);
}

static void make_open_brackets(text *t, size_t n)
{
    put_times(t, "{\"a\":[", n);
}

static void make_quotes(text *t, size_t n)
{
    put_times(t, "\"a [b ", n);
}

static void what_is_never_closed_is_linear(void **state)
{
    (void)state;
    assert_message_linear("2,000,000 brackets that nothing closes", "{ $.a = 1 || $.b NOT EXISTS }", 250000,
                          make_open_brackets);
    assert_message_linear("fields of 400,000 quotes and brackets that nothing closes", "[a, ..., b]", 100000,
                          make_quotes);
}

static void make_value_of_a(text *t, size_t n)
{
    put_words(t, "{\"a\":\"");
    put_times(t, "a", n);
    put_words(t, "\"}");
}

static void globs_never_go_back(void **state)
{
    (void)state;
    char stars[1025], pairs[1025];
    snprintf(stars, sizeof stars, "{ $.a = \"");
    memset(stars + 9, '*', 1000);
    strcpy(stars + 1009, "b\" }");
    snprintf(pairs, sizeof pairs, "{ $.a = \"");
    for (size_t i = 9; i < 1009; i++)
        pairs[i] = i % 2 ? '*' : 'a';
    strcpy(pairs + 1009, "*b\" }");
    char piece[1025] = "{ $.a = *";
    memset(piece + 9, 'a', 1000);
    strcpy(piece + 1009, "b* }");
    assert_message_linear("a wildcard's piece of 1,000 a and a b, 1 MB of a", piece, 250000, make_value_of_a);
    assert_message_linear("a wildcard of 1,000 stars, 4 MB", stars, 1000000, make_value_of_a);
    assert_message_linear("a wildcard of 500 stars with letters between, 4 MB", pairs, 1000000, make_value_of_a);
}

static void regular_expressions_never_go_back(void **state)
{
    (void)state;
    char nested[1100] = "{ $.a = %", widest[128] = "{ $.a = %";
    for (int i = 0; i < 100; i++)
        strcat(nested, "a*[a-b]?");
    strcat(nested, "c$% }");
    for (int i = 0; i < 9; i++)
        strcat(widest, "a{1000}");
    strcat(widest, "c% }");
    assert_message_linear("a regular expression that engines go back in, 1 MB", nested, 250000, make_value_of_a);
    assert_message_linear("a regular expression of 9,001 positions, 0.1 MB", widest, 25000, make_value_of_a);
}

static void make_pairs(text *t, size_t n)
{
    put_times(t, "ab", n);
}

static void a_long_needle_is_linear(void **state)
{
    (void)state;
    char needle[1025] = "";
    for (int i = 0; i < 511; i++)
        strcat(needle, "ab");
    strcat(needle, "aa");
    assert_message_linear("a term of 1,024 characters of which 1,023 are met everywhere, 4 MB", needle, 500000, make_pairs);
}

static void make_digits(text *t, size_t n)
{
    put_words(t, "{\"a\":1");
    put_times(t, "0", n);
    put_words(t, ".0e-99999}");
}

static void make_members(text *t, size_t n)
{
    put_words(t, "{\"x\":{");
    for (size_t i = 0; i < n; i++) {
        char member[32];
        snprintf(member, sizeof member, "%s\"k%zu\":1", i > 0 ? "," : "", i % (n / 2) * 7919);
        put_words(t, member);
    }
    put_words(t, "}}");
}

static void make_escapes(text *t, size_t n)
{
    put_words(t, "{\"a\":\"");
    put_times(t, "\\u0061\\\\", n);
    put_words(t, "\"}");
}

static void long_values_are_linear(void **state)
{
    (void)state;
    assert_message_linear("a number of 4,000,000 digits", "{ $.a = 1.5 || $.a > 1e300 }", 1000000, make_digits);
    assert_message_linear("100,000 members, each key twice, all wanted", "{ $.x.* = 2 }", 25000, make_members);
    assert_message_linear("a string of 1,000,000 escapes", "{ $.a = b* }", 250000, make_escapes);
}

/* ---- documents -------------------------------------------------------------------------------------- */

static int pass(void *context, const ctf_message *message, const ctf_hits *hits)
{
    (void)context, (void)message, (void)hits;
    return 0;
}

static void scan(const void *subject, const text *t)
{
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    ctf_scratch *scratch = new_scratch(subject, 0);
    ctf_status status = ctf_scan(scratch, t->data, t->length, &options, pass, NULL, NULL);
    assert_true(status == CTF_OK || status == CTF_E_DOCUMENT);
    ctf_scratch_free(scratch);
}

/* A byte at a time. */
static void feed(const void *subject, const text *t)
{
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    ctf_scratch *scratch = new_scratch(subject, 0);
    ctf_stream *stream;
    ctf_status status = ctf_stream_new(scratch, &options, pass, NULL, &stream);
    for (size_t i = 0; i < t->length && status == CTF_OK; i++)
        status = ctf_stream_feed(stream, t->data + i, 1, NULL);
    assert_true(status == CTF_OK || status == CTF_E_ABSENT);
    ctf_stream_free(stream);
    ctf_scratch_free(scratch);
}

static void make_events(text *t, size_t n)
{
    put_times(t, "{\"a\":\"\\\\\",\"b\":[]} ", n);
}

static void documents_are_linear(void **state)
{
    (void)state;
    ctf_filter *filter = COMPILE("{ $.a = 1 || $.b NOT EXISTS }");
    const worst cases[] = {
        {"a document of 4,000,000 brackets that nothing closes", 1000000, make_open_brackets, scan, filter},
        {"a document of 100,000 events", 25000, make_events, scan, filter},
        {"an event of 1 MB in pieces of one byte", 250000, make_value_of_a, feed, filter},
        {"200,000 nested arrays in pieces of one byte", 50000, make_brackets, feed, filter},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_linear(&cases[i]);
    ctf_filter_free(filter);
}

/* ---- samples ---------------------------------------------------------------------------------------- */

static void make_number(text *t, size_t n)
{
    t->length = n;
}

static ctf_status add(ctf_series *series, size_t user, int64_t time, double value)
{
    char name[24];
    snprintf(name, sizeof name, "%zu", user);
    const ctf_dimension dimension = {view("User"), view(name)};
    const ctf_metric metric = {view("N"), view("M"), &dimension, 1, view("")};
    return ctf_series_add(series, &metric, time, CTF_ON_TIME, value, 1);
}

/* Each where it fits worst: values that fall, minutes that fall, users that are all new. */
static void fill_series(const void *subject, const text *t)
{
    ctf_series *series;
    const char *what = subject;
    assert_int_equal(ctf_series_new(NULL, &series), CTF_OK);
    for (size_t i = t->length; i > 0; i--)
        assert_int_equal(add(series, *what == 'u' ? i * 7919 % t->length : 0, *what == 'm' ? (int64_t)i * 60000 : 0,
                             *what == 'v' ? (double)i : 1),
                         CTF_OK);
    ctf_series_free(series);
}

static void series_are_linear(void **state)
{
    (void)state;
    /* Where a chunk is one allocation, runs and shelves are of four elements, and moving them is not. */
    const worst cases[] = {
#if !defined(CTFI_CHUNK) || CTFI_CHUNK > 1
        {"100,000 values of one minute, falling", 25000, make_number, fill_series, "values"},
        {"100,000 minutes, the latest first", 25000, make_number, fill_series, "minutes"},
#endif
        {"40,000 metrics, in an order that no table likes", 10000, make_number, fill_series, "users"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_linear(&cases[i]);
}

/* ---- keys that collide ------------------------------------------------------------------------------ */

/* What base/hash.c mixes, backwards: the hash of eight bytes can be chosen, and the bytes follow. */
static uint64_t unmix(uint64_t h)
{
    h = (h ^ h >> 32) * UINT64_C(0x96DE1B173F119089);
    h ^= h >> 29 ^ h >> 58;
    h *= UINT64_C(0xF1DE83E19937733D);
    return h ^ h >> 32;
}

/* Bytes that may stand in a string of a message and between the quotes of a selector. */
static bool is_plain(uint64_t word)
{
    for (int i = 0; i < 8; i++, word >>= 8)
        if ((word & 0xFF) < ' ' || (word & 0xFF) > '~' || strchr("\\\"']", (int)(word & 0xFF)) != NULL)
            return false;
    return true;
}

/* The word of eight bytes that makes ctfi_hash or ctfi_key_hash answer `hash`. */
static uint64_t word_of_hash(uint64_t seed, uint64_t hash)
{
    return unmix(unmix(hash)) ^ unmix(ctfi_hash(seed ^ 8, 0, NULL, 0));
}

static uint64_t word_of_key_hash(uint64_t seed, uint64_t hash)
{
    uint64_t h = (hash ^ hash >> 32) * UINT64_C(0x96DE1B173F119089);
    h ^= h >> 29 ^ h >> 58;
    h *= UINT64_C(0xF1DE83E19937733D);
    return h ^ h >> 32 ^ (seed + 8 * UINT64_C(0x9E3779B97F4A7C15));
}

static uint64_t hash_of(uint64_t seed, ctfi_bytes key)
{
    return ctfi_hash(seed, 0, key.data, key.length);
}

static uint64_t key_hash_of(uint64_t seed, ctfi_bytes key)
{
    return ctfi_key_hash(seed, 0, key);
}

typedef struct attack {
    uint64_t (*word)(uint64_t seed, uint64_t hash);
    uint64_t (*hash)(uint64_t seed, ctfi_bytes key);
} attack;

static const attack on_hash = {word_of_hash, hash_of}, on_key_hash = {word_of_key_hash, key_hash_of};

/* The next of the keys of eight bytes whose hashes under the seed end in 20 bits of zero. Returns how many had to
 * be tried for bytes that may stand in a string. */
static size_t colliding_key(const attack *on, uint64_t seed, uint64_t *counter, char key[8])
{
    for (size_t tries = 1;; tries++) {
        uint64_t word = on->word(seed, ++*counter << 20);
        if (!is_plain(word))
            continue;
        memcpy(key, &word, 8);
        assert_int_equal(on->hash(seed, (ctfi_bytes){(const unsigned char *)key, 8}) & 0xFFFFF, 0);
        return tries;
    }
}

#define COLLIDING 4000

static char colliding[COLLIDING][8];

/* As many as wanted of them in one object. */
static void make_collisions(text *t, size_t n)
{
    put_words(t, "{\"x\":{");
    for (size_t i = 0; i < n; i++) {
        put_words(t, i > 0 ? ",\"" : "\"");
        put(t, colliding[i], 8);
        put_words(t, "\":1");
    }
    put_words(t, "}}");
}

/* The first of the keys again behind all of them: its last value counts, the first does not. */
static void assert_last_counts(void)
{
    ctf_filter *filter = COMPILE("{ $.x.* = 2 }");
    for (int last = 1; last <= 2; last++) {
        ctf_scratch *scratch;
        ctf_hits hits;
        text t = {NULL, 0, 0};
        make_collisions(&t, 1000);
        t.data[17] = last == 1 ? '2' : '1';
        t.length -= 2;
        put_words(&t, ",\"");
        put(&t, colliding[0], 8);
        put_words(&t, last == 1 ? "\":1}}" : "\":2}}");
        assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
        assert_int_equal(ctf_match(scratch, t.data, t.length, &hits), CTF_OK);
        assert_int_equal(hits.n, last == 2);
        ctf_scratch_free(scratch);
        free(t.data);
    }
    ctf_filter_free(filter);
}

/* Objects of a message are numbered; that number is the seed. */
static void members_that_collide_are_linear(void **state)
{
    (void)state;
    size_t tries = 0;
    for (uint64_t seed = 1; seed < 4; seed++) {
        uint64_t counter = 0;
        for (size_t i = 0; i < COLLIDING; i++)
            tries += colliding_key(&on_hash, seed, &counter, colliding[i]);
        assert_last_counts();
        assert_message_linear("4,000 members that collide, all wanted", "{ $.x.* = 2 }", COLLIDING / 4, make_collisions);
    }
    if (figures)
        fprintf(stderr, "%10zu  tries a colliding key of eight printable bytes\n", tries / (3 * COLLIDING));
}

/* ---- patterns that collide -------------------------------------------------------------------------- */

#define SEEDS 12 /* that program/table_build.c tries */

/* Patterns whose keys collide, `n` for each seed. */
static ctf_status compile_colliding(size_t n, ctf_error *error)
{
    static char texts[SEEDS * 40][32];
    static ctf_pattern patterns[SEEDS * 40];
    size_t all = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t counter = 0;
        for (size_t i = 0; i < n; i++, all++) {
            char key[9] = "";
            colliding_key(&on_key_hash, seed, &counter, key);
            snprintf(texts[all], sizeof texts[all], "{ $.['%s'] = 1 }", key);
            patterns[all] = pattern_of(texts[all]);
        }
    }
    ctf_filter *filter;
    ctf_status status = ctf_filter_compile(patterns, all, NULL, &filter, error);
    ctf_filter_free(filter);
    return status;
}

/* An image has no longer chain than CTFI_PROBE_MAX; what would need one is refused, at once. */
static void patterns_whose_keys_collide_are_refused_beyond_the_longest_chain(void **state)
{
    (void)state;
    ctf_error error;
    assert_int_equal(compile_colliding(CTFI_PROBE_MAX, &error), CTF_OK);
    assert_int_equal(compile_colliding(CTFI_PROBE_MAX + 1, &error), CTF_E_LIMIT);
    assert_int_equal(error.kind, CTF_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "one hash"));
}

#define INTERN_SEEDS 10

/* Keys of eight bytes for the table that is filled while patterns are compiled: a group for each of its seeds. */
static char interned[INTERN_SEEDS][COLLIDING / 4][8];

static void make_interned(text *t, size_t n)
{
    (void)t;
    uint64_t seed = 0;
    for (size_t group = 0; group < INTERN_SEEDS; group++) {
        uint64_t counter = 0;
        seed = ctfi_hash(seed + 1, 0, NULL, 0);
        for (size_t i = 0; i < n; i++)
            colliding_key(&on_hash, seed + CTFI_SPACE_KEY, &counter, interned[group][i]);
    }
    t->length = n;
}

static void fill_intern(ctfi_job *job, void *context)
{
    const text *t = context;
    ctfi_intern table = {.n_slots = 0};
    for (size_t group = INTERN_SEEDS; group-- > 0;)
        for (size_t i = 0; i < t->length; i++) {
            ctfi_bytes key = {(const unsigned char *)interned[group][i], 8};
            *ctfi_intern_find(job, &table, CTFI_SPACE_KEY, 0, key) = 1;
        }
}

static void intern(const void *subject, const text *t)
{
    ctfi_job job;
    (void)subject;
    text copy = *t;
    ctf_status status = ctfi_job_run(&job, NULL, fill_intern, &copy);
    assert_true(status == CTF_OK || status == CTF_E_LIMIT);
    ctfi_arena_free(&job.arena);
}

static void keys_that_collide_while_compiling_are_linear(void **state)
{
    (void)state;
    const worst w = {"10,000 keys, 1,000 that collide under each of ten seeds", COLLIDING / 16, make_interned, intern, NULL};
    assert_linear(&w);
}

/* One key, texts with the same 900 characters at their beginning. */
static void compile_same_prefix(const void *subject, const text *t)
{
    char *texts = malloc(t->length * 1000);
    ctf_pattern *patterns = calloc(t->length, sizeof *patterns);
    ctf_filter *filter;
    (void)subject;
    assert_true(texts != NULL && patterns != NULL);
    for (size_t i = 0; i < t->length; i++) {
        char *one = texts + i * 1000, *at = one + sprintf(one, "{ $.eventName = \"");
        memset(at, 'x', 900);
        sprintf(at + 900, "%zu\" }", i);
        patterns[i] = pattern_of(one);
    }
    assert_int_equal(ctf_filter_compile(patterns, t->length, NULL, &filter, NULL), CTF_OK);
    ctf_filter_free(filter);
    free(patterns);
    free(texts);
}

static void patterns_with_the_same_prefix_are_linear(void **state)
{
    (void)state;
    const worst w = {"10,000 patterns whose texts begin with the same 900 characters", 2500, make_number,
                     compile_same_prefix, NULL};
    assert_linear(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_is_linear),
        cmocka_unit_test(what_is_never_closed_is_linear),
        cmocka_unit_test(globs_never_go_back),
        cmocka_unit_test(regular_expressions_never_go_back),
        cmocka_unit_test(a_long_needle_is_linear),
        cmocka_unit_test(long_values_are_linear),
        cmocka_unit_test(documents_are_linear),
        cmocka_unit_test(series_are_linear),
        cmocka_unit_test(members_that_collide_are_linear),
        cmocka_unit_test(patterns_whose_keys_collide_are_refused_beyond_the_longest_chain),
        cmocka_unit_test(keys_that_collide_while_compiling_are_linear),
        cmocka_unit_test(patterns_with_the_same_prefix_are_linear),
    };
    figures = argc > 1 && strcmp(argv[1], "--figures") == 0;
    counted = argc > 1 && strcmp(argv[1], "--counted") == 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
