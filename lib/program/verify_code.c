/* A pattern's code ends: jumps go forward onto instructions, and the last instruction is HALT. */
#include "program/verify_parts.h"

static const ctfi_shape shapes[CTFI_OP_COUNT] = {
#define CTFI_OP(name, shape, text) [CTFI_OP_##name] = CTFI_SHAPE_##shape,
#include "program/opcodes.def"
#undef CTFI_OP
};

static const uint32_t widths[] = {[CTFI_SHAPE_NONE] = 1, [CTFI_SHAPE_BRANCH] = 3};

/* Where instructions begin, a bit a word. */
typedef struct starts {
    uint64_t bits[CTFI_CODE_MAX / 64];
} starts;

/* Marks the instructions, which follow each other without a gap up to the end; the last is HALT. */
static bool mark(const ctfi_verifier *v, const uint32_t *words, uint32_t n, starts *begun)
{
    uint32_t last = CTFI_OP_COUNT;
    for (uint32_t at = 0; at < n; at += widths[shapes[last]]) {
        last = words[at];
        if (last >= CTFI_OP_COUNT)
            return ctfi_verify_refuse(v, &words[at], "no such opcode");
        if (widths[shapes[last]] > n - at)
            return ctfi_verify_refuse(v, &words[at], "an instruction ends behind the code");
        begun->bits[at / 64] |= UINT64_C(1) << (at % 64);
    }
    return last == CTFI_OP_HALT || ctfi_verify_refuse(v, &words[n - 1], "the code does not end with HALT");
}

static bool branch(const ctfi_verifier *v, const uint32_t *words, uint32_t n, uint32_t at, const starts *begun)
{
    const uint32_t *target = &words[at + 2];
    if (!ctfi_verify_fact(v, &words[at + 1]))
        return false;
    /* Forward only: a run cannot last longer than the code is. */
    if (*target <= at || *target >= n)
        return ctfi_verify_refuse(v, target, "a jump goes backward or leaves the code");
    return (begun->bits[*target / 64] >> (*target % 64) & 1) != 0 ||
           ctfi_verify_refuse(v, target, "a jump goes into the middle of an instruction");
}

bool ctfi_verify_code(const ctfi_verifier *v, ctfi_range code)
{
    const uint32_t *words = ctfi_image_CODE(v->image) + code.first;
    starts begun = {{0}};
    if (code.count == 0 || code.count > CTFI_CODE_MAX)
        return ctfi_verify_refuse(v, &v->image->sections[CTFI_SECTION_CODE], "code of no or too many words");
    if (!mark(v, words, code.count, &begun))
        return false;
    for (uint32_t at = 0; at < code.count; at += widths[shapes[words[at]]])
        if (shapes[words[at]] == CTFI_SHAPE_BRANCH && !branch(v, words, code.count, at, &begun))
            return false;
    return true;
}
