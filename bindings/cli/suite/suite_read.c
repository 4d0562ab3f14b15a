/* A test file from its bytes: strict YAML, with what it names beside it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config_load.h"
#include "config_yaml.h"
#include "detect.h"
#include "diag.h"
#include "paths.h"
#include "slurp.h"
#include "suite.h"
#include "suite_fields.h"
#include "suite_path.h"

/* What a configuration warns of (an alarm without a metric filter, say) is what a test may want. */
static void on_message(void *context, const cli_message *message)
{
    const suite *all = context;
    if (message->severity == CLI_ERROR)
        (all->report != NULL ? all->report : cli_message_print)(all->context, message);
}

/* Tells every tag: they make something else of a value than a message or a name. */
static void refuse_tags(suite_reading *r, const json_value *root)
{
    for (const json_value *at = root; at != NULL; at = json_walk(root, at))
        if (at->tagged)
            config_refuse(&r->o, at->place, "tags have no meaning in a test file");
        else if (text_is(at->key, "<<"))
            config_refuse(&r->o, at->key_place, "<< merges nothing here; write the fields, or an alias for the whole");
}

/* ---- what it names ---- */

static void add_parameter(suite_reading *r, const json_value *value, cli_parameter *out)
{
    ctf_text text;
    size_t key = value->key.length;
    if (!config_text(&r->o, value, &text))
        return;
    char *both = config_take(r->o.config, key + 1 + text.length + 1, 1);
    memcpy(both, value->key.data, key);
    both[key] = '=';
    memcpy(both + key + 1, text.data, text.length);
    both[key + 1 + text.length] = '\0';
    out->text = both;
}

static void read_parameters(suite_reading *r, const json_value *map)
{
    cli_config_options *options = &r->o.config->store->options;
    if (config_absent(&r->o, map))
        return;
    if (map->type != JSON_OBJECT) {
        config_refuse(&r->o, map->place, "parameters: names and their values are needed");
        return;
    }
    r->file->parameters = options->parameters = need(map->n, sizeof *options->parameters);
    for (const json_value *value = map->first; value != NULL; value = value->next) {
        add_parameter(r, value, &options->parameters[options->n_parameters]);
        options->n_parameters += options->parameters[options->n_parameters].text != NULL;
    }
}

/* Behind the last template: tells the parameters that none asked for. */
static void check_parameters(suite_reading *r, const json_value *map)
{
    cli_config_options *options = &r->o.config->store->options;
    const json_value *value = json_is(map, JSON_OBJECT) ? map->first : NULL;
    for (size_t i = 0; i < options->n_parameters && value != NULL; i++, value = value->next)
        if (!options->parameters[i].used && !r->blind)
            config_refuse(&r->o, value->key_place, "%s: no template asks for it", value->key.data);
    options->n_parameters = 0;
}

static void load(suite_reading *r, const char *path)
{
    cli_config *config = r->o.config;
    blob bytes = {0};
    bool good = slurp_at_most(path, SLURP_MOST, &bytes);
    ctf_text text = {bytes.length > 0 ? (const char *)bytes.data : "", bytes.length};
    if (good && config_is_any(text))
        config_load_bytes(config, path, bytes.data, bytes.length);
    else if (!good || !patterns_read_bytes(&r->file->patterns, path, text))
        config->store->errors++; /* it has been told */
    blob_free(&bytes);
}

static void read_files(suite_reading *r, const json_value *list)
{
    suite_message *paths;
    size_t n = suite_paths(r, list, &paths);
    for (size_t i = 0; i < n; i++)
        load(r, paths[i].text.data);
}

/* A list of the file itself in the words of a configuration. */
static void read_list(suite_reading *r, const json_value *list, void (*add)(config_object *))
{
    if (config_absent(&r->o, list))
        return;
    if (list->type != JSON_ARRAY) {
        config_refuse(&r->o, list->place, "%s: a list is needed", list->key.data);
        return;
    }
    for (const json_value *one = list->first; one != NULL; one = one->next) {
        config_object o = {.config = r->o.config, .dialect = r->o.dialect, .file = r->o.file, .value = one};
        add(&o);
    }
}

