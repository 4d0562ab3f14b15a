/* Sizing a walk by its image: how many containers can be open and at how many nodes values can stand. */
#include "match/walk_state.h"

#include "base/arena.h"

/* Sets depths[i] for each node and returns the greatest. Parents come before their children. */
static uint32_t find_depths(const ctfi_image *image, uint32_t *depths)
{
    const ctfi_image_node *nodes = ctfi_image_NODES(image);
    uint32_t deepest = 0;
    for (uint32_t i = 1; i < ctfi_image_count_of(image, CTFI_SECTION_NODES); i++) {
        depths[i] = depths[nodes[i].parent] + 1;
        deepest = depths[i] > deepest ? depths[i] : deepest;
    }
    return deepest;
}

/* A value at depth d stands at no more nodes than there are at that depth, nor at more than d + 1: a
 * selector has at most one wildcard, which took one of the d steps or none. An array adds its own nodes
 * once more, for nulls among the elements. */
static void size_places(ctfi_walk *walk, const uint32_t *depths, uint32_t *counts, uint32_t deepest)
{
    uint32_t n_nodes = ctfi_image_count_of(walk->image, CTFI_SECTION_NODES), total = 1, most = 1;
    memset(counts, 0, (deepest + 1) * sizeof *counts);
    for (uint32_t i = 0; i < n_nodes; i++)
        counts[depths[i]]++;
    for (uint32_t d = 0; d <= deepest; d++) {
        uint32_t at_once = counts[d] < d + 1 ? counts[d] : d + 1;
        total += at_once;
        most = at_once > most ? at_once : most;
    }
    walk->max_places = total + most;
    walk->max_frames = deepest + 1;
}

static ctf_status size_by_tree(ctfi_walk *walk)
{
    size_t n_nodes = ctfi_image_count_of(walk->image, CTFI_SECTION_NODES);
    uint32_t *depths = ctfi_resize(&walk->allocator, NULL, (2 * n_nodes + 2) * sizeof *depths);
    if (depths == NULL)
        return CTF_E_NOMEM;
    depths[0] = 0;
    uint32_t deepest = n_nodes == 0 ? 0 : find_depths(walk->image, depths);
    size_places(walk, depths, depths + n_nodes + 1, deepest);
    ctfi_resize(&walk->allocator, depths, 0);
    return CTF_OK;
}

/* KEYS follow the nodes. */
static void find_keys(ctfi_walk *walk)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i < ctfi_image_count_of(walk->image, CTFI_SECTION_NODES); i++) {
        walk->first_keys[i] = first;
        first += walk->nodes[i].n_keys;
    }
}

ctf_status ctfi_walk_init(ctfi_walk *walk, ctfi_tester *tester, const ctf_allocator *allocator, bool trusting)
{
    const ctfi_image *image = tester->image;
    *walk = (struct ctfi_walk){.allocator = *allocator, .image = image, .tester = tester, .trusting = trusting};
    walk->nodes = ctfi_image_NODES(image);
    walk->keys = ctfi_lookup_in(image, CTFI_SECTION_KEY_SLOTS, ctfi_image_KEYS(image));
    if (size_by_tree(walk) != CTF_OK)
        return CTF_E_NOMEM;
    size_t n_nodes = ctfi_image_count_of(walk->image, CTFI_SECTION_NODES);
    walk->places = ctfi_resize(allocator, NULL, walk->max_places * sizeof *walk->places);
    walk->frames = ctfi_resize(allocator, NULL, (walk->max_frames + 1) * sizeof *walk->frames);
    walk->stamps = ctfi_resize(allocator, NULL, (n_nodes + 1) * sizeof *walk->stamps);
    walk->first_keys = ctfi_resize(allocator, NULL, (n_nodes + 1) * sizeof *walk->first_keys);
    walk->slots = ctfi_resize(allocator, NULL, (walk->image->n_slots + 1) * sizeof *walk->slots);
    if (walk->places == NULL || walk->frames == NULL || walk->stamps == NULL || walk->first_keys == NULL ||
        walk->slots == NULL)
        return CTF_E_NOMEM;
    find_keys(walk);
    memset(walk->stamps, 0, (n_nodes + 1) * sizeof *walk->stamps);
    ctfi_walk_reset(walk);
    return CTF_OK;
}

void ctfi_walk_free(ctfi_walk *walk)
{
    void *const blocks[] = {walk->places, walk->frames, walk->stamps, walk->first_keys, walk->slots,
                            walk->kept,   walk->seen,   walk->members, walk->dead};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        ctfi_resize(&walk->allocator, blocks[i], 0);
}
