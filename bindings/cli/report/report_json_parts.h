/* Members of the reports that are JSON. */
#ifndef CLI_REPORT_JSON_PARTS_H
#define CLI_REPORT_JSON_PARTS_H

#include "json_out.h"
#include "replay_model.h"

void report_key_text(json_out *json, const char *key, ctf_text text);
void report_key_words(json_out *json, const char *key, const char *text);
void report_key_count(json_out *json, const char *key, uint64_t value);
void report_key_flag(json_out *json, const char *key, bool value);
void report_key_time(json_out *json, const char *key, int64_t time);
void report_key_number(json_out *json, const char *key, double value);

/* Opens a member that is an object or an array. */
void report_key_open(json_out *json, const char *key, char bracket);

/* Nothing where the text is empty. */
void report_key_optional(json_out *json, const char *key, ctf_text text);

/* The members that tell a metric, and an event. */
void report_identity(json_out *json, const ctf_metric *metric);
void report_event(json_out *json, const replay_event *e);

#endif
