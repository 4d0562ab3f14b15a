/* Metrics: from matching events to samples, series and statistics (spec: metrics-alarms 1 to 3).
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z and may be negative. A datapoint is stamped with
 * the start of its period; start inclusive, end exclusive. */
#ifndef CTFILTER_METRIC_H
#define CTFILTER_METRIC_H

#include <ctfilter/error.h>
#include <ctfilter/filter.h>
#include <ctfilter/match.h>
#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what a metric is ---------------------------------------------------------------------------- */

typedef struct ctf_dimension {
    ctf_text name;
    ctf_text value; /* in a transformation: a selector */
} ctf_dimension;

/* A metric's identity: namespace, name, the full set of dimensions (in any order) and the unit
 * ("Count", "None"; empty means None). Metrics of different units are different metrics (spec 2.2).
 * Namespace, name and the names and values of dimensions are 1 to 4096 bytes of any kind. */
typedef struct ctf_metric {
    ctf_text name_space;
    ctf_text name;
    const ctf_dimension *dimensions;
    size_t n_dimensions;
    ctf_text unit;
} ctf_metric;

#define CTF_MAX_DIMENSIONS 30u

/* ---- statistics ---------------------------------------------------------------------------------- */

typedef enum ctf_statistic_type {
    CTF_SAMPLE_COUNT = 0,
    CTF_SUM,
    CTF_AVERAGE,
    CTF_MINIMUM,
    CTF_MAXIMUM,
    CTF_PERCENTILE,      /* pNN */
    CTF_TRIMMED_MEAN,    /* tmNN, TM(a:b), IQM */
    CTF_WINSORIZED_MEAN, /* wmNN, WM(a:b) */
    CTF_TRIMMED_COUNT,   /* tcNN, TC(a:b) */
    CTF_TRIMMED_SUM,     /* tsNN, TS(a:b) */
    CTF_PERCENTILE_RANK  /* PR(a:b) */
} ctf_statistic_type;

/* Percent bounds count in 1e-10 percent (0 .. 1e12), so that ranks are exact rationals. */
typedef struct ctf_statistic {
    ctf_statistic_type type;
    int absolute;          /* bounds are values, else percents */
    int has_low, has_high;
    uint64_t low_percent, high_percent; /* PERCENTILE: high_percent */
    double low, high;
} ctf_statistic;

/* Reads a statistic's name by the grammar of spec 3.1. CTF_E_ARGUMENT with kind CTF_ERROR_STATISTIC and
 * the place in `text` otherwise. */
CTF_API ctf_status ctf_statistic_parse(ctf_text text, ctf_statistic *out, ctf_error *error);

/* So many samples can be counted: 2^53, up to which a double counts exactly. */
#define CTF_MAX_SAMPLES (UINT64_C(1) << 53)

/* Is it one of the percentile-type statistics that need the single values (spec 3.3)? */
CTF_API int ctf_statistic_needs_values(const ctf_statistic *statistic);

typedef enum ctf_availability {
    CTF_NO_DATAPOINT = 0, /* no sample in the period, or nothing kept */
    CTF_AVAILABLE,
    CTF_UNAVAILABLE       /* the data cannot serve this statistic (spec 3.3) */
} ctf_availability;

typedef struct ctf_datapoint {
    int64_t start;
    ctf_availability availability;
    double value;          /* CTF_AVAILABLE only */
    uint64_t sample_count; /* samples in the period */
} ctf_datapoint;

/* A value and how often it came; a set of samples of which only these four numbers are known. */
typedef struct ctf_value_count {
    double value;
    uint64_t count;
} ctf_value_count;
typedef struct ctf_statistic_set {
    uint64_t sample_count;
    double sum, minimum, maximum;
} ctf_statistic_set;

/* One statistic over samples given directly. `values` has room for n_values + n_sets elements and is
 * overwritten; every count is at least 1. Sums are exact and rounded once. out->start is 0.
 * CTF_E_ARGUMENT for NaN, infinity or |v| > 2^360, for more than CTF_MAX_SAMPLES samples and for a statistic
 * that ctf_statistic_parse would not have made. */
CTF_API ctf_status ctf_statistic_compute(const ctf_statistic *statistic, ctf_value_count *values,
                                         size_t n_values, const ctf_statistic_set *sets, size_t n_sets,
                                         ctf_datapoint *out);

/* ---- series: what a partition of the events yields, mergeable -------------------------------------- */

