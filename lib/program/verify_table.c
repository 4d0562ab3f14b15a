/* Hash tables: a search ends, and finds what is there. */
#include "program/verify_parts.h"

#include "base/hash.h"

/* Slots name entries that exist, and as many of them as there are. Together with `reachable` for every
 * entry this makes it one slot an entry. */
static bool occupied(const ctfi_verifier *v, ctfi_section_id id, uint32_t n)
{
    const uint32_t *slots = ctfi_image_section(v->image, id);
    uint32_t taken = 0;
    for (uint32_t i = 0; i < ctfi_image_count_of(v->image, id); i++) {
        if (slots[i] != CTFI_NONE && slots[i] >= n)
            return ctfi_verify_refuse(v, &slots[i], "a slot names no entry");
        taken += slots[i] != CTFI_NONE;
    }
    return taken == n || ctfi_verify_refuse(v, slots, "slots and entries differ in number");
}

static bool reachable(const ctfi_verifier *v, ctfi_section_id id, const ctfi_image_entry *entries,
                      uint32_t entry)
{
    const uint32_t *slots = ctfi_image_section(v->image, id);
    uint32_t mask = ctfi_image_count_of(v->image, id) - 1;
    ctfi_bytes key = ctfi_image_bytes(v->image, entries[entry].key);
    uint32_t at = (uint32_t)ctfi_key_hash(v->image->seed, entries[entry].owner, key) & mask;
    for (uint32_t step = 0; step < CTFI_PROBE_MAX; step++, at = (at + 1) & mask) {
        if (slots[at] == entry)
            return true;
        if (slots[at] == CTFI_NONE)
            break;
    }
    return ctfi_verify_refuse(v, &entries[entry], "an entry is not where its hash leads");
}

bool ctfi_verify_table(const ctfi_verifier *v, ctfi_section_id slots, const ctfi_image_entry *entries,
                       uint32_t n)
{
    const ctfi_section *section = &v->image->sections[slots];
    /* A power of two, for the mask; more than the entries, for a free one. */
    if (section->count <= n || (section->count & (section->count - 1)) != 0)
        return ctfi_verify_refuse(v, &section->count, "a hash table has a wrong number of slots");
    if (!occupied(v, slots, n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!reachable(v, slots, entries, i))
            return false;
    return true;
}
