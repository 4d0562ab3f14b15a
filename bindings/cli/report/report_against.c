/* What differs between two configurations, to read and as JSON. */
#include <inttypes.h>
#include <string.h>

#include "replay_against.h"
#include "replay_time.h"
#include "replay_words.h"
#include "report_json_parts.h"
#include "report_words.h"

static const char *const sides[] = {"CONFIG", "--against"};

/* ---- text ---- */

typedef struct page {
    const replay_difference *difference;
    bool colour;
    blob *out;
} page;

static void words(const page *p, const char *text)
{
    blob_append_words(p->out, text);
}

static void name_in_bold(const page *p, ctf_text name)
{
    words(p, p->colour ? REPORT_BOLD : "");
    report_words_safe(p->out, name);
    words(p, p->colour ? REPORT_PLAIN : "");
}

static void preface(const page *p)
{
    const replay_difference *d = p->difference;
    const replay_model *model = &d->sides[0]->model;
    words(p, "Compared ");
    replay_time_append(p->out, model->from);
    words(p, " to ");
    replay_time_append(p->out, model->to);
    words(p, ": ");
    report_words_count(p->out, model->totals.events, "event");
    words(p, " in ");
    report_words_count(p->out, model->totals.files, "file");
    report_words(p->out, ", %" PRIu64 " matched with CONFIG and %" PRIu64 " with --against.\n", d->matches[0], d->matches[1]);
}

static void warn(const page *p)
{
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < p->difference->sides[s]->n_warnings; i++) {
            const char *text = p->difference->sides[s]->warnings[i];
            report_words(p->out, "warning: %s: ", sides[s]);
            report_words_safe(p->out, (ctf_text){text, strlen(text)});
            words(p, "\n");
        }
}

/* How often and how long an alarm was in ALARM. */
static void print_view(const page *p, const replay_alarm_view *view, size_t side)
{
    if (!view->there) {
        report_words(p->out, "not there with %s", sides[side]);
        return;
    }
    report_words_count(p->out, view->alarms, "time");
    words(p, " in ALARM");
    if (view->in_alarm > 0) {
        words(p, ", ");
        replay_duration_append(p->out, view->in_alarm);
    }
    report_words(p->out, " with %s", sides[side]);
}

static void only_transitions(const page *p, const replay_alarm_view *view, size_t side)
{
    for (size_t i = 0; i < view->n_transitions; i++) {
        const replay_transition *t = &view->transitions[i];
        if (view->shared[i])
            continue;
        words(p, "  ");
        replay_time_append(p->out, t->time);
        report_words(p->out, "  %s -> %s, only with %s\n      ", ctf_state_name(t->from), ctf_state_name(t->to),
                     sides[side]);
        report_words_safe(p->out, (ctf_text){t->reason, strlen(t->reason)});
        words(p, "\n");
    }
}

static void print_alarm(const page *p, const replay_alarm_pair *pair)
{
    words(p, "\n");
    name_in_bold(p, pair->name);
    words(p, ": ");
    print_view(p, &pair->views[0], 0);
    words(p, "; ");
    print_view(p, &pair->views[1], 1);
    words(p, "\n");
    for (size_t s = 0; s < 2; s++)
        only_transitions(p, &pair->views[s], s);
}

static void print_alarms(const page *p)
{
    const replay_difference *d = p->difference;
    size_t same = 0;
    for (size_t i = 0; i < d->n_alarms; i++)
        if (d->alarms[i].same)
            same++;
        else
            print_alarm(p, &d->alarms[i]);
    if (same == 0)
        return;
    words(p, "\nThe same with both: ");
    report_words_count(p->out, same, "alarm");
    words(p, "\n");
}

static void print_samples(const page *p, const replay_metric_view *view)
{
    report_words_count(p->out, view->samples, "sample");
    if (view->samples == 0)
        return;
    words(p, ", sum ");
    replay_words_number(view->sum, p->out);
}

static void print_metric(const page *p, const replay_metric_pair *pair)
{
    const ctf_metric *m = &pair->metric;
    words(p, "\n");
    report_words_safe(p->out, m->name_space);
    words(p, " / ");
    name_in_bold(p, m->name);
    for (size_t i = 0; i < m->n_dimensions; i++) {
        words(p, i == 0 ? " {" : ", ");
        report_words_safe(p->out, m->dimensions[i].name);
        words(p, "=");
        report_words_safe(p->out, m->dimensions[i].value);
    }
    words(p, m->n_dimensions > 0 ? "}: " : ": ");
    for (size_t s = 0; s < 2; s++) {
        print_samples(p, &pair->views[s]);
        report_words(p->out, " with %s%s", sides[s], s == 0 ? "; " : "\n");
    }
}

static void print_filters(const page *p, ctf_text names, size_t side)
{
    if (names.length == 0)
        return;
    report_words(p->out, "      matched with %s: ", sides[side]);
    for (size_t at = 0; at < names.length;) {
        size_t n = strlen(names.data + at);
        words(p, at > 0 ? ", " : "");
        report_words_safe(p->out, (ctf_text){names.data + at, n});
        at += n + 1;
    }
    words(p, "\n");
}

static void column(const page *p, ctf_text text)
{
    words(p, text.length > 0 ? "  " : "");
    report_words_safe(p->out, text);
}

