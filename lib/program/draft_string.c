#include <string.h>

#include "program/seal.h"

ctfi_string ctfi_draft_string(ctfi_draft *draft, ctfi_bytes bytes)
{
    uint32_t *at = ctfi_intern_find(draft->job, &draft->plan->intern, CTFI_SPACE_STRING, 0, bytes);
    if (*at != CTFI_NONE)
        return (ctfi_string){*at, (uint32_t)bytes.length};
    size_t start = draft->bytes.n;
    if (bytes.length >= UINT32_MAX - start)
        ctfi_job_fail(draft->job, CTF_E_LIMIT, CTF_ERROR_LIMIT, "the sealed program would pass 4 GiB");
    size_t need = start + bytes.length;
    draft->bytes.at = ctfi_job_grow(draft->job, draft->bytes.at, &draft->bytes.capacity, need, 1);
    if (bytes.length > 0)
        memcpy(draft->bytes.at + start, bytes.data, bytes.length);
    draft->bytes.n = need;
    *at = (uint32_t)start;
    return (ctfi_string){*at, (uint32_t)bytes.length};
}
