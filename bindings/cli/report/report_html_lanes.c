#include "report_html_lanes.h"

#include "svg.h"

/* Up to so many, the stretches of a lane are links. */
#define MOST_LINKS 60

static const char *const state_classes[] = {"", "ok", "insufficient", "alarm"};
static const char *const state_names[] = {"", "OK", "INSUFFICIENT DATA", "ALARM"};
static const char *const data_classes[] = {"", "present", "partly", "missing", "unusable"};
static const char *const breach_classes[] = {"", "breach"};

void html_chart_patterns(blob *out)
{
    blob_append_words(out,
        "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
        "<pattern id=\"p-alarm\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path class=\"p-alarm\" "
        "d=\"M-1 1l2-2M0 6l6-6M5 7l2-2\"/></pattern>\n"
        "<pattern id=\"p-insufficient\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path "
        "class=\"p-insufficient\" d=\"M2 2h0M5 5h0\"/></pattern>\n"
        "<pattern id=\"p-missing\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><path class=\"p-missing\" "
        "d=\"M-1 4l2 2M0 0l5 5M4-1l2 2\"/></pattern>\n"
        "<pattern id=\"p-partly\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><path class=\"p-partly\" "
        "d=\"M1 0v4\"/></pattern>\n"
        "</defs></svg>\n");
}

/* The runs of a lane, each a rectangle. */
static void put_runs(blob *out, const chart_lane *lane, const char *const *classes, double y, double height)
{
    for (size_t i = 0, end; i < CHART_WIDTH; i = end) {
        end = chart_lane_run(lane, i);
        if (lane->column[i] != 0)
            svg_rect(out, classes[lane->column[i]], (double)i, y, (double)(end - i), height);
    }
    blob_append_byte(out, '\n');
}

static const char *state_label(unsigned char state, size_t width)
{
    if (state == LANE_INSUFFICIENT)
        return width >= 140 ? "INSUFFICIENT DATA" : width >= 94 ? "INSUFFICIENT" : width >= 14 ? "?" : NULL;
    size_t room = state == LANE_OK ? 24 : 52;
    return width >= room ? state_names[state] : width >= 14 && state == LANE_ALARM ? "A" : NULL;
}

static void put_state_labels(blob *out, const chart_lane *lane, double y)
{
    for (size_t i = 0, end; i < CHART_WIDTH; i = end) {
        end = chart_lane_run(lane, i);
        const char *label = state_label(lane->column[i], end - i);
        if (lane->column[i] != 0 && label != NULL)
            svg_words(out, "lane-state", (double)(i + end) / 2, y + 14, "middle", label);
    }
}

/* The number of the transition that began a stretch; 0: none, or none that the table shows. */
static size_t transition_at(const html_page *page, const html_history *history, int64_t time)
{
    for (size_t i = 0; i < history->n_transitions && i < page->most_rows; i++)
        if (history->transitions[i].time == time)
            return i + 1;
    return 0;
}

/* Where a link is: over its stretch, and never too narrow to be hit. */
typedef struct hot_spot {
    double x, y, width, height;
} hot_spot;

static hot_spot spot_of(const chart_span *span, int64_t from, int64_t to, double y, double height)
{
    double x = chart_x(span, from);
    double width = chart_x(span, to) - x;
    return (hot_spot){width < 8 ? x - (8 - width) / 2 : x, y, width < 8 ? 8 : width, height};
}

/* The words are its name, and shown above the plot to who points at it or has come to it. */
static void put_link(blob *out, const html_history *history, const char *suffix, size_t number, const hot_spot *spot,
                     const blob *words)
{
    blob_append_words(out, "<a class=\"mark\" href=\"#");
    html_id(out, history, suffix, number);
    blob_append_words(out, "\" aria-label=\"");
    blob_append(out, words->data, words->length);
    blob_append_words(out, "\">");
    svg_rect(out, "hit", spot->x, spot->y, spot->width, spot->height);
    svg_label(out, "tip", CHART_WIDTH, -10, "end");
    blob_append(out, words->data, words->length);
    blob_append_words(out, "</text></a>\n");
}

