/* Samples, and bytes as a saved series. An input is both.
 *
 * As samples: the first byte chooses resolution and limits, then every 8 bytes are a sample: metric and
 * partition, time (16 bits), arrival, kind of value, value (16 bits), count.
 * As bytes: the input as it is, and with magic, version, length and checksum set right.
 *
 * Claims. One series of all samples, the same backwards, and partitions merged in two orders give the same
 * bytes when saved. What is saved loads as itself. Where nothing was dropped, each statistic over each window
 * is that of the list of samples, to the bit. Bytes that load are what is saved of the result, and answer;
 * bytes that do not load get an error that points into them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"
#include "metric/series_bytes.h"

#define MAX_SAMPLES 100
#define PARTITIONS 4
#define METRICS 6

typedef struct sample {
    unsigned metric, partition;
    int64_t time, arrival;
    double value;
    uint64_t count;
} sample;

typedef struct trial {
    ctf_series_options options;
    sample samples[MAX_SAMPLES];
    size_t n;
} trial;

/* ---- samples ---------------------------------------------------------------------------------------- */

static double value_of(unsigned kind, int digits)
{
    static const double special[] = {0.0, -0.0, 0x1p360, -0x1p360, 0x1.8p360, 5e-324, 0x1p-1022, 1e300,
                                     0.1, 1e15, -1e-15, 0x1p53};
    if (kind < sizeof special / sizeof *special)
        return special[kind];
    return kind < 64 ? digits : ldexp(digits, (int)(kind - 160) * 8);
}

static sample read_sample(const uint8_t *p)
{
    sample s = {.metric = p[0] % METRICS, .partition = p[0] >> 4 & 3, .arrival = CTF_ON_TIME};
    s.time = (int64_t)(int16_t)(p[1] | p[2] << 8) * 977;
    if (p[3] != 0)
        s.arrival = p[3] == 255 ? INT64_MAX : s.time + (int64_t)p[3] * 5003 - 20000;
    s.value = value_of(p[4], (int16_t)(p[5] | p[6] << 8));
    s.count = 1 + (p[7] >= 250 ? UINT64_C(1) << (p[7] - 210) : p[7] % 8);
    return s;
}

static void read_trial(trial *t, const uint8_t *data, size_t size)
{
    static const uint32_t metrics[] = {0, 1, 3, 5};
    static const uint32_t values[] = {0, 0, 1, 4};
    unsigned settings = size == 0 ? 0 : data[0];
    t->options = (ctf_series_options){.size = sizeof t->options};
    t->options.resolution = settings & 1 ? 10 : 60;
    t->options.max_metrics = metrics[settings >> 1 & 3];
    t->options.max_values = values[settings >> 3 & 3];
    t->n = 0;
    for (size_t at = 1; at + 8 <= size && t->n < MAX_SAMPLES; at += 8)
        t->samples[t->n++] = read_sample(data + at);
}

