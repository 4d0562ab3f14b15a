/* Tree to image: the steps of ctf_filter_compile. */
#ifndef CTFI_PROGRAM_COMPILE_H
#define CTFI_PROGRAM_COMPILE_H

#include "base/job.h"
#include "program/image.h"

/* Parses, plans and seals n patterns; the image lies in the job's arena. Leaves through the job. */
const ctfi_image *ctfi_compile(ctfi_job *job, const ctf_pattern *patterns, size_t n);

#endif
