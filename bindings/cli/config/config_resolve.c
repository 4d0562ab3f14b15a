/* The functions of a template. */
#include <string.h>

#include "blob.h"
#include "config_condition.h"
#include "config_template.h"

/* A function writes its value over the object that spells it: false after a refusal, or, when loose, where the
 * value is not known. Its arguments have their values. */
typedef bool (*apply_fn)(config_object *o, json_value *at, bool loose);

bool template_refuse_form(config_object *o, const json_value *at, const char *needed)
{
    config_refuse(o, at->place, "%s needs %s", at->first->key.data, needed);
    return false;
}

/* Does a list have n elements, all texts? */
static bool is_texts(const json_value *list, size_t n)
{
    const json_value *one = json_is(list, JSON_ARRAY) && list->n == n ? list->first : NULL;
    while (one != NULL && template_is_scalar(one))
        one = one->next;
    return json_is(list, JSON_ARRAY) && list->n == n && one == NULL;
}

static bool apply_ref(config_object *o, json_value *at, bool loose)
{
    if (!template_is_scalar(at->first))
        return template_refuse_form(o, at, "a name");
    return template_ref(o, at->first->text, loose, at);
}

/* Joins two texts with a dot, or takes the one that has it. */
static bool apply_attribute(config_object *o, json_value *at, bool loose)
{
    const json_value *argument = at->first;
    blob name = {0};
    bool good = true;
    if (!is_texts(argument, 2) && !template_is_scalar(argument))
        return template_refuse_form(o, at, "a resource and an attribute");
    if (template_is_scalar(argument))
        return template_attribute(o, argument->text, loose, at);
    blob_append(&name, argument->first->text.data, argument->first->text.length);
    blob_append_byte(&name, '.');
    blob_append(&name, argument->first->next->text.data, argument->first->next->text.length);
    json_value joined = {.place = at->place};
    good = template_make(o, name.data, name.length, &joined) && template_attribute(o, joined.text, loose, at);
    blob_free(&name);
    return good;
}

/* ---- Fn::Sub ---- */

/* Appends a value; false when it is no text or the whole grows too long. */
static bool append(config_object *o, const json_value *value, json_place place, blob *out)
{
    if (!template_is_scalar(value)) {
        config_refuse(o, place, "a list or nothing cannot be part of a text");
        return false;
    }
    ctf_text text = template_text(value);
    if (out->length + text.length > TEMPLATE_LONGEST) {
        config_refuse(o, place, "a function makes a text of more than %d bytes", TEMPLATE_LONGEST);
        return false;
    }
    blob_append(out, text.data, text.length);
    return true;
}

/* Appends what ${name} stands for; `name` lies between these in its text. */
static bool substitute(config_object *o, ctf_text name, const json_value *map, json_place place, bool loose, blob *out)
{
    const json_value *own = template_member(o, map, name, place);
    json_value value = {.place = place};
    bool attribute = name.length > 0 && memchr(name.data, '.', name.length) != NULL;
    if (name.length > 0 && name.data[0] == '!') {
        blob_append(out, "${", 2);
        blob_append(out, name.data + 1, name.length); /* the } too */
        return true;
    }
    if (own != NULL)
        return append(o, own, place, out);
    if (attribute ? template_attribute(o, name, loose, &value) : template_ref(o, name, loose, &value))
        return append(o, &value, place, out);
    value = (json_value){.type = JSON_STRING, .text = {name.data - 2, name.length + 3}};
    return loose && append(o, &value, place, out);
}

/* Appends a text with its ${...} replaced. */
static bool substitute_all(config_object *o, const json_value *from, const json_value *map, bool loose, blob *out)
{
    const char *at = from->text.data, *end = at + from->text.length;
    while (at < end) {
        const char *dollar = memchr(at, '$', (size_t)(end - at));
        const char *stop = dollar != NULL ? dollar : end;
        blob_append(out, at, (size_t)(stop - at));
        bool opens = stop < end && stop + 1 < end && stop[1] == '{';
        const char *close = opens ? memchr(stop, '}', (size_t)(end - stop)) : NULL;
        if (opens && close == NULL) {
            config_refuse(o, from->place, "Fn::Sub: ${ without its }");
            return false;
        }
        if (opens && !substitute(o, (ctf_text){stop + 2, (size_t)(close - stop) - 2}, map, from->place, loose, out))
            return false;
        if (!opens && stop < end)
            blob_append_byte(out, '$');
        at = opens ? close + 1 : stop + (stop < end);
    }
    return true;
}

