/* The lanes of a chart: what each stretch of time was, in rows of patterned bars with a word where it fits.
 *
 * What is drawn is bounded by the columns (chart.h). Where stretches are few they are links besides: to the
 * row that tells of them, with words for who points at them or comes by keyboard. */
#ifndef CLI_REPORT_HTML_LANES_H
#define CLI_REPORT_HTML_LANES_H

#include "chart.h"
#include "report_html.h"

/* Heights of lanes, what lies between them, and between the plot and the first. */
#define DATA_HEIGHT 9
#define STATE_HEIGHT 20
#define LANE_GAP 6
#define PLOT_GAP 12

/* The state as a tint over the whole plot. */
void html_background(blob *out, const html_history *history, const chart_span *span);

/* The breaching stretches, and beneath them which periods have data. */
void html_data_lanes(blob *out, const replay_alarm *alarm, const chart_cells *cells, const chart_span *span, double y);

void html_state_lane(const html_page *page, const html_history *history, const chart_span *span, double y);

/* The links over lanes at y; none where there would be very many. */
void html_breach_links(const html_page *page, const html_history *history, const chart_span *span, double y);
void html_state_links(const html_page *page, const html_history *history, const chart_span *span, double y);

#endif
