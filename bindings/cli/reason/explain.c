/* `ctfilter explain`: why a message matches a pattern or does not; without a message, what the pattern asks. */
#include "explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "messages.h"

const char *explain_kind(ctf_kind kind)
{
    static const char *const names[] = {[CTF_KIND_ALL] = "all", [CTF_KIND_TEXT] = "text", [CTF_KIND_REGEX] = "regex",
                                        [CTF_KIND_FIELDS] = "fields", [CTF_KIND_JSON] = "json"};
    return names[kind];
}

const char *explain_outcome(ctf_outcome outcome)
{
    static const char *const names[] = {[CTF_OUTCOME_NONE] = "",         [CTF_OUTCOME_TRUE] = "true",
                                        [CTF_OUTCOME_FALSE] = "false",   [CTF_OUTCOME_ABSENT] = "absent",
                                        [CTF_OUTCOME_UNFIT] = "type",    [CTF_OUTCOME_IGNORED] = "ignored"};
    return names[outcome];
}

const char *explain_type(ctf_value_type type)
{
    static const char *const names[] = {
        [CTF_VALUE_MISSING] = "missing", [CTF_VALUE_NULL] = "null",   [CTF_VALUE_BOOLEAN] = "boolean",
        [CTF_VALUE_NUMBER] = "number",   [CTF_VALUE_STRING] = "string", [CTF_VALUE_ARRAY] = "array",
        [CTF_VALUE_OBJECT] = "object"};
    return names[type];
}

ctf_explanation_info explain_info(const ctf_explanation *e)
{
    ctf_explanation_info info = {0};
    ctf_explanation_describe(e, &info);
    return info;
}

ctf_clause explain_clause(const ctf_explanation *e, size_t index)
{
    ctf_clause clause = {0};
    ctf_explanation_clause(e, index, &clause);
    return clause;
}

ctf_seen explain_seen(const ctf_explanation *e, size_t clause, size_t index)
{
    ctf_seen seen = {0};
    ctf_explanation_seen(e, clause, index, &seen);
    return seen;
}

ctf_hint explain_hint(const ctf_explanation *e, size_t index)
{
    ctf_hint hint = {0};
    ctf_explanation_hint(e, index, &hint);
    return hint;
}

ctf_split explain_token(const ctf_explanation *e, size_t index)
{
    ctf_split token = {0};
    ctf_explanation_token(e, index, &token);
    return token;
}

static void read_clauses(explain_work *work)
{
    work->info = explain_info(work->words);
    work->clauses = need(work->info.n_clauses, sizeof *work->clauses);
    for (size_t i = 0; i < work->info.n_clauses; i++)
        work->clauses[i] = explain_clause(work->words, i);
}

/* Reads the pattern; tells what is wrong with it. */
static bool read_pattern(explain_work *work)
{
    ctf_error error;
    ctf_status status = ctf_explain(work->pattern, NULL, NULL, &work->words, &error);
    if (status == CTF_OK)
        read_clauses(work);
    else
        diag_library(&error, work->pattern, "pattern");
    return status == CTF_OK;
}

static bool as_json(const explain_work *work)
{
    return options_has(work->options, OPT_JSON);
}

/* Prints what was written and empties both. */
static void flush(blob *text, json_out *json)
{
    if (text->length > 0)
        fwrite(text->data, 1, text->length, stdout);
    text->length = 0;
    if (json->length > 0)
        json_line(json, stdout);
}

static bool print_one(explain_work *work, const explain_message *message)
{
    ctf_text text = {(const char *)message->text.data, message->text.length};
    ctf_explanation *e;
    blob out = {0};
    json_out json = {0};
    if (ctf_explain(work->pattern, &text, NULL, &e, NULL) != CTF_OK)
        need_failed();
    if (as_json(work))
        explain_json(work, message, e, &json);
    else
        explain_print(work, message, e, &out);
    flush(&out, &json);
    bool matches = explain_info(e).matches != 0;
    ctf_explanation_free(e);
    blob_free(&out);
    json_out_free(&json);
    return matches;
}

static void print_about(const explain_work *work, void (*text)(const explain_work *, blob *),
                        void (*json)(const explain_work *, json_out *))
{
    blob out = {0};
    json_out line = {0};
    if (as_json(work))
        json(work, &line);
    else
        text(work, &out);
    flush(&out, &line);
    blob_free(&out);
    json_out_free(&line);
}

static void free_message(explain_message *message)
{
    free(message->label);
    blob_free(&message->text);
}

/* ---- --each ---- */

static bool take_each(void *context, const message_seen *seen)
{
    explain_work *work = context;
    explain_message message = {.there = true, .label = need_copy(seen->label, strlen(seen->label)), .index = seen->index};
    blob_append(&message.text, seen->text.data, seen->text.length);
    work->messages = 2; /* each says which it is */
    if (work->read++ > 0 && !as_json(work))
        putchar('\n');
    work->matches += print_one(work, &message);
    free_message(&message);
    return !output_failed();
}

static bool explain_each(explain_work *work, const char *const *paths, size_t n)
{
    const ctf_pattern pattern = {.text = work->pattern};
    if (ctf_filter_compile(&pattern, 1, NULL, &work->filter, NULL) != CTF_OK)
        need_failed();
    return messages_read(work->options, work->filter, paths, n, take_each, work);
}

/* ---- one of them ---- */

static bool explain_chosen(explain_work *work, const char *const *paths, size_t n)
{
    bool good = explain_tally(work, paths, n);
    if (!work->chosen.there) {
        if (good && work->wanted > 0)
            diag_print("explain: there %s %" PRIu64 " message%s only", work->messages == 1 ? "is" : "are", work->messages,
                       work->messages == 1 ? "" : "s");
        else if (good)
            diag_print("explain: there is no message");
        return false;
    }
    if (work->messages > 1 && work->wanted == 0)
        print_about(work, explain_print_counts, explain_json_counts);
    bool matches = print_one(work, &work->chosen);
    if (work->wanted > 0)
        work->matches = matches;
    return good;
}

static int explain(explain_work *work)
{
    const char *const *paths = work->options->operands + 1;
    size_t n = work->options->n_operands - 1;
    if (!read_pattern(work))
        return EXIT_ERROR;
    if (n == 0) {
        print_about(work, explain_print_words, explain_json_words);
        return 0;
    }
    bool good = options_has(work->options, OPT_EACH) ? explain_each(work, paths, n) : explain_chosen(work, paths, n);
    return !good ? EXIT_ERROR : work->matches == 0;
}

int run_explain(const cli_options *options)
{
    explain_work work = {.options = options, .wanted = options_number(options, OPT_NUMBER, 0)};
    if (options->n_operands == 0)
        return options_misuse(options->command, "a pattern is needed");
    if (work.wanted > 0 && options_has(options, OPT_EACH))
        return options_misuse(options->command, "--number and --each exclude each other");
    if (options->n_operands == 1 && (work.wanted > 0 || options_has(options, OPT_EACH)))
        return options_misuse(options->command, "--number and --each need a PATH");
    work.pattern = (ctf_text){options->operands[0], strlen(options->operands[0])};
    int status = explain(&work);
    ctf_explanation_free(work.words);
    ctf_filter_free(work.filter);
    free(work.clauses);
    free(work.holds);
    free(work.prices);
    free_message(&work.chosen);
    for (size_t i = 0; work.near != NULL && i <= work.info.n_clauses; i++)
        free_message(&work.near[i]);
    free(work.near);
    return status;
}
