/* The values in a selected message: when it was, what --extract asks for, what its fields are. */
#ifndef CLI_MATCH_VALUE_H
#define CLI_MATCH_VALUE_H

#include "match_worker.h"

/* Writes to the worker's JSON when the message was, in milliseconds since 1970: the log event's own
 * timestamp, else the record's eventTime, else the envelope's time; null when none can be read. */
void match_value_time(match_worker *worker, const match_message *message);

/* Writes the key "values" and an object of the values that --extract asks for and the message has;
 * arrays and objects are no values. */
void match_value_object(match_worker *worker, const match_message *message, const ctf_hits *hits);

/* Appends the same to the results as columns with tabs between, "-" where there is no value; tabs,
 * line ends and backslashes in a value appear as \t, \n, \r and \\. */
void match_value_columns(match_worker *worker, const match_message *message, const ctf_hits *hits);

/* Writes an object of the fields that the space-delimited patterns among the hits name, the first one
 * to name a field deciding (spec: filter-patterns 6.2); empty for other kinds. */
void match_value_fields(match_worker *worker, const ctf_hits *hits);

#endif
