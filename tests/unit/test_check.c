/* The proof that a message is one JSON object, by every kernel and however far a reader has indexed the
 * message before, against the byte-by-byte check. CTFILTER_CHECK_TOKENS says how long sequences of tokens are:
 * 4 where each step is slow, 6 for whoever has an hour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/match.h>

#include "base/arena.h"
#include "match/check.h"
#include "slow_check.h"

static size_t longest = 5;
static ctfi_index shared;

static uint64_t next_random(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* The verdict of a kernel after a reader has indexed `strides` strides of the message. */
static bool proves_after(const ctfi_kernel *kernel, ctfi_bytes message, size_t strides)
{
    ctfi_depth depth = {.allocator = ctfi_allocator_or_default(NULL)};
    bool proved = true;
    ctfi_index_begin(&shared, kernel, message);
    while (strides-- > 0 && shared.end < shared.total)
        ctfi_index_more(&shared);
    assert_int_equal(ctfi_check_event(&shared, &depth, &proved), CTF_OK);
    ctfi_depth_free(&depth);
    return proved;
}

/* The verdict that all agree on. */
static bool agreed(const unsigned char *text, size_t length, size_t strides)
{
    bool expected = slow_check(text, length);
    ctfi_bytes message = {text, length};
    for (size_t k = 0; ctf_kernel_name(k) != NULL; k++)
        if (proves_after(ctfi_kernel_named(ctf_kernel_name(k)), message, strides) != expected)
            fail_msg("%s, %zu bytes, %zu strides before: not %d: %.*s", ctf_kernel_name(k), length, strides, expected,
                     (int)(length > 4000 ? 4000 : length), (const char *)text);
    return expected;
}

/* The same from memory of the exact size: the sanitizer sees a byte too far. */
static bool proves_bytes(const char *text, size_t length)
{
    unsigned char *copy = malloc(length == 0 ? 1 : length);
    memcpy(copy, text, length);
    bool proved = agreed(copy, length, 0);
    assert_int_equal(agreed(copy, length, SIZE_MAX), proved);
    free(copy);
    return proved;
}

static bool proves(const char *text)
{
    return proves_bytes(text, strlen(text));
}

static void check_accepts_objects(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}", " \t\r\n{ } \n", "{\"a\":1}", "{\"a\" : [ 1 , 2 , { } , [ ] ] , \"b\":null}",
        "{\"\":\"\"}", "{\"a\":-0.5e-10,\"b\":0,\"c\":10E+2,\"d\":-0}",
        "{\"a\":true,\"b\":false,\"c\":null}", "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\"}",
        "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\u0000\"}", "{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}",
        "{\"a\":{\"b\":[[[{\"c\":[]}]]]}}", "{\"a\":1,\"a\":2}", "{\"a\":\"\x7F\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!proves(texts[i]))
            fail_msg("refused: %s", texts[i]);
}

static void check_refuses_everything_else(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", " ", "[]", "1", "\"a\"", "null", "{", "}", "{}}", "{} {}", "{}x", "x{}", "{,}", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{\"a\":1]", "{\"a\":[1}", "{\"a\":[1,]}",
        "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":-}",
        "{\"a\":1e}", "{\"a\":1e+}", "{\"a\":0x1}", "{\"a\":1_0}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}",
        "{\"a\":True}", "{\"a\":nullx}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\ud800x\"}",
        "{\"a\":\"\\ud800\\ud800\"}", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}", "{\"a\":\"\x1F\"}", "{\"a\":\"b}", "{\"a\":\"b\\",
        "{\"a\":\"\\", "{\"a\":1}/**/", "\xEF\xBB\xBF{}", "\v{}", "\f{}", "{\v}", "{\"a\":\"\x80\"}",
        "{\"a\":\"\xC0\x80\"}", "{\"a\":\"\xE0\x80\x80\"}", "{\"a\":\"\xED\xA0\x80\"}", "{\"a\":\"\xF4\x90\x80\x80\"}",
        "{\"a\":\"\xC3\"}", "{\"a\":\xC3\xA9}", "{\"a\":1}\xC2\xA0", "{\"a\":{\"b\":1}", "{\"a\":1,\"b\"", "{\"a\":1,",
        "{\"a\":1\\}", "{\\\"a\":1}", "{\"a\"\\:1}", "{\"a\":[\"b\":1]}", "{\"a\":{\"b\",\"c\"}}", "{[]:1}", "{1:2}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (proves(texts[i]))
            fail_msg("accepted: %s", texts[i]);
}

