#include "chart.h"

#include <math.h>
#include <string.h>

/* ---- cells --------------------------------------------------------------------------------------- */

uint64_t chart_periods(const replay_alarm *alarm)
{
    if (alarm->step <= 0)
        return 0;
    uint64_t room = (uint64_t)INT64_MAX - (uint64_t)(alarm->first > 0 ? alarm->first : 0);
    uint64_t most = room / (uint64_t)alarm->step;
    if (most > UINT64_MAX / (CHART_WIDTH + 1)) /* so that cells can be counted */
        most = UINT64_MAX / (CHART_WIDTH + 1);
    return alarm->n_periods < most ? alarm->n_periods : most;
}

static uint64_t first_period(const chart_cells *cells, uint64_t n_periods, size_t cell)
{
    return (cell * n_periods + cells->n - 1) / cells->n;
}

static void lay_out(chart_cells *cells, const replay_alarm *alarm, uint64_t n_periods)
{
    for (size_t i = 0; i < cells->n; i++) {
        uint64_t begin = first_period(cells, n_periods, i);
        cells->cell[i].periods = first_period(cells, n_periods, i + 1) - begin;
        cells->cell[i].start = alarm->first + (int64_t)begin * alarm->step;
    }
}

/* Is `value` over the threshold farther than what is there? */
static bool is_worse(const replay_alarm *alarm, const chart_cell *cell, double value)
{
    ctf_comparison comparison = alarm->settings->alarm.comparison;
    bool downwards = comparison == CTF_LESS || comparison == CTF_LESS_OR_EQUAL || comparison == CTF_BELOW_BAND;
    return !cell->breaching || (downwards ? value < cell->worst : value > cell->worst);
}

static void add(chart_cell *cell, const replay_alarm *alarm, const replay_datapoint *point)
{
    cell->samples += point->sample_count;
    if (!point->available || !isfinite(point->value)) {
        cell->unusable++;
        return;
    }
    cell->first = cell->points == 0 ? point->value : cell->first;
    cell->lowest = cell->points == 0 || point->value < cell->lowest ? point->value : cell->lowest;
    cell->highest = cell->points == 0 || point->value > cell->highest ? point->value : cell->highest;
    cell->last = point->value;
    cell->points++;
    if (!point->breaching)
        return;
    cell->worst = is_worse(alarm, cell, point->value) ? point->value : cell->worst;
    cell->breaching = true;
}

void chart_cells_fill(chart_cells *cells, const replay_alarm *alarm)
{
    memset(cells, 0, sizeof *cells);
    uint64_t n_periods = chart_periods(alarm);
    if (n_periods == 0)
        return;
    cells->exact = n_periods <= CHART_WIDTH;
    cells->n = cells->exact ? (size_t)n_periods : CHART_WIDTH;
    lay_out(cells, alarm, n_periods);
    for (size_t i = 0; i < alarm->n_datapoints; i++) {
        const replay_datapoint *point = &alarm->datapoints[i];
        uint64_t period = ((uint64_t)point->start - (uint64_t)alarm->first) / (uint64_t)alarm->step;
        if (point->start >= alarm->first && period < n_periods)
            add(&cells->cell[period * cells->n / n_periods], alarm, point);
    }
}

/* ---- lanes --------------------------------------------------------------------------------------- */

static void mark(chart_lane *lane, double from, double to, unsigned char value)
{
    size_t begin = (size_t)from;
    size_t end = (size_t)to;
    end += (double)end < to;
    begin -= begin == CHART_WIDTH;
    end += end == begin;
    for (size_t i = begin; i < end && i < CHART_WIDTH; i++)
        lane->column[i] = lane->column[i] > value ? lane->column[i] : value;
}

void chart_lane_mark(chart_lane *lane, const chart_span *span, int64_t from, int64_t to, unsigned char value)
{
    if (from < span->to && to > span->from)
        mark(lane, chart_x(span, from), chart_x(span, to), value);
}

size_t chart_lane_run(const chart_lane *lane, size_t column)
{
    size_t end = column + 1;
    while (end < CHART_WIDTH && lane->column[end] == lane->column[column])
        end++;
    return end;
}

static unsigned char lane_of(ctf_state state)
{
    return state == CTF_STATE_ALARM ? LANE_ALARM : state == CTF_STATE_OK ? LANE_OK : LANE_INSUFFICIENT;
}

void chart_lane_states(chart_lane *lane, const chart_span *span, const replay_band *bands, size_t n)
{
    memset(lane, 0, sizeof *lane);
    for (size_t i = 0; i < n; i++)
        chart_lane_mark(lane, span, bands[i].from, bands[i].to, lane_of(bands[i].state));
}

void chart_lane_breaches(chart_lane *lane, const chart_span *span, const replay_breach *breaches, size_t n)
{
    memset(lane, 0, sizeof *lane);
    for (size_t i = 0; i < n; i++)
        chart_lane_mark(lane, span, breaches[i].from, breaches[i].to, LANE_BREACH);
}

static unsigned char data_of(const chart_cell *cell)
{
    if (cell->unusable > 0)
        return LANE_UNUSABLE;
    if (cell->points == 0)
        return LANE_MISSING;
    return cell->points < cell->periods ? LANE_PARTLY : LANE_PRESENT;
}

void chart_lane_data(chart_lane *lane, const chart_cells *cells)
{
    memset(lane, 0, sizeof *lane);
    for (size_t i = 0; i < CHART_WIDTH && cells->n > 0; i++)
        lane->column[i] = data_of(&cells->cell[i * cells->n / CHART_WIDTH]);
}
