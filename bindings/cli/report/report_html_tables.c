#include "report_html.h"

/* Up to so many slots of a transition are shown one by one. */
#define MOST_SLOTS 16

static void put_missing_slot(blob *out)
{
    blob_append_words(out, "<li class=\"slot missing\" title=\"missing\"><span class=\"mute\">missing</span></li>");
}

static void put_slot(blob *out, const ctf_alarm *alarm, const ctf_slot *slot)
{
    if (!slot->present) {
        put_missing_slot(out);
        return;
    }
    bool breaching = ctf_alarm_breaches(alarm, slot);
    blob_append_words(out, breaching ? "<li class=\"slot breaching\" title=\"" : "<li class=\"slot\" title=\"");
    html_moment(out, slot->start);
    blob_append_words(out, breaching ? " UTC, breaching\">" : " UTC\">");
    html_double_short(out, slot->value);
    blob_append_words(out, breaching ? "<span class=\"mute\"> breaching</span></li>" : "</li>");
}

static void put_slot_counts(blob *out, const ctf_alarm *alarm, const replay_transition *transition)
{
    uint64_t present = 0, breaching = 0;
    for (size_t i = 0; i < transition->n_slots; i++) {
        present += transition->slots[i].present != 0;
        breaching += transition->slots[i].present && ctf_alarm_breaches(alarm, &transition->slots[i]);
    }
    html_plural(out, transition->n_slots, "slot:", "slots:");
    blob_append_byte(out, ' ');
    html_count(out, breaching);
    blob_append_words(out, " breaching, ");
    html_count(out, present - breaching);
    blob_append_words(out, " not, ");
    html_count(out, transition->n_slots - present);
    blob_append_words(out, " missing");
}

static void put_slots(blob *out, const ctf_alarm *alarm, const replay_transition *transition)
{
    if (transition->n_slots > MOST_SLOTS) {
        put_slot_counts(out, alarm, transition);
        return;
    }
    blob_append_words(out, "<ol class=\"slots\">");
    for (size_t i = 0; i < transition->n_slots; i++)
        put_slot(out, alarm, &transition->slots[i]);
    blob_append_words(out, "</ol>");
}

static void put_transition(blob *out, const html_history *history, size_t index)
{
    const replay_transition *transition = &history->transitions[index];
    blob_append_words(out, "<tr id=\"");
    html_id(out, history, "-t", index + 1);
    blob_append_words(out, "\"><th scope=\"row\">");
    html_time(out, transition->time);
    blob_append_words(out, "</th><td class=\"change\">");
    html_state(out, transition->from);
    blob_append_words(out, " <span class=\"arrow\">\xe2\x86\x92</span> ");
    html_state(out, transition->to);
    blob_append_words(out, "</td><td class=\"why\"><p>");
    html_words(out, transition->decision);
    blob_append_words(out, "</p><p class=\"reason\"><span class=\"label\">StateReason</span> ");
    html_words(out, transition->reason);
    blob_append_words(out, "</p></td>");
    if (history->alarm != NULL) {
        blob_append_words(out, "<td>");
        put_slots(out, &history->alarm->settings->alarm, transition);
        blob_append_words(out, "</td>");
    }
    blob_append_words(out, "</tr>\n");
}

void html_transitions(const html_page *page, const html_history *history)
{
    static const char *const columns[] = {"Time (UTC)", "Change", "Why", "What it saw, oldest first"};
    size_t shown = history->n_transitions < page->most_rows ? history->n_transitions : page->most_rows;
    blob_append_words(page->out, "<h3>Changes of state</h3>\n");
    if (shown == 0) {
        blob_append_words(page->out, "<p class=\"quiet\">None: it stayed as it was throughout.</p>\n");
        return;
    }
    html_table_open(page->out, "transitions", "Changes of state in the order of time", columns,
                    history->alarm != NULL ? 4 : 3);
    for (size_t i = 0; i < shown; i++)
        put_transition(page->out, history, i);
    html_table_close(page->out);
    html_cut(page->out, shown, history->n_transitions, "changes of state");
}

/* ---- datapoints ---------------------------------------------------------------------------------- */

static void put_datapoint(blob *out, const replay_datapoint *point)
{
    blob_append_words(out, "<tr><th scope=\"row\">");
    html_time(out, point->start);
    blob_append_words(out, "</th><td class=\"number\">");
    if (point->available)
        html_double(out, point->value);
    else
        blob_append_words(out, "unusable");
    blob_append_words(out, "</td><td class=\"number\">");
    html_count(out, point->sample_count);
    blob_append_words(out, point->available && point->breaching ? "</td><td>breaching</td></tr>\n"
                                                                : "</td><td></td></tr>\n");
}

void html_datapoints(const html_page *page, const html_history *history)
{
    static const char *const columns[] = {"Period from (UTC)", "Value", "Samples", "Breaching"};
    const replay_alarm *alarm = history->alarm;
    size_t shown = alarm->n_datapoints < page->most_rows ? alarm->n_datapoints : page->most_rows;
    if (shown == 0)
        return;
    blob_append_words(page->out, "<details class=\"data\"><summary>");
    html_plural(page->out, alarm->n_datapoints, "datapoint", "datapoints");
    blob_append_words(page->out, " as a table</summary>\n");
    html_table_open(page->out, "datapoints", "Datapoints: periods that are not listed are missing", columns, 4);
    for (size_t i = 0; i < shown; i++)
        put_datapoint(page->out, &alarm->datapoints[i]);
    html_table_close(page->out);
    html_cut(page->out, shown, alarm->n_datapoints, "datapoints");
    blob_append_words(page->out, "</details>\n");
}
