#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chart.h"

#define MINUTE INT64_C(60000)
#define DAY INT64_C(86400000)
#define NEW_YEAR INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

/* ---- values ---- */

static const struct {
    double low, high;
    bool whole;
} ranges[] = {{0, 1, true},          {0, 0, true},           {5, 5, false},      {-3, 7, false},   {0, 0.001, false},
              {1e300, -1e300, false}, {-1e308, 1e308, false}, {0, 1e108, false},  {1e-300, 2e-300, false},
              {12345.678, 12345.679, false}, {1e15, 1e15 + 1, true}, {-1e-9, 0, false}, {0, 4e9, true},
              {NAN, INFINITY, false}, {-INFINITY, INFINITY, false}};

static void an_axis_shows_its_range_with_few_ticks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        chart_axis axis = chart_axis_of(ranges[i].low, ranges[i].high, ranges[i].whole);
        assert_true(isfinite(axis.low) && isfinite(axis.high) && axis.low < axis.high);
        assert_in_range(axis.last - axis.first, 1, 7);
        assert_true(chart_y(&axis, axis.low) == CHART_HEIGHT && chart_y(&axis, axis.high) == 0.0);
        if (fabs(ranges[i].low) < 1e300 && ranges[i].low <= ranges[i].high)
            assert_true(axis.low <= ranges[i].low && axis.high >= ranges[i].high);
    }
}

static void ticks_are_the_numbers_that_they_are_meant_to_be(void **state)
{
    (void)state;
    chart_axis axis = chart_axis_of(0, 1.2, false);
    assert_true(chart_tick(&axis, axis.first + 3) == 1.5 || chart_tick(&axis, axis.first + 3) == 0.6);
    chart_axis counts = chart_axis_of(0, 1, true);
    assert_true(chart_tick(&counts, 0) == 0.0 && chart_tick(&counts, 1) == 1.0 && counts.last == 1);
}

static void a_height_is_within_the_plot_whatever_the_value(void **state)
{
    (void)state;
    static const double values[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308, 0};
    chart_axis axis = chart_axis_of(0, 10, false);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        double y = chart_y(&axis, values[i]);
        assert_true(y >= 0.0 && y <= CHART_HEIGHT);
    }
}

/* ---- times ---- */

static void a_time_outside_the_span_is_at_its_edge(void **state)
{
    (void)state;
    chart_span span = chart_span_of(NEW_YEAR, NEW_YEAR + DAY);
    assert_true(chart_x(&span, NEW_YEAR + DAY / 2) == CHART_WIDTH / 2);
    assert_true(chart_x(&span, INT64_MIN) == 0.0 && chart_x(&span, INT64_MAX) == CHART_WIDTH);
    chart_span none = chart_span_of(NEW_YEAR, NEW_YEAR);
    assert_true(chart_x(&none, NEW_YEAR) == 0.0 && chart_x(&none, NEW_YEAR + 1) == CHART_WIDTH);
}

static size_t count_labels(const chart_span *span)
{
    chart_calendar calendar = chart_calendar_of(span);
    size_t n = 0;
    for (int64_t time = chart_calendar_next(&calendar, span->from); time <= span->to && n < 100; n++) {
        int64_t next = chart_calendar_next(&calendar, time + 1);
        assert_true(next > time);
        time = next;
    }
    return n;
}

static void every_span_of_an_archive_has_few_labels_and_some(void **state)
{
    (void)state;
    for (int64_t length = 10 * MINUTE; length < 8000 * 365 * DAY; length += length / 7) {
        chart_span span = chart_span_of(NEW_YEAR + 17 * MINUTE, NEW_YEAR + 17 * MINUTE + length);
        assert_in_range(count_labels(&span), length > 2 * DAY ? 2 : 3, 10);
    }
}

static void months_are_labelled_where_they_begin(void **state)
{
    (void)state;
    chart_calendar calendar = {3, true};
    int64_t april = NEW_YEAR + 90 * DAY;
    assert_int_equal(chart_calendar_next(&calendar, NEW_YEAR), NEW_YEAR);
    assert_int_equal(chart_calendar_next(&calendar, NEW_YEAR + 1), april);
    assert_int_equal(chart_calendar_next(&calendar, april - 1), april);
}

/* ---- cells ---- */

static cli_metric_alarm settings;

static replay_alarm alarm_of(const replay_datapoint *points, size_t n, uint64_t n_periods)
{
    settings.alarm.comparison = CTF_GREATER;
    return (replay_alarm){.settings = &settings, .first = NEW_YEAR, .step = MINUTE, .n_periods = n_periods,
                          .datapoints = points, .n_datapoints = n};
}

