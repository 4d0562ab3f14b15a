/* Values that several parts of a case have. */
#ifndef CLI_SUITE_CASE_H
#define CLI_SUITE_CASE_H

#include "suite.h"

/* A message: a mapping is a JSON event, a text is itself. Returns false after a refusal. */
bool suite_read_message(suite_reading *r, const json_value *value, ctf_text *out);

/* Is it a list? Tells what is none; nothing is none either, and not told. */
bool suite_is_list(suite_reading *r, const json_value *value);

#endif
