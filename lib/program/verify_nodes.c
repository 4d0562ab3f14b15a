/* The selector tree is a tree, and leaves and slots have one owner each.
 *
 * Breadth-first numbers make that a matter of counting: going through the nodes in order, and through
 * the edges of each in order, the children met must be 1, 2, 3, ... to the last node. So every node but
 * the first has exactly one edge leading to it, from a node before it. */
#include "program/verify_parts.h"

#include "base/hash.h"

/* The next child, KEYS entry, INDEXES edge, leaf and slot to be taken. */
typedef struct cursors {
    uint32_t child;
    uint32_t key;
    uint32_t index;
    uint32_t leaf;
    uint32_t slot;
} cursors;

/* The edge at `where` leads from `parent` to the next child. */
static bool child(const ctfi_verifier *v, uint32_t parent, const uint32_t *where, cursors *at)
{
    if (*where != at->child || at->child >= ctfi_image_count_of(v->image, CTFI_SECTION_NODES))
        return ctfi_verify_refuse(v, where, "an edge does not lead to the next node");
    const ctfi_image_node *node = ctfi_image_NODES(v->image) + at->child++;
    return node->parent == parent || ctfi_verify_refuse(v, &node->parent, "a node names a wrong parent");
}

/* The node's share of KEYS, which all name it as owner; their classes are what it says. */
static bool keys(const ctfi_verifier *v, uint32_t index, const ctfi_image_node *node, cursors *at)
{
    const ctfi_image_entry *entry = ctfi_image_KEYS(v->image) + at->key;
    uint64_t classes = 0;
    if (node->n_keys > ctfi_image_count_of(v->image, CTFI_SECTION_KEYS) - at->key)
        return ctfi_verify_refuse(v, &node->n_keys, "a node has more keys than there are");
    at->key += node->n_keys;
    for (const ctfi_image_entry *end = entry + node->n_keys; entry < end; entry++) {
        if (entry->owner != index)
            return ctfi_verify_refuse(v, &entry->owner, "a key has another owner");
        if (!ctfi_verify_string(v, &entry->key, CTFI_STRING_MAX) || !child(v, index, &entry->value, at))
            return false;
        classes |= ctfi_classes_of(ctfi_image_bytes(v->image, entry->key));
    }
    return classes == node->key_classes ||
           ctfi_verify_refuse(v, &node->key_classes, "classes of keys are wrong");
}

static bool indexes(const ctfi_verifier *v, uint32_t index, const ctfi_image_node *node, cursors *at)
{
    const ctfi_image_index *edge = ctfi_image_INDEXES(v->image) + at->index;
    if (!ctfi_verify_share(v, &node->indexes, CTFI_SECTION_INDEXES, &at->index))
        return false;
    for (uint32_t i = 0; i < node->indexes.count; i++) {
        if (i > 0 && edge[i].index <= edge[i - 1].index)
            return ctfi_verify_refuse(v, &edge[i].index, "array indexes do not ascend");
        if (!child(v, index, &edge[i].child, at))
            return false;
    }
    return true;
}

static bool facts(const ctfi_verifier *v, const ctfi_image_node *node)
{
    return ctfi_verify_fact_or_none(v, &node->present) && ctfi_verify_fact_or_none(v, &node->textual) &&
           ctfi_verify_fact_or_none(v, &node->comparable) && ctfi_verify_fact_or_none(v, &node->null) &&
           ctfi_verify_fact_or_none(v, &node->null_inside) && ctfi_verify_fact_or_none(v, &node->is_true) &&
           ctfi_verify_fact_or_none(v, &node->is_false);
}

/* Takes the next leaf over for an owner that reads numbers from text (a field) or not. */
static bool leaf(const ctfi_verifier *v, const uint32_t *where, uint32_t numeric, cursors *at)
{
    if (*where != at->leaf || at->leaf >= ctfi_image_count_of(v->image, CTFI_SECTION_LEAVES))
        return ctfi_verify_refuse(v, where, "not the next leaf");
    const ctfi_image_leaf *leaf = ctfi_image_LEAVES(v->image) + at->leaf++;
    return leaf->numeric == numeric ||
           ctfi_verify_refuse(v, &leaf->numeric, "a leaf reads numbers as others do");
}

static bool belongings(const ctfi_verifier *v, const ctfi_image_node *node, cursors *at)
{
    if (node->leaf != CTFI_NONE && !leaf(v, &node->leaf, 0, at))
        return false;
    if (node->slot == CTFI_NONE)
        return true;
    return node->slot == at->slot++ || ctfi_verify_refuse(v, &node->slot, "not the next slot");
}

static bool nodes(const ctfi_verifier *v, cursors *at)
{
    const ctfi_image_node *all = ctfi_image_NODES(v->image);
    uint32_t n = ctfi_image_count_of(v->image, CTFI_SECTION_NODES);
    if (n == 0 || all[0].parent != CTFI_NONE)
        return ctfi_verify_refuse(v, &v->image->sections[CTFI_SECTION_NODES], "no root");
    for (uint32_t i = 0; i < n; i++) {
        /* A child before or at its parent would make a cycle: at->child is above i as long as all
         * nodes up to i were met as children. */
        if (at->child <= i)
            return ctfi_verify_refuse(v, &all[i], "a node that no edge leads to");
        if (all[i].any != CTFI_NONE && !child(v, i, &all[i].any, at))
            return false;
        if (!keys(v, i, &all[i], at) || !indexes(v, i, &all[i], at) || !facts(v, &all[i]) ||
            !belongings(v, &all[i], at))
            return false;
    }
    return true;
}

static bool accessors(const ctfi_verifier *v, cursors *at)
{
    const ctfi_image_accessor *accessor = ctfi_image_ACCESSORS(v->image);
    for (uint32_t i = 0; i < ctfi_image_count_of(v->image, CTFI_SECTION_ACCESSORS); i++) {
        if (accessor[i].type >= CTFI_ACCESSOR_TYPES)
            return ctfi_verify_refuse(v, &accessor[i].type, "no such type of accessor");
        if (!leaf(v, &accessor[i].leaf, 1, at))
            return false;
    }
    return true;
}

static bool counts(const ctfi_verifier *v)
{
    const ctfi_image_count *count = ctfi_image_COUNTS(v->image);
    for (uint32_t i = 0; i < ctfi_image_count_of(v->image, CTFI_SECTION_COUNTS); i++) {
        if (i > 0 && count[i].tokens <= count[i - 1].tokens)
            return ctfi_verify_refuse(v, &count[i].tokens, "numbers of tokens do not ascend");
        if (!ctfi_verify_fact(v, &count[i].fact))
            return false;
    }
    return true;
}

bool ctfi_verify_nodes(const ctfi_verifier *v)
{
    const ctfi_image *image = v->image;
    cursors at = {1, 0, 0, 0, 0};
    if (image->message != CTFI_NONE && !leaf(v, &image->message, 0, &at))
        return false;
    if (!nodes(v, &at) || !accessors(v, &at) || !counts(v))
        return false;
    /* The number of slots is bounded by that of the nodes, and so the scratch by the image. */
    if (at.slot != image->n_slots)
        return ctfi_verify_refuse(v, &image->n_slots, "slots that belong to nobody");
    return ctfi_verify_spent(v, CTFI_SECTION_KEYS, at.key) &&
           ctfi_verify_spent(v, CTFI_SECTION_INDEXES, at.index) &&
           ctfi_verify_spent(v, CTFI_SECTION_LEAVES, at.leaf) &&
           ctfi_verify_table(v, CTFI_SECTION_KEY_SLOTS, ctfi_image_KEYS(image), at.key);
}
