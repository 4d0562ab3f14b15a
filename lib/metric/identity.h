/* What a metric is: namespace, name, dimensions and unit, in one canonical form, so that the order in which
 * dimensions are given does not show. */
#ifndef CTFI_METRIC_IDENTITY_H
#define CTFI_METRIC_IDENTITY_H

#include <ctfilter/metric.h>

#include <stdbool.h>

/* Bytes of a namespace, a name, a dimension's name or value: 1024 characters of four bytes. */
#define CTFI_MAX_IDENTITY_TEXT 4096u

/* Views of somebody's texts. Dimensions are sorted by name; unit is one of the constants ctfi_units, "None"
 * where none was given. */
typedef struct ctfi_identity {
    ctf_text name_space, name;
    const ctf_dimension *dimensions;
    size_t n_dimensions;
    ctf_text unit;
    uint64_t hash;
} ctfi_identity;

/* Brings a metric into canonical form; `room` takes the sorted dimensions. False for a broken one: a text that
 * is missing or too long, too many dimensions, one dimension twice, an unknown unit. */
bool ctfi_identity_of(const ctf_metric *metric, ctf_dimension room[CTF_MAX_DIMENSIONS], ctfi_identity *out);

/* Sets the hash of an identity that is otherwise complete. */
void ctfi_identity_hash(ctfi_identity *identity);

/* The constant text of a unit, empty for an unknown one; that of "None" for the empty one. */
ctf_text ctfi_unit_of(ctf_text unit);

/* Bytewise: namespace, name, dimensions one by one, unit. Below, equal or above 0. */
int ctfi_identity_compare(const ctfi_identity *a, const ctfi_identity *b);

bool ctfi_identity_equal(const ctfi_identity *a, const ctfi_identity *b);

/* Bytewise, a text before its continuations. */
int ctfi_text_compare(ctf_text a, ctf_text b);

/* Bytes that the texts and dimensions of a copy need behind each other, and the copy itself, placed there.
 * room is aligned for a ctf_dimension. */
size_t ctfi_identity_size(const ctfi_identity *identity);
ctfi_identity ctfi_identity_copy(const ctfi_identity *identity, void *room);

#endif
