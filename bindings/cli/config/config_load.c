/* Reading configuration files: bounded, JSON or YAML, each document by what it is. */
#include "config_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "config_template.h"
#include "config_yaml.h"
#include "detect.h"
#include "diag.h"
#include "paths.h"
#include "slurp.h"


/* A file while it is read. */
typedef struct reading {
    cli_config *config;
    const char *file;
    const unsigned char *bytes;
    size_t length;
} reading;

/* ---- keys that stand twice ---- */

static int by_key(const void *a, const void *b)
{
    const json_value *x = *(const json_value *const *)a, *y = *(const json_value *const *)b;
    size_t shorter = x->key.length < y->key.length ? x->key.length : y->key.length;
    int order = shorter > 0 ? memcmp(x->key.data, y->key.data, shorter) : 0;
    if (order == 0)
        order = (x->key.length > y->key.length) - (x->key.length < y->key.length);
    if (order == 0)
        order = (x->key_place.line > y->key_place.line) - (x->key_place.line < y->key_place.line);
    return order != 0 ? order : (x->key_place.column > y->key_place.column) - (x->key_place.column < y->key_place.column);
}

/* Room for sorting, kept from object to object. */
typedef struct members {
    const json_value **list;
    size_t room;
} members;

static bool check_object(cli_config *config, const char *file, const json_value *object, members *m)
{
    size_t n = 0;
    bool good = true;
    m->list = need_more(m->list, &m->room, object->n, sizeof *m->list);
    for (const json_value *member = object->first; member != NULL; member = member->next)
        m->list[n++] = member;
    qsort(m->list, n, sizeof *m->list, by_key);
    for (size_t i = 1; i < n; i++) {
        const json_value *twice = m->list[i];
        if (!text_equal(m->list[i - 1]->key, twice->key))
            continue;
        config_error(config, (cli_place){file, twice->key_place.line, twice->key_place.column},
                     "%.*s stands twice, first in line %u", TEXT_SHOWN(twice->key), m->list[i - 1]->key_place.line);
        good = false;
    }
    return good;
}

bool config_check_keys(cli_config *config, const char *file, const json_value *root)
{
    members m = {0};
    bool good = true;
    for (const json_value *at = root; at != NULL; at = json_walk(root, at))
        if (at->type == JSON_OBJECT && at->n > 1)
            good = check_object(config, file, at, &m) && good;
    free(m.list);
    return good;
}

/* ---- documents ---- */

static void load_document(reading *r, json_document *document, const config_dialect *words)
{
    const json_value *root = json_root(document);
    cli_place place = {r->file, root->place.line, root->place.column};
    if (!config_check_keys(r->config, r->file, root))
        return;
    if (config_is_terraform(root))
        config_load_terraform(r->config, r->file, root);
    else if (json_get(root, "Resources") != NULL || json_get(root, "AWSTemplateFormatVersion") != NULL)
        config_load_template(r->config, r->file, document);
    else if (config_is_api(root))
        config_load_api(r->config, r->file, root, words);
    else
        config_error(r->config, place,
                     "this is no configuration: neither metric filters or alarms nor a template that holds them");
}

/* Where a byte of the file stands. */
static json_place place_at(const reading *r, size_t offset)
{
    json_place place = {1, 1};
    size_t line = 0;
    for (size_t i = 0; i < offset; i++)
        if (r->bytes[i] == '\n') {
            place.line++;
            line = i + 1;
        }
    place.column = (uint32_t)ctfi_utf8_count(r->bytes + line, offset - line) + 1;
    return place;
}

/* Moves a place on over the bytes from one offset to another. */
static json_place advance(const reading *r, json_place place, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (r->bytes[i] == '\n')
            place = (json_place){place.line + 1, 1};
        else
            place.column += (r->bytes[i] & 0xC0) != 0x80;
    return place;
}

/* Reads the JSON values of a file, one document each. */
static void load_json(reading *r)
{
    size_t at = 0, before = 0;
    json_place place = {1, 1};
    while (skip_blanks(r->bytes, r->length, &at)) {
        json_error error;
        skip s = {0};
        size_t start = at;
        place = advance(r, place, before, start);
        before = start;
        skip_value(&s, r->bytes, r->length, &at);
        json_document *document = json_read_piece(r->bytes + start, at - start, place, JSON_MOST, &error);
        if (document == NULL) {
            place = place_at(r, start + error.offset);
            config_error(r->config, (cli_place){r->file, place.line, place.column}, "%s", error.message);
            return;
        }
        load_document(r, document, &config_api_json);
        json_free(document);
    }
}

static void load_yaml(reading *r)
{
    json_error error;
    json_document *document = yaml_read(r->bytes, r->length, JSON_MOST, &error);
    if (document == NULL)
        config_error(r->config, (cli_place){r->file, (uint32_t)error.line, (uint32_t)error.column}, "%s",
                     error.message);
    else
        load_document(r, document, &config_api_yaml);
    json_free(document);
}

void config_load_bytes(cli_config *config, const char *file, const void *bytes, size_t length)
{
    const unsigned char *text = length > 0 ? bytes : (const unsigned char *)"";
    size_t at = 0, mark = detect_mark(text, length);
    reading r = {config, file, text + mark, length - mark};
    if (!skip_blanks(r.bytes, r.length, &at))
        config_error(config, (cli_place){file, 0, 0}, "nothing stands here");
    else if (r.bytes[at] == '{' || r.bytes[at] == '[')
        load_json(&r);
    else
        load_yaml(&r);
}

bool cli_config_load(cli_config *config, const char *path)
{
    const char *label = path_label(path);
    const char *file = config_keep(config, (ctf_text){label, strlen(label)}).data;
    size_t errors = config->store->errors;
    blob bytes = {0};
    if (slurp_at_most(path, SLURP_MOST, &bytes))
        config_load_bytes(config, file, bytes.data, bytes.length);
    else
        config->store->errors++; /* it has been told */
    blob_free(&bytes);
    return config->store->errors == errors;
}
