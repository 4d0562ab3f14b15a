#include "base/job.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"

ctf_status ctfi_job_run(ctfi_job *job, const ctf_allocator *allocator,
                        void (*body)(ctfi_job *job, void *context), void *context)
{
    ctfi_arena_init(&job->arena, allocator);
    ctfi_error_clear(&job->error);
    job->pattern = 0;
    if (setjmp(job->out) == 0)
        body(job, context);
    job->error.pattern = job->pattern * (job->error.status != CTF_OK);
    return job->error.status;
}

void *ctfi_job_alloc(ctfi_job *job, size_t n, size_t size)
{
    void *block = ctfi_arena_alloc(&job->arena, n, size);
    if (block == NULL)
        ctfi_job_fail(job, CTF_E_NOMEM, CTF_ERROR_MEMORY, "out of memory");
    return block;
}

void *ctfi_job_zero(ctfi_job *job, size_t n, size_t size)
{
    return memset(ctfi_job_alloc(job, n, size), 0, n * size);
}

void *ctfi_job_grow(ctfi_job *job, void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return array;
    size_t wider = *capacity < 8 ? 8 : *capacity * 2;
    if (wider < need)
        wider = need;
    void *grown = ctfi_job_alloc(job, wider, size);
    if (*capacity != 0)
        memcpy(grown, array, *capacity * size);
    *capacity = wider;
    return grown;
}

_Noreturn void ctfi_job_refuse(ctfi_job *job, ctf_error_kind kind, ctfi_span span, const char *service,
                               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ctfi_error_setv(&job->error, kind == CTF_ERROR_LIMIT ? CTF_E_LIMIT : CTF_E_PATTERN, kind, span.offset,
                    span.length, service, format, arguments);
    va_end(arguments);
    longjmp(job->out, 1);
}

_Noreturn void ctfi_job_fail(ctfi_job *job, ctf_status status, ctf_error_kind kind, const char *message)
{
    ctfi_error_set(&job->error, status, kind, 0, 0, NULL, "%s", message);
    longjmp(job->out, 1);
}
