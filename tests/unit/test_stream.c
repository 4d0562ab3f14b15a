/* ctf_stream: a document in pieces gives what ctf_scan gives for it whole, and yajl's reader says what
 * the scan reader says. */
#include "documents.h"

#include "match/check.h"

static const char *const patterns[] = {"{ $.a = 1 }",          "{ $.b.c = x* || $.d[*] = 2 }", "{ $.a NOT EXISTS }",
                                       "{ $.d IS NULL }",      "{ $.* = 7 }",                  "{ $.a != 1 }",
                                       "ERROR",                "[x, y=a*]",                    "{ $.d[1] > 2 }",
                                       "{ $.none NOT EXISTS }"};
static const char *const selectors[] = {"$.a", "$.b.c", "$.d[1]", "$.b"};

#define N_PATTERNS (sizeof patterns / sizeof *patterns)
#define N_SELECTORS (sizeof selectors / sizeof *selectors)

typedef struct fixture {
    ctf_filter *filter;
    ctf_scratch *scratch;
    test_story story;
    test_story other;
    meter memory;
    ctf_error error;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    ctf_allocator allocator = {metered, &f->memory};
    f->filter = compile(patterns, N_PATTERNS, selectors, N_SELECTORS);
    f->scratch = new_scratch(f->filter, &allocator);
    f->story.scratch = f->other.scratch = f->scratch;
    f->story.n_values = f->other.n_values = N_SELECTORS;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    forget(&f->story);
    forget(&f->other);
    ctf_scratch_free(f->scratch);
    ctf_filter_free(f->filter);
    assert_int_equal(f->memory.live, 0);
    free(f);
    return 0;
}

static ctf_stream *open_stream(fixture *f, const ctf_scan_options *options)
{
    ctf_stream *stream;
    forget(&f->story);
    assert_int_equal(ctf_stream_new(f->scratch, options, tell, &f->story, &stream), CTF_OK);
    return stream;
}

/* Feeds pieces of `size` bytes, each in a block of its own. */
static ctf_status feed_all(ctf_stream *stream, const char *text, size_t length, size_t size, ctf_error *error)
{
    for (size_t at = 0; at < length; at += size) {
        size_t n = length - at < size ? length - at : size;
        char *piece = malloc(n);
        memcpy(piece, text + at, n);
        ctf_status status = ctf_stream_feed(stream, piece, n, error);
        free(piece);
        if (status != CTF_OK)
            return status;
    }
    return ctf_stream_finish(stream, error);
}

static ctf_status stream_text(fixture *f, const ctf_scan_options *options, const char *text, size_t length, size_t size)
{
    ctf_stream *stream = open_stream(f, options);
    f->story.document = text;
    ctf_status status = feed_all(stream, text, length, size, &f->error);
    ctf_stream_free(stream);
    return status;
}

/* Scans, streams at several piece sizes, and compares everything told. */
static void compare(fixture *f, ctf_framing framing, const char *text, size_t length)
{
    static const size_t sizes[] = {1, 7, 64, SIZE_MAX};
    ctf_scan_options options = {.size = sizeof options, .framing = framing, .all = 1};
    ctf_error error;
    forget(&f->other);
    f->other.document = text;
    ctf_status status = ctf_scan(f->scratch, text, length, &options, tell, &f->other, &error);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(stream_text(f, &options, text, length, sizes[i]), status);
        assert_memory_equal(&f->error, &error, sizeof error);
        const char *streamed = f->story.length != 0 ? f->story.text : "";
        const char *scanned = f->other.length != 0 ? f->other.text : "";
        if (strcmp(streamed, scanned) != 0)
            fail_msg("pieces of %zu of %.*s\nscan: %sstream: %s", sizes[i], (int)length, text, scanned, streamed);
    }
}