static void check_refuses_nul_bytes_outside_and_inside_strings(void **state)
{
    (void)state;
    assert_false(proves_bytes("{}\0", 3));
    assert_false(proves_bytes("\0{}", 3));
    assert_false(proves_bytes("{\"a\0\":1}", 8));
}

static void check_sees_a_bad_byte_at_every_place_of_a_string(void **state)
{
    (void)state;
    static const char bad[] = {'\x01', '\x1F', '\x80', '\xFF', '\n'};
    char text[256];
    for (size_t length = 1; length < 140; length += 7) {
        for (size_t at = 0; at < length; at++) {
            memset(text, 'a', sizeof text);
            memcpy(text, "{\"k\":\"", 6);
            memcpy(text + 6 + length, "\"}", 2);
            assert_true(proves_bytes(text, length + 8));
            text[6 + at] = bad[(length + at) % sizeof bad];
            assert_false(proves_bytes(text, length + 8));
        }
    }
}

/* ---- all short sequences ---- */

typedef struct sequences {
    const char *const *pieces;
    size_t n;
    const char *before, *behind;
    size_t blanks; /* in front of all */
    unsigned char text[512];
    size_t objects, others;
} sequences;

static size_t put(unsigned char *text, size_t at, const char *piece)
{
    size_t n = strlen(piece);
    memcpy(text + at, piece, n);
    return at + n;
}

/* Every sequence of up to `left` pieces behind the bytes written so far. */
static void try_all(sequences *s, size_t at, size_t left)
{
    size_t length = put(s->text, at, s->behind);
    *(agreed(s->text, length, 0) ? &s->objects : &s->others) += 1;
    for (size_t i = 0; i < s->n && left > 0; i++)
        try_all(s, put(s->text, at, s->pieces[i]), left - 1);
}

static void try_all_between(sequences *s, size_t blanks, size_t left)
{
    memset(s->text, ' ', blanks);
    try_all(s, put(s->text, blanks, s->before), left);
}

static const char *const tokens[] = {"{", "}", "[", "]", ",", ":", "\"a\"", "1", "true", "x", " "};

static const struct {
    const char *before, *behind;
} frames[] = {{"", ""}, {"{", "}"}, {"{\"b\":[", "]}"}, {"{\"b\":{\"c\":2", "}}"}, {"{\"b\":[{},", "]}\n"}};

#define N_FRAMES (sizeof frames / sizeof *frames)

static void check_judges_all_short_sequences_of_tokens(void **state)
{
    (void)state;
    sequences s = {.pieces = tokens, .n = sizeof tokens / sizeof *tokens};
    for (size_t i = 0; i < N_FRAMES; i++) {
        s.before = frames[i].before;
        s.behind = frames[i].behind;
        try_all_between(&s, 0, i == 0 ? longest : longest - 1);
    }
    assert_true(s.objects > 100 && s.others > s.objects);
}

static void check_judges_tokens_at_every_place_of_a_block(void **state)
{
    (void)state;
    sequences s = {.pieces = tokens, .n = sizeof tokens / sizeof *tokens};
    for (size_t blanks = 52; blanks < 64; blanks++)
        for (size_t i = 0; i < N_FRAMES; i++) {
            s.before = frames[i].before;
            s.behind = frames[i].behind;
            try_all_between(&s, blanks, longest - 2);
        }
    assert_true(s.objects > 100);
}

/* The tokens begin behind `n` letters of a string and end before 70. */
static void try_all_between_strings(sequences *s, const char *opening, const char *closing, size_t n, size_t left)
{
    char before[256], behind[256];
    snprintf(before, sizeof before, "%s\"%0*d\"", opening, (int)n, 0);
    snprintf(behind, sizeof behind, "\"%070d\"%s", 0, closing);
    s->before = before;
    s->behind = behind;
    try_all_between(s, 0, left);
}

static void check_judges_separators_in_blocks_without_brackets(void **state)
{
    (void)state;
    static const char *const pieces[] = {",", ":", "\"a\"", "\"\"", "1", " "};
    sequences s = {.pieces = pieces, .n = sizeof pieces / sizeof *pieces};
    for (size_t n = 60; n < 124; n += n == 64 ? 46 : 1) {
        try_all_between_strings(&s, "{", "}", n, longest);
        try_all_between_strings(&s, "{\"b\":", "}", n, longest);
        try_all_between_strings(&s, "{\"b\":[", "]}", n, longest);
    }
    assert_true(s.objects > 100 && s.others > s.objects);
}

