/* What names in a template stand for: parameters, pseudo parameters, resources and their attributes. */
#include <stdio.h>
#include <string.h>

#include "config_template.h"
#include "json_build.h"
#include "nearest.h"

#define MOST_NAMES 1000 /* among which a mistyped one is looked for */

bool template_step(config_object *o, size_t steps, json_place place)
{
    o->template->steps += steps;
    if (o->template->steps <= TEMPLATE_STEPS)
        return true;
    config_refuse(o, place, "the functions of this template look up more than they may");
    return false;
}

/* Counts bytes that functions make. */
static bool make(config_object *o, size_t length, json_place place)
{
    o->template->made += length;
    if (length <= TEMPLATE_LONGEST && o->template->made <= TEMPLATE_MOST)
        return true;
    config_refuse(o, place, "the functions of this template make more text than they may");
    return false;
}

bool template_make(config_object *o, const void *text, size_t length, json_value *out)
{
    if (!make(o, length, out->place))
        return false;
    out->type = JSON_STRING;
    out->text = json_build_text(o->template->document, text, length);
    return true;
}

json_value *template_element(config_object *o, json_value *list)
{
    json_value *one;
    if (!make(o, sizeof *one, list->place))
        return NULL;
    one = json_build_take(o->template->document, sizeof *one);
    *one = (json_value){.parent = list, .place = list->place, .lead = -1};
    return one;
}

/* ---- parameters ---- */

/* What the user gives for a parameter; a text without data when nothing. */
static ctf_text given(config_object *o, ctf_text name)
{
    const cli_config_options *options = &o->config->store->options;
    ctf_text found = {NULL, 0};
    for (size_t i = 0; i < options->n_parameters; i++) {
        cli_parameter *one = &options->parameters[i];
        const char *end = strchr(one->text, '=');
        if (end == NULL || !text_equal(name, (ctf_text){one->text, (size_t)(end - one->text)}))
            continue;
        one->used = true;
        found = (ctf_text){end + 1, strlen(end + 1)};
    }
    return found;
}

static bool starts(ctf_text text, const char *words)
{
    size_t length = strlen(words);
    return text.length >= length && memcmp(text.data, words, length) == 0;
}

static ctf_text trimmed(ctf_text text)
{
    while (text.length > 0 && text.data[0] == ' ')
        text = (ctf_text){text.data + 1, text.length - 1};
    while (text.length > 0 && text.data[text.length - 1] == ' ')
        text.length--;
    return text;
}

/* Where the separator stands first in a text; the text's length where it does not. */
static size_t piece_of(ctf_text text, ctf_text separator)
{
    size_t at = 0;
    while (at + separator.length <= text.length && memcmp(text.data + at, separator.data, separator.length) != 0)
        at++;
    return at + separator.length <= text.length ? at : text.length;
}

bool template_split(config_object *o, ctf_text text, ctf_text separator, bool trim, json_value *out)
{
    json_value *first = NULL, **link = &first;
    size_t n = 0;
    for (bool more = true; more; n++) {
        size_t length = piece_of(text, separator), passed = length + separator.length;
        ctf_text piece = {text.data, length}, item = trim ? trimmed(piece) : piece;
        json_value *one = template_element(o, out);
        if (one == NULL || !template_make(o, item.data, item.length, one))
            return false;
        *link = one;
        link = &one->next;
        more = passed <= text.length;
        text = more ? (ctf_text){text.data + passed, text.length - passed} : text;
    }
    out->type = JSON_ARRAY;
    out->first = first;
    out->n = n;
    return true;
}

bool template_is_scalar(const json_value *value)
{
    return value != NULL && value->type != JSON_NULL && value->type < JSON_ARRAY;
}

ctf_text template_text(const json_value *value)
{
    bool truth = value->type == JSON_TRUE || value->type == JSON_FALSE;
    if (truth && value->text.length == 0)
        return value->type == JSON_TRUE ? (ctf_text){"true", 4} : (ctf_text){"false", 5};
    return value->text;
}

static bool parameter(config_object *o, const json_value *declared, bool loose, json_value *out)
{
    ctf_text type = template_type(declared), value = given(o, declared->key);
    const json_value *otherwise = json_get(declared, "Default");
    bool stored = starts(type, "AWS::SSM::");
    if (value.data == NULL && template_is_scalar(otherwise) && !stored)
        value = template_text(otherwise);
    if (value.data == NULL) {
        if (!loose)
            config_refuse(o, out->place, "parameter %.*s %s; give it with --parameter %.*s=VALUE",
                          TEXT_SHOWN(declared->key),
                          stored ? "has its value in the parameter store" : "has no default",
                          TEXT_SHOWN(declared->key));
        return false;
    }
    if (text_is(type, "CommaDelimitedList") || starts(type, "List<") || starts(type, "AWS::SSM::Parameter::Value<List<"))
        return template_split(o, value, (ctf_text){",", 1}, true, out);
    out->type = JSON_STRING;
    out->text = value;
    return true;
}

static bool pseudo(config_object *o, ctf_text name, bool loose, json_value *out)
{
    ctf_text value = given(o, name);
    if (text_is(name, "AWS::NoValue")) {
        out->type = JSON_NULL;
        return true;
    }
    if (value.data == NULL && text_is(name, "AWS::Partition"))
        value = (ctf_text){"aws", 3};
    if (value.data == NULL) {
        if (!loose)
            config_refuse(o, out->place, "%.*s is not known; give it with --parameter %.*s=VALUE", TEXT_SHOWN(name),
                          TEXT_SHOWN(name));
        return false;
    }
    out->type = JSON_STRING;
    out->text = value;
    return true;
}

/* ---- resources ---- */

