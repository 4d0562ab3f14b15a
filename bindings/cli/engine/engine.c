#include "engine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "diag.h"
#include "engine_alarm.h"
#include "engine_composite.h"
#include "engine_filter.h"
#include "engine_metric.h"
#include "engine_replay.h"
#include "engine_stat.h"
#include "engine_validation.h"
#include "kernel.h"

/* Who answers which kind; a request without a kind is the row without one. */
static const struct {
    const char *kind;
    engine_handler handler;
} handlers[] = {
    {NULL, engine_filter},
    {"alarm", engine_alarm},
    {"alarm_seq", engine_alarm_seq},
    {"range", engine_range},
    {"window", engine_window},
    {"lowsample", engine_lowsample},
    {"reason", engine_reason},
    {"stat", engine_stat},
    {"metric", engine_metric},
    {"validation", engine_validation},
    {"composite", engine_composite},
    {"suppressor", engine_suppressor},
    {"replay", engine_replay},
};

bool engine_from_options(const cli_options *options, cli_engine *out)
{
    out->reader.reader = (int)options_number(options, OPT_READER, READER_SCAN);
    out->reader.chunk = options_number(options, OPT_CHUNK, 7);
    return kernel_read(options, &out->reader.kernel);
}

void engine_refuse(json_out *out, const char *message)
{
    json_key(out, "error");
    json_open(out, '{');
    json_key(out, "kind");
    json_words(out, "request");
    json_key(out, "message");
    json_words(out, message);
    json_close(out, '}');
}

static engine_handler find_handler(const json_value *kind)
{
    for (size_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++)
        if (handlers[i].kind == NULL ? kind == NULL : json_is_text(kind, handlers[i].kind))
            return handlers[i].handler;
    return NULL;
}

static void refuse_kind(const json_value *kind, json_out *out)
{
    char message[128] = "the kind of a request is a string";
    if (json_is(kind, JSON_STRING))
        snprintf(message, sizeof message, "this engine does not know the kind '%.60s'", kind->text.data);
    engine_refuse(out, message);
}

static void answer_request(const cli_engine *engine, const json_value *request, json_out *out)
{
    const json_value *id = json_get(request, "id");
    const json_value *kind = json_get(request, "kind");
    engine_handler handler = find_handler(kind);
    if (id != NULL) {
        json_key(out, "id");
        json_tree(out, id);
    }
    if (!json_is(request, JSON_OBJECT))
        engine_refuse(out, "a request is a JSON object");
    else if (handler == NULL)
        refuse_kind(kind, out);
    else
        handler(engine, request, out);
}

void engine_answer(const cli_engine *engine, const void *line, size_t length, json_out *out)
{
    json_error error;
    json_document *document = json_read(line, length, &error);
    char message[256];
    json_open(out, '{');
    if (document != NULL) {
        answer_request(engine, json_root(document), out);
    } else {
        snprintf(message, sizeof message, "not JSON at byte %zu: %s", error.offset, error.message);
        engine_refuse(out, message);
    }
    json_close(out, '}');
    json_free(document);
}

/* Answers lines until they end. Returns 0, or the error that ended them early. */
static int answer_lines(const cli_engine *engine, FILE *in)
{
    json_out out = {0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while (!output_failed() && (length = getline(&line, &capacity, in)) >= 0) {
        size_t n = (size_t)length - (length > 0 && line[length - 1] == '\n');
        engine_answer(engine, line, n, &out);
        json_line(&out, stdout);
        fflush(stdout);
    }
    int error = feof(in) || output_failed() ? 0 : errno;
    free(line);
    json_out_free(&out);
    return error;
}

int run_engine(const cli_options *options)
{
    if (options->n_operands > 0)
        return options_misuse(options->command, "takes no arguments, not '%s'", options->operands[0]);
    cli_engine here;
    if (!engine_from_options(options, &here))
        return EXIT_ERROR;
    int error = answer_lines(&here, stdin);
    if (error == 0)
        return 0;
    diag_system("standard input", error);
    return EXIT_ERROR;
}
