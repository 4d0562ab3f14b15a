/* Every case along every way the library has to answer.
 *
 *   test_cases FILE.cases ...
 *
 * Alone: the pattern compiled by itself, each message by each kernel, by the program saved and loaded, as
 * a buffer and as a stream of pieces of several sizes. Together: the patterns of all files in one filter,
 * which must give each message the verdicts that the oracle gives pattern by pattern. */
#include "oracle/oracle.h"
#include "support/cases.h"
#include "support/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILES 64
#define MAX_WANTS 16

static size_t checks, failures;
static cases_file files[MAX_FILES];
static size_t n_files;

static oracle_text bytes(ctf_text text)
{
    return (oracle_text){(const unsigned char *)text.data, text.length};
}

static bool same(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static ctf_text of_string(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

/* What a failure says of its place. */
typedef struct place {
    const cases_file *file;
    size_t line;
    const char *name;
    const char *path;
} place;

static void check(bool good, const place *at, const char *what)
{
    checks++;
    if (good)
        return;
    failures++;
    printf("%s:%zu: %s %s: %s\n", at->file->path, at->line, at->name, at->path, what);
}

typedef struct expectation {
    place at;
    const cases_message *message;
    ctf_text selectors[MAX_WANTS]; /* of the pattern, in the order in which they were asked for */
    size_t n_selectors;
} expectation;

static void see_value(const expectation *e, const cases_want *want, const ctf_scratch *scratch)
{
    static const char *const types[] = {"missing", "null", "boolean", "number", "string", "array", "object"};
    size_t k = 0;
    ctf_value value = {CTF_VALUE_MISSING, {NULL, 0}};
    char what[128];
    while (!same(e->selectors[k], of_string(want->name)))
        k++;
    bool known = ctf_scratch_value(scratch, 0, k, &value) == CTF_OK;
    int shown = value.text.length > 40 ? 40 : (int)value.text.length;
    snprintf(what, sizeof what, "at %.40s is %s %.*s", want->name, types[value.type], shown,
             shown > 0 ? value.text.data : "");
    check(known && strcmp(types[value.type], want->type) == 0 && same(value.text, want->text), &e->at, what);
}

static void see_field(const expectation *e, const cases_want *want, const ctf_scratch *scratch)
{
    size_t n = 0;
    ctf_field field;
    bool good = false;
    check(ctf_scratch_field(scratch, 0, 0, NULL, &n) == CTF_OK, &e->at, "fields cannot be counted");
    for (size_t k = 0; k < n; k++)
        if (ctf_scratch_field(scratch, 0, k, &field, &n) == CTF_OK && field.position == want->position)
            good = same(field.name, of_string(want->name)) && same(field.text, want->text);
    check(good, &e->at, "a field is extracted otherwise");
}

static void see(void *context, const ctf_scratch *scratch, const ctf_hits *hits)
{
    const expectation *e = context;
    bool match = engine_hit(hits, 0);
    check(match == e->message->match, &e->at, match ? "matches" : "does not match");
    if (!match)
        return;
    for (size_t i = 0; i < e->message->n_wants; i++)
        if (e->message->wants[i].field)
            see_field(e, &e->message->wants[i], scratch);
        else
            see_value(e, &e->message->wants[i], scratch);
}

/* All selectors that the case's messages ask for, each once. */
static size_t collect_selectors(const cases_pattern *c, ctf_text out[MAX_WANTS])
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_messages; i++)
        for (size_t k = 0; k < c->messages[i].n_wants; k++) {
            const cases_want *want = &c->messages[i].wants[k];
            size_t known = 0;
            while (known < n && !same(out[known], of_string(want->name)))
                known++;
            if (want->field || known < n)
                continue;
            if (n == MAX_WANTS)
                abort();
            out[n++] = of_string(want->name);
        }
    return n;
}

static void check_refusal(const cases_file *file, const cases_pattern *c, ctf_status status,
                          const ctf_error *error)
{
    place at = {file, c->line, c->name, "compile"};
    check(status == CTF_E_PATTERN || status == CTF_E_LIMIT, &at, "is accepted, or refused with another status");
    if (status != CTF_E_PATTERN && status != CTF_E_LIMIT)
        return;
    const char *kind = ctf_error_kind_name(error->kind);
    check(*c->kind == 0 || strcmp(c->kind, kind) == 0, &at, kind);
    check(!c->has_offset || c->offset == error->offset, &at, "points elsewhere");
    check(c->service.length == 0 || same(c->service, of_string(error->service)), &at, error->service);
    check(*error->message != 0 && error->offset + error->length <= c->text.length, &at,
          "is an error without a place");
}

