/* Selectors become one tree of nodes over all patterns. */
#include "program/plan.h"

/* Where the number of the child that `step` leads to stands; CTFI_NONE there when there is none yet. */
static uint32_t *child_of(ctfi_plan *plan, uint32_t parent, const ctfi_step *step)
{
    ctfi_bytes index = {(const unsigned char *)&step->index, sizeof step->index};
    if (step->type == CTFI_STEP_ANY)
        return &plan->nodes.at[parent].any;
    if (step->type == CTFI_STEP_INDEX)
        return ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_INDEX, parent, index);
    return ctfi_intern_find(plan->job, &plan->intern, CTFI_SPACE_KEY, parent, step->key);
}

static uint32_t descend(ctfi_plan *plan, uint32_t parent, const ctfi_step *step)
{
    uint32_t *child = child_of(plan, parent, step);
    if (*child != CTFI_NONE)
        return *child;
    uint32_t node = (uint32_t)plan->nodes.n;
    *child = node;
    *CTFI_APPEND(plan->job, &plan->edges) = (ctfi_plan_edge){parent, node, step->type, step->key, step->index};
    *CTFI_APPEND(plan->job, &plan->nodes) = ctfi_blank_node;
    return node;
}

uint32_t ctfi_plan_node(ctfi_plan *plan, const ctfi_selector *selector, uint32_t n)
{
    uint32_t node = 0;
    for (uint32_t i = 0; i < n; i++)
        node = descend(plan, node, &selector->steps[i]);
    return node;
}

uint32_t ctfi_plan_node_leaf(ctfi_plan *plan, uint32_t node)
{
    if (plan->nodes.at[node].leaf == CTFI_NONE)
        plan->nodes.at[node].leaf = ctfi_plan_leaf_add(plan, false);
    return plan->nodes.at[node].leaf;
}
