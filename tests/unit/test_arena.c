/* Memory of an entry point: the arena, the job that leaves through it, and the hash beside them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/job.h"
#include "base/room.h"

/* An allocator that counts what is out and refuses from the `left`th request on. */
typedef struct counter {
    size_t blocks;
    size_t requests;
    size_t left;
} counter;

static void *counted_resize(void *context, void *block, size_t size)
{
    counter *c = context;
    if (size == 0) {
        c->blocks -= block != NULL;
        free(block);
        return NULL;
    }
    c->requests++;
    if (c->left == 0 || size > SIZE_MAX / 4)
        return NULL;
    c->left--;
    c->blocks += block == NULL;
    return realloc(block, size);
}

static ctf_allocator counting(counter *c, size_t left)
{
    *c = (counter){0, 0, left};
    return (ctf_allocator){counted_resize, c};
}

/* ---- arena ---- */

static void blocks_are_aligned_distinct_and_keep_their_bytes(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, SIZE_MAX);
    ctfi_arena arena;
    unsigned char *blocks[500];
    ctfi_arena_init(&arena, &allocator);
    assert_int_equal(c.requests, 0);
    for (size_t i = 0; i < 500; i++) {
        blocks[i] = ctfi_arena_alloc(&arena, i * 7 % 300, 1 + i % 3);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)(i & 0xFF), i * 7 % 300 * (1 + i % 3));
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t at = 0; at < i * 7 % 300 * (1 + i % 3); at++)
            assert_int_equal(blocks[i][at], i & 0xFF);
    ctfi_arena_free(&arena);
    assert_int_equal(c.blocks, 0);
}

static void an_empty_request_yields_a_block_of_its_own(void **state)
{
    (void)state;
    ctfi_arena arena;
    ctfi_arena_init(&arena, NULL);
    void *a = ctfi_arena_alloc(&arena, 0, 8);
    void *b = ctfi_arena_alloc(&arena, 8, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
    ctfi_arena_free(&arena);
}

static void a_block_larger_than_a_chunk_is_served(void **state)
{
    (void)state;
    ctfi_arena arena;
    ctfi_arena_init(&arena, NULL);
    unsigned char *block = ctfi_arena_alloc(&arena, 1000000, 1);
    assert_non_null(block);
    memset(block, 1, 1000000);
    assert_non_null(ctfi_arena_alloc(&arena, 10, 1));
    ctfi_arena_free(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, SIZE_MAX);
    ctfi_arena arena;
    ctfi_arena_init(&arena, &allocator);
    assert_null(ctfi_arena_alloc(&arena, SIZE_MAX, 2));
    assert_null(ctfi_arena_alloc(&arena, SIZE_MAX / 2 + 1, 2));
    assert_null(ctfi_arena_alloc(&arena, SIZE_MAX, 1));
    assert_int_equal(c.requests, 0);
    assert_null(ctfi_arena_alloc(&arena, SIZE_MAX - sizeof(max_align_t), 1));
    assert_int_equal(c.requests, 0);
    assert_null(ctfi_arena_alloc(&arena, SIZE_MAX / 2, 1));
    assert_int_equal(c.requests, 1);
    assert_non_null(ctfi_arena_alloc(&arena, 1, 1));
    ctfi_arena_free(&arena);
    assert_int_equal(c.blocks, 0);
}

static void an_array_whose_size_overflows_is_refused(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, SIZE_MAX);
    size_t capacity = 0;
    assert_null(ctfi_room(&allocator, NULL, &capacity, SIZE_MAX / 8 + 1, 8));
    capacity = SIZE_MAX / 16 + 1; /* twice as many would not be counted */
    assert_null(ctfi_room(&allocator, NULL, &capacity, capacity + 1, 16));
    assert_int_equal(capacity, SIZE_MAX / 16 + 1);
    capacity = SIZE_MAX / 2 + 1;
    assert_null(ctfi_room(&allocator, NULL, &capacity, capacity + 1, 2));
    assert_int_equal(c.requests, 0);
}

