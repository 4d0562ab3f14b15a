/* The timeline to read. */
#include <inttypes.h>
#include <string.h>

#include "replay_time.h"
#include "replay_words.h"
#include "report.h"
#include "report_words.h"
#include "sparkline.h"

#define LINE 110 /* the service's words and ours stand in one line where that is short */

/* A report being written. */
typedef struct page {
    const replay_model *model;
    bool colour;
    blob *out;
} page;

static void words(const page *p, const char *text)
{
    blob_append_words(p->out, text);
}

static void coloured(const page *p, const char *colour, const char *text)
{
    words(p, p->colour ? colour : "");
    words(p, text);
    words(p, p->colour ? REPORT_PLAIN : "");
}

static void safe_words(const page *p, const char *text)
{
    report_words_safe(p->out, (ctf_text){text, strlen(text)});
}

static void state(const page *p, ctf_state value)
{
    static const char *const colours[] = {[CTF_STATE_INSUFFICIENT_DATA] = REPORT_YELLOW,
                                          [CTF_STATE_OK] = REPORT_GREEN,
                                          [CTF_STATE_ALARM] = REPORT_RED};
    coloured(p, colours[value], ctf_state_name(value));
}

static void time(const page *p, int64_t value)
{
    replay_time_append(p->out, value);
}

/* ---- what alarms of both kinds have ---- */

static void headline(const page *p, ctf_text name, bool entered, ctf_state last)
{
    words(p, "\n");
    words(p, p->colour ? REPORT_BOLD : "");
    report_words_safe(p->out, name);
    words(p, p->colour ? REPORT_PLAIN : "");
    words(p, ": ");
    if (entered)
        coloured(p, REPORT_RED, "entered ALARM");
    else
        words(p, "never in ALARM");
    words(p, ", at the end ");
    state(p, last);
    words(p, "\n");
}

/* Do the service's sentence and ours go into one line? */
static bool is_short(const replay_transition *t)
{
    size_t n = strlen(t->reason);
    return n > 0 && t->reason[n - 1] == '.' && n + strlen(t->decision) < LINE;
}

static void transition(const page *p, const replay_transition *t)
{
    words(p, "  ");
    time(p, t->time);
    words(p, "  ");
    state(p, t->from);
    words(p, " -> ");
    state(p, t->to);
    words(p, "\n      ");
    safe_words(p, t->reason);
    words(p, is_short(t) ? " " : "\n      ");
    safe_words(p, t->decision);
    words(p, "\n");
}

static void transitions(const page *p, const replay_transition *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        transition(p, &all[i]);
    if (n == 0)
        words(p, "  no change of state\n");
}

/* ---- metric alarms ---- */

static void bars(const page *p, const replay_alarm *alarm)
{
    sparkline line;
    sparkline_make(alarm, &line);
    words(p, "  ");
    sparkline_append(&line, p->colour, p->out);
    words(p, "  from ");
    time(p, alarm->first);
    words(p, ", a mark ");
    replay_duration_append(p->out, line.step);
    if (alarm->n_datapoints > 0) {
        words(p, ", tallest ");
        replay_words_number(line.tallest, p->out);
    }
    words(p, line.missing ? ", · missing" : "");
    words(p, line.unavailable ? ", ? not to be had\n" : "\n");
}

static void column(const page *p, ctf_text text)
{
    words(p, "  ");
    report_words_safe(p->out, text.length > 0 ? text : (ctf_text){"-", 1});
}

static void event(const page *p, const replay_event *e)
{
    words(p, "      ");
    time(p, e->time);
    if (e->name.length > 0) {
        column(p, e->id);
        column(p, e->name);
        column(p, e->principal);
        column(p, e->source);
    } else {
        column(p, e->message);
    }
    words(p, "\n");
}

