#include "program/intern.h"

#include <string.h>

#include "base/hash.h"

/* Longer chains mean that somebody chose the keys to collide: another seed and more slots scatter them, until
 * there are so many slots an entry that somebody chose the keys for every seed. */
#define CHAIN_MAX 64
#define SPARSE 64

static uint64_t hash_of(const ctfi_intern *table, const ctfi_interned *entry)
{
    return ctfi_hash(table->seed + (uint64_t)entry->space, entry->owner, entry->key.data, entry->key.length);
}

/* Puts an entry into the first free slot; false when that is too far. */
static bool place(ctfi_intern *table, uint32_t index)
{
    size_t at = table->entries.at[index].hash & (table->n_slots - 1);
    for (size_t step = 0; table->slots[at] != UINT32_MAX; at = (at + 1) & (table->n_slots - 1))
        if (++step > CHAIN_MAX)
            return false;
    table->slots[at] = index;
    return true;
}

/* All entries under a new seed; false when a chain is too long. */
static bool fill(ctfi_intern *table)
{
    table->seed = ctfi_hash(table->seed + 1, 0, NULL, 0); /* of 0 it would be 0 */
    memset(table->slots, 0xFF, table->n_slots * sizeof *table->slots);
    for (size_t i = 0; i < table->entries.n; i++) {
        table->entries.at[i].hash = hash_of(table, &table->entries.at[i]);
        if (!place(table, (uint32_t)i))
            return false;
    }
    return true;
}

/* Doubles the slots, as often as it takes. */
static void rebuild(ctfi_job *job, ctfi_intern *table)
{
    do {
        if (table->n_slots > SPARSE * (table->entries.n + 1))
            ctfi_job_fail(job, CTF_E_LIMIT, CTF_ERROR_LIMIT, "too many keys or texts with one hash");
        table->n_slots = table->n_slots == 0 ? 64 : table->n_slots * 2;
        table->slots = ctfi_job_alloc(job, table->n_slots, sizeof *table->slots);
    } while (!fill(table));
}

static bool same(const ctfi_interned *a, const ctfi_interned *b)
{
    return a->hash == b->hash && a->space == b->space && a->owner == b->owner &&
           ctfi_bytes_equal(a->key, b->key);
}

/* The entry that equals `wanted`, or NULL. No entry is further from its place than CHAIN_MAX. */
static ctfi_interned *look(const ctfi_intern *table, const ctfi_interned *wanted)
{
    size_t mask = table->n_slots - 1;
    size_t at = wanted->hash & mask;
    for (size_t step = 0; table->slots[at] != UINT32_MAX && step <= CHAIN_MAX; at = (at + 1) & mask, step++)
        if (same(&table->entries.at[table->slots[at]], wanted))
            return &table->entries.at[table->slots[at]];
    return NULL;
}

uint32_t *ctfi_intern_find(ctfi_job *job, ctfi_intern *table, ctfi_space space, uint32_t owner, ctfi_bytes key)
{
    if (2 * (table->entries.n + 1) >= table->n_slots)
        rebuild(job, table);
    ctfi_interned wanted = {0, key, owner, space, UINT32_MAX};
    wanted.hash = hash_of(table, &wanted);
    ctfi_interned *found = look(table, &wanted);
    if (found != NULL)
        return &found->value;
    uint32_t index = (uint32_t)table->entries.n;
    *CTFI_APPEND(job, &table->entries) = wanted;
    if (!place(table, index))
        rebuild(job, table);
    return &table->entries.at[index].value;
}
