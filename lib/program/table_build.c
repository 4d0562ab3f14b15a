/* Filling the image's hash tables: linear probing with a bound on every chain. */
#include <string.h>

#include "base/hash.h"
#include "program/seal.h"

/* A table that still has a long chain at this many slots an entry holds keys made to collide. */
#define SPARSE 64u

static bool place(uint32_t *slots, uint32_t mask, uint32_t at, uint32_t index)
{
    for (uint32_t step = 0; step < CTFI_PROBE_MAX; step++, at = (at + 1) & mask)
        if (slots[at] == CTFI_NONE) {
            slots[at] = index;
            return true;
        }
    return false;
}

bool ctfi_table_fill(uint32_t *slots, uint32_t n_slots, uint64_t seed, const ctfi_image_entry *entries,
                     uint32_t n, const unsigned char *bytes)
{
    memset(slots, 0xFF, n_slots * sizeof *slots);
    for (uint32_t i = 0; i < n; i++) {
        ctfi_string key = entries[i].key;
        uint64_t hash = ctfi_key_hash(seed, entries[i].owner, (ctfi_bytes){bytes + key.offset, key.length});
        if (!place(slots, n_slots - 1, (uint32_t)hash & (n_slots - 1), i))
            return false;
    }
    return true;
}

/* Allocates at least `factor` slots an entry. */
static void make_room(ctfi_job *job, ctfi_table *table, uint32_t factor)
{
    table->n_slots = 1;
    while (table->n_slots < (uint64_t)table->n * factor || table->n_slots <= table->n)
        table->n_slots *= 2;
    table->slots = ctfi_job_alloc(job, table->n_slots, sizeof *table->slots);
}

static bool fill(ctfi_table *table, uint64_t seed, const unsigned char *bytes)
{
    return ctfi_table_fill(table->slots, table->n_slots, seed, table->entries, table->n, bytes);
}

/* Two seeds for each size, then twice the size. */
uint64_t ctfi_tables_build(ctfi_job *job, ctfi_table *keys, ctfi_table *texts, const unsigned char *bytes)
{
    uint64_t seed = 0;
    for (uint32_t factor = 2; factor <= SPARSE; factor *= 2) {
        make_room(job, keys, factor);
        make_room(job, texts, factor);
        for (int try = 0; try < 2; try++, seed++)
            if (fill(keys, seed, bytes) && fill(texts, seed, bytes))
                return seed;
    }
    ctfi_job_fail(job, CTF_E_LIMIT, CTF_ERROR_LIMIT, "too many keys or texts with one hash");
}
