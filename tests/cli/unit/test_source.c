/* The bytes of an input, with a read that is short, interrupted, or fails: the linker gives the command's modules
 * __wrap_read in its place. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

#include <libdeflate.h>

#include "source.h"

#define MOST ((size_t)1 << 20)
#define LONG 100000

static char name[] = "test_source.XXXXXX";
static int file = -1;

/* ---- a read that misbehaves ---- */

static size_t most_at_once; /* bytes that a read gives; 0: as asked */
static size_t interrupts;   /* that many calls in a row are interrupted before each that reads */
static size_t interrupted;
static size_t fails_from; /* ... once so many bytes were read; SIZE_MAX: never */
static size_t given;
static int shrink_to = -1; /* the file gets this long after the first read */

ssize_t __real_read(int fd, void *out, size_t n);
ssize_t __wrap_read(int fd, void *out, size_t n);

ssize_t __wrap_read(int fd, void *out, size_t n)
{
    if (interrupted < interrupts) {
        interrupted++;
        errno = EINTR;
        return -1;
    }
    interrupted = 0;
    if (given >= fails_from) {
        errno = EIO;
        return -1;
    }
    if (most_at_once != 0 && n > most_at_once)
        n = most_at_once;
    ssize_t result = __real_read(fd, out, n);
    given += result > 0 ? (size_t)result : 0;
    if (shrink_to >= 0) {
        assert_int_equal(ftruncate(file, shrink_to), 0);
        shrink_to = -1;
    }
    return result;
}

static int calm(void **state)
{
    (void)state;
    most_at_once = interrupts = interrupted = given = 0;
    fails_from = SIZE_MAX;
    shrink_to = -1;
    return 0;
}

/* ---- files ---- */

static int make(void **state)
{
    file = mkstemp(name);
    return file < 0 ? -1 : calm(state);
}

static int drop(void **state)
{
    (void)state;
    close(file);
    return unlink(name);
}

static void store(const void *data, size_t n)
{
    assert_int_equal(ftruncate(file, 0), 0);
    assert_int_equal(pwrite(file, data, n, 0), (ssize_t)n);
}

/* Lines that do not repeat too soon. */
static unsigned char *make_text(size_t n)
{
    unsigned char *text = malloc(n);
    uint32_t x = 1;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525 + 1013904223;
        text[i] = i % 50 == 49 ? '\n' : (unsigned char)('a' + (x >> 28));
    }
    return text;
}

/* Appends a member. */
static void pack(blob *out, const unsigned char *text, size_t n)
{
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(6);
    size_t room = libdeflate_gzip_compress_bound(deflater, n);
    assert_true(blob_reserve(out, room));
    out->length += libdeflate_gzip_compress(deflater, text, n, out->data + out->length, room);
    libdeflate_free_compressor(deflater);
}

/* ---- what comes of it ---- */

typedef struct outcome {
    blob text;
    input_source source; /* for its fault and error */
} outcome;

static outcome take(size_t most, size_t hold)
{
    source_tools tools;
    outcome o = {0};
    given = 0;
    assert_true(source_tools_init(&tools, most, hold));
    assert_int_equal(source_open(&o.source, &tools, name), 0);
    while (!o.source.end) {
        size_t before = o.text.length;
        source_more(&o.source, &o.text);
        assert_true(o.text.length > before || o.source.end);
    }
    source_close(&o.source);
    source_tools_free(&tools);
    return o;
}

static void assert_outcome(outcome o, const unsigned char *text, size_t n, const char *fault, int error)
{
    assert_int_equal(o.text.length, n);
    if (n > 0)
        assert_memory_equal(o.text.data, text, n);
    assert_string_equal(o.source.fault, fault);
    assert_int_equal(o.source.error, error);
    blob_free(&o.text);
}

static const size_t holds[] = {1, 2, 17, 1000, 65536, SIZE_MAX};
#define HOLDS (sizeof holds / sizeof *holds)

/* ---- tests ---- */

