/* Looking a key up in one of the image's two hash tables (see ctfi_image_entry). */
#ifndef CTFI_PROGRAM_TABLE_H
#define CTFI_PROGRAM_TABLE_H

#include "base/hash.h"
#include "program/image.h"

/* The value stored for (owner, key), or CTFI_NONE. slots is CTFI_SECTION_KEY_SLOTS with entries KEYS, or
 * TEXT_SLOTS with TEXTS. No entry lies further than CTFI_PROBE_MAX steps. */
static inline uint32_t ctfi_table_find(const ctfi_image *image, ctfi_section_id slots_id,
                                       const ctfi_image_entry *entries, uint32_t owner, ctfi_bytes key)
{
    const uint32_t *slots = (const uint32_t *)ctfi_image_section(image, slots_id);
    uint32_t mask = ctfi_image_count_of(image, slots_id) - 1;
    uint32_t at = (uint32_t)ctfi_hash(image->seed, owner, key.data, key.length) & mask;
    for (uint32_t step = 0; step < CTFI_PROBE_MAX && slots[at] != CTFI_NONE; step++, at = (at + 1) & mask) {
        const ctfi_image_entry *entry = &entries[slots[at]];
        if (entry->owner == owner && ctfi_bytes_equal(ctfi_image_bytes(image, entry->key), key))
            return entry->value;
    }
    return CTFI_NONE;
}

#endif
