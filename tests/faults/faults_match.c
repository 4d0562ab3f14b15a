/* match.h and scan.h: scratches, messages, buffers, streams. */
#include "faults.h"

typedef struct subject {
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_stream *stream;
    char *text;
    size_t length;
    size_t told; /* messages with hits */
    bool over;   /* the stream only takes ctf_stream_free */
} subject;

/* Duplicate keys below a wildcard, strings with escapes, nesting, fields. */
static const char event[] =
    "{\"a\":{\"b\":[1,{\"c\":null},\"\\u0041x\",true],\"k\":1,\"k\":2,\"l\\n\":[[[[[[[[[[1]]]]]]]]]]},\"a\":{\"b\":[{\"c\":\"y\\\"\"}],"
    "\"k\":7,\"m\":{},\"k\":7},\"s\":\"a \\ud835\\udd18 text\",\"n\":12.50}\n";

static const char line[] = "127.0.0.1 - frank [10/Oct/2000:13:35:36 -0700] \"GET /x HTTP/1.0\" 200 1534 a b c d e f g h i j k\n";

static const char *const patterns[] = {"{ $.a.b[0].c = y* }", "{ $.a.* = 7 }", "{ $.s = *text || $.n = 12.5 }",
                                       "[ip, ..., last]",     "frank",         "{ $.a.b[*].c = %y.% }"};

static void add_text(subject *s, const char *text)
{
    size_t n = strlen(text);
    s->text = realloc(s->text, s->length + n);
    assert_non_null(s->text);
    memcpy(s->text + s->length, text, n);
    s->length += n;
}

/* Deeper than what fits a word of bits. */
static void add_nest(subject *s)
{
    add_text(s, "{\"a\":{\"k\":7},\"deep\":");
    for (int i = 0; i < 700; i++)
        add_text(s, "[");
    for (int i = 0; i < 700; i++)
        add_text(s, "]");
    add_text(s, "}\n");
}

static void compile(subject *s)
{
    ctf_text extract[] = {view("$.a.b[0].c"), view("$.s"), view("$.a")};
    ctf_pattern list[COUNT_OF(patterns)];
    for (size_t i = 0; i < COUNT_OF(patterns); i++)
        list[i] = (ctf_pattern){.text = view(patterns[i])};
    list[0].extract = extract;
    list[0].n_extract = COUNT_OF(extract);
    assert_int_equal(ctf_filter_compile(list, COUNT_OF(list), NULL, &s->filter, NULL), CTF_OK);
}

static void *prepare_filter(const ctf_allocator *allocator)
{
    subject *s = fault_subject(sizeof *s);
    (void)allocator;
    compile(s);
    add_text(s, event);
    add_text(s, line);
    add_nest(s);
    return s;
}

static void *prepare_scratch(const ctf_allocator *allocator)
{
    subject *s = prepare_filter(allocator);
    const ctf_scratch_options options = {.size = sizeof options, .allocator = allocator};
    assert_int_equal(ctf_scratch_new(s->filter, &options, &s->scratch), CTF_OK);
    return s;
}

static void release(void *context)
{
    subject *s = context;
    ctf_stream_free(s->stream);
    ctf_scratch_free(s->scratch);
    ctf_filter_free(s->filter);
    free(s->text);
    free(s);
}

static ctf_status new_scratch(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    const ctf_scratch_options options = {.size = sizeof options, .allocator = allocator};
    ctf_scratch *scratch;
    ctf_status status = ctf_scratch_new(s->filter, &options, &scratch);
    assert_true((scratch != NULL) == (status == CTF_OK));
    ctf_scratch_free(scratch);
    return status;
}

/* ---- one message ------------------------------------------------------------------------------------ */

static ctf_status match(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    ctf_hits hits;
    (void)allocator;
    ctf_status status = CTF_OK;
    for (size_t at = 0; at < s->length && status == CTF_OK;) {
        size_t n = (size_t)((const char *)memchr(s->text + at, '\n', s->length - at) - s->text) - at;
        status = ctf_match(s->scratch, s->text + at, n, &hits);
        assert_true(status == CTF_OK || hits.n == 0);
        s->told += hits.n > 0;
        at += n + 1;
    }
    return status;
}

