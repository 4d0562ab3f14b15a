#include "config_yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/number.h"
#include "diag.h"
#include "json_build.h"

#define STANDARD_TAG "tag:yaml.org,2002:"

#define DIGITS(number) #number
#define MORE_THAN(number, what) "more than " DIGITS(number) " " what

typedef struct anchor {
    const char *name;
    const json_value *value;
} anchor;

/* The reading of one document. */
typedef struct reading {
    json_builder b;
    yaml_parser_t parser;
    yaml_event_t event;
    anchor *anchors;
    size_t n_anchors;
    size_t room_anchors;
    size_t n_aliases;
    size_t left; /* values that aliases may still copy */
    bool keyed;  /* the open object has a key that waits for its value */
    json_error *error;
} reading;

static json_place place_of(const yaml_mark_t *mark)
{
    return (json_place){(uint32_t)mark->line + 1, (uint32_t)mark->column + 1};
}

/* Notes what is wrong at a place. Returns false. */
static bool refuse_at(reading *r, json_place place, const char *why)
{
    *r->error = (json_error){.line = place.line, .column = place.column};
    snprintf(r->error->message, sizeof r->error->message, "%s", why);
    return false;
}

static bool refuse(reading *r, const char *why)
{
    return refuse_at(r, place_of(&r->event.start_mark), why);
}

static const char *chars(const yaml_char_t *text)
{
    return (const char *)text;
}

static ctf_text copy(reading *r, const char *text)
{
    return json_build_text(r->b.document, text, strlen(text));
}

static bool is_map(const json_value *value)
{
    return value != NULL && value->type == JSON_OBJECT && !value->tagged;
}

/* Appends a value; NULL when it is refused. */
static json_value *append(reading *r, json_type type, json_place place)
{
    json_value *value = json_build_value(&r->b, type, place);
    if (value == NULL)
        refuse(r, r->b.refusal);
    r->keyed = false;
    return value;
}

/* ---- anchors and aliases ---- */

/* Remembers what an anchor names. */
static bool name_anchor(reading *r, const yaml_char_t *name, const json_value *value)
{
    if (name == NULL)
        return true;
    if (r->n_anchors == YAML_ANCHORS)
        return refuse(r, MORE_THAN(YAML_ANCHORS, "anchors"));
    r->anchors = need_more(r->anchors, &r->room_anchors, r->n_anchors + 1, sizeof *r->anchors);
    r->anchors[r->n_anchors++] = (anchor){copy(r, chars(name)).data, value};
    return true;
}

/* What the last anchor of that name names; NULL when there is none. */
static const json_value *find_anchor(const reading *r, const char *name)
{
    for (size_t i = r->n_anchors; i > 0; i--)
        if (strcmp(r->anchors[i - 1].name, name) == 0)
            return r->anchors[i - 1].value;
    return NULL;
}

static bool is_open(const reading *r, const json_value *value)
{
    const json_value *at = r->b.open;
    while (at != NULL && at != value)
        at = at->parent;
    return at != NULL;
}

/* Appends one value like `from`, without its children; an array or object is left open. */
static bool copy_value(reading *r, const json_value *from)
{
    if (r->left-- == 0)
        return refuse(r, MORE_THAN(YAML_COPIES, "values by aliases"));
    json_value *value = append(r, from->type, from->place);
    if (value == NULL)
        return false;
    value->text = from->text;
    value->lead = from->lead;
    value->tagged = from->tagged;
    return true;
}

/* The value behind a tree's value in the order of the document, closing what ends before it; NULL at the end
 * of the tree `from`. */
static const json_value *copy_next(reading *r, const json_value *from, const json_value *at)
{
    if (at->first != NULL)
        return at->first;
    if (at->type >= JSON_ARRAY)
        json_build_close(&r->b);
    for (; at != from && at->next == NULL; at = at->parent)
        json_build_close(&r->b);
    return at == from ? NULL : at->next;
}

/* Appends a copy of a tree. */
static bool copy_tree(reading *r, const json_value *from)
{
    for (const json_value *at = from; at != NULL;) {
        if (!copy_value(r, at))
            return false;
        at = copy_next(r, from, at);
        if (at != NULL)
            json_build_key(&r->b, at->key, at->key_place);
    }
    return true;
}