static ctf_text text_of(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

/* Metric 0 has no dimension, 1 and 2 differ in the unit. */
static ctf_metric metric_of(unsigned i, ctf_dimension dimensions[2])
{
    static const char *const users[] = {"", "", "", "root", "alice", ""};
    ctf_metric metric = {.name_space = text_of("CloudTrail"), .name = text_of("Logins")};
    dimensions[0] = (ctf_dimension){text_of("User"), text_of(i == 5 ? "\xff" : users[i])};
    dimensions[1] = (ctf_dimension){text_of("Area"), text_of("eu")};
    metric.dimensions = dimensions;
    metric.n_dimensions = i < 3 ? 0 : i < 5 ? 1 : 2;
    metric.unit = text_of(i == 1 ? "Count" : i == 2 ? "Bytes" : "");
    return metric;
}

static ctf_series *empty(const ctf_series_options *options)
{
    ctf_series *series;
    CLAIM(ctf_series_new(options, &series) == CTF_OK);
    return series;
}

static bool is_good(const sample *s)
{
    return fabs(s->value) <= 0x1p360;
}

static void add(ctf_series *series, const sample *s)
{
    ctf_dimension dimensions[2];
    ctf_metric metric = metric_of(s->metric, dimensions);
    ctf_status status = ctf_series_add(series, &metric, s->time, s->arrival, s->value, s->count);
    CLAIM(status == (is_good(s) ? CTF_OK : CTF_E_ARGUMENT));
}

/* ---- partitions ------------------------------------------------------------------------------------- */

static kit_bytes saved(const ctf_series *series)
{
    kit_bytes out = {NULL, 0, 0};
    CLAIM(ctf_series_save(series, kit_write, &out) == CTF_OK);
    return out;
}

static void claim_same(const ctf_series *a, const ctf_series *b)
{
    kit_bytes x = saved(a), y = saved(b);
    CLAIM(kit_same(kit_text(&x), kit_text(&y)));
    free(x.data);
    free(y.data);
}

static ctf_series *backwards(const trial *t)
{
    ctf_series *series = empty(&t->options);
    for (size_t i = t->n; i > 0; i--)
        add(series, &t->samples[i - 1]);
    return series;
}

static void split(const trial *t, ctf_series *parts[PARTITIONS])
{
    for (size_t i = 0; i < PARTITIONS; i++)
        parts[i] = empty(&t->options);
    for (size_t i = 0; i < t->n; i++)
        add(parts[t->samples[i].partition], &t->samples[i]);
}

/* (0 + 1) + (2 + 3), or 3 + 2 + 1 + 0. */
static ctf_series *merged(const trial *t, bool as_tree)
{
    ctf_series *parts[PARTITIONS];
    split(t, parts);
    if (as_tree) {
        CLAIM(ctf_series_merge(parts[2], parts[3]) == CTF_OK);
        CLAIM(ctf_series_merge(parts[0], parts[1]) == CTF_OK);
        CLAIM(ctf_series_merge(parts[0], parts[2]) == CTF_OK);
    } else {
        for (size_t i = PARTITIONS - 1; i > 0; i--)
            CLAIM(ctf_series_merge(parts[PARTITIONS - 1], parts[i - 1]) == CTF_OK);
    }
    ctf_series *result = parts[as_tree ? 0 : PARTITIONS - 1];
    for (size_t i = 0; i < PARTITIONS; i++)
        if (parts[i] != result)
            ctf_series_free(parts[i]);
    return result;
}

static void claim_same_and_free(const ctf_series *whole, ctf_series *other)
{
    claim_same(whole, other);
    ctf_series_free(other);
}

/* ---- statistics ------------------------------------------------------------------------------------- */

static const char *const statistics[] = {"SampleCount", "Sum", "Average", "Minimum", "Maximum", "p50", "p99.9",
                                         "tm80", "IQM", "WM(10%:90%)", "TC(0:3)", "TS(:5)", "PR(:1)"};

static ctf_statistic statistic(const char *name)
{
    ctf_statistic out;
    CLAIM(ctf_statistic_parse(text_of(name), &out, NULL) == CTF_OK);
    return out;
}

/* When a sample is seen: its step's end, or its arrival rounded up to a step. */
static int64_t seen_from(const sample *s, int64_t step)
{
    int64_t end = s->time - ((s->time % step) + step) % step + step;
    if (s->arrival == CTF_ON_TIME || s->arrival <= end)
        return end;
    return s->arrival == INT64_MAX ? INT64_MAX - 1 : end + (s->arrival - end + step - 1) / step * step;
}

static ctf_datapoint expected(const trial *t, unsigned metric, const ctf_statistic *s, int64_t start,
                              int64_t end, int64_t seen_at)
{
    ctf_value_count values[MAX_SAMPLES + 1];
    ctf_datapoint out;
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        const sample *p = &t->samples[i];
        if (p->metric == metric && is_good(p) && p->time >= start && p->time < end &&
            seen_from(p, (int64_t)t->options.resolution * 1000) <= seen_at)
            values[n++] = (ctf_value_count){p->value, p->count};
    }
    CLAIM(ctf_statistic_compute(s, values, n, NULL, 0, &out) == CTF_OK);
    out.start = start;
    return out;
}

/* Every third statistic, the first of them by the metric. */
static void claim_window(const trial *t, const ctf_series *series, unsigned metric, int64_t start, int64_t end,
                         int64_t seen_at)
{
    ctf_dimension dimensions[2];
    ctf_metric identity = metric_of(metric, dimensions);
    size_t index;
    if (ctf_series_find(series, &identity, &index) == CTF_E_ABSENT)
        return;
    for (size_t i = metric % 3; i < sizeof statistics / sizeof *statistics; i += 3) {
        ctf_statistic s = statistic(statistics[i]);
        ctf_datapoint want = expected(t, metric, &s, start, end, seen_at), got;
        CLAIM(ctf_series_statistic(series, index, &s, start, end, seen_at, &got) == CTF_OK);
        CLAIM(got.start == want.start && got.availability == want.availability);
        CLAIM(got.sample_count == want.sample_count);
        CLAIM(want.availability != CTF_AVAILABLE || memcmp(&got.value, &want.value, sizeof got.value) == 0);
    }
}

