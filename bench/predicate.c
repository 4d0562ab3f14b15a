#include "predicate.h"

#include <stdlib.h>

/* ---- table ---------------------------------------------------------------------------------------- */

static uint64_t load(const char *p, size_t n)
{
    uint64_t word = 0;
    memcpy(&word, p, n);
    return word;
}

/* The first and last eight bytes and the length: enough for names of calls. */
static size_t hash(const char *name, size_t n)
{
    uint64_t a = n >= 8 ? load(name, 8) : load(name, n), b = n >= 8 ? load(name + n - 8, 8) : 0;
    uint64_t x = (a ^ n) * 0x9E3779B97F4A7C15u ^ (b + n) * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(x ^ x >> 29 ^ x >> 47);
}

static void place(bench_table *table, bench_entry entry)
{
    size_t i = hash(entry.name, entry.name_length);
    while (table->slots[i & (table->capacity - 1)].name != NULL)
        i++;
    table->slots[i & (table->capacity - 1)] = entry;
}

static int grow(bench_table *table)
{
    bench_table wider = {NULL, table->capacity == 0 ? 64 : table->capacity * 2, table->n};
    wider.slots = calloc(wider.capacity, sizeof *wider.slots);
    if (wider.slots == NULL)
        return -1;
    for (size_t i = 0; i < table->capacity; i++)
        if (table->slots[i].name != NULL)
            place(&wider, table->slots[i]);
    free(table->slots);
    *table = wider;
    return 0;
}

int bench_table_add(bench_table *table, const char *name, size_t name_length, const char *source,
                    size_t source_length)
{
    if (table->n * 4 >= table->capacity && grow(table))
        return -1;
    place(table, (bench_entry){name, source, (uint32_t)name_length, (uint32_t)source_length});
    table->n++;
    return 0;
}

void bench_table_free(bench_table *table)
{
    free(table->slots);
    *table = (bench_table){0};
}

unsigned bench_table_hits(const bench_table *table, const char *name, size_t name_length, const char *source,
                          size_t source_length)
{
    unsigned hits = 0;
    for (size_t i = hash(name, name_length);; i++) {
        const bench_entry *entry = &table->slots[i & (table->capacity - 1)];
        if (entry->name == NULL)
            return hits;
        hits += entry->name_length == name_length && memcmp(entry->name, name, name_length) == 0 &&
                (entry->source_length == 0 ||
                 (entry->source_length == source_length && memcmp(entry->source, source, source_length) == 0));
    }
}

/* ---- predicates over a view ----------------------------------------------------------------------- */

static int is(const bench_field *field, const char *word)
{
    return field->kind == FIELD_STRING && bench_is(field->text, field->length, word);
}

/* The language's !=: something comparable is there, and it is another. */
static int is_not(const bench_field *field, const char *word)
{
    return (field->kind == FIELD_STRING || field->kind == FIELD_NUMBER) && !is(field, word);
}

static int is_root(const bench_view *view)
{
    return is(&view->fields[SLOT_USER], "Root") && view->fields[SLOT_INVOKED].kind == FIELD_ABSENT &&
           is_not(&view->fields[SLOT_TYPE], "AwsServiceEvent");
}

static int is_denied(const bench_view *view)
{
    const bench_field *error = &view->fields[SLOT_ERROR];
    return error->kind == FIELD_STRING && bench_is_denied(error->text, error->length);
}

static unsigned table_hits(const bench_table *table, const bench_view *view)
{
    const bench_field *name = &view->fields[SLOT_NAME], *source = &view->fields[SLOT_SOURCE];
    if (name->kind != FIELD_STRING)
        return 0;
    return bench_table_hits(table, name->text, name->length, source->kind == FIELD_STRING ? source->text : "",
                            source->kind == FIELD_STRING ? source->length : 0);
}