static void breach(const page *p, const replay_breach *b, bool listed)
{
    words(p, "  breaching from ");
    time(p, b->from);
    words(p, " to ");
    time(p, b->to);
    words(p, b->silence != NULL ? ", no alarm, " : ", ");
    if (listed)
        report_words_count(p->out, b->n_all, "matching event");
    else
        words(p, "events not listed");
    words(p, b->n_events > 0 ? ":\n" : "\n");
    for (size_t i = 0; i < b->n_events; i++)
        event(p, &b->events[i]);
    if (b->n_all > b->n_events)
        report_words(p->out, "      and %" PRIu64 " more\n", b->n_all - b->n_events);
    if (b->silence == NULL)
        return;
    words(p, "      At ");
    time(p, b->looked);
    words(p, ": ");
    safe_words(p, b->silence);
    words(p, "\n");
}

static void metric_alarm(const page *p, const replay_alarm *alarm)
{
    headline(p, alarm->settings->input.alarm_name, alarm->entered_alarm, alarm->bands[alarm->n_bands - 1].state);
    words(p, "  ");
    safe_words(p, alarm->summary);
    report_words(p->out, " (sees %" PRIu32 " periods)\n", alarm->range);
    bars(p, alarm);
    transitions(p, alarm->transitions, alarm->n_transitions);
    for (size_t i = 0; i < alarm->n_breaches && p->model->why; i++)
        breach(p, &alarm->breaches[i], i < REPLAY_MOST_BREACHES);
}

/* ---- composite alarms ---- */

static void action(const page *p, const replay_action *a)
{
    words(p, "  ");
    time(p, a->time);
    words(p, "  actions of ");
    state(p, a->state);
    words(p, "\n");
}

/* Changes and actions in the order of time. */
static void timeline(const page *p, const replay_composite *alarm)
{
    size_t k = 0;
    for (size_t i = 0; i < alarm->n_transitions; i++) {
        for (; k < alarm->n_actions && alarm->actions[k].time < alarm->transitions[i].time; k++)
            action(p, &alarm->actions[k]);
        transition(p, &alarm->transitions[i]);
    }
    for (; k < alarm->n_actions; k++)
        action(p, &alarm->actions[k]);
    if (alarm->n_transitions == 0)
        words(p, "  no change of state\n");
}

static void composite_alarm(const page *p, const replay_composite *alarm)
{
    const cli_composite_alarm *settings = alarm->settings;
    headline(p, settings->name, alarm->entered_alarm, alarm->bands[alarm->n_bands - 1].state);
    words(p, "  ");
    report_words_safe(p->out, settings->rule_text);
    if (settings->suppressor.length > 0) {
        words(p, "; actions suppressed by ");
        report_words_safe(p->out, settings->suppressor);
        report_words(p->out, ", wait %" PRId64 " s, extension %" PRId64 " s", settings->wait, settings->extension);
    }
    words(p, settings->cyclic ? "; depends on itself and is never evaluated\n" : "\n");
    timeline(p, alarm);
}

/* ---- around them ---- */

static void count(const page *p, const char *before, uint64_t n, const char *noun)
{
    words(p, before);
    report_words_count(p->out, n, noun);
}

static void preface(const page *p)
{
    const replay_totals *totals = &p->model->totals;
    words(p, "Replayed ");
    time(p, p->model->from);
    words(p, " to ");
    time(p, p->model->to);
    if (p->model->delay > 0) {
        words(p, ", events arriving after ");
        replay_duration_append(p->out, p->model->delay);
    }
    count(p, ": ", totals->events, "event");
    count(p, " in ", totals->files, "file");
    report_words(p->out, ", %" PRIu64 " matched", totals->matches);
    count(p, ", ", totals->samples, "sample");
    words(p, ".\n");
}

static void warn(const page *p)
{
    for (size_t i = 0; i < p->model->n_warnings; i++) {
        coloured(p, REPORT_YELLOW, "warning: ");
        safe_words(p, p->model->warnings[i]);
        words(p, "\n");
    }
}

void report_text(const replay_model *model, bool colour, bool warnings, blob *out)
{
    page p = {model, colour, out};
    preface(&p);
    if (warnings)
        warn(&p);
    for (size_t i = 0; i < model->n_alarms; i++)
        metric_alarm(&p, &model->alarms[i]);
    for (size_t i = 0; i < model->n_composites; i++)
        composite_alarm(&p, &model->composites[i]);
}