void html_state_links(const html_page *page, const html_history *history, const chart_span *span, double y)
{
    blob words = {0};
    for (size_t i = 0; i < history->n_bands && history->n_bands <= MOST_LINKS; i++) {
        const replay_band *band = &history->bands[i];
        size_t number = transition_at(page, history, band->from);
        if (number == 0)
            continue;
        hot_spot spot = spot_of(span, band->from, band->to, y, STATE_HEIGHT);
        blob_reuse(&words, SIZE_MAX);
        html_words(&words, ctf_state_name(band->state));
        blob_append_words(&words, ", ");
        html_interval(&words, band->from, band->to);
        put_link(page->out, history, "-t", number, &spot, &words);
    }
    blob_free(&words);
}

void html_state_lane(const html_page *page, const html_history *history, const chart_span *span, double y)
{
    chart_lane lane;
    chart_lane_states(&lane, span, history->bands, history->n_bands);
    svg_words(page->out, "lane-name", -8, y + 14, "end", "state");
    put_runs(page->out, &lane, state_classes, y, STATE_HEIGHT);
    put_state_labels(page->out, &lane, y);
}

void html_breach_links(const html_page *page, const html_history *history, const chart_span *span, double y)
{
    const replay_alarm *alarm = history->alarm;
    size_t n = alarm->n_breaches <= MOST_LINKS ? alarm->n_breaches : 0;
    blob words = {0};
    for (size_t i = 0; i < n && i < html_breaches_shown(page, alarm); i++) {
        const replay_breach *breach = &alarm->breaches[i];
        hot_spot spot = spot_of(span, breach->from, breach->to, y - 2, DATA_HEIGHT + 4);
        blob_reuse(&words, SIZE_MAX);
        blob_append_words(&words, "Breaching, ");
        html_interval(&words, breach->from, breach->to);
        if (page->model->why) {
            blob_append_words(&words, ": ");
            html_plural(&words, breach->n_all, "event", "events");
        }
        put_link(page->out, history, "-b", i + 1, &spot, &words);
    }
    blob_free(&words);
}

void html_data_lanes(blob *out, const replay_alarm *alarm, const chart_cells *cells, const chart_span *span,
                     double y)
{
    chart_lane lane;
    chart_lane_breaches(&lane, span, alarm->breaches, alarm->n_breaches);
    svg_words(out, "lane-name", -8, y + 9, "end", "breaching");
    put_runs(out, &lane, breach_classes, y, DATA_HEIGHT);
    y += DATA_HEIGHT + LANE_GAP;
    chart_lane_data(&lane, cells);
    svg_words(out, "lane-name", -8, y + 9, "end", "data");
    put_runs(out, &lane, data_classes, y, DATA_HEIGHT);
}

void html_background(blob *out, const html_history *history, const chart_span *span)
{
    static const char *const classes[] = {"", "bg ok", "bg insufficient", "bg alarm"};
    chart_lane lane;
    chart_lane_states(&lane, span, history->bands, history->n_bands);
    put_runs(out, &lane, classes, 0, CHART_HEIGHT);
}

/* As put_runs, but worse states are higher. */
static void put_bars(blob *out, const chart_lane *lane)
{
    static const int heights[] = {0, 16, 34, 60};
    for (size_t i = 0, end; i < CHART_WIDTH; i = end) {
        unsigned char state = lane->column[i];
        end = chart_lane_run(lane, i);
        if (state != 0)
            svg_rect(out, state_classes[state], (double)i, 60 - heights[state], (double)(end - i), heights[state]);
    }
}

void html_strip(const html_page *page, const html_history *history)
{
    chart_span span = chart_span_of(page->model->from, page->model->to);
    chart_lane lane;
    chart_lane_states(&lane, &span, history->bands, history->n_bands);
    blob_append_words(page->out, "<svg class=\"strip\" viewBox=\"0 0 880 60\" preserveAspectRatio=\"none\" "
                                 "aria-hidden=\"true\" focusable=\"false\">");
    put_bars(page->out, &lane);
    blob_append_words(page->out, "</svg>");
}