static void matches_again(void *context)
{
    subject *s = context;
    s->told = 0;
    assert_int_equal(match(s, NULL), CTF_OK);
    assert_int_equal(s->told, 3);
}

/* ---- documents -------------------------------------------------------------------------------------- */

static int tell(void *context, const ctf_message *message, const ctf_hits *hits)
{
    subject *s = context;
    (void)message;
    s->told += hits->n > 0;
    return 0;
}

static ctf_status scan(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    ctf_error error;
    (void)allocator;
    return fault_told(ctf_scan(s->scratch, s->text, s->length, &options, tell, s, &error), &error);
}

static void scans_again(void *context)
{
    subject *s = context;
    s->told = 0;
    assert_int_equal(scan(s, NULL), CTF_OK);
    assert_int_equal(s->told, 3);
    matches_again(s);
}

static ctf_status new_stream(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_MEMBER, .member = view("Records")};
    (void)allocator;
    ctf_status status = ctf_stream_new(s->scratch, &options, tell, s, &s->stream);
    if (status == CTF_E_ABSENT)
        return CTF_OK;
    assert_true((s->stream != NULL) == (status == CTF_OK));
    return status;
}

static void *prepare_stream(const ctf_allocator *allocator)
{
    subject *s = prepare_scratch(allocator);
    const ctf_scan_options options = {.size = sizeof options, .framing = CTF_FRAME_LINES};
    ctf_status status = ctf_stream_new(s->scratch, &options, tell, s, &s->stream);
    assert_true(status == CTF_OK || status == CTF_E_ABSENT);
    return s;
}

/* In pieces that cut messages: the first of so many bytes, each other one `times` as long as the one before it. */
static ctf_status feed_pieces(subject *s, size_t piece, size_t times)
{
    ctf_error error;
    ctf_status status = CTF_OK;
    for (size_t at = 0; s->stream != NULL && at < s->length && status == CTF_OK; at += piece / times) {
        size_t n = s->length - at < piece ? s->length - at : piece;
        status = ctf_stream_feed(s->stream, s->text + at, n, &error);
        piece *= times;
    }
    s->over = status != CTF_OK;
    return fault_told(status, &error);
}

static ctf_status feed(void *context, const ctf_allocator *allocator)
{
    (void)allocator;
    return feed_pieces(context, 7, 1);
}

/* The end of a message needs more room than its beginning. */
static ctf_status feed_the_rest(void *context, const ctf_allocator *allocator)
{
    (void)allocator;
    return feed_pieces(context, 3, 1000);
}

static void *prepare_finish(const ctf_allocator *allocator)
{
    subject *s = prepare_stream(allocator);
    if (s->stream != NULL)
        assert_int_equal(ctf_stream_feed(s->stream, event, sizeof event - 2, NULL), CTF_OK); /* without its line's end */
    return s;
}

static ctf_status finish(void *context, const ctf_allocator *allocator)
{
    subject *s = context;
    ctf_error error;
    (void)allocator;
    s->over = true;
    return s->stream == NULL ? CTF_OK : fault_told(ctf_stream_finish(s->stream, &error), &error);
}

/* A stream that failed is over, the scratch is not. */
static void stream_is_over(void *context)
{
    subject *s = context;
    if (s->stream != NULL && s->over)
        assert_int_equal(ctf_stream_feed(s->stream, "x", 1, NULL), CTF_E_ARGUMENT);
    ctf_stream_free(s->stream);
    s->stream = NULL;
    scans_again(s);
}

const fault faults_match[] = {
    {"ctf_scratch_new", prepare_filter, new_scratch, NULL, release, NULL},
    {"ctf_match", prepare_scratch, match, matches_again, release, NULL},
    {"ctf_scan", prepare_scratch, scan, scans_again, release, NULL},
    {"ctf_stream_new", prepare_scratch, new_stream, scans_again, release, NULL},
    {"ctf_stream_feed", prepare_stream, feed, stream_is_over, release, NULL},
    {"ctf_stream_feed", prepare_stream, feed_the_rest, stream_is_over, release, NULL},
    {"ctf_stream_finish", prepare_finish, finish, stream_is_over, release, NULL},
};
const size_t n_faults_match = COUNT_OF(faults_match);
