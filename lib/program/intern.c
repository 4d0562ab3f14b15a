#include "program/intern.h"

#include <string.h>

#include "base/hash.h"

/* Longer chains mean that somebody chose the keys to collide: another seed scatters them. */
#define CHAIN_MAX 64
/* A table this sparse is not made larger for that. */
#define SPARSE 64

static uint64_t hash_of(const ctfi_intern *table, const ctfi_interned *entry)
{
    return ctfi_hash(table->seed + (uint64_t)entry->space, entry->owner, entry->key.data, entry->key.length);
}

static void place(ctfi_intern *table, uint32_t index)
{
    size_t at = table->entries.at[index].hash & (table->n_slots - 1);
    while (table->slots[at] != UINT32_MAX)
        at = (at + 1) & (table->n_slots - 1);
    table->slots[at] = index;
}

/* Doubles the slots under another seed. */
static void rebuild(ctfi_job *job, ctfi_intern *table)
{
    table->n_slots = table->n_slots == 0 ? 64 : table->n_slots * 2;
    table->seed = ctfi_hash(table->seed, 0, NULL, 0);
    table->slots = ctfi_job_alloc(job, table->n_slots, sizeof *table->slots);
    memset(table->slots, 0xFF, table->n_slots * sizeof *table->slots);
    for (size_t i = 0; i < table->entries.n; i++) {
        table->entries.at[i].hash = hash_of(table, &table->entries.at[i]);
        place(table, (uint32_t)i);
    }
}

static bool same(const ctfi_interned *a, const ctfi_interned *b)
{
    return a->hash == b->hash && a->space == b->space && a->owner == b->owner &&
           ctfi_bytes_equal(a->key, b->key);
}

/* The entry that equals `wanted`, or NULL and in *chain the steps that were needed to know. */
static ctfi_interned *look(const ctfi_intern *table, const ctfi_interned *wanted, size_t *chain)
{
    size_t mask = table->n_slots - 1;
    size_t at = wanted->hash & mask;
    for (*chain = 0; table->slots[at] != UINT32_MAX; at = (at + 1) & mask, ++*chain)
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
    size_t chain;
    ctfi_interned *found = look(table, &wanted, &chain);
    if (found != NULL)
        return &found->value;
    uint32_t index = (uint32_t)table->entries.n;
    *CTFI_APPEND(job, &table->entries) = wanted;
    if (chain > CHAIN_MAX && table->n_slots < SPARSE * table->entries.n)
        rebuild(job, table);
    else
        place(table, index);
    return &table->entries.at[index].value;
}
