#include "sparkline.h"

#include "report_words.h"

/* Of two values, does the first come nearer to breaching? */
static bool is_worse(ctf_comparison comparison, double a, double b)
{
    bool low = comparison == CTF_LESS || comparison == CTF_LESS_OR_EQUAL || comparison == CTF_BELOW_BAND;
    return low ? a < b : a > b;
}

static void add(spark *column, const replay_datapoint *point, ctf_comparison comparison)
{
    if (!point->available && column->kind == SPARK_MISSING)
        column->kind = SPARK_UNAVAILABLE;
    if (!point->available)
        return;
    if (column->kind != SPARK_VALUE || is_worse(comparison, point->value, column->value))
        column->value = point->value;
    column->kind = SPARK_VALUE;
    column->breaching = column->breaching || point->breaching;
}

static void summarise(sparkline *line)
{
    for (size_t i = 0; i < line->n; i++) {
        const spark *column = &line->columns[i];
        line->missing = line->missing || column->kind == SPARK_MISSING;
        line->unavailable = line->unavailable || column->kind == SPARK_UNAVAILABLE;
        if (column->kind == SPARK_VALUE && column->value > line->tallest)
            line->tallest = column->value;
    }
}

void sparkline_make(const replay_alarm *alarm, sparkline *out)
{
    uint64_t periods = (alarm->n_periods + SPARKLINE_WIDTH - 1) / SPARKLINE_WIDTH;
    if (periods == 0)
        periods = 1;
    *out = (sparkline){.step = alarm->step * (int64_t)periods};
    out->n = (size_t)((alarm->n_periods + periods - 1) / periods);
    for (size_t i = 0; i < alarm->n_datapoints; i++) {
        const replay_datapoint *point = &alarm->datapoints[i];
        size_t column = (size_t)((point->start - alarm->first) / out->step);
        if (column < out->n)
            add(&out->columns[column], point, alarm->settings->alarm.comparison);
    }
    summarise(out);
}

static const char *mark(const sparkline *line, const spark *column)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (column->kind == SPARK_MISSING)
        return "·";
    if (column->kind == SPARK_UNAVAILABLE)
        return "?";
    if (!(column->value > 0))
        return bars[0];
    size_t height = (size_t)(column->value / line->tallest * 7.0 + 0.5);
    return bars[height > 7 ? 7 : height];
}

void sparkline_append(const sparkline *line, bool colour, blob *out)
{
    for (size_t i = 0; i < line->n; i++) {
        const spark *column = &line->columns[i];
        bool red = colour && column->breaching;
        blob_append_words(out, red ? REPORT_RED : "");
        blob_append_words(out, mark(line, column));
        blob_append_words(out, red ? REPORT_PLAIN : "");
    }
}
