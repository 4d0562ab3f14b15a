/* The selector tree in the image's order: breadth first, so that a node's number says where its edges
 * are. The plan's numbers follow the patterns; nothing but this order makes sense to the verifier. */
#include "program/seal.h"

#include "base/hash.h"

/* The children of one node: `any`, keys as they came, indexes ascending. */
static int rank(const ctfi_plan_edge *edge)
{
    return edge->type == CTFI_STEP_ANY ? 0 : edge->type == CTFI_STEP_KEY ? 1 : 2;
}

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_parent(const void *a, const void *b)
{
    const ctfi_plan_edge *x = a;
    const ctfi_plan_edge *y = b;
    if (x->parent != y->parent)
        return compare(x->parent, y->parent);
    if (rank(x) != rank(y))
        return rank(x) - rank(y);
    return x->type == CTFI_STEP_INDEX ? compare(x->index, y->index) : 0;
}

/* Where each node's edges begin among the sorted ones, by the plan's number; one more at the end. */
static const uint32_t *edge_starts(ctfi_plan *plan)
{
    uint32_t *starts = ctfi_job_zero(plan->job, plan->nodes.n + 1, sizeof *starts);
    for (size_t i = 0; i < plan->edges.n; i++)
        starts[plan->edges.at[i].parent + 1]++;
    for (size_t i = 0; i < plan->nodes.n; i++)
        starts[i + 1] += starts[i];
    return starts;
}

/* Takes the plan's node `old` in as the next one. */
static uint32_t adopt(ctfi_draft *draft, uint32_t parent, uint32_t old)
{
    uint32_t node = (uint32_t)draft->nodes.n;
    ctfi_image_node *adopted = CTFI_APPEND(draft->job, &draft->nodes);
    *adopted = draft->plan->nodes.at[old];
    adopted->parent = parent;
    draft->new_node[old] = node;
    return node;
}

static void key_edge(ctfi_draft *draft, uint32_t parent, ctfi_bytes key, uint32_t child)
{
    ctfi_image_node *node = &draft->nodes.at[parent];
    node->n_keys++;
    node->key_classes |= ctfi_classes_of(key);
    ctfi_string string = ctfi_draft_string(draft, key);
    *CTFI_APPEND(draft->job, &draft->keys) = (ctfi_image_entry){parent, string, child};
}

static void add_edge(ctfi_draft *draft, uint32_t parent, const ctfi_plan_edge *edge)
{
    uint32_t child = adopt(draft, parent, edge->child);
    if (edge->type == CTFI_STEP_ANY) {
        draft->nodes.at[parent].any = child;
    } else if (edge->type == CTFI_STEP_KEY) {
        key_edge(draft, parent, edge->key, child);
    } else {
        draft->nodes.at[parent].indexes.count++;
        *CTFI_APPEND(draft->job, &draft->indexes) = (ctfi_image_index){edge->index, child};
    }
}

static void number_slots(ctfi_draft *draft)
{
    for (size_t i = 0; i < draft->nodes.n; i++)
        if (draft->nodes.at[i].slot != CTFI_NONE)
            draft->nodes.at[i].slot = draft->head.n_slots++;
}

/* Gives the leaf that *where names the next number. */
static void number_leaf(ctfi_draft *draft, uint32_t *where, uint32_t *next)
{
    if (*where == CTFI_NONE)
        return;
    draft->new_leaf[*where] = *next;
    *where = (*next)++;
}

static void number_leaves(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    uint32_t next = 0;
    draft->new_leaf = ctfi_job_alloc(draft->job, plan->leaves.n, sizeof *draft->new_leaf);
    number_leaf(draft, &draft->head.message, &next);
    for (size_t i = 0; i < draft->nodes.n; i++)
        number_leaf(draft, &draft->nodes.at[i].leaf, &next);
    for (size_t i = 0; i < plan->accessors.n; i++)
        number_leaf(draft, &plan->accessors.at[i].leaf, &next);
}

void ctfi_draft_nodes(ctfi_draft *draft)
{
    ctfi_plan *plan = draft->plan;
    ctfi_sort(draft->job, plan->edges.at, plan->edges.n, sizeof *plan->edges.at, by_parent);
    const uint32_t *starts = edge_starts(plan);
    uint32_t *old = ctfi_job_alloc(draft->job, plan->nodes.n, sizeof *old); /* by the image's number */
    draft->new_node = ctfi_job_alloc(draft->job, plan->nodes.n, sizeof *draft->new_node);
    old[adopt(draft, CTFI_NONE, 0)] = 0;
    for (uint32_t i = 0; i < draft->nodes.n; i++) {
        draft->nodes.at[i].indexes.first = (uint32_t)draft->indexes.n;
        for (uint32_t e = starts[old[i]]; e < starts[old[i] + 1]; e++) {
            old[draft->nodes.n] = plan->edges.at[e].child;
            add_edge(draft, i, &plan->edges.at[e]);
        }
    }
    number_slots(draft);
    number_leaves(draft);
}
