/* Reports of a replay: a model in, bytes out. They depend on the model alone, and never fail. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stdbool.h>

#include "blob.h"
#include "replay_model.h"

/* A timeline to read; `colour`: with the terminal's escapes; `warnings`: with the warnings, which a reader at
 * the terminal has seen already. */
void report_text(const replay_model *model, bool colour, bool warnings, blob *out);

/* One object, as replay.schema.json describes it. */
void report_json(const replay_model *model, blob *out);

/* Rows of every kind under one header (RFC 4180); the first column says what a row is. */
void report_csv(const replay_model *model, blob *out);

/* One page that needs nothing else. */
void report_html(const replay_model *model, blob *out);

#endif
