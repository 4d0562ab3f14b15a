/* Operands: patterns, and files of any form that patterns stand in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "config_load.h"
#include "diag.h"
#include "paths.h"
#include "slurp.h"


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

/* ---- files ---- */

static void read_file(check_work *work, const char *path)
{
    blob bytes = {0};
    const char *label = path_label(path);
    if (!slurp_at_most(path, SLURP_MOST, &bytes)) {
        work->failed = true;
        blob_free(&bytes);
        return;
    }
    ctf_text text = {bytes.length > 0 ? (const char *)bytes.data : "", bytes.length};
    if (config_is_any(text)) {
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
