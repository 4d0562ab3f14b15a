/* What a scratch is made of: options, memory, and the sets it keeps facts and patterns in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <ctfilter/ctfilter.h>

#include "match/bitset.h"

static uint64_t random_state = 1;

static uint32_t below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % n;
}

/* ---- sets ---- */

static void a_set_tells_what_was_added_in_ascending_order(void **state)
{
    (void)state;
    static const uint32_t bounds[] = {0, 1, 63, 64, 65, 4095, 4096, 4097, 20000};
    static bool has[20001];
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
        uint32_t bound = bounds[k], number = 0;
        uint64_t *memory = calloc(ctfi_bitset_size(bound), sizeof *memory);
        ctfi_bitset set = ctfi_bitset_in(memory, bound);
        for (int round = 0; round < 50; round++) {
            memset(has, 0, sizeof has);
            for (uint32_t i = bound == 0 ? 0 : below(round < 25 ? 5 : 3 * bound); i > 0; i--) {
                number = below(bound);
                ctfi_bitset_add(&set, number);
                has[number] = true;
            }
            ctfi_bitset_way way = ctfi_bitset_enter(&set);
            for (uint32_t i = 0; i < bound; i++) {
                assert_int_equal(ctfi_bitset_has(&set, i), has[i]);
                if (has[i]) {
                    assert_true(ctfi_bitset_go(&way, &number));
                    assert_int_equal(number, i);
                }
            }
            assert_false(ctfi_bitset_go(&way, &number));
            assert_false(ctfi_bitset_go(&way, &number)); /* and stays at its end */
            ctfi_bitset_clear(&set);
            for (size_t i = 0; i < ctfi_bitset_size(bound); i++)
                assert_true(memory[i] == 0);
        }
        free(memory);
    }
}

/* ---- memory ---- */

/* Keeps count of the bytes in use; a block's size stands before it. */
static void *counted(void *context, void *block, size_t size)
{
    size_t *used = context, *head = block == NULL ? NULL : (size_t *)block - 2;
    *used -= head == NULL ? 0 : *head;
    if (size == 0) {
        free(head);
        return NULL;
    }
    head = realloc(head, size + 2 * sizeof *head);
    assert_non_null(head);
    *head = size;
    *used += size;
    return head + 2;
}

#define MANY 10000

static ctf_filter *compile_many(void)
{
    ctf_pattern *patterns = calloc(MANY, sizeof *patterns);
    char(*text)[80] = calloc(MANY, sizeof *text);
    ctf_filter *filter;
    for (size_t i = 0; i < MANY; i++) {
        int n = snprintf(text[i], sizeof *text, "{ $.eventName = \"Name%zu\" && $.eventSource = \"s%zu.amazonaws.com\" }", i, i % 100);
        patterns[i].text = (ctf_text){text[i], (size_t)n};
    }
    assert_int_equal(ctf_filter_compile(patterns, MANY, NULL, &filter, NULL), CTF_OK);
    free(patterns);
    free(text);
    return filter;
}

static void a_scratch_of_ten_thousand_patterns_takes_less_than_32_kib(void **state)
{
    (void)state;
    static const char message[] = "{\"eventName\":\"Name\\u00377\",\"eventSource\":\"s77.amazonaws.com\",\"x\":[[[1]]]}";
    size_t used = 0;
    const ctf_allocator allocator = {counted, &used};
    const ctf_scratch_options options = {.size = sizeof options, .allocator = &allocator};
    ctf_filter *filter = compile_many();
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    assert_int_equal(ctf_match(scratch, message, sizeof message - 1, &hits), CTF_OK);
    assert_int_equal(hits.n, 1);
    assert_int_equal(hits.patterns[0], 77);
    assert_in_range(used, 1, 32 * 1024);
    ctf_scratch_free(scratch);
    assert_int_equal(used, 0);
    ctf_filter_free(filter);
}

static void every_pattern_of_many_may_match_at_once(void **state)
{
    (void)state;
    enum { N = 300 };
    ctf_pattern patterns[N];
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_hits hits;
    for (size_t i = 0; i < N; i++)
        patterns[i] = (ctf_pattern){.text = {i % 3 == 0 ? "{ $.a = 1 }" : "{ $.b NOT EXISTS }", i % 3 == 0 ? 11 : 18}};
    assert_int_equal(ctf_filter_compile(patterns, N, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(ctf_match(scratch, "{\"a\":1}", 7, &hits), CTF_OK);
        assert_int_equal(hits.n, N);
        for (uint32_t i = 0; i < N; i++)
            assert_int_equal(hits.patterns[i], i);
        assert_int_equal(ctf_match(scratch, "{\"b\":1,\"a\":1}", 13, &hits), CTF_OK);
        assert_int_equal(hits.n, N / 3);
    }
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

/* ---- options ---- */

static void a_scratch_refuses_flags_that_it_does_not_know(void **state)
{
    (void)state;
    const ctf_pattern pattern = {.text = {"{ $.a = 1 }", 11}};
    ctf_filter *filter;
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL), CTF_OK);
    for (unsigned bit = 0; bit < 32; bit++) {
        const ctf_scratch_options options = {.size = sizeof options, .flags = 1u << bit};
        ctf_scratch *scratch = NULL;
        bool known = (options.flags & (CTF_TRUSTED_JSON | CTF_NO_PROBE)) != 0;
        assert_int_equal(ctf_scratch_new(filter, &options, &scratch), known ? CTF_OK : CTF_E_ARGUMENT);
        assert_int_equal(scratch != NULL, known);
        ctf_scratch_free(scratch);
    }
    const ctf_scratch_options older = {.size = offsetof(ctf_scratch_options, flags), .flags = UINT32_MAX};
    ctf_scratch *scratch;
    assert_int_equal(ctf_scratch_new(filter, &older, &scratch), CTF_OK);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

static void trusted_messages_are_objects_all_the_same(void **state)
{
    (void)state;
    static const char *const others[] = {"", " ", "[]", "null", "\"{\"", "x {\"a\":1}", "[{\"b\":1}]"};
    const ctf_pattern pattern = {.text = {"{ $.a NOT EXISTS }", 18}};
    const ctf_scratch_options options = {.size = sizeof options, .flags = CTF_TRUSTED_JSON};
    ctf_filter *filter;
    ctf_scratch *scratch;
    ctf_hits hits;
    assert_int_equal(ctf_filter_compile(&pattern, 1, NULL, &filter, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, &options, &scratch), CTF_OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(ctf_match(scratch, others[i], strlen(others[i]), &hits), CTF_OK);
        assert_int_equal(hits.n, 0);
    }
    assert_int_equal(ctf_match(scratch, " \n{}", 4, &hits), CTF_OK);
    assert_int_equal(hits.n, 1);
    ctf_scratch_free(scratch);
    ctf_filter_free(filter);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_tells_what_was_added_in_ascending_order),
        cmocka_unit_test(a_scratch_of_ten_thousand_patterns_takes_less_than_32_kib),
        cmocka_unit_test(every_pattern_of_many_may_match_at_once),
        cmocka_unit_test(a_scratch_refuses_flags_that_it_does_not_know),
        cmocka_unit_test(trusted_messages_are_objects_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
