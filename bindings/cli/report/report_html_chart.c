#include "report_html.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "chart.h"
#include "diag.h"
#include "report_html_lanes.h"
#include "svg.h"

/* The plot's upper left corner in the drawing, and what the labels of the axis take beneath. */
#define LEFT 92
#define TOP 26
#define WIDTH (LEFT + CHART_WIDTH + 18)
#define LABELS 38

#define DAY INT64_C(86400000)
#define MOST_LABELS 20

/* ---- the axis of times --------------------------------------------------------------------------- */

static void put_text(blob *out, const char *class, double x, double y, const unsigned char *text, size_t length)
{
    svg_label(out, class, x, y, x < 30 ? "start" : x > CHART_WIDTH - 30 ? "end" : "middle");
    blob_append(out, text, length);
    blob_append_words(out, "</text>");
}

/* Of "2026-01-15 10:05" what a step needs: the month, the day, or the clock with the day where it is new. */
static void put_time_label(blob *out, const chart_calendar *calendar, int64_t time, double x, double y, bool dated)
{
    blob moment = {0};
    html_moment(&moment, time);
    const unsigned char *blank = memchr(moment.data, ' ', moment.length);
    size_t date = blank != NULL ? (size_t)(blank - moment.data) : moment.length;
    bool clock = !calendar->months && calendar->step % DAY != 0 && date < moment.length;
    if (clock)
        put_text(out, "tick", x, y, moment.data + date + 1, moment.length - date - 1);
    else
        put_text(out, "tick", x, y, moment.data, calendar->months ? date - 3 : date);
    if (clock && dated)
        put_text(out, "tick", x, y + 14, moment.data, date);
    blob_append_byte(out, '\n');
    blob_free(&moment);
}

static void put_time(blob *out, const chart_span *span, int64_t time, double bottom)
{
    blob_append_words(out, "<path class=\"grid\" d=\"M");
    html_coordinate(out, chart_x(span, time));
    blob_append_words(out, " 0V");
    html_coordinate(out, bottom);
    blob_append_words(out, "\"/>");
}

static void put_times(blob *out, const chart_span *span, double bottom, double y)
{
    chart_calendar calendar = chart_calendar_of(span);
    int64_t day = INT64_MIN;
    int64_t time = chart_calendar_next(&calendar, span->from);
    for (size_t i = 0; i < MOST_LABELS && time <= span->to; i++) {
        put_time(out, span, time, bottom);
        put_time_label(out, &calendar, time, chart_x(span, time), y, ctfi_floor_div(time, DAY) != day);
        if (time == INT64_MAX)
            return;
        day = ctfi_floor_div(time, DAY);
        time = chart_calendar_next(&calendar, time + 1);
    }
}

/* ---- charts -------------------------------------------------------------------------------------- */

/* What the picture shows, for who does not see it. */
static void put_description(const html_page *page, const html_history *history, const chart_cells *cells)
{
    blob *out = page->out;
    blob_append_words(out, "<title id=\"");
    html_id(out, history, "-name", 0);
    blob_append_words(out, history->alarm != NULL ? "\">Datapoints and states of " : "\">States of ");
    html_text(out, history->name);
    blob_append_words(out, "</title><desc id=\"");
    html_id(out, history, "-desc", 0);
    blob_append_words(out, "\">From ");
    html_interval(out, page->model->from, page->model->to);
    blob_append_words(out, ": ");
    if (history->alarm != NULL) {
        html_plural(out, history->alarm->n_datapoints, "datapoint", "datapoints");
        blob_append_words(out, " in ");
        html_plural(out, history->alarm->n_periods, "period", "periods");
        blob_append_words(out, cells->exact || cells->n == 0 ? ", " : ", several in a column, ");
        html_plural(out, history->alarm->n_breaches, "breaching stretch", "breaching stretches");
        blob_append_words(out, ", ");
    }
    html_plural(out, history->n_transitions, "change of state", "changes of state");
    blob_append_words(out, ". Tables follow.</desc>\n");
}

static void open_svg(const html_page *page, const html_history *history, double height)
{
    blob *out = page->out;
    blob_append_words(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Chart\">\n"
                           "<svg class=\"chart\" viewBox=\"0 0 ");
    html_coordinate(out, WIDTH);
    blob_append_byte(out, ' ');
    html_coordinate(out, height);
    blob_append_words(out, "\" role=\"group\" aria-labelledby=\"");
    html_id(out, history, "-name", 0);
    blob_append_words(out, "\">\n<g transform=\"translate(");
    html_coordinate(out, LEFT);
    blob_append_byte(out, ' ');
    html_coordinate(out, TOP);
    blob_append_words(out, ")\">\n<g role=\"img\" aria-labelledby=\"");
    html_id(out, history, "-name", 0);
    blob_append_words(out, "\" aria-describedby=\"");
    html_id(out, history, "-desc", 0);
    blob_append_words(out, "\">\n");
}

static void close_svg(blob *out)
{
    blob_append_words(out, "</g></svg></div>\n");
}

static void put_alarm_chart(const html_page *page, const html_history *history)
{
    const replay_alarm *alarm = history->alarm;
    chart_span span = chart_span_of_alarm(alarm, page->model);
    chart_cells *cells = need(1, sizeof *cells);
    double data = CHART_HEIGHT + PLOT_GAP;
    double states = data + 2 * (DATA_HEIGHT + LANE_GAP);
    chart_cells_fill(cells, alarm);
    open_svg(page, history, TOP + states + STATE_HEIGHT + LABELS);
    put_description(page, history, cells);
    html_background(page->out, history, &span);
    put_times(page->out, &span, CHART_HEIGHT, states + STATE_HEIGHT + 16);
    html_plot(page->out, alarm, cells);
    html_data_lanes(page->out, alarm, cells, &span, data);
    html_state_lane(page, history, &span, states);
    html_plot_hints(page->out, cells);
    blob_append_words(page->out, "</g>\n");
    html_breach_links(page, history, &span, data);
    html_state_links(page, history, &span, states);
    close_svg(page->out);
    free(cells);
}

static void put_composite_chart(const html_page *page, const html_history *history)
{
    chart_span span = chart_span_of(page->model->from, page->model->to);
    open_svg(page, history, TOP + STATE_HEIGHT + LABELS);
    put_description(page, history, NULL);
    put_times(page->out, &span, STATE_HEIGHT + 4, STATE_HEIGHT + 16);
    html_state_lane(page, history, &span, 0);
    blob_append_words(page->out, "</g>\n");
    html_state_links(page, history, &span, 0);
    close_svg(page->out);
}

void html_chart(const html_page *page, const html_history *history)
{
    if (history->alarm != NULL)
        put_alarm_chart(page, history);
    else
        put_composite_chart(page, history);
}