static void claim_statistics(const trial *t, const ctf_series *series)
{
    const int64_t far = 60000000;
    int64_t step = (int64_t)t->options.resolution * 1000;
    int64_t middle = t->n == 0 ? 0 : t->samples[0].time / step * step;
    for (unsigned metric = 0; metric < METRICS; metric++) {
        claim_window(t, series, metric, -far, far, INT64_MAX);
        claim_window(t, series, metric, middle - step, middle + 2 * step, INT64_MAX);
        claim_window(t, series, metric, -far, middle, middle + step);
    }
}

static void try_samples(const trial *t)
{
    ctf_series *whole = empty(&t->options), *loaded;
    for (size_t i = 0; i < t->n; i++)
        add(whole, &t->samples[i]);
    claim_same_and_free(whole, backwards(t));
    claim_same_and_free(whole, merged(t, true));
    claim_same_and_free(whole, merged(t, false));
    kit_bytes bytes = saved(whole);
    CLAIM(ctf_series_load(bytes.data, bytes.length, NULL, &loaded, NULL) == CTF_OK);
    claim_same_and_free(whole, loaded);
    free(bytes.data);
    ctf_series_info info;
    ctf_series_describe(whole, &info);
    if (info.dropped == 0 && t->options.max_values == 0)
        claim_statistics(t, whole);
    ctf_series_free(whole);
}

/* ---- bytes ------------------------------------------------------------------------------------------ */

static void claim_answers(const ctf_series *series, size_t index)
{
    ctf_metric metric;
    ctf_datapoint point;
    size_t found;
    int64_t next = 0;
    CLAIM(ctf_series_metric(series, index, &metric) == CTF_OK);
    CLAIM(ctf_series_find(series, &metric, &found) == CTF_OK && found == index);
    CLAIM(ctf_series_next(series, index, INT64_MIN, &next) == CTF_OK);
    for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++) {
        ctf_statistic s = statistic(statistics[i]);
        CLAIM(ctf_series_statistic(series, index, &s, next, next + 60000, INT64_MAX, &point) == CTF_OK);
        CLAIM(point.availability != CTF_NO_DATAPOINT || point.sample_count == 0 || i > 4);
    }
}

static void claim_loaded(ctf_series *series, ctf_text bytes)
{
    kit_bytes again = saved(series);
    ctf_series_info info;
    CLAIM(kit_same(kit_text(&again), bytes));
    ctf_series_describe(series, &info);
    for (size_t i = 0; i < info.n_metrics && i < 8; i++)
        claim_answers(series, i);
    ctf_series_options options = {.size = sizeof options, .resolution = info.resolution,
                                  .max_values = info.max_values};
    ctf_series *doubled = empty(&options);
    CLAIM(ctf_series_merge(doubled, series) == CTF_OK);
    claim_same(doubled, series);
    ctf_status status = ctf_series_merge(doubled, series);
    CLAIM(status == CTF_OK || status == CTF_E_LIMIT);
    ctf_series_free(doubled);
    free(again.data);
}

static void try_load(const uint8_t *data, size_t size)
{
    ctf_text bytes = {kit_copy(data, size), size};
    ctf_series *series;
    ctf_error error;
    ctf_status status = ctf_series_load(bytes.data, size, NULL, &series, &error);
    CLAIM((status == CTF_OK) == (series != NULL));
    if (status == CTF_OK)
        claim_loaded(series, bytes);
    else
        kit_claim_error(&error, CTF_E_PROGRAM, bytes);
    ctf_series_free(series);
    free((void *)(uintptr_t)bytes.data);
}

static void put(uint8_t *to, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

static void repair(uint8_t *bytes, size_t size)
{
    uint64_t checksum = 0;
    size_t end = size - CTFI_SERIES_TRAILER;
    memcpy(bytes, CTFI_SERIES_MAGIC, 8);
    put(bytes + 8, CTFI_SERIES_VERSION, 4);
    put(bytes + 24, size, 8);
    for (size_t at = 0; at < end; at += CTFI_SERIES_PIECE) {
        size_t left = end - at, n = left < CTFI_SERIES_PIECE ? left : CTFI_SERIES_PIECE;
        checksum = ctfi_series_checksum(checksum, bytes + at, n);
    }
    put(bytes + end, checksum, 8);
}

static void try_bytes(const uint8_t *data, size_t size)
{
    try_load(data, size);
    if (size < CTFI_SERIES_HEADER + CTFI_SERIES_TRAILER)
        return;
    uint8_t *bytes = kit_copy(data, size);
    repair(bytes, size);
    try_load(bytes, size);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static trial t;
    read_trial(&t, data, size);
    try_samples(&t);
    try_bytes(data, size);
    return 0;
}
