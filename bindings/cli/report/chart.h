/* How a chart is laid out: times to columns, values to heights, many periods to few cells.
 *
 * The plot is CHART_WIDTH columns wide and CHART_HEIGHT high, whatever it shows: what a chart costs in
 * bytes is bounded by its columns and not by its datapoints. All coordinates are finite. */
#ifndef CLI_CHART_H
#define CLI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replay_model.h"

#define CHART_WIDTH 880
#define CHART_HEIGHT 150

/* The periods of an alarm's grid, as many of them as times can tell apart. */
uint64_t chart_periods(const replay_alarm *alarm);

/* ---- times --------------------------------------------------------------------------------------- */

/* The time from the left edge to the right. */
typedef struct chart_span {
    int64_t from, to;
} chart_span;

/* Of an alarm: its grid. An empty span becomes a millisecond. */
chart_span chart_span_of(int64_t from, int64_t to);
chart_span chart_span_of_alarm(const replay_alarm *alarm, const replay_model *model);

/* Between 0 and CHART_WIDTH. */
double chart_x(const chart_span *span, int64_t time);

/* Where the axis of times is labelled. A step is a length in ms, or of months in months. */
typedef struct chart_calendar {
    int64_t step;
    bool months;
} chart_calendar;

/* A step with which a span has few labels, and at least one for most spans. */
chart_calendar chart_calendar_of(const chart_span *span);

/* The first label at or behind a time. */
int64_t chart_calendar_next(const chart_calendar *calendar, int64_t time);

/* ---- values -------------------------------------------------------------------------------------- */

/* The axis of values: its ticks are first .. last times factor * 10^exponent, the outer ones the edges. */
typedef struct chart_axis {
    double low, high;
    int64_t first, last;
    int factor, exponent;
} chart_axis;

/* An axis that shows low .. high (or low alone); `whole`: with ticks at whole numbers only. */
chart_axis chart_axis_of(double low, double high, bool whole);

/* The axis of an alarm's datapoints and its threshold. */
chart_axis chart_axis_of_alarm(const replay_alarm *alarm);

double chart_tick(const chart_axis *axis, int64_t index); /* first <= index <= last */
double chart_y(const chart_axis *axis, double value);     /* between 0 (high) and CHART_HEIGHT (low) */

/* Has the alarm one threshold (and not a band of them)? */
bool chart_has_threshold(const replay_alarm *alarm);

/* ---- cells --------------------------------------------------------------------------------------- */

/* One period, or as many neighbours as share a column. */
typedef struct chart_cell {
    uint64_t periods;
    uint64_t points;   /* periods with a value that can be drawn */
    uint64_t unusable; /* periods whose samples cannot serve the statistic */
    uint64_t samples;
    int64_t start;
    double first, last, lowest, highest; /* of the points */
    bool breaching;                      /* some point is */
    double worst;                        /* the breaching value that is farthest over the threshold */
} chart_cell;

typedef struct chart_cells {
    size_t n;   /* at most CHART_WIDTH; 0 without periods */
    bool exact; /* a cell is a period */
    chart_cell cell[CHART_WIDTH];
} chart_cells;

void chart_cells_fill(chart_cells *cells, const replay_alarm *alarm);

/* ---- lanes --------------------------------------------------------------------------------------- */

/* A lane beneath the plot: what each column shows, 0 for nothing. */
typedef struct chart_lane {
    unsigned char column[CHART_WIDTH];
} chart_lane;

/* Marks all columns that [from, to) touches, at least one; what is there and more stays. */
void chart_lane_mark(chart_lane *lane, const chart_span *span, int64_t from, int64_t to, unsigned char value);

/* The end of the run of equal columns that begins at `column` < CHART_WIDTH. */
size_t chart_lane_run(const chart_lane *lane, size_t column);

/* Lanes of an alarm. States: 1 OK, 2 insufficient data, 3 ALARM: where they share a column, the worst. */
enum { LANE_OK = 1, LANE_INSUFFICIENT, LANE_ALARM };
enum { LANE_PRESENT = 1, LANE_PARTLY, LANE_MISSING, LANE_UNUSABLE };
enum { LANE_BREACH = 1 };
void chart_lane_states(chart_lane *lane, const chart_span *span, const replay_band *bands, size_t n);
void chart_lane_data(chart_lane *lane, const chart_cells *cells);
void chart_lane_breaches(chart_lane *lane, const chart_span *span, const replay_breach *breaches, size_t n);

#endif
