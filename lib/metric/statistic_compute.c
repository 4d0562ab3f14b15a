/* Samples given directly, single or as sets: checked, added up, put in order. */
#include "metric/statistic.h"

#include <stdbool.h>

/* Zero has one sign, or the least of several zeros would depend on their order. */
static double unsign(double value)
{
    return value + 0.0;
}

/* A set counts as copies of its minimum where all its samples must have been that (spec 3.3). */
static bool set_is_uniform(const ctf_statistic_set *set)
{
    ctfi_exact copies = {{0}};
    ctfi_exact_add(&copies, set->minimum, set->sample_count);
    return set->minimum == set->maximum && ctfi_exact_double(&copies) == set->sum;
}

static void add_set(ctfi_summary *summary, const ctf_statistic_set *set)
{
    ctfi_summary one = {.count = set->sample_count, .minimum = unsign(set->minimum),
                        .maximum = unsign(set->maximum), .unusable = !set_is_uniform(set)};
    ctfi_exact_add(&one.sum, set->sum, 1);
    ctfi_summary_merge(summary, &one);
}

static bool set_is_valid(const ctf_statistic_set *set)
{
    return set->sample_count != 0 && ctfi_value_is_valid(set->sum) && ctfi_value_is_valid(set->minimum) &&
           ctfi_value_is_valid(set->maximum) && set->minimum <= set->maximum;
}

/* Can `more` samples be counted beside those of the summary? */
static bool has_room(const ctfi_summary *summary, uint64_t more)
{
    return more != 0 && more <= CTF_MAX_SAMPLES - summary->count;
}

static bool take_values(ctfi_summary *summary, ctf_value_count *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!ctfi_value_is_valid(values[i].value) || !has_room(summary, values[i].count))
            return false;
        values[i].value = unsign(values[i].value);
        ctfi_summary_add(summary, values[i].value, values[i].count);
    }
    return true;
}

/* `values` gets the sets as copies of their minimum, which is what they are where it is asked for. */
static bool take_sets(ctfi_summary *summary, const ctf_statistic_set *sets, size_t n, ctf_value_count *values)
{
    for (size_t i = 0; i < n; i++) {
        if (!set_is_valid(&sets[i]) || !has_room(summary, sets[i].sample_count))
            return false;
        add_set(summary, &sets[i]);
        values[i] = (ctf_value_count){unsign(sets[i].minimum), sets[i].sample_count};
    }
    return true;
}

ctf_status ctf_statistic_compute(const ctf_statistic *statistic, ctf_value_count *values, size_t n_values,
                                 const ctf_statistic_set *sets, size_t n_sets, ctf_datapoint *out)
{
    ctfi_summary summary = {0};
    if (out == NULL)
        return CTF_E_ARGUMENT;
    *out = (ctf_datapoint){0};
    if (statistic == NULL || !ctfi_statistic_is_valid(statistic) ||
        (values == NULL && (n_values > 0 || n_sets > 0)) || (sets == NULL && n_sets != 0))
        return CTF_E_ARGUMENT;
    if (!take_values(&summary, values, n_values) ||
        !take_sets(&summary, sets, n_sets, n_sets == 0 ? values : values + n_values))
        return CTF_E_ARGUMENT;
    ctfi_values_sort(values, n_values + n_sets);
    *out = ctfi_statistic_answer(statistic, &summary, values, n_values + n_sets);
    return CTF_OK;
}
