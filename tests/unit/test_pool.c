/* Memory for a parser that never looks whether it got any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match/pool.h"
#include "meter.h"

typedef struct fixture {
    meter memory;
    ctfi_pool pool;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    const ctf_allocator allocator = {metered, &f->memory};
    ctfi_pool_init(&f->pool, &allocator);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ctfi_pool_free(&f->pool);
    assert_int_equal(f->memory.live, 0);
    free(f);
    return 0;
}

static void a_block_keeps_its_content_when_it_grows(void **state)
{
    fixture *f = *state;
    unsigned char *block = NULL;
    for (size_t size = 1; size < 5000; size++) {
        block = ctfi_pool_resize(&f->pool, block, size);
        block[size - 1] = (unsigned char)(size * 7);
        for (size_t i = 0; i < size; i += 97)
            assert_int_equal(block[i], (unsigned char)((i + 1) * 7));
    }
    assert_true(f->memory.calls < 20);
    assert_ptr_equal(ctfi_pool_resize(&f->pool, block, 1), block);
}

static void what_is_given_back_is_taken_again(void **state)
{
    fixture *f = *state;
    void *one = ctfi_pool_resize(&f->pool, NULL, 100), *other = ctfi_pool_resize(&f->pool, NULL, 100);
    assert_ptr_not_equal(one, other);
    ctfi_pool_release(&f->pool, NULL);
    ctfi_pool_release(&f->pool, one);
    assert_ptr_equal(ctfi_pool_resize(&f->pool, NULL, 100), one);
    size_t calls = f->memory.calls;
    ctfi_pool_reset(&f->pool);
    ctfi_pool_resize(&f->pool, NULL, 100);
    ctfi_pool_resize(&f->pool, NULL, 100);
    assert_int_equal(f->memory.calls, calls);
}

/* Asks for a block that there is not; whether it came back through `out`. */
static bool leaves(fixture *f, size_t size)
{
    if (setjmp(f->pool.out) != 0)
        return true;
    ctfi_pool_resize(&f->pool, NULL, size);
    return false;
}

static void a_request_that_fails_leaves(void **state)
{
    fixture *f = *state;
    assert_true(leaves(f, SIZE_MAX));
    assert_true(leaves(f, SIZE_MAX / 2 + 2));
    assert_int_equal(f->memory.calls, 0);
    f->memory.fail_at = 1;
    assert_true(leaves(f, 100));
    f->memory.fail_at = 0;
    assert_false(leaves(f, 100));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_block_keeps_its_content_when_it_grows),
        TEST(what_is_given_back_is_taken_again),
        TEST(a_request_that_fails_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
