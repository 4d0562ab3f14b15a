/* Delivery files, NDJSON, arrays, pretty-printed copies, answers of FilterLogEvents and EventBridge
 * envelopes. */
#include "trail_form.h"

#include <string.h>

static void indent(trail_text *out, int depth)
{
    trail_put(out, "\n");
    while (depth-- > 0)
        trail_put(out, "  ");
}

/* The same tokens with one member a line; empty objects and arrays stay in one piece. */
static void put_pretty(const trail_entry *entry, const trail_text *record, trail_text *out)
{
    int depth = 0, quoted = 0;
    (void)entry;
    for (size_t i = 0; i < record->length; i++) {
        char c = record->data[i];
        int empty = i && strchr("{[", record->data[i - 1]);
        if (!quoted && strchr("}]", c) && (depth--, !empty))
            indent(out, depth);
        trail_put_bytes(out, &c, 1);
        if (quoted && c == '\\')
            trail_put_bytes(out, &record->data[++i], 1);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ':')
            trail_put(out, " ");
        else if (!quoted && (c == ',' || (strchr("{[", c) && (depth++, !strchr("}]", record->data[i + 1])))))
            indent(out, depth);
    }
}

static void put_escaped(trail_text *out, const trail_text *record)
{
    for (size_t i = 0; i < record->length; i++) {
        if (strchr("\"\\", record->data[i]))
            trail_put(out, "\\");
        trail_put_bytes(out, record->data + i, 1);
    }
}

static void put_event_id(const trail_entry *entry, trail_text *out)
{
    trail_random random = {trail_mix(entry->seed, 7)};
    trail_put_drawn(out, &random, "123456789", 1);
    trail_put_drawn(out, &random, "0123456789", 55);
}

static void put_log_event(const trail_entry *entry, const trail_text *record, trail_text *out)
{
    trail_put(out, "{\"logStreamName\":\"");
    trail_put(out, trail_account(entry->account));
    trail_put(out, "_CloudTrail_");
    trail_put(out, trail_region(entry->region));
    trail_put(out, "\",\"timestamp\":");
    trail_put_number(out, (uint64_t)entry->time * 1000, 1);
    trail_put(out, ",\"message\":\"");
    put_escaped(out, record);
    trail_put(out, "\",\"ingestionTime\":");
    trail_put_number(out, (uint64_t)entry->time * 1000 + 142000 + entry->seed % 90000, 1);
    trail_put(out, ",\"eventId\":\"");
    put_event_id(entry, out);
    trail_put(out, "\"}");
}

static void put_envelope(const trail_entry *entry, const trail_text *record, trail_text *out)
{
    trail_random random = {trail_mix(entry->seed, 11)};
    trail_put(out, "{\"version\":\"0\",\"id\":\"");
    trail_put_uuid(out, &random);
    trail_put(out, "\",\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":\"aws.events\",\"account\":\"");
    trail_put(out, trail_account(entry->account));
    trail_put(out, "\",\"time\":\"");
    trail_put_time(out, entry->time);
    trail_put(out, "\",\"region\":\"");
    trail_put(out, trail_region(entry->region));
    trail_put(out, "\",\"resources\":[],\"detail\":");
    trail_put_bytes(out, record->data, record->length);
    trail_put(out, "}");
}

static const trail_form forms[] = {
    {"aws", ".json.gz", "{\"Records\":[", ",", "]}", NULL},
    {"ndjson", ".ndjson", "", "\n", "\n", NULL},
    {"array", ".json", "[", ",", "]", NULL},
    {"pretty", ".json", "", "\n", "\n", put_pretty},
    {"logs", ".json", "{\"events\":[", ",", "],\"searchedLogStreams\":[]}", put_log_event},
    {"eventbridge", ".ndjson", "", "\n", "\n", put_envelope},
};

const trail_form *trail_form_at(size_t index)
{
    return index < sizeof forms / sizeof *forms ? forms + index : NULL;
}

const trail_form *trail_form_find(const char *name)
{
    size_t i = 0;
    while (trail_form_at(i) && strcmp(forms[i].name, name))
        i++;
    return trail_form_at(i);
}

static void put_entry(const trail_form *form, const trail_entry *entry, trail_text *record, trail_text *out)
{
    record->length = 0;
    trail_record(entry, record);
    if (form->put && !record->failed)
        form->put(entry, record, out);
    else
        trail_put_bytes(out, record->data, record->length);
}

int trail_document(const trail_form *form, const trail_entry *entries, size_t n, trail_text *out)
{
    trail_text record = {0};
    trail_put(out, form->head);
    for (size_t i = 0; i < n; i++) {
        if (i)
            trail_put(out, form->between);
        put_entry(form, entries + i, &record, out);
    }
    trail_put(out, form->tail);
    int failed = record.failed || out->failed;
    trail_text_free(&record);
    return failed ? -1 : 0;
}