static void the_text_is_the_same_however_it_is_read(void **state)
{
    unsigned char *text = make_text(LONG);
    blob packed = {0};
    (void)state;
    pack(&packed, text, 1000);
    pack(&packed, text, 0);
    pack(&packed, text + 1000, LONG - 1000);
    for (size_t at_once = 0; at_once < 3; at_once++)
        for (size_t times = 0; times < 3; times++)
            for (size_t i = 0; i < HOLDS; i++) {
                most_at_once = at_once * 7;
                interrupts = times;
                store(text, LONG);
                assert_outcome(take(MOST, holds[i]), text, LONG, "", 0);
                store(packed.data, packed.length);
                assert_outcome(take(MOST, holds[i]), text, LONG, "", 0);
            }
    blob_free(&packed);
    free(text);
}

static void files_of_any_small_size_are_read_to_their_end(void **state)
{
    unsigned char *text = make_text(100);
    (void)state;
    for (size_t n = 0; n < 100; n++)
        for (size_t i = 0; i < HOLDS; i++) {
            blob packed = {0};
            pack(&packed, text, n);
            store(text, n);
            assert_outcome(take(MOST, holds[i]), text, n, "", 0);
            store(packed.data, packed.length);
            assert_outcome(take(MOST, holds[i]), text, n, "", 0);
            blob_free(&packed);
        }
    free(text);
}

static void a_failed_read_ends_the_text_where_it_is(void **state)
{
    unsigned char *text = make_text(LONG);
    (void)state;
    store(text, LONG);
    most_at_once = 1000;
    for (size_t from = 0; from < 5000; from += 1000) {
        fails_from = from;
        assert_outcome(take(MOST, SIZE_MAX), text, from, "", EIO);
    }
    free(text);
}

/* An error is told as what it is, not as data cut short. */
static void a_failed_read_of_compressed_bytes_keeps_what_they_give(void **state)
{
    unsigned char *text = make_text(LONG);
    blob packed = {0};
    (void)state;
    pack(&packed, text, LONG);
    store(packed.data, packed.length);
    most_at_once = 1000;
    fails_from = packed.length / 2;
    outcome o = take(MOST, SIZE_MAX);
    assert_true(o.text.length > LONG / 4 && o.text.length < LONG);
    assert_outcome(o, text, o.text.length, "", EIO);
    fails_from = 0;
    assert_outcome(take(MOST, SIZE_MAX), text, 0, "", EIO);
    blob_free(&packed);
    free(text);
}

static void a_file_that_shrinks_is_merely_short(void **state)
{
    unsigned char *text = make_text(LONG);
    blob packed = {0};
    (void)state;
    store(text, LONG);
    most_at_once = 1000;
    shrink_to = 4000;
    assert_outcome(take(MOST, SIZE_MAX), text, 4000, "", 0);
    store(text, LONG);
    shrink_to = 0;
    assert_outcome(take(MOST, SIZE_MAX), text, 1000, "", 0);
    pack(&packed, text, LONG);
    store(packed.data, packed.length);
    shrink_to = 4000;
    outcome o = take(MOST, SIZE_MAX);
    assert_in_range(o.text.length, 1000, LONG - 1);
    assert_outcome(o, text, o.text.length, "byte 4000: gzip data is cut short", 0);
    blob_free(&packed);
    free(text);
}

/* Of every cut: the same text before it and the same place, whatever is held. */
static void a_cut_is_told_at_its_byte_and_keeps_what_is_before(void **state)
{
    unsigned char *text = make_text(300);
    blob packed = {0};
    (void)state;
    pack(&packed, text, 300);
    for (size_t n = 2; n < packed.length; n++) {
        char fault[64];
        snprintf(fault, sizeof fault, "byte %zu: gzip data is cut short", n);
        store(packed.data, n);
        outcome whole = take(MOST, SIZE_MAX);
        size_t length = whole.text.length;
        assert_true(length <= 300);
        assert_outcome(whole, text, length, fault, 0);
        for (size_t i = 0; i < HOLDS; i++)
            assert_outcome(take(MOST, holds[i]), text, length, fault, 0);
    }
    blob_free(&packed);
    free(text);
}

