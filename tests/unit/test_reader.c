/* Reading a message by its masks: marks found wherever blocks, strides and windows end, the scan reader over
 * messages longer than the window, and what is no JSON. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "kernel_kit.h"

#include <ctfilter/ctfilter.h>

#include "base/hash.h"
#include "match/index.h"

/* ---- marks ---- */

#define LONGEST 20000

static unsigned char text[LONGEST + 1];
static unsigned char outside[LONGEST]; /* the byte where it stands outside strings and is no quote, else 0 */
static bool quote[LONGEST], escape[LONGEST]; /* a backslash that is not escaped itself */
static size_t length;

/* Most bytes are plain, or there would be no long strings and containers. */
static void make_text(void)
{
    static const char marks[] = "{}[],:\"\\ \n";
    unsigned plain = 1 + below(60);
    length = 1 + below(below(4) == 0 ? LONGEST : 700);
    for (size_t i = 0; i < length; i++)
        text[i] = below(plain) == 0 ? (unsigned char)marks[below(sizeof marks - 1)] : (unsigned char)('a' + below(3));
    bool in_string = false, escaped = false;
    for (size_t i = 0; i < length; i++) {
        quote[i] = text[i] == '"' && !escaped;
        escape[i] = text[i] == '\\' && !escaped;
        outside[i] = in_string || quote[i] ? 0 : text[i];
        in_string ^= quote[i];
        escaped = escape[i];
    }
}

static bool opens(unsigned char c)
{
    return c == '{' || c == '[';
}

static bool closes(unsigned char c)
{
    return c == '}' || c == ']';
}

static bool stops(unsigned char c)
{
    return c == ',' || opens(c) || closes(c);
}

static size_t naive_closing(size_t at)
{
    size_t depth = 1;
    for (; at < length; at++) {
        depth += opens(outside[at]);
        depth -= closes(outside[at]);
        if (depth == 0)
            return at;
    }
    return CTFI_NOWHERE;
}

static void check_string(ctfi_quoted string, size_t start, size_t end)
{
    bool escaped = false;
    for (size_t i = start; i < end; i++)
        escaped |= escape[i];
    assert_int_equal(string.start, start);
    assert_int_equal(string.end, end == length ? CTFI_NOWHERE : end);
    assert_int_equal(string.escaped, escaped);
}

static void marks_are_found_across_blocks_strides_and_windows(void **state)
{
    (void)state;
    static ctfi_index index;
    EACH_KERNEL(kernel) for (int round = 0; round < 300; round++) {
        make_text();
        ctfi_index_begin(&index, kernel, (ctfi_bytes){text, length});
        for (size_t at = 0; at < length;) {
            size_t quotes = at, stop = at, end = at;
            switch (below(4)) {
            case 0:
                for (; quotes < length && !quote[quotes]; quotes++) {}
                check_string(ctfi_index_string(&index, at), at, quotes);
                at = quotes;
                break;
            case 1:
                for (; stop < length && !stops(outside[stop]); stop++) {}
                assert_int_equal(ctfi_index_stop(&index, at), stop == length ? CTFI_NOWHERE : stop);
                at = stop;
                break;
            case 2:
                for (; end < length && !stops(outside[end]) && !ctfi_is_blank(outside[end]); end++) {}
                assert_int_equal(ctfi_index_end(&index, at), end);
                at = end;
                break;
            default:
                assert_int_equal(ctfi_index_closing(&index, at), naive_closing(at));
                at = naive_closing(at);
            }
            at += at < length ? 1 + below(100) : 0;
        }
    }
}

/* Is there a reason to stop at this colon? A backslash in its block or the one before is one. */
static bool is_reason(size_t colon, uint64_t classes)
{
    if (colon < 4 || ctfi_may_be_key(text + colon, classes))
        return true;
    for (size_t i = colon > 128 ? colon - 128 : 0; i < colon + 64 && i < length; i++)
        if (escape[i])
            return true;
    return false;
}

/* What ctfi_index_member returned for `at` is right. */
static void check_member(size_t at, uint64_t classes, size_t found)
{
    size_t end = found == CTFI_NOWHERE ? length : found;
    for (; at < end; at++) {
        if (opens(outside[at]))
            at = naive_closing(at + 1);
        else if (outside[at] == ':')
            assert_false(at >= 4 && ctfi_may_be_key(text + at, classes));
        else
            assert_false(closes(outside[at]));
        if (at == CTFI_NOWHERE)
            break;
    }
    if (found != CTFI_NOWHERE) {
        assert_int_equal(at, found); /* not within a container */
        assert_true(closes(outside[found]) || (outside[found] == ':' && is_reason(found, classes)));
    }
}

static void members_of_other_classes_are_passed_over(void **state)
{
    (void)state;
    static ctfi_index index;
    size_t told = 0;
    EACH_KERNEL(kernel) for (int round = 0; round < 300; round++) {
        make_text();
        uint64_t classes = below(3) == 0 ? 0 : UINT64_C(1) << below(64) | UINT64_C(1) << below(64);
        ctfi_index_begin(&index, kernel, (ctfi_bytes){text, length});
        for (size_t at = 0; at != CTFI_NOWHERE; told++) {
            size_t found = ctfi_index_member(&index, at, classes);
            check_member(at, classes, found);
            at = found == CTFI_NOWHERE ? found : found + 1;
        }
    }
    assert_true(told > 1000);
}

