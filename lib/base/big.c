#include "base/big.h"

#include <assert.h>

static void push(ctfi_big *a, uint32_t limb)
{
    assert(a->count < CTFI_BIG_LIMBS);
    a->limbs[a->count++] = limb;
}

static void trim(ctfi_big *a)
{
    while (a->count > 0 && a->limbs[a->count - 1] == 0)
        a->count--;
}

static uint32_t limb_at(const ctfi_big *a, uint32_t i)
{
    return i < a->count ? a->limbs[i] : 0;
}

void ctfi_big_set(ctfi_big *a, uint64_t value)
{
    a->count = 2;
    a->limbs[0] = (uint32_t)value;
    a->limbs[1] = (uint32_t)(value >> 32);
    trim(a);
}

void ctfi_big_multiply(ctfi_big *a, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (uint32_t i = 0; i < a->count; i++) {
        carry += (uint64_t)a->limbs[i] * factor;
        a->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0)
        push(a, (uint32_t)carry);
}

void ctfi_big_times_5(ctfi_big *a, uint32_t n)
{
    for (; n >= 13; n -= 13)
        ctfi_big_multiply(a, 1220703125u, 0); /* 5^13, the largest in a limb */
    for (; n > 0; n--)
        ctfi_big_multiply(a, 5, 0);
}

void ctfi_big_shift(ctfi_big *a, uint32_t n)
{
    uint32_t whole = n / 32;
    if (a->count == 0)
        return;
    if (n % 32 != 0)
        ctfi_big_multiply(a, (uint32_t)1 << n % 32, 0);
    assert(a->count + whole <= CTFI_BIG_LIMBS);
    memmove(a->limbs + whole, a->limbs, a->count * sizeof *a->limbs);
    memset(a->limbs, 0, whole * sizeof *a->limbs);
    a->count += whole;
}

void ctfi_big_subtract(ctfi_big *a, const ctfi_big *b)
{
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        uint64_t difference = (uint64_t)a->limbs[i] - limb_at(b, i) - borrow;
        a->limbs[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    assert(borrow == 0);
    trim(a);
}

void ctfi_big_add(ctfi_big *out, const ctfi_big *a, const ctfi_big *b)
{
    uint32_t count = a->count > b->count ? a->count : b->count;
    uint64_t carry = 0;
    for (uint32_t i = 0; i < count; i++) {
        carry += (uint64_t)limb_at(a, i) + limb_at(b, i);
        out->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    out->count = count;
    if (carry != 0)
        push(out, (uint32_t)carry);
}

int ctfi_big_compare(const ctfi_big *a, const ctfi_big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

uint32_t ctfi_big_bits(const ctfi_big *a)
{
    uint32_t bits = 32 * (a->count - 1);
    for (uint32_t top = a->limbs[a->count - 1]; top != 0; top >>= 1)
        bits++;
    return bits;
}
