/* Framing: the same messages and the same errors from every way of cutting a document into pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/frame.h"

#define MOST 64

/* What a document was found to hold. */
typedef struct findings {
    size_t n;
    uint64_t start[MOST];
    uint64_t end[MOST];
    ctf_status status;
    ctf_error error;
} findings;

typedef struct document {
    ctf_framing framing;
    const char *member;
    size_t max_message;
    const char *text;
    size_t length;
} document;

/* Takes events until the framer wants something else; false when it failed. */
static bool take(ctfi_framer *frame, ctfi_frame_event (*next)(ctfi_framer *), findings *out)
{
    for (;;) {
        ctfi_frame_event event = next(frame);
        if (event == CTFI_FRAME_FAILED) {
            out->status = ctfi_frame_error(frame, &out->error);
            return false;
        }
        if (event != CTFI_FRAME_MESSAGE)
            return true;
        assert_true(out->n < MOST);
        out->start[out->n] = frame->start;
        out->end[out->n++] = frame->end;
    }
}

/* Each piece is a block of its own size, so that the sanitizer sees a byte too far. */
static bool feed(ctfi_framer *frame, const char *text, size_t length, findings *out)
{
    unsigned char *copy = malloc(length + (length == 0));
    memcpy(copy, text, length);
    ctfi_frame_piece(frame, (ctfi_bytes){copy, length});
    bool good = take(frame, ctfi_frame_next, out);
    free(copy);
    return good;
}

static void begin(ctfi_framer *frame, const document *doc, findings *out)
{
    ctfi_bytes member = {(const unsigned char *)doc->member, doc->member != NULL ? strlen(doc->member) : 0};
    memset(out, 0, sizeof *out);
    ctfi_frame_init(frame, ctfi_kernel_named(NULL), doc->framing, member, doc->max_message);
}

/* Cuts the document at two places. */
static findings find(const document *doc, size_t first, size_t second)
{
    ctfi_framer frame;
    findings out;
    begin(&frame, doc, &out);
    if (feed(&frame, doc->text, first, &out) && feed(&frame, doc->text + first, second - first, &out) &&
        feed(&frame, doc->text + second, doc->length - second, &out))
        take(&frame, ctfi_frame_finish, &out);
    return out;
}

static findings find_by_bytes(const document *doc)
{
    ctfi_framer frame;
    findings out;
    begin(&frame, doc, &out);
    for (size_t i = 0; i < doc->length; i++)
        if (!feed(&frame, doc->text + i, 1, &out))
            return out;
    take(&frame, ctfi_frame_finish, &out);
    return out;
}

static void assert_same(const document *doc, const findings *a, const findings *b)
{
    bool same = a->n == b->n && a->status == b->status && memcmp(&a->error, &b->error, sizeof a->error) == 0;
    for (size_t i = 0; same && i < a->n; i++)
        same = a->start[i] == b->start[i] && a->end[i] == b->end[i];
    if (!same)
        fail_msg("pieces differ: framing %d, %.*s (%zu, %zu messages; %s | %s)", (int)doc->framing,
                 (int)doc->length, doc->text, a->n, b->n, a->error.message, b->error.message);
}

/* Every way of cutting finds what the whole document finds. */
static findings find_every_way(const document *doc)
{
    findings whole = find(doc, doc->length, doc->length);
    findings bytes = find_by_bytes(doc);
    assert_same(doc, &whole, &bytes);
    for (size_t i = 0; i <= doc->length; i++)
        for (size_t k = i; k <= doc->length; k++) {
            findings cut = find(doc, i, k);
            assert_same(doc, &whole, &cut);
        }
    return whole;
}

/* The messages, each followed by |. */
static void join(const document *doc, const findings *found, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < found->n; i++)
        used += (size_t)snprintf(out + used, size - used, "%.*s|", (int)(found->end[i] - found->start[i]),
                                 doc->text + found->start[i]);
}

static findings expect(document doc, const char *messages)
{
    char joined[1024];
    doc.length = doc.length != 0 ? doc.length : strlen(doc.text);
    findings found = find_every_way(&doc);
    join(&doc, &found, joined, sizeof joined);
    if (strcmp(joined, messages) != 0)
        fail_msg("%s: expected %s, found %s (%s)", doc.text, messages, joined, found.error.message);
    return found;
}

