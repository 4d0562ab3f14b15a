#include "report_html.h"

#include <string.h>

/* Characters of a text of an event, and of the beginning of a message. */
#define MOST_OF_TEXT 300
#define MOST_OF_MESSAGE 200

/* Up to so many stretches, those with so few events are open from the start. */
#define MOST_OPEN 4
#define FEW_EVENTS 25

/* Longer lists are folded away. */
#define MOST_UNFOLDED 24

size_t html_breaches_shown(const html_page *page, const replay_alarm *alarm)
{
    return alarm->n_breaches < page->most_rows ? alarm->n_breaches : page->most_rows;
}

static void put_stretch(blob *out, const replay_breach *breach)
{
    html_time(out, breach->from);
    blob_append_words(out, " to ");
    html_time(out, breach->to);
    blob_append_words(out, " <span class=\"quiet\">(");
    html_duration(out, breach->from, breach->to);
    blob_append_words(out, ")</span>");
}

static void put_cell(blob *out, const char *class, ctf_text text)
{
    blob_append_words(out, "<td class=\"");
    blob_append_words(out, class);
    blob_append_words(out, "\">");
    html_clip(out, text, MOST_OF_TEXT);
    blob_append_words(out, "</td>");
}

static void put_name(blob *out, const replay_event *event)
{
    blob_append_words(out, "<td class=\"event\">");
    if (event->name.length > 0) {
        html_clip(out, event->name, MOST_OF_TEXT);
    } else {
        blob_append_words(out, "<code>");
        html_clip(out, event->message, MOST_OF_MESSAGE);
        blob_append_words(out, "</code>");
    }
    blob_append_words(out, "</td>");
}

static void put_event(blob *out, const replay_event *event, size_t file)
{
    blob_append_words(out, "<tr><th scope=\"row\">");
    html_time(out, event->time);
    blob_append_words(out, "</th>");
    put_name(out, event);
    put_cell(out, "who", event->principal);
    put_cell(out, "source", event->source);
    put_cell(out, "id", event->id);
    blob_append_words(out, "<td class=\"number\">");
    html_unsigned(out, file);
    blob_append_words(out, ": ");
    html_unsigned(out, event->index);
    blob_append_words(out, "</td></tr>\n");
}

/* The files of a table of events have numbers, from 1; their names are long and much the same. */
typedef struct file_list {
    size_t n;
    ctf_text name[REPLAY_MOST_EVENTS];
    size_t of[REPLAY_MOST_EVENTS]; /* of an event: its number */
} file_list;

static bool is_same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static size_t number_of(file_list *files, ctf_text name)
{
    size_t i = 0;
    while (i < files->n && !is_same(files->name[i], name))
        i++;
    if (i == files->n)
        files->name[files->n++] = name;
    return i + 1;
}

static void put_files(blob *out, const file_list *files)
{
    blob_append_words(out, "<ol class=\"files\">\n");
    for (size_t i = 0; i < files->n; i++) {
        blob_append_words(out, "<li>");
        html_clip(out, files->name[i], MOST_OF_TEXT);
        blob_append_words(out, "</li>\n");
    }
    blob_append_words(out, "</ol>\n");
}

static void put_table(blob *out, const replay_breach *breach, size_t shown)
{
    static const char *const columns[] = {"Time (UTC)", "Event", "Who", "Source", "Event ID", "File: message"};
    file_list files = {0};
    for (size_t i = 0; i < shown; i++)
        files.of[i] = number_of(&files, breach->events[i].file);
    html_table_open(out, "events", "Matching events; their files stand below the table", columns,
                    sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < shown; i++)
        put_event(out, &breach->events[i], files.of[i]);
    html_table_close(out);
    put_files(out, &files);
}

static void put_events(blob *out, const replay_breach *breach, size_t shown)
{
    if (breach->n_all == 0)
        blob_append_words(out, "<p class=\"quiet\">No event matched in this time.</p>\n");
    if (shown > 0)
        put_table(out, breach, shown);
    html_cut(out, shown, breach->n_all, "events");
}

/* Why no alarm came of it. */
static void put_silence(blob *out, const replay_breach *breach)
{
    if (breach->silence == NULL)
        return;
    blob_append_words(out, "<p class=\"silence\">No alarm came of it. At ");
    html_time(out, breach->looked);
    blob_append_words(out, ": ");
    html_words(out, breach->silence);
    blob_append_words(out, "</p>\n");
}

/* Returns how many events it showed, at most `most`. */
static size_t put_breach(const html_page *page, const html_history *history, size_t index, size_t most)
{
    const replay_breach *breach = &history->alarm->breaches[index];
    size_t listed = breach->n_events < REPLAY_MOST_EVENTS ? breach->n_events : REPLAY_MOST_EVENTS;
    size_t shown = listed < most ? listed : most;
    blob_append_words(page->out, "<details class=\"breach\" id=\"");
    html_id(page->out, history, "-b", index + 1);
    bool open = history->alarm->n_breaches <= MOST_OPEN && shown <= FEW_EVENTS;
    blob_append_words(page->out, open ? "\" open><summary>" : "\"><summary>");
    put_stretch(page->out, breach);
    blob_append_words(page->out, ": ");
    html_plural(page->out, breach->n_all, "event", "events");
    blob_append_words(page->out, breach->silence != NULL ? ", no alarm</summary>\n" : "</summary>\n");
    put_silence(page->out, breach);
    put_events(page->out, breach, shown);
    blob_append_words(page->out, "</details>\n");
    return shown;
}

static void put_with_events(const html_page *page, const html_history *history, size_t shown)
{
    size_t left = page->most_events;
    for (size_t i = 0; i < shown; i++)
        left -= put_breach(page, history, i, left);
}

static void put_alone(const html_page *page, const html_history *history, size_t shown)
{
    blob_append_words(page->out, "<ol class=\"stretches\">\n");
    for (size_t i = 0; i < shown; i++) {
        blob_append_words(page->out, "<li id=\"");
        html_id(page->out, history, "-b", i + 1);
        blob_append_words(page->out, "\">");
        put_stretch(page->out, &history->alarm->breaches[i]);
        blob_append_words(page->out, "</li>\n");
    }
    blob_append_words(page->out, "</ol>\n<p class=\"quiet\">With <code>--why</code> the events behind them are "
                                 "listed here.</p>\n");
}

static void open_fold(blob *out, size_t shown)
{
    blob_append_words(out, "<details class=\"fold\"><summary>");
    html_plural(out, shown, "stretch", "stretches");
    blob_append_words(out, "</summary>\n");
}

void html_breaches(const html_page *page, const html_history *history)
{
    size_t shown = html_breaches_shown(page, history->alarm);
    if (shown == 0)
        return;
    bool folded = shown > MOST_UNFOLDED;
    blob_append_words(page->out, page->model->why ? "<h3>Breaching stretches and their events</h3>\n"
                                                  : "<h3>Breaching stretches</h3>\n");
    if (folded)
        open_fold(page->out, shown);
    if (page->model->why)
        put_with_events(page, history, shown);
    else
        put_alone(page, history, shown);
    if (folded)
        blob_append_words(page->out, "</details>\n");
    html_cut(page->out, shown, history->alarm->n_breaches, "breaching stretches");
}