static void check_judges_all_short_sequences_in_a_string(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\\", "\\u", "\"", "d83d", "dE00", "00e9", "n", "x", "\xC3", "\xA9", "\x1F"};
    sequences s = {.pieces = pieces, .n = sizeof pieces / sizeof *pieces, .before = "{\"a\":\"", .behind = "\"}"};
    for (size_t blanks = 40; blanks < 60; blanks += 3)
        try_all_between(&s, blanks, longest - 1);
    assert_true(s.objects > 100 && s.others > s.objects);
}

static void check_judges_all_short_scalars(void **state)
{
    (void)state;
    static const char *const pieces[] = {"0", "7", "-", "+", ".", "e", "E", "tru", "e", "null", "fals", "\\"};
    sequences s = {.pieces = pieces, .n = sizeof pieces / sizeof *pieces, .before = "{\"a\":", .behind = "}"};
    for (size_t blanks = 0; blanks < 64; blanks += 56)
        try_all_between(&s, blanks, longest);
    assert_true(s.objects > 100 && s.others > s.objects);
}

/* ---- mutations ---- */

static const char event[] =
    "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"AssumedRole\",\"principalId\":\"AROAVEQZB4KRYAEXAMPLE:job\","
    "\"arn\":\"arn:aws:sts::444455556666:assumed-role/report-runner/nightly\",\"accountId\":\"444455556666\","
    "\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\",\"userName\":\"report-runner\"},\"webIdFederationData\":{},"
    "\"attributes\":{\"creationDate\":\"2026-01-11T23:33:36Z\",\"mfaAuthenticated\":\"false\"}}},\"eventTime\":"
    "\"2026-01-12T00:00:15Z\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"PutBucketPolicy\",\"awsRegion\":"
    "\"us-east-1\",\"sourceIPAddress\":\"198.51.100.7\",\"userAgent\":\"[aws-cli/2.15.0 Python/3.11.6 "
    "Linux/5.10.205-195.807.amzn2.x86_64 exe/x86_64.amzn.2 prompt/off command/s3api.put-bucket-policy]\","
    "\"requestParameters\":{\"bucketPolicy\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Sid\\\":\\\"\\u00e9\\ud83d\\ude00\\\"}\","
    "\"n\":[1,-2.5e+7,[],[[0],{}],null,true,{\"maxKeys\":1000}],\"who\":\"Jos\xC3\xA9 \xE2\x82\xAC\"} , \"responseElements\" : "
    "null,\r\n\t\"additionalEventData\":{\"bytesTransferredIn\":0,\"x\": [ ] ,\"y\":{ }},\"readOnly\":false,\"resources\":"
    "[{\"ARN\":\"arn:aws:s3:::images\",\"type\":\"AWS::S3::Bucket\"}],\"eventType\":\"AwsApiCall\",\"managementEvent\":true}";

static const unsigned char other_bytes[] = "{}[],:\"\\ \n1-t\x01\x80\xC3";

#define DELETED (sizeof other_bytes - 1)
#define TWICE (DELETED + 1)
#define MUTATIONS (TWICE + 1 + 8)

/* One byte deleted, written twice, replaced, or one bit of it flipped; `how` chooses. */
static size_t mutate(unsigned char *out, const unsigned char *text, size_t n, size_t at, size_t how)
{
    size_t skip = how == DELETED, again = how == TWICE;
    memcpy(out, text, at + 1);
    memcpy(out + at + again, text + at + skip, n - at - skip);
    if (how < DELETED)
        out[at] = other_bytes[how];
    if (how > TWICE)
        out[at] ^= (unsigned char)(1u << (how - TWICE - 1));
    return n - skip + again;
}

static void check_judges_every_event_with_one_byte_changed(void **state)
{
    (void)state;
    size_t n = sizeof event - 1, objects = 0;
    unsigned char changed[sizeof event + 64];
    assert_true(agreed((const unsigned char *)event, n, 0));
    for (size_t at = 0; at < n; at++)
        for (size_t how = 0; how < MUTATIONS; how++) {
            size_t blanks = next_random() % 64;
            memset(changed, ' ', blanks);
            size_t length = blanks + mutate(changed + blanks, (const unsigned char *)event, n, at, how);
            objects += agreed(changed, length, next_random() % 4);
        }
    assert_true(objects > n && objects < n * MUTATIONS);
}

