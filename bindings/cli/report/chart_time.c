#include "chart.h"

#include "base/time.h"

#define MINUTE CTFI_MINUTE
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define MOST_LABELS 8

chart_span chart_span_of(int64_t from, int64_t to)
{
    if (to > from)
        return (chart_span){from, to};
    return from < INT64_MAX ? (chart_span){from, from + 1} : (chart_span){from - 1, from};
}

chart_span chart_span_of_alarm(const replay_alarm *alarm, const replay_model *model)
{
    int64_t n = (int64_t)chart_periods(alarm);
    return n > 0 ? chart_span_of(alarm->first, alarm->first + n * alarm->step) : chart_span_of(model->from, model->to);
}

double chart_x(const chart_span *span, int64_t time)
{
    if (time <= span->from)
        return 0.0;
    if (time >= span->to)
        return CHART_WIDTH;
    return ((double)time - (double)span->from) / ((double)span->to - (double)span->from) * CHART_WIDTH;
}

chart_calendar chart_calendar_of(const chart_span *span)
{
    static const int64_t steps[] = {
        1,           2,           5,           10,          20,          50,       100,      200,      500,
        1000,        2000,        5000,        10000,       15000,       30000,    MINUTE,   2 * MINUTE,
        5 * MINUTE,  10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,        2 * HOUR, 3 * HOUR, 6 * HOUR,
        12 * HOUR,   DAY,         2 * DAY,     5 * DAY,     7 * DAY,     14 * DAY};
    static const int64_t months[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000};
    uint64_t length = (uint64_t)span->to - (uint64_t)span->from;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (length / (uint64_t)steps[i] < MOST_LABELS)
            return (chart_calendar){steps[i], false};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        if (length / (uint64_t)(months[i] * 30 * DAY) < MOST_LABELS)
            return (chart_calendar){months[i], true};
    return (chart_calendar){INT64_C(120000), true};
}

/* The first month that the calendar names at or behind a month's first day. */
static int64_t next_month(const chart_calendar *calendar, int64_t time)
{
    for (;;) {
        ctfi_date date = ctfi_date_of(time);
        int64_t month = date.year * 12 + (int64_t)date.month - 1;
        if (month % calendar->step == 0 || time > INT64_MAX - 64 * DAY)
            return time;
        time = ctfi_floor_to(time, DAY) + 32 * DAY; /* somewhere in the next */
        time -= ((int64_t)ctfi_date_of(time).day - 1) * DAY;
    }
}

int64_t chart_calendar_next(const chart_calendar *calendar, int64_t time)
{
    int64_t unit = calendar->months ? DAY : calendar->step;
    int64_t at = ctfi_floor_to(time, unit);
    if (at < time)
        at = at > INT64_MAX - unit ? INT64_MAX : at + unit;
    if (!calendar->months || at > INT64_MAX - 64 * DAY)
        return at;
    if (ctfi_date_of(at).day != 1) {
        at += 32 * DAY - ((int64_t)ctfi_date_of(at).day - 1) * DAY;
        at -= ((int64_t)ctfi_date_of(at).day - 1) * DAY;
    }
    return next_month(calendar, at);
}
