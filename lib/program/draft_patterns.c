/* The patterns in the caller's order, each with its share of CODE, VALUES and FIELDS. */
#include "program/seal.h"

/* A pattern that matches all has no formula, and where no pattern has one the list is nowhere. */
static ctfi_range code_of(ctfi_draft *draft, ctfi_range formula)
{
    size_t first = draft->code.n;
    const ctfi_formula *steps = formula.count == 0 ? NULL : draft->plan->formulas.at + formula.first;
    ctfi_emit(draft->job, &draft->code, steps, formula.count);
    return (ctfi_range){(uint32_t)first, (uint32_t)(draft->code.n - first)};
}

static void add_pattern(ctfi_draft *draft, const ctfi_plan_pattern *planned)
{
    ctfi_image_pattern pattern = {.kind = planned->kind, .ellipsis = planned->ellipsis};
    pattern.name = ctfi_draft_string(draft, planned->name);
    pattern.text = ctfi_draft_string(draft, planned->text);
    pattern.code = code_of(draft, planned->formula);
    pattern.values = planned->values;
    pattern.fields = planned->fields;
    draft->head.has_json |= planned->kind == CTF_KIND_JSON;
    draft->head.has_fields |= planned->kind == CTF_KIND_FIELDS;
    *CTFI_APPEND(draft->job, &draft->patterns) = pattern;
}

static void place_values(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    for (size_t i = 0; i < plan->values.n; i++) {
        ctfi_image_value *value = &plan->values.at[i];
        if (value->source == CTFI_VALUE_SLOT)
            value->index = draft->nodes.at[draft->new_node[value->index]].slot;
    }
}

void ctfi_draft_patterns(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    for (size_t i = 0; i < plan->patterns.n; i++)
        add_pattern(draft, &plan->patterns.at[i]);
    for (size_t i = 0; i < plan->fields.n; i++) {
        ctfi_string field = ctfi_draft_string(draft, plan->fields.at[i]);
        *CTFI_APPEND(draft->job, &draft->fields) = field;
    }
    place_values(draft);
}
