/* Every CloudWatch statistic over sorted values with counts (spec: metrics-alarms 3). */
#ifndef CTFI_METRIC_STATISTIC_H
#define CTFI_METRIC_STATISTIC_H

#include <ctfilter/metric.h>

#include "metric/exact.h"

/* |value| beyond this is refused (spec: metrics-alarms 2.1): 2^360. */
#define CTFI_VALUE_MAX 0x1p360

/* What the plain statistics need of a period. */
typedef struct ctfi_summary {
    uint64_t count;
    double minimum, maximum; /* of no meaning while count is 0 */
    ctfi_exact sum;
    int unusable;            /* a set among the samples cannot serve the percentile-type statistics (3.3) */
} ctfi_summary;

void ctfi_summary_add(ctfi_summary *summary, double value, uint64_t count);
void ctfi_summary_merge(ctfi_summary *summary, const ctfi_summary *other);

/* Answers from the summary, and for percentile-type statistics from the `n` values behind it, ascending. */
ctf_datapoint ctfi_statistic_answer(const ctf_statistic *statistic, const ctfi_summary *summary,
                                    const ctf_value_count *values, size_t n);

/* Sorts by value. In place, never quadratic. */
void ctfi_values_sort(ctf_value_count *values, size_t n);

/* Is it a statistic as ctf_statistic_parse makes them? */
int ctfi_statistic_is_valid(const ctf_statistic *statistic);

/* Is it a value that a metric can hold? */
int ctfi_value_is_valid(double value);

#endif