static void finds(ctf_framing framing, const char *text, const char *messages)
{
    findings found = expect((document){framing, "Records", 0, text, 0}, messages);
    if (found.status != CTF_OK)
        fail_msg("%s: %s", text, found.error.message);
}

/* `words` is part of the error message. */
static void fails(ctf_framing framing, const char *text, const char *messages, size_t offset, const char *words)
{
    findings found = expect((document){framing, "Records", 0, text, 0}, messages);
    assert_int_equal(found.status, CTF_E_DOCUMENT);
    assert_int_equal(found.error.kind, CTF_ERROR_DOCUMENT);
    if (found.error.offset != offset || strstr(found.error.message, words) == NULL)
        fail_msg("%s: %zu: %s", text, found.error.offset, found.error.message);
    assert_true(found.error.offset + found.error.length <= strlen(text));
}

static void whole_is_one_message_even_if_empty(void **state)
{
    (void)state;
    finds(CTF_FRAME_WHOLE, "a\nb\r\n", "a\nb\r\n|");
    finds(CTF_FRAME_WHOLE, "\xEF\xBB\xBF{}", "\xEF\xBB\xBF{}|");
    finds(CTF_FRAME_WHOLE, "", "|");
}

static void lines_end_with_newline_or_the_document(void **state)
{
    (void)state;
    finds(CTF_FRAME_LINES, "a\nbc\r\nd", "a|bc|d|");
    finds(CTF_FRAME_LINES, "a\n", "a|");
    finds(CTF_FRAME_LINES, "", "");
}

static void lines_without_bytes_are_no_messages(void **state)
{
    (void)state;
    finds(CTF_FRAME_LINES, "\n\n\r\na\n\r\n\nb\n\n", "a|b|");
    finds(CTF_FRAME_LINES, " \n\t\r\n", " |\t|");
}

static void lines_keep_a_carriage_return_without_newline(void **state)
{
    (void)state;
    finds(CTF_FRAME_LINES, "a\rb\r\r\n\rc\r", "a\rb\r|\rc\r|");
    finds(CTF_FRAME_LINES, "\r", "\r|");
}

static void values_follow_one_another(void **state)
{
    (void)state;
    finds(CTF_FRAME_VALUES, " {\"a\":1}\n[2] \"s s\" 3 null\ttrue", "{\"a\":1}|[2]|\"s s\"|3|null|true|");
    finds(CTF_FRAME_VALUES, "{}{}[]\"\"\"\"", "{}|{}|[]|\"\"|\"\"|");
    finds(CTF_FRAME_VALUES, "{\n \"a\": [\n1 ]\n}\r\n", "{\n \"a\": [\n1 ]\n}|");
    finds(CTF_FRAME_VALUES, " \r\n\t", "");
    finds(CTF_FRAME_VALUES, "", "");
}

static void values_count_brackets_outside_strings_only(void **state)
{
    (void)state;
    finds(CTF_FRAME_VALUES, "{\"}\":\"\\\"}{\\\\\"}x", "{\"}\":\"\\\"}{\\\\\"}|x|");
    finds(CTF_FRAME_VALUES, "\"\\\\\" \"\\\"\" [\"]\"]", "\"\\\\\"|\"\\\"\"|[\"]\"]|");
    finds(CTF_FRAME_VALUES, "{]{[}]}{}", "{]|{[}]|}{}|");
}

static void values_take_garbage_up_to_the_next_blank(void **state)
{
    (void)state;
    finds(CTF_FRAME_VALUES, "1{} }] a\"b ,{} :", "1{}|}]|a\"b|,{}|:|");
}

static void values_may_not_end_inside_a_message(void **state)
{
    (void)state;
    fails(CTF_FRAME_VALUES, "1 {\"a\"", "1|", 6, "inside the message that begins at byte 2");
    fails(CTF_FRAME_VALUES, "\"a\\\"", "", 4, "inside the message");
    fails(CTF_FRAME_VALUES, "{}[[]", "{}|", 5, "inside the message");
}

