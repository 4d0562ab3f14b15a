/* Single values of a filter or an alarm. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "config_object.h"

#define LONGEST_TEXT 65536 /* more than any setting may have */

#define MOST_WHOLE 9007199254740992.0 /* 2^53: up to here a double is exact */

/* What a message calls a value: the key it stands under, or that of its list. */
static const char *called(const json_value *value)
{
    while (value->key.length == 0 && value->parent != NULL)
        value = value->parent;
    return value->key.length > 0 ? value->key.data : "value";
}

/* A value that must be something else. */
static void refuse_kind(config_object *o, const json_value *value, const char *needed)
{
    static const char *const kinds[] = {"null", "false", "true", "the number ", "the text ", "a list", "an object"};
    bool spelled = value->type == JSON_NUMBER || value->type == JSON_STRING;
    bool function = value->type == JSON_OBJECT && value->n == 1 && (value->tagged || o->template != NULL);
    ctf_text text = function ? value->first->key : spelled ? value->text : (ctf_text){"", 0};
    config_refuse(o, value->place, "%s: %s is needed, not %s%.*s", called(value), needed,
                  function ? "" : kinds[value->type], TEXT_SHOWN(text));
}

static bool text_of(const config_object *o, const json_value *value, ctf_text *out)
{
    static const char *const words[] = {"null", "false", "true"};
    bool word = value->type == JSON_TRUE || value->type == JSON_FALSE;
    if (value->type != JSON_STRING && !((word || value->type == JSON_NUMBER) && o->dialect->numbers_for_words))
        return false;
    *out = value->text;
    if (value->text.length == 0 && word)
        *out = (ctf_text){words[value->type], strlen(words[value->type])};
    return true;
}

bool config_text(config_object *o, const json_value *value, ctf_text *out)
{
    ctf_text text;
    if (config_absent(o, value))
        return false;
    if (!text_of(o, value, &text)) {
        refuse_kind(o, value, "a text");
        return false;
    }
    if (text.length > LONGEST_TEXT) {
        config_refuse(o, value->place, "%s: a text of more than %d bytes", called(value), LONGEST_TEXT);
        return false;
    }
    *out = config_keep(o->config, text);
    return true;
}

/* Is a number spelled here, in the dialect's eyes? */
static bool spells_number(const config_object *o, const json_value *value, ctfi_decimal *out)
{
    bool may = value->type == JSON_NUMBER || (value->type == JSON_STRING && o->dialect->words_for_numbers);
    return may && ctfi_decimal_read((const unsigned char *)value->text.data, value->text.length, true, out);
}

bool config_whole(config_object *o, const json_value *value, int64_t *out)
{
    ctfi_decimal number;
    if (config_absent(o, value))
        return false;
    double near = spells_number(o, value, &number) ? ctfi_decimal_to_double(&number) : NAN;
    if (!(near >= -MOST_WHOLE && near <= MOST_WHOLE) || near != (double)(int64_t)near) {
        refuse_kind(o, value, "a whole number");
        return false;
    }
    *out = (int64_t)near;
    return true;
}

bool config_number(config_object *o, const json_value *value, double *out)
{
    ctfi_decimal number;
    if (config_absent(o, value))
        return false;
    double near = spells_number(o, value, &number) ? ctfi_decimal_to_double(&number) : NAN;
    if (isinf(near))
        config_refuse(o, value->place, "%s: %.*s is too large", called(value), TEXT_SHOWN(value->text));
    else if (isnan(near))
        refuse_kind(o, value, "a number");
    if (!isfinite(near))
        return false;
    *out = near;
    return true;
}

bool config_truth(config_object *o, const json_value *value, bool *out)
{
    if (value == NULL || value->type == JSON_NULL)
        return false;
    bool words = value->type == JSON_STRING && o->dialect->words_for_numbers;
    bool yes = value->type == JSON_TRUE || (words && text_is(value->text, "true"));
    if (!yes && value->type != JSON_FALSE && !(words && text_is(value->text, "false"))) {
        refuse_kind(o, value, "true or false");
        return false;
    }
    *out = yes;
    return true;
}

size_t config_texts(config_object *o, const json_value *value, const ctf_text **out)
{
    size_t n = 0;
    if (config_absent(o, value))
        return 0;
    if (value->type != JSON_ARRAY) {
        refuse_kind(o, value, "a list of texts");
        return 0;
    }
    ctf_text *texts = config_take(o->config, value->n, sizeof *texts);
    for (const json_value *one = value->first; one != NULL; one = one->next)
        n += config_text(o, one, &texts[n]);
    *out = texts;
    return n;
}

/* One dimension of a list: its name under `key`, its value under Value. */
static bool read_pair(config_object *o, const json_value *pair, const char *key, ctf_dimension *out)
{
    const char *const names[] = {key, "Value"};
    *out = (ctf_dimension){0};
    if (pair->type != JSON_OBJECT || pair->tagged) {
        refuse_kind(o, pair, "an object with a name and a value");
        return false;
    }
    for (const json_value *member = pair->first; member != NULL; member = member->next)
        if (!text_is(member->key, key) && !text_is(member->key, "Value"))
            config_unknown(o->config, o->file, member, names, 2);
    bool named = config_text(o, json_get(pair, key), &out->name);
    if (config_text(o, json_get(pair, "Value"), &out->value) && named)
        return true;
    if (!o->broken)
        config_refuse(o, pair->place, "a dimension needs %s and Value", key);
    return false;
}

size_t config_dimensions(config_object *o, const json_value *value, const char *key, const ctf_dimension **out)
{
    size_t n = 0;
    bool map = key == NULL;
    if (config_absent(o, value))
        return 0;
    if (value->type != (map ? JSON_OBJECT : JSON_ARRAY) || value->tagged) {
        refuse_kind(o, value, map ? "an object of names and values" : "a list of dimensions");
        return 0;
    }
    ctf_dimension *dimensions = config_take(o->config, value->n, sizeof *dimensions);
    for (const json_value *one = value->first; one != NULL; one = one->next) {
        if (map)
            dimensions[n].name = config_keep(o->config, one->key);
        n += map ? config_text(o, one, &dimensions[n].value) : read_pair(o, one, key, &dimensions[n]);
    }
    *out = dimensions;
    return n;
}
