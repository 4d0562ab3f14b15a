/* What it takes for an answer to agree with a vector, kind by kind (spec: README, alarm-vectors). `vector` and
 * `answer` are objects; the answer is no refusal of the request. */
#ifndef CLI_COMPARE_KINDS_H
#define CLI_COMPARE_KINDS_H

#include <stdbool.h>

#include "json_in.h"

/* A vector that expects an error agrees with any that tells of the request, not of the engine's own trouble, and
 * has the words of error_contains in its message or service text; any other vector with no error. *decided
 * says that the error settled it, and the answer's values need not be looked at. */
bool compare_error(const json_value *vector, const json_value *answer, bool *decided);

/* Is it the same value: numbers of one value, strings, arrays in their order? */
bool compare_values(const json_value *expected, const json_value *got);

bool compare_state(const json_value *vector, const json_value *answer);      /* alarm; composite has it too */
bool compare_states(const json_value *vector, const json_value *answer);     /* alarm_seq */
bool compare_range(const json_value *vector, const json_value *answer);
bool compare_window(const json_value *vector, const json_value *answer);
bool compare_lowsample(const json_value *vector, const json_value *answer);
bool compare_reason(const json_value *vector, const json_value *answer);
bool compare_stat(const json_value *vector, const json_value *answer);       /* within its tolerance */
bool compare_metric(const json_value *vector, const json_value *answer);     /* in any order */
bool compare_suppressor(const json_value *vector, const json_value *answer);
bool compare_replay(const json_value *vector, const json_value *answer);
bool compare_validation(const json_value *vector, const json_value *answer);

#endif
