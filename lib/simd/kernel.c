#include "simd/kernel.h"

#include <ctfilter/match.h>

/* Best first. */
static const ctfi_kernel *const kernels[] = {&ctfi_kernel_scalar};

#define N_KERNELS (sizeof kernels / sizeof *kernels)

const ctfi_kernel *ctfi_kernel_named(const char *name)
{
    if (name == NULL)
        return kernels[0];
    for (size_t i = 0; i < N_KERNELS; i++)
        if (strcmp(kernels[i]->name, name) == 0)
            return kernels[i];
    return NULL;
}

const char *ctf_kernel_name(size_t index)
{
    return index < N_KERNELS ? kernels[index]->name : NULL;
}
