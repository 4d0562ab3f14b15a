#include "chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* An axis ends there: it leaves room for what is computed of them. */
#define LARGEST 1e300
#define SMALLEST 1e-280
#define STEPS 4

/* Rounded once, so that a tick prints as it is meant. */
static double scaled(int64_t factor, int exponent)
{
    char text[40];
    snprintf(text, sizeof text, "%lldE%d", (long long)factor, exponent);
    return strtod(text, NULL);
}

static double held(double value)
{
    return isnan(value) ? 0.0 : value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
}

/* Equal bounds move apart, and so far that their distance counts. */
static void widen(double *low, double *high)
{
    double size = fabs(*low) > fabs(*high) ? fabs(*low) : fabs(*high);
    if (*high - *low > size * 1e-9 && *high - *low > SMALLEST)
        return;
    double more = size < SMALLEST ? 1.0 : size * 0.1;
    *low -= *low == 0.0 ? 0.0 : more;
    *high += more;
}

static int exponent_of(double value)
{
    int exponent = 0;
    while (value >= 10.0) {
        value /= 10.0;
        exponent++;
    }
    while (value < 1.0) {
        value *= 10.0;
        exponent--;
    }
    return exponent;
}

/* The smallest of 1, 2, 5 times a power of ten with few enough steps over the range. */
static void choose_step(chart_axis *axis, double range, bool whole)
{
    static const int factors[] = {1, 2, 5, 10};
    axis->exponent = exponent_of(range / STEPS);
    size_t i = 0;
    while (i < 3 && scaled(factors[i], axis->exponent) * STEPS < range)
        i++;
    axis->factor = factors[i];
    if (whole && axis->exponent < 0) {
        axis->factor = 1;
        axis->exponent = 0;
    }
}

chart_axis chart_axis_of(double low, double high, bool whole)
{
    chart_axis axis = {held(low), held(low < high ? high : low), 0, 0, 1, 0};
    widen(&axis.low, &axis.high);
    choose_step(&axis, axis.high - axis.low, whole);
    double step = scaled(axis.factor, axis.exponent);
    axis.first = (int64_t)(axis.low / step);
    axis.first -= chart_tick(&axis, axis.first) > axis.low;
    axis.last = (int64_t)(axis.high / step);
    axis.last += chart_tick(&axis, axis.last) < axis.high;
    axis.low = chart_tick(&axis, axis.first);
    axis.high = chart_tick(&axis, axis.last);
    return axis;
}

double chart_tick(const chart_axis *axis, int64_t index)
{
    return scaled(index * axis->factor, axis->exponent);
}

double chart_y(const chart_axis *axis, double value)
{
    double part = (value - axis->low) / (axis->high - axis->low);
    return (1.0 - (part > 1.0 ? 1.0 : part > 0.0 ? part : 0.0)) * CHART_HEIGHT;
}

bool chart_has_threshold(const replay_alarm *alarm)
{
    return alarm->settings->alarm.comparison <= CTF_LESS_OR_EQUAL && isfinite(alarm->settings->alarm.threshold);
}

static bool is_whole(double value)
{
    return fabs(value) < 1e15 && (double)(int64_t)value == value;
}

typedef struct extent {
    double low, high;
    bool any, whole;
} extent;

static void include(extent *e, double value)
{
    e->low = e->any && e->low < value ? e->low : value;
    e->high = e->any && e->high > value ? e->high : value;
    e->whole = e->whole && is_whole(value);
    e->any = true;
}

chart_axis chart_axis_of_alarm(const replay_alarm *alarm)
{
    extent e = {0.0, 0.0, false, true};
    if (chart_has_threshold(alarm))
        include(&e, alarm->settings->alarm.threshold);
    for (size_t i = 0; i < alarm->n_datapoints; i++)
        if (alarm->datapoints[i].available && isfinite(alarm->datapoints[i].value))
            include(&e, alarm->datapoints[i].value);
    if (e.low > 0.0 && e.low < e.high * 0.75) /* near enough to 0 to show how near */
        e.low = 0.0;
    if (e.high < 0.0 && e.high > e.low * 0.75)
        e.high = 0.0;
    return chart_axis_of(e.low, e.high, e.whole);
}
