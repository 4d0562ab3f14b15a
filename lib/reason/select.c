/* Selectors on trees of values (spec: filter-patterns 5.3). */
#include "reason/json.h"

#include "program/list.h"

typedef CTFI_LIST(const ctfi_value *) values;

static bool fits(const ctfi_step *step, const ctfi_value *child)
{
    switch (step->type) {
    case CTFI_STEP_KEY:
        return child->parent->type == CTF_VALUE_OBJECT && ctfi_bytes_equal(child->key, step->key);
    case CTFI_STEP_INDEX:
        return child->parent->type == CTF_VALUE_ARRAY && child->index == step->index && step->index != UINT32_MAX;
    case CTFI_STEP_ANY:
        break;
    }
    return true;
}

static values step_down(ctfi_job *job, const values *from, const ctfi_step *step)
{
    values to = {NULL, 0, 0};
    for (size_t i = 0; i < from->n; i++)
        for (const ctfi_value *child = from->at[i]->first; child != NULL; child = child->next)
            if (!child->replaced && fits(step, child))
                *CTFI_APPEND(job, &to) = child;
    return to;
}

ctfi_selection ctfi_json_select(ctfi_job *job, const ctfi_value *root, const ctfi_selector *selector)
{
    values here = {NULL, 0, 0};
    *CTFI_APPEND(job, &here) = root;
    for (uint32_t i = 0; i < selector->n_steps; i++) {
        values below = step_down(job, &here, &selector->steps[i]);
        if (below.n == 0)
            return (ctfi_selection){.stop = here.at[0], .reached = i};
        here = below;
    }
    return (ctfi_selection){.found = here.at, .n = here.n};
}

ctfi_bytes ctfi_json_path(ctfi_job *job, const ctfi_value *value)
{
    uint32_t n = value->depth;
    ctfi_step *steps = ctfi_job_zero(job, n + (size_t)1, sizeof *steps);
    ctfi_selector selector = {.steps = steps, .n_steps = n, .wildcard = n};
    for (; value->parent != NULL; value = value->parent) {
        bool member = value->parent->type == CTF_VALUE_OBJECT;
        steps[--n] = (ctfi_step){.type = member ? CTFI_STEP_KEY : CTFI_STEP_INDEX, .key = value->key,
                                 .index = value->index};
    }
    return ctfi_selector_canonical(job, &selector);
}
