/* From the calls of a SAX parser to the fields that a query asks for; the C and the C++ parser share it. */
#ifndef BENCH_SAX_H
#define BENCH_SAX_H

#include "predicate.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bench_parent {
    PARENT_NONE,
    PARENT_EVENT,
    PARENT_USER,
    PARENT_EXTRA,
    PARENT_RESPONSE,
    PARENT_REQUEST,
    PARENT_RESOURCE
};

#define BENCH_ROOM 256

typedef struct bench_sax {
    uint32_t wanted;          /* slots */
    unsigned depth;           /* containers open */
    unsigned elements;        /* begun at depth 2 */
    int in_resources;         /* the member at depth 1 is resources */
    enum bench_parent parent; /* of what stands at depth 2 */
    int slot;                 /* that the next value goes to; -1: none */
    bench_view view;
    char room[BENCH_SLOTS][BENCH_ROOM]; /* no predicate looks at more of a string */
} bench_sax;

static inline void bench_sax_begin(bench_sax *sax)
{
    memset(&sax->view, 0, sizeof sax->view);
    sax->depth = sax->elements = 0;
    sax->in_resources = 0;
    sax->parent = PARENT_NONE;
    sax->slot = -1;
}

static inline int bench_want(const bench_sax *sax, int slot) { return sax->wanted >> slot & 1 ? slot : -1; }

static inline int bench_top_slot(const char *key, size_t n)
{
    switch (n) {
    case 9:
        return bench_is(key, n, "eventName")   ? SLOT_NAME
               : bench_is(key, n, "errorCode") ? SLOT_ERROR
               : bench_is(key, n, "eventType") ? SLOT_TYPE
                                               : -1;
    case 11:
        return bench_is(key, n, "eventSource") ? SLOT_SOURCE : -1;
    case 12:
        return bench_is(key, n, "errorMessage")   ? SLOT_MESSAGE
               : bench_is(key, n, "eventVersion") ? SLOT_VERSION
                                                  : -1;
    case 15:
        return bench_is(key, n, "sourceIPAddress") ? SLOT_ADDRESS : -1;
    case 19:
        return bench_is(key, n, "additionalEventData") ? SLOT_EXTRA : -1;
    default:
        return -1;
    }
}

static inline enum bench_parent bench_parent_of(const char *key, size_t n)
{
    switch (n) {
    case 12:
        return bench_is(key, n, "userIdentity") ? PARENT_USER : PARENT_NONE;
    case 16:
        return bench_is(key, n, "responseElements") ? PARENT_RESPONSE : PARENT_NONE;
    case 17:
        return bench_is(key, n, "requestParameters") ? PARENT_REQUEST : PARENT_NONE;
    case 19:
        return bench_is(key, n, "additionalEventData") ? PARENT_EXTRA : PARENT_NONE;
    default:
        return PARENT_NONE;
    }
}

static inline int bench_inner_slot(enum bench_parent parent, const char *key, size_t n)
{
    switch (parent) {
    case PARENT_USER:
        return bench_is(key, n, "type") ? SLOT_USER : bench_is(key, n, "invokedBy") ? SLOT_INVOKED : -1;
    case PARENT_EXTRA:
        return bench_is(key, n, "MFAUsed") ? SLOT_MFA : -1;
    case PARENT_RESPONSE:
        return bench_is(key, n, "ConsoleLogin") ? SLOT_LOGIN : -1;
    case PARENT_REQUEST:
        return bench_is(key, n, "maxResults") ? SLOT_MAX : -1;
    case PARENT_RESOURCE:
        return bench_is(key, n, "type") ? SLOT_RESOURCE : -1;
    default:
        return -1;
    }
}

static inline void bench_sax_key(bench_sax *sax, const char *key, size_t n)
{
    int slot = -1;
    if (sax->depth == 1) {
        slot = bench_top_slot(key, n);
        sax->parent = bench_parent_of(key, n);
        sax->in_resources = bench_is(key, n, "resources");
        sax->elements = 0;
    } else if (sax->depth == 2 || (sax->depth == 3 && sax->parent == PARENT_RESOURCE)) {
        slot = bench_inner_slot(sax->parent, key, n);
    }
    sax->slot = slot < 0 ? -1 : bench_want(sax, slot);
}

static inline void bench_sax_other(bench_sax *sax)
{
    if (sax->slot >= 0)
        sax->view.fields[sax->slot].kind = FIELD_OTHER;
    sax->slot = -1;
}

static inline void bench_sax_string(bench_sax *sax, const char *text, size_t n)
{
    int slot = sax->slot;
    if (slot < 0)
        return;
    char *room = sax->room[slot];
    size_t kept = n < BENCH_ROOM ? n : BENCH_ROOM;
    memcpy(room, text, kept);
    bench_field field = {FIELD_STRING, kept, room, 0};
    sax->view.fields[slot] = field;
    sax->slot = -1;
}

static inline void bench_sax_number(bench_sax *sax, double number)
{
    if (sax->slot < 0)
        return;
    bench_field field = {FIELD_NUMBER, 0, "", number};
    sax->view.fields[sax->slot] = field;
    sax->slot = -1;
}

static inline void bench_sax_open(bench_sax *sax)
{
    bench_sax_other(sax);
    if (sax->in_resources && sax->depth == 2)
        sax->parent = sax->elements++ == 0 ? PARENT_RESOURCE : PARENT_NONE;
    sax->depth++;
}

static inline void bench_sax_close(bench_sax *sax) { sax->depth--; }

#ifdef __cplusplus
}
#endif

#endif
