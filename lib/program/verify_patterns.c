/* The patterns, what they share of the sections, and what triggers them. */
#include "program/verify_parts.h"

/* How much of each section the patterns so far have. */
typedef struct cursors {
    uint32_t code;
    uint32_t values;
    uint32_t fields;
} cursors;

/* A value comes from a slot in JSON patterns and from the tokens in space-delimited ones. */
static bool value(const ctfi_verifier *v, uint32_t kind, const ctfi_image_value *value)
{
    if (value->source >= CTFI_VALUE_SOURCES)
        return ctfi_verify_refuse(v, &value->source, "no such source of a value");
    if ((value->source == CTFI_VALUE_SLOT) != (kind == CTF_KIND_JSON))
        return ctfi_verify_refuse(v, &value->source, "a value that patterns of this kind cannot have");
    if (value->source == CTFI_VALUE_SLOT && value->index >= v->image->n_slots)
        return ctfi_verify_refuse(v, &value->index, "no such slot");
    return true;
}

static bool values(const ctfi_verifier *v, const ctfi_image_pattern *pattern)
{
    bool none = pattern->kind != CTF_KIND_JSON && pattern->kind != CTF_KIND_FIELDS;
    if (none && pattern->values.count > 0)
        return ctfi_verify_refuse(v, &pattern->values, "a value that patterns of this kind cannot have");
    for (uint32_t i = 0; i < pattern->values.count; i++)
        if (!value(v, pattern->kind, ctfi_image_VALUES(v->image) + pattern->values.first + i))
            return false;
    return true;
}

/* Only space-delimited patterns have fields, and among them one ellipsis or none. */
static bool fields(const ctfi_verifier *v, const ctfi_image_pattern *pattern)
{
    if (pattern->kind != CTF_KIND_FIELDS && pattern->fields.count > 0)
        return ctfi_verify_refuse(v, &pattern->fields, "fields of a pattern that is not space-delimited");
    if (pattern->ellipsis > pattern->fields.count)
        return ctfi_verify_refuse(v, &pattern->ellipsis, "the ellipsis is none of the fields");
    for (uint32_t i = 0; i < pattern->fields.count; i++)
        if (!ctfi_verify_string(v, ctfi_image_FIELDS(v->image) + pattern->fields.first + i, CTFI_STRING_MAX))
            return false;
    return true;
}

static bool pattern(const ctfi_verifier *v, const ctfi_image_pattern *pattern, cursors *at)
{
    if (pattern->kind > CTF_KIND_JSON)
        return ctfi_verify_refuse(v, &pattern->kind, "no such kind of pattern");
    return ctfi_verify_string(v, &pattern->name, UINT32_MAX) &&
           ctfi_verify_string(v, &pattern->text, CTFI_STRING_MAX) &&
           ctfi_verify_share(v, &pattern->code, CTFI_SECTION_CODE, &at->code) &&
           ctfi_verify_share(v, &pattern->values, CTFI_SECTION_VALUES, &at->values) &&
           ctfi_verify_share(v, &pattern->fields, CTFI_SECTION_FIELDS, &at->fields) &&
           ctfi_verify_code(v, pattern->code) && values(v, pattern) && fields(v, pattern);
}

/* The header says truly whether the event is read and the message split. */
static bool flags(const ctfi_verifier *v, bool has_json, bool has_fields)
{
    if (v->image->has_json != has_json)
        return ctfi_verify_refuse(v, &v->image->has_json, "the header is wrong about JSON patterns");
    if (v->image->has_fields != has_fields)
        return ctfi_verify_refuse(v, &v->image->has_fields,
                                  "the header is wrong about space-delimited patterns");
    return true;
}

static bool all_patterns(const ctfi_verifier *v)
{
    uint32_t n = ctfi_image_count_of(v->image, CTFI_SECTION_PATTERNS);
    const ctfi_image_pattern *patterns = ctfi_image_PATTERNS(v->image);
    bool has_json = false;
    bool has_fields = false;
    cursors at = {0, 0, 0};
    if (n == 0 || n > CTF_MAX_PATTERNS)
        return ctfi_verify_refuse(v, &v->image->sections[CTFI_SECTION_PATTERNS], "no patterns, or too many");
    for (uint32_t i = 0; i < n; i++) {
        if (!pattern(v, &patterns[i], &at))
            return false;
        has_json |= patterns[i].kind == CTF_KIND_JSON;
        has_fields |= patterns[i].kind == CTF_KIND_FIELDS;
    }
    return ctfi_verify_spent(v, CTFI_SECTION_CODE, at.code) &&
           ctfi_verify_spent(v, CTFI_SECTION_VALUES, at.values) &&
           ctfi_verify_spent(v, CTFI_SECTION_FIELDS, at.fields) && flags(v, has_json, has_fields);
}

/* Patterns that exist, ascending: none comes twice. */
static bool ascending(const ctfi_verifier *v, const uint32_t *patterns, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (patterns[i] >= ctfi_image_count_of(v->image, CTFI_SECTION_PATTERNS))
            return ctfi_verify_refuse(v, &patterns[i], "no such pattern");
        if (i > 0 && patterns[i] <= patterns[i - 1])
            return ctfi_verify_refuse(v, &patterns[i], "patterns do not ascend");
    }
    return true;
}

/* One start for each fact and one behind; they ascend from 0 to the number of triggers. */
static bool starts(const ctfi_verifier *v)
{
    const ctfi_section *section = &v->image->sections[CTFI_SECTION_TRIGGER_STARTS];
    const uint32_t *start = ctfi_image_TRIGGER_STARTS(v->image);
    if (section->count != (uint64_t)v->image->n_facts + 1)
        return ctfi_verify_refuse(v, section, "facts and the starts of their triggers differ in number");
    if (start[0] != 0)
        return ctfi_verify_refuse(v, start, "triggers do not start at 0");
    for (uint32_t i = 1; i < section->count; i++)
        if (start[i] < start[i - 1])
            return ctfi_verify_refuse(v, &start[i], "starts of triggers do not ascend");
    return ctfi_verify_spent(v, CTFI_SECTION_TRIGGERS, start[section->count - 1]);
}

static bool triggers(const ctfi_verifier *v)
{
    const uint32_t *start = ctfi_image_TRIGGER_STARTS(v->image);
    if (!starts(v))
        return false;
    for (uint32_t i = 0; i < v->image->n_facts; i++)
        if (!ascending(v, ctfi_image_TRIGGERS(v->image) + start[i], start[i + 1] - start[i]))
            return false;
    return ascending(v, ctfi_image_ALWAYS(v->image), ctfi_image_count_of(v->image, CTFI_SECTION_ALWAYS));
}

bool ctfi_verify_patterns(const ctfi_verifier *v)
{
    return all_patterns(v) && triggers(v);
}