static unsigned login_hits(const bench_view *view)
{
    const bench_field *fields = view->fields;
    unsigned weak = is_not(&fields[SLOT_MFA], "Yes") && is(&fields[SLOT_USER], "IAMUser") &&
                    is(&fields[SLOT_LOGIN], "Success");
    return weak + (unsigned)is(&fields[SLOT_MESSAGE], "Failed authentication");
}

static unsigned baseline_hits(const bench_table *table, const bench_view *view)
{
    unsigned hits = (unsigned)is_denied(view) + (unsigned)is_root(view) + table_hits(table, view);
    return is(&view->fields[SLOT_NAME], "ConsoleLogin") ? hits + login_hits(view) : hits;
}

static int is_mixed(const bench_view *view)
{
    const bench_field *max = &view->fields[SLOT_MAX], *address = &view->fields[SLOT_ADDRESS];
    return (max->kind == FIELD_NUMBER && max->number >= 100) ||
           is(&view->fields[SLOT_RESOURCE], "AWS::KMS::Key") ||
           (address->kind == FIELD_STRING && bench_is_office(address->text, address->length));
}

static int is_unmarked(const bench_view *view)
{
    return view->fields[SLOT_ERROR].kind == FIELD_ABSENT && view->fields[SLOT_EXTRA].kind == FIELD_ABSENT &&
           view->fields[SLOT_INVOKED].kind == FIELD_ABSENT && is_not(&view->fields[SLOT_USER], "AssumedRole");
}

unsigned bench_hits(enum bench_predicate predicate, const bench_table *table, const bench_view *view)
{
    const bench_field *version = &view->fields[SLOT_VERSION];
    switch (predicate) {
    case PREDICATE_NAME:
        return (unsigned)is(&view->fields[SLOT_NAME], "StopLogging");
    case PREDICATE_ROOT:
        return (unsigned)is_root(view);
    case PREDICATE_DENIED:
        return (unsigned)is_denied(view);
    case PREDICATE_BASELINE:
    case PREDICATE_BASELINE_PAIRS:
        return baseline_hits(table, view);
    case PREDICATE_PAIRS:
        return table_hits(table, view);
    case PREDICATE_MIXED:
        return (unsigned)is_mixed(view);
    case PREDICATE_ABSENT:
        return (unsigned)is_unmarked(view);
    case PREDICATE_VERSION:
        return version->kind == FIELD_STRING && bench_begins(version->text, version->length, "1.");
    default:
        return 0;
    }
}

#define BIT(slot) (UINT32_C(1) << (slot))

uint32_t bench_slots(enum bench_predicate predicate)
{
    switch (predicate) {
    case PREDICATE_NAME:
        return BIT(SLOT_NAME);
    case PREDICATE_ROOT:
        return BIT(SLOT_USER) | BIT(SLOT_INVOKED) | BIT(SLOT_TYPE);
    case PREDICATE_DENIED:
        return BIT(SLOT_ERROR);
    case PREDICATE_PAIRS:
        return BIT(SLOT_NAME) | BIT(SLOT_SOURCE);
    case PREDICATE_MIXED:
        return BIT(SLOT_MAX) | BIT(SLOT_RESOURCE) | BIT(SLOT_ADDRESS);
    case PREDICATE_ABSENT:
        return BIT(SLOT_ERROR) | BIT(SLOT_EXTRA) | BIT(SLOT_INVOKED) | BIT(SLOT_USER);
    case PREDICATE_VERSION:
        return BIT(SLOT_VERSION);
    case PREDICATE_BASELINE:
    case PREDICATE_BASELINE_PAIRS:
        return BIT(SLOT_NAME) | BIT(SLOT_SOURCE) | BIT(SLOT_ERROR) | BIT(SLOT_MESSAGE) | BIT(SLOT_TYPE) |
               BIT(SLOT_USER) | BIT(SLOT_INVOKED) | BIT(SLOT_MFA) | BIT(SLOT_LOGIN);
    default:
        return 0;
    }
}