static void an_arena_that_ran_out_stays_usable(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, 1);
    ctfi_arena arena;
    ctfi_arena_init(&arena, &allocator);
    unsigned char *kept = ctfi_arena_alloc(&arena, 4, 1);
    assert_non_null(kept);
    memcpy(kept, "kept", 4);
    assert_null(ctfi_arena_alloc(&arena, 100000, 1));
    assert_memory_equal(kept, "kept", 4);
    c.left = 1;
    assert_non_null(ctfi_arena_alloc(&arena, 100000, 1));
    assert_memory_equal(kept, "kept", 4);
    ctfi_arena_free(&arena);
    assert_int_equal(c.blocks, 0);
}

static void reset_keeps_one_chunk_and_reuses_it(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, SIZE_MAX);
    ctfi_arena arena;
    ctfi_arena_init(&arena, &allocator);
    ctfi_arena_reset(&arena);
    for (int i = 0; i < 5; i++)
        assert_non_null(ctfi_arena_alloc(&arena, 20000, 1));
    ctfi_arena_reset(&arena);
    assert_int_equal(c.blocks, 1);
    size_t requests = c.requests;
    unsigned char *again = ctfi_arena_alloc(&arena, 20000, 1);
    assert_non_null(again);
    memset(again, 1, 20000);
    assert_int_equal(c.requests, requests);
    ctfi_arena_free(&arena);
    ctfi_arena_free(&arena);
    assert_int_equal(c.blocks, 0);
}

static void the_default_allocator_is_the_c_library(void **state)
{
    (void)state;
    ctf_allocator allocator = ctfi_allocator_or_default(NULL);
    unsigned char *block = ctfi_resize(&allocator, NULL, 10);
    assert_non_null(block);
    memset(block, 7, 10);
    block = ctfi_resize(&allocator, block, 10000);
    assert_non_null(block);
    assert_int_equal(block[9], 7);
    assert_null(ctfi_resize(&allocator, block, 0));
}

/* ---- job ---- */

static void succeed(ctfi_job *job, void *context)
{
    unsigned char *zeros = ctfi_job_zero(job, 100, 3);
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(zeros[i], 0);
    *(void **)context = ctfi_job_alloc(job, 10, 1);
}

static void a_job_that_returns_is_ok_and_its_arena_is_the_callers(void **state)
{
    (void)state;
    ctfi_job job;
    void *result = NULL;
    assert_int_equal(ctfi_job_run(&job, NULL, succeed, &result), CTF_OK);
    assert_int_equal(job.error.status, CTF_OK);
    memset(result, 1, 10);
    ctfi_arena_free(&job.arena);
}

static void refuse(ctfi_job *job, void *context)
{
    const ctf_error_kind *kind = context;
    ctfi_job_alloc(job, 10, 1);
    job->pattern = 3;
    ctfi_job_refuse(job, *kind, (ctfi_span){4, 2}, "Invalid metric filter pattern", "expected %s", "a value");
}

static void refuse_ends_the_run_with_place_and_words(void **state)
{
    (void)state;
    ctfi_job job;
    ctf_error_kind kind = CTF_ERROR_GRAMMAR;
    assert_int_equal(ctfi_job_run(&job, NULL, refuse, &kind), CTF_E_PATTERN);
    assert_int_equal(job.error.status, CTF_E_PATTERN);
    assert_int_equal(job.error.kind, CTF_ERROR_GRAMMAR);
    assert_int_equal(job.error.pattern, 3);
    assert_int_equal(job.error.offset, 4);
    assert_int_equal(job.error.length, 2);
    assert_string_equal(job.error.message, "expected a value");
    assert_string_equal(job.error.service, "Invalid metric filter pattern");
    ctfi_arena_free(&job.arena);
    kind = CTF_ERROR_LIMIT;
    assert_int_equal(ctfi_job_run(&job, NULL, refuse, &kind), CTF_E_LIMIT);
    ctfi_arena_free(&job.arena);
}

static void fail_as_told(ctfi_job *job, void *context)
{
    (void)context;
    ctfi_job_fail(job, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, "no patterns");
}

