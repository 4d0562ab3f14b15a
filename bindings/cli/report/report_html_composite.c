#include "report_html.h"

static void put_suppressor(blob *out, const cli_composite_alarm *settings)
{
    if (settings->suppressor.length == 0)
        return;
    html_term(out, "Actions suppressed by");
    html_text(out, settings->suppressor);
    html_term_end(out);
    html_term(out, "Wait and extension period");
    html_unsigned(out, (uint64_t)(settings->wait > 0 ? settings->wait : 0));
    blob_append_words(out, " s, ");
    html_unsigned(out, (uint64_t)(settings->extension > 0 ? settings->extension : 0));
    blob_append_words(out, " s");
    html_term_end(out);
}

static void put_rule(blob *out, const cli_composite_alarm *settings)
{
    blob_append_words(out, "<pre class=\"rule\"><code>");
    html_text(out, settings->rule_text);
    blob_append_words(out, "</code></pre>\n");
    if (settings->cyclic)
        blob_append_words(out, "<p class=\"note\">It depends on itself, and is therefore never evaluated.</p>\n");
    blob_append_words(out, "<dl class=\"settings\">\n");
    put_suppressor(out, settings);
    html_term(out, "Defined in");
    html_place(out, &settings->place);
    html_term_end(out);
    blob_append_words(out, "</dl>\n");
}

static const ctf_text *actions_of(const cli_actions *actions, ctf_state state, size_t *n)
{
    if (state == CTF_STATE_ALARM) {
        *n = actions->n_alarm;
        return actions->alarm;
    }
    *n = state == CTF_STATE_OK ? actions->n_ok : actions->n_insufficient_data;
    return state == CTF_STATE_OK ? actions->ok : actions->insufficient_data;
}

static void put_action_names(blob *out, const cli_actions *actions, ctf_state state)
{
    size_t n = 0;
    const ctf_text *names = actions_of(actions, state, &n);
    if (!actions->enabled)
        blob_append_words(out, "<span class=\"quiet\">actions are not enabled</span>");
    else if (n == 0)
        blob_append_words(out, "<span class=\"quiet\">no action configured</span>");
    for (size_t i = 0; actions->enabled && i < n; i++) {
        blob_append_words(out, i == 0 ? "" : "<br>");
        html_text(out, names[i]);
    }
}

static void put_action(blob *out, const replay_composite *composite, const replay_action *action)
{
    blob_append_words(out, "<tr><th scope=\"row\">");
    html_time(out, action->time);
    blob_append_words(out, "</th><td>");
    html_state(out, action->state);
    blob_append_words(out, "</td><td class=\"id\">");
    put_action_names(out, &composite->settings->actions, action->state);
    blob_append_words(out, "</td></tr>\n");
}

static void put_actions(const html_page *page, const replay_composite *composite)
{
    static const char *const columns[] = {"Time (UTC)", "State", "Actions"};
    size_t shown = composite->n_actions < page->most_rows ? composite->n_actions : page->most_rows;
    blob_append_words(page->out, "<h3>Actions due</h3>\n");
    if (shown == 0) {
        blob_append_words(page->out, "<p class=\"quiet\">None.</p>\n");
        return;
    }
    html_table_open(page->out, "actions", "Actions due, after suppression", columns, 3);
    for (size_t i = 0; i < shown; i++)
        put_action(page->out, composite, &composite->actions[i]);
    html_table_close(page->out);
    html_cut(page->out, shown, composite->n_actions, "actions");
}

void html_composite(const html_page *page, size_t index)
{
    const replay_composite *composite = &page->model->composites[index];
    html_history history = html_history_of_composite(page->model, index);
    html_section(page->out, &history, "Composite alarm");
    html_description(page->out, composite->settings->description);
    put_rule(page->out, composite->settings);
    blob_append_words(page->out, "<figure>\n");
    html_chart(page, &history);
    blob_append_words(page->out, "</figure>\n");
    html_transitions(page, &history);
    put_actions(page, composite);
    blob_append_words(page->out, "</section>\n\n");
}
