/* The engine: one request in, one answer out (spec: README, line protocol for engines). */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "json_out.h"
#include "options.h"
#include "verdict.h"

/* How an engine works; the same for all its requests. */
typedef struct cli_engine {
    verdict_reader reader;
} cli_engine;

/* The engine that --reader, --chunk and --kernel ask for. Returns false after it has told the user what is
 * wrong. */
bool engine_from_options(const cli_options *options, cli_engine *out);

/* Appends the answer to one line (without its newline) to `out`. Any bytes are a line; what is no
 * request is answered by an error of kind "request". */
void engine_answer(const cli_engine *engine, const void *line, size_t length, json_out *out);

/* What a kind's handler does: appends the members of its answer, the id apart, to the open object. */
typedef void (*engine_handler)(const cli_engine *engine, const json_value *request, json_out *out);

/* Appends the member "error" of kind "request". */
void engine_refuse(json_out *out, const char *message);

#endif
