/* A template's conditions, and the choice that Fn::If makes by them. */
#ifndef CLI_CONFIG_CONDITION_H
#define CLI_CONFIG_CONDITION_H

#include "config_template.h"

/* Does the condition of that name hold? Its value then takes the place of what says it, so that it is found once.
 * Returns false after a refusal; when loose, without one. */
bool template_condition(config_object *o, ctf_text name, json_place place, bool loose, bool *holds);

/* Puts the branch that its condition chooses into the place of an Fn::If; the other is not looked at. Returns false
 * after a refusal; when loose, without one where the condition is not known. */
bool template_choose(config_object *o, json_value *at, bool loose);

/* Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition: each writes true or false over the object that spells it, the
 * arguments of which have their values. Returns false after a refusal. */
bool template_equals(config_object *o, json_value *at, bool loose);
bool template_and(config_object *o, json_value *at, bool loose);
bool template_or(config_object *o, json_value *at, bool loose);
bool template_not(config_object *o, json_value *at, bool loose);
bool template_named(config_object *o, json_value *at, bool loose);

#endif