static bool on_alias(reading *r)
{
    const json_value *value = find_anchor(r, chars(r->event.data.alias.anchor));
    if (is_map(r->b.open) && !r->keyed)
        return refuse(r, "a key must be a text, not an alias");
    if (r->n_aliases++ == YAML_ALIASES)
        return refuse(r, MORE_THAN(YAML_ALIASES, "aliases"));
    if (value == NULL)
        return refuse(r, "no anchor of that name stands before");
    if (is_open(r, value))
        return refuse(r, "an alias stands within what it names");
    return copy_tree(r, value);
}

/* ---- tags ---- */

/* The member that a short form stands for: "Ref" or "Fn::Sub"; empty when the tag is none. */
static ctf_text short_form(reading *r, const char *tag)
{
    char key[64];
    bool plain = strcmp(tag, "!Ref") == 0 || strcmp(tag, "!Condition") == 0;
    if (tag[0] != '!' || tag[1] == '\0' || strpbrk(tag + 1, "!:") != NULL || strlen(tag) > 40)
        return (ctf_text){NULL, 0};
    snprintf(key, sizeof key, "%s%s", plain ? "" : "Fn::", tag + 1);
    return copy(r, key);
}

static bool is_standard(const char *tag)
{
    static const char *const names[] = {"str", "int", "float", "bool", "null", "seq", "map", "timestamp"};
    if (strncmp(tag, STANDARD_TAG, strlen(STANDARD_TAG)) != 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(tag + strlen(STANDARD_TAG), names[i]) == 0)
            return true;
    return false;
}

/* Opens the object that a tag stands for, if it does. *outer is that object or stays. */
static bool open_tag(reading *r, const yaml_char_t *tag, json_value **outer)
{
    if (tag == NULL || strcmp(chars(tag), "!") == 0 || is_standard(chars(tag)))
        return true;
    json_place place = place_of(&r->event.start_mark);
    ctf_text key = short_form(r, chars(tag));
    if (key.length == 0)
        return refuse(r, "a tag that nothing is known of");
    *outer = append(r, JSON_OBJECT, place);
    if (*outer == NULL)
        return false;
    (*outer)->tagged = true;
    json_build_key(&r->b, key, place);
    return true;
}

/* Closes the object of a tag when its one member is complete. */
static void close_tag(reading *r)
{
    if (r->b.open != NULL && r->b.open->tagged)
        json_build_close(&r->b);
}

/* ---- scalars ---- */

static bool any_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

/* What a plain scalar is. */
static json_type plain_type(const char *text, size_t length)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    ctfi_decimal number;
    if (any_of(text, nulls))
        return JSON_NULL;
    if (any_of(text, trues))
        return JSON_TRUE;
    if (any_of(text, falses))
        return JSON_FALSE;
    return ctfi_decimal_read((const unsigned char *)text, length, true, &number) ? JSON_NUMBER : JSON_STRING;
}

/* A tag that says what a scalar is overrules how it is written. */
static json_type scalar_type(const yaml_event_t *event)
{
    const char *text = chars(event->data.scalar.value), *tag = chars(event->data.scalar.tag);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (tag != NULL && (strcmp(tag, "!") == 0 || strcmp(tag, STANDARD_TAG "str") == 0))
        return JSON_STRING;
    return plain ? plain_type(text, event->data.scalar.length) : JSON_STRING;
}

/* How many characters stand before the text in the source, -1 when it does not stand there as it reads. */
static int lead_of(const yaml_event_t *event, size_t characters)
{
    size_t source = event->end_mark.index - event->start_mark.index;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    bool quoted = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                  event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (event->start_mark.line != event->end_mark.line || event->data.scalar.anchor != NULL ||
        event->data.scalar.tag != NULL)
        return -1;
    return plain && source == characters ? 0 : quoted && source == characters + 2 ? 1 : -1;
}

static size_t characters_of(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static bool on_key(reading *r)
{
    const yaml_event_t *event = &r->event;
    if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL)
        return refuse(r, "a key must be a text, without anchor or tag");
    ctf_text key = json_build_text(r->b.document, event->data.scalar.value, event->data.scalar.length);
    json_build_key(&r->b, key, place_of(&event->start_mark));
    r->keyed = true;
    return true;
}

