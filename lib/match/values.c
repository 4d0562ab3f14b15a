/* What can be asked about the last message: wanted values and extracted fields. */
#include "match/scratch.h"

static const ctfi_image_pattern *pattern_at(const ctf_scratch *scratch, size_t index)
{
    if (scratch == NULL || index >= ctfi_image_count_of(scratch->image, CTFI_SECTION_PATTERNS))
        return NULL;
    return &ctfi_image_PATTERNS(scratch->image)[index];
}

static ctf_text text_of(ctfi_bytes bytes)
{
    ctf_text text = {(const char *)bytes.data, bytes.length};
    return text;
}

static ctf_value piece_value(const ctf_scratch *scratch, const ctfi_image_value *value)
{
    static const ctfi_accessor_type accessors[] = {[CTFI_VALUE_FROM_START] = CTFI_FROM_START,
                                                   [CTFI_VALUE_FROM_END] = CTFI_FROM_END,
                                                   [CTFI_VALUE_REST] = CTFI_REST};
    ctfi_bytes piece;
    ctf_value out = {CTF_VALUE_MISSING, {NULL, 0}};
    if (ctfi_tokens_piece(&scratch->tokens, accessors[value->source], value->index, &piece))
        out = (ctf_value){CTF_VALUE_STRING, text_of(piece)};
    return out;
}

ctf_status ctf_scratch_value(const ctf_scratch *scratch, size_t pattern, size_t k, ctf_value *out)
{
    const ctfi_image_pattern *wanted = pattern_at(scratch, pattern);
    if (wanted == NULL || out == NULL || k >= wanted->values.count)
        return CTF_E_ARGUMENT;
    const ctfi_image_value *value = ctfi_image_VALUES(scratch->image) + wanted->values.first + k;
    *out = value->source == CTFI_VALUE_SLOT ? ctfi_walk_value(&scratch->walk, value->index)
                                            : piece_value(scratch, value);
    return CTF_OK;
}

/* How many fields a match of this pattern shows: every token where [] or an ellipsis takes any number,
 * else one a field. */
static size_t count_fields(const ctf_scratch *scratch, const ctfi_image_pattern *pattern)
{
    bool any_number = pattern->fields.count == 0 || pattern->ellipsis < pattern->fields.count;
    size_t named = pattern->fields.count - (pattern->ellipsis < pattern->fields.count);
    if (pattern->kind != CTF_KIND_FIELDS || scratch->tokens.n < named)
        return 0;
    return any_number ? scratch->tokens.n : pattern->fields.count;
}

/* The name of the k-th of n shown fields; empty under the ellipsis. */
static ctf_text field_name(const ctf_scratch *scratch, const ctfi_image_pattern *pattern, size_t k, size_t n)
{
    size_t named = pattern->fields.count, at = k;
    ctf_text none = {NULL, 0};
    if (pattern->ellipsis < named && k >= pattern->ellipsis) {
        size_t behind = n - k; /* fields from this one to the last */
        if (behind > named - 1 - pattern->ellipsis)
            return none;
        at = named - behind;
    }
    if (at >= named)
        return none;
    return text_of(ctfi_image_bytes(scratch->image, ctfi_image_FIELDS(scratch->image)[pattern->fields.first + at]));
}

ctf_status ctf_scratch_field(const ctf_scratch *scratch, size_t pattern, size_t k, ctf_field *out, size_t *n)
{
    const ctfi_image_pattern *shown = pattern_at(scratch, pattern);
    if (shown == NULL)
        return CTF_E_ARGUMENT;
    size_t count = count_fields(scratch, shown);
    if (n != NULL)
        *n = count;
    if (out == NULL)
        return CTF_OK;
    if (k >= count)
        return CTF_E_ARGUMENT;
    bool last_of_fixed = shown->fields.count != 0 && shown->ellipsis == shown->fields.count && k + 1 == count;
    ctfi_bytes piece = {NULL, 0};
    ctfi_tokens_piece(&scratch->tokens, last_of_fixed ? CTFI_REST : CTFI_FROM_START, k, &piece);
    *out = (ctf_field){field_name(scratch, shown, k, count), k + 1, text_of(piece)};
    return CTF_OK;
}
