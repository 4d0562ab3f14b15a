/* Operands: patterns, and files of any form that patterns stand in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "config_load.h"
#include "detect.h"
#include "diag.h"
#include "paths.h"
#include "slurp.h"

#define LARGEST 67108864 /* bytes of a file */

static void add_item(check_work *work, check_item item)
{
    work->items = need_more(work->items, &work->room_items, work->n_items + 1, sizeof *work->items);
    work->items[work->n_items++] = item;
}

/* The patterns of the list from `from` on. */
static void add_patterns(check_work *work, size_t from)
{
    for (size_t i = from; i < work->patterns.n; i++) {
        const ctf_pattern *pattern = &work->patterns.patterns[i];
        pattern_place at = patterns_place(&work->patterns, i);
        cli_place place = {at.file, (uint32_t)at.line, (uint32_t)at.column};
        add_item(work, (check_item){.pattern = pattern->text, .name = pattern->name, .place = place, .exact = at.exact});
    }
}

static void add_filters(check_work *work)
{
    for (size_t i = 0; i < work->config.n_filters; i++) {
        const cli_filter_origin *origin = &work->config.filter_origins[i];
        cli_place place = origin->pattern;
        place.column += origin->lead > 0 ? (uint32_t)origin->lead : 0;
        add_item(work, (check_item){.pattern = work->config.filters[i].filter_pattern,
                                    .name = work->config.filters[i].filter_name, .place = place,
                                    .exact = origin->lead >= 0});
    }
}

/* ---- what a file is ---- */

static bool has_line_start(ctf_text text, const char *word)
{
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= text.length;) {
        if (memcmp(text.data + at, word, n) == 0)
            return true;
        const char *end = memchr(text.data + at, '\n', text.length - at);
        if (end == NULL)
            return false;
        at = (size_t)(end - text.data) + 1;
    }
    return false;
}

/* Is it YAML with one of the words that a configuration has at its outermost level? */
static bool is_yaml(ctf_text text)
{
    static const char *const words[] = {"Resources:", "AWSTemplateFormatVersion:", "metricFilters:", "alarms:",
                                        "compositeAlarms:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_line_start(text, words[i]))
            return true;
    return false;
}

/* Is its first value an object that is more than a pattern with a name? */
static bool is_config_json(ctf_text text)
{
    json_error error;
    size_t end = 0;
    skip s = {0};
    if (!skip_value(&s, (const unsigned char *)text.data, text.length, &end))
        end = text.length;
    json_document *document = json_read(text.data, end, &error);
    const json_value *root = document == NULL ? NULL : json_root(document);
    const json_value *one = json_is(root, JSON_ARRAY) ? root->first : root;
    bool pattern = json_get(one, "pattern") != NULL ||
                   (json_get(one, "filterPattern") != NULL && json_get(one, "metricTransformations") == NULL);
    json_free(document);
    return !pattern;
}

/* JSON begins with a brace or bracket and a quote, brace or end behind it; no pattern does. */
static bool is_config(ctf_text text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t at = 0;
    if (!skip_blanks(data, text.length, &at))
        return false;
    unsigned char first = data[at];
    if (first != '{' && first != '[')
        return is_yaml(text);
    at++;
    if (!skip_blanks(data, text.length, &at) || data[at] != (first == '{' ? '"' : '{'))
        return false;
    return is_config_json(text);
}

static void read_file(check_work *work, const char *path)
{
    blob bytes = {0};
    const char *label = path_label(path);
    if (!slurp_at_most(path, LARGEST, &bytes)) {
        work->failed = true;
        blob_free(&bytes);
        return;
    }
    ctf_text text = {bytes.length > 0 ? (const char *)bytes.data : "", bytes.length};
    if (is_config(text)) {
        config_load_bytes(&work->config, config_keep(&work->config, (ctf_text){label, strlen(label)}).data, bytes.data,
                          bytes.length);
    } else {
        size_t before = work->patterns.n;
        if (!patterns_read_bytes(&work->patterns, label, text))
            work->failed = true;
        add_patterns(work, before);
    }
    blob_free(&bytes);
}

/* ---- operands ---- */

/* Does it look like the name of a file, which a pattern hardly does? */
static bool looks_like_path(const char *word)
{
    static const char *const ends[] = {".json", ".jsonl", ".yaml", ".yml", ".template", ".txt", ".tfplan"};
    size_t n = strlen(word);
    if (strchr(word, ' ') != NULL || word[0] == '{' || word[0] == '[' || word[0] == '%' || word[0] == '"')
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && strcmp(word + n - strlen(ends[i]), ends[i]) == 0)
            return true;
    return strncmp(word, "./", 2) == 0 || strncmp(word, "../", 3) == 0 || word[0] == '/';
}

static bool is_file(const char *word)
{
    struct stat file;
    return path_is_input(word) || stat(word, &file) == 0 || looks_like_path(word);
}

static void read_operand(check_work *work, const char *word)
{
    size_t before = work->patterns.n;
    if (is_file(word)) {
        read_file(work, word);
        return;
    }
    patterns_add(&work->patterns, word);
    add_patterns(work, before);
}

static void read_parameters(check_work *work, cli_config_options *out)
{
    const cli_options *options = work->options;
    work->parameters = need(options->n_given, sizeof *work->parameters);
    out->parameters = work->parameters;
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == OPT_PARAMETER)
            work->parameters[out->n_parameters++] = (cli_parameter){options->given[i].text, false};
}

void check_read(check_work *work)
{
    cli_config_options config = {.lenient = true, .report = check_config_message, .context = work};
    const cli_options *options = work->options;
    read_parameters(work, &config);
    cli_config_init(&work->config, &config);
    for (size_t i = 0; i < options->n_given; i++)
        if (options->given[i].option->id == OPT_FILE)
            read_file(work, options->given[i].text);
    for (size_t i = 0; i < options->n_operands; i++)
        read_operand(work, options->operands[i]);
    add_filters(work);
}