static bool apply_sub(config_object *o, json_value *at, bool loose)
{
    const json_value *text = at->first, *map = NULL;
    blob out = {0};
    if (json_is(text, JSON_ARRAY) && text->n == 2) {
        map = text->first->next;
        text = text->first;
    }
    if (!json_is(text, JSON_STRING) || (map != NULL && map->type != JSON_OBJECT))
        return template_refuse_form(o, at, "a text, or a text and an object");
    bool good = substitute_all(o, text, map, loose, &out) && template_make(o, out.data, out.length, at);
    blob_free(&out);
    return good;
}

/* ---- Fn::Join, Fn::FindInMap ---- */

static bool apply_join(config_object *o, json_value *at, bool loose)
{
    const json_value *pair = at->first, *separator = json_is(pair, JSON_ARRAY) ? pair->first : NULL;
    blob out = {0};
    bool good = true, first = true;
    (void)loose;
    if (separator == NULL || pair->n != 2 || !template_is_scalar(separator) || !json_is(separator->next, JSON_ARRAY))
        return template_refuse_form(o, at, "a text and a list");
    for (const json_value *one = separator->next->first; one != NULL && good; one = one->next) {
        good = (first || append(o, separator, at->place, &out)) && append(o, one, one->place, &out);
        first = false;
    }
    good = good && template_make(o, out.data, out.length, at);
    blob_free(&out);
    return good;
}

/* Makes a value a list of the same texts as another. */
static bool copy_list(config_object *o, const json_value *from, json_value *at)
{
    json_value *first = NULL, **link = &first;
    for (const json_value *one = from->first; one != NULL; one = one->next) {
        json_value *copy = template_element(o, at);
        if (copy == NULL)
            return false;
        copy->type = one->type;
        copy->text = one->text;
        *link = copy;
        link = &copy->next;
    }
    at->type = JSON_ARRAY;
    at->first = first;
    at->n = from->n;
    return true;
}

static bool apply_find(config_object *o, json_value *at, bool loose)
{
    const json_value *found = o->template->mappings;
    (void)loose;
    if (!is_texts(at->first, 3))
        return template_refuse_form(o, at, "the names of a mapping and of two keys");
    for (const json_value *key = at->first->first; key != NULL; key = key->next) {
        found = template_member(o, found, template_text(key), key->place);
        if (found == NULL) {
            config_refuse(o, key->place, "Fn::FindInMap: there is no %.*s", TEXT_SHOWN(key->text));
            return false;
        }
    }
    if (is_texts(found, found->n))
        return copy_list(o, found, at);
    if (!template_is_scalar(found))
        return template_refuse_form(o, at, "a mapping of two levels");
    at->type = found->type;
    at->text = template_text(found);
    return true;
}

/* ---- Fn::Split, Fn::Select ---- */

#define LONGEST_SEPARATOR 64 /* bytes; it is looked for at each byte of a text */

static bool apply_split(config_object *o, json_value *at, bool loose)
{
    const json_value *pair = at->first;
    (void)loose;
    size_t length = is_texts(pair, 2) ? template_text(pair->first).length : 0;
    if (length == 0 || length > LONGEST_SEPARATOR)
        return template_refuse_form(o, at, "a separator of 1 to 64 bytes and a text");
    return template_split(o, template_text(pair->first->next), template_text(pair->first), false, at);
}

static bool read_index(const json_value *value, size_t *index)
{
    ctf_text text = template_is_scalar(value) ? template_text(value) : (ctf_text){"", 0};
    *index = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || *index > JSON_MOST)
            return false;
        *index = *index * 10 + (size_t)(text.data[i] - '0');
    }
    return text.length > 0;
}