static void stream_says_what_scan_says(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {
        "", " ", "{}", "{\"a\":1}", "{\"a\":1} {\"a\":2}\n{\"b\":{\"c\":\"xyz\"},\"d\":[1,3,null]}\r\nERROR abc\n",
        "{\"Records\":[{\"a\":1},{\"a\":\"1\"},{\"d\":[2]},{\"a\":1}],\"x\":[]}",
        "[{\"a\":1},{\"d\":null,\"\\u0061\":7},\"ERROR\",{\"b\":{\"c\":\"x\\u0000\\ud83d\\ude00\"}}]",
        "{\"a\":1,\"b\":{\"c\":\"x\",\"c\":\"y\"},\"b\":{\"c\":\"\\u0078z\"},\"a\":3}",
        "{\"a\":[{\"a\":1}],\"b\":[1],\"d\":[1,{\"x\":[2]},[2],2]}",
        "{\"a\":1}}\n{\"a\":1\n{\"a\":1,}\n\"\n", "[1,2", "{\"Records\":[{\"a\":1}", "{\"Records\":[{\"a\":1},{\"a\":1}] x",
        "\xEF\xBB\xBF{\"a\":1}", "{\"a\":\"\xFF\"}", "q abc\r\nq abc\r", "{\"a\" : 1.50e0 , \"b\" : { \"c\" : \"\" } }"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int framing = CTF_FRAME_WHOLE; framing <= CTF_FRAME_MEMBER; framing++)
            compare(f, (ctf_framing)framing, texts[i], strlen(texts[i]));
}

/* yajl accepts all of these, or did in some version; none is one JSON object. */
static void stream_proves_no_more_than_strict_json(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        size_t length;
    } texts[] = {
#define TEXT(t) {t, sizeof(t) - 1}
        TEXT("{}\v"), TEXT("{\f}"), TEXT("\v{}"), TEXT("{\"a\":\v1}"), TEXT("{} \"abc"), TEXT("{}\"abc\""),
        TEXT("{} tru"), TEXT("{} 1"), TEXT("{} -"), TEXT("{}{}"), TEXT("{} /"), TEXT("{}}"), TEXT("{}\0"), TEXT("{}x"),
        TEXT("\xEF\xBB\xBF{}"), TEXT("[]"), TEXT("1"), TEXT("\"a\""), TEXT("null"), TEXT("true"), TEXT(""), TEXT(" "),
        TEXT("{"), TEXT("{\"a"), TEXT("{\"a\\"), TEXT("{\"a\":1"), TEXT("{\"a\":01}"), TEXT("{\"a\":1.}"),
        TEXT("{\"a\":/**/1}"), TEXT("{\"a\":1//\n}"), TEXT("{\"a\":\"\\ud800\"}"), TEXT("{\"a\":\"\\udc00\"}"),
        TEXT("{\"a\":\"\\ud800\\ud800\"}"), TEXT("{\"a\":\"\\ud83d\\u0041\"}"), TEXT("{\"\\udc00\":1}"),
        TEXT("{\"a\":\"\\ud800\\\"\"}"), TEXT("{\"a\":\"\xFF\"}"), TEXT("{\"a\":\"\xC0\x80\"}"),
        TEXT("{\"a\":\"\xED\xA0\x80\"}"), TEXT("{\"a\":\"\xF5\x80\x80\x80\"}"), TEXT("{\"a\":\"\xE2\x82\"}"),
        TEXT("{\"a\":\"\n\"}"), TEXT("{\"a\":\"\0\"}"), TEXT("{\"a\":NaN}"), TEXT("{\"a\":1,}"), TEXT("{\"a\":[1,]}"),
        TEXT("{\"a\":\"\\'\"}"), TEXT("{\"a\":0x1}"), TEXT("{\"a\":+1}"), TEXT("{\"a\":1\0}"), TEXT("{\"a\":[1}}")
#undef TEXT
    };
    ctf_scan_options options = {.size = sizeof options};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(stream_text(f, &options, texts[i].text, texts[i].length, SIZE_MAX), CTF_OK);
        if (f->story.length != 0)
            fail_msg("%.*s: %s", (int)texts[i].length, texts[i].text, f->story.text);
        compare(f, CTF_FRAME_WHOLE, texts[i].text, texts[i].length);
    }
}