static void print_event(const page *p, const replay_event *e)
{
    words(p, "  ");
    replay_time_append(p->out, e->time);
    words(p, "  ");
    report_words_safe(p->out, e->file);
    report_words(p->out, ", message %" PRIu64, e->index + 1);
    column(p, e->id);
    column(p, e->name);
    column(p, e->principal);
    column(p, e->message);
    words(p, "\n");
    for (size_t s = 0; s < 2; s++)
        print_filters(p, e->filters[s], s);
}

static void print_events(const page *p)
{
    const replay_difference *d = p->difference;
    if (d->n_events_all == 0)
        return;
    words(p, "\n");
    report_words_count(p->out, d->n_events_all, "event");
    words(p, d->n_events_all == 1 ? " makes a difference:\n" : " make a difference:\n");
    for (size_t i = 0; i < d->n_events; i++)
        print_event(p, &d->events[i]);
    if (d->n_events_all > d->n_events)
        report_words(p->out, "  and %" PRIu64 " more\n", d->n_events_all - d->n_events);
}

void report_against_text(const replay_difference *difference, bool colour, bool warnings, blob *out)
{
    const page p = {difference, colour, out};
    preface(&p);
    if (warnings)
        warn(&p);
    print_alarms(&p);
    for (size_t i = 0; i < difference->n_metrics; i++)
        if (!difference->metrics[i].same)
            print_metric(&p, &difference->metrics[i]);
    print_events(&p);
    words(&p, difference->any ? "" : "\nNo difference.\n");
}

/* ---- JSON, as replay-against.schema.json describes it ---- */

#define AGAINST_JSON_VERSION 1

static const char *const keys[] = {"config", "against"};

static void json_transitions(json_out *json, const replay_alarm_view *view)
{
    report_key_open(json, "onlyHere", '[');
    for (size_t i = 0; i < view->n_transitions; i++) {
        const replay_transition *t = &view->transitions[i];
        if (view->shared[i])
            continue;
        json_open(json, '{');
        report_key_time(json, "time", t->time);
        report_key_words(json, "from", ctf_state_name(t->from));
        report_key_words(json, "to", ctf_state_name(t->to));
        report_key_words(json, "reason", t->reason);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void json_alarm(json_out *json, const replay_alarm_pair *pair)
{
    json_open(json, '{');
    report_key_text(json, "name", pair->name);
    report_key_flag(json, "same", pair->same);
    for (size_t s = 0; s < 2; s++) {
        const replay_alarm_view *view = &pair->views[s];
        if (!view->there)
            continue;
        report_key_open(json, keys[s], '{');
        report_key_count(json, "alarms", view->alarms);
        report_key_number(json, "secondsInAlarm", (double)view->in_alarm / 1000);
        report_key_count(json, "transitions", view->n_transitions);
        json_transitions(json, view);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void json_metric(json_out *json, const replay_metric_pair *pair)
{
    json_open(json, '{');
    report_identity(json, &pair->metric);
    report_key_flag(json, "same", pair->same);
    for (size_t s = 0; s < 2; s++) {
        const replay_metric_view *view = &pair->views[s];
        if (view->samples == 0)
            continue;
        report_key_open(json, keys[s], '{');
        report_key_count(json, "samples", view->samples);
        report_key_number(json, "sum", view->sum);
        report_key_number(json, "minimum", view->minimum);
        report_key_number(json, "maximum", view->maximum);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void json_event(json_out *json, const replay_event *e)
{
    json_open(json, '{');
    report_event(json, e);
    report_key_open(json, "filters", '{');
    for (size_t s = 0; s < 2; s++) {
        report_key_open(json, keys[s], '[');
        for (size_t at = 0; at < e->filters[s].length; at += strlen(e->filters[s].data + at) + 1)
            json_words(json, e->filters[s].data + at);
        json_close(json, ']');
    }
    json_close(json, '}');
    json_close(json, '}');
}

static void json_warnings(json_out *json, const replay_difference *d)
{
    report_key_open(json, "warnings", '{');
    for (size_t s = 0; s < 2; s++) {
        report_key_open(json, keys[s], '[');
        for (size_t i = 0; i < d->sides[s]->n_warnings; i++)
            json_words(json, d->sides[s]->warnings[i]);
        json_close(json, ']');
    }
    json_close(json, '}');
}

static void json_totals(json_out *json, const replay_difference *d)
{
    const replay_model *model = &d->sides[0]->model;
    report_key_time(json, "from", model->from);
    report_key_time(json, "to", model->to);
    report_key_count(json, "files", model->totals.files);
    report_key_count(json, "events", model->totals.events);
    report_key_open(json, "matches", '{');
    for (size_t s = 0; s < 2; s++)
        report_key_count(json, keys[s], d->matches[s]);
    json_close(json, '}');
}

void report_against_json(const replay_difference *difference, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    report_key_count(&json, "version", AGAINST_JSON_VERSION);
    report_key_flag(&json, "same", !difference->any);
    json_totals(&json, difference);
    json_warnings(&json, difference);
    report_key_open(&json, "alarms", '[');
    for (size_t i = 0; i < difference->n_alarms; i++)
        json_alarm(&json, &difference->alarms[i]);
    json_close(&json, ']');
    report_key_open(&json, "metrics", '[');
    for (size_t i = 0; i < difference->n_metrics; i++)
        json_metric(&json, &difference->metrics[i]);
    json_close(&json, ']');
    report_key_count(&json, "eventCount", difference->n_events_all);
    report_key_open(&json, "differingEvents", '[');
    for (size_t i = 0; i < difference->n_events; i++)
        json_event(&json, &difference->events[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    blob_append(out, (const unsigned char *)json.data, json.length);
    blob_append_words(out, "\n");
    json_out_free(&json);
}
