#include "config_names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/hash.h"
#include "diag.h"

bool text_equal(ctf_text a, ctf_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool text_is(ctf_text text, const char *words)
{
    return text_equal(text, (ctf_text){words, strlen(words)});
}

/* Where no entropy is to be had, 0 is as good as anything. */
static uint64_t new_seed(void)
{
    uint64_t seed = 0;
    return getentropy(&seed, sizeof seed) == 0 ? seed : 0;
}

/* The slot that holds the first entry of a name, or the free one where it would be. There are slots. */
static size_t *slot_of(const config_names *names, ctf_text name)
{
    size_t mask = names->n_slots - 1;
    size_t at = (size_t)ctfi_hash(names->seed, 0, (const unsigned char *)name.data, name.length) & mask;
    while (names->slots[at] != 0 && !text_equal(names->entries[names->slots[at] - 1].name, name))
        at = (at + 1) & mask;
    return &names->slots[at];
}

static void widen(config_names *names)
{
    if (names->n_slots == 0)
        names->seed = new_seed();
    free(names->slots);
    names->n_slots = names->n_slots == 0 ? 64 : names->n_slots * 2;
    names->slots = need(names->n_slots, sizeof *names->slots);
    for (size_t i = 0; i < names->n; i++)
        if (names->entries[i].last != 0)
            *slot_of(names, names->entries[i].name) = i + 1;
}

void names_add(config_names *names, ctf_text name, size_t value)
{
    if (names->n_names * 2 >= names->n_slots)
        widen(names);
    names->entries = need_more(names->entries, &names->room, names->n + 1, sizeof *names->entries);
    size_t *slot = slot_of(names, name), index = ++names->n;
    names->entries[index - 1] = (config_name){.name = name, .value = value};
    if (*slot == 0) {
        *slot = index;
        names->n_names++;
    } else {
        names->entries[names->entries[*slot - 1].last - 1].next = index;
    }
    names->entries[*slot - 1].last = index;
}

const config_name *names_find(const config_names *names, ctf_text name)
{
    size_t first = names->n_slots == 0 ? 0 : *slot_of(names, name);
    return first == 0 ? NULL : &names->entries[first - 1];
}

bool names_next(const config_names *names, ctf_text name, size_t *at, size_t *value)
{
    const config_name *first = *at == 0 ? names_find(names, name) : NULL;
    size_t next = *at > 0 ? names->entries[*at - 1].next : first != NULL ? (size_t)(first - names->entries) + 1 : 0;
    if (next == 0)
        return false;
    *at = next;
    *value = names->entries[next - 1].value;
    return true;
}

void names_free(config_names *names)
{
    free(names->entries);
    free(names->slots);
    *names = (config_names){0};
}
