#include "report_json_parts.h"

#include "base/number.h"
#include "base/time.h"

void report_key_text(json_out *json, const char *key, ctf_text text)
{
    json_key(json, key);
    json_string(json, text);
}

void report_key_words(json_out *json, const char *key, const char *text)
{
    json_key(json, key);
    json_words(json, text);
}

void report_key_count(json_out *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_unsigned(json, value);
}

void report_key_flag(json_out *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

void report_key_time(json_out *json, const char *key, int64_t time)
{
    unsigned char text[CTFI_TIME_TEXT];
    report_key_text(json, key, (ctf_text){(const char *)text, ctfi_time_print(time, text)});
}

void report_key_number(json_out *json, const char *key, double value)
{
    unsigned char text[CTFI_DOUBLE_TEXT];
    json_key(json, key);
    json_raw(json, (ctf_text){(const char *)text, ctfi_double_print_json(value, text)});
}

void report_key_open(json_out *json, const char *key, char bracket)
{
    json_key(json, key);
    json_open(json, bracket);
}

static void dimensions(json_out *json, const ctf_metric *metric)
{
    report_key_open(json, "dimensions", '{');
    for (size_t i = 0; i < metric->n_dimensions; i++) {
        json_key_text(json, metric->dimensions[i].name);
        json_string(json, metric->dimensions[i].value);
    }
    json_close(json, '}');
}

void report_identity(json_out *json, const ctf_metric *metric)
{
    report_key_text(json, "namespace", metric->name_space);
    report_key_text(json, "name", metric->name);
    dimensions(json, metric);
    report_key_text(json, "unit", metric->unit.length > 0 ? metric->unit : (ctf_text){"None", 4});
}

void report_key_optional(json_out *json, const char *key, ctf_text text)
{
    if (text.length > 0)
        report_key_text(json, key, text);
}

void report_event(json_out *json, const replay_event *e)
{
    report_key_time(json, "time", e->time);
    report_key_optional(json, "eventID", e->id);
    report_key_optional(json, "eventName", e->name);
    report_key_optional(json, "principal", e->principal);
    report_key_optional(json, "sourceIPAddress", e->source);
    report_key_optional(json, "message", e->message);
    report_key_text(json, "file", e->file);
    report_key_count(json, "index", e->index);
}