/* Every byte wrong once: told, and never another text than the one that is told to be in doubt. */
static void damage_is_told_alike_whatever_is_held(void **state)
{
    unsigned char *text = make_text(300);
    blob packed = {0};
    size_t told = 0;
    (void)state;
    pack(&packed, text, 300);
    for (size_t n = 2; n < packed.length; n++) {
        packed.data[n] ^= 0x55;
        store(packed.data, packed.length);
        outcome whole = take(MOST, SIZE_MAX);
        told += whole.source.fault[0] != '\0';
        for (size_t i = 0; i < HOLDS; i++)
            assert_outcome(take(MOST, holds[i]), whole.text.data, whole.text.length, whole.source.fault, 0);
        blob_free(&whole.text);
        packed.data[n] ^= 0x55;
    }
    assert_true(told >= packed.length - 2 - 6); /* time, system and flags of the header may be anything */
    blob_free(&packed);
    free(text);
}

static void bytes_behind_the_last_member_are_told_unless_they_are_zeros(void **state)
{
    static const unsigned char zeros[40] = {0}, junk[] = {0, 0, 7};
    unsigned char *text = make_text(300);
    blob packed = {0};
    char fault[96];
    (void)state;
    pack(&packed, text, 300);
    size_t n = packed.length;
    snprintf(fault, sizeof fault, "byte %zu: bytes behind the gzip data are no gzip data", n + 2);
    for (size_t i = 0; i < HOLDS; i++) {
        packed.length = n;
        blob_append(&packed, zeros, sizeof zeros);
        store(packed.data, packed.length);
        assert_outcome(take(MOST, holds[i]), text, 300, "", 0);
        packed.length = n;
        blob_append(&packed, junk, sizeof junk);
        store(packed.data, packed.length);
        assert_outcome(take(MOST, holds[i]), text, 300, fault, 0);
    }
    blob_free(&packed);
    free(text);
}

static void the_limit_is_exact_over_all_members(void **state)
{
    static const char fault[] = "inflates to more than --max-inflated allows";
    unsigned char *text = make_text(300);
    blob packed = {0};
    (void)state;
    pack(&packed, text, 100);
    pack(&packed, text + 100, 200);
    store(packed.data, packed.length);
    for (size_t i = 0; i < HOLDS; i++) {
        assert_outcome(take(300, holds[i]), text, 300, "", 0);
        assert_outcome(take(299, holds[i]), text, 299, fault, 0);
        assert_outcome(take(100, holds[i]), text, 100, fault, 0);
        assert_outcome(take(1, holds[i]), text, 1, fault, 0);
    }
    blob_free(&packed);
    free(text);
}

/* Two files through the same tools: nothing of the first is left in the second. */
static void one_file_leaves_nothing_to_the_next(void **state)
{
    unsigned char *text = make_text(LONG);
    blob packed = {0}, out = {0};
    source_tools tools;
    input_source s;
    (void)state;
    pack(&packed, text, LONG);
    assert_true(source_tools_init(&tools, MOST, 1000));
    for (size_t cut = packed.length; cut > packed.length - 3000; cut -= 1000) {
        store(packed.data, cut);
        assert_int_equal(source_open(&s, &tools, name), 0);
        for (out.length = 0; !s.end;)
            source_more(&s, &out);
        source_close(&s);
        assert_memory_equal(out.data, text, out.length);
        assert_int_equal(out.length == LONG, cut == packed.length);
        store(text, 5000);
        assert_int_equal(source_open(&s, &tools, name), 0);
        for (out.length = 0; !s.end;)
            source_more(&s, &out);
        source_close(&s);
        assert_int_equal(out.length, 5000);
        assert_memory_equal(out.data, text, 5000);
    }
    source_tools_free(&tools);
    blob_free(&packed);
    blob_free(&out);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_text_is_the_same_however_it_is_read, calm),
        cmocka_unit_test_setup(files_of_any_small_size_are_read_to_their_end, calm),
        cmocka_unit_test_setup(a_failed_read_ends_the_text_where_it_is, calm),
        cmocka_unit_test_setup(a_failed_read_of_compressed_bytes_keeps_what_they_give, calm),
        cmocka_unit_test_setup(a_file_that_shrinks_is_merely_short, calm),
        cmocka_unit_test_setup(a_cut_is_told_at_its_byte_and_keeps_what_is_before, calm),
        cmocka_unit_test_setup(damage_is_told_alike_whatever_is_held, calm),
        cmocka_unit_test_setup(bytes_behind_the_last_member_are_told_unless_they_are_zeros, calm),
        cmocka_unit_test_setup(the_limit_is_exact_over_all_members, calm),
        cmocka_unit_test_setup(one_file_leaves_nothing_to_the_next, calm),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
