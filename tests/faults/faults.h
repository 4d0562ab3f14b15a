/* Every entry point, with every request for memory refused: once, then from there on for good.
 *
 * A fault is one way to call one entry point. It is called again and again, each time one more request being
 * granted, until none is refused. Each time it must answer CTF_E_NOMEM if and only if a request was refused that
 * it needs; then `after` looks at what is left, with memory back; and when all is released, nothing may be held. */
#ifndef FAULTS_FAULTS_H
#define FAULTS_FAULTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctfilter/ctfilter.h>

#include "meter.h"

typedef struct fault {
    const char *entry;                                                 /* the function that is called */
    void *(*prepare)(const ctf_allocator *allocator);                  /* what it needs; nothing fails; may be NULL */
    ctf_status (*call)(void *subject, const ctf_allocator *allocator); /* claims what holds on failure */
    void (*after)(void *subject);                                      /* may be NULL: there is nothing left */
    void (*release)(void *subject);                                    /* may be NULL */
    const void *what;                                                  /* the subject where nothing prepares one */
} fault;

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* By the headers that declare what they call. */
extern const fault faults_filter[], faults_match[], faults_metric[], faults_alarm[], faults_reason[];
extern const size_t n_faults_filter, n_faults_match, n_faults_metric, n_faults_alarm, n_faults_reason;

static inline ctf_text view(const char *text)
{
    return (ctf_text){text, strlen(text)};
}

/* A new subject of `size` bytes, zero. */
static inline void *fault_subject(size_t size)
{
    void *subject = calloc(1, size);
    assert_non_null(subject);
    return subject;
}

/* Out of memory is told in words, too. Returns the status. */
static inline ctf_status fault_told(ctf_status status, const ctf_error *error)
{
    if (status == CTF_E_NOMEM) {
        assert_int_equal(error->status, CTF_E_NOMEM);
        assert_int_equal(error->kind, CTF_ERROR_MEMORY);
    }
    return status;
}

#endif
