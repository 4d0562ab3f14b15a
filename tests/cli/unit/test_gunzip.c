#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libdeflate.h>

#include "gunzip.h"

#define MOST ((size_t)1 << 20)

static struct libdeflate_decompressor *inflater;

static int make(void **state)
{
    (void)state;
    inflater = libdeflate_alloc_decompressor();
    return inflater == NULL;
}

static int drop(void **state)
{
    (void)state;
    libdeflate_free_decompressor(inflater);
    return 0;
}

/* Appends n bytes, as one gzip member. */
static void append_member(blob *file, const void *data, size_t n)
{
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(6);
    assert_non_null(deflater);
    size_t room = libdeflate_gzip_compress_bound(deflater, n);
    assert_true(blob_reserve(file, room));
    size_t written = libdeflate_gzip_compress(deflater, data, n, file->data + file->length, room);
    assert_int_not_equal(written, 0);
    file->length += written;
    libdeflate_free_compressor(deflater);
}

static void append_zeros(blob *file, size_t n)
{
    void *zeros = calloc(n, 1);
    assert_non_null(zeros);
    append_member(file, zeros, n);
    free(zeros);
}

/* Inflates from a block of exactly that size. */
static const char *inflate(const blob *file, size_t length, size_t most, blob *out)
{
    unsigned char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    if (length > 0)
        memcpy(copy, file->data, length);
    const char *reason = gunzip(inflater, copy, length, most, out);
    free(copy);
    return reason;
}

static void gunzip_joins_the_members(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_member(&file, "one ", 4);
    append_member(&file, "", 0);
    append_member(&file, "two", 3);
    assert_null(inflate(&file, file.length, MOST, &out));
    assert_int_equal(out.length, 7);
    assert_memory_equal(out.data, "one two", 7);
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_names_every_way_to_be_cut_short(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_member(&file, "some text that is some text", 27);
    for (size_t n = 0; n < file.length; n++) {
        out.length = 0;
        assert_non_null(inflate(&file, n, MOST, &out));
        assert_int_equal(out.length, 0);
    }
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_keeps_the_members_before_a_fault(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_member(&file, "good", 4);
    append_member(&file, "lost", 4);
    assert_non_null(inflate(&file, file.length - 1, MOST, &out));
    assert_int_equal(out.length, 4);
    out.length = 0;
    file.data[file.length - 6] ^= 1; /* the checksum */
    assert_non_null(inflate(&file, file.length, MOST, &out));
    assert_int_equal(out.length, 4);
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_takes_zeros_behind_the_members_and_nothing_else(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_member(&file, "text", 4);
    blob_append(&file, "\0\0\0", 3);
    assert_null(inflate(&file, file.length, MOST, &out));
    blob_append(&file, "x", 1);
    out.length = 0;
    assert_non_null(inflate(&file, file.length, MOST, &out));
    assert_int_equal(out.length, 4);
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_inflates_up_to_the_limit_and_no_byte_more(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_zeros(&file, MOST);
    assert_null(inflate(&file, file.length, MOST, &out));
    assert_int_equal(out.length, MOST);
    out.length = 0;
    assert_non_null(inflate(&file, file.length, MOST - 1, &out));
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_holds_a_bomb_within_the_limit_over_its_members(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    for (size_t i = 0; i < 64; i++)
        append_zeros(&file, MOST / 4);
    assert_non_null(inflate(&file, file.length, MOST, &out));
    assert_true(out.length <= MOST);
    assert_true(out.capacity <= 2 * MOST + 4096);
    blob_free(&file);
    blob_free(&out);
}

static void gunzip_does_not_believe_the_size_that_a_file_tells(void **state)
{
    (void)state;
    blob file = {0}, out = {0};
    append_member(&file, "text", 4);
    memset(file.data + file.length - 4, 0xff, 4);
    assert_non_null(inflate(&file, file.length, (size_t)1 << 30, &out));
    assert_true(out.capacity < MOST);
    blob_free(&file);
    blob_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gunzip_joins_the_members),
        cmocka_unit_test(gunzip_names_every_way_to_be_cut_short),
        cmocka_unit_test(gunzip_keeps_the_members_before_a_fault),
        cmocka_unit_test(gunzip_takes_zeros_behind_the_members_and_nothing_else),
        cmocka_unit_test(gunzip_inflates_up_to_the_limit_and_no_byte_more),
        cmocka_unit_test(gunzip_holds_a_bomb_within_the_limit_over_its_members),
        cmocka_unit_test(gunzip_does_not_believe_the_size_that_a_file_tells),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
