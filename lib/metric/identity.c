/* The canonical form of a metric's identity, its order and its hash. */
#include "metric/identity.h"

#include <string.h>

#include "base/hash.h"
#include "metric/unit.h"

ctf_text ctfi_unit_of(ctf_text unit)
{
    if (unit.length == 0)
        return (ctf_text){ctfi_units[CTFI_UNITS - 1], strlen(ctfi_units[CTFI_UNITS - 1])}; /* None */
    for (size_t i = 0; i < CTFI_UNITS; i++)
        if (unit.length == strlen(ctfi_units[i]) && memcmp(unit.data, ctfi_units[i], unit.length) == 0)
            return (ctf_text){ctfi_units[i], unit.length};
    return (ctf_text){NULL, 0};
}

int ctfi_text_compare(ctf_text a, ctf_text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static int compare_dimensions(const ctfi_identity *a, const ctfi_identity *b)
{
    size_t shorter = a->n_dimensions < b->n_dimensions ? a->n_dimensions : b->n_dimensions;
    for (size_t i = 0; i < shorter; i++) {
        int order = ctfi_text_compare(a->dimensions[i].name, b->dimensions[i].name);
        if (order == 0)
            order = ctfi_text_compare(a->dimensions[i].value, b->dimensions[i].value);
        if (order != 0)
            return order;
    }
    return (a->n_dimensions > b->n_dimensions) - (a->n_dimensions < b->n_dimensions);
}

int ctfi_identity_compare(const ctfi_identity *a, const ctfi_identity *b)
{
    int order = ctfi_text_compare(a->name_space, b->name_space);
    if (order == 0)
        order = ctfi_text_compare(a->name, b->name);
    if (order == 0)
        order = compare_dimensions(a, b);
    return order != 0 ? order : ctfi_text_compare(a->unit, b->unit);
}

static bool text_equal(ctf_text a, ctf_text b)
{
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

bool ctfi_identity_equal(const ctfi_identity *a, const ctfi_identity *b)
{
    if (a->hash != b->hash || a->n_dimensions != b->n_dimensions || a->unit.data != b->unit.data ||
        !text_equal(a->name, b->name) || !text_equal(a->name_space, b->name_space))
        return false;
    for (size_t i = 0; i < a->n_dimensions; i++)
        if (!text_equal(a->dimensions[i].value, b->dimensions[i].value) ||
            !text_equal(a->dimensions[i].name, b->dimensions[i].name))
            return false;
    return true;
}

static uint64_t hash_text(uint64_t seed, ctf_text text)
{
    return ctfi_hash(seed, 0, (const unsigned char *)text.data, text.length);
}

void ctfi_identity_hash(ctfi_identity *identity)
{
    uint64_t hash = hash_text(hash_text(0, identity->name_space), identity->name);
    for (size_t i = 0; i < identity->n_dimensions; i++)
        hash = hash_text(hash_text(hash, identity->dimensions[i].name), identity->dimensions[i].value);
    identity->hash = hash_text(hash, identity->unit);
}

/* ---- reading a metric ---------------------------------------------------------------------------------- */

static bool is_good_text(ctf_text text)
{
    return text.data != NULL && text.length != 0 && text.length <= CTFI_MAX_IDENTITY_TEXT;
}

/* Copies the dimensions in order of their names; false when a text is broken or a name comes twice. */
static bool sort_dimensions(const ctf_dimension *dimensions, size_t n, ctf_dimension *sorted)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        if (!is_good_text(dimensions[i].name) || !is_good_text(dimensions[i].value))
            return false;
        for (; at > 0 && ctfi_text_compare(sorted[at - 1].name, dimensions[i].name) > 0; at--)
            sorted[at] = sorted[at - 1];
        if (at > 0 && ctfi_text_compare(sorted[at - 1].name, dimensions[i].name) == 0)
            return false;
        sorted[at] = dimensions[i];
    }
    return true;
}

bool ctfi_identity_of(const ctf_metric *metric, ctf_dimension room[CTF_MAX_DIMENSIONS], ctfi_identity *out)
{
    if (!is_good_text(metric->name_space) || !is_good_text(metric->name) ||
        metric->n_dimensions > CTF_MAX_DIMENSIONS ||
        (metric->dimensions == NULL && metric->n_dimensions != 0) ||
        (metric->unit.data == NULL && metric->unit.length != 0))
        return false;
    *out = (ctfi_identity){metric->name_space, metric->name, room, metric->n_dimensions,
                           ctfi_unit_of(metric->unit), 0};
    if (out->unit.length == 0 || !sort_dimensions(metric->dimensions, metric->n_dimensions, room))
        return false;
    ctfi_identity_hash(out);
    return true;
}

/* ---- copies -------------------------------------------------------------------------------------------- */

size_t ctfi_identity_size(const ctfi_identity *identity)
{
    size_t size = identity->name_space.length + identity->name.length;
    for (size_t i = 0; i < identity->n_dimensions; i++)
        size += sizeof(ctf_dimension) + identity->dimensions[i].name.length +
                identity->dimensions[i].value.length;
    return size;
}

static ctf_text put(unsigned char **room, ctf_text text)
{
    ctf_text copy = {(const char *)*room, text.length};
    memcpy(*room, text.data, text.length);
    *room += text.length;
    return copy;
}

ctfi_identity ctfi_identity_copy(const ctfi_identity *identity, void *room)
{
    ctfi_identity copy = *identity;
    ctf_dimension *dimensions = room;
    unsigned char *texts = (unsigned char *)(dimensions + identity->n_dimensions);
    copy.name_space = put(&texts, identity->name_space);
    copy.name = put(&texts, identity->name);
    for (size_t i = 0; i < identity->n_dimensions; i++) {
        dimensions[i].name = put(&texts, identity->dimensions[i].name);
        dimensions[i].value = put(&texts, identity->dimensions[i].value);
    }
    copy.dimensions = dimensions;
    return copy;
}