static bool may_take(const engine_path *path, const cases_message *message)
{
    return !path->trusts || oracle_is_plain(bytes(message->text));
}

static void check_alone(const cases_file *file, const cases_pattern *c)
{
    engine e;
    ctf_error error;
    expectation expected = {.at = {.file = file}};
    expected.n_selectors = collect_selectors(c, expected.selectors);
    ctf_pattern pattern = {
        .text = c->text, .extract = expected.selectors, .n_extract = expected.n_selectors};
    ctf_status status = engine_open(&e, &pattern, 1, &error);
    if (c->refused) {
        check_refusal(file, c, status, &error);
    } else if (status != CTF_OK) {
        expected.at = (place){file, c->line, "the pattern", "compile"};
        check(false, &expected.at, error.message);
    }
    for (size_t i = 0; status == CTF_OK && i < c->n_messages; i++)
        for (size_t k = 0; k < e.n_paths; k++) {
            if (!may_take(&e.paths[k], &c->messages[i]))
                continue;
            expected.message = &c->messages[i];
            expected.at = (place){file, c->messages[i].line, c->messages[i].name, e.paths[k].name};
            engine_run(&e, &e.paths[k], c->messages[i].text, see, &expected);
        }
    if (status == CTF_OK)
        engine_close(&e);
}

/* All accepted patterns of all files, and what the oracle says of them. */
typedef struct crowd {
    ctf_pattern *patterns;
    oracle_pattern **oracles;
    size_t n;
    bool *expected; /* for the message at hand */
    place at;
} crowd;

static void gather(crowd *c)
{
    size_t room = 1;
    for (size_t i = 0; i < n_files; i++)
        room += files[i].n;
    c->patterns = calloc(room, sizeof *c->patterns);
    c->oracles = calloc(room, sizeof(oracle_pattern *));
    c->expected = calloc(room, sizeof *c->expected);
    if (c->patterns == NULL || c->oracles == NULL || c->expected == NULL)
        abort();
    for (size_t i = 0; i < n_files; i++)
        for (size_t k = 0; k < files[i].n; k++)
            if ((c->oracles[c->n] = oracle_pattern_new(bytes(files[i].patterns[k].text))) != NULL)
                c->patterns[c->n++].text = files[i].patterns[k].text;
}

static void see_crowd(void *context, const ctf_scratch *scratch, const ctf_hits *hits)
{
    const crowd *c = context;
    size_t next = 0;
    (void)scratch;
    for (size_t i = 0; i < c->n; i++) {
        bool hit = next < hits->n && hits->patterns[next] == i;
        next += hit;
        check(hit == c->expected[i], &c->at, hit ? "matches in the set" : "is missed in the set");
        if (hit != c->expected[i])
            printf("    %.*s\n", (int)c->patterns[i].text.length, c->patterns[i].text.data);
    }
    check(next == hits->n, &c->at, "hits are not in ascending order");
}

static void check_crowd_message(crowd *c, engine *e, const cases_file *file, const cases_message *message)
{
    for (size_t i = 0; i < c->n; i++)
        c->expected[i] = oracle_pattern_match(c->oracles[i], bytes(message->text));
    for (size_t k = 0; k < e->n_paths; k++) {
        if (!may_take(&e->paths[k], message))
            continue;
        c->at = (place){file, message->line, message->name, e->paths[k].name};
        engine_run(e, &e->paths[k], message->text, see_crowd, c);
    }
}

static void check_together(void)
{
    crowd c = {.n = 0};
    engine e;
    ctf_error error;
    gather(&c);
    if (engine_open(&e, c.patterns, c.n, &error) != CTF_OK) {
        printf("the set of all patterns is refused: %s\n", error.message);
        failures++;
    } else {
        for (size_t i = 0; i < n_files; i++)
            for (size_t k = 0; k < files[i].n; k++)
                for (size_t m = 0; m < files[i].patterns[k].n_messages; m++)
                    check_crowd_message(&c, &e, &files[i], &files[i].patterns[k].messages[m]);
        engine_close(&e);
    }
    for (size_t i = 0; i < c.n; i++)
        oracle_pattern_free(c.oracles[i]);
    free(c.patterns);
    free(c.oracles);
    free(c.expected);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc && n_files < MAX_FILES; i++)
        cases_read(argv[i], &files[n_files++]);
    for (size_t i = 0; i < n_files; i++)
        for (size_t k = 0; k < files[i].n; k++)
            check_alone(&files[i], &files[i].patterns[k]);
    check_together();
    for (size_t i = 0; i < n_files; i++)
        cases_free(&files[i]);
    printf("%zu files, %zu checks, %zu failures\n", n_files, checks, failures);
    return failures > 0 || checks == 0;
}