static void stream_proves_strict_json(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {"{}", " \t\r\n{ } \n", "{\"x\":\"\\u0000\\/\\b\\ud83d\\ude00\x7F\"}",
                                        "{\"x\":[-0,0.5,1E+5,10e-2,true,false,null,[],{}]}", "{\"\":{\"\":\"\"}}",
                                        "{\"\xC3\xA9\":\"\xF4\x8F\xBF\xBF\"}"};
    ctf_scan_options options = {.size = sizeof options};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(stream_text(f, &options, texts[i], strlen(texts[i]), SIZE_MAX), CTF_OK);
        assert_int_equal(f->story.n_told, 1);
    }
}

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % n;
}

/* One edit: a byte or a telling piece put in, put over, or a stretch taken out. */
static size_t mutate(char *text, size_t length, size_t room, uint64_t *seed)
{
    static const char *const parts[] = {"{",   "}",  "[",       "]",        "\"",       "\\",       ",",    ":",   "1",
                                        "-",   ".",  "e",       "\v",       "\f",       "\x7F",     "\xFF", "\xC3", "\xA9",
                                        "0",   "u",  "\\u0041", "\\ud800",  "\\udc00",  "\"a\":",   "null", " ",   "\n",
                                        "tru", "{}", "[2]",     "\\u0061",  "\xED\xA0\x80", "\"a\":1,", "/**/"};
    const char *part = parts[random_below(seed, sizeof parts / sizeof *parts)];
    size_t n = strlen(part), at = random_below(seed, (uint32_t)length + 1);
    uint32_t kind = random_below(seed, 4);
    if (kind == 0 && at < length) {
        size_t gone = 1 + random_below(seed, 3);
        gone = gone < length - at ? gone : length - at;
        memmove(text + at, text + at + gone, length - at - gone);
        return length - gone;
    }
    if (kind == 1 && at < length) {
        text[at] = random_below(seed, 8) != 0 ? part[0] : '\0';
        return length;
    }
    if (length + n > room)
        return length;
    memmove(text + at + n, text + at, length - at);
    memcpy(text + at, part, n);
    return length + n;
}

static const char *const events[] = {
    "{\"a\":1,\"b\":{\"c\":\"xyz\"},\"d\":[1,2,null]}", "{\"a\":\"\\u0031\",\"a\":1,\"d\":{\"x\":2},\"b\":{\"c\":\"\\\"x\"}}",
    " { \"d\" : [ 2.0 , 3e1 ] , \"z\" : { \"a\" : [ { } , [ ] ] } } ", "{\"b\":{\"c\":\"x\\ud83d\\ude00\xC3\xA9\"},\"e\":7}",
    "{\"d\":[[null],{\"q\":null},-0.0,true,false],\"a\":null}", "{\"b\":{\"c\":1},\"b\":{\"c\":\"x\"},\"b\":[]}"};

static void readers_agree_on_mutated_messages(void **state)
{
    fixture *f = *state;
    uint64_t seed = 11;
    for (unsigned round = 0; round < 12000; round++) {
        char text[160];
        const char *event = events[random_below(&seed, sizeof events / sizeof *events)];
        size_t length = strlen(event);
        memcpy(text, event, length);
        for (uint32_t edits = random_below(&seed, 4); edits > 0; edits--)
            length = mutate(text, length, sizeof text, &seed);
        compare(f, CTF_FRAME_WHOLE, text, length);
    }
}

static void stream_and_scan_agree_on_mutated_documents(void **state)
{
    fixture *f = *state;
    uint64_t seed = 12;
    for (unsigned round = 0; round < 3000; round++) {
        char text[512] = "{\"Records\":[";
        ctf_framing framing = (ctf_framing)(CTF_FRAME_LINES + round % 4);
        size_t length = framing == CTF_FRAME_MEMBER ? strlen(text) : framing == CTF_FRAME_ARRAY;
        text[0] = framing == CTF_FRAME_ARRAY ? '[' : text[0];
        for (unsigned i = 0; i < 3; i++) {
            const char *event = events[random_below(&seed, sizeof events / sizeof *events)];
            memcpy(text + length, event, strlen(event));
            length += strlen(event);
            text[length++] = framing < CTF_FRAME_ARRAY ? '\n' : i < 2 ? ',' : ']';
        }
        if (framing == CTF_FRAME_MEMBER)
            text[length++] = '}';
        for (uint32_t edits = random_below(&seed, 5); edits > 0; edits--)
            length = mutate(text, length, sizeof text, &seed);
        compare(f, framing, text, length);
    }
}