/* A collection of series, one a metric. Not for two threads at once while one of them changes it; give each
 * thread its own and merge. Functions that take it const may run in several threads at the same time.
 *
 * What a series holds, and with it every byte that ctf_series_save writes, is a function of the samples and of
 * its options alone: it does not depend on the order in which samples came, on the partition of them among
 * series, or on the order of merging. That holds for sums, which are exact, for max_values and for max_metrics.
 *
 * Memory: 24 bytes for each different value of each bucket (step of the resolution and arrival) of a metric,
 * twice that at worst; 300 to 500 bytes and its texts for a metric. */
typedef struct ctf_series ctf_series;

/* Options; size = sizeof(ctf_series_options), 0 means the default. */
typedef struct ctf_series_options {
    size_t size;
    const ctf_allocator *allocator;
    uint32_t resolution;  /* seconds a step: 60 (default) or 10, which serves periods of 10, 20 and 30 s */
    uint32_t max_metrics; /* default 100,000: dimension values come from attackers. When there are more, those
                             without dimensions stay before those with, and among these the ones whose
                             identity has the smaller hash: as good as by lot, and always the same ones. The
                             samples of the others are counted in `dropped` */
    uint32_t max_values;  /* different values a bucket keeps; 0 (default): all, as percentile-type statistics
                             need them. A bucket with more becomes their count, sum, least and largest, 256
                             bytes, and makes percentile-type statistics unavailable for its period */
} ctf_series_options;

/* CTF_E_ARGUMENT for options of an unknown size or another resolution; CTF_E_NOMEM. options may be NULL. */
CTF_API ctf_status ctf_series_new(const ctf_series_options *options, ctf_series **out);
CTF_API void ctf_series_free(ctf_series *series);

/* A sample that arrives when it is stamped. */
#define CTF_ON_TIME INT64_MIN

/* Samples are stamped within 21,500 years of 1970; milliseconds. */
#define CTF_TIME_MAX INT64_C(680000000000000)

/* Adds `count` samples of one value. `arrival` is when the sample becomes visible to alarms (replay's
 * delivery model, spec 4.4), CTF_ON_TIME usually. It is rounded up to a multiple of the resolution, is never
 * before the end of the step that the sample is stamped in, and counts as 42 years (255 at 60 s) where it is
 * later than that. CTF_E_ARGUMENT for a NaN, an infinity, |value| > 2^360, count 0, |timestamp| > CTF_TIME_MAX
 * or a broken metric; CTF_E_LIMIT beyond CTF_MAX_SAMPLES; CTF_E_NOMEM; the series is then unchanged. */
CTF_API ctf_status ctf_series_add(ctf_series *series, const ctf_metric *metric, int64_t timestamp,
                                  int64_t arrival, double value, uint64_t count);

/* Adds all of `from`, another series with the same resolution and max_values (CTF_E_ARGUMENT). Merging is
 * associative and commutative to the bit. CTF_E_LIMIT beyond CTF_MAX_SAMPLES, unchanged. On CTF_E_NOMEM `into`
 * holds a part; free it. */
CTF_API ctf_status ctf_series_merge(ctf_series *into, const ctf_series *from);

/* Bytes that another process can load, the same on every machine. CTF_E_STOPPED when the writer stops. */
CTF_API ctf_status ctf_series_save(const ctf_series *series, ctf_write_fn write, void *context);

/* Refuses foreign or damaged bytes with CTF_E_PROGRAM and the offset, and never trusts a length in them: what
 * it accepts is what ctf_series_save would write of the result. Resolution and max_values are those of the
 * bytes (CTF_E_ARGUMENT where the options say another resolution); options may be NULL. */
CTF_API ctf_status ctf_series_load(const void *bytes, size_t length, const ctf_series_options *options,
                                   ctf_series **out, ctf_error *error);

/* Counters that samples leave behind; merged like the rest. */
typedef struct ctf_series_info {
    size_t n_metrics;
    uint64_t samples;    /* held */
    uint64_t skipped;    /* matches without a usable value (spec 1.2) */
    uint64_t dropped;    /* samples beyond max_metrics */
    int64_t first, last; /* starts of the steps of the earliest and latest sample held; last < first when there
                            is none */
    uint32_t resolution; /* seconds */
    uint32_t max_values;
} ctf_series_info;
CTF_API void ctf_series_describe(const ctf_series *series, ctf_series_info *out);

