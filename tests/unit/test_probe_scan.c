/* ctf_scan with a probe finds what it finds without: the same messages with the same numbers and places, the
 * same failures at the same places, whatever lies between. */
#include "documents.h"

#include "match/match.h"

#define PIECE 131072 /* of scan_lines.c: documents here are longer */

/* What one scan told, and how it ended. */
typedef struct outcome {
    test_story story;
    ctf_status status;
    ctf_error error;
} outcome;

static ctf_scratch *scratch_of(const ctf_filter *filter, const char *kernel, unsigned flags)
{
    ctf_scratch_options options = {.size = sizeof options, .kernel = kernel, .flags = flags};
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    return scratch;
}

static void run(ctf_scratch *scratch, const char *text, size_t length, ctf_scan_options options, unsigned stop_at,
                outcome *out)
{
    *out = (outcome){.story = {.document = text, .stop_at = stop_at}};
    options.size = sizeof options;
    out->status = ctf_scan(scratch, text, length, &options, tell, &out->story, &out->error);
}

static void assert_same(const outcome *a, const outcome *b)
{
    assert_told(&a->story, b->story.text != NULL ? b->story.text : "");
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->error.offset, b->error.offset);
    assert_int_equal(a->error.length, b->error.length);
    assert_string_equal(a->error.message, b->error.message);
}

/* One filter, by every kernel. */
typedef struct bench {
    ctf_filter *filter;
    ctf_scratch *plain;
    ctf_scratch *probed[8];
    size_t n;
} bench;

static bench begin(const char *pattern)
{
    bench b = {.filter = compile_one(pattern)};
    b.plain = scratch_of(b.filter, "scalar", CTF_NO_PROBE);
    for (; ctf_kernel_name(b.n) != NULL; b.n++)
        b.probed[b.n] = scratch_of(b.filter, ctf_kernel_name(b.n), 0);
    return b;
}

static void end(bench *b)
{
    for (size_t i = 0; i < b->n; i++)
        ctf_scratch_free(b->probed[i]);
    ctf_scratch_free(b->plain);
    ctf_filter_free(b->filter);
}

/* The document in a block of its own size. */
static void compare(const bench *b, const char *text, size_t length, ctf_scan_options options, unsigned stop_at)
{
    char *copy = malloc(length + (length == 0));
    outcome plain, probed;
    memcpy(copy, text, length);
    run(b->plain, copy, length, options, stop_at, &plain);
    for (size_t i = 0; i < b->n; i++) {
        run(b->probed[i], copy, length, options, stop_at, &probed);
        assert_same(&probed, &plain);
        forget(&probed.story);
    }
    forget(&plain.story);
    free(copy);
}

static void compare_lines(const bench *b, const char *text, size_t length)
{
    static const size_t limits[] = {0, 1, 2, 5, 12, 40};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        ctf_scan_options options = {.framing = CTF_FRAME_LINES, .max_message = limits[i]};
        compare(b, text, length, options, 0);
    }
    compare(b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES}, 1);
    compare(b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES}, 2);
}

/* ---- short documents of all sorts of lines ---- */

typedef struct maker {
    char text[4096];
    size_t length;
    uint64_t state;
} maker;

static size_t below(maker *m, size_t n)
{
    m->state = m->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(m->state >> 33) % n;
}

static void put(maker *m, const char *text)
{
    size_t n = strlen(text);
    assert_true(m->length + n < sizeof m->text);
    memcpy(m->text + m->length, text, n);
    m->length += n;
}

static void make(maker *m, uint64_t seed, const char *const *pieces, size_t n, size_t most)
{
    m->state = seed;
    m->length = 0;
    for (size_t left = below(m, most); left > 0; left--)
        put(m, pieces[below(m, n)]);
}

static const char *const patterns[] = {
    "{ $.a = xx }", "{ $.a = xx || $.a = yy || $.a = \"z*\" }", "xx", "[v = *xx*]", "{ $.a > 5 }", "%^xx$%",
    "\"?ee?\"", /* looked for by its ends, between which lines may end */
};
#define PATTERNS (sizeof patterns / sizeof *patterns)

static void lines_are_the_same_with_a_probe(void **state)
{
    static const char *const pieces[] = {
        "\n", "\n", "\r\n", "\r", "{\"a\":\"xx\"}\n", "{\"a\":\"xx\"}\r\n", "{\"a\":\"yy\"}", "{\"a\":7}\n", "xx",
        "xx \n", " ", "{\"a\":\"\\u0078x\"}\n", "nothing of interest\n", "\xEF\xBB\xBF", "\xEF", "{\"a\"\n",
        "?\n", "e?\n", "?e\n?\n", "?ee?\n", ":\"xx\"}\n", "{\"a\":\"w\"}\n{\"a\":\"w\"}\n{\"a\":\"w\"}\n", "x",
        "a line that is longer than the longest limit of these tests, by far\n",
    };
    maker *m = calloc(1, sizeof *m);
    (void)state;
    for (size_t i = 0; i < PATTERNS; i++) {
        bench b = begin(patterns[i]);
        for (uint64_t seed = 0; seed < 400; seed++) {
            make(m, seed * PATTERNS + i, pieces, sizeof pieces / sizeof *pieces, 20);
            compare_lines(&b, m->text, m->length);
        }
        end(&b);
    }
    free(m);
}

