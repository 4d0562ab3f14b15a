/* What the members of a request hold, and the answers that several kinds share. */
#ifndef CLI_ENGINE_REQUEST_H
#define CLI_ENGINE_REQUEST_H

#include <ctfilter/alarm.h>

#include "engine.h"

/* Each is false when the value is not there or is something else; *out is then unchanged. JSON has one type of number:
 * 2, 2.0 and 2e0 are the same whole number. */
bool request_number(const json_value *value, double *out);                          /* finite */
bool request_whole(const json_value *value, int64_t least, int64_t most, int64_t *out);
bool request_text(const json_value *value, ctf_text *out);
bool request_state(const json_value *value, ctf_state *out);
bool request_comparison(const json_value *value, ctf_comparison *out);
bool request_treatment(const json_value *value, ctf_treat_missing *out);
bool request_time(const json_value *value, int64_t *out); /* 2024-01-15T10:00:00Z */

/* Is it there and not null? */
bool request_has(const json_value *value);

/* Appends the member "error" of a library error. */
void engine_fail(json_out *out, const ctf_error *error);

/* The same of kind "validation", for an input that is wrong before the library sees it: "NAME must be MUST". */
void engine_invalid(json_out *out, const char *service, const char *name, const char *must);

/* Appends a finite number, or a state's name. */
void engine_number(json_out *out, double value);
void engine_state(json_out *out, ctf_state state);

#endif
