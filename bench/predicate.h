/* What peers without a pattern language do instead: a few fields of an event and predicates written by hand,
 * as somebody would who knows the query when the program is compiled. */
#ifndef BENCH_PREDICATE_H
#define BENCH_PREDICATE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The fields that any query asks for. */
enum bench_slot {
    SLOT_NAME,     /* eventName */
    SLOT_SOURCE,   /* eventSource */
    SLOT_ERROR,    /* errorCode */
    SLOT_MESSAGE,  /* errorMessage */
    SLOT_TYPE,     /* eventType */
    SLOT_VERSION,  /* eventVersion */
    SLOT_ADDRESS,  /* sourceIPAddress */
    SLOT_USER,     /* userIdentity.type */
    SLOT_INVOKED,  /* userIdentity.invokedBy */
    SLOT_MFA,      /* additionalEventData.MFAUsed */
    SLOT_LOGIN,    /* responseElements.ConsoleLogin */
    SLOT_EXTRA,    /* additionalEventData */
    SLOT_MAX,      /* requestParameters.maxResults */
    SLOT_RESOURCE, /* resources[0].type */
    BENCH_SLOTS
};

enum bench_kind { FIELD_ABSENT, FIELD_STRING, FIELD_NUMBER, FIELD_OTHER };

typedef struct bench_field {
    enum bench_kind kind;
    size_t length;
    const char *text; /* of strings, escapes decoded */
    double number;
} bench_field;

typedef struct bench_view {
    bench_field fields[BENCH_SLOTS];
} bench_view;

/* Which predicate a query has. */
enum bench_predicate {
    PREDICATE_NONE, /* text and space-delimited queries */
    PREDICATE_NAME,
    PREDICATE_ROOT,
    PREDICATE_DENIED,
    PREDICATE_BASELINE,
    PREDICATE_PAIRS,
    PREDICATE_MIXED,
    PREDICATE_ABSENT,
    PREDICATE_BASELINE_PAIRS,
    PREDICATE_VERSION
};

/* Names, each with the source that it needs or an empty one, by hash. */
typedef struct bench_entry {
    const char *name, *source;
    uint32_t name_length, source_length;
} bench_entry;

typedef struct bench_table {
    bench_entry *slots;
    size_t capacity; /* a power of two */
    size_t n;
} bench_table;

/* Adds an entry that keeps views of the texts; -1 when memory ran out. */
int bench_table_add(bench_table *table, const char *name, size_t name_length, const char *source,
                    size_t source_length);
void bench_table_free(bench_table *table);
/* How many entries have this name and either no source or this one. */
unsigned bench_table_hits(const bench_table *table, const char *name, size_t name_length, const char *source,
                          size_t source_length);

static inline int bench_is(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length == n && memcmp(text, word, n) == 0;
}

static inline int bench_begins(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length >= n && memcmp(text, word, n) == 0;
}

static inline int bench_ends(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);
    return length >= n && memcmp(text + length - n, word, n) == 0;
}

/* errorCode of a refused call. */
static inline int bench_is_denied(const char *text, size_t length)
{
    return bench_begins(text, length, "AccessDenied") || bench_ends(text, length, "UnauthorizedOperation");
}

/* ^203\.0\.113\.[0-9]+$ */
static inline int bench_is_office(const char *text, size_t length)
{
    size_t i = 10;
    if (length < 11 || memcmp(text, "203.0.113.", 10) != 0)
        return 0;
    while (i < length && text[i] >= '0' && text[i] <= '9')
        i++;
    return i == length;
}

/* The slots that a predicate asks for, a bit each. */
uint32_t bench_slots(enum bench_predicate predicate);

/* How many of the query's patterns hold. */
unsigned bench_hits(enum bench_predicate predicate, const bench_table *table, const bench_view *view);

#ifdef __cplusplus
}
#endif

#endif