/* Of a list that is not known nothing is known. */
static bool apply_select(config_object *o, json_value *at, bool loose)
{
    const json_value *pair = json_is(at->first, JSON_ARRAY) && at->first->n == 2 ? at->first : NULL;
    const json_value *list = pair != NULL ? pair->first->next : NULL;
    size_t index;
    if (loose && json_is(list, JSON_STRING))
        return false;
    if (!json_is(list, JSON_ARRAY) || !read_index(pair->first, &index))
        return template_refuse_form(o, at, "a whole number and a list");
    const json_value *one = list->first;
    for (; one != NULL && index > 0; index--)
        one = one->next;
    if (one == NULL || !template_is_scalar(one)) {
        config_refuse(o, at->place, "Fn::Select: there is no text at that place of the list");
        return false;
    }
    at->type = one->type;
    at->text = template_text(one);
    return true;
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    apply_fn apply;
} functions[] = {{"Ref", apply_ref},
                 {"Fn::Sub", apply_sub},
                 {"Fn::Join", apply_join},
                 {"Fn::Select", apply_select},
                 {"Fn::Split", apply_split},
                 {"Fn::GetAtt", apply_attribute},
                 {"Fn::FindInMap", apply_find},
                 {"Fn::Equals", template_equals},
                 {"Fn::And", template_and},
                 {"Fn::Or", template_or},
                 {"Fn::Not", template_not},
                 {"Condition", template_named}};

/* Does an object stand for a function, known or not? */
static bool is_function(const json_value *value)
{
    if (value->type != JSON_OBJECT || value->n != 1)
        return false;
    ctf_text key = value->first->key;
    return value->tagged || text_is(key, "Ref") || text_is(key, "Condition") ||
           (key.length > 4 && memcmp(key.data, "Fn::", 4) == 0);
}

static apply_fn find_function(const json_value *value)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (text_is(value->first->key, functions[i].name))
            return functions[i].apply;
    return NULL;
}

/* A value that takes the place of a function's object; it has a type and a text or children. */
static void settle(json_value *at)
{
    if (at->type < JSON_ARRAY) {
        at->first = NULL;
        at->n = 0;
    }
    at->tagged = false;
}

/* Lets ${Name} stand for what is not known. */
static bool keep_name(config_object *o, json_value *at)
{
    const json_value *argument = at->first;
    ctf_text name = template_is_scalar(argument) ? template_text(argument) : argument->key;
    blob out = {0};
    blob_append_words(&out, "${");
    blob_append(&out, name.data, name.length);
    blob_append_words(&out, "}");
    bool good = template_make(o, out.data, out.length, at);
    blob_free(&out);
    settle(at);
    return good;
}

/* Before the arguments of an object: a choice is made first, for only what is chosen is looked into; a function that
 * cannot be resolved is not looked into. */
static bool enter(config_object *o, json_value *at, bool loose)
{
    if (!template_step(o, 1, at->place))
        return false;
    if (at->type == JSON_NULL && at->parent != NULL && at->parent->type == JSON_ARRAY) {
        config_refuse(o, at->place, "a template holds no null; AWS::NoValue leaves an element out");
        return false;
    }
    while (is_function(at) && text_is(at->first->key, "Fn::If"))
        if (!template_choose(o, at, loose))
            return loose && keep_name(o, at);
    if (!is_function(at) || find_function(at) != NULL)
        return true;
    if (loose)
        return keep_name(o, at);
    config_refuse(o, at->place, "%.*s cannot be resolved", TEXT_SHOWN(at->first->key));
    return false;
}

/* Takes what is nothing (AWS::NoValue) out of a list. */
static void drop_nothing(json_value *list)
{
    json_value **link = &list->first;
    while (*link != NULL)
        if ((*link)->type == JSON_NULL) {
            *link = (*link)->next;
            list->n--;
        } else {
            link = &(*link)->next;
        }
}

/* Behind the arguments. */
static bool leave(config_object *o, json_value *at, bool loose)
{
    if (at->type == JSON_ARRAY)
        drop_nothing(at);
    if (!is_function(at))
        return true;
    if (!find_function(at)(o, at, loose))
        return loose && keep_name(o, at);
    settle(at);
    return true;
}

/* From a value to the first below it that has no children. */
static json_value *descend(config_object *o, json_value *at, bool loose)
{
    while (enter(o, at, loose)) {
        if (at->first == NULL)
            return at;
        at = at->first;
    }
    return NULL;
}

bool template_resolve(config_object *o, json_value *value, bool loose)
{
    json_value *at = descend(o, value, loose);
    while (at != NULL && leave(o, at, loose)) {
        if (at == value)
            return true;
        at = at->next != NULL ? descend(o, at->next, loose) : at->parent;
    }
    return false;
}
