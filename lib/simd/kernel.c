#include "simd/kernel.h"

#include <ctfilter/match.h>

static bool always(void)
{
    return true;
}

#ifdef CTFI_KERNELS_X86
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
}

static bool has_avx512vbmi(void)
{
    return has_avx512() && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("gfni");
}
#endif

/* Best first. */
static const struct {
    const ctfi_kernel *kernel;
    bool (*runs_here)(void);
} kernels[] = {
#ifdef CTFI_KERNELS_X86
    {&ctfi_kernel_avx512vbmi, has_avx512vbmi},
    {&ctfi_kernel_avx512, has_avx512},
    {&ctfi_kernel_avx2, has_avx2},
#endif
#ifdef CTFI_KERNELS_ARM
    {&ctfi_kernel_neon, always},
#endif
    {&ctfi_kernel_scalar, always},
};

/* The index-th kernel that runs on this machine, or NULL. */
static const ctfi_kernel *kernel_at(size_t index)
{
    for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++)
        if (kernels[i].runs_here() && index-- == 0)
            return kernels[i].kernel;
    return NULL;
}

const ctfi_kernel *ctfi_kernel_named(const char *name)
{
    const ctfi_kernel *kernel;
    for (size_t i = 0; (kernel = kernel_at(i)) != NULL; i++)
        if (name == NULL || strcmp(kernel->name, name) == 0)
            return kernel;
    return NULL;
}

const char *ctf_kernel_name(size_t index)
{
    const ctfi_kernel *kernel = kernel_at(index);
    return kernel == NULL ? NULL : kernel->name;
}