static void stream_decodes_an_embedded_nul(void **state)
{
    fixture *f = *state;
    static const char text[] = "{\"a\":1,\"b\":{\"c\":\"x\\u0000y\"}}";
    ctf_stream *stream = open_stream(f, NULL);
    assert_int_equal(feed_all(stream, text, strlen(text), 5, &f->error), CTF_OK);
    ctf_stream_free(stream);
    assert_non_null(strstr(f->story.text, "4(3)x<00>y"));
}

/* n times `unit`, between two texts. */
static char *repeat(const char *before, const char *unit, size_t n, const char *behind, size_t *length)
{
    size_t size = strlen(unit);
    char *text = malloc(strlen(before) + n * size + strlen(behind) + 1), *at = text;
    at += strlen(strcpy(at, before));
    for (size_t i = 0; i < n; i++, at += size)
        memcpy(at, unit, size);
    strcpy(at, behind);
    *length = (size_t)(at - text) + strlen(behind);
    return text;
}

#define MILLION 1000000

static void deep(fixture *f, const char *open, const char *close, unsigned expected)
{
    size_t length, tail;
    char *behind = repeat("", close, MILLION, ",\"a\":1}", &tail);
    char *text = repeat("{\"x\":", open, MILLION, behind, &length);
    for (size_t size = 4096; size != 0; size = size == 4096 ? SIZE_MAX : 0) {
        assert_int_equal(stream_text(f, NULL, text, length, size), CTF_OK);
        assert_int_equal(f->story.n_told, expected);
    }
    free(text);
    free(behind);
}

static void stream_reads_a_million_levels(void **state)
{
    fixture *f = *state;
    deep(f, "[", "]", 1);
    deep(f, "{\"a\":", "", 0);
    deep(f, "{", "}", 0);
    assert_int_equal(stream_text(f, NULL, "{\"a\":1}", 7, 3), CTF_OK);
    assert_int_equal(f->story.n_told, 1);
}

static void stream_reads_a_line_of_sixteen_megabytes(void **state)
{
    fixture *f = *state;
    size_t length;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    char *text = repeat("{\"x\":\"", "0123456789abcde\\", 1 << 20, "\\\",\"a\":1}\r\nERROR\n", &length);
    for (size_t i = 1; i < 1 << 20; i++)
        text[6 + 16 * i] = 'n'; /* behind the backslash of the unit before */
    assert_int_equal(stream_text(f, &options, text, length, 1000), CTF_OK);
    assert_int_equal(f->story.n_told, 2);
    free(text);
}

static void stream_keeps_no_more_than_the_limit(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES, .max_message = 100};
    static const char text[] = "{\"a\":1}{\"x\":\"";
    ctf_stream *stream = open_stream(f, &options);
    assert_int_equal(ctf_stream_feed(stream, text, strlen(text), &f->error), CTF_OK);
    ctf_status status = CTF_OK;
    unsigned fed = 0;
    for (; status == CTF_OK; fed++)
        status = ctf_stream_feed(stream, "0123456789", 10, &f->error);
    assert_int_equal(status, CTF_E_LIMIT);
    assert_int_equal(fed, 10);
    assert_int_equal(f->error.offset, 7);
    assert_int_equal(f->story.n_told, 1);
    ctf_stream_free(stream);
}

static void stream_passes_over_a_long_member_without_keeping_it(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_MEMBER};
    char piece[1000];
    memset(piece, '[', sizeof piece);
    ctf_stream *stream = open_stream(f, &options);
    assert_int_equal(ctf_stream_feed(stream, "{\"x\":\"", 6, &f->error), CTF_OK);
    size_t before = f->memory.calls;
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(ctf_stream_feed(stream, piece, sizeof piece, &f->error), CTF_OK);
    assert_int_equal(f->memory.calls, before);
    assert_int_equal(ctf_stream_feed(stream, "\",\"Records\":[{\"a\":1}]}", 22, &f->error), CTF_OK);
    assert_int_equal(ctf_stream_finish(stream, &f->error), CTF_OK);
    assert_int_equal(f->story.n_told, 1);
    ctf_stream_free(stream);
}

