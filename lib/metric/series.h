/* The store behind ctf_series. Only series*.c and cursor.c look inside. */
#ifndef CTFI_METRIC_SERIES_H
#define CTFI_METRIC_SERIES_H

#include "metric/key.h"
#include "metric/roster.h"

struct ctf_series {
    ctf_allocator allocator;
    int64_t resolution; /* ms */
    uint32_t max_metrics, max_values;
    ctfi_roster roster;
    uint64_t samples, skipped, dropped; /* samples + dropped and skipped stay within CTF_MAX_SAMPLES */
};

/* What is added at once: one value `count` times, or with count 0 a summary. */
typedef struct ctfi_sample {
    uint64_t key;
    double value;
    uint64_t count;
    const ctfi_summary *summary;
} ctfi_sample;

/* How many samples that are. */
static inline uint64_t ctfi_sample_size(const ctfi_sample *sample)
{
    return sample->count != 0 ? sample->count : sample->summary->count;
}

/* Adds to the metric of an identity; *metric is where it went, or NULL when it was dropped. The caller has
 * seen to CTF_MAX_SAMPLES. CTF_E_NOMEM leaves the series as it is. */
ctf_status ctfi_series_put(ctf_series *series, const ctfi_identity *identity, const ctfi_sample *sample,
                           ctfi_metric **metric);

/* Adds to a metric of the series. */
ctf_status ctfi_series_put_more(ctf_series *series, ctfi_metric *metric, const ctfi_sample *sample);

/* Can `more` samples be counted? */
static inline bool ctfi_series_has_room(const ctf_series *series, uint64_t more)
{
    return more <= CTF_MAX_SAMPLES - series->samples - series->dropped;
}

#endif