static chart_cells *cells_of(const replay_alarm *alarm)
{
    chart_cells *cells = malloc(sizeof *cells);
    assert_non_null(cells);
    chart_cells_fill(cells, alarm);
    return cells;
}

static void few_periods_have_a_cell_each(void **state)
{
    (void)state;
    const replay_datapoint points[] = {{NEW_YEAR, true, false, 1, 3}, {NEW_YEAR + 2 * MINUTE, true, true, 7, 1}};
    replay_alarm alarm = alarm_of(points, 2, 3);
    chart_cells *cells = cells_of(&alarm);
    assert_true(cells->exact && cells->n == 3);
    assert_true(cells->cell[0].points == 1 && cells->cell[0].samples == 3 && !cells->cell[0].breaching);
    assert_true(cells->cell[1].points == 0 && cells->cell[1].periods == 1);
    assert_true(cells->cell[2].breaching && cells->cell[2].worst == 7.0);
    free(cells);
}

static void many_periods_share_cells_and_none_is_lost(void **state)
{
    (void)state;
    static const uint64_t numbers[] = {879, 880, 881, 1761, 525600};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        replay_alarm alarm = alarm_of(NULL, 0, numbers[i]);
        chart_cells *cells = cells_of(&alarm);
        uint64_t sum = 0;
        for (size_t k = 0; k < cells->n; k++)
            sum += cells->cell[k].periods;
        assert_int_equal(sum, numbers[i]);
        assert_int_equal(cells->exact, numbers[i] <= CHART_WIDTH);
        free(cells);
    }
}

static void a_single_breaching_point_among_a_year_of_others_stays(void **state)
{
    (void)state;
    static replay_datapoint points[525600];
    for (size_t i = 0; i < 525600; i++)
        points[i] = (replay_datapoint){NEW_YEAR + (int64_t)i * MINUTE, true, i == 300000, i == 300000 ? 9 : 1, 1};
    replay_alarm alarm = alarm_of(points, 525600, 525600);
    chart_cells *cells = cells_of(&alarm);
    size_t n = 0;
    for (size_t k = 0; k < cells->n; k++) {
        n += cells->cell[k].breaching;
        assert_int_equal(cells->cell[k].points, cells->cell[k].periods);
    }
    assert_int_equal(n, 1);
    assert_true(cells->cell[300000 * 880 / 525600].worst == 9.0);
    free(cells);
}

static void the_worst_of_a_cell_is_the_farthest_over_the_threshold(void **state)
{
    (void)state;
    static replay_datapoint points[3];
    for (size_t i = 0; i < 3; i++)
        points[i] = (replay_datapoint){NEW_YEAR + (int64_t)i * MINUTE, true, i < 2, 5.0 + (double)i, 1};
    replay_alarm alarm = alarm_of(points, 3, 8800);
    chart_cells *cells = cells_of(&alarm);
    assert_true(cells->cell[0].worst == 6.0 && cells->cell[0].highest == 7.0);
    settings.alarm.comparison = CTF_LESS;
    chart_cells_fill(cells, &alarm);
    assert_true(cells->cell[0].worst == 5.0);
    free(cells);
}

static void points_off_the_grid_and_values_that_are_none_are_not_drawn(void **state)
{
    (void)state;
    const replay_datapoint points[] = {{INT64_MIN, true, true, 1, 1},      {NEW_YEAR - 1, true, true, 1, 1},
                                       {NEW_YEAR, true, false, NAN, 1},    {NEW_YEAR + MINUTE, false, false, 0, 1},
                                       {NEW_YEAR + 2 * MINUTE, true, true, INFINITY, 1},
                                       {NEW_YEAR + 3 * MINUTE, true, true, 1, 1}, {INT64_MAX, true, true, 1, 1}};
    replay_alarm alarm = alarm_of(points, 7, 3);
    chart_cells *cells = cells_of(&alarm);
    for (size_t k = 0; k < 3; k++)
        assert_true(cells->cell[k].points == 0 && cells->cell[k].unusable == 1 && !cells->cell[k].breaching);
    free(cells);
}

