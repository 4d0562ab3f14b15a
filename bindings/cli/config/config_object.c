#include "config_object.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config_template.h"
#include "nearest.h"

#define LONGEST 1024
#define NAMES 64 /* more than any table has */

cli_place config_place(const config_object *o, json_place place)
{
    return (cli_place){o->file, place.line, place.column};
}

void config_refuse(config_object *o, json_place place, const char *format, ...)
{
    char text[LONGEST];
    va_list arguments;
    if (o->silent)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    o->broken = true;
    config_tell(o->config, &(cli_message){config_refusal(o->config), config_place(o, place), text, "", ""});
}

/* Where a word (letters alone around it are no end) stands in a message, whatever its first letter's case;
 * NULL when it does not. */
static const char *word_in(const char *message, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = message; *at != '\0'; at++) {
        bool begins = at == message || !isalnum((unsigned char)at[-1]);
        if (begins && tolower((unsigned char)*at) == tolower((unsigned char)*word) &&
            strncmp(at + 1, word + 1, length - 1) == 0 && !isalnum((unsigned char)at[length]))
            return at;
    }
    return NULL;
}

void config_refuse_service(config_object *o, const ctf_error *error, const config_table *table,
                           const json_value *const found[])
{
    const char *first = NULL;
    json_place place = o->value->place;
    for (size_t i = 0; i < table->n; i++) {
        const config_field *field = &table->fields[i];
        const json_value *value = field->use <= USE_LOOSE ? found[field->slot] : NULL;
        const char *at = value != NULL ? word_in(error->message, field->name) : NULL;
        if (at != NULL && (first == NULL || at < first)) {
            first = at;
            place = value->place;
        }
    }
    o->broken = true;
    config_tell(o->config, &(cli_message){config_refusal(o->config), config_place(o, place), error->message, "",
                                          error->service});
}

void config_unknown(cli_config *config, const char *file, const json_value *member, const char *const *names,
                    size_t n)
{
    const char *near = config_heard(config, config_refusal(config)) ? nearest(member->key.data, names, n) : NULL;
    cli_place place = {file, member->key_place.line, member->key_place.column};
    char text[LONGEST];
    snprintf(text, sizeof text, "unknown field %.*s%s%s%s", TEXT_SHOWN(member->key),
             near != NULL ? "; did you mean " : "", near != NULL ? near : "", near != NULL ? "?" : "");
    config_tell(config, &(cli_message){config_refusal(config), place, text, "", ""});
}

bool config_absent(const config_object *o, const json_value *value)
{
    if (value == NULL || value->type == JSON_NULL)
        return true;
    if (!o->dialect->empty_is_absent)
        return false;
    return value->type == JSON_FALSE || (value->type == JSON_STRING && value->text.length == 0) ||
           (value->type >= JSON_ARRAY && value->n == 0);
}

/* A field that a replay cannot honour. */
static void refuse_field(config_object *o, const json_value *member)
{
    bool empty = config_absent(o, member) || member->type == JSON_FALSE ||
                 (member->type == JSON_STRING && member->text.length == 0) ||
                 (member->type >= JSON_ARRAY && member->n == 0);
    if (!empty)
        config_refuse(o, member->key_place, "%s cannot be replayed", member->key.data);
}

static const config_field *find_field(const config_table *table, ctf_text key)
{
    for (size_t i = 0; i < table->n; i++)
        if (text_is(key, table->fields[i].name))
            return &table->fields[i];
    return NULL;
}

static void tell_unknown(config_object *o, const json_value *member, const config_table *table)
{
    const char *names[NAMES];
    size_t n = 0;
    if (o->dialect->empty_is_absent && config_absent(o, member))
        return;
    for (size_t i = 0; i < table->n && n < NAMES; i++)
        if (table->fields[i].use != USE_IGNORED)
            names[n++] = table->fields[i].name;
    o->broken = o->broken || config_refusal(o->config) == CLI_ERROR;
    config_unknown(o->config, o->file, member, names, n);
}

/* The first value in a tree of Terraform's after_unknown that is not known; NULL when all are. */
static const json_value *first_unknown(const json_value *tree)
{
    const json_value *at = tree;
    while (at != NULL && at->type != JSON_TRUE)
        at = json_walk(tree, at);
    return at;
}

static void refuse_unknown(config_object *o, const config_table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        const config_field *field = &table->fields[i];
        const json_value *all = field->use == USE_READ ? json_get(o->unknown, field->name) : NULL;
        const json_value *unknown = first_unknown(all);
        ctf_text inner = unknown != NULL && unknown != all ? unknown->key : (ctf_text){"", 0};
        if (unknown != NULL)
            config_refuse(o, o->value->place, "%.*s: %s%s%.*s is not known before the plan is applied",
                          TEXT_SHOWN(o->logical_id), field->name, inner.length > 0 ? ": " : "", TEXT_SHOWN(inner));
    }
}

bool config_fields(config_object *o, const json_value *object, const config_table *table,
                   const json_value *found[], size_t slots)
{
    memset(found, 0, slots * sizeof *found);
    if (!json_is(object, JSON_OBJECT) || object->tagged) {
        config_refuse(o, object->place, "an object is needed here");
        return false;
    }
    for (json_value *member = object->first; member != NULL; member = member->next) {
        const config_field *field = find_field(table, member->key);
        if (field == NULL)
            tell_unknown(o, member, table);
        else if (field->use == USE_REFUSED)
            refuse_field(o, member);
        else if (field->use != USE_IGNORED && (o->template == NULL || template_resolve(o, member, field->use == USE_LOOSE)))
            found[field->slot] = member;
    }
    if (o->unknown != NULL)
        refuse_unknown(o, table);
    return true;
}
