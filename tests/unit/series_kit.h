/* What the tests of series share: an allocator that fails, series as bytes, random samples. */
#ifndef TESTS_SERIES_KIT_H
#define TESTS_SERIES_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/metric.h>

#include "meter.h"

static inline ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static inline bool same_text(ctf_text text, const char *expected)
{
    return text.length == strlen(expected) && memcmp(text.data, expected, text.length) == 0;
}

static inline ctf_statistic statistic(const char *name)
{
    ctf_statistic out;
    assert_int_equal(ctf_statistic_parse(text_of(name), &out, NULL), CTF_OK);
    return out;
}

typedef struct bytes {
    unsigned char *data;
    size_t length, capacity;
} bytes;

static inline int append(void *context, const char *data, size_t length)
{
    bytes *b = context;
    if (b->length + length > b->capacity) {
        b->capacity = (b->length + length) * 2;
        b->data = realloc(b->data, b->capacity);
        assert_non_null(b->data);
    }
    memcpy(b->data + b->length, data, length);
    b->length += length;
    return 0;
}

static inline bytes saved(const ctf_series *series)
{
    bytes out = {NULL, 0, 0};
    assert_int_equal(ctf_series_save(series, append, &out), CTF_OK);
    return out;
}

static inline void assert_same_series(const ctf_series *a, const ctf_series *b)
{
    bytes x = saved(a), y = saved(b);
    assert_int_equal(x.length, y.length);
    assert_memory_equal(x.data, y.data, x.length);
    free(x.data);
    free(y.data);
}

/* To the bit. */
static inline void assert_same_datapoint(const ctf_datapoint *a, const ctf_datapoint *b)
{
    assert_true(a->start == b->start);
    assert_int_equal(a->availability, b->availability);
    assert_int_equal(a->sample_count, b->sample_count);
    assert_memory_equal(&a->value, &b->value, sizeof a->value);
}

static inline ctf_series *new_series(uint32_t resolution, uint32_t max_metrics, uint32_t max_values)
{
    ctf_series *series;
    const ctf_series_options options = {sizeof options, NULL, resolution, max_metrics, max_values};
    assert_int_equal(ctf_series_new(&options, &series), CTF_OK);
    return series;
}

static inline ctf_series_info info_of(const ctf_series *series)
{
    ctf_series_info info;
    ctf_series_describe(series, &info);
    return info;
}

static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
}

/* ---- samples as a list, to compare with --------------------------------------------------------------- */

typedef struct sample {
    unsigned metric; /* 0 is bare, others have a dimension */
    int64_t timestamp, arrival;
    double value;
    uint64_t count;
} sample;

static inline ctf_status add_sample(ctf_series *series, const sample *s)
{
    char value[16];
    snprintf(value, sizeof value, "v%u", s->metric);
    const ctf_dimension dimension = {text_of("User"), text_of(value)};
    const ctf_metric metric = {text_of("Trail"), text_of("Logins"), s->metric == 0 ? NULL : &dimension,
                               s->metric != 0, text_of("")};
    return ctf_series_add(series, &metric, s->timestamp, s->arrival, s->value, s->count);
}

/* Few minutes, few values, some late: everything meets. */
static inline sample random_sample(uint64_t *state, unsigned metrics)
{
    static const double values[] = {0, 1, 1, 1, -1, 0.1, -0.0, 1e300 / 1e200, 3.25, 7, 0x1p360, 1e-320};
    sample s = {(unsigned)(next_random(state) % metrics), (int64_t)(next_random(state) % 1200000) - 600000,
                CTF_ON_TIME, values[next_random(state) % 12], 1 + next_random(state) % 3};
    if (next_random(state) % 4 == 0)
        s.arrival = s.timestamp + (int64_t)(next_random(state) % 400000) - 100000;
    if (next_random(state) % 8 == 0)
        s.value = (double)(next_random(state) % 40) / 8;
    return s;
}

#endif