static void array_elements_are_messages(void **state)
{
    (void)state;
    finds(CTF_FRAME_ARRAY, " [ {\"a\":[1,2]} , [3],\"x,]\",4 ,nul] \n", "{\"a\":[1,2]}|[3]|\"x,]\"|4|nul|");
    finds(CTF_FRAME_ARRAY, "[]", "");
    finds(CTF_FRAME_ARRAY, "[ \n]", "");
    finds(CTF_FRAME_ARRAY, "[{]]", "{]|");
}

static void array_says_where_it_is_none(void **state)
{
    (void)state;
    fails(CTF_FRAME_ARRAY, " {}", "", 1, "expected [");
    fails(CTF_FRAME_ARRAY, "", "", 0, "the document ends");
    fails(CTF_FRAME_ARRAY, " ", "", 1, "the document ends");
    fails(CTF_FRAME_ARRAY, "[", "", 1, "expected a message or ], but the document ends");
    fails(CTF_FRAME_ARRAY, "[,1]", "", 1, "expected a message");
    fails(CTF_FRAME_ARRAY, "[1,]", "1|", 3, "expected a message");
    fails(CTF_FRAME_ARRAY, "[1,,2]", "1|", 3, "expected a message");
    fails(CTF_FRAME_ARRAY, "[1 2]", "1|", 3, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[{}{}]", "{}|", 3, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[\"a\"b]", "\"a\"|", 4, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[a\"b\"]", "a|", 2, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[1}", "1|", 2, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[}", "", 1, "expected a message");
    fails(CTF_FRAME_ARRAY, "[1:2]", "1|", 2, "expected , or ]");
    fails(CTF_FRAME_ARRAY, "[1,2", "1|", 4, "inside the message");
    fails(CTF_FRAME_ARRAY, "[1,2 ", "1|2|", 5, "but the document ends");
    fails(CTF_FRAME_ARRAY, "[1,", "1|", 3, "but the document ends");
    fails(CTF_FRAME_ARRAY, "[1] x", "1|", 4, "expected the end of the document");
    fails(CTF_FRAME_ARRAY, "[1]]", "1|", 3, "expected the end of the document");
}

static void member_elements_are_messages(void **state)
{
    (void)state;
    finds(CTF_FRAME_MEMBER, "{\"Records\":[{\"a\":1},{\"b\":[2]}]}", "{\"a\":1}|{\"b\":[2]}|");
    finds(CTF_FRAME_MEMBER, " { \"Records\" : [ 1 , \"]\" ] } ", "1|\"]\"|");
    finds(CTF_FRAME_MEMBER, "{\"x\":{\"Records\":[9]},\"y\":\"Records\",\"Records\":[1],\"z\":[0]}", "1|");
    finds(CTF_FRAME_MEMBER, "{\"Records\":[],\"a\":1}", "");
}

static void member_value_that_is_no_array_is_one_message(void **state)
{
    (void)state;
    finds(CTF_FRAME_MEMBER, "{\"Records\":{\"a\":1}}", "{\"a\":1}|");
    finds(CTF_FRAME_MEMBER, "{\"Records\":null,\"Records\":\"x\"}", "null|\"x\"|");
    finds(CTF_FRAME_MEMBER, "{\"Records\": 1 }", "1|");
}

static void member_counts_each_time(void **state)
{
    (void)state;
    finds(CTF_FRAME_MEMBER, "{\"Records\":[1,2],\"a\":[3],\"Records\":[4]}", "1|2|4|");
}

static void member_may_be_missing(void **state)
{
    (void)state;
    finds(CTF_FRAME_MEMBER, "{}", "");
    finds(CTF_FRAME_MEMBER, "{\"records\":[1],\"Record\":[2],\"Recordss\":[3],\"\":4}", "");
}

static void member_keys_are_compared_decoded(void **state)
{
    (void)state;
    finds(CTF_FRAME_MEMBER, "{\"\\u0052ecords\":[1],\"Record\\u0073\":[2],\"R\\u0065cords\\u0000\":[3]}", "1|2|");
    finds(CTF_FRAME_MEMBER, "{\"Records\\\"\":[1],\"Records\\\\\":[2],\"\\Records\":[3],\"Recor\\u006\":[4]}", "");
    document doc = {CTF_FRAME_MEMBER, "a/\"\\\n\xF0\x9F\x98\x80\xC3\xA9", 0,
                    "{\"a\\/\\\"\\\\\\n\\uD83d\\uDE00\\u00e9\":[1],\"a/\\u0022\\u005C\\u000A\xF0\x9F\x98\x80\xC3\xA9\":2}", 0};
    assert_int_equal(expect(doc, "1|2|").status, CTF_OK);
}

static void member_key_that_is_no_json_string_equals_nothing(void **state)
{
    (void)state;
    document doc = {CTF_FRAME_MEMBER, "a", 0,
                    "{\"a\\ud800\":[1],\"\\udc00a\":2,\"\\ud800a\":3,\"\\ud800\\ud800a\":4,\"a\\x\":5,"
                    "\"\\u00\":6,\"\\u\\\"a\":7,\"\\ud800\\u0061\":8,\"a\":9}", 0};
    assert_int_equal(expect(doc, "9|").status, CTF_OK);
    document apart = {CTF_FRAME_MEMBER, "a\xF0\x90\x80\x80", 0,
                      "{\"\\ud800a\\udc00\":1,\"a\\ud800\\udc00\":2,\"a\\udc00\\ud800\":3}", 0};
    assert_int_equal(expect(apart, "2|").status, CTF_OK);
    document no_digit = {CTF_FRAME_MEMBER, "xa", 0, "{\"\\uxa\":1,\"\\u00xa\":2,\"xa\":3}", 0};
    assert_int_equal(expect(no_digit, "3|").status, CTF_OK);
}

static void member_says_where_it_is_none(void **state)
{
    (void)state;
    fails(CTF_FRAME_MEMBER, "[]", "", 0, "expected {");
    fails(CTF_FRAME_MEMBER, "", "", 0, "the document ends");
    fails(CTF_FRAME_MEMBER, "{", "", 1, "but the document ends");
    fails(CTF_FRAME_MEMBER, "{a:1}", "", 1, "expected a key or }");
    fails(CTF_FRAME_MEMBER, "{\"a", "", 3, "expected the end of a key, but the document ends");
    fails(CTF_FRAME_MEMBER, "{\"a\" 1}", "", 5, "expected :");
    fails(CTF_FRAME_MEMBER, "{\"a\":}", "", 5, "expected a value");
    fails(CTF_FRAME_MEMBER, "{\"a\":,", "", 5, "expected a value");
    fails(CTF_FRAME_MEMBER, "{\"a\":{", "", 6, "expected the end of a value, but the document ends");
    fails(CTF_FRAME_MEMBER, "{\"a\":\"b", "", 7, "expected the end of a value, but the document ends");
    fails(CTF_FRAME_MEMBER, "{\"a\":1 \"b\":2}", "", 7, "expected , or }");
    fails(CTF_FRAME_MEMBER, "{\"a\":1,}", "", 7, "expected a key");
    fails(CTF_FRAME_MEMBER, "{\"a\":1]", "", 6, "expected , or }");
    fails(CTF_FRAME_MEMBER, "{\"Records\":[1,2}", "1|2|", 15, "expected , or ]");
    fails(CTF_FRAME_MEMBER, "{\"Records\":[1],", "1|", 15, "expected a key, but the document ends");
    fails(CTF_FRAME_MEMBER, "{\"Records\":[1]", "1|", 14, "but the document ends");
    fails(CTF_FRAME_MEMBER, "{\"Records\":[{\"a\":1", "", 18, "inside the message that begins at byte 12");
    fails(CTF_FRAME_MEMBER, "{\"Records\":[1]}{}", "1|", 15, "expected the end of the document");
}

static void byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    finds(CTF_FRAME_LINES, "\xEF\xBB\xBF" "a\n\xEF\xBB\xBF" "b", "a|\xEF\xBB\xBF" "b|");
    finds(CTF_FRAME_LINES, "\xEF\xBB\xBF\n", "");
    finds(CTF_FRAME_LINES, "\xEF\xBB\xBF", "");
    finds(CTF_FRAME_VALUES, "\xEF\xBB\xBF{}", "{}|");
    finds(CTF_FRAME_ARRAY, "\xEF\xBB\xBF [1]", "1|");
    finds(CTF_FRAME_MEMBER, "\xEF\xBB\xBF{\"Records\":[1]}", "1|");
}

