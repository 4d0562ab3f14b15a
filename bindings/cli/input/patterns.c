#include "patterns.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "detect.h"
#include "diag.h"
#include "json_in.h"
#include "paths.h"
#include "slurp.h"

/* Where a pattern stood. In a file of lines the error can show the file's own line; a pattern inside
 * JSON is decoded, so its error shows the pattern. */
struct pattern_origin {
    const char *file;  /* NULL: the command line */
    size_t line;       /* of the JSON text that holds it; 0: the pattern is a line of the file */
    ctf_text contents; /* line 0: the whole file */
    size_t offset;     /* line 0: of the pattern in it, */
    size_t number;     /* and the line that it is */
};

/* A file being read. */
typedef struct pattern_file {
    pattern_list *list;
    const char *name;
    ctf_text contents; /* lives as long as the list */
} pattern_file;

static char *keep(pattern_list *list, const char *bytes, size_t length)
{
    list->kept = need_more(list->kept, &list->room_kept, list->n_kept + 1, sizeof *list->kept);
    char *copy = need_copy(bytes, length);
    list->kept[list->n_kept++] = copy;
    return copy;
}

static void append(pattern_list *list, ctf_text text, ctf_text name, struct pattern_origin origin)
{
    list->patterns = need_more(list->patterns, &list->room_patterns, list->n + 1, sizeof *list->patterns);
    list->origins = need_more(list->origins, &list->room_origins, list->n + 1, sizeof *list->origins);
    list->patterns[list->n] = (ctf_pattern){.text = text, .name = name};
    list->origins[list->n++] = origin;
}

void patterns_add(pattern_list *list, const char *pattern)
{
    size_t length = strlen(pattern);
    ctf_text text = {keep(list, pattern, length), length};
    append(list, text, (ctf_text){NULL, 0}, (struct pattern_origin){0});
}

void patterns_free(pattern_list *list)
{
    for (size_t i = 0; i < list->n_kept; i++)
        free(list->kept[i]);
    free(list->kept);
    free(list->patterns);
    free(list->origins);
    *list = (pattern_list){0};
}

static const json_value *either(const json_value *object, const char *one, const char *other)
{
    const json_value *value = json_get(object, one);
    return value != NULL ? value : json_get(object, other);
}

/* Appends the pattern of one filter object. */
static bool add_object(pattern_file *in, const json_value *object, size_t line)
{
    const json_value *text = either(object, "filterPattern", "pattern");
    const json_value *name = either(object, "filterName", "name");
    if (!json_is(text, JSON_STRING)) {
        diag_print("%s:%zu: expected an object with \"filterPattern\" or \"pattern\", a string", in->name, line);
        return false;
    }
    ctf_text called = {NULL, 0};
    if (json_is(name, JSON_STRING))
        called = (ctf_text){keep(in->list, name->text.data, name->text.length), name->text.length};
    ctf_text pattern = {keep(in->list, text->text.data, text->text.length), text->text.length};
    append(in->list, pattern, called, (struct pattern_origin){.file = in->name, .line = line});
    return true;
}

/* Appends what a JSON value holds: a filter, or several in an array or under "metricFilters". */
static bool add_value(pattern_file *in, const json_value *root, size_t line)
{
    const json_value *filters = json_get(root, "metricFilters");
    const json_value *many = json_is(filters, JSON_ARRAY) ? filters : root;
    if (!json_is(many, JSON_ARRAY))
        return add_object(in, root, line);
    for (const json_value *one = many->first; one != NULL; one = one->next)
        if (!add_object(in, one, line))
            return false;
    return true;
}

/* Does JSON begin here? No pattern has a quote behind its brace or a brace behind its bracket. */
static bool begins_json(ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t at = 0;
    if (!skip_blanks(data, text.length, &at) || (data[at] != '{' && data[at] != '['))
        return false;
    char next = data[at++] == '{' ? '"' : '{';
    return skip_blanks(data, text.length, &at) && data[at] == (unsigned char)next;
}

static bool add_json(pattern_file *in, ctf_text text, size_t line)
{
    json_error error;
    json_document *document = json_read(text.data, text.length, &error);
    if (document == NULL) {
        diag_print("%s:%zu:%zu: %s", in->name, line - 1 + error.line, error.column, error.message);
        return false;
    }
    bool good = add_value(in, json_root(document), line);
    json_free(document);
    return good;
}

static bool skipped(ctf_text line)
{
    size_t at = 0;
    return !skip_blanks((const unsigned char *)line.data, line.length, &at) || line.data[at] == '#';
}

static bool add_line(pattern_file *in, ctf_text line, size_t number)
{
    if (line.length > 0 && line.data[line.length - 1] == '\r')
        line.length--;
    if (skipped(line))
        return true;
    if (begins_json(line))
        return add_json(in, line, number);
    size_t offset = (size_t)(line.data - in->contents.data);
    append(in->list, line, (ctf_text){NULL, 0},
           (struct pattern_origin){.file = in->name, .contents = in->contents, .offset = offset, .number = number});
    return true;
}

/* The line at the start of a text, without its end. */
static ctf_text first_line(ctf_text text)
{
    const char *end = text.length == 0 ? NULL : memchr(text.data, '\n', text.length);
    return (ctf_text){text.data, end == NULL ? text.length : (size_t)(end - text.data)};
}