static void stream_allocates_nothing_once_warm(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    size_t length;
    char *deepest = repeat("{\"\\u0061\":1,\"a\":1,\"b\":{\"c\":\"x\\n\"},\"x\":\"\\n", "long ", 2000, "\"}", &length);
    static const char unclosed[] = "{\"a\":\"\n\"}{\"a\":}[[[[";
    ctf_stream *stream = open_stream(f, &options);
    for (unsigned round = 0; round < 2; round++) {
        size_t before = f->memory.calls;
        for (size_t size = 3; size <= length; size = size < length / 2 ? size * 20 : size == length ? length + 1 : length) {
            for (size_t at = 0; at < length; at += size)
                assert_int_equal(ctf_stream_feed(stream, deepest + at, size < length - at ? size : length - at, NULL), CTF_OK);
            assert_int_equal(ctf_stream_feed(stream, unclosed, strlen(unclosed), NULL), CTF_OK);
            assert_int_equal(ctf_stream_feed(stream, "]]]]", 4, NULL), CTF_OK);
        }
        if (round > 0)
            assert_int_equal(f->memory.calls, before);
    }
    free(deepest);
    ctf_stream_free(stream);
}

/* Runs one document with allocation number n failing; false when it came through. */
static bool fails_at(fixture *f, const char *text, size_t size, size_t n, int for_good)
{
    meter memory = {.fail_at = 0};
    ctf_allocator allocator = {metered, &memory};
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    ctf_stream *stream = NULL;
    ctf_scratch *scratch = new_scratch(f->filter, &allocator);
    forget(&f->story);
    f->story.scratch = scratch;
    memory.fail_at = memory.calls + n;
    memory.for_good = for_good;
    ctf_status status = ctf_stream_new(scratch, &options, tell, &f->story, &stream);
    if (status == CTF_OK)
        status = feed_all(stream, text, strlen(text), size, &f->error);
    else
        assert_null(stream);
    bool failed = memory.calls >= memory.fail_at;
    assert_int_equal(status, failed ? CTF_E_NOMEM : CTF_OK);
    if (stream != NULL && failed) {
        assert_int_equal(f->error.kind, CTF_ERROR_MEMORY);
        assert_int_equal(ctf_stream_feed(stream, "{}", 2, NULL), CTF_E_ARGUMENT);
    }
    ctf_stream_free(stream);
    memory.fail_at = 0;
    ctf_hits hits;
    assert_int_equal(ctf_match(scratch, "{\"a\":1}", 7, &hits), CTF_OK);
    ctf_scratch_free(scratch);
    assert_int_equal(memory.live, 0);
    return failed;
}

static void stream_survives_each_failing_allocation(void **state)
{
    fixture *f = *state;
    size_t length;
    char *text = repeat("{\"a\":2,\"b\":{\"c\":\"x\\u0041\"},\"a\":1,\"x\":", "[", 200, "\"\\n", &length);
    char *rest = repeat(text, "y", 5000, "\"", &length);
    free(text);
    text = repeat(rest, "]", 200, "} {\"a\":\"unclosed\n\"} {\"a\":1}", &length);
    free(rest);
    for (size_t size = 16; size != 0; size = size == 16 ? SIZE_MAX : 0)
        for (int for_good = 0; for_good < 2; for_good++)
            for (size_t n = 1; fails_at(f, text, size, n, for_good); n++)
                assert_true(n < 1000);
    assert_non_null(strstr(f->story.text, "+7: 0 9 3(1)1 0(0) 0(0) 0(0)\n"));
    free(text);
}

static void stream_stops_when_told_to(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    f->story.stop_at = 2;
    assert_int_equal(stream_text(f, &options, "ERROR\nERROR\nERROR\n", 18, 4), CTF_E_STOPPED);
    assert_int_equal(f->error.status, CTF_E_STOPPED);
    assert_int_equal(f->story.n_told, 2);
    f->story.stop_at = 0;
}

