/* One run of an entry point on the compile side: its arena, its error, its way out.
 *
 * Parsing, planning and emitting are deep and single-threaded; the first failure ends the whole run.
 * So they do not hand a status up through every function: they leave through the job, back to the
 * entry point (ctfi_job_run), which frees the arena. Nothing below an entry point may hold a resource
 * that is not in the arena. The match side never uses this. */
#ifndef CTFI_BASE_JOB_H
#define CTFI_BASE_JOB_H

#include <setjmp.h>

#include <ctfilter/error.h>

#include "base/arena.h"

/* A place in the text at fault, in bytes. */
typedef struct ctfi_span {
    uint32_t offset;
    uint32_t length;
} ctfi_span;

typedef struct ctfi_job {
    ctfi_arena arena;
    ctf_error error; /* of the failure that ended the run */
    size_t pattern;  /* index that errors report */
    jmp_buf out;
} ctfi_job;

/* Runs body(job, context) and returns CTF_OK, or the status of the failure that ended it, with
 * job->error filled. The arena is initialised here and left for the caller to free either way, so that
 * results can be copied out first. `allocator` may be NULL. */
ctf_status ctfi_job_run(ctfi_job *job, const ctf_allocator *allocator,
                        void (*body)(ctfi_job *job, void *context), void *context);

/* Allocates from the job's arena; does not return when memory is out. _zero clears. */
void *ctfi_job_alloc(ctfi_job *job, size_t n, size_t size) __attribute__((returns_nonnull));
void *ctfi_job_zero(ctfi_job *job, size_t n, size_t size) __attribute__((returns_nonnull));

/* Makes room for at least `need` elements of `size` bytes in an arena array of *capacity elements;
 * doubles, so that appending is linear. Returns the array (old content copied). */
void *ctfi_job_grow(ctfi_job *job, void *array, size_t *capacity, size_t need, size_t size);

/* Ends the run with CTF_E_PATTERN (CTF_E_LIMIT for CTF_ERROR_LIMIT kinds): what was expected, formatted
 * as by printf (only %s, %.*s, %u, %zu, %c are used), and the service's own text or NULL. */
_Noreturn void ctfi_job_refuse(ctfi_job *job, ctf_error_kind kind, ctfi_span span, const char *service,
                               const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Ends the run with any other status. */
_Noreturn void ctfi_job_fail(ctfi_job *job, ctf_status status, ctf_error_kind kind, const char *message);

#endif