static void half_a_byte_order_mark_is_content(void **state)
{
    (void)state;
    finds(CTF_FRAME_LINES, "\xEF\xBB" "a\nb", "\xEF\xBB" "a|b|");
    finds(CTF_FRAME_LINES, "\xEF\r\nb", "\xEF|b|");
    finds(CTF_FRAME_LINES, "\xEF\xBB", "\xEF\xBB|");
    finds(CTF_FRAME_VALUES, "\xEF{} 1", "\xEF{}|1|");
    finds(CTF_FRAME_VALUES, "\xEF\xBB 1", "\xEF\xBB|1|");
    finds(CTF_FRAME_VALUES, "\xEF\xBB", "\xEF\xBB|");
    fails(CTF_FRAME_ARRAY, "\xEF\xBB[1]", "", 0, "expected [");
    fails(CTF_FRAME_MEMBER, "\xEF", "", 0, "expected {");
}

static void limited(ctf_framing framing, size_t max, const char *text, const char *messages, size_t offset)
{
    findings found = expect((document){framing, "Records", max, text, 0}, messages);
    if (offset == SIZE_MAX) {
        assert_int_equal(found.status, CTF_OK);
        return;
    }
    assert_int_equal(found.status, CTF_E_LIMIT);
    assert_int_equal(found.error.kind, CTF_ERROR_LIMIT);
    assert_int_equal(found.error.offset, offset);
    assert_int_equal(found.error.length, max);
    assert_non_null(strstr(found.error.message, "max_message"));
}

