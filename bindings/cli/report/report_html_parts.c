#include "report_html.h"

static const char *class_of(ctf_state state)
{
    return state == CTF_STATE_ALARM ? "alarm" : state == CTF_STATE_OK ? "ok" : "insufficient";
}

void html_state(blob *out, ctf_state state)
{
    blob_append_words(out, "<span class=\"state ");
    blob_append_words(out, class_of(state));
    blob_append_words(out, "\">");
    html_words(out, ctf_state_name(state));
    blob_append_words(out, "</span>");
}

void html_id(blob *out, const html_history *history, const char *suffix, size_t number)
{
    blob_append_words(out, history->id);
    blob_append_words(out, suffix);
    if (number > 0)
        html_unsigned(out, number);
}

void html_interval(blob *out, int64_t from, int64_t to)
{
    html_moment(out, from);
    blob_append_words(out, " to ");
    html_moment(out, to);
    blob_append_words(out, " UTC");
}

void html_cut(blob *out, uint64_t shown, uint64_t all, const char *what)
{
    if (shown >= all)
        return;
    blob_append_words(out, "<p class=\"cut\">The first ");
    html_count(out, shown);
    blob_append_words(out, " of ");
    html_count(out, all);
    blob_append_byte(out, ' ');
    html_words(out, what);
    blob_append_words(out, " are shown. The JSON and CSV reports have more.</p>\n");
}

void html_table_open(blob *out, const char *kind, const char *caption, const char *const *columns, size_t n_columns)
{
    blob_append_words(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html_words(out, caption);
    blob_append_words(out, "\">\n<table class=\"");
    html_words(out, kind);
    blob_append_words(out, "\"><caption>");
    html_words(out, caption);
    blob_append_words(out, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < n_columns; i++) {
        blob_append_words(out, "<th scope=\"col\">");
        html_words(out, columns[i]);
        blob_append_words(out, "</th>");
    }
    blob_append_words(out, "</tr></thead>\n<tbody>\n");
}

void html_table_close(blob *out)
{
    blob_append_words(out, "</tbody>\n</table>\n</div>\n");
}

void html_section(blob *out, const html_history *history, const char *kind)
{
    blob_append_words(out, "<section class=\"alarm-section\" id=\"");
    blob_append_words(out, history->id);
    blob_append_words(out, "\" aria-labelledby=\"");
    html_id(out, history, "-h", 0);
    blob_append_words(out, "\">\n<p class=\"kind\">");
    blob_append_words(out, kind);
    blob_append_words(out, "</p>\n<h2 id=\"");
    html_id(out, history, "-h", 0);
    blob_append_words(out, "\"><bdi>");
    html_text(out, history->name);
    blob_append_words(out, "</bdi></h2>\n");
}

void html_description(blob *out, ctf_text description)
{
    if (description.length == 0)
        return;
    blob_append_words(out, "<p class=\"description\">");
    html_text(out, description);
    blob_append_words(out, "</p>\n");
}

void html_place(blob *out, const cli_place *place)
{
    if (place->file == NULL)
        return;
    html_words(out, place->file);
    if (place->line > 0) {
        blob_append_byte(out, ':');
        html_unsigned(out, place->line);
    }
}

void html_term(blob *out, const char *term)
{
    blob_append_words(out, "<div><dt>");
    blob_append_words(out, term);
    blob_append_words(out, "</dt><dd>");
}

void html_term_end(blob *out)
{
    blob_append_words(out, "</dd></div>\n");
}
