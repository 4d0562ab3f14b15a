#include "report_html.h"

#include <stdio.h>

#include "chart.h"

static html_history history_named(char kind, size_t index)
{
    html_history history = {0};
    snprintf(history.id, sizeof history.id, "%c%zu", kind, index + 1);
    return history;
}

html_history html_history_of_alarm(const replay_model *model, size_t index)
{
    const replay_alarm *alarm = &model->alarms[index];
    html_history history = history_named('a', index);
    history.name = alarm->settings->input.alarm_name;
    history.transitions = alarm->transitions;
    history.n_transitions = alarm->n_transitions;
    history.bands = alarm->bands;
    history.n_bands = alarm->n_bands;
    history.alarm = alarm;
    return history;
}

html_history html_history_of_composite(const replay_model *model, size_t index)
{
    const replay_composite *composite = &model->composites[index];
    html_history history = history_named('c', index);
    history.name = composite->settings->name;
    history.transitions = composite->transitions;
    history.n_transitions = composite->n_transitions;
    history.bands = composite->bands;
    history.n_bands = composite->n_bands;
    return history;
}

uint64_t html_alarm_entries(const html_history *history)
{
    uint64_t n = 0;
    for (size_t i = 0; i < history->n_transitions; i++)
        n += history->transitions[i].to == CTF_STATE_ALARM;
    return n;
}

int64_t html_alarm_time(const html_history *history)
{
    int64_t time = 0;
    for (size_t i = 0; i < history->n_bands; i++)
        if (history->bands[i].state == CTF_STATE_ALARM && history->bands[i].to > history->bands[i].from)
            time += history->bands[i].to - history->bands[i].from;
    return time;
}

static void put_dimensions(blob *out, const ctf_metric *metric)
{
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        blob_append_words(out, i == 0 ? " {" : ", ");
        html_text(out, metric->dimensions[i].name);
        blob_append_words(out, "=");
        html_text(out, metric->dimensions[i].value);
    }
    if (metric->n_dimensions > 0)
        blob_append_byte(out, '}');
}

static void put_settings(blob *out, const replay_alarm *alarm)
{
    const ctf_alarm *settings = &alarm->settings->alarm;
    blob_append_words(out, "<dl class=\"settings\">\n");
    html_term(out, "Metric");
    html_text(out, settings->metric.name_space);
    blob_append_words(out, " / ");
    html_text(out, settings->metric.name);
    put_dimensions(out, &settings->metric);
    html_term_end(out);
    html_term(out, "Missing data");
    html_words(out, ctf_treat_missing_name(settings->treat_missing));
    html_term_end(out);
    html_term(out, "An evaluation sees");
    html_plural(out, alarm->range, "period", "periods");
    html_term_end(out);
    html_term(out, "Defined in");
    html_place(out, &alarm->settings->place);
    html_term_end(out);
    blob_append_words(out, "</dl>\n");
}

/* A sample of what the chart draws, in a box 24 by 12, and what it means. */
static void put_key(blob *out, const char *drawing, const char *meaning)
{
    blob_append_words(out, " <span class=\"key\"><svg viewBox=\"0 0 24 12\" aria-hidden=\"true\" focusable=\"false\">");
    blob_append_words(out, drawing);
    blob_append_words(out, "</svg> ");
    html_words(out, meaning);
    blob_append_words(out, "</span>");
}

static bool has_unusable(const replay_alarm *alarm)
{
    for (size_t i = 0; i < alarm->n_datapoints; i++)
        if (!alarm->datapoints[i].available)
            return true;
    return false;
}

static void put_legend(blob *out, const replay_alarm *alarm)
{
    blob_append_words(out, "<figcaption>The background and the lowest lane show the alarm\xe2\x80\x99s state.");
    put_key(out, "<path class=\"breaching\" d=\"M12 1l5 5l-5 5l-5-5z\"/>", "breaching datapoint");
    put_key(out, "<path class=\"dots\" d=\"M12 6h0\"/>", "other datapoint");
    put_key(out, "<rect class=\"present\" y=\"2\" width=\"24\" height=\"9\"/>", "data");
    put_key(out, "<rect class=\"missing\" y=\"2\" width=\"24\" height=\"9\"/>", "missing: no sample in the period");
    if (alarm->n_periods > CHART_WIDTH)
        put_key(out, "<rect class=\"partly\" y=\"2\" width=\"24\" height=\"9\"/>", "some periods of a column missing");
    if (has_unusable(alarm))
        put_key(out, "<rect class=\"unusable\" y=\"2\" width=\"24\" height=\"9\"/>",
                "samples that cannot serve the statistic");
    blob_append_words(out, "</figcaption>\n");
}

void html_alarm(const html_page *page, size_t index)
{
    const replay_alarm *alarm = &page->model->alarms[index];
    html_history history = html_history_of_alarm(page->model, index);
    html_section(page->out, &history, "Metric alarm");
    blob_append_words(page->out, "<p class=\"summary\">");
    html_words(page->out, alarm->summary);
    blob_append_words(page->out, "</p>\n");
    html_description(page->out, alarm->settings->input.alarm_description);
    put_settings(page->out, alarm);
    blob_append_words(page->out, "<figure>\n");
    html_chart(page, &history);
    put_legend(page->out, alarm);
    blob_append_words(page->out, "</figure>\n");
    html_transitions(page, &history);
    html_breaches(page, &history);
    html_datapoints(page, &history);
    blob_append_words(page->out, "</section>\n\n");
}
