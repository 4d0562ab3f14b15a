#include "program/compile.h"

#include "program/seal.h"

const ctfi_image *ctfi_compile(ctfi_job *job, const ctf_pattern *patterns, size_t n)
{
    ctfi_plan *plan = ctfi_job_alloc(job, 1, sizeof *plan);
    ctfi_plan_init(plan, job);
    for (size_t i = 0; i < n; i++) {
        job->pattern = i;
        ctfi_bytes text = {(const unsigned char *)patterns[i].text.data, patterns[i].text.length};
        ctfi_plan_pattern_add(plan, &patterns[i], ctfi_pattern_parse(job, text));
    }
    job->pattern = 0;
    return ctfi_seal(plan);
}
