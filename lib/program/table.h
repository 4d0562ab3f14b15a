/* Looking a key up in one of the image's two hash tables (see ctfi_image_entry). */
#ifndef CTFI_PROGRAM_TABLE_H
#define CTFI_PROGRAM_TABLE_H

#include "base/hash.h"
#include "program/image.h"

/* One table, ready for looking keys up. */
typedef struct ctfi_lookup {
    const uint32_t *slots;
    const ctfi_image_entry *entries;
    const unsigned char *bytes;
    uint64_t seed;
    uint32_t mask;
} ctfi_lookup;

/* slots is CTFI_SECTION_KEY_SLOTS with entries KEYS, or TEXT_SLOTS with TEXTS. */
static inline ctfi_lookup ctfi_lookup_in(const ctfi_image *image, ctfi_section_id slots,
                                         const ctfi_image_entry *entries)
{
    ctfi_lookup lookup = {.slots = ctfi_image_section(image, slots),
                          .entries = entries,
                          .bytes = ctfi_image_BYTES(image),
                          .seed = image->seed,
                          .mask = ctfi_image_count_of(image, slots) - 1};
    return lookup;
}

/* The value stored for (owner, key), or CTFI_NONE. No entry lies further than CTFI_PROBE_MAX steps. */
static inline uint32_t ctfi_lookup_find(const ctfi_lookup *in, uint32_t owner, ctfi_bytes key)
{
    uint32_t at = (uint32_t)ctfi_key_hash(in->seed, owner, key) & in->mask;
    for (uint32_t step = 0; step < CTFI_PROBE_MAX && in->slots[at] != CTFI_NONE; step++, at = (at + 1) & in->mask) {
        const ctfi_image_entry *entry = &in->entries[in->slots[at]];
        if (entry->owner == owner && entry->key.length == key.length &&
            ctfi_same(in->bytes + entry->key.offset, key.data, key.length))
            return entry->value;
    }
    return CTFI_NONE;
}

/* The same without one at hand. */
static inline uint32_t ctfi_table_find(const ctfi_image *image, ctfi_section_id slots,
                                       const ctfi_image_entry *entries, uint32_t owner, ctfi_bytes key)
{
    ctfi_lookup lookup = ctfi_lookup_in(image, slots, entries);
    return ctfi_lookup_find(&lookup, owner, key);
}

#endif
