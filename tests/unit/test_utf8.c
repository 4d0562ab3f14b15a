/* UTF-8 reading, writing and the table of letters, against definitions as naive as can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

/* The encoding by its bit pattern; 0 for what may not be encoded. */
static size_t encode(uint32_t point, unsigned char out[4])
{
    if ((point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return 0;
    if (point < 0x80)
        return out[0] = (unsigned char)point, 1;
    if (point < 0x800) {
        out[0] = (unsigned char)(0xC0 | point >> 6);
        out[1] = (unsigned char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (unsigned char)(0xE0 | point >> 12);
        out[1] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (unsigned char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (unsigned char)(0xF0 | point >> 18);
    out[1] = (unsigned char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (unsigned char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (unsigned char)(0x80 | (point & 0x3F));
    return 4;
}

/* A heap copy of exactly `length` bytes, so that a sanitizer sees a byte read too far. */
static size_t read_exact(const unsigned char *p, size_t length, uint32_t *point)
{
    unsigned char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, p, length);
    size_t n = ctfi_utf8_read(copy, length, point);
    free(copy);
    return n;
}

static void every_code_point_is_written_and_read_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        unsigned char want[4], got[4];
        uint32_t back = UINT32_MAX;
        size_t n = encode(point, want);
        if (n == 0)
            continue;
        assert_int_equal(ctfi_utf8_write(point, got), n);
        assert_memory_equal(want, got, n);
        assert_int_equal(ctfi_utf8_read(got, n, &back), n);
        assert_int_equal(back, point);
    }
}

/* A sequence is well-formed exactly when some code point is encoded so. */
static void check_bytes(const unsigned char p[4])
{
    uint32_t guesses[4] = {p[0], (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu),
                           (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu),
                           (p[0] & 7u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu)};
    size_t want = 0;
    uint32_t point = 0, got = 0;
    for (size_t i = 0; i < 4; i++) {
        unsigned char again[4];
        if (encode(guesses[i], again) == i + 1 && memcmp(again, p, i + 1) == 0) {
            want = i + 1;
            point = guesses[i];
        }
    }
    assert_int_equal(ctfi_utf8_read(p, 4, &got), want);
    if (want != 0)
        assert_int_equal(got, point);
    for (size_t cut = 1; cut < want; cut++)
        assert_int_equal(read_exact(p, cut, &got), 0);
}

static void malformed_sequences_are_told_from_well_formed_ones(void **state)
{
    (void)state;
    static const unsigned char last[] = {0x00, 0x7F, 0x80, 0xA0, 0xBF, 0xC0, 0xFF};
    for (unsigned lead = 0; lead < 256; lead++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t i = 0; i < sizeof last * sizeof last; i++) {
                unsigned char p[4] = {(unsigned char)lead, (unsigned char)second, last[i / sizeof last],
                                      last[i % sizeof last]};
                check_bytes(p);
            }
}

static void valid_looks_at_every_byte(void **state)
{
    (void)state;
    static const char good[] = "plain ASCII long enough for words, \xC3\xA9t\xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80!";
    unsigned char text[sizeof good];
    assert_true(ctfi_utf8_valid((const unsigned char *)good, sizeof good - 1));
    assert_true(ctfi_utf8_valid(NULL, 0));
    for (size_t at = 0; at < sizeof good - 1; at++) {
        memcpy(text, good, sizeof good);
        text[at] = 0xFF;
        assert_false(ctfi_utf8_valid(text, sizeof good - 1));
    }
}

static void valid_refuses_a_sequence_cut_by_the_end(void **state)
{
    (void)state;
    assert_false(ctfi_utf8_valid((const unsigned char *)"12345678\xE2\x82\xAC", 10));
    assert_false(ctfi_utf8_valid((const unsigned char *)"\xF0\x9F\x98\x80", 3));
    assert_false(ctfi_utf8_valid((const unsigned char *)"\xC3", 1));
}

static size_t count(const char *text)
{
    return ctfi_utf8_count((const unsigned char *)text, strlen(text));
}

static void count_takes_a_stray_byte_as_one(void **state)
{
    (void)state;
    assert_int_equal(ctfi_utf8_count(NULL, 0), 0);
    assert_int_equal(count("abc"), 3);
    assert_int_equal(count("\xC3\xA9\xF0\x9F\x98\x80"), 2);
    assert_int_equal(count("\x80\xFF" "a"), 3);
    assert_int_equal(count("\xE2\x82"), 2);
    assert_int_equal(count("\xED\xA0\x80"), 3);
}

static void letters_of_any_script_are_letters(void **state)
{
    (void)state;
    static const uint32_t letters[] = {'A', 'Z', 'a', 'z', 0xAA, 0xB5, 0xE9, 0xDF, 0x1C5, 0x2B0, 0x416, 0x5D0,
                                       0x627, 0x905, 0xE01, 0x10D0, 0x3042, 0x4E00, 0x9FFF, 0xAC00, 0xD7A3,
                                       0xFF21, 0x1D400, 0x20000, 0x3134A};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        assert_true(ctfi_utf8_is_letter(letters[i]));
}

static void what_is_no_letter_is_none(void **state)
{
    (void)state;
    static const uint32_t others[] = {0, '0', '9', '@', '[', '`', '{', '_', '.', 0x7F, 0xA0, 0xA9, 0xB2, 0xD7, 0xF7,
                                      0x300, 0x660, 0x2013, 0x20AC, 0x2160, 0x3000, 0xD800, 0xDFFF, 0xFFFD,
                                      0x1F600, 0x3134B, 0x10FFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(ctfi_utf8_is_letter(others[i]));
}

static void the_table_holds_as_many_letters_as_unicode_14(void **state)
{
    (void)state;
    size_t letters = 0;
    for (uint32_t point = 0; point <= 0x10FFFF; point++)
        letters += ctfi_utf8_is_letter(point);
    assert_int_equal(letters, 131756);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_is_written_and_read_back),
        cmocka_unit_test(malformed_sequences_are_told_from_well_formed_ones),
        cmocka_unit_test(valid_looks_at_every_byte),
        cmocka_unit_test(valid_refuses_a_sequence_cut_by_the_end),
        cmocka_unit_test(count_takes_a_stray_byte_as_one),
        cmocka_unit_test(letters_of_any_script_are_letters),
        cmocka_unit_test(what_is_no_letter_is_none),
        cmocka_unit_test(the_table_holds_as_many_letters_as_unicode_14),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