static void stream_takes_only_free_after_its_end(void **state)
{
    fixture *f = *state;
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_ARRAY};
    ctf_stream *stream = open_stream(f, &options);
    assert_int_equal(ctf_stream_feed(stream, "x", 1, &f->error), CTF_E_DOCUMENT);
    assert_int_equal(ctf_stream_feed(stream, "[]", 2, &f->error), CTF_E_ARGUMENT);
    assert_int_equal(f->error.kind, CTF_ERROR_ARGUMENT);
    assert_int_equal(ctf_stream_finish(stream, &f->error), CTF_E_ARGUMENT);
    ctf_stream_free(stream);
    stream = open_stream(f, &options);
    assert_int_equal(ctf_stream_feed(stream, "[", 1, &f->error), CTF_OK);
    assert_int_equal(ctf_stream_feed(stream, NULL, 0, &f->error), CTF_OK);
    assert_int_equal(ctf_stream_feed(stream, "]", 1, &f->error), CTF_OK);
    assert_int_equal(ctf_stream_finish(stream, &f->error), CTF_OK);
    assert_int_equal(ctf_stream_finish(stream, &f->error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_stream_feed(stream, " ", 1, NULL), CTF_E_ARGUMENT);
    ctf_stream_free(stream);
}

static void stream_refuses_misuse(void **state)
{
    fixture *f = *state;
    ctf_scan_options wrong = {.size = sizeof wrong, .framing = (ctf_framing)9};
    ctf_stream *stream = (ctf_stream *)f;
    assert_int_equal(ctf_stream_new(NULL, NULL, tell, NULL, &stream), CTF_E_ARGUMENT);
    assert_null(stream);
    assert_int_equal(ctf_stream_new(f->scratch, NULL, NULL, NULL, &stream), CTF_E_ARGUMENT);
    assert_int_equal(ctf_stream_new(f->scratch, &wrong, tell, NULL, &stream), CTF_E_ARGUMENT);
    assert_int_equal(ctf_stream_new(f->scratch, NULL, tell, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_stream_feed(NULL, "", 0, &f->error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_stream_finish(NULL, NULL), CTF_E_ARGUMENT);
    stream = open_stream(f, NULL);
    assert_int_equal(ctf_stream_feed(stream, NULL, 1, NULL), CTF_E_ARGUMENT);
    ctf_stream_free(stream);
    ctf_stream_free(NULL);
}

/* The stream that a callback feeds. */
typedef struct nesting {
    fixture *f;
    ctf_stream *stream;
} nesting;

static int feed_the_stream_again(void *context, const ctf_message *message, const ctf_hits *hits)
{
    nesting *nested = context;
    ctf_hits other;
    assert_int_equal(ctf_match(nested->f->scratch, "", 0, &other), CTF_E_BUSY);
    assert_int_equal(ctf_stream_feed(nested->stream, "ERROR\n", 6, &nested->f->error), CTF_E_BUSY);
    return tell(&nested->f->story, message, hits);
}

static void stream_keeps_its_scratch_to_itself_in_the_callback(void **state)
{
    fixture *f = *state;
    nesting nested = {f, NULL};
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    assert_int_equal(ctf_stream_new(f->scratch, &options, feed_the_stream_again, &nested, &nested.stream), CTF_OK);
    assert_int_equal(ctf_stream_feed(nested.stream, "ERROR 1\nERR", 11, &f->error), CTF_OK);
    assert_told(&f->story, "#0 0+7: 6\n");
    assert_int_equal(ctf_stream_feed(nested.stream, "OR\n", 3, &f->error), CTF_E_ARGUMENT);
    ctf_stream_free(nested.stream);
}

static void streams_share_a_scratch_between_calls(void **state)
{
    fixture *f = *state;
    static const char text[] = "{\"a\":2,\"b\":{\"c\":\"x\\u0041\"},\"a\":1}";
    char member[] = "m";
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_VALUES};
    ctf_scan_options other = {.size = sizeof other, .framing = CTF_FRAME_MEMBER, .member = {member, 1}};
    ctf_stream *a = open_stream(f, &options), *b;
    assert_int_equal(ctf_stream_new(f->scratch, &other, tell, &f->other, &b), CTF_OK);
    member[0] = 'x';
    assert_int_equal(ctf_stream_feed(b, "{\"m\":[", 6, NULL), CTF_OK);
    for (size_t i = 0; i < strlen(text); i++) {
        ctf_hits hits;
        assert_int_equal(ctf_stream_feed(a, text + i, 1, NULL), CTF_OK);
        assert_int_equal(ctf_stream_feed(b, text + i, 1, NULL), CTF_OK);
        assert_int_equal(ctf_match(f->scratch, "{\"d\":[1,2,3]}", 13, &hits), CTF_OK);
    }
    assert_int_equal(ctf_stream_feed(b, "]}", 2, NULL), CTF_OK);
    assert_int_equal(ctf_stream_finish(b, NULL), CTF_OK);
    assert_int_equal(ctf_stream_finish(a, NULL), CTF_OK);
    assert_told(&f->story, "#0 0+33: 0 1 9 3(1)1 4(2)xA 0(0) 6(0)\n");
    assert_told(&f->other, "#0 6+33: 0 1 9 3(1)1 4(2)xA 0(0) 6(0)\n");
    ctf_stream_free(a);
    ctf_stream_free(b);
}

static void stream_without_json_patterns_needs_no_json(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {"ERROR", "[x, y=a*]"};
    ctf_filter *filter = compile(texts, 2, NULL, 0);
    ctf_scratch *scratch = new_scratch(filter, NULL);
    ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    ctf_stream *stream;
    assert_int_equal(ctf_stream_new(scratch, &options, tell, &f->story, &stream), CTF_OK);
    f->story.n_values = 0;
    assert_int_equal(feed_all(stream, "ERROR {\nz abc\n", 14, 3, &f->error), CTF_OK);
    assert_told(&f->story, "#0 0+7: 0\n#1 8+5: 1\n");
    ctf_stream_free(stream);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

/* A build without yajl has one test: that it says so. */
static void stream_is_absent_without_yajl(void **state)
{
    fixture *f = *state;
    ctf_stream *stream = (ctf_stream *)f;
    ctf_status status = ctf_stream_new(f->scratch, NULL, tell, &f->story, &stream);
    assert_int_equal(status, CTF_E_ABSENT);
    assert_null(stream);
}

static bool has_stream(void)
{
    ctf_filter *filter = compile_one("x");
    ctf_scratch *scratch = new_scratch(filter, NULL);
    ctf_stream *stream;
    ctf_status status = ctf_stream_new(scratch, NULL, tell, NULL, &stream);
    ctf_stream_free(stream);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
    return status != CTF_E_ABSENT;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest absent[] = {TEST(stream_is_absent_without_yajl)};
    const struct CMUnitTest tests[] = {
        TEST(stream_says_what_scan_says),
        TEST(stream_proves_no_more_than_strict_json),
        TEST(stream_proves_strict_json),
        TEST(readers_agree_on_mutated_messages),
        TEST(stream_and_scan_agree_on_mutated_documents),
        TEST(stream_decodes_an_embedded_nul),
        TEST(stream_reads_a_million_levels),
        TEST(stream_reads_a_line_of_sixteen_megabytes),
        TEST(stream_keeps_no_more_than_the_limit),
        TEST(stream_passes_over_a_long_member_without_keeping_it),
        TEST(stream_allocates_nothing_once_warm),
        TEST(stream_survives_each_failing_allocation),
        TEST(stream_stops_when_told_to),
        TEST(stream_takes_only_free_after_its_end),
        TEST(stream_refuses_misuse),
        TEST(stream_keeps_its_scratch_to_itself_in_the_callback),
        TEST(streams_share_a_scratch_between_calls),
        TEST(stream_without_json_patterns_needs_no_json),
    };
    return has_stream() ? cmocka_run_group_tests(tests, NULL, NULL) : cmocka_run_group_tests(absent, NULL, NULL);
}