static void longest_message_is_limited_in_every_framing(void **state)
{
    (void)state;
    limited(CTF_FRAME_WHOLE, 3, "abc", "abc|", SIZE_MAX);
    limited(CTF_FRAME_WHOLE, 3, "abcd", "", 0);
    limited(CTF_FRAME_LINES, 3, "abc\r\nabc\nabc", "abc|abc|abc|", SIZE_MAX);
    limited(CTF_FRAME_LINES, 3, "ab\nabc\r", "ab|", 3);
    limited(CTF_FRAME_LINES, 3, "a\nabcd\nb", "a|", 2);
    limited(CTF_FRAME_LINES, 1, "\xEF\xBB\xBF" "a", "a|", SIZE_MAX);
    limited(CTF_FRAME_LINES, 1, "\xEF\xBB", "", 0);
    limited(CTF_FRAME_VALUES, 3, "[1] {} 12 [12] {}", "[1]|{}|12|", 10);
    limited(CTF_FRAME_VALUES, 3, "{} {\"a\"", "{}|", 3);
    limited(CTF_FRAME_ARRAY, 3, "[123,\"1\"]", "123|\"1\"|", SIZE_MAX);
    limited(CTF_FRAME_ARRAY, 3, "[1,  1234]", "1|", 5);
    limited(CTF_FRAME_MEMBER, 3, "{\"x\":12345,\"Records\":[{},1234]}", "{}|", 25);
    limited(CTF_FRAME_MEMBER, 3, "{\"Records\":1234}", "", 11);
}

static uint32_t random_below(uint64_t *seed, uint32_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % n;
}

