#include "report_html.h"

#include <ctfilter/ctfilter.h>

#include "report.h"
#include "report_style.h"

/* Rows of a page, shared among its alarms, and what an alarm gets whatever their number. */
#define ROWS_OF_PAGE 10000
#define MOST_ROWS 500
#define FEWEST_ROWS 10
#define EVENTS_OF_PAGE 20000
#define MOST_EVENTS 2000
#define FEWEST_EVENTS 20

static size_t n_alarms(const replay_model *model)
{
    return model->n_alarms + model->n_composites;
}

static size_t share(size_t all, size_t n, size_t fewest, size_t most)
{
    size_t each = all / (n > 0 ? n : 1);
    return each < fewest ? fewest : each > most ? most : each;
}

/* The k-th alarm of the page: metric alarms, then composites. */
static html_history history_at(const replay_model *model, size_t k)
{
    return k < model->n_alarms ? html_history_of_alarm(model, k)
                               : html_history_of_composite(model, k - model->n_alarms);
}

static bool entered(const replay_model *model, size_t k)
{
    return k < model->n_alarms ? model->alarms[k].entered_alarm
                               : model->composites[k - model->n_alarms].entered_alarm;
}

static size_t count_entered(const replay_model *model)
{
    size_t n = 0;
    for (size_t k = 0; k < n_alarms(model); k++)
        n += entered(model, k);
    return n;
}

/* ---- head ---------------------------------------------------------------------------------------- */

static void put_answer(const html_page *page)
{
    size_t all = n_alarms(page->model);
    size_t n = count_entered(page->model);
    blob *out = page->out;
    if (all == 0)
        blob_append_words(out, "No alarms to replay");
    else if (n == 0)
        blob_append_words(out, all == 1 ? "The alarm did not ring" : "No alarm rang");
    else if (all == 1)
        blob_append_words(out, "The alarm rang");
    else {
        html_count(out, n);
        blob_append_words(out, " of ");
        html_count(out, all);
        blob_append_words(out, " alarms rang");
    }
}

