/* Answers from values in order: what is kept, and what is made of it. */
#include "metric/statistic.h"

#include <stdbool.h>
#include <string.h>

#define WHOLE UINT64_C(1000000000000) /* 100 %, in 1e-10 percent */

int ctfi_value_is_valid(double value)
{
    return value >= -CTFI_VALUE_MAX && value <= CTFI_VALUE_MAX;
}

static bool percent_is_valid(int has, uint64_t percent)
{
    return !has || percent <= WHOLE;
}

int ctfi_statistic_is_valid(const ctf_statistic *s)
{
    bool known = s->type >= CTF_SAMPLE_COUNT && s->type <= CTF_PERCENTILE_RANK;
    bool values =
        (!s->has_low || ctfi_value_is_valid(s->low)) && (!s->has_high || ctfi_value_is_valid(s->high));
    bool percents =
        percent_is_valid(s->has_low, s->low_percent) && percent_is_valid(s->has_high, s->high_percent);
    if (!known || !ctf_statistic_needs_values(s))
        return known;
    if (s->type == CTF_PERCENTILE)
        return percents && s->has_high && !s->has_low && !s->absolute;
    return (s->absolute ? values : percents && s->type != CTF_PERCENTILE_RANK) && (s->has_low || s->has_high);
}

void ctfi_summary_add(ctfi_summary *summary, double value, uint64_t count)
{
    if (summary->count == 0 || value < summary->minimum)
        summary->minimum = value;
    if (summary->count == 0 || value > summary->maximum)
        summary->maximum = value;
    summary->count += count;
    ctfi_exact_add(&summary->sum, value, count);
}

void ctfi_summary_merge(ctfi_summary *summary, const ctfi_summary *other)
{
    summary->unusable |= other->unusable;
    if (other->count == 0)
        return;
    if (summary->count == 0 || other->minimum < summary->minimum)
        summary->minimum = other->minimum;
    if (summary->count == 0 || other->maximum > summary->maximum)
        summary->maximum = other->maximum;
    summary->count += other->count;
    ctfi_exact_merge(&summary->sum, &other->sum);
}

int ctf_statistic_needs_values(const ctf_statistic *statistic)
{
    return statistic != NULL && statistic->type >= CTF_PERCENTILE;
}

/* What is kept of the sorted values: ranks first .. last (from 1), none when last < first. */
typedef struct kept {
    uint64_t first, last;
    double lowest, highest; /* the kept values at both ends */
    ctfi_exact sum;
} kept;

static uint64_t floor_rank(uint64_t percent, uint64_t count)
{
    int inexact;
    return ctfi_multiply_divide(percent, count, WHOLE, &inexact);
}

static uint64_t ceiling_rank(uint64_t percent, uint64_t count)
{
    int inexact;
    uint64_t rank = ctfi_multiply_divide(percent, count, WHOLE, &inexact);
    return rank + (inexact != 0);
}

/* The value of a rank, 1 .. count. */
static double value_at_rank(const ctf_value_count *values, uint64_t rank)
{
    while (rank > values->count) {
        rank -= values->count;
        values++;
    }
    return values->value;
}

static void keep(kept *k, double value, uint64_t rank, uint64_t count)
{
    if (k->last < k->first) {
        k->first = rank;
        k->lowest = value;
    }
    k->last = rank + count - 1;
    k->highest = value;
    ctfi_exact_add(&k->sum, value, count);
}

/* Ranks floor(a n / 100) + 1 .. ceil(b n / 100) (spec 3.2, decision D7). */
static kept keep_percent(const ctf_statistic *s, const ctf_value_count *values, size_t n, uint64_t count)
{
    kept k = {.first = 1};
    uint64_t first = s->has_low ? floor_rank(s->low_percent, count) + 1 : 1;
    uint64_t last = s->has_high ? ceiling_rank(s->high_percent, count) : count;
    uint64_t rank = 1;
    for (size_t i = 0; i < n; rank += values[i++].count) {
        uint64_t from = rank > first ? rank : first;
        uint64_t to = rank + values[i].count - 1 < last ? rank + values[i].count - 1 : last;
        if (from <= to)
            keep(&k, values[i].value, from, to - from + 1);
    }
    return k;
}

/* The lower bound is exclusive, the upper one inclusive. */
static bool in_bounds(const ctf_statistic *s, double value)
{
    return (!s->has_low || value > s->low) && (!s->has_high || value <= s->high);
}