static bool add_lines(pattern_file *in, ctf_text text)
{
    for (size_t number = 1; text.length > 0; number++) {
        ctf_text line = first_line(text);
        if (!add_line(in, line, number))
            return false;
        size_t passed = line.length + (line.length < text.length);
        text = (ctf_text){text.data + passed, text.length - passed};
    }
    return true;
}

/* Is the whole text one JSON document, rather than a line of JSON and more lines? */
static bool one_document(ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t at = 0;
    skip s = {0};
    if (!begins_json(text) || !skip_blanks(data, text.length, &at))
        return false;
    ctf_text line = first_line((ctf_text){text.data + at, text.length - at});
    return !skip_value(&s, data, at + line.length, &at);
}

static bool add_file(pattern_file *in)
{
    const unsigned char *data = (const unsigned char *)in->contents.data;
    size_t mark = detect_mark(data, in->contents.length);
    ctf_text text = {in->contents.data + mark, in->contents.length - mark};
    size_t before = in->list->n;
    if (!(one_document(text) ? add_json(in, text, 1) : add_lines(in, text)))
        return false;
    if (in->list->n == before)
        diag_print("%s: holds no pattern", in->name);
    return in->list->n > before;
}

bool patterns_read_bytes(pattern_list *list, const char *label, ctf_text bytes)
{
    const char *contents = bytes.length > 0 ? bytes.data : "";
    pattern_file in = {list, keep(list, label, strlen(label)), {keep(list, contents, bytes.length), bytes.length}};
    return add_file(&in);
}

bool patterns_read(pattern_list *list, const char *path)
{
    blob bytes = {0};
    bool good = slurp(path, &bytes) &&
                patterns_read_bytes(list, path_label(path), (ctf_text){(const char *)bytes.data, bytes.length});
    blob_free(&bytes);
    return good;
}

pattern_place patterns_place(const pattern_list *list, size_t index)
{
    const struct pattern_origin *origin = &list->origins[index];
    if (origin->file == NULL)
        return (pattern_place){NULL, 1, 1, true};
    bool exact = origin->line == 0;
    return (pattern_place){origin->file, exact ? origin->number : origin->line, 1, exact};
}

/* What an error calls a pattern. */
static void describe(const struct pattern_origin *origin, ctf_text name, char *out, size_t size)
{
    int shown = name.length > 128 ? 128 : (int)name.length;
    if (origin->file == NULL)
        snprintf(out, size, "pattern");
    else if (origin->line == 0)
        snprintf(out, size, "%s", origin->file);
    else if (shown > 0)
        snprintf(out, size, "%s:%zu: pattern %.*s", origin->file, origin->line, shown, name.data);
    else
        snprintf(out, size, "%s:%zu: pattern", origin->file, origin->line);
}

static void tell(const pattern_list *list, const ctf_error *error)
{
    char name[512];
    ctf_error shown = *error;
    if (error->pattern >= list->n) {
        diag_print("%s", error->message);
        return;
    }
    const struct pattern_origin *origin = &list->origins[error->pattern];
    const ctf_pattern *pattern = &list->patterns[error->pattern];
    describe(origin, pattern->name, name, sizeof name);
    bool in_file = origin->file != NULL && origin->line == 0;
    shown.offset += in_file ? origin->offset : 0;
    diag_library(&shown, in_file ? origin->contents : pattern->text, name);
}

ctf_filter *patterns_compile(const pattern_list *list)
{
    ctf_filter *filter;
    ctf_error error;
    if (ctf_filter_compile(list->patterns, list->n, NULL, &filter, &error) == CTF_OK)
        return filter;
    tell(list, &error);
    return NULL;
}

static ctf_filter *load(const char *path)
{
    ctf_filter *filter = NULL;
    ctf_error error;
    blob image = {0};
    if (slurp(path, &image) && ctf_filter_load(image.data, image.length, NULL, &filter, &error) != CTF_OK)
        diag_print("%s: byte %zu: %s", path_label(path), error.offset, error.message);
    blob_free(&image);
    return filter;
}

/* Reads every -f FILE. */
static bool read_files(const cli_options *options, pattern_list *list)
{
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == OPT_FILE && !patterns_read(list, options->given[i].text))
            return false;
    return true;
}

bool patterns_list_from_options(const cli_options *options, size_t most, pattern_list *list, size_t *taken)
{
    *taken = 0;
    if (options_has(options, OPT_FILE))
        return read_files(options, list);
    if (options->n_operands == 0) {
        options_misuse(options->command, "a pattern is needed");
        return false;
    }
    *taken = options->n_operands < most ? options->n_operands : most;
    for (size_t i = 0; i < *taken; i++)
        patterns_add(list, options->operands[i]);
    return true;
}

ctf_filter *patterns_from_options(const cli_options *options, size_t most, size_t *taken)
{
    const char *program = options_text(options, OPT_PROGRAM, NULL);
    pattern_list list = {0};
    ctf_filter *filter = NULL;
    *taken = 0;
    if (program != NULL && options_has(options, OPT_FILE))
        options_misuse(options->command, "--program and --file exclude each other");
    else if (program != NULL)
        filter = load(program);
    else if (patterns_list_from_options(options, most, &list, taken))
        filter = patterns_compile(&list);
    patterns_free(&list);
    return filter;
}