static void fail_ends_the_run_with_any_status(void **state)
{
    (void)state;
    ctfi_job job;
    assert_int_equal(ctfi_job_run(&job, NULL, fail_as_told, NULL), CTF_E_ARGUMENT);
    assert_string_equal(job.error.message, "no patterns");
    ctfi_arena_free(&job.arena);
}

static void grow_much(ctfi_job *job, void *context)
{
    uint32_t *array = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 5000; i++) {
        array = ctfi_job_grow(job, array, &capacity, i + 1, sizeof *array);
        assert_true(capacity > i);
        array[i] = i * 3;
    }
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(array[i], i * 3);
    array = ctfi_job_grow(job, array, &capacity, 100000, sizeof *array);
    assert_true(capacity >= 100000);
    assert_int_equal(array[4999], 4999 * 3);
    *(size_t *)context = 1;
}

static void grow_keeps_what_was_there(void **state)
{
    (void)state;
    ctfi_job job;
    size_t done = 0;
    assert_int_equal(ctfi_job_run(&job, NULL, grow_much, &done), CTF_OK);
    assert_int_equal(done, 1);
    ctfi_arena_free(&job.arena);
}

static void appending_allocates_logarithmically_often(void **state)
{
    (void)state;
    counter c;
    ctf_allocator allocator = counting(&c, SIZE_MAX);
    ctfi_job job;
    size_t done = 0;
    assert_int_equal(ctfi_job_run(&job, &allocator, grow_much, &done), CTF_OK);
    assert_true(c.requests < 20);
    ctfi_arena_free(&job.arena);
}

static void each_allocation_of_a_job_may_fail(void **state)
{
    (void)state;
    ctf_status status = CTF_E_NOMEM;
    for (size_t left = 0; status != CTF_OK; left++) {
        counter c;
        ctf_allocator allocator = counting(&c, left);
        ctfi_job job;
        size_t done = 0;
        assert_true(left < 100);
        status = ctfi_job_run(&job, &allocator, grow_much, &done);
        assert_int_equal(done, status == CTF_OK);
        assert_int_equal(job.error.kind, status == CTF_OK ? CTF_ERROR_NONE : CTF_ERROR_MEMORY);
        ctfi_arena_free(&job.arena);
        assert_int_equal(c.blocks, 0);
    }
}

/* ---- hash ---- */