static void absurd_grids_are_held(void **state)
{
    (void)state;
    replay_alarm alarm = alarm_of(NULL, 0, UINT64_MAX);
    replay_model model = {.from = NEW_YEAR, .to = NEW_YEAR};
    chart_span span = chart_span_of_alarm(&alarm, &model);
    assert_true(span.from < span.to);
    chart_cells *cells = cells_of(&alarm);
    assert_int_equal(cells->n, CHART_WIDTH);
    alarm.step = 0;
    chart_cells_fill(cells, &alarm);
    assert_int_equal(cells->n, 0);
    alarm.step = 1;
    alarm.first = INT64_MIN;
    chart_cells_fill(cells, &alarm);
    free(cells);
}

/* ---- lanes ---- */

static void a_short_alarm_is_not_lost_between_long_states(void **state)
{
    (void)state;
    const replay_band bands[] = {{NEW_YEAR, NEW_YEAR + 100 * DAY, CTF_STATE_OK},
                                 {NEW_YEAR + 100 * DAY, NEW_YEAR + 100 * DAY + MINUTE, CTF_STATE_ALARM},
                                 {NEW_YEAR + 100 * DAY + MINUTE, NEW_YEAR + 200 * DAY, CTF_STATE_OK}};
    chart_span span = chart_span_of(NEW_YEAR, NEW_YEAR + 200 * DAY);
    chart_lane lane;
    chart_lane_states(&lane, &span, bands, 3);
    assert_int_equal(lane.column[439], LANE_OK);
    assert_int_equal(lane.column[440], LANE_ALARM);
    assert_int_equal(lane.column[441], LANE_OK);
    assert_int_equal(chart_lane_run(&lane, 0), 440);
    assert_int_equal(chart_lane_run(&lane, 440), 441);
    assert_int_equal(chart_lane_run(&lane, 441), CHART_WIDTH);
}

static void stretches_outside_the_span_leave_a_lane_alone(void **state)
{
    (void)state;
    const replay_breach breaches[] = {{.from = 0, .to = NEW_YEAR}, {.from = NEW_YEAR + DAY, .to = INT64_MAX},
                                      {.from = NEW_YEAR + DAY - 1, .to = NEW_YEAR + DAY}};
    chart_span span = chart_span_of(NEW_YEAR, NEW_YEAR + DAY);
    chart_lane lane;
    chart_lane_breaches(&lane, &span, breaches, 3);
    assert_int_equal(chart_lane_run(&lane, 0), CHART_WIDTH - 1);
    assert_int_equal(lane.column[CHART_WIDTH - 1], LANE_BREACH);
}

static void data_lanes_tell_missing_from_partly_missing(void **state)
{
    (void)state;
    static replay_datapoint points[8800];
    size_t n = 0;
    for (size_t i = 0; i < 8800; i++)
        if (i < 2200 || (i >= 4400 && i % 2 == 0))
            points[n++] = (replay_datapoint){NEW_YEAR + (int64_t)i * MINUTE, i != 8000, false, 1, 1};
    replay_alarm alarm = alarm_of(points, n, 8800);
    chart_cells *cells = cells_of(&alarm);
    chart_lane lane;
    chart_lane_data(&lane, cells);
    assert_int_equal(lane.column[0], LANE_PRESENT);
    assert_int_equal(chart_lane_run(&lane, 0), 220);
    assert_int_equal(lane.column[220], LANE_MISSING);
    assert_int_equal(chart_lane_run(&lane, 220), 440);
    assert_int_equal(lane.column[440], LANE_PARTLY);
    assert_int_equal(lane.column[800], LANE_UNUSABLE);
    free(cells);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_shows_its_range_with_few_ticks),
        cmocka_unit_test(ticks_are_the_numbers_that_they_are_meant_to_be),
        cmocka_unit_test(a_height_is_within_the_plot_whatever_the_value),
        cmocka_unit_test(a_time_outside_the_span_is_at_its_edge),
        cmocka_unit_test(every_span_of_an_archive_has_few_labels_and_some),
        cmocka_unit_test(months_are_labelled_where_they_begin),
        cmocka_unit_test(few_periods_have_a_cell_each),
        cmocka_unit_test(many_periods_share_cells_and_none_is_lost),
        cmocka_unit_test(a_single_breaching_point_among_a_year_of_others_stays),
        cmocka_unit_test(the_worst_of_a_cell_is_the_farthest_over_the_threshold),
        cmocka_unit_test(points_off_the_grid_and_values_that_are_none_are_not_drawn),
        cmocka_unit_test(absurd_grids_are_held),
        cmocka_unit_test(a_short_alarm_is_not_lost_between_long_states),
        cmocka_unit_test(stretches_outside_the_span_leave_a_lane_alone),
        cmocka_unit_test(data_lanes_tell_missing_from_partly_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