static bool on_scalar(reading *r)
{
    const yaml_event_t *event = &r->event;
    const char *text = chars(event->data.scalar.value);
    size_t length = event->data.scalar.length;
    json_value *outer = NULL;
    if (is_map(r->b.open) && !r->keyed)
        return on_key(r);
    if (!open_tag(r, event->data.scalar.tag, &outer))
        return false;
    json_type type = outer != NULL ? JSON_STRING : scalar_type(event);
    json_value *value = append(r, type, place_of(&event->start_mark));
    if (value == NULL)
        return false;
    value->text = json_build_text(r->b.document, text, length);
    value->lead = lead_of(event, characters_of(text, length));
    close_tag(r);
    return name_anchor(r, event->data.scalar.anchor, outer != NULL ? outer : value);
}

/* ---- collections ---- */

static bool on_open(reading *r, json_type type, const yaml_char_t *tag, const yaml_char_t *name)
{
    json_value *outer = NULL;
    if (is_map(r->b.open) && !r->keyed)
        return refuse(r, "a key must be a text");
    if (!open_tag(r, tag, &outer))
        return false;
    json_value *value = append(r, type, place_of(&r->event.start_mark));
    return value != NULL && name_anchor(r, name, outer != NULL ? outer : value);
}

static bool on_close(reading *r)
{
    json_build_close(&r->b);
    close_tag(r);
    return true;
}

/* ---- events ---- */

static bool on_event(reading *r)
{
    switch (r->event.type) {
    case YAML_DOCUMENT_START_EVENT:
        return r->b.document->root == NULL || refuse(r, "a second document begins; one file holds one");
    case YAML_ALIAS_EVENT:
        return on_alias(r);
    case YAML_SCALAR_EVENT:
        return on_scalar(r);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(r, JSON_ARRAY, r->event.data.sequence_start.tag, r->event.data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return on_open(r, JSON_OBJECT, r->event.data.mapping_start.tag, r->event.data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_close(r);
    default:
        return true;
    }
}

/* Where a byte stands. */
static json_place place_at(const unsigned char *bytes, size_t offset)
{
    json_place place = {1, 1};
    for (size_t i = 0; i < offset; i++)
        if (bytes[i] == '\n')
            place = (json_place){place.line + 1, 1};
        else
            place.column += (bytes[i] & 0xC0) != 0x80;
    return place;
}

/* Puts libyaml's own complaint into words. */
static bool refuse_syntax(reading *r, const unsigned char *bytes, size_t length)
{
    char words[sizeof r->error->message];
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        need_failed();
    snprintf(words, sizeof words, "%s%s%s", p->problem != NULL ? p->problem : "not YAML",
             p->context != NULL ? " " : "", p->context != NULL ? p->context : "");
    if (p->error == YAML_READER_ERROR)
        return refuse_at(r, place_at(bytes, p->problem_offset < length ? p->problem_offset : length), words);
    return refuse_at(r, place_of(&p->problem_mark), words);
}

static bool read_events(reading *r, const unsigned char *bytes, size_t length)
{
    for (bool more = true, good; more;) {
        if (!yaml_parser_parse(&r->parser, &r->event))
            return refuse_syntax(r, bytes, length);
        more = r->event.type != YAML_STREAM_END_EVENT;
        good = on_event(r);
        yaml_event_delete(&r->event);
        if (!good)
            return false;
    }
    return r->b.document->root != NULL || refuse_at(r, (json_place){1, 1}, "nothing stands here");
}

json_document *yaml_read(const void *bytes, size_t length, size_t most, json_error *error)
{
    const unsigned char *text = length > 0 ? bytes : (const unsigned char *)"";
    reading r = {.left = YAML_COPIES, .error = error};
    json_document *document = json_build_start(&r.b, most);
    if (!yaml_parser_initialize(&r.parser))
        need_failed();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, text, length);
    bool good = read_events(&r, text, length);
    yaml_parser_delete(&r.parser);
    free(r.anchors);
    if (good)
        return document;
    json_free(document);
    return NULL;
}
