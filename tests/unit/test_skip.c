/* Kernels against plain loops, and passing over brackets in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/match.h>

#include "simd/kernel.h"

static uint64_t seed = 0x9E3779B97F4A7C15u;

static unsigned next_random(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

static void fill(unsigned char *text, size_t n)
{
    static const char alphabet[] = "{}[]\"\\\\\",:a\n \xC3{}";
    for (size_t i = 0; i < n; i++)
        text[i] = (unsigned char)alphabet[next_random(sizeof alphabet - 1)];
}

/* A text of exact size, so that the sanitizer sees a byte read too far. Mostly plain now and then. */
static unsigned char *make_text(size_t n)
{
    unsigned char *text = malloc(n == 0 ? 1 : n);
    fill(text, n);
    if (next_random(2) == 0)
        for (size_t i = 0; i < n; i++)
            if (next_random(30) != 0)
                text[i] = 'a';
    return text;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static const ctfi_kernel *kernel_at(size_t i)
{
    const char *name = ctf_kernel_name(i);
    return name == NULL ? NULL : ctfi_kernel_named(name);
}

static void every_kernel_masks_as_a_loop_does(void **state)
{
    (void)state;
    unsigned char block[CTFI_BLOCK];
    const ctfi_kernel *kernel;
    for (size_t k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        for (int round = 0; round < 2000; round++) {
            ctfi_masks masks;
            fill(block, sizeof block);
            if (round % 2 != 0)
                block[next_random(64)] = (unsigned char)next_random(256);
            kernel->masks(block, &masks);
            for (unsigned i = 0; i < CTFI_BLOCK; i++) {
                assert_int_equal(masks.quote >> i & 1, block[i] == '"');
                assert_int_equal(masks.backslash >> i & 1, block[i] == '\\');
                assert_int_equal(masks.open >> i & 1, block[i] == '{' || block[i] == '[');
                assert_int_equal(masks.close >> i & 1, block[i] == '}' || block[i] == ']');
            }
        }
    }
}

static void every_kernel_masks_every_byte_value_alike(void **state)
{
    (void)state;
    const ctfi_kernel *kernel;
    for (size_t k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        for (unsigned c = 0; c < 256; c++) {
            unsigned char block[CTFI_BLOCK + 3];
            ctfi_masks masks;
            memset(block, (int)c, sizeof block);
            assert_ptr_equal(kernel->plain_end(block, block + sizeof block),
                             is_plain((unsigned char)c) ? block + sizeof block : block);
            kernel->masks(block, &masks);
            assert_int_equal(masks.quote, c == '"' ? UINT64_MAX : 0);
            assert_int_equal(masks.backslash, c == '\\' ? UINT64_MAX : 0);
            assert_int_equal(masks.open, c == '{' || c == '[' ? UINT64_MAX : 0);
            assert_int_equal(masks.close, c == '}' || c == ']' ? UINT64_MAX : 0);
        }
    }
}

static void every_kernel_finds_as_a_loop_does(void **state)
{
    (void)state;
    unsigned char needle[4];
    const ctfi_kernel *kernel;
    for (size_t k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        for (int round = 0; round < 20000; round++) {
            size_t n = next_random(200), m = 1 + next_random(sizeof needle), at = 0;
            unsigned char *text = make_text(n);
            fill(needle, m);
            while (at + m <= n && memcmp(text + at, needle, m) != 0)
                at++;
            ctfi_bytes haystack = {text, n}, wanted = {needle, m};
            assert_ptr_equal(kernel->find(haystack, wanted), at + m <= n ? text + at : NULL);
            for (at = 0; at < n && text[at] != '"' && text[at] != '\\'; at++)
                ;
            assert_ptr_equal(kernel->string_stop(text, text + n), text + at);
            for (at = 0; at < n && is_plain(text[at]); at++)
                ;
            assert_ptr_equal(kernel->plain_end(text, text + n), text + at);
            for (at = 0; at < n && text[at] != '\n'; at++)
                ;
            assert_ptr_equal(kernel->line_end(text, text + n), text + at);
            free(text);
        }
    }
}

/* One byte at a time: what skip_brackets is to find. A backslash hides a quote, never a bracket. */
static const unsigned char *slow_skip(const unsigned char *p, const unsigned char *end, size_t depth)
{
    bool inside = false, escaped = false;
    for (; p < end; p++) {
        bool hidden = escaped;
        escaped = !hidden && *p == '\\';
        if (!hidden && *p == '"')
            inside = !inside;
        else if (!inside && (*p == '{' || *p == '['))
            depth++;
        else if (!inside && (*p == '}' || *p == ']') && --depth == 0)
            return p + 1;
    }
    return NULL;
}

static const unsigned char *skip_in_pieces(const ctfi_kernel *kernel, const unsigned char *p,
                                           const unsigned char *end, size_t depth, unsigned piece)
{
    ctfi_skip skip = {.depth = depth};
    while (p < end) {
        size_t n = 1 + next_random(piece);
        const unsigned char *stop = (size_t)(end - p) < n ? end : p + n;
        const unsigned char *behind = kernel->skip_brackets(&skip, p, stop);
        if (behind != NULL)
            return behind;
        p = stop;
    }
    return NULL;
}

static void brackets_are_passed_over_alike_in_one_piece_and_in_many(void **state)
{
    (void)state;
    const ctfi_kernel *kernel;
    for (size_t k = 0; (kernel = kernel_at(k)) != NULL; k++) {
        for (int round = 0; round < 20000; round++) {
            size_t n = next_random(400), depth = 1 + next_random(6);
            unsigned char *text = make_text(n);
            const unsigned char *wanted = slow_skip(text, text + n, depth);
            ctfi_skip whole = {.depth = depth};
            assert_ptr_equal(kernel->skip_brackets(&whole, text, text + n), wanted);
            assert_ptr_equal(skip_in_pieces(kernel, text, text + n, depth, 7), wanted);
            assert_ptr_equal(skip_in_pieces(kernel, text, text + n, depth, 200), wanted);
            free(text);
        }
    }
}

static void a_kernel_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_null(ctfi_kernel_named("no such kernel"));
    assert_non_null(ctfi_kernel_named(NULL));
    assert_null(ctf_kernel_name(100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_masks_as_a_loop_does),
        cmocka_unit_test(every_kernel_masks_every_byte_value_alike),
        cmocka_unit_test(every_kernel_finds_as_a_loop_does),
        cmocka_unit_test(brackets_are_passed_over_alike_in_one_piece_and_in_many),
        cmocka_unit_test(a_kernel_that_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