static void a_key_is_in_the_classes_of_those_that_wait_for_it(void **state)
{
    (void)state;
    unsigned char quoted[32] = "{ \"";
    for (int round = 0; round < 20000; round++) {
        size_t n = below(20);
        for (size_t i = 0; i < n; i++)
            quoted[3 + i] = (unsigned char)below(256);
        quoted[3 + n] = '"';
        assert_true(ctfi_may_be_key(quoted + n + 4, ctfi_classes_of((ctfi_bytes){quoted + 3, n})));
    }
    assert_true(ctfi_classes_of((ctfi_bytes){text, 1}) == UINT64_MAX);
    assert_true(ctfi_classes_of((ctfi_bytes){(place) "eventName", 9}) ==
                UINT64_C(1) << 5); /* part of the format */
}

/* ---- the reader ---- */

typedef struct subject {
    ctf_filter *filter;
    ctf_scratch *scratch[16];
    size_t n;
} subject;

/* A scratch for each kernel, exact and trusting. */
static subject open_subject(const char *pattern, const char *wanted)
{
    subject s = {.n = 0};
    const ctf_text extract = {wanted, strlen(wanted)};
    const ctf_pattern list = {.text = {pattern, strlen(pattern)}, .extract = &extract, .n_extract = 1};
    assert_int_equal(ctf_filter_compile(&list, 1, NULL, &s.filter, NULL), CTF_OK);
    EACH_KERNEL(kernel) for (unsigned flags = 0; flags <= CTF_TRUSTED_JSON; flags++) {
        ctf_scratch_options options = {.size = sizeof options, .kernel = kernel->name, .flags = flags};
        assert_int_equal(ctf_scratch_new(s.filter, &options, &s.scratch[s.n++]), CTF_OK);
    }
    return s;
}

static void close_subject(subject *s)
{
    for (size_t i = 0; i < s->n; i++)
        ctf_scratch_free(s->scratch[i]);
    ctf_filter_free(s->filter);
}

static void assert_matches(const subject *s, const char *message, size_t n, const char *value)
{
    for (size_t i = 0; i < s->n; i++) {
        ctf_hits hits;
        ctf_value found;
        assert_int_equal(ctf_match(s->scratch[i], message, n, &hits), CTF_OK);
        assert_int_equal(hits.n, 1);
        assert_int_equal(ctf_scratch_value(s->scratch[i], 0, 0, &found), CTF_OK);
        assert_int_equal(found.text.length, strlen(value));
        assert_memory_equal(found.text.data, value, strlen(value));
    }
}

/* Writes a message in which the '~' of a form stands for `pad` bytes that read the same. */
static size_t write_padded(char *out, const char *form, size_t pad)
{
    size_t n = 0;
    for (; *form != 0; form++) {
        if (*form != '~') {
            out[n++] = *form;
            continue;
        }
        memset(out + n, form[1] == ' ' ? ' ' : 'p', pad);
        n += pad;
    }
    return n;
}

static void keys_and_values_are_found_wherever_blocks_and_windows_end(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "{\"~\":{\"bb\":1,\"key\":\"\"},\"o\":{\"bb\":\"x\",\"a\":[{\"key\":[1]},{\"key\":\"v\"}]},\"z\":[]}",
        "{~ \"o\"~ :~ {~ \"a\"~ :~ [~ 7~ ,~ {~ \"key\"~ :~ \"v\"~ }~ ]~ ,~ \"bb\"~ :~ \"x\"~ }~ }",
        "{\"o\":{\"x\":\"~\",\"bb\":\"\\u0078\",\"a\":[\"~\",{\"k\\u0065y\":\"v\",\"q\":\"~\\\\\"}],\"y\":\"~\\\"\"}}",
        "{\"o\":{\"x\":[[\"~\",{}],{\"key\":\"~\"}],\"\\\"~\\\"\":0,\"bb\":\"x\",\"a\":[{\"~\":[]},{\"a\":{},\"key\":\"v\"}]}}",
        "{\"o\":{\"a\":[[\"~]\"],{\"~\":{\"key\":1},\"key\":\"v\"}],\"~~~\\\\\":{\"bb\":3},\"b\\u0062\":\"x\",\"bbb\":\"bb\"}}",
    };
    static char message[64 * 9000];
    subject s = open_subject("{ $.o.bb = \"x\" && $.o.a[1].key = v }", "$.o.a[1].key");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t pad = 0; pad < 9000; pad += pad < 140 || pad % 1024 > 1000 ? 1 : 61)
            assert_matches(&s, message, write_padded(message, forms[i], pad), "v");
    close_subject(&s);
}

