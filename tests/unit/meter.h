/* An allocator for tests: counts, and fails on request. */
#ifndef TESTS_METER_H
#define TESTS_METER_H

#include <stdbool.h>
#include <stdlib.h>

#include <ctfilter/types.h>

typedef struct meter {
    size_t calls;   /* requests for memory */
    size_t live;    /* blocks not given back */
    size_t fail_at; /* the request that fails, from 1; 0: none */
    bool for_good;  /* and all behind it */
} meter;

static inline void *metered(void *context, void *block, size_t size)
{
    meter *m = context;
    if (size == 0) {
        m->live -= block != NULL;
        free(block);
        return NULL;
    }
    m->calls++;
    if (m->fail_at != 0 && (m->calls == m->fail_at || (m->for_good && m->calls > m->fail_at)))
        return NULL;
    void *grown = realloc(block, size);
    m->live += block == NULL && grown != NULL;
    return grown;
}

#endif
