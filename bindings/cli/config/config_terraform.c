/* What terraform show -json prints: a plan's planned values or a state's values, with all child modules. */
#include <string.h>

#include "config_load.h"

/* A document while it is read. */
typedef struct reading {
    cli_config *config;
    const char *file;
    config_names changes; /* of a plan, by address: the index */
    const json_value **after_unknown;
} reading;

static void (*adder(const json_value *resource))(config_object *)
{
    const json_value *type = json_get(resource, "type"), *mode = json_get(resource, "mode");
    if (mode != NULL && !json_is_text(mode, "managed"))
        return NULL;
    if (json_is_text(type, "aws_cloudwatch_log_metric_filter"))
        return config_add_filter;
    if (json_is_text(type, "aws_cloudwatch_metric_alarm"))
        return config_add_alarm;
    return json_is_text(type, "aws_cloudwatch_composite_alarm") ? config_add_composite : NULL;
}

/* What a plan does not know of a resource; NULL when it knows all. */
static const json_value *unknown_of(const reading *r, ctf_text address)
{
    const config_name *found = r->after_unknown != NULL ? names_find(&r->changes, address) : NULL;
    return found != NULL ? r->after_unknown[found->value] : NULL;
}

static void add_resource(reading *r, const json_value *resource)
{
    const json_value *values = json_get(resource, "values"), *address = json_get(resource, "address");
    void (*add)(config_object *) = adder(resource);
    config_object o = {.config = r->config, .dialect = &config_terraform_words, .file = r->file, .value = values};
    if (add == NULL)
        return;
    if (!json_is(values, JSON_OBJECT)) {
        config_error(r->config, (cli_place){r->file, resource->place.line, resource->place.column},
                     "a resource without values");
        return;
    }
    if (json_is(address, JSON_STRING)) {
        o.logical_id = config_keep(r->config, address->text);
        o.unknown = unknown_of(r, address->text);
    }
    add(&o);
}

/* Is it a list of modules or resources, or the root module? */
static bool leads_on(const json_value *value)
{
    return text_is(value->key, "root_module") || text_is(value->key, "child_modules") ||
           text_is(value->key, "resources");
}

/* The value behind `at` in a tree, its children passed over; NULL at the end. */
static const json_value *pass(const json_value *tree, const json_value *at)
{
    while (at != tree && at->next == NULL)
        at = at->parent;
    return at == tree ? NULL : at->next;
}

static void add_modules(reading *r, const json_value *values)
{
    for (const json_value *at = values; at != NULL;) {
        bool element = at != values && at->parent->type == JSON_ARRAY;
        if (element && text_is(at->parent->key, "resources")) {
            add_resource(r, at);
            at = pass(values, at);
        } else if ((at == values || element || leads_on(at)) && at->first != NULL) {
            at = at->first;
        } else {
            at = pass(values, at);
        }
    }
}

/* Notes what each change of a plan leaves unknown. */
static void read_changes(reading *r, const json_value *changes)
{
    if (!json_is(changes, JSON_ARRAY))
        return;
    r->after_unknown = config_take(r->config, changes->n, sizeof *r->after_unknown);
    for (const json_value *one = changes->first; one != NULL; one = one->next) {
        const json_value *address = json_get(one, "address");
        const json_value *unknown = json_get(json_get(one, "change"), "after_unknown");
        if (!json_is(address, JSON_STRING) || !json_is(unknown, JSON_OBJECT))
            continue;
        r->after_unknown[r->changes.n] = unknown;
        names_add(&r->changes, address->text, r->changes.n);
    }
}

bool config_is_terraform(const json_value *root)
{
    return json_get(root, "planned_values") != NULL ||
           (json_get(root, "format_version") != NULL &&
            (json_get(root, "values") != NULL || json_get(root, "terraform_version") != NULL));
}

void config_load_terraform(cli_config *config, const char *file, const json_value *root)
{
    const json_value *planned = json_get(root, "planned_values");
    const json_value *values = planned != NULL ? planned : json_get(root, "values");
    reading r = {.config = config, .file = file};
    if (planned != NULL)
        read_changes(&r, json_get(root, "resource_changes"));
    if (json_is(values, JSON_OBJECT))
        add_modules(&r, values);
    names_free(&r.changes);
}