/* {"a":[ events ]}, at least `least` bytes; free it. */
static unsigned char *long_event(size_t least, size_t *length)
{
    unsigned char *text = malloc(least + 2 * sizeof event);
    size_t n = put(text, 0, "{\"a\":[");
    while (n < least) {
        n = put(text, n, event);
        text[n++] = ',';
    }
    text[n - 1] = ']';
    text[n++] = '}';
    *length = n;
    return text;
}

static void check_judges_long_messages_changed_around_the_borders_of_its_window(void **state)
{
    (void)state;
    size_t n, border = CTFI_STRIDE * CTFI_BLOCK;
    unsigned char *text = long_event(2 * CTFI_WINDOW * CTFI_BLOCK + 300, &n), *changed = malloc(n + 1);
    for (size_t strides = 0; strides < 40; strides += 3)
        assert_true(agreed(text, n, strides));
    for (size_t at = border - 2; at < n; at += at % border == 1 ? border - 3 : 1)
        for (size_t how = 0; how < MUTATIONS; how++)
            agreed(changed, mutate(changed, text, n, at, how), next_random() % 40);
    free(changed);
    free(text);
}

static void check_reads_on_behind_a_root_that_ends_early(void **state)
{
    (void)state;
    size_t n = 3 * CTFI_WINDOW * CTFI_BLOCK;
    unsigned char *text = malloc(n);
    memset(text, ' ', n);
    memcpy(text + 5, "{}", 2);
    for (size_t length = 8; length < n; length += 97) {
        assert_true(agreed(text, length, 0));
        text[length - 1] = (unsigned char)"\"},x\v"[length % 5];
        assert_false(agreed(text, length, length % 3));
        text[length - 1] = ' ';
    }
    free(text);
}

/* ---- depth ---- */

/* Random brackets to a depth of n: `[` or `{"":`, and their partners. */
static size_t deep(unsigned char *text, size_t n)
{
    unsigned char closers[1024];
    size_t at = put(text, 0, "{\"\":");
    for (size_t i = 0; i < n; i++) {
        bool object = next_random() % 2 == 0;
        at = put(text, at, object ? "{\"\":" : "[");
        closers[i] = object ? '}' : ']';
    }
    text[at++] = '1';
    while (n-- > 0) {
        text[at++] = closers[n];
        if (next_random() % 4 == 0 && n > 0)
            at = put(text, at, closers[n - 1] == '}' ? ",\"b\":[{}]" : ",{}");
    }
    text[at++] = '}';
    return at;
}

static void check_pairs_brackets_at_any_depth(void **state)
{
    (void)state;
    unsigned char text[16384];
    for (size_t n = 0; n < 400; n += n > 50 && n < 140 ? 1 : 13)
        for (int turn = 0; turn < 10; turn++) {
            size_t length = deep(text, n);
            assert_true(agreed(text, length, 0));
            size_t at = next_random() % length;
            while (strchr("{}[]", text[at]) == NULL)
                at = (at + 1) % length;
            text[at] ^= 0x20;
            assert_false(agreed(text, length, 0));
        }
}

static void check_takes_any_depth_in_one_bit_a_level(void **state)
{
    (void)state;
    size_t n = 1000000;
    char *text = malloc(2 * n + 16);
    memcpy(text, "{\"a\":", 5);
    memset(text + 5, '[', n);
    memset(text + 5 + n, ']', n);
    text[5 + 2 * n] = '}';
    assert_true(proves_bytes(text, 2 * n + 6));
    text[5 + n] = '}';
    assert_false(proves_bytes(text, 2 * n + 6));
    memset(text, '{', 2 * n);
    assert_false(proves_bytes(text, 2 * n));
    free(text);
}

static void *no_memory(void *context, void *block, size_t size)
{
    (void)context;
    if (size == 0)
        free(block);
    return NULL;
}

static ctf_status status_at_depth(size_t n, bool *proved)
{
    ctfi_depth depth = {.allocator = {no_memory, NULL}};
    unsigned char text[256];
    size_t length = put(text, 0, "{\"a\":");
    memset(text + length, '[', n - 1);
    memset(text + length + n - 1, ']', n - 1);
    length = put(text, length + 2 * (n - 1), "}");
    ctfi_index_begin(&shared, &ctfi_kernel_scalar, (ctfi_bytes){text, length});
    ctf_status status = ctfi_check_event(&shared, &depth, proved);
    ctfi_depth_free(&depth);
    return status;
}

