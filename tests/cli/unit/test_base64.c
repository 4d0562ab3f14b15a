#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base64.h"

/* Decodes from and into blocks of exactly the promised size. */
static bool decode(const char *text, size_t length, unsigned char **out, size_t *written)
{
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    *out = malloc(base64_room(length));
    assert_non_null(*out);
    bool good = base64_decode(copy, length, *out, written);
    free(copy);
    return good;
}

static void assert_decodes(const char *text, const char *expected)
{
    unsigned char *out;
    size_t written;
    assert_true(decode(text, strlen(text), &out, &written));
    assert_int_equal(written, strlen(expected));
    assert_memory_equal(out, expected, written);
    free(out);
}

static void assert_refused(const char *text)
{
    unsigned char *out;
    size_t written;
    if (decode(text, strlen(text), &out, &written))
        fail_msg("accepted: %s", text);
    free(out);
}

static void base64_decodes_the_vectors_of_rfc_4648(void **state)
{
    (void)state;
    assert_decodes("", "");
    assert_decodes("Zg==", "f");
    assert_decodes("Zm8=", "fo");
    assert_decodes("Zm9v", "foo");
    assert_decodes("Zm9vYg==", "foob");
    assert_decodes("Zm9vYmE=", "fooba");
    assert_decodes("Zm9vYmFy", "foobar");
}

static void base64_decodes_without_padding_and_across_lines(void **state)
{
    (void)state;
    assert_decodes("Zg", "f");
    assert_decodes("Zm8", "fo");
    assert_decodes("Zm9v\r\nYm Fy\n", "foobar");
}

static void base64_refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {"Z", "Zm9vY", "Zg=", "Zg===", "Zm9v=", "Z===", "=", "Zg==Zg==", "Zm9v-_", "Zm\x80v"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(bad[i]);
}

/* Encodes by the definition, bit by bit. */
static size_t encode(const unsigned char *data, size_t n, char *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t bits = n * 8, length = 0;
    for (size_t at = 0; at < bits; at += 6) {
        unsigned v = 0;
        for (size_t bit = at; bit < at + 6; bit++)
            v = v << 1 | (bit < bits ? (unsigned)(data[bit / 8] >> (7 - bit % 8)) & 1u : 0u);
        out[length++] = letters[v];
    }
    while (length % 4 != 0)
        out[length++] = '=';
    return length;
}

static void base64_decodes_what_was_encoded_of_every_byte_and_length(void **state)
{
    (void)state;
    unsigned char data[300];
    char text[420];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (unsigned char)(i * 151 + 7);
    for (size_t n = 0; n <= sizeof data; n++) {
        unsigned char *out;
        size_t written;
        assert_true(decode(text, encode(data, n, text), &out, &written));
        assert_int_equal(written, n);
        assert_memory_equal(out, data, n);
        free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_decodes_the_vectors_of_rfc_4648),
        cmocka_unit_test(base64_decodes_without_padding_and_across_lines),
        cmocka_unit_test(base64_refuses_what_is_none),
        cmocka_unit_test(base64_decodes_what_was_encoded_of_every_byte_and_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
