/* Reading a series from bytes of anybody: every length is bounded by what is there, every order checked, so
 * that what is accepted is what would be saved. */
#include "metric/series.h"

#include "base/error.h"
#include "metric/series_bytes.h"
#include "metric/unit.h"

typedef struct reader {
    const unsigned char *base;
    size_t at, end; /* the trailer is behind the end */
    ctf_series *series;
    ctf_error *error;
    ctfi_identity identity;
    ctf_dimension dimensions[CTF_MAX_DIMENSIONS];
} reader;

static ctf_status refuse(const reader *r, size_t at, const char *why)
{
    return ctfi_error_set(r->error, CTF_E_PROGRAM, CTF_ERROR_PROGRAM, at, 0, NULL, "%s", why);
}

static ctf_status out_of_memory(const reader *r)
{
    return ctfi_error_set(r->error, CTF_E_NOMEM, CTF_ERROR_MEMORY, 0, 0, NULL, "out of memory");
}

/* There are `bytes` more; callers have asked. */
static uint64_t take(reader *r, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)r->base[r->at + i] << (8 * i);
    r->at += bytes;
    return value;
}

static double take_double(reader *r)
{
    uint64_t bits = take(r, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool has(const reader *r, size_t bytes)
{
    return r->end - r->at >= bytes;
}

/* Is it a value as a series holds it: in range, and no negative zero? */
static bool is_kept_value(double value)
{
    const double zero = -0.0;
    return ctfi_value_is_valid(value) && memcmp(&value, &zero, sizeof value) != 0;
}

/* ---- header and trailer -------------------------------------------------------------------------------- */

static uint64_t checksum_of(const unsigned char *bytes, size_t length)
{
    uint64_t checksum = 0;
    while (length > 0) {
        size_t n = length < CTFI_SERIES_PIECE ? length : CTFI_SERIES_PIECE;
        checksum = ctfi_series_checksum(checksum, bytes, n);
        bytes += n;
        length -= n;
    }
    return checksum;
}

/* Magic, version and length. */
static ctf_status check_frame(reader *r, size_t length)
{
    if (length < CTFI_SERIES_HEADER + CTFI_SERIES_TRAILER)
        return refuse(r, length, "the bytes end before those of a series do");
    if (memcmp(r->base, CTFI_SERIES_MAGIC, 8) != 0)
        return refuse(r, 0, "these are no bytes of a series");
    r->at = 8;
    if (take(r, 4) != CTFI_SERIES_VERSION)
        return refuse(r, 8, "a series of another format version");
    r->at = 24;
    if (take(r, 8) != length)
        return refuse(r, 24, "a series of another length");
    r->at = r->end;
    if (take(r, 8) != checksum_of(r->base, r->end))
        return refuse(r, r->end, "the checksum differs: the bytes were damaged");
    return CTF_OK;
}

/* The series that the header speaks of, empty. */
static ctf_status read_header(reader *r, const ctf_series_options *options, uint64_t *n_metrics)
{
    ctf_series_options o = {.size = sizeof o};
    if (options != NULL)
        memcpy(&o, options, options->size);
    r->at = 12;
    uint32_t resolution = (uint32_t)take(r, 4);
    if (resolution != 60 && resolution != 10)
        return refuse(r, 12, "a resolution that no series has");
    if (o.resolution != 0 && o.resolution != resolution)
        return ctfi_error_set(r->error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 12, 4, NULL,
                              "the series has steps of %u s", (unsigned)resolution);
    o.size = sizeof o;
    o.resolution = resolution;
    o.max_values = (uint32_t)take(r, 4);
    if (take(r, 4) != 0)
        return refuse(r, 20, "bytes that must be zero");
    r->at = 32;
    *n_metrics = take(r, 8);
    uint64_t skipped = take(r, 8), dropped = take(r, 8);
    if (skipped > CTF_MAX_SAMPLES || dropped > CTF_MAX_SAMPLES)
        return refuse(r, 40, "more samples than are counted");
    if (ctf_series_new(&o, &r->series) != CTF_OK)
        return out_of_memory(r);
    r->series->skipped = skipped;
    r->series->dropped = dropped;
    return CTF_OK;
}

/* ---- metrics ------------------------------------------------------------------------------------------- */

/* A text of a length within the bounds, or false. */
static bool take_text(reader *r, uint64_t length, ctf_text *out)
{
    if (length == 0 || length > CTFI_MAX_IDENTITY_TEXT || !has(r, (size_t)length))
        return false;
    *out = (ctf_text){(const char *)r->base + r->at, (size_t)length};
    r->at += (size_t)length;
    return true;
}

static bool take_texts(reader *r, uint64_t name_space, uint64_t name, const uint64_t *lengths)
{
    ctfi_identity *identity = &r->identity;
    if (!take_text(r, name_space, &identity->name_space) || !take_text(r, name, &identity->name))
        return false;
    for (size_t i = 0; i < identity->n_dimensions; i++)
        if (!take_text(r, lengths[2 * i], &r->dimensions[i].name) ||
            !take_text(r, lengths[2 * i + 1], &r->dimensions[i].value) ||
            (i > 0 && ctfi_text_compare(r->dimensions[i - 1].name, r->dimensions[i].name) >= 0))
            return false;
    return true;
}

static ctf_status read_identity(reader *r)
{
    size_t start = r->at;
    uint64_t lengths[2 * CTF_MAX_DIMENSIONS] = {0};
    if (!has(r, 16))
        return refuse(r, start, "the bytes end within a metric");
    uint64_t name_space = take(r, 4), name = take(r, 4), unit = take(r, 4), n = take(r, 4);
    if (unit >= CTFI_UNITS || n > CTF_MAX_DIMENSIONS || !has(r, (size_t)n * 8))
        return refuse(r, start, "a metric with an unknown unit or too many dimensions");
    for (size_t i = 0; i < 2 * n; i++)
        lengths[i] = take(r, 4);
    r->identity = (ctfi_identity){.dimensions = r->dimensions, .n_dimensions = (size_t)n,
                                  .unit = {ctfi_units[unit], strlen(ctfi_units[unit])}};
    if (!take_texts(r, name_space, name, lengths))
        return refuse(r, start, "a metric whose texts are missing, too long or not in order");
    ctfi_identity_hash(&r->identity);
    return CTF_OK;
}

/* ---- points -------------------------------------------------------------------------------------------- */

static bool is_negative(const ctfi_exact *sum)
{
    return sum->limbs[CTFI_EXACT_LIMBS - 1] >> 63 != 0;
}

/* Can the least and the largest be among `count` > 1 samples of this sum, where the others lie between them? */
static bool sum_is_possible(const ctfi_summary *summary)
{
    ctfi_exact above = summary->sum, below = {{0}}, all = {{0}};
    ctfi_exact_add(&above, -summary->minimum, summary->count - 1);
    ctfi_exact_add(&above, -summary->maximum, 1);
    ctfi_exact_add(&all, summary->maximum, summary->count - 1);
    ctfi_exact_add(&all, summary->minimum, 1);
    for (size_t i = 0; i < CTFI_EXACT_LIMBS; i++)
        below.limbs[i] = ~summary->sum.limbs[i];
    ctfi_exact_add(&below, 0x1p-1074, 1); /* -sum */
    ctfi_exact_merge(&below, &all);
    return !is_negative(&above) && !is_negative(&below);
}

static ctf_status read_summary(reader *r, uint64_t key, ctfi_summary *out, ctfi_sample *sample)
{
    size_t start = r->at;
    if (!has(r, (3 + CTFI_EXACT_LIMBS) * 8))
        return refuse(r, start, "the bytes end within a summary");
    *out = (ctfi_summary){.count = take(r, 8), .unusable = 1};
    out->minimum = take_double(r);
    out->maximum = take_double(r);
    for (size_t i = 0; i < CTFI_EXACT_LIMBS; i++)
        out->sum.limbs[i] = take(r, 8);
    if (r->series->max_values == 0 || out->count <= r->series->max_values || out->count > CTF_MAX_SAMPLES ||
        !is_kept_value(out->minimum) || !is_kept_value(out->maximum) || !(out->minimum < out->maximum) ||
        !sum_is_possible(out))
        return refuse(r, start, "a summary that no samples have");
    *sample = (ctfi_sample){key, 0, 0, out};
    return CTF_OK;
}

static ctf_status read_point(reader *r, ctfi_summary *summary, ctfi_sample *sample)
{
    size_t start = r->at;
    if (!has(r, 16))
        return refuse(r, start, "the bytes end within a point");
    uint64_t key = take(r, 8), count = take(r, 8);
    if (count == 0)
        return read_summary(r, key, summary, sample);
    if (!has(r, 8))
        return refuse(r, start, "the bytes end within a point");
    *sample = (ctfi_sample){key, take_double(r), count, NULL};
    return is_kept_value(sample->value) ? CTF_OK : refuse(r, start, "a value that no metric holds");
}

/* Points of a metric in order, and how many of the last bucket have been. */
typedef struct order {
    ctfi_sample last;
    uint64_t in_bucket;
} order;

static bool follows(const reader *r, order *o, const ctfi_sample *next, bool first)
{
    bool same = !first && next->key == o->last.key;
    bool ascends = first || next->key > o->last.key ||
                   (same && next->count != 0 && o->last.count != 0 && o->last.value < next->value);
    o->in_bucket = same ? o->in_bucket + 1 : 1;
    o->last = *next;
    return ascends && (r->series->max_values == 0 || o->in_bucket <= r->series->max_values);
}

static ctf_status keep_point(reader *r, const ctfi_sample *sample, ctfi_metric **metric)
{
    if (!ctfi_series_has_room(r->series, ctfi_sample_size(sample)))
        return refuse(r, r->at, "more samples than are counted");
    ctf_status status = *metric != NULL ? ctfi_series_put_more(r->series, *metric, sample)
                                        : ctfi_series_put(r->series, &r->identity, sample, metric);
    return status == CTF_OK ? CTF_OK : out_of_memory(r);
}

static ctf_status read_points(reader *r, ctfi_metric **metric)
{
    order o = {{0}, 0};
    size_t start = r->at;
    uint64_t n = has(r, 8) ? take(r, 8) : 0;
    if (n == 0)
        return refuse(r, start, "a metric without samples");
    for (uint64_t i = 0; i < n; i++) {
        ctfi_summary summary;
        ctfi_sample sample = {0};
        start = r->at;
        ctf_status status = read_point(r, &summary, &sample);
        if (status == CTF_OK && !follows(r, &o, &sample, i == 0))
            status = refuse(r, start, "a point that is not in order");
        if (status == CTF_OK)
            status = keep_point(r, &sample, metric);
        if (status != CTF_OK)
            return status;
    }
    return CTF_OK;
}

/* Each behind the one before it; what is before the first has no namespace, and so comes first. */
static ctf_status read_metrics(reader *r, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        ctfi_identity before = r->identity;
        ctf_dimension room[CTF_MAX_DIMENSIONS];
        memcpy(room, r->dimensions, before.n_dimensions * sizeof *room);
        before.dimensions = room;
        size_t start = r->at;
        ctf_status status = read_identity(r);
        if (status == CTF_OK && ctfi_identity_compare(&before, &r->identity) >= 0)
            status = refuse(r, start, "metrics that are not in order");
        ctfi_metric *metric = NULL;
        if (status == CTF_OK)
            status = read_points(r, &metric);
        if (status != CTF_OK)
            return status;
    }
    return r->at == r->end ? CTF_OK : refuse(r, r->at, "more bytes than the metrics need");
}

static ctf_status read_series(reader *r, size_t length, const ctf_series_options *options)
{
    uint64_t n_metrics = 0;
    ctf_status status = check_frame(r, length);
    if (status == CTF_OK)
        status = read_header(r, options, &n_metrics);
    return status == CTF_OK ? read_metrics(r, n_metrics) : status;
}

ctf_status ctf_series_load(const void *bytes, size_t length, const ctf_series_options *options,
                           ctf_series **out, ctf_error *error)
{
    ctfi_error_clear(error);
    if (out != NULL)
        *out = NULL;
    if (out == NULL || bytes == NULL ||
        (options != NULL && (options->size < sizeof options->size || options->size > sizeof *options)))
        return ctfi_error_set(error, CTF_E_ARGUMENT, CTF_ERROR_ARGUMENT, 0, 0, NULL,
                              "no bytes, nowhere to store the series, or options of an unknown size");
    reader r = {.base = bytes, .end = length < CTFI_SERIES_TRAILER ? 0 : length - CTFI_SERIES_TRAILER,
                .error = error};
    ctf_status status = read_series(&r, length, options);
    if (status != CTF_OK) {
        ctf_series_free(r.series);
        return status;
    }
    *out = r.series;
    return CTF_OK;
}