static void other_framings_are_the_same_with_a_probe(void **state)
{
    static const char *const pieces[] = {
        "{\"Records\":[", "[", "]", "}", ",", ",", "\n", " ", "{\"a\":\"xx\"}", "{\"a\":\"xx\"}", "{\"a\":\"w\"}",
        "{\"a\":7}", "\"xx\"", "\"", "{", "{\"b\":{\"a\":\"w\"}}", "null", "\xEF\xBB\xBF", "{\"a\":\"\\u0078x\"}",
    };
    maker *m = calloc(1, sizeof *m);
    (void)state;
    for (size_t i = 0; i < PATTERNS; i++) {
        bench b = begin(patterns[i]);
        for (uint64_t seed = 0; seed < 400; seed++) {
            ctf_scan_options options = {.framing = (ctf_framing)(seed % 5), .max_message = seed % 3 == 0 ? 10 : 0};
            make(m, seed * PATTERNS + i, pieces, sizeof pieces / sizeof *pieces, 16);
            compare(&b, m->text, m->length, options, seed % 7 == 0);
        }
        end(&b);
    }
    free(m);
}

static void damage_behind_messages_passed_over_is_told(void **state)
{
    static const char text[] = "{\"Records\":[{\"a\":\"w\"},{\"a\":\"xx\"},{\"a\":\"w\"} {]}";
    outcome out;
    (void)state;
    bench b = begin("{ $.a = xx }");
    run(b.probed[0], text, strlen(text), (ctf_scan_options){.framing = CTF_FRAME_MEMBER}, 0, &out);
    assert_told(&out.story, "#1 22+10: 0\n");
    assert_int_equal(out.status, CTF_E_DOCUMENT);
    assert_int_equal(out.error.offset, 43);
    forget(&out.story);
    end(&b);
}

static void messages_without_hits_are_told_where_all_are_wanted(void **state)
{
    outcome out;
    (void)state;
    bench b = begin("{ $.a = xx }");
    run(b.probed[0], "w\n\nxx\n", 6, (ctf_scan_options){.framing = CTF_FRAME_LINES, .all = 1}, 0, &out);
    assert_told(&out.story, "#0 0+1:\n#1 3+2:\n");
    forget(&out.story);
    end(&b);
}

/* ---- long documents ---- */

/* Lines of 40 bytes that hold nothing, and one more that matches, at every place around the end of a piece. */
static void lines_that_match_lie_across_the_edges_of_pieces(void **state)
{
    static const char hit[] = "{\"b\":1,\"a\":\"a longer text to look for\"}";
    size_t length = 2 * PIECE + 4000;
    char *text = malloc(length);
    (void)state;
    bench b = begin("{ $.a = \"a longer text to look for\" }");
    for (size_t i = 0; i < length; i++)
        text[i] = i % 40 == 39 ? '\n' : 'w';
    for (size_t at = PIECE - 50; at < PIECE + 20; at++) {
        char saved[sizeof hit + 1];
        memcpy(saved, text + at, sizeof saved);
        text[at] = '\n';
        memcpy(text + at + 1, hit, sizeof hit - 1);
        text[at + sizeof hit] = '\n';
        compare(&b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES, .max_message = 64}, 0);
        memcpy(text + at, saved, sizeof saved);
    }
    end(&b);
    free(text);
}

/* A line of several pieces without a place, longer than the limit or not, then one that matches. */
static void a_line_may_be_longer_than_a_piece(void **state)
{
    size_t length = 3 * PIECE;
    char *text = malloc(length + 3);
    (void)state;
    bench b = begin("xx");
    memset(text, 'w', length);
    memcpy(text, "xx\n\n\n", 5);
    memcpy(text + length, "\nxx", 3);
    for (size_t limit = length - 7; limit < length - 2; limit++)
        compare(&b, text, length + 3, (ctf_scan_options){.framing = CTF_FRAME_LINES, .max_message = limit}, 0);
    compare(&b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES, .max_message = 2}, 0);
    compare(&b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES}, 0);
    end(&b);
    free(text);
}

/* The prober rests after 64 lines that match, and works again after 4096 more. */
static void resting_changes_nothing(void **state)
{
    char *text = malloc(200000);
    size_t length = 0;
    (void)state;
    bench b = begin("{ $.a = xx }");
    for (size_t i = 0; i < 9000; i++) {
        bool match = i % 4500 < 200 || i % 1000 == 7;
        length += (size_t)sprintf(text + length, "{\"a\":\"%s", match ? "xx\"}\n" : "w\"}\n\n");
    }
    compare(&b, text, length, (ctf_scan_options){.framing = CTF_FRAME_LINES}, 0);
    compare(&b, text, length, (ctf_scan_options){.framing = CTF_FRAME_VALUES}, 0);
    end(&b);
    free(text);
}

/* Lines that are only counted are noted too: they are what the prober is good for. */
static void lines_passed_over_speak_for_the_probe(void **state)
{
    static char text[1100];
    outcome out;
    (void)state;
    bench b = begin("xx");
    for (size_t i = 0; i < 100; i++)
        memcpy(text + 11 * i, "xx\nw\nw\nw\nw\n", 11);
    run(b.probed[0], text, sizeof text, (ctf_scan_options){.framing = CTF_FRAME_LINES}, 0, &out);
    assert_int_equal(out.story.n_told, 100);
    assert_true(ctfi_prober_works(ctfi_scratch_prober(b.probed[0])));
    forget(&out.story);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_the_same_with_a_probe),
        cmocka_unit_test(other_framings_are_the_same_with_a_probe),
        cmocka_unit_test(damage_behind_messages_passed_over_is_told),
        cmocka_unit_test(messages_without_hits_are_told_where_all_are_wanted),
        cmocka_unit_test(lines_that_match_lie_across_the_edges_of_pieces),
        cmocka_unit_test(a_line_may_be_longer_than_a_piece),
        cmocka_unit_test(resting_changes_nothing),
        cmocka_unit_test(lines_passed_over_speak_for_the_probe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