static void any_document_frames_alike_however_it_is_cut(void **state)
{
    (void)state;
    static const char *const parts[] = {"{",  "}",  "[",    "]",  "\"",  "\\", ",",       ":",         " ",
                                        "\n", "\r", "\r\n", "\"a\"", "\"Records\":[", "1", "\xEF\xBB\xBF", "\xEF",
                                        "{}", "\\u0052"};
    uint64_t seed = 7;
    for (unsigned round = 0; round < 4000; round++) {
        char text[80];
        size_t length = 0;
        if (random_below(&seed, 2) != 0)
            length = (size_t)snprintf(text, sizeof text, "%s", random_below(&seed, 2) != 0 ? "{\"Records\":[" : "[");
        for (uint32_t n = random_below(&seed, 14); n > 0 && length < sizeof text - 16; n--) {
            const char *part = parts[random_below(&seed, sizeof parts / sizeof *parts)];
            memcpy(text + length, part, strlen(part));
            length += strlen(part);
        }
        document doc = {(ctf_framing)(round % 5), "Records", random_below(&seed, 3) * 4, text, length};
        find_every_way(&doc);
    }
}

static void skipping_crosses_blocks(void **state)
{
    (void)state;
    enum { SIZE = 300 };
    char text[SIZE + 64];
    for (size_t n = 0; n < SIZE; n++) {
        size_t used = (size_t)snprintf(text, sizeof text, "{\"x\":[\"");
        for (size_t i = 0; i < n; i++)
            text[used++] = i % 7 == 6 ? ']' : (i % 5 == 3 ? '\\' : 'q');
        if (n % 5 == 4 || n % 35 == 0)
            text[used++] = 'y';
        used += (size_t)snprintf(text + used, sizeof text - used, "%s\"],\"Records\":[7]}",
                                 text[used - 1] == '\\' ? "\\" : "");
        document doc = {CTF_FRAME_MEMBER, "Records", 0, text, used};
        findings whole = find(&doc, used, used), bytes = find_by_bytes(&doc), cut = find(&doc, n / 2, n);
        assert_int_equal(whole.n, 1);
        assert_int_equal(whole.status, CTF_OK);
        assert_same(&doc, &whole, &bytes);
        assert_same(&doc, &whole, &cut);
    }
}

static void offsets_pass_four_gigabytes(void **state)
{
    (void)state;
    ctfi_framer frame;
    findings out;
    static const char blanks[1 << 16] = {0};
    unsigned char *piece = malloc(sizeof blanks);
    document doc = {CTF_FRAME_VALUES, NULL, 0, "", 0};
    memset(piece, ' ', sizeof blanks);
    begin(&frame, &doc, &out);
    for (unsigned i = 0; i < (1 << 16) + 1; i++) {
        ctfi_frame_piece(&frame, (ctfi_bytes){piece, sizeof blanks});
        frame.at = sizeof blanks; /* as if they had been looked at */
    }
    assert_true(feed(&frame, "{}", 2, &out));
    free(piece);
    assert_int_equal(out.n, 1);
    assert_true(out.start[0] == (UINT64_C(1) << 32) + (1 << 16));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_is_one_message_even_if_empty),
        cmocka_unit_test(lines_end_with_newline_or_the_document),
        cmocka_unit_test(lines_without_bytes_are_no_messages),
        cmocka_unit_test(lines_keep_a_carriage_return_without_newline),
        cmocka_unit_test(values_follow_one_another),
        cmocka_unit_test(values_count_brackets_outside_strings_only),
        cmocka_unit_test(values_take_garbage_up_to_the_next_blank),
        cmocka_unit_test(values_may_not_end_inside_a_message),
        cmocka_unit_test(array_elements_are_messages),
        cmocka_unit_test(array_says_where_it_is_none),
        cmocka_unit_test(member_elements_are_messages),
        cmocka_unit_test(member_value_that_is_no_array_is_one_message),
        cmocka_unit_test(member_counts_each_time),
        cmocka_unit_test(member_may_be_missing),
        cmocka_unit_test(member_keys_are_compared_decoded),
        cmocka_unit_test(member_key_that_is_no_json_string_equals_nothing),
        cmocka_unit_test(member_says_where_it_is_none),
        cmocka_unit_test(byte_order_mark_is_passed_over),
        cmocka_unit_test(half_a_byte_order_mark_is_content),
        cmocka_unit_test(longest_message_is_limited_in_every_framing),
        cmocka_unit_test(any_document_frames_alike_however_it_is_cut),
        cmocka_unit_test(skipping_crosses_blocks),
        cmocka_unit_test(offsets_pass_four_gigabytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
