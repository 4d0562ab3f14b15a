/* Every byte of a real image damaged, and random words of it; the program is run where the verifier lets it pass. */
#include "verify_kit.h"

static int ignore(void *context, const char *data, size_t length)
{
    (void)context;
    (void)data;
    (void)length;
    return 0;
}

/* Runs a program that was accepted: the sanitizers watch. */
static void exercise(const ctf_filter *filter)
{
    static const char *const messages[] = {
        "{\"a\":\"x\",\"b\":[null,-8,{\"c\":\"yz\"},1],\"x\":{\"y\":3},\"f\":12.0,\"d\":true}",
        "{\"a\":[null],\"e\":\"\",\"f\":1e3,\"b\":{\"c\":{\"c\":\"z\"}},\"\":0}", "1 xx 3 qq", "ERROR x", ""};
    ctf_scratch *scratch;
    ctf_hits hits;
    ctf_value value;
    assert_int_equal(ctf_filter_dump(filter, ignore, NULL), CTF_OK);
    assert_int_equal(ctf_scratch_new(filter, NULL, &scratch), CTF_OK);
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        assert_int_equal(ctf_match(scratch, messages[i], strlen(messages[i]), &hits), CTF_OK);
        for (size_t p = 0; p < ctf_filter_count(filter); p++)
            for (size_t k = 0; ctf_scratch_value(scratch, p, k, &value) == CTF_OK; k++)
                assert_true(value.text.length <= strlen(messages[i]));
    }
    ctf_scratch_free(scratch);
}

/* Refused, or good to run. */
static bool survives(copy c)
{
    ctf_filter *filter;
    ctf_error error;
    make_good(c);
    ctf_status status = ctf_filter_load(c.bytes, c.length, NULL, &filter, &error);
    if (status == CTF_OK) {
        exercise(filter);
        ctf_filter_free(filter);
        return true;
    }
    assert_int_equal(status, CTF_E_PROGRAM);
    assert_true(error.offset <= c.length);
    return false;
}

static void verify_bounds_every_byte(void **state)
{
    (void)state;
    static const unsigned char masks[] = {0x01, 0x02, 0x80, 0xFF};
    size_t accepted = 0;
    assert_true(survives(subject));
    for (size_t i = 0; i < subject.length; i++)
        for (size_t k = 0; k < COUNT_OF(masks); k++) {
            subject.bytes[i] ^= masks[k];
            accepted += survives(subject);
            subject.bytes[i] ^= masks[k];
        }
    /* Texts and names may hold any bytes, facts may be others. */
    assert_true(accepted > 0 && accepted < subject.length * COUNT_OF(masks) / 2);
}

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * n) >> 32);
}

static void verify_bounds_random_words(void **state)
{
    (void)state;
    uint32_t *words = (uint32_t *)(void *)subject.bytes;
    copy intact = {malloc(subject.length), subject.length};
    assert_non_null(intact.bytes);
    memcpy(intact.bytes, subject.bytes, subject.length);
    for (int round = 0; round < 20000; round++) {
        for (uint32_t n = 1 + random_below(3); n > 0; n--) {
            uint32_t at = random_below((uint32_t)(subject.length / 4));
            words[at] = random_below(4) == 0 ? random_below(UINT32_MAX) : random_below(40);
        }
        survives(subject);
        memcpy(subject.bytes, intact.bytes, subject.length);
    }
    free(intact.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(verify_bounds_every_byte),
        TEST(verify_bounds_random_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
