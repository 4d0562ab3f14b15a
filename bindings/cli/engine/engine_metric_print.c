#include "engine_metric_print.h"

#include "base/time.h"
#include "diag.h"
#include "engine_request.h"

/* A period of a metric. */
typedef struct spot {
    const ctf_series *series;
    size_t metric;
    int64_t start, end;
} spot;

static ctf_datapoint ask(const spot *s, ctf_statistic_type type)
{
    ctf_statistic statistic = {.type = type};
    ctf_datapoint datapoint;
    if (ctf_series_statistic(s->series, s->metric, &statistic, s->start, s->end, INT64_MAX, &datapoint) !=
        CTF_OK)
        need_failed();
    return datapoint;
}

static void print_value(json_out *out, const char *key, const spot *s, ctf_statistic_type type)
{
    json_key(out, key);
    engine_number(out, ask(s, type).value);
}

static void print_dimensions(json_out *out, const ctf_metric *metric)
{
    json_key(out, "dimensions");
    json_open(out, '{');
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        json_key_text(out, metric->dimensions[i].name);
        json_string(out, metric->dimensions[i].value);
    }
    json_close(out, '}');
}

static void print_counts(json_out *out, const spot *s)
{
    json_key(out, "sample_count");
    json_unsigned(out, ask(s, CTF_SUM).sample_count);
    print_value(out, "sum", s, CTF_SUM);
    print_value(out, "minimum", s, CTF_MINIMUM);
    print_value(out, "maximum", s, CTF_MAXIMUM);
}

/* What is printed of a period; `metric` is its metric. */
typedef void (*print_fn)(json_out *out, const spot *s, const ctf_metric *metric);

static void print_minute(json_out *out, const spot *s, const ctf_metric *metric)
{
    json_key(out, "timestamp");
    json_signed(out, s->start);
    print_dimensions(out, metric);
    print_counts(out, s);
}

static void print_minute_with_unit(json_out *out, const spot *s, const ctf_metric *metric)
{
    print_minute(out, s, metric);
    json_key(out, "unit");
    json_string(out, metric->unit);
}

static void print_period(json_out *out, const spot *s, const ctf_metric *metric)
{
    (void)metric;
    json_key(out, "start");
    json_signed(out, s->start);
    print_counts(out, s);
    print_value(out, "average", s, CTF_AVERAGE);
}

/* All periods of one metric that hold a sample. */
static void print_metric(json_out *out, const ctf_series *series, size_t index, int64_t period, print_fn print)
{
    ctf_metric metric;
    int64_t at = -CTF_TIME_MAX;
    if (ctf_series_metric(series, index, &metric) != CTF_OK)
        return;
    while (ctf_series_next(series, index, at, &at) == CTF_OK) {
        int64_t start = ctfi_floor_to(at, period);
        spot s = {series, index, start, start + period};
        json_open(out, '{');
        print(out, &s, &metric);
        json_close(out, '}');
        at = s.end;
    }
}

static void print_all(json_out *out, const char *key, const ctf_series *series, int64_t period, print_fn print)
{
    ctf_series_info info;
    ctf_series_describe(series, &info);
    json_key(out, key);
    json_open(out, '[');
    for (size_t i = 0; i < info.n_metrics; i++)
        print_metric(out, series, i, period, print);
    json_close(out, ']');
}

void engine_print_minutes(json_out *out, const ctf_series *series, bool with_unit)
{
    print_all(out, "datapoints", series, CTFI_MINUTE, with_unit ? print_minute_with_unit : print_minute);
}

void engine_print_periods(json_out *out, const ctf_series *series, int64_t period)
{
    print_all(out, "periods", series, period, print_period);
}