static void the_last_of_duplicate_keys_counts_beyond_the_window(void **state)
{
    (void)state;
    static char message[64 * 9000];
    static const char form[] = "{\"o\":{\"key\":1},\"~\":\"~\",\"o\":{\"key\":2,\"~\":[\"~\"],\"key\":3}}";
    subject s = open_subject("{ $.o.key = 3 }", "$.o.key");
    for (size_t pad = 0; pad < 9000; pad += 37)
        for (size_t i = 0; i < s.n; i += 2) {
            const subject exact = {s.filter, {s.scratch[i]}, 1};
            assert_matches(&exact, message, write_padded(message, form, pad), "3");
        }
    close_subject(&s);
}

static void reading_ends_when_nothing_more_is_wanted_at_any_selector(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"{ $.a.b = 1 && $.a.* = 2 }", "{\"a\":{\"b\":1,\"c\":2}}", "1"},
        {"{ $.a.b = 1 && $.*.c = 2 }", "{\"a\":{\"b\":1,\"x\":0,\"c\":2},\"c\":3}", "1"},
        {"{ $.a.b = 1 || $.a[1] = 2 }", "{\"a\":[1,2,3]}", NULL},
        {"{ $.a[0] = 1 && $.a IS NULL }", "{\"a\":[1,2,null]}", NULL},
        {"{ $.a[0] = 1 && $.a[*] = 3 }", "{\"a\":[1,2,3]}", NULL},
        {"{ $.a.b = 1 && $.z = 2 }", "{\"a\":{\"b\":1,\"q\":{\"}\":[]}},\"z\":2}", "1"},
        {"{ $.a.b = 1 && $.z NOT EXISTS }", "{\"a\":{\"b\":1},\"y\":2}", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        subject s = open_subject(cases[i][0], "$.a.b");
        for (size_t k = 0; k < s.n; k++) {
            ctf_hits hits;
            ctf_value found;
            assert_int_equal(ctf_match(s.scratch[k], cases[i][1], strlen(cases[i][1]), &hits), CTF_OK);
            assert_int_equal(hits.n, 1);
            assert_int_equal(ctf_scratch_value(s.scratch[k], 0, 0, &found), CTF_OK);
            assert_int_equal(found.type, cases[i][2] != NULL ? CTF_VALUE_NUMBER : CTF_VALUE_MISSING);
        }
        close_subject(&s);
    }
}

/* Every beginning of a text, and each of its bytes replaced. */
static void try_broken(const subject *s, const char *good)
{
    static const char instead[] = "{}[],:\"\\ a0\x80";
    char message[256];
    place spot[SPOTS];
    ctf_hits hits;
    for (size_t n = 0; n <= strlen(good); n++)
        for (size_t at = 0; at < n; at++)
            for (const char *c = instead; *c != 0; c++) {
                memcpy(message, good, n);
                message[at] = *c;
                lay((place)message, n, spot);
                for (size_t i = 0; i < s->n; i++)
                    assert_int_equal(ctf_match(s->scratch[i], spot[(i + at) % SPOTS], n, &hits), CTF_OK);
            }
}

static void text_that_is_no_json_is_read_to_its_end_at_most(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "{ $.o.a[*] = 1 || $.o.a[1].key = v || $.k[1] IS TRUE || $.k IS NULL }",
        "{ $.*.bb = x* || $.o.a[0] = 1 && $.bb[*].key = v }",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        subject s = open_subject(patterns[i], "$.o");
        try_broken(&s, "{\"o\":{\"\\u0061\":[1,{\"key\":\"v\"},[null]],\"bb\":\"x\\\"\"},\"\":{},\"k\":[-1.5e3,true]}");
        try_broken(&s, "{\"\":{},\"bb\" : [{\"key\":\"v\"}],\"o\":[[]],\"o\":{\"a\":[],\"a\":[ 1 , null ]},\"k\":[[true],false]} ");
        close_subject(&s);
    }
}

static void noise_is_read_to_its_end_at_most(void **state)
{
    (void)state;
    subject s = open_subject("{ $.*.ab = 1 || $.ab.* = 2 || $.ba[*] = 3 || $.ba IS NULL || $.ccc[7] = \"a\" }", "$.ab");
    for (int round = 0; round < 3000; round++) {
        place spot[SPOTS];
        ctf_hits hits;
        make_text();
        text[0] = '{';
        lay(text, length, spot);
        for (size_t i = 0; i < s.n; i++)
            assert_int_equal(ctf_match(s.scratch[i], spot[round % SPOTS], length, &hits), CTF_OK);
    }
    close_subject(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_found_across_blocks_strides_and_windows),
        cmocka_unit_test(members_of_other_classes_are_passed_over),
        cmocka_unit_test(a_key_is_in_the_classes_of_those_that_wait_for_it),
        cmocka_unit_test(keys_and_values_are_found_wherever_blocks_and_windows_end),
        cmocka_unit_test(the_last_of_duplicate_keys_counts_beyond_the_window),
        cmocka_unit_test(reading_ends_when_nothing_more_is_wanted_at_any_selector),
        cmocka_unit_test(text_that_is_no_json_is_read_to_its_end_at_most),
        cmocka_unit_test(noise_is_read_to_its_end_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
