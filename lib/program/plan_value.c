/* What a pattern's caller wants extracted (spec: metrics-alarms 1.1 and 1.2.8). */
#include "program/plan.h"

/* All of a selector's text. */
static ctfi_span whole(ctf_text text)
{
    return (ctfi_span){0, (uint32_t)text.length};
}

static ctfi_image_value json_value(ctfi_plan *plan, const ctfi_reference *reference, ctf_text text)
{
    const ctfi_selector *selector = reference->selector;
    if (reference->type != CTFI_REFERENCE_JSON)
        ctfi_job_refuse(plan->job, CTF_ERROR_SELECTOR, whole(text), NULL,
                        "expected a selector such as $.name, for the pattern is JSON");
    if (selector->wildcard < selector->n_steps)
        ctfi_job_refuse(plan->job, CTF_ERROR_SELECTOR, selector->steps[selector->wildcard].span, NULL,
                        "a selector with a wildcard has no single value to extract");
    uint32_t node = ctfi_plan_node(plan, selector, selector->n_steps);
    if (plan->nodes.at[node].slot == CTFI_NONE)
        plan->nodes.at[node].slot = plan->n_slots++;
    return (ctfi_image_value){CTFI_VALUE_SLOT, node};
}

static ctfi_image_value place_value(ctfi_place place)
{
    static const ctfi_value_source sources[CTFI_ACCESSOR_TYPES] = {
        [CTFI_FROM_START] = CTFI_VALUE_FROM_START,
        [CTFI_FROM_END] = CTFI_VALUE_FROM_END,
        [CTFI_REST] = CTFI_VALUE_REST,
    };
    return (ctfi_image_value){sources[place.type], place.index};
}

/* $name: the field so declared; an undeclared one refuses the filter. */
static ctfi_image_value named_value(ctfi_plan *plan, const ctfi_tree *tree, ctfi_bytes name, ctf_text text)
{
    for (uint32_t i = 0; i < tree->n_fields; i++)
        if (!tree->fields[i].ellipsis && ctfi_bytes_equal(tree->fields[i].name, name))
            return place_value(ctfi_plan_place(tree, i));
    ctfi_job_refuse(plan->job, CTF_ERROR_SELECTOR, whole(text), NULL, "the pattern names no field $%.*s",
                    (int)name.length, (const char *)name.data);
}

/* $k: the k-th of all tokens. Without an ellipsis the fields are all there is: the last one takes the
 * rest, and beyond it lies a token that no message has. [] has no fields that could take the rest. */
static ctfi_image_value numbered_value(const ctfi_tree *tree, uint32_t position)
{
    bool open = tree->n_fields == 0 || tree->ellipsis < tree->n_fields;
    if (open)
        return (ctfi_image_value){CTFI_VALUE_FROM_START, position - 1};
    if (position > tree->n_fields)
        return (ctfi_image_value){CTFI_VALUE_FROM_START, CTFI_NONE};
    return place_value(ctfi_plan_place(tree, position - 1));
}

static ctfi_image_value field_value(ctfi_plan *plan, const ctfi_tree *tree, const ctfi_reference *reference,
                                    ctf_text text)
{
    if (reference->type == CTFI_REFERENCE_NAME)
        return named_value(plan, tree, reference->name, text);
    if (reference->type == CTFI_REFERENCE_POSITION && reference->position > 0)
        return numbered_value(tree, reference->position);
    ctfi_job_refuse(plan->job, CTF_ERROR_SELECTOR, whole(text), NULL,
                    "expected $name or $1, for the pattern is space-delimited");
}

/* Reading comes first: behind it the text is known to be short, as spans must be. */
static ctfi_image_value value_of(ctfi_plan *plan, const ctfi_tree *tree, ctf_text text)
{
    ctfi_bytes bytes = {(const unsigned char *)text.data, text.length};
    const ctfi_reference *reference = ctfi_reference_parse(plan->job, bytes);
    if (tree->kind == CTF_KIND_JSON)
        return json_value(plan, reference, text);
    if (tree->kind == CTF_KIND_FIELDS)
        return field_value(plan, tree, reference, text);
    ctfi_job_refuse(plan->job, CTF_ERROR_SELECTOR, whole(text), NULL,
                    "only JSON and space-delimited patterns have values to extract");
}

void ctfi_plan_values(ctfi_plan *plan, const ctfi_tree *tree, const ctf_pattern *pattern)
{
    for (size_t i = 0; i < pattern->n_extract; i++) {
        ctfi_image_value value = value_of(plan, tree, pattern->extract[i]);
        *CTFI_APPEND(plan->job, &plan->values) = value;
    }
}
