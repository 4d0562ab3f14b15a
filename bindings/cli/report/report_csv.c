/* The report as rows (RFC 4180): one header, the first column says what a row is. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "replay_time.h"
#include "report.h"

/* A row; what is empty stays an empty field. Times of 0 with has_* unset are empty. */
typedef struct row {
    const char *kind;
    ctf_text alarm;
    int64_t time;
    bool has_end;
    int64_t end;
    const replay_datapoint *point;
    const replay_transition *transition;
    const char *rule;
    const char *state; /* of an action */
    const replay_breach *breach; /* with its count of events */
    const replay_event *event;
} row;

static const char header[] = "kind,alarm,time,end,value,samples,breaching,from,to,rule,reason,decision,events,"
                             "event_id,event_name,principal,source_ip,file,index,message\r\n";

static void field(blob *out, ctf_text text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.length && !quoted; i++)
        quoted = strchr(",\"\r\n", text.data[i]) != NULL;
    if (!quoted) {
        blob_append(out, text.data, text.length);
        return;
    }
    blob_append_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"')
            blob_append_byte(out, '"');
        blob_append_byte(out, text.data[i]);
    }
    blob_append_byte(out, '"');
}

static void next(blob *out)
{
    blob_append_byte(out, ',');
}

static void words(blob *out, const char *text)
{
    next(out);
    field(out, (ctf_text){text, strlen(text)});
}

static void text(blob *out, ctf_text value)
{
    next(out);
    field(out, value);
}

static void count(blob *out, bool has, uint64_t value)
{
    char digits[32] = "";
    if (has)
        snprintf(digits, sizeof digits, "%" PRIu64, value);
    words(out, digits);
}

static void number(blob *out, bool has, double value)
{
    unsigned char digits[CTFI_DOUBLE_TEXT];
    next(out);
    if (has)
        blob_append(out, digits, ctfi_double_print_json(value, digits));
}

static void time(blob *out, bool has, int64_t value)
{
    next(out);
    if (has)
        replay_time_append(out, value);
}

static void put(blob *out, const row *r)
{
    static const replay_event nothing;
    const replay_event *e = r->event != NULL ? r->event : &nothing;
    const replay_datapoint *p = r->point;
    const replay_transition *t = r->transition;
    blob_append_words(out, r->kind);
    text(out, r->alarm);
    time(out, true, r->time);
    time(out, r->has_end, r->end);
    number(out, p != NULL && p->available, p != NULL ? p->value : 0);
    count(out, p != NULL, p != NULL ? p->sample_count : 0);
    words(out, p == NULL ? "" : p->breaching ? "true" : "false");
    words(out, t != NULL ? ctf_state_name(t->from) : "");
    words(out, t != NULL ? ctf_state_name(t->to) : r->state != NULL ? r->state : "");
    words(out, r->rule != NULL ? r->rule : "");
    words(out, t != NULL ? t->reason : "");
    words(out, t != NULL ? t->decision : r->breach != NULL && r->breach->silence != NULL ? r->breach->silence : "");
    count(out, r->breach != NULL, r->breach != NULL ? r->breach->n_all : 0);
    text(out, e->id);
    text(out, e->name);
    text(out, e->principal);
    text(out, e->source);
    text(out, e->file);
    count(out, r->event != NULL, e->index);
    text(out, e->message);
    blob_append_words(out, "\r\n");
}

static void transitions(blob *out, ctf_text alarm, const replay_transition *all, size_t n, bool metric)
{
    for (size_t i = 0; i < n; i++)
        put(out, &(row){.kind = "transition",
                        .alarm = alarm,
                        .time = all[i].time,
                        .transition = &all[i],
                        .rule = metric ? ctf_rule_used_name(all[i].verdict.rule) : NULL});
}

static void breaches(blob *out, const replay_model *model, const replay_alarm *alarm)
{
    ctf_text name = alarm->settings->input.alarm_name;
    for (size_t i = 0; i < alarm->n_breaches; i++) {
        const replay_breach *b = &alarm->breaches[i];
        bool listed = model->why && i < REPLAY_MOST_BREACHES;
        put(out, &(row){.kind = "breach", .alarm = name, .time = b->from, .has_end = true, .end = b->to,
                        .breach = listed ? b : NULL});
        for (size_t k = 0; k < b->n_events; k++)
            put(out, &(row){.kind = "event", .alarm = name, .time = b->events[k].time, .event = &b->events[k]});
    }
}

static void metric_alarm(blob *out, const replay_model *model, const replay_alarm *alarm)
{
    ctf_text name = alarm->settings->input.alarm_name;
    for (size_t i = 0; i < alarm->n_datapoints; i++)
        put(out, &(row){.kind = "datapoint", .alarm = name, .time = alarm->datapoints[i].start, .has_end = true,
                        .end = alarm->datapoints[i].start + alarm->step, .point = &alarm->datapoints[i]});
    transitions(out, name, alarm->transitions, alarm->n_transitions, true);
    breaches(out, model, alarm);
}

void report_csv(const replay_model *model, blob *out)
{
    blob_append_words(out, header);
    for (size_t i = 0; i < model->n_alarms; i++)
        metric_alarm(out, model, &model->alarms[i]);
    for (size_t i = 0; i < model->n_composites; i++) {
        const replay_composite *c = &model->composites[i];
        transitions(out, c->settings->name, c->transitions, c->n_transitions, false);
        for (size_t k = 0; k < c->n_actions; k++)
            put(out, &(row){.kind = "action", .alarm = c->settings->name, .time = c->actions[k].time,
                            .state = ctf_state_name(c->actions[k].state)});
    }
}