static void check_reports_a_failed_allocation(void **state)
{
    (void)state;
    bool proved = false;
    assert_int_equal(status_at_depth(62, &proved), CTF_OK); /* a word's worth needs none */
    assert_true(proved);
    assert_int_equal(status_at_depth(63, &proved), CTF_E_NOMEM);
    assert_false(proved);
}

/* ---- one index, many messages ---- */

static void check_reads_another_message_at_the_same_address_once_the_index_is_begun(void **state)
{
    (void)state;
    ctfi_depth depth = {.allocator = ctfi_allocator_or_default(NULL)};
    unsigned char text[] = "{\"a\":1}";
    ctfi_bytes message = {text, sizeof text - 1};
    for (int i = 0; i < 4; i++) {
        bool proved;
        text[5] = i % 2 == 0 ? '1' : 'x';
        ctfi_index_begin(&shared, ctfi_kernel_named(NULL), message);
        for (int again = 0; again < 2; again++) {
            assert_int_equal(ctfi_check_event(&shared, &depth, &proved), CTF_OK);
            assert_int_equal(proved, i % 2 == 0);
        }
    }
    ctfi_depth_free(&depth);
}

static void check_of_a_message_that_fits_the_window_indexes_nothing_twice(void **state)
{
    (void)state;
    ctfi_depth depth = {.allocator = ctfi_allocator_or_default(NULL)};
    unsigned char text[] = "{\"a\":1}";
    bool proved;
    ctfi_index_begin(&shared, ctfi_kernel_named(NULL), (ctfi_bytes){text, sizeof text - 1});
    ctfi_index_more(&shared);
    text[1] = 'x'; /* the masks still show a quote, and nothing else looks at this byte */
    assert_int_equal(ctfi_check_event(&shared, &depth, &proved), CTF_OK);
    assert_true(proved);
    ctfi_depth_free(&depth);
}

static bool lone(const char *text)
{
    ctfi_bytes bytes = {(const unsigned char *)text, strlen(text)};
    return ctfi_check_lone_surrogate(bytes);
}

static void a_lone_surrogate_escape_is_found(void **state)
{
    (void)state;
    assert_true(lone("{\"a\":\"\\ud800\"}"));
    assert_true(lone("{\"a\":\"\\\\\\udfff\"}"));
    assert_false(lone("{\"a\":\"\\\\ud800\"}"));
    assert_false(lone("{\"a\":\"\\ud83d\\ude00 \\n\"}"));
    assert_false(lone("{}"));
}

int main(void)
{
    const char *wanted = getenv("CTFILTER_CHECK_TOKENS");
    longest = wanted != NULL && *wanted >= '3' && *wanted <= '9' ? (size_t)(*wanted - '0') : longest;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_accepts_objects),
        cmocka_unit_test(check_refuses_everything_else),
        cmocka_unit_test(check_refuses_nul_bytes_outside_and_inside_strings),
        cmocka_unit_test(check_sees_a_bad_byte_at_every_place_of_a_string),
        cmocka_unit_test(check_judges_all_short_sequences_of_tokens),
        cmocka_unit_test(check_judges_tokens_at_every_place_of_a_block),
        cmocka_unit_test(check_judges_separators_in_blocks_without_brackets),
        cmocka_unit_test(check_judges_all_short_sequences_in_a_string),
        cmocka_unit_test(check_judges_all_short_scalars),
        cmocka_unit_test(check_judges_every_event_with_one_byte_changed),
        cmocka_unit_test(check_judges_long_messages_changed_around_the_borders_of_its_window),
        cmocka_unit_test(check_reads_on_behind_a_root_that_ends_early),
        cmocka_unit_test(check_pairs_brackets_at_any_depth),
        cmocka_unit_test(check_takes_any_depth_in_one_bit_a_level),
        cmocka_unit_test(check_reports_a_failed_allocation),
        cmocka_unit_test(check_reads_another_message_at_the_same_address_once_the_index_is_begun),
        cmocka_unit_test(check_of_a_message_that_fits_the_window_indexes_nothing_twice),
        cmocka_unit_test(a_lone_surrogate_escape_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
