/* The parts of the HTML report among themselves; its door is report_html in report.h.
 *
 * The page is one file without a script: what moves is the browser's own (links, details). Its policy lets
 * nothing in but the style whose hash it names. Ids are made of numbers, never of names: "a2" is the
 * second metric alarm, "c1" the first composite, "a2-t5" its fifth transition, "a2-b3" its third breach. */
#ifndef CLI_REPORT_HTML_H
#define CLI_REPORT_HTML_H

#include "blob.h"
#include "html.h"
#include "replay_model.h"

typedef struct html_page {
    const replay_model *model;
    blob *out;
    size_t most_rows;   /* of a table; so that the page is bounded whatever happened */
    size_t most_events; /* of an alarm */
} html_page;

/* What metric alarms and composites have in common. */
typedef struct html_history {
    char id[24];
    ctf_text name;
    const replay_transition *transitions;
    size_t n_transitions;
    const replay_band *bands;
    size_t n_bands;
    const replay_alarm *alarm; /* NULL: of a composite */
} html_history;

/* ---- report_html_parts.c: small things that stand everywhere -------------------------------------- */

/* A state as a coloured word. */
void html_state(blob *out, ctf_state state);

/* id="a1-t3"; number 0: without the number. */
void html_id(blob *out, const html_history *history, const char *suffix, size_t number);

/* "2026-01-15 10:05 to 2026-01-15 10:10 UTC", fit for attributes. */
void html_interval(blob *out, int64_t from, int64_t to);

/* "The first 500 of 12,345 <what> are shown; ..." where not all are. */
void html_cut(blob *out, uint64_t shown, uint64_t all, const char *what);

/* A scrollable frame around a table, reachable by keyboard; and the table with its caption. */
void html_table_open(blob *out, const char *kind, const char *caption, const char *const *columns, size_t n_columns);
void html_table_close(blob *out);

/* ---- report_html_chart.c -------------------------------------------------------------------------- */

/* What stands above an alarm: a heading, which opens its section; its description, if any; where it was
 * defined; and terms with their meaning, each to be ended. */
void html_section(blob *out, const html_history *history, const char *kind);
void html_description(blob *out, ctf_text description);
void html_place(blob *out, const cli_place *place);
void html_term(blob *out, const char *term);
void html_term_end(blob *out);

/* ---- charts: report_html_chart.c, _plot.c, _lanes.c ------------------------------------------------- */

/* Patterns that the lanes of all charts fill with. */
void html_chart_patterns(blob *out);

/* The chart of a history: of a metric alarm with its datapoints. */
void html_chart(const html_page *page, const html_history *history);

/* The states alone, small, for a row of a table. */
void html_strip(const html_page *page, const html_history *history);

struct chart_cells;

/* The datapoints, threshold and axis of values, inside the plot's coordinates. */
void html_plot(blob *out, const replay_alarm *alarm, const struct chart_cells *cells);

/* What the pointer shows of single datapoints, where they are few. */
void html_plot_hints(blob *out, const struct chart_cells *cells);

/* ---- report_html_tables.c ------------------------------------------------------------------------- */

void html_transitions(const html_page *page, const html_history *history);
void html_datapoints(const html_page *page, const html_history *history);

/* ---- report_html_breaches.c ----------------------------------------------------------------------- */

/* How many breaches have an element of their own to link to. */
size_t html_breaches_shown(const html_page *page, const replay_alarm *alarm);

void html_breaches(const html_page *page, const html_history *history);

/* ---- report_html_alarm.c, report_html_composite.c --------------------------------------------------- */

html_history html_history_of_alarm(const replay_model *model, size_t index);
html_history html_history_of_composite(const replay_model *model, size_t index);

void html_alarm(const html_page *page, size_t index);
void html_composite(const html_page *page, size_t index);

/* How often it entered ALARM, and how long it was there in ms. */
uint64_t html_alarm_entries(const html_history *history);
int64_t html_alarm_time(const html_history *history);

#endif