static kept keep_absolute(const ctf_statistic *s, const ctf_value_count *values, size_t n)
{
    kept k = {.first = 1};
    uint64_t rank = 1;
    for (size_t i = 0; i < n; rank += values[i++].count)
        if (in_bounds(s, values[i].value))
            keep(&k, values[i].value, rank, values[i].count);
    return k;
}

static double clamp(const ctf_statistic *s, double value)
{
    if (s->has_low && value < s->low)
        return s->low;
    return s->has_high && value > s->high ? s->high : value;
}

/* The mean over all values, the cut ones replaced by the nearest kept one (percent), or clamped. */
static double winsorized(const ctf_statistic *s, const ctf_value_count *values, size_t n, const kept *k,
                         uint64_t count)
{
    ctfi_exact sum = {{0}};
    if (s->absolute) {
        for (size_t i = 0; i < n; i++)
            ctfi_exact_add(&sum, clamp(s, values[i].value), values[i].count);
    } else {
        sum = k->sum;
        ctfi_exact_add(&sum, k->lowest, k->first - 1);
        ctfi_exact_add(&sum, k->highest, count - k->last);
    }
    return ctfi_exact_mean(&sum, count);
}

/* Percentile-type statistics over at least one value. */
static ctf_datapoint trimmed(const ctf_statistic *s, const ctf_value_count *values, size_t n, ctf_datapoint out)
{
    uint64_t count = out.sample_count;
    kept k = s->absolute ? keep_absolute(s, values, n) : keep_percent(s, values, n, count);
    uint64_t n_kept = k.last + 1 - k.first;
    bool needs_some = s->type == CTF_TRIMMED_MEAN || (s->type == CTF_WINSORIZED_MEAN && !s->absolute);
    out.availability = needs_some && n_kept == 0 ? CTF_NO_DATAPOINT : CTF_AVAILABLE;
    if (out.availability != CTF_AVAILABLE)
        return out;
    if (s->type == CTF_TRIMMED_COUNT)
        out.value = (double)n_kept;
    else if (s->type == CTF_TRIMMED_SUM)
        out.value = ctfi_exact_double(&k.sum);
    else if (s->type == CTF_TRIMMED_MEAN)
        out.value = ctfi_exact_mean(&k.sum, n_kept);
    else if (s->type == CTF_WINSORIZED_MEAN)
        out.value = winsorized(s, values, n, &k, count);
    else
        out.value = 100.0 * (double)n_kept / (double)count;
    return out;
}

static double percentile(const ctf_statistic *s, const ctf_value_count *values, uint64_t count)
{
    uint64_t rank = ceiling_rank(s->high_percent, count);
    return value_at_rank(values, rank < 1 ? 1 : rank > count ? count : rank);
}

static double plain(ctf_statistic_type type, const ctfi_summary *summary)
{
    switch (type) {
    case CTF_SAMPLE_COUNT:
        return (double)summary->count;
    case CTF_SUM:
        return ctfi_exact_double(&summary->sum);
    case CTF_AVERAGE:
        return ctfi_exact_mean(&summary->sum, summary->count);
    case CTF_MINIMUM:
        return summary->minimum;
    default:
        return summary->maximum;
    }
}

ctf_datapoint ctfi_statistic_answer(const ctf_statistic *statistic, const ctfi_summary *summary,
                                    const ctf_value_count *values, size_t n)
{
    ctf_datapoint out = {.availability = CTF_NO_DATAPOINT, .sample_count = summary->count};
    if (summary->count == 0)
        return out;
    out.availability = CTF_AVAILABLE;
    if (!ctf_statistic_needs_values(statistic)) {
        out.value = plain(statistic->type, summary);
        return out;
    }
    if (summary->unusable || summary->minimum < 0) {
        out.availability = CTF_UNAVAILABLE;
        return out;
    }
    if (statistic->type != CTF_PERCENTILE)
        return trimmed(statistic, values, n, out);
    out.value = percentile(statistic, values, summary->count);
    return out;
}

static void sink(ctf_value_count *heap, size_t at, size_t n)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && heap[child].value < heap[child + 1].value;
        if (!(heap[at].value < heap[child].value))
            return;
        ctf_value_count moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
    }
}

void ctfi_values_sort(ctf_value_count *values, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(values, i, n);
    for (; n > 1; n--) {
        ctf_value_count last = values[n - 1];
        values[n - 1] = values[0];
        values[0] = last;
        sink(values, 0, n - 1);
    }
}
