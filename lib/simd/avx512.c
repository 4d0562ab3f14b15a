/* The AVX-512 kernel for every processor that has AVX-512BW: one compare for each mask. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#define ON_KERNEL __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt,pclmul")))

#include "simd/avx512.h"

INLINED void structure(view v, uint64_t outside, ctfi_block *out)
{
    out->open = v.open & outside;
    out->close = v.close & outside;
    out->comma = v.comma & outside;
    out->colon = v.colon & outside;
    out->blank = v.blank & outside;
    out->curly = v.curly;
}

#include "simd/body.h"
#include "simd/members.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/lines.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_avx512 = {"avx512", string_stop, plain_end, line_end, find, pairs,
                                        pairs_lines, utf8_end, skip_brackets, index_blocks, member, behind_closing};

#else
typedef int ctfi_no_avx512; /* a translation unit holds something */
#endif
