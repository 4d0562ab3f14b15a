/* The formats that tools read: SARIF 2.1.0 and JUnit's XML. */
#include <inttypes.h>
#include <string.h>

#include "check.h"
#include "junit.h"
#include "report_words.h"

/* ---- SARIF ---- */

static void words(json_out *json, const char *key, const char *text)
{
    json_key(json, key);
    json_words(json, text);
}

static void message(json_out *json, const char *key, const char *text)
{
    json_key(json, key);
    json_open(json, '{');
    words(json, "text", text);
    json_close(json, '}');
}

static void rules(json_out *json)
{
    ctf_check_rule rule;
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; ctf_check_rule_at(i, &rule) == CTF_OK; i++) {
        json_open(json, '{');
        words(json, "id", rule.id);
        message(json, "shortDescription", rule.title);
        message(json, "fullDescription", rule.help);
        json_key(json, "defaultConfiguration");
        json_open(json, '{');
        words(json, "level", ctf_severity_name(rule.severity));
        json_close(json, '}');
        json_close(json, '}');
    }
    json_close(json, ']');
}

static size_t rule_index(const char *id)
{
    ctf_check_rule rule;
    size_t i = 0;
    while (ctf_check_rule_at(i, &rule) == CTF_OK && strcmp(rule.id, id) != 0)
        i++;
    return i;
}

/* A path as a relative or absolute reference. */
static void uri(json_out *json, const char *path)
{
    static const char hex[] = "0123456789ABCDEF";
    blob out = {0};
    if (path[0] == '/')
        blob_append_words(&out, "file://");
    for (; *path != '\0'; path++) {
        unsigned char c = (unsigned char)*path;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     strchr("/._-~", (char)c) != NULL;
        if (plain) {
            blob_append_byte(&out, (char)c);
        } else {
            const char code[] = {'%', hex[c >> 4], hex[c & 15]};
            blob_append(&out, code, sizeof code);
        }
    }
    json_key(json, "uri");
    json_string(json, (ctf_text){(const char *)out.data, out.length});
    blob_free(&out);
}

static void number(json_out *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_unsigned(json, value);
}

static void region(json_out *json, const check_problem *problem)
{
    if (problem->place.line == 0)
        return;
    json_key(json, "region");
    json_open(json, '{');
    number(json, "startLine", problem->place.line);
    number(json, "startColumn", problem->place.column);
    if (problem->end_line > 0) {
        number(json, "endLine", problem->end_line);
        number(json, "endColumn", problem->end_column);
    }
    json_close(json, '}');
}

static void location(json_out *json, const check_problem *problem)
{
    if (problem->place.file == NULL)
        return;
    json_key(json, "locations");
    json_open(json, '[');
    json_open(json, '{');
    json_key(json, "physicalLocation");
    json_open(json, '{');
    json_key(json, "artifactLocation");
    json_open(json, '{');
    uri(json, problem->place.file);
    json_close(json, '}');
    region(json, problem);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, ']');
}

static void result(json_out *json, const check_problem *problem)
{
    json_open(json, '{');
    words(json, "ruleId", problem->id);
    number(json, "ruleIndex", rule_index(problem->id));
    words(json, "level", ctf_severity_name(problem->severity));
    message(json, "message", problem->words);
    location(json, problem);
    json_close(json, '}');
}

void check_report_sarif(const check_work *work, blob *out)
{
    json_out json = {0};
    json_open(&json, '{');
    words(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    words(&json, "version", "2.1.0");
    json_key(&json, "runs");
    json_open(&json, '[');
    json_open(&json, '{');
    json_key(&json, "tool");
    json_open(&json, '{');
    json_key(&json, "driver");
    json_open(&json, '{');
    words(&json, "name", "ctfilter");
    words(&json, "version", ctf_library_release());
    rules(&json);
    json_close(&json, '}');
    json_close(&json, '}');
    words(&json, "columnKind", "unicodeCodePoints");
    json_key(&json, "results");
    json_open(&json, '[');
    for (size_t i = 0; i < work->n_problems; i++)
        result(&json, &work->problems[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    json_close(&json, ']');
    json_close(&json, '}');
    blob_append(out, json.data, json.length);
    blob_append_words(out, "\n");
    json_out_free(&json);
}

/* ---- JUnit ---- */

static ctf_text class_of(const char *file)
{
    const char *name = file == NULL ? "pattern" : file;
    return (ctf_text){name, strlen(name)};
}

static void failure(const check_problem *problem, blob *out)
{
    blob body = {0};
    report_words(&body, "%s at %s:%" PRIu32 ":%" PRIu32 "\n", ctf_severity_name(problem->severity),
                 class_of(problem->place.file).data, problem->place.line, problem->place.column);
    blob_append_words(&body, problem->excerpt == NULL ? "" : problem->excerpt);
    junit_failure(out, problem->id, problem->words, (ctf_text){(const char *)body.data, body.length});
    blob_free(&body);
}

static bool fails(const check_problem *problem, size_t item)
{
    return problem->item == item && problem->severity > CTF_SEVERITY_NOTE;
}

static void item_case(const check_work *work, size_t index, blob *out)
{
    const check_item *item = &work->items[index];
    junit_case_begin(out, class_of(item->place.file), item->name.length > 0 ? item->name : item->pattern);
    for (size_t i = 0; i < work->n_problems; i++)
        if (fails(&work->problems[i], index))
            failure(&work->problems[i], out);
    junit_case_end(out);
}

static size_t count_failed(const check_work *work, size_t *cases)
{
    size_t failed = 0;
    *cases = work->n_items;
    for (size_t k = 0; k < work->n_items; k++) {
        bool any = false;
        for (size_t i = 0; i < work->n_problems && !any; i++)
            any = fails(&work->problems[i], k);
        failed += any;
    }
    for (size_t i = 0; i < work->n_problems; i++)
        if (fails(&work->problems[i], CHECK_NO_ITEM)) {
            ++*cases;
            failed++;
        }
    return failed;
}

void check_report_junit(const check_work *work, blob *out)
{
    size_t cases, failed = count_failed(work, &cases);
    junit_begin(out);
    junit_suite_begin(out, (ctf_text){"ctfilter check", 14}, cases, failed, 0);
    for (size_t i = 0; i < work->n_items; i++)
        item_case(work, i, out);
    for (size_t i = 0; i < work->n_problems; i++) {
        const check_problem *problem = &work->problems[i];
        if (!fails(problem, CHECK_NO_ITEM))
            continue;
        junit_case_begin(out, class_of(problem->place.file), (ctf_text){problem->id, strlen(problem->id)});
        failure(problem, out);
        junit_case_end(out);
    }
    junit_suite_end(out);
    junit_end(out);
}
