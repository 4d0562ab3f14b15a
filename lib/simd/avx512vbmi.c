/* The kernel for processors with AVX-512 VBMI and GFNI: the masks of a block come all at once, by giving
 * each byte a byte of classes and turning the matrix of 64 times 8 bits. */
#include "simd/kernel.h"

#ifdef CTFI_KERNELS_X86

#define ON_KERNEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,gfni,bmi,bmi2,popcnt,pclmul")))

#include "simd/avx512.h"

/* Where the classes of a byte stand in its byte of classes, and the masks in a register: as in ctfi_block
 * from `string` on. */
enum { OPEN = 1 << 2, CLOSE = 1 << 3, COMMA = 1 << 4, COLON = 1 << 5, BLANK = 1 << 6, CURLY = 1 << 7 };

_Static_assert(offsetof(ctfi_block, open) == offsetof(ctfi_block, string) + 2 * sizeof(uint64_t) &&
                   sizeof(ctfi_block) == offsetof(ctfi_block, string) + 8 * sizeof(uint64_t),
               "a register holds the masks from `string` on, `open` the third");

static const unsigned char classes[128] = {
    [','] = COMMA, [':'] = COLON, ['{'] = OPEN | CURLY, ['['] = OPEN, ['}'] = CLOSE | CURLY, [']'] = CLOSE,
    [' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK};

/* Byte i of qword j behind byte j of qword i. */
static const unsigned char columns[64] = {
    0, 8, 16, 24, 32, 40, 48, 56, 1, 9, 17, 25, 33, 41, 49, 57,
    2, 10, 18, 26, 34, 42, 50, 58, 3, 11, 19, 27, 35, 43, 51, 59,
    4, 12, 20, 28, 36, 44, 52, 60, 5, 13, 21, 29, 37, 45, 53, 61,
    6, 14, 22, 30, 38, 46, 54, 62, 7, 15, 23, 31, 39, 47, 55, 63};

/* Qword i: bit j says whether byte j is of class i. */
INLINED wide turned(wide w)
{
    const wide backwards = _mm512_broadcast_i32x4(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    const wide diagonal = _mm512_set1_epi64((long long)0x8040201008040201);
    __mmask64 low = _mm512_testn_epi8_mask(w, _mm512_set1_epi8((char)0x80));
    wide class = _mm512_maskz_permutex2var_epi8(low, wide_load(classes), w, wide_load(classes + 64));
    /* The diagonal, taken through eight bytes as a matrix whose rows stand upside down, turns them. */
    wide bytes = _mm512_gf2p8affine_epi64_epi8(diagonal, _mm512_shuffle_epi8(class, backwards), 0);
    return _mm512_permutexvar_epi8(wide_load(columns), bytes);
}

INLINED void structure(view v, uint64_t outside, ctfi_block *out)
{
    const __mmask8 hidden_in_strings = (OPEN | CLOSE | COMMA | COLON | BLANK);
    wide all = turned(v.bytes);
    all = _mm512_mask_and_epi64(all, hidden_in_strings, all, _mm512_set1_epi64((long long)outside));
    _mm512_storeu_si512((unsigned char *)out + offsetof(ctfi_block, string), all);
}

#include "simd/body.h"
#include "simd/members.h"
#include "simd/pairs.h"
#include "simd/search.h"
#include "simd/lines.h"
#include "simd/stops.h"
#include "simd/utf8.h"

const ctfi_kernel ctfi_kernel_avx512vbmi = {"avx512vbmi", string_stop, plain_end, line_end, find, pairs,
                                            pairs_lines, utf8_end, skip_brackets, index_blocks, member, behind_closing};

#else
typedef int ctfi_no_avx512vbmi; /* a translation unit holds something */
#endif
