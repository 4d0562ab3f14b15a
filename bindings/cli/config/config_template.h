/* CloudFormation templates: their parameters, mappings and resources, and the values that functions stand for.
 *
 * Resolved are Ref, Fn::Sub, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap, Fn::GetAtt of an alarm's Arn, and Fn::If
 * with the template's conditions. Parameters have the value that the user gives, or their default; so have the pseudo
 * parameters (AWS::Region), which have none but AWS::Partition. A resource whose condition does not hold is none. A resource that the template does not name has its logical id for a name; an alarm has an ARN
 * when Region and account are given, else its name stands for it, which rules take as well. Anything else is
 * refused, or, where it decides nothing, stands as ${Name}. */
#ifndef CLI_CONFIG_TEMPLATE_H
#define CLI_CONFIG_TEMPLATE_H

#include "config_object.h"

#define TEMPLATE_LONGEST 1048576   /* bytes that one function may make */
#define TEMPLATE_MOST 67108864     /* bytes that all functions of a template may make */
#define TEMPLATE_STEPS 100000000   /* members and values that they may look through */
#define TEMPLATE_NESTING 16        /* names that depend on other resources' names, conditions on conditions */

typedef struct config_template {
    json_document *document;
    const json_value *parameters;
    const json_value *mappings;
    const json_value *conditions;
    const json_value **resources;
    config_names names;   /* of resources: the index */
    size_t made;          /* bytes that functions have made */
    size_t steps;         /* members that they have looked through */
    int nesting;
} config_template;

/* Adds what a template holds. */
void config_load_template(cli_config *config, const char *file, json_document *document);

/* Puts the values of all functions into a value's tree. Returns false after a refusal. */
bool template_resolve(config_object *o, json_value *value, bool loose);

/* The same on the way, for what a name stands for; `what` depends on others of its kind, but not too deeply. */
bool template_resolve_on_the_way(config_object *o, json_value *value, bool loose, json_place place, const char *what);

/* Counts what the functions look through; false after a refusal because it is too much. */
bool template_step(config_object *o, size_t steps, json_place place);

/* The value of a name that Ref or Fn::Sub mentions: a text, null or a list goes into *out. Returns false after
 * a refusal; when loose, without one. */
bool template_ref(config_object *o, ctf_text name, bool loose, json_value *out);

/* The same of "Resource.Attribute", always a text. */
bool template_attribute(config_object *o, ctf_text name, bool loose, json_value *out);

/* The member of that name; NULL when there is none, or after a refusal because too much was looked up. */
json_value *template_member(config_object *o, const json_value *object, ctf_text name, json_place place);

/* Makes a value the text of `length` bytes, which are copied; counts them. `out->place` says where. */
bool template_make(config_object *o, const void *text, size_t length, json_value *out);

/* Is it a text, a number or a truth value? Its text then. */
bool template_is_scalar(const json_value *value);
ctf_text template_text(const json_value *value);

/* Makes a value the list of a text's pieces between separators, which are not empty; trimmed: without the blanks
 * around them. Returns false after a refusal because too much was made. */
bool template_split(config_object *o, ctf_text text, ctf_text separator, bool trimmed, json_value *out);

/* Tells what the function at a value needs; returns false. */
bool template_refuse_form(config_object *o, const json_value *at, const char *needed);

/* An element for a list that a function makes; NULL after a refusal because too much was made. */
json_value *template_element(config_object *o, json_value *list);

/* The resource of a logical id; NULL when there is none. */
const json_value *template_resource(const config_template *t, ctf_text name);

/* The type of a resource, "" when it has none. */
ctf_text template_type(const json_value *resource);

#endif
