/* The oracle alone against the cases. It needs no library: what fails here is the oracle or the case.
 *
 *   test_oracle FILE.cases ...
 */
#include "oracle/oracle.h"
#include "support/cases.h"

#include <stdio.h>
#include <string.h>

static size_t checks, failures;

static oracle_text bytes(ctf_text text)
{
    return (oracle_text){(const unsigned char *)text.data, text.length};
}

static void check(bool good, const cases_file *file, size_t line, const char *name, const char *what)
{
    checks++;
    if (good)
        return;
    failures++;
    printf("%s:%zu: %s %s\n", file->path, line, name, what);
}

static bool same(oracle_text a, oracle_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static oracle_text of_string(const char *text)
{
    return (oracle_text){(const unsigned char *)text, strlen(text)};
}

static bool has_field(const cases_want *want, const oracle_pattern *pattern, ctf_text message)
{
    oracle_pool pool = {NULL};
    const oracle_field *fields;
    size_t n = oracle_fields(pattern, bytes(message), &pool, &fields);
    bool good = false;
    for (size_t i = 0; i < n; i++)
        if (fields[i].position == want->position)
            good = same(fields[i].name, of_string(want->name)) && same(fields[i].text, bytes(want->text));
    oracle_pool_free(&pool);
    return good;
}

static bool has_value(const cases_want *want, ctf_text message)
{
    static const char *const types[] = {"missing", "null", "boolean", "number", "string", "array", "object"};
    oracle_pool pool = {NULL};
    oracle_value value;
    bool good = oracle_extract(of_string(want->name), bytes(message), &pool, &value) &&
                strcmp(types[value.type], want->type) == 0 && same(value.text, bytes(want->text));
    oracle_pool_free(&pool);
    return good;
}

static void check_message(const cases_file *file, const oracle_pattern *pattern, const cases_message *message)
{
    bool match = oracle_pattern_match(pattern, bytes(message->text));
    check(match == message->match, file, message->line, message->name, match ? "matches" : "does not match");
    for (size_t i = 0; i < message->n_wants; i++) {
        const cases_want *want = &message->wants[i];
        bool good = true; /* the oracle has no opinion about $name and $1 */
        if (want->field)
            good = has_field(want, pattern, message->text);
        else if (oracle_pattern_kind(pattern) == ORACLE_JSON)
            good = has_value(want, message->text);
        check(good, file, message->line, want->name, "is extracted otherwise");
    }
}

static void check_pattern(const cases_file *file, const cases_pattern *c)
{
    oracle_pattern *pattern = oracle_pattern_new(bytes(c->text));
    check((pattern == NULL) == c->refused, file, c->line, "the pattern",
          pattern == NULL ? "is refused" : "is accepted");
    for (size_t i = 0; pattern != NULL && i < c->n_messages; i++)
        check_message(file, pattern, &c->messages[i]);
    oracle_pattern_free(pattern);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        cases_file file;
        cases_read(argv[i], &file);
        for (size_t k = 0; k < file.n; k++)
            check_pattern(&file, &file.patterns[k]);
        cases_free(&file);
    }
    printf("%zu checks, %zu failures\n", checks, failures);
    return failures > 0 || checks == 0;
}