static void put_head(const html_page *page)
{
    blob *out = page->out;
    blob_append_words(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    blob_append_words(out, report_style_hash);
    blob_append_words(out, "'; base-uri 'none'; form-action 'none'\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<meta name=\"color-scheme\" content=\"light dark\">\n"
                           "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    put_answer(page);
    blob_append_words(out, " \xe2\x80\x93 ctfilter replay</title>\n<style>");
    blob_append(out, report_style, report_style_length);
    blob_append_words(out, "</style>\n</head>\n");
}

static void put_interval(const html_page *page)
{
    const replay_model *model = page->model;
    blob *out = page->out;
    blob_append_words(out, "<p class=\"interval\">");
    html_time(out, model->from);
    blob_append_words(out, " to ");
    html_time(out, model->to);
    blob_append_words(out, " UTC <span class=\"quiet\">(");
    html_duration(out, model->from, model->to);
    blob_append_words(out, ")</span>");
    if (model->delay > 0) {
        blob_append_words(out, ", events seen ");
        html_duration(out, 0, model->delay);
        blob_append_words(out, " after their time");
    }
    blob_append_words(out, "</p>\n");
}

static void put_header(const html_page *page)
{
    blob_append_words(page->out, "<header>\n<p class=\"kind\">Replay of metric filters and alarms</p>\n<h1>");
    put_answer(page);
    blob_append_words(page->out, "</h1>\n");
    put_interval(page);
    blob_append_words(page->out, "</header>\n");
}

/* ---- overview ------------------------------------------------------------------------------------ */

static void put_row(const html_page *page, size_t k)
{
    html_history history = history_at(page->model, k);
    uint64_t entries = html_alarm_entries(&history);
    blob *out = page->out;
    blob_append_words(out, "<tr><th scope=\"row\"><a href=\"#");
    blob_append_words(out, history.id);
    blob_append_words(out, "\"><bdi>");
    html_text(out, history.name);
    blob_append_words(out, "</bdi></a></th><td class=\"strip-cell\">");
    html_strip(page, &history);
    blob_append_words(out, "</td><td>");
    if (history.n_bands > 0)
        html_state(out, history.bands[history.n_bands - 1].state);
    blob_append_words(out, "</td><td>");
    if (entries == 0)
        blob_append_words(out, html_alarm_time(&history) > 0 ? "from the start" : "never");
    else
        html_plural(out, entries, "time", "times");
    blob_append_words(out, "</td><td>");
    if (html_alarm_time(&history) > 0)
        html_duration(out, 0, html_alarm_time(&history));
    blob_append_words(out, "</td></tr>\n");
}

static void put_overview(const html_page *page)
{
    static const char *const columns[] = {"Alarm", "State over time", "At the end", "Entered ALARM", "Time in ALARM"};
    static const char caption[] = "Alarms in the order of the configuration. A low bar is OK, a half one insufficient "
                                  "data, a full one ALARM.";
    blob *out = page->out;
    blob_append_words(out, "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">Overview</h2>\n");
    if (n_alarms(page->model) == 0)
        blob_append_words(out, "<p>The configuration has no alarms.</p>\n");
    else {
        html_table_open(out, "overview", caption, columns, 5);
        for (size_t k = 0; k < n_alarms(page->model); k++)
            put_row(page, k);
        html_table_close(out);
    }
    blob_append_words(out, "</section>\n\n");
}

static void put_warnings(const html_page *page)
{
    const replay_model *model = page->model;
    if (model->n_warnings == 0)
        return;
    size_t shown = model->n_warnings < MOST_ROWS ? model->n_warnings : MOST_ROWS;
    blob_append_words(page->out, "<section class=\"warnings\" aria-labelledby=\"warnings\">\n<h2 id=\"warnings\">");
    blob_append_words(page->out, model->n_warnings == 1 ? "Warning</h2>\n<ul>\n" : "Warnings</h2>\n<ul>\n");
    for (size_t i = 0; i < shown; i++) {
        blob_append_words(page->out, "<li>");
        html_words(page->out, model->warnings[i]);
        blob_append_words(page->out, "</li>\n");
    }
    blob_append_words(page->out, "</ul>\n");
    html_cut(page->out, shown, model->n_warnings, "warnings");
    blob_append_words(page->out, "</section>\n\n");
}

/* ---- what was read ------------------------------------------------------------------------------- */

static void put_total(blob *out, const char *name, uint64_t value, const char *note)
{
    blob_append_words(out, "<div><dt>");
    blob_append_words(out, name);
    blob_append_words(out, "</dt><dd>");
    html_count(out, value);
    if (note[0] != '\0') {
        blob_append_words(out, " <span class=\"quiet\">");
        blob_append_words(out, note);
        blob_append_words(out, "</span>");
    }
    blob_append_words(out, "</dd></div>\n");
}

static void put_loss(blob *out, const char *name, uint64_t value, const char *note)
{
    if (value > 0)
        put_total(out, name, value, note);
}

static void put_totals(blob *out, const replay_totals *totals)
{
    blob_append_words(out, "<dl class=\"totals\">\n");
    put_total(out, "Files", totals->files, "");
    put_total(out, "Bytes", totals->bytes, "");
    put_total(out, "Events", totals->events, "");
    put_total(out, "Matches", totals->matches, "");
    put_total(out, "Samples", totals->samples, "");
    put_loss(out, "Skipped", totals->skipped, "matches without a usable value");
    put_loss(out, "Dropped", totals->dropped, "samples for more metrics than are kept");
    put_loss(out, "Without time", totals->timeless, "events left out");
    put_loss(out, "Time out of range", totals->outside, "events left out: before 1970 or after 9999");
    blob_append_words(out, "</dl>\n");
}

static void put_metric(blob *out, const replay_metric *published)
{
    const ctf_metric *metric = &published->metric;
    blob_append_words(out, "<tr><th scope=\"row\">");
    html_text(out, metric->name);
    blob_append_words(out, "</th><td>");
    html_text(out, metric->name_space);
    blob_append_words(out, "</td><td>");
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        blob_append_words(out, i == 0 ? "" : "<br>");
        html_text(out, metric->dimensions[i].name);
        blob_append_words(out, " = ");
        html_text(out, metric->dimensions[i].value);
    }
    blob_append_words(out, "</td><td>");
    html_text(out, metric->unit);
    blob_append_words(out, "</td><td class=\"number\">");
    html_count(out, published->samples);
    blob_append_words(out, "</td></tr>\n");
}

static void put_metrics(const html_page *page)
{
    static const char *const columns[] = {"Metric", "Namespace", "Dimensions", "Unit", "Samples"};
    const replay_model *model = page->model;
    size_t shown = model->n_metrics < MOST_ROWS ? model->n_metrics : MOST_ROWS;
    if (shown == 0)
        return;
    html_table_open(page->out, "metrics", "Published metrics", columns, 5);
    for (size_t i = 0; i < shown; i++)
        put_metric(page->out, &model->metrics[i]);
    html_table_close(page->out);
    html_cut(page->out, shown, model->n_metrics, "metrics");
}

static void put_read(const html_page *page)
{
    blob_append_words(page->out, "<section aria-labelledby=\"read\">\n<h2 id=\"read\">What was read</h2>\n");
    put_totals(page->out, &page->model->totals);
    put_metrics(page);
    blob_append_words(page->out, "</section>\n");
}

static void put_footer(blob *out)
{
    blob_append_words(out, "</main>\n<footer>\n<p>Made by ctfilter ");
    html_words(out, ctf_library_release());
    blob_append_words(out, ". All times are UTC; an interval includes its start and not its end. Characters that "
                           "would hide or reorder others are spelled out, as in [U+202E].</p>\n</footer>\n</body>\n"
                           "</html>\n");
}

void report_html(const replay_model *model, blob *out)
{
    html_page page = {model, out, share(ROWS_OF_PAGE, n_alarms(model), FEWEST_ROWS, MOST_ROWS),
                      share(EVENTS_OF_PAGE, n_alarms(model), FEWEST_EVENTS, MOST_EVENTS)};
    put_head(&page);
    blob_append_words(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the overview</a>\n");
    html_chart_patterns(out);
    put_header(&page);
    blob_append_words(out, "<main id=\"main\" tabindex=\"-1\">\n");
    put_warnings(&page);
    put_overview(&page);
    for (size_t i = 0; i < model->n_alarms; i++)
        html_alarm(&page, i);
    for (size_t i = 0; i < model->n_composites; i++)
        html_composite(&page, i);
    put_read(&page);
    put_footer(out);
}
