/* The formats that people and their editors read, and GitHub's. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "report_words.h"
#include "wrap.h"

static ctf_text text_of(const char *words)
{
    return (ctf_text){words, strlen(words)};
}

static const char *file_of(const check_problem *problem)
{
    return problem->place.file == NULL ? "pattern" : problem->place.file;
}

/* Of several patterns of the command line each has its number. */
static void place_name(const check_work *work, const check_problem *problem, blob *out)
{
    report_words_safe(out, text_of(file_of(problem)));
    if (problem->place.file == NULL && problem->item != CHECK_NO_ITEM && work->n_items > 1)
        report_words(out, " %zu", problem->item + 1);
}

/* "FILE:LINE:COLUMN: warning: words [id]" and what shows it. */
static void problem_text(const check_work *work, const check_problem *problem, blob *out)
{
    place_name(work, problem, out);
    if (problem->place.line > 0)
        report_words(out, ":%" PRIu32 ":%" PRIu32, problem->place.line, problem->place.column);
    report_words(out, ": %s: ", ctf_severity_name(problem->severity));
    report_words_safe(out, text_of(problem->words));
    report_words(out, " [%s]\n", problem->id);
    if (problem->excerpt != NULL)
        blob_append_words(out, problem->excerpt);
    if (problem->instead != NULL) {
        blob_append_words(out, problem->sure ? "  write:   " : "  perhaps: ");
        report_words_safe(out, text_of(problem->instead[0] == '\0' ? "nothing there" : problem->instead));
        blob_append_words(out, "\n");
    }
    if (problem->service != NULL) {
        blob_append_words(out, "  the service says: ");
        report_words_safe(out, text_of(problem->service));
        blob_append_words(out, "\n");
    }
}

void check_report_text(const check_work *work, blob *out)
{
    for (size_t i = 0; i < work->n_problems; i++)
        problem_text(work, &work->problems[i], out);
    if (work->n_problems == 0)
        return;
    report_words_count(out, work->n_items, "pattern");
    blob_append_words(out, ": ");
    report_words_count(out, work->counts[CTF_SEVERITY_ERROR], "error");
    blob_append_words(out, ", ");
    report_words_count(out, work->counts[CTF_SEVERITY_WARNING], "warning");
    blob_append_words(out, ", ");
    report_words_count(out, work->counts[CTF_SEVERITY_NOTE], "note");
    blob_append_words(out, "\n");
}

/* ---- JSON ---- */

static void member(json_out *json, const char *key, const char *text)
{
    if (text == NULL)
        return;
    json_key(json, key);
    json_words(json, text);
}

static void number(json_out *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_unsigned(json, value);
}

static void problem_json(const check_work *work, const check_problem *problem, json_out *json)
{
    json_open(json, '{');
    member(json, "id", problem->id);
    member(json, "severity", ctf_severity_name(problem->severity));
    member(json, "file", problem->place.file);
    if (problem->place.line > 0) {
        number(json, "line", problem->place.line);
        number(json, "column", problem->place.column);
    }
    if (problem->end_line > 0) {
        number(json, "endLine", problem->end_line);
        number(json, "endColumn", problem->end_column);
    }
    if (problem->item != CHECK_NO_ITEM) {
        const check_item *item = &work->items[problem->item];
        if (item->name.length > 0) {
            json_key(json, "name");
            json_string(json, item->name);
        }
        json_key(json, "pattern");
        json_string(json, item->pattern);
    }
    member(json, "text", problem->words);
    member(json, "service", problem->service);
    member(json, "instead", problem->instead);
    if (problem->instead != NULL) {
        json_key(json, "sure");
        json_boolean(json, problem->sure);
    }
    json_close(json, '}');
}

static void finish(json_out *json, blob *out)
{
    blob_append(out, json->data, json->length);
    blob_append_words(out, "\n");
    json_out_free(json);
}

void check_report_json(const check_work *work, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    number(&json, "patterns", work->n_items);
    number(&json, "errors", work->counts[CTF_SEVERITY_ERROR]);
    number(&json, "warnings", work->counts[CTF_SEVERITY_WARNING]);
    number(&json, "notes", work->counts[CTF_SEVERITY_NOTE]);
    json_key(&json, "findings");
    json_open(&json, '[');
    for (size_t i = 0; i < work->n_problems; i++)
        problem_json(work, &work->problems[i], &json);
    json_close(&json, ']');
    json_close(&json, '}');
    finish(&json, out);
}

/* ---- GitHub's workflow commands ---- */

/* In properties a colon and a comma end the value, so they are escaped too. */
static void escaped(blob *out, const char *text, bool property)
{
    for (; *text != '\0'; text++) {
        const char *code = *text == '%' ? "%25" : *text == '\r' ? "%0D" : *text == '\n' ? "%0A" : NULL;
        if (property && (*text == ':' || *text == ','))
            code = *text == ':' ? "%3A" : "%2C";
        if (code != NULL)
            blob_append_words(out, code);
        else
            blob_append_byte(out, *text);
    }
}

static void place_github(const check_problem *problem, blob *out)
{
    if (problem->place.file == NULL)
        return;
    blob_append_words(out, "file=");
    escaped(out, problem->place.file, true);
    if (problem->place.line > 0)
        report_words(out, ",line=%" PRIu32 ",col=%" PRIu32, problem->place.line, problem->place.column);
    if (problem->end_line > 0)
        report_words(out, ",endLine=%" PRIu32 ",endColumn=%" PRIu32, problem->end_line, problem->end_column);
    blob_append_words(out, ",");
}

void check_report_github(const check_work *work, blob *out)
{
    static const char *const commands[] = {"notice", "warning", "error"};
    for (size_t i = 0; i < work->n_problems; i++) {
        const check_problem *problem = &work->problems[i];
        report_words(out, "::%s ", commands[problem->severity]);
        place_github(problem, out);
        report_words(out, "title=ctfilter %s::", problem->id);
        escaped(out, problem->words, false);
        if (problem->instead != NULL) {
            blob_append_words(out, problem->sure ? "%0AWrite: " : "%0APerhaps: ");
            escaped(out, problem->instead, false);
        }
        blob_append_words(out, "\n");
    }
}