/* The i-th metric in canonical order (namespace, name, dimensions sorted by name, unit; bytewise); views live
 * until the series changes; the unit is "None" where none was given. And the index of a metric: CTF_OK, or
 * CTF_E_ABSENT when it has no sample. CTF_E_ARGUMENT for an index that is none and a broken metric. */
CTF_API ctf_status ctf_series_metric(const ctf_series *series, size_t index, ctf_metric *out);
CTF_API ctf_status ctf_series_find(const ctf_series *series, const ctf_metric *metric, size_t *index);

/* A statistic over the samples of [start, end) that had arrived by `seen_at` (INT64_MAX: all). start <= end
 * are multiples of the resolution. Percentile-type statistics need working memory from the series' allocator,
 * 32 bytes for each different value of each bucket: CTF_E_NOMEM. out->start is `start`. */
CTF_API ctf_status ctf_series_statistic(const ctf_series *series, size_t index, const ctf_statistic *statistic,
                                        int64_t start, int64_t end, int64_t seen_at, ctf_datapoint *out);

/* The start of the first step at or behind `from` that holds a sample; CTF_E_ABSENT when there is none. */
CTF_API ctf_status ctf_series_next(const ctf_series *series, size_t index, int64_t from, int64_t *start);

/* ---- metric filters: from events to samples ------------------------------------------------------- */

#define CTF_EMIT_ACCOUNT 1u /* @aws.account */
#define CTF_EMIT_REGION 2u  /* @aws.region */

/* PutMetricFilter's input (spec 1.1), AWS's names. The texts are read during ctf_metrics_compile only. */
typedef struct ctf_metric_filter {
    ctf_text filter_name;
    ctf_text filter_pattern;
    ctf_text metric_namespace;
    ctf_text metric_name;
    ctf_text metric_value; /* "1", "$.latency", "$bytes", "$3" */
    int has_default;       /* not beside dimensions */
    double default_value;
    const ctf_dimension *dimensions;
    size_t n_dimensions;
    uint32_t emit_system_dimensions; /* CTF_EMIT_*; 3 dimensions with them */
    ctf_text unit;                   /* empty: None */
} ctf_metric_filter;

/* Metric filters compiled together: a ctf_filter and what its hits publish. Immutable, shared by threads. */
typedef struct ctf_metrics ctf_metrics;

/* Validates as PutMetricFilter does and compiles n filters (1 to CTF_MAX_PATTERNS). Errors: of a pattern as
 * ctf_filter_compile; of a transformation, its selectors included, CTF_E_ARGUMENT with kind
 * CTF_ERROR_VALIDATION and the service's text in `service` where it is known; both with error->pattern the
 * index of the filter. The first filter with a bad transformation is told before any bad pattern. */
CTF_API ctf_status ctf_metrics_compile(const ctf_metric_filter *filters, size_t n, const ctf_options *options,
                                       ctf_metrics **out, ctf_error *error);
CTF_API void ctf_metrics_free(ctf_metrics *metrics);

/* The filter to make scratches for; pattern i is filter i. Lives as long as the metrics. What filter i
 * extracts (ctf_scratch_value) is its metric value where that is a selector, then its dimensions in the
 * caller's order. */
CTF_API const ctf_filter *ctf_metrics_filter(const ctf_metrics *metrics);

/* What an event is besides its message. */
typedef struct ctf_log_event {
    int64_t timestamp;
    int64_t arrival;  /* CTF_ON_TIME usually */
    ctf_text account; /* for the system dimensions; empty where unknown */
    ctf_text region;
} ctf_log_event;

/* Adds what the last message of `scratch`, which gave `hits`, publishes (spec 1.2): for every metric filter at
 * most one sample, stamped with the minute of the event. Call it for every message, matching or not, for a
 * default value counts the others. A match without a usable value adds to the series' `skipped`. CTF_E_ARGUMENT
 * also for |timestamp| > CTF_TIME_MAX; CTF_E_LIMIT, CTF_E_NOMEM: some filters may have added theirs. */
CTF_API ctf_status ctf_metrics_record(const ctf_metrics *metrics, const ctf_scratch *scratch,
                                      const ctf_hits *hits, const ctf_log_event *event, ctf_series *into);

/* What `count` messages publish that no filter matched and that share a time: their default values. The same as
 * ctf_metrics_record for each of them, for callers that count such messages by the minute. */
CTF_API ctf_status ctf_metrics_record_misses(const ctf_metrics *metrics, const ctf_log_event *event,
                                             uint64_t count, ctf_series *into);

#ifdef __cplusplus
}
#endif

#endif
