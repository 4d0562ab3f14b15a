#include "config_names.h"

#include <stdlib.h>
#include <string.h>

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

static size_t start_of(const config_names *names, ctf_text name)
{
    return (size_t)ctfi_hash(0, 0, (const unsigned char *)name.data, name.length) & (names->room - 1);
}

static void put(config_names *names, config_name one)
{
    size_t at = start_of(names, one.name);
    while (names->slots[at].taken)
        at = (at + 1) & (names->room - 1);
    names->slots[at] = one;
    names->n++;
}

/* Doubles the table. Equal names keep their order: from behind a free slot every run of taken ones is passed in
 * its order. */
static void grow(config_names *names)
{
    config_names old = *names;
    *names = (config_names){.room = old.room == 0 ? 64 : old.room * 2};
    names->slots = need(names->room, sizeof *names->slots);
    size_t start = 0;
    while (start < old.room && old.slots[start].taken)
        start++;
    for (size_t i = 0; i < old.room; i++) {
        const config_name *one = &old.slots[(start + i) & (old.room - 1)];
        if (one->taken)
            put(names, *one);
    }
    free(old.slots);
}

void names_add(config_names *names, ctf_text name, size_t value)
{
    if (names->n * 2 >= names->room)
        grow(names);
    put(names, (config_name){name, value, true});
}

/* The slot of a name's next entry; NULL behind the last one. */
static const config_name *next_slot(const config_names *names, ctf_text name, size_t *at)
{
    size_t start = names->room > 0 ? start_of(names, name) : 0;
    while (names->room > 0) {
        const config_name *slot = &names->slots[(start + *at) & (names->room - 1)];
        if (!slot->taken)
            break;
        ++*at;
        if (text_equal(slot->name, name))
            return slot;
    }
    return NULL;
}

const config_name *names_find(const config_names *names, ctf_text name)
{
    size_t at = 0;
    return next_slot(names, name, &at);
}

bool names_next(const config_names *names, ctf_text name, size_t *at, size_t *value)
{
    const config_name *slot = next_slot(names, name, at);
    if (slot != NULL)
        *value = slot->value;
    return slot != NULL;
}

void names_free(config_names *names)
{
    free(names->slots);
    *names = (config_names){0};
}
