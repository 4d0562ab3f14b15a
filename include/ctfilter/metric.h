/* Metrics: samples and their statistics (spec: metrics-alarms 3).
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z and may be negative. A datapoint is stamped with
 * the start of its period; start inclusive, end exclusive. */
#ifndef CTFILTER_METRIC_H
#define CTFILTER_METRIC_H

#include <ctfilter/error.h>
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
 * ("Count", "None"; empty means None). Metrics of different units are different metrics (spec 2.2). */
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
CTF_API ctf_status ctf_statistic_compute(const ctf_statistic *statistic, ctf_value_count *values, size_t n_values,
                                         const ctf_statistic_set *sets, size_t n_sets, ctf_datapoint *out);

#ifdef __cplusplus
}
#endif

#endif