/* The property that names a resource; NULL for types whose names are not known here. */
static const char *name_property(ctf_text type)
{
    if (text_is(type, "AWS::CloudWatch::Alarm") || text_is(type, "AWS::CloudWatch::CompositeAlarm"))
        return "AlarmName";
    if (text_is(type, "AWS::Logs::MetricFilter"))
        return "FilterName";
    return text_is(type, "AWS::Logs::LogGroup") ? "LogGroupName" : NULL;
}

bool template_resolve_on_the_way(config_object *o, json_value *value, bool loose, json_place place, const char *what)
{
    config_template *t = o->template;
    if (t->nesting == TEMPLATE_NESTING) {
        config_refuse(o, place, "%s depend on one another too deeply", what);
        return false;
    }
    t->nesting++;
    bool good = template_resolve(o, value, loose);
    t->nesting--;
    return good;
}

static json_value *member(const json_value *object, const char *key)
{
    json_value *found = NULL;
    if (json_is(object, JSON_OBJECT))
        for (json_value *at = object->first; at != NULL; at = at->next)
            found = text_is(at->key, key) ? at : found;
    return found;
}

/* A resource's name, which is its logical id where the template gives it none. */
static bool resource_name(config_object *o, const json_value *resource, bool loose, json_value *out)
{
    ctf_text type = template_type(resource);
    const char *property = name_property(type);
    json_value *name = property != NULL ? member(json_get(resource, "Properties"), property) : NULL;
    bool ours = property != NULL && !text_is(type, "AWS::Logs::LogGroup");
    if (name != NULL && !template_resolve_on_the_way(o, name, loose, name->place, "names of resources"))
        return false;
    if (template_is_scalar(name) || (ours && (name == NULL || name->type == JSON_NULL))) {
        out->type = JSON_STRING;
        out->text = template_is_scalar(name) ? template_text(name) : resource->key;
        return true;
    }
    if (!loose)
        config_refuse(o, out->place, "%.*s: what an %.*s is called is not known from its template",
                      TEXT_SHOWN(resource->key), TEXT_SHOWN(type));
    return false;
}

static void refuse_name(config_object *o, ctf_text name, json_place place)
{
    const char *names[MOST_NAMES];
    char word[CONFIG_SHOWN + 1];
    size_t n = 0, length = name.length > CONFIG_SHOWN ? CONFIG_SHOWN : name.length;
    const json_value *parameters = o->template->parameters;
    if (length > 0)
        memcpy(word, name.data, length);
    word[length] = '\0';
    if (json_is(parameters, JSON_OBJECT))
        for (const json_value *one = parameters->first; one != NULL && n < MOST_NAMES; one = one->next)
            names[n++] = one->key.data;
    for (size_t i = 0; i < o->template->names.n && n < MOST_NAMES; i++)
        names[n++] = o->template->resources[i]->key.data;
    const char *near = config_heard(o->config, config_refusal(o->config)) ? nearest(word, names, n) : NULL;
    config_refuse(o, place, "there is no parameter or resource %s%s%s%s", word, near != NULL ? "; did you mean " : "",
                  near != NULL ? near : "", near != NULL ? "?" : "");
}

json_value *template_member(config_object *o, const json_value *object, ctf_text name, json_place place)
{
    json_value *one = json_is(object, JSON_OBJECT) ? object->first : NULL;
    if (one != NULL && !template_step(o, object->n, place))
        return NULL;
    while (one != NULL && !text_equal(one->key, name))
        one = one->next;
    return one;
}

bool template_ref(config_object *o, ctf_text name, bool loose, json_value *out)
{
    const json_value *declared = template_member(o, o->template->parameters, name, out->place), *resource;
    if (declared != NULL)
        return parameter(o, declared, loose, out);
    if (starts(name, "AWS::"))
        return pseudo(o, name, loose, out);
    resource = template_resource(o->template, name);
    if (resource != NULL)
        return resource_name(o, resource, loose, out);
    refuse_name(o, name, out->place);
    return false;
}

/* An alarm's ARN when Region and account are given; else the name that is in *out stays. */
static bool make_arn(config_object *o, json_value *out)
{
    ctf_text partition = given(o, (ctf_text){"AWS::Partition", 14}), region = given(o, (ctf_text){"AWS::Region", 11});
    ctf_text account = given(o, (ctf_text){"AWS::AccountId", 14});
    char arn[2048];
    if (region.data == NULL || account.data == NULL)
        return true;
    int name = out->text.length < 1024 ? (int)out->text.length : 1024; /* longer ones are refused as names */
    int length = snprintf(arn, sizeof arn, "arn:%s:cloudwatch:%s:%s:alarm:%.*s",
                          partition.data != NULL ? partition.data : "aws", region.data, account.data, name,
                          out->text.data);
    return template_make(o, arn, length < (int)sizeof arn ? (size_t)length : sizeof arn - 1, out);
}

bool template_attribute(config_object *o, ctf_text name, bool loose, json_value *out)
{
    const char *dot = name.length > 0 ? memchr(name.data, '.', name.length) : NULL;
    ctf_text id = {name.data, dot != NULL ? (size_t)(dot - name.data) : name.length};
    ctf_text attribute = {name.data + id.length, name.length - id.length};
    const json_value *resource = template_resource(o->template, id);
    const char *property = resource != NULL ? name_property(template_type(resource)) : NULL;
    if (resource == NULL) {
        refuse_name(o, id, out->place);
        return false;
    }
    if (property != NULL && strcmp(property, "AlarmName") == 0 && text_is(attribute, ".Arn"))
        return resource_name(o, resource, loose, out) && make_arn(o, out);
    if (!loose)
        config_refuse(o, out->place, "Fn::GetAtt of %.*s cannot be resolved", TEXT_SHOWN(name));
    return false;
}
