#include "chart.h"
#include "report_html.h"

/* Up to so many cells their points are drawn apart, and answer to the pointer. */
#define MOST_DOTS 300

/* Up to so many marks of breaching cells are large. */
#define MOST_LARGE 100

static double cell_width(const chart_cells *cells)
{
    return (double)CHART_WIDTH / (double)cells->n;
}

static double center(const chart_cells *cells, size_t i)
{
    return ((double)i + 0.5) * cell_width(cells);
}

static void put_xy(blob *out, char command, double x, double y)
{
    blob_append_byte(out, command);
    html_coordinate(out, x);
    blob_append_byte(out, ' ');
    html_coordinate(out, y);
}

static void put_vertical(blob *out, double y)
{
    blob_append_byte(out, 'V');
    html_coordinate(out, y);
}

static bool is_full(const chart_cell *cell)
{
    return cell->points > 0 && cell->points == cell->periods;
}

/* From its first point over the lowest and highest to the last. */
static void put_cell(blob *out, const chart_axis *axis, const chart_cell *cell)
{
    if (cell->lowest < cell->highest) {
        put_vertical(out, chart_y(axis, cell->lowest));
        put_vertical(out, chart_y(axis, cell->highest));
        put_vertical(out, chart_y(axis, cell->last));
    }
}

/* A line through the points that breaks where a period is missing. */
static void put_line(blob *out, const chart_axis *axis, const chart_cells *cells)
{
    blob_append_words(out, "<path class=\"line\" d=\"");
    for (size_t i = 0; i < cells->n; i++) {
        const chart_cell *cell = &cells->cell[i];
        if (cell->points == 0)
            continue;
        bool joined = i > 0 && is_full(cell) && is_full(cell - 1);
        put_xy(out, joined ? 'L' : 'M', center(cells, i), chart_y(axis, cell->first));
        if (!joined)
            blob_append_words(out, "h0"); /* alone it is a dot */
        put_cell(out, axis, cell);
    }
    blob_append_words(out, "\"/>\n");
}

static void put_dots(blob *out, const chart_axis *axis, const chart_cells *cells)
{
    blob_append_words(out, "<path class=\"dots\" d=\"");
    for (size_t i = 0; i < cells->n; i++) {
        if (cells->cell[i].points == 0 || cells->cell[i].breaching)
            continue;
        put_xy(out, 'M', center(cells, i), chart_y(axis, cells->cell[i].last));
        blob_append_words(out, "h0");
    }
    blob_append_words(out, "\"/>\n");
}

static size_t count_breaching(const chart_cells *cells)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->n; i++)
        n += cells->cell[i].breaching;
    return n;
}

/* Breaching points are diamonds, one a cell at least: aggregation loses none. */
static void put_breaching(blob *out, const chart_axis *axis, const chart_cells *cells)
{
    bool small = count_breaching(cells) > MOST_LARGE;
    blob_append_words(out, "<path class=\"breaching\" d=\"");
    for (size_t i = 0; i < cells->n; i++) {
        if (!cells->cell[i].breaching)
            continue;
        put_xy(out, 'M', center(cells, i), chart_y(axis, cells->cell[i].worst) - (small ? 3 : 5));
        blob_append_words(out, small ? "l3 3l-3 3l-3-3z" : "l5 5l-5 5l-5-5z");
    }
    blob_append_words(out, "\"/>\n");
}

static void put_tick(blob *out, const chart_axis *axis, int64_t index)
{
    double y = chart_y(axis, chart_tick(axis, index));
    blob_append_words(out, "<path class=\"grid\" d=\"");
    put_xy(out, 'M', 0, y);
    blob_append_words(out, "H880\"/><text class=\"tick\" x=\"-8\" y=\"");
    html_coordinate(out, y + 4);
    blob_append_words(out, "\" text-anchor=\"end\">");
    html_double_short(out, chart_tick(axis, index));
    blob_append_words(out, "</text>\n");
}

static const char *sign_of(ctf_comparison comparison)
{
    switch (comparison) {
    case CTF_GREATER_OR_EQUAL: return "breaches at \xe2\x89\xa5 ";
    case CTF_GREATER: return "breaches at > ";
    case CTF_LESS: return "breaches at < ";
    default: return "breaches at \xe2\x89\xa4 ";
    }
}

/* Its words stand above the plot, where no datapoint can be. */
static void put_threshold(blob *out, const chart_axis *axis, const ctf_alarm *alarm)
{
    blob_append_words(out, "<path class=\"threshold\" d=\"");
    put_xy(out, 'M', 0, chart_y(axis, alarm->threshold));
    blob_append_words(out, "H880M0-14h26\"/><text class=\"tick\" x=\"32\" y=\"-10\">");
    html_words(out, sign_of(alarm->comparison));
    html_double_short(out, alarm->threshold);
    blob_append_words(out, "</text>\n");
}

void html_plot(blob *out, const replay_alarm *alarm, const chart_cells *cells)
{
    chart_axis axis = chart_axis_of_alarm(alarm);
    for (int64_t i = axis.first; i <= axis.last; i++)
        put_tick(out, &axis, i);
    if (cells->n > 0)
        put_line(out, &axis, cells);
    if (cells->n <= MOST_DOTS)
        put_dots(out, &axis, cells);
    if (chart_has_threshold(alarm))
        put_threshold(out, &axis, &alarm->settings->alarm);
    put_breaching(out, &axis, cells);
}

static void put_hint(blob *out, const chart_cells *cells, size_t i)
{
    const chart_cell *cell = &cells->cell[i];
    blob_append_words(out, "<rect class=\"hit\" x=\"");
    html_coordinate(out, (double)i * cell_width(cells));
    blob_append_words(out, "\" y=\"0\" width=\"");
    html_coordinate(out, cell_width(cells));
    blob_append_words(out, "\" height=\"150\"><title>");
    html_moment(out, cell->start);
    blob_append_words(out, " UTC: ");
    if (cell->points > 0)
        html_double(out, cell->last);
    else
        blob_append_words(out, "unusable");
    blob_append_words(out, cell->breaching ? ", breaching, " : ", ");
    html_plural(out, cell->samples, "sample", "samples");
    blob_append_words(out, "</title></rect>\n");
}

void html_plot_hints(blob *out, const chart_cells *cells)
{
    if (!cells->exact || cells->n > MOST_DOTS)
        return;
    for (size_t i = 0; i < cells->n; i++)
        if (cells->cell[i].points > 0 || cells->cell[i].unusable > 0)
            put_hint(out, cells, i);
}
