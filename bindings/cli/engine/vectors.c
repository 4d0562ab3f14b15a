#include "vectors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "diag.h"
#include "json_out.h"

static ctf_text words(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

static ctf_text member_text(const cli_vector *vector, const char *key, const char *otherwise)
{
    const json_value *value = json_get(json_root(vector->document), key);
    if (json_is(value, JSON_STRING) || json_is(value, JSON_NUMBER))
        return value->text;
    return words(otherwise);
}

ctf_text vector_kind(const cli_vector *vector)
{
    return member_text(vector, "kind", "filter");
}

ctf_text vector_confidence(const cli_vector *vector)
{
    return member_text(vector, "confidence", "-");
}

ctf_text vector_id(const cli_vector *vector)
{
    return member_text(vector, "id", "-");
}

ctf_text vector_family(const cli_vector *vector)
{
    ctf_text id = vector_id(vector);
    size_t n = id.length;
    while (n > 0 && id.data[n - 1] >= '0' && id.data[n - 1] <= '9')
        n--;
    if (n > 1 && n < id.length && id.data[n - 1] == '-')
        return (ctf_text){id.data, n - 1};
    return n == 0 ? words("-") : id;
}

static bool is_key(const json_value *member, const char *key)
{
    return member->key.length == strlen(key) && memcmp(member->key.data, key, member->key.length) == 0;
}

bool vector_expects(const json_value *member)
{
    static const char prefix[] = "expected";
    size_t n = sizeof prefix - 1;
    if (member->key.length >= n && memcmp(member->key.data, prefix, n) == 0)
        return true;
    return is_key(member, "match") || is_key(member, "error") || is_key(member, "error_contains") ||
           is_key(member, "must_not_be");
}

/* Does a member stay out of the request? "rule" is a remark except where it is what is asked. */
static bool is_remark(const cli_vector *vector, const json_value *member)
{
    if (is_key(member, "rule"))
        return !json_is_text(json_get(json_root(vector->document), "kind"), "composite");
    return vector_expects(member) || is_key(member, "source") || is_key(member, "confidence") ||
           is_key(member, "note");
}

/* The steps of a sequence, each without what is expected of it. */
static void add_steps(json_out *out, const json_value *steps)
{
    json_open(out, '[');
    for (const json_value *step = steps->first; step != NULL; step = step->next) {
        json_open(out, '{');
        for (const json_value *member = step->first; member != NULL; member = member->next)
            if (!vector_expects(member)) {
                json_key_text(out, member->key);
                json_tree(out, member);
            }
        json_close(out, '}');
    }
    json_close(out, ']');
}

static bool has_steps(const json_value *member)
{
    if (!is_key(member, "steps") || !json_is(member, JSON_ARRAY))
        return false;
    for (const json_value *step = member->first; step != NULL; step = step->next)
        if (!json_is(step, JSON_OBJECT))
            return false;
    return true;
}

static void make_request(cli_vector *vector)
{
    json_out out = {0};
    json_open(&out, '{');
    for (const json_value *member = json_root(vector->document)->first; member != NULL; member = member->next)
        if (!is_remark(vector, member)) {
            json_key_text(&out, member->key);
            if (has_steps(member))
                add_steps(&out, member);
            else
                json_tree(&out, member);
        }
    json_close(&out, '}');
    char *line = need_copy(out.data, out.length);
    line[out.length] = '\n'; /* need_copy has room for it */
    vector->request = (ctf_text){line, out.length + 1};
    json_out_free(&out);
}

/* Vectors of a kind may tell what they expect further down; only that of filter vectors is known. */
static bool is_vector(const json_value *root)
{
    if (json_get(root, "kind") != NULL)
        return true;
    if (json_is(root, JSON_OBJECT))
        for (const json_value *member = root->first; member != NULL; member = member->next)
            if (vector_expects(member))
                return true;
    return false;
}

static bool add_line(vector_list *list, const char *path, size_t number, const char *line, size_t length)
{
    json_error error;
    json_document *document = json_read(line, length, &error);
    if (document == NULL) {
        diag_print("%s:%zu:%zu: %s", path, number, error.column, error.message);
        return false;
    }
    list->items = need_more(list->items, &list->room, list->n + 1, sizeof *list->items);
    cli_vector *added = &list->items[list->n++];
    *added = (cli_vector){.document = document, .file = path, .line = number};
    if (!is_vector(json_root(document))) {
        diag_print("%s:%zu: no vector: an object that says what is expected", path, number);
        return false;
    }
    make_request(added);
    return true;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

static bool read_lines(vector_list *list, const char *path, FILE *in)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    bool good = true;
    for (size_t number = 1; good && (length = getline(&line, &capacity, in)) >= 0; number++)
        if (!is_blank(line))
            good = add_line(list, path, number, line, (size_t)length - (line[length - 1] == '\n'));
    if (good && !feof(in)) {
        diag_system(path, errno);
        good = false;
    }
    free(line);
    return good;
}

bool vectors_read(vector_list *list, const char *path)
{
    if (strcmp(path, "-") == 0)
        return read_lines(list, "standard input", stdin);
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        diag_system(path, errno);
        return false;
    }
    bool good = read_lines(list, path, in);
    fclose(in);
    return good;
}

void vectors_free(vector_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        json_free(list->items[i].document);
        char *request;
        memcpy(&request, &list->items[i].request.data, sizeof request);
        free(request);
    }
    free(list->items);
}
