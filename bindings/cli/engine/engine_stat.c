#include "engine_stat.h"

#include <stdlib.h>

#include "diag.h"
#include "engine_request.h"

/* The samples of a request. `values` has room for a set's copies too. */
typedef struct samples {
    ctf_value_count *values;
    size_t n_values;
    ctf_statistic_set *sets;
    size_t n_sets;
} samples;

static bool is_list(const json_value *value)
{
    return value == NULL || json_is(value, JSON_ARRAY);
}

static bool read_values(const json_value *list, const json_value *counts, samples *s)
{
    const json_value *count = counts == NULL ? NULL : counts->first;
    for (const json_value *value = list == NULL ? NULL : list->first; value != NULL; value = value->next) {
        ctf_value_count *to = &s->values[s->n_values++];
        int64_t n = 1;
        if (!request_number(value, &to->value) || (counts != NULL && !request_whole(count, 1, INT64_MAX, &n)))
            return false;
        to->count = (uint64_t)n;
        count = count == NULL ? NULL : count->next;
    }
    return count == NULL;
}

static bool read_sets(const json_value *list, samples *s)
{
    for (const json_value *set = list == NULL ? NULL : list->first; set != NULL; set = set->next) {
        ctf_statistic_set *to = &s->sets[s->n_sets++];
        int64_t n;
        if (!request_whole(json_get(set, "SampleCount"), 1, INT64_MAX, &n) ||
            !request_number(json_get(set, "Sum"), &to->sum) ||
            !request_number(json_get(set, "Minimum"), &to->minimum) ||
            !request_number(json_get(set, "Maximum"), &to->maximum))
            return false;
        to->sample_count = (uint64_t)n;
    }
    return true;
}

static bool read_samples(const json_value *request, samples *s)
{
    const json_value *values = json_get(request, "samples"), *counts = json_get(request, "counts");
    const json_value *sets = json_get(request, "statistic_sets");
    if (!is_list(values) || !is_list(counts) || !is_list(sets))
        return false;
    size_t n_values = values == NULL ? 0 : values->n, n_sets = sets == NULL ? 0 : sets->n;
    s->values = need(n_values + n_sets + 1, sizeof *s->values);
    s->sets = need(n_sets + 1, sizeof *s->sets);
    return read_values(values, counts, s) && read_sets(sets, s);
}

static void print_datapoint(const ctf_datapoint *datapoint, json_out *out)
{
    json_key(out, "value");
    if (datapoint->availability == CTF_AVAILABLE) {
        engine_number(out, datapoint->value);
        return;
    }
    json_null(out);
    json_key(out, "null");
    json_words(out, datapoint->availability == CTF_UNAVAILABLE ? "unavailable" : "no datapoint");
}

static void compute(const json_value *request, const ctf_statistic *statistic, json_out *out)
{
    samples s = {0};
    ctf_datapoint datapoint;
    if (!read_samples(request, &s) ||
        ctf_statistic_compute(statistic, s.values, s.n_values, s.sets, s.n_sets, &datapoint) != CTF_OK)
        engine_refuse(out, "samples are numbers with counts of at least 1, statistic_sets have SampleCount, "
                           "Sum, Minimum and Maximum");
    else
        print_datapoint(&datapoint, out);
    free(s.values);
    free(s.sets);
}

void engine_stat(const cli_engine *engine, const json_value *request, json_out *out)
{
    ctf_statistic statistic;
    ctf_text name;
    ctf_error error;
    (void)engine;
    if (!request_text(json_get(request, "statistic"), &name))
        engine_refuse(out, "a stat request has a statistic");
    else if (ctf_statistic_parse(name, &statistic, &error) != CTF_OK)
        engine_fail(out, &error);
    else
        compute(request, &statistic, out);
}
