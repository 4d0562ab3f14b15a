/* Writing a series as bytes: once to count them, once to write. */
#include "metric/series.h"

#include "metric/series_bytes.h"
#include "metric/unit.h"

/* Where bytes go: nowhere but into the count while write is NULL. */
typedef struct sink {
    ctf_write_fn write;
    void *context;
    uint64_t length, checksum;
    size_t used;
    bool stopped;
    unsigned char piece[CTFI_SERIES_PIECE];
} sink;

static void flush(sink *s)
{
    s->checksum = ctfi_series_checksum(s->checksum, s->piece, s->used);
    if (!s->stopped && s->used != 0)
        s->stopped = s->write(s->context, (const char *)s->piece, s->used) != 0;
    s->used = 0;
}

static void put(sink *s, const void *data, size_t length)
{
    const unsigned char *from = data;
    s->length += length;
    while (s->write != NULL && length > 0) {
        size_t room = sizeof s->piece - s->used, n = length < room ? length : room;
        memcpy(s->piece + s->used, from, n);
        s->used += n;
        from += n;
        length -= n;
        if (s->used == sizeof s->piece)
            flush(s);
    }
}

static void put_number(sink *s, uint64_t value, size_t bytes)
{
    unsigned char out[8];
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(value >> (8 * i) & 0xFF);
    put(s, out, bytes);
}

static void put_u32(sink *s, size_t value)
{
    put_number(s, value, 4);
}

static void put_u64(sink *s, uint64_t value)
{
    put_number(s, value, 8);
}

static void put_double(sink *s, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_u64(s, bits);
}

static void put_header(sink *s, const ctf_series *series, uint64_t length)
{
    put(s, CTFI_SERIES_MAGIC, sizeof CTFI_SERIES_MAGIC - 1);
    put_u32(s, CTFI_SERIES_VERSION);
    put_u32(s, (size_t)(series->resolution / 1000));
    put_u32(s, series->max_values);
    put_u32(s, 0);
    put_u64(s, length);
    put_u64(s, series->roster.n);
    put_u64(s, series->skipped);
    put_u64(s, series->dropped);
}

static size_t unit_index(ctf_text unit)
{
    size_t i = 0;
    while (ctfi_text_compare((ctf_text){ctfi_units[i], strlen(ctfi_units[i])}, unit) != 0)
        i++;
    return i;
}

static void put_identity(sink *s, const ctfi_identity *identity)
{
    put_u32(s, identity->name_space.length);
    put_u32(s, identity->name.length);
    put_u32(s, unit_index(identity->unit));
    put_u32(s, identity->n_dimensions);
    for (size_t i = 0; i < identity->n_dimensions; i++) {
        put_u32(s, identity->dimensions[i].name.length);
        put_u32(s, identity->dimensions[i].value.length);
    }
    put(s, identity->name_space.data, identity->name_space.length);
    put(s, identity->name.data, identity->name.length);
    for (size_t i = 0; i < identity->n_dimensions; i++) {
        put(s, identity->dimensions[i].name.data, identity->dimensions[i].name.length);
        put(s, identity->dimensions[i].value.data, identity->dimensions[i].value.length);
    }
}

static void put_point(sink *s, const ctfi_point *point)
{
    put_u64(s, point->key);
    put_u64(s, point->count);
    if (point->count != 0) {
        put_double(s, point->of.value);
        return;
    }
    const ctfi_summary *summary = point->of.summary;
    put_u64(s, summary->count);
    put_double(s, summary->minimum);
    put_double(s, summary->maximum);
    for (size_t i = 0; i < CTFI_EXACT_LIMBS; i++)
        put_u64(s, summary->sum.limbs[i]);
}

static void put_metric(sink *s, const ctfi_metric *metric)
{
    uint64_t n = 0;
    put_identity(s, &metric->identity);
    for (size_t i = 0; i < metric->points.n; i++)
        n += metric->points.runs[i].n;
    put_u64(s, n);
    for (size_t i = 0; i < metric->points.n; i++)
        for (uint32_t k = 0; k < metric->points.runs[i].n; k++)
            put_point(s, &metric->points.runs[i].points[k]);
}

static void put_series(sink *s, const ctf_series *series, uint64_t length)
{
    const ctfi_roster *roster = &series->roster;
    put_header(s, series, length);
    for (size_t i = 0; i < roster->n_shelves; i++)
        for (size_t k = 0; k < roster->shelves[i].n; k++)
            put_metric(s, roster->shelves[i].metrics[k]);
}

ctf_status ctf_series_save(const ctf_series *series, ctf_write_fn write, void *context)
{
    if (series == NULL || write == NULL)
        return CTF_E_ARGUMENT;
    sink s;
    s.write = NULL;
    s.length = 0;
    put_series(&s, series, 0);
    uint64_t length = s.length + CTFI_SERIES_TRAILER;
    s.write = write;
    s.context = context;
    s.checksum = 0;
    s.used = 0;
    s.stopped = false;
    put_series(&s, series, length);
    if (s.used != 0)
        flush(&s);
    put_u64(&s, s.checksum);
    flush(&s);
    return s.stopped ? CTF_E_STOPPED : CTF_OK;
}
