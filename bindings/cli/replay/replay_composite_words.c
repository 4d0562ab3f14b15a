#include "replay_composite_words.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/time.h"
#include "json_out.h"

/* "Friday 22 July, 2022 15:57:45 UTC" */
static void append_date(blob *out, int64_t time)
{
    static const char *const days[] = {"Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"};
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    ctfi_date date = ctfi_date_of(time);
    int64_t day = ctfi_floor_div(time, 24 * 60 * CTFI_MINUTE) % 7;
    char text[96];
    snprintf(text, sizeof text, "%s %02u %s, %" PRId64 " %02u:%02u:%02u UTC", days[day < 0 ? day + 7 : day], date.day,
             months[date.month - 1], date.year, date.hour, date.minute, date.second);
    blob_append_words(out, text);
}

void replay_composite_reason(const replay_family *family, ctf_state to, blob *out)
{
    const replay_member *child = family->cause;
    const replay_member *subject = child != NULL ? child : family->own;
    blob_append(out, subject->called.data, subject->called.length);
    blob_append_words(out, child != NULL ? " transitioned to " : " was created and its alarm rule evaluates to ");
    blob_append_words(out, ctf_state_name(child != NULL ? child->state : to));
    if (child == NULL)
        return;
    blob_append_words(out, " at ");
    append_date(out, child->since);
}

static void append_trigger(json_out *json, const replay_member *child)
{
    unsigned char time[CTFI_TIME_TEXT];
    json_open(json, '{');
    json_key(json, "arn");
    json_string(json, child->called);
    json_key(json, "state");
    json_open(json, '{');
    json_key(json, "value");
    json_words(json, ctf_state_name(child->state));
    json_key(json, "timestamp");
    json_string(json, (ctf_text){(const char *)time, ctfi_time_print_query(child->since, time)});
    json_close(json, '}');
    json_close(json, '}');
}

/* The child that changed; after creation all of them. */
void replay_composite_data(const replay_family *family, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    json_key(&json, "triggeringAlarms");
    json_open(&json, '[');
    for (size_t i = 0; i < family->n; i++)
        if (family->children[i] != NULL && (family->cause == NULL || family->cause == family->children[i]))
            append_trigger(&json, family->children[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    blob_append(out, json.data, json.length);
    json_out_free(&json);
}

/* "The rule holds: a is ALARM, b is OK." */
void replay_composite_decision(const replay_family *family, ctf_state to, blob *out)
{
    blob_append_words(out, to == CTF_STATE_ALARM ? "The rule holds" : "The rule does not hold");
    for (size_t i = 0; i < family->n; i++) {
        const replay_member *child = family->children[i];
        ctf_text name = ctf_rule_child(family->rule, i);
        blob_append_words(out, i == 0 ? ": " : ", ");
        blob_append(out, name.data, name.length);
        blob_append_words(out, " is ");
        blob_append_words(out, ctf_state_name(child != NULL ? child->state : CTF_STATE_INSUFFICIENT_DATA));
    }
    blob_append_byte(out, '.');
}