static void the_hash_depends_on_seed_owner_length_and_every_bit(void **state)
{
    (void)state;
    unsigned char data[40] = {0};
    for (size_t length = 0; length <= sizeof data; length++) {
        uint64_t base = ctfi_hash(1, 2, data, length);
        assert_true(base == ctfi_hash(1, 2, data, length));
        assert_true(base != ctfi_hash(2, 2, data, length));
        assert_true(base != ctfi_hash(1, 3, data, length));
        if (length > 0)
            assert_true(base != ctfi_hash(1, 2, data, length - 1));
        for (size_t bit = 0; bit < 8 * length; bit++) {
            data[bit / 8] ^= (unsigned char)(1 << bit % 8);
            assert_true(base != ctfi_hash(1, 2, data, length));
            data[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
    }
}

/* Sealed images hold hashes: these values are part of the format. */
static void the_hash_is_the_same_everywhere(void **state)
{
    (void)state;
    assert_true(ctfi_hash(0, 0, NULL, 0) == UINT64_C(0x0));
    assert_true(ctfi_hash(7, 1, (const unsigned char *)"ConsoleLogin", 12) == UINT64_C(0xBA10095503AA2B54));
}

static uint64_t key_hash(uint64_t seed, uint32_t owner, const void *data, size_t length)
{
    return ctfi_key_hash(seed, owner, (ctfi_bytes){data, length});
}

static void the_hash_of_keys_depends_on_seed_owner_length_and_every_bit(void **state)
{
    (void)state;
    unsigned char data[100] = {0};
    for (size_t length = 0; length <= 80; length++) {
        uint64_t base = key_hash(1, 2, data, length);
        assert_true(base != key_hash(2, 2, data, length) && base != key_hash(1, 3, data, length));
        if (length > 0)
            assert_true(base != key_hash(1, 2, data, length - 1));
        for (size_t bit = 0; bit < 8 * length; bit++) {
            data[bit / 8] ^= (unsigned char)(1 << bit % 8);
            assert_true(base != key_hash(1, 2, data, length));
            for (size_t shift = 1; shift < 9; shift++) { /* wherever it stands */
                unsigned char copy[100] = {0};
                memcpy(copy + shift, data, length);
                assert_true(key_hash(1, 2, data, length) == key_hash(1, 2, copy + shift, length));
            }
            data[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
    }
}

/* Sealed images hold these too. */
static void the_hash_of_keys_is_the_same_everywhere(void **state)
{
    (void)state;
    static const char text[] = "arn:aws:iam::111122223333:user/bob";
    assert_true(key_hash(0, 0, NULL, 0) == UINT64_C(0x0));
    assert_true(key_hash(7, 1, text, 2) == UINT64_C(0xC3AC3BD79892CC67));
    assert_true(key_hash(7, 1, text, 12) == UINT64_C(0xBD96E37C02F21F08));
    assert_true(key_hash(7, 1, text, 24) == UINT64_C(0xD6A4AC5B1DE8944C));
    assert_true(key_hash(7, 1, text, 34) == UINT64_C(0x22F8D1A6D2058D9));
}

static void texts_are_the_same_when_all_their_bytes_are(void **state)
{
    (void)state;
    unsigned char a[80], b[80];
    for (size_t length = 0; length <= sizeof a; length++) {
        memset(a, 'x', sizeof a);
        memset(b, 'x', sizeof b);
        if (length < sizeof a)
            b[length] = 'y';
        assert_true(ctfi_same(a, b, length));
        for (size_t i = 0; i < length; i++) {
            b[i] ^= 1;
            assert_false(ctfi_same(a, b, length));
            b[i] ^= 1;
        }
    }
}

static void the_hash_spreads_over_low_bits(void **state)
{
    (void)state;
    unsigned buckets[256] = {0}, keys[256] = {0};
    for (uint32_t i = 0; i < 256 * 64; i++) {
        unsigned char data[4] = {(unsigned char)(i >> 8), 0, 0, (unsigned char)i};
        buckets[ctfi_hash(0, 0, data, 4) & 255]++;
        keys[key_hash(0, 0, data, 4) & 255]++;
    }
    for (size_t i = 0; i < 256; i++) {
        assert_in_range(buckets[i], 24, 112);
        assert_in_range(keys[i], 24, 112);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_distinct_and_keep_their_bytes),
        cmocka_unit_test(an_empty_request_yields_a_block_of_its_own),
        cmocka_unit_test(a_block_larger_than_a_chunk_is_served),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(an_array_whose_size_overflows_is_refused),
        cmocka_unit_test(an_arena_that_ran_out_stays_usable),
        cmocka_unit_test(reset_keeps_one_chunk_and_reuses_it),
        cmocka_unit_test(the_default_allocator_is_the_c_library),
        cmocka_unit_test(a_job_that_returns_is_ok_and_its_arena_is_the_callers),
        cmocka_unit_test(refuse_ends_the_run_with_place_and_words),
        cmocka_unit_test(fail_ends_the_run_with_any_status),
        cmocka_unit_test(grow_keeps_what_was_there),
        cmocka_unit_test(appending_allocates_logarithmically_often),
        cmocka_unit_test(each_allocation_of_a_job_may_fail),
        cmocka_unit_test(the_hash_depends_on_seed_owner_length_and_every_bit),
        cmocka_unit_test(the_hash_is_the_same_everywhere),
        cmocka_unit_test(the_hash_spreads_over_low_bits),
        cmocka_unit_test(the_hash_of_keys_depends_on_seed_owner_length_and_every_bit),
        cmocka_unit_test(the_hash_of_keys_is_the_same_everywhere),
        cmocka_unit_test(texts_are_the_same_when_all_their_bytes_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
