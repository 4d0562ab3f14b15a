#include "config_template.h"

#include <stdlib.h>
#include <string.h>

#include "config_condition.h"
#include "diag.h"

/* What may stand in a template, and in a resource of ours. */
static const char *const template_keys[] = {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters",
                                            "Rules", "Mappings", "Conditions", "Transform", "Globals", "Resources",
                                            "Outputs", "Hooks"};
static const char *const resource_keys[] = {"Type", "Properties", "Condition", "DependsOn", "Metadata",
                                            "CreationPolicy", "DeletionPolicy", "UpdatePolicy",
                                            "UpdateReplacePolicy"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const json_value *template_resource(const config_template *t, ctf_text name)
{
    const config_name *found = names_find(&t->names, name);
    return found != NULL ? t->resources[found->value] : NULL;
}

ctf_text template_type(const json_value *resource)
{
    const json_value *type = json_get(resource, "Type");
    return json_is(type, JSON_STRING) ? type->text : (ctf_text){"", 0};
}

/* Tells members that are none of the names. */
static void check_keys(cli_config *config, const char *file, const json_value *object, const char *const *names,
                       size_t n)
{
    for (const json_value *member = object->first; member != NULL; member = member->next) {
        size_t i = 0;
        while (i < n && !text_is(member->key, names[i]))
            i++;
        if (i == n)
            config_unknown(config, file, member, names, n);
    }
}

static void (*adder(ctf_text type))(config_object *)
{
    if (text_is(type, "AWS::Logs::MetricFilter"))
        return config_add_filter;
    if (text_is(type, "AWS::CloudWatch::Alarm"))
        return config_add_alarm;
    return text_is(type, "AWS::CloudWatch::CompositeAlarm") ? config_add_composite : NULL;
}

/* Has a resource no condition, or one that holds? */
static bool exists(config_object *o, const json_value *resource)
{
    const json_value *condition = json_get(resource, "Condition");
    bool holds = true;
    if (condition != NULL && condition->type != JSON_STRING)
        config_refuse(o, condition->place, "the name of a condition is needed");
    else if (condition != NULL)
        return template_condition(o, condition->text, condition->place, false, &holds) && holds;
    return condition == NULL;
}

/* Adds a resource of one of our types. */
static void add_resource(cli_config *config, const char *file, config_template *t, const json_value *resource,
                         void (*add)(config_object *))
{
    const json_value *properties = json_get(resource, "Properties");
    config_object o = {.config = config, .dialect = &config_template_words, .file = file, .template = t,
                       .value = properties != NULL ? properties : resource,
                       .logical_id = config_keep(config, resource->key)};
    check_keys(config, file, resource, resource_keys, COUNT(resource_keys));
    if (properties == NULL)
        config_refuse(&o, resource->key_place, "%.*s has no Properties", TEXT_SHOWN(resource->key));
    else if (exists(&o, resource))
        add(&o);
}

static void add_resources(cli_config *config, const char *file, config_template *t, const json_value *resources)
{
    for (const json_value *resource = resources->first; resource != NULL; resource = resource->next) {
        ctf_text type = template_type(resource);
        cli_place place = {file, resource->key_place.line, resource->key_place.column};
        if (resource->key.length > 4 && memcmp(resource->key.data, "Fn::", 4) == 0)
            config_error(config, place, "%.*s cannot be resolved", TEXT_SHOWN(resource->key));
        else if (type.length == 0)
            config_error(config, place, "resource %.*s has no Type", TEXT_SHOWN(resource->key));
        else if (adder(type) != NULL)
            add_resource(config, file, t, resource, adder(type));
    }
}

void config_load_template(cli_config *config, const char *file, json_document *document)
{
    const json_value *root = json_root(document), *resources = json_get(root, "Resources");
    config_template t = {.document = document, .parameters = json_get(root, "Parameters"),
                         .mappings = json_get(root, "Mappings"), .conditions = json_get(root, "Conditions")};
    check_keys(config, file, root, template_keys, COUNT(template_keys));
    if (!json_is(resources, JSON_OBJECT)) {
        const json_value *at = resources != NULL ? resources : root;
        config_error(config, (cli_place){file, at->place.line, at->place.column}, "a template needs Resources");
        return;
    }
    t.resources = need(resources->n, sizeof *t.resources);
    for (const json_value *resource = resources->first; resource != NULL; resource = resource->next) {
        t.resources[t.names.n] = resource;
        names_add(&t.names, resource->key, t.names.n);
    }
    add_resources(config, file, &t, resources);
    names_free(&t.names);
    free(t.resources);
}
