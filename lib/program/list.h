/* Arrays that grow in a job's arena; appending is linear. */
#ifndef CTFI_PROGRAM_LIST_H
#define CTFI_PROGRAM_LIST_H

#include "base/bytes.h"
#include "base/job.h"

#define CTFI_LIST(type)  \
    struct {             \
        type *at;        \
        size_t n;        \
        size_t capacity; \
    }

/* Adds an element, uninitialised, and yields a pointer to it that is valid until the next append. */
#define CTFI_APPEND(job, list)                                                                         \
    ((list)->at = ctfi_job_grow((job), (list)->at, &(list)->capacity, (list)->n + 1, sizeof *(list)->at), \
     &(list)->at[(list)->n++])

/* Sorts in ascending order; equal elements stay in their order. compare answers as strcmp does. The
 * C library's qsort is no choice: it may allocate behind the caller's allocator. */
void ctfi_sort(ctfi_job *job, void *array, size_t n, size_t size, int (*compare)(const void *a, const void *b));

#endif