/* ---- all of it ---- */

static void read_root(suite_reading *r, const json_value *root)
{
    const json_value *found[SUITE_SLOTS];
    const struct config_store *store = r->o.config->store;
    if (!config_check_keys(r->o.config, r->file->path, root) || !config_fields(&r->o, root, &suite_file_words, found, SUITE_SLOTS))
        return;
    refuse_tags(r, root);
    config_text(&r->o, found[SUITE_NAME], &r->file->name);
    read_parameters(r, found[SUITE_PARAMETERS]);
    read_files(r, found[SUITE_FILES]);
    read_list(r, found[SUITE_FILTERS], config_add_filter);
    read_list(r, found[SUITE_ALARMS], config_add_alarm);
    read_list(r, found[SUITE_COMPOSITES], config_add_composite);
    r->blind = store->errors > 0;
    check_parameters(r, found[SUITE_PARAMETERS]);
    cli_config_check_links(r->o.config);
    suite_pattern_names(r, found[SUITE_PATTERNS]);
    r->blind = store->errors > 0;
    const json_value *tests = found[SUITE_TESTS];
    if (config_absent(&r->o, tests) || (tests->type == JSON_ARRAY && tests->n == 0))
        config_refuse(&r->o, tests != NULL ? tests->place : root->place, "tests: a list of cases is needed");
    else
        suite_read_cases(r, tests);
}

static void read_document(suite_reading *r, const unsigned char *bytes, size_t length)
{
    json_error error;
    size_t mark = detect_mark(bytes, length);
    json_document *document = yaml_read(bytes + mark, length - mark, JSON_MOST, &error);
    if (document == NULL) {
        cli_place place = {r->file->path, (uint32_t)error.line, (uint32_t)error.column};
        config_error(r->o.config, place, "%s", error.message);
        return;
    }
    r->o.value = json_root(document);
    read_root(r, r->o.value);
    json_free(document);
}

static void begin(suite *all, suite_file *file, const char *label)
{
    const cli_config_options options = {.report = on_message, .context = all};
    cli_config_init(&file->config, &options);
    file->path = config_keep(&file->config, (ctf_text){label, strlen(label)}).data;
    file->name = (ctf_text){file->path, strlen(file->path)};
}

void suite_read_bytes(suite *all, suite_file *file, const char *label, const void *bytes, size_t length)
{
    begin(all, file, label);
    suite_reading r = {.all = all, .file = file,
                       .o = {.config = &file->config, .dialect = &config_api_yaml, .file = file->path}};
    read_document(&r, length > 0 ? bytes : (const unsigned char *)"", length);
    file->broken = file->config.store->errors > 0;
}

void suite_read(suite *all, suite_file *file, const char *path)
{
    blob bytes = {0};
    if (slurp_at_most(path, SLURP_MOST, &bytes)) {
        suite_read_bytes(all, file, path_label(path), bytes.data, bytes.length);
    } else {
        begin(all, file, path_label(path));
        file->broken = true;
    }
    blob_free(&bytes);
}

static void free_file(suite_file *file)
{
    for (size_t i = 0; i < file->n_cases; i++) {
        suite_case *one = &file->cases[i];
        for (size_t k = 0; k < one->n_failures; k++) {
            free(one->failures[k].words);
            free(one->failures[k].details);
        }
        free(one->failures);
    }
    ctf_scratch_free(file->scratch);
    ctf_metrics_free(file->metrics);
    free(file->parameters);
    free(file->declared);
    names_free(&file->names);
    patterns_free(&file->patterns);
    cli_config_free(&file->config);
}

void suite_free(suite *all)
{
    for (size_t i = 0; i < all->n_patterns; i++) {
        ctf_scratch_free(all->patterns[i].scratch);
        ctf_filter_free(all->patterns[i].filter);
        free(all->patterns[i].terms);
    }
    for (size_t i = 0; i < all->n_files; i++)
        free_file(&all->files[i]);
    free(all->patterns);
    free(all->files);
    names_free(&all->by_text);
}
