#include "program/plan.h"

#include <string.h>

const ctfi_image_node ctfi_blank_node = {
    CTFI_NONE, CTFI_NONE, CTFI_NONE, 0,         {0, 0},    0,         CTFI_NONE,
    CTFI_NONE, CTFI_NONE, CTFI_NONE, CTFI_NONE, CTFI_NONE, CTFI_NONE, CTFI_NONE};

void ctfi_plan_init(ctfi_plan *plan, ctfi_job *job)
{
    memset(plan, 0, sizeof *plan);
    plan->job = job;
    plan->message = CTFI_NONE;
    *CTFI_APPEND(job, &plan->nodes) = ctfi_blank_node;
}

uint32_t ctfi_plan_fact_new(ctfi_plan *plan, ctfi_fact_class class, uint32_t leaf)
{
    uint32_t fact = (uint32_t)plan->facts.n;
    *CTFI_APPEND(plan->job, &plan->facts) = (ctfi_plan_fact){class, leaf, 0};
    return fact;
}

uint32_t ctfi_plan_fact_at(ctfi_plan *plan, uint32_t *where, ctfi_fact_class class, uint32_t leaf)
{
    if (*where == CTFI_NONE)
        *where = ctfi_plan_fact_new(plan, class, leaf);
    return *where;
}

void ctfi_plan_push(ctfi_plan *plan, ctfi_formula_type type, uint32_t operand)
{
    *CTFI_APPEND(plan->job, &plan->formulas) = (ctfi_formula){type, operand};
    if (type == CTFI_FORMULA_FACT || type == CTFI_FORMULA_NOT)
        plan->facts.at[operand].uses++;
}
