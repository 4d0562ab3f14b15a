/* Windows kept as bits, against a list of them: what an evaluation counts, what is filled, when nothing is new. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alarm/recent.h"
#include "base/arena.h"

#define MOST_TICKS 4096

static uint64_t seed = 5;

static unsigned next_random(unsigned below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

/* Every window, oldest first, beside the bits. */
typedef struct pair {
    ctfi_recent recent;
    ctfi_mark windows[MOST_TICKS];
    size_t n;
    uint64_t alike; /* windows before the newest that are marked as it, since something was changed */
} pair;

static pair *open_pair(uint32_t n, uint32_t period, size_t stride)
{
    const ctf_allocator allocator = ctfi_allocator_or_default(NULL);
    const ctf_alarm alarm = {.period = period, .evaluation_periods = n, .datapoints_to_alarm = 1};
    pair *p = calloc(1, sizeof *p);
    assert_non_null(p);
    assert_int_equal(ctfi_recent_init(&p->recent, &alarm, stride, &allocator), CTF_OK);
    assert_int_equal(p->recent.range, ctf_alarm_range(&alarm));
    return p;
}

static void close_pair(pair *p)
{
    ctfi_recent_free(&p->recent);
    assert_null(p->recent.bits);
    free(p);
}

/* The window `ago` ticks before the newest; those before the first are empty. */
static ctfi_mark window(const pair *p, size_t ago)
{
    return ago < p->n ? p->windows[p->n - 1 - ago] : (ctfi_mark){false, false, false};
}

static ctfi_tally slow_count(const pair *p)
{
    ctfi_tally tally = {0};
    for (size_t age = 1; age <= p->recent.range && tally.real < p->recent.n; age++) {
        ctfi_mark mark = window(p, (age - 1) * p->recent.stride);
        if (!mark.present)
            continue;
        tally.real++;
        tally.breaching += mark.breaching;
        tally.low = tally.low || mark.low;
        tally.oldest = age;
    }
    return tally;
}

static void check(const pair *p)
{
    ctfi_tally fast = ctfi_recent_count(&p->recent), slow = slow_count(p);
    uint64_t filled = 0;
    for (size_t ago = 0; ago < p->recent.stride * p->recent.range; ago++)
        filled += window(p, ago).present;
    assert_int_equal(p->recent.filled, filled);
    assert_int_equal(fast.real, slow.real);
    assert_int_equal(fast.breaching, slow.breaching);
    assert_int_equal(fast.low, slow.low);
    assert_int_equal(fast.oldest, slow.oldest);
}

static void push(pair *p, ctfi_mark mark)
{
    ctfi_mark newest = p->recent.newest;
    bool same = mark.present == newest.present && mark.breaching == newest.breaching && mark.low == newest.low;
    p->alike = same ? p->alike + 1 : 0;
    assert_true(p->n < MOST_TICKS);
    p->windows[p->n++] = mark;
    assert_int_equal(ctfi_recent_push(&p->recent, mark), p->alike <= p->recent.stride * p->recent.range);
}

static void change(pair *p, size_t ago, ctfi_mark mark)
{
    if (ago >= p->n)
        return;
    p->windows[p->n - 1 - ago] = mark;
    p->alike = 0;
    ctfi_recent_set(&p->recent, ago, mark);
}

static void pass(pair *p, size_t ticks)
{
    for (size_t i = 0; i < ticks; i++)
        p->windows[p->n++] = (ctfi_mark){false, false, false};
    p->alike = 0;
    ctfi_recent_pass(&p->recent);
}

/* Windows without a datapoint are not marked otherwise. */
static ctfi_mark random_mark(unsigned density)
{
    bool present = next_random(100) < density;
    return (ctfi_mark){present, present && next_random(3) == 0, present && next_random(40) == 0};
}

static void live(pair *p)
{
    unsigned density = (unsigned[]){0, 3, 50, 97, 100}[next_random(5)];
    while (p->n + 300 < MOST_TICKS) {
        if (next_random(60) == 0)
            density = (unsigned[]){0, 3, 50, 97, 100}[next_random(5)];
        if (next_random(20) == 0)
            change(p, next_random((unsigned)(p->recent.stride * p->recent.range)), random_mark(50));
        else if (p->recent.filled == 0 && next_random(4) == 0)
            pass(p, next_random(200));
        else
            push(p, random_mark(density));
        check(p);
    }
}

static void bits_say_what_the_windows_say(void **state)
{
    (void)state;
    static const uint32_t periods[] = {1, 2, 10, 59, 60, 123, 124, 187, 200};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        for (size_t stride = 1; stride <= 7; stride += 3) {
            pair *p = open_pair(periods[i], 60, stride);
            live(p);
            close_pair(p);
        }
}

/* Words that are full are counted at once. */
static void as_many_points_as_are_asked_for_decide(void **state)
{
    (void)state;
    for (uint32_t n = 62; n <= 194; n++) {
        pair *p = open_pair(n, 300, 1);
        for (uint32_t i = 0; i < 260; i++) {
            push(p, (ctfi_mark){i != 100, i % 2 == 0, i % 67 == 0});
            check(p);
        }
        close_pair(p);
    }
}

/* Only the first push of a row that differs in one mark alone is news. */
static void each_mark_alone_is_news(void **state)
{
    (void)state;
    static const ctfi_mark marks[] = {{true, false, false}, {true, true, false}, {true, true, true}, {true, false, true}};
    pair *p = open_pair(3, 60, 2);
    size_t all = p->recent.stride * p->recent.range;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        for (size_t i = 0; i < all + 5; i++) {
            push(p, marks[k]);
            check(p);
        }
    for (size_t i = 0; i < all + 5; i++)
        push(p, (ctfi_mark){false, false, false});
    check(p);
    close_pair(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_say_what_the_windows_say),
        cmocka_unit_test(as_many_points_as_are_asked_for_decide),
        cmocka_unit_test(each_mark_alone_is_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
