/* Fixed point wide enough for every sum of samples. */
#include "metric/exact.h"

#include <stdbool.h>
#include <string.h>

/* 128 bits, for want of a standard type. */
typedef struct wide {
    uint64_t high, low;
} wide;

static wide multiply(uint64_t a, uint64_t b)
{
    uint64_t a0 = a & UINT32_MAX, a1 = a >> 32, b0 = b & UINT32_MAX, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (middle & UINT32_MAX);
    wide product = {a1 * b1 + (middle >> 32) + (other >> 32), other << 32 | (low & UINT32_MAX)};
    return product;
}

/* (*rest * 2^64 + low) / divisor, where *rest < divisor < 2^32; then *rest is the remainder. */
static uint64_t divide_by_small(uint64_t *rest, uint64_t low, uint64_t divisor)
{
    uint64_t high = *rest << 32 | low >> 32, next = (high % divisor) << 32 | (low & UINT32_MAX);
    *rest = next % divisor;
    return (high / divisor) << 32 | next / divisor;
}

/* The same for any divisor. */
static uint64_t divide(uint64_t *rest, uint64_t low, uint64_t divisor)
{
    uint64_t quotient = 0;
    if (divisor <= UINT32_MAX)
        return divide_by_small(rest, low, divisor);
    for (int bit = 63; bit >= 0; bit--) {
        bool carry = *rest >> 63 != 0;
        *rest = *rest << 1 | (low >> bit & 1);
        quotient <<= 1;
        if (carry || *rest >= divisor) {
            *rest -= divisor;
            quotient |= 1;
        }
    }
    return quotient;
}

uint64_t ctfi_multiply_divide(uint64_t a, uint64_t b, uint64_t divisor, int *inexact)
{
    wide product = multiply(a, b);
    uint64_t rest = product.high; /* below the divisor, for the quotient fits */
    uint64_t quotient = divide(&rest, product.low, divisor);
    *inexact = rest != 0;
    return quotient;
}

/* Adds a magnitude of three limbs at limb `at`; the carry runs as far as it goes. */
static void add_at(ctfi_exact *sum, unsigned at, const uint64_t parts[3])
{
    uint64_t carry = 0;
    for (unsigned i = at; i < CTFI_EXACT_LIMBS && (i < at + 3 || carry != 0); i++) {
        uint64_t part = i < at + 3 ? parts[i - at] : 0;
        uint64_t limb = sum->limbs[i] + part;
        uint64_t overflow = limb < part;
        sum->limbs[i] = limb + carry;
        carry = overflow | (sum->limbs[i] < carry);
    }
}

static void subtract_at(ctfi_exact *sum, unsigned at, const uint64_t parts[3])
{
    uint64_t borrow = 0;
    for (unsigned i = at; i < CTFI_EXACT_LIMBS && (i < at + 3 || borrow != 0); i++) {
        uint64_t part = i < at + 3 ? parts[i - at] : 0;
        uint64_t limb = sum->limbs[i];
        sum->limbs[i] = limb - part - borrow;
        borrow = limb < part || (limb == part && borrow != 0);
    }
}

void ctfi_exact_add(ctfi_exact *sum, double value, uint64_t count)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t exponent = bits >> 52 & 0x7FF, fraction = bits & ((UINT64_C(1) << 52) - 1);
    uint64_t mantissa = exponent == 0 ? fraction : fraction | UINT64_C(1) << 52;
    unsigned shift = exponent == 0 ? 0 : (unsigned)exponent - 1;
    wide product = multiply(mantissa, count);
    unsigned within = shift % 64;
    uint64_t parts[3] = {product.low << within, product.high << within, 0};
    if (within != 0) {
        parts[1] |= product.low >> (64 - within);
        parts[2] = product.high >> (64 - within);
    }
    if (bits >> 63 != 0)
        subtract_at(sum, shift / 64, parts);
    else
        add_at(sum, shift / 64, parts);
}

void ctfi_exact_merge(ctfi_exact *sum, const ctfi_exact *other)
{
    uint64_t carry = 0;
    for (unsigned i = 0; i < CTFI_EXACT_LIMBS; i++) {
        uint64_t limb = sum->limbs[i] + other->limbs[i];
        uint64_t overflow = limb < other->limbs[i];
        sum->limbs[i] = limb + carry;
        carry = overflow | (sum->limbs[i] < carry);
    }
}

static ctfi_exact negated(const ctfi_exact *sum)
{
    ctfi_exact out;
    uint64_t carry = 1;
    for (unsigned i = 0; i < CTFI_EXACT_LIMBS; i++) {
        out.limbs[i] = ~sum->limbs[i] + carry;
        carry = carry != 0 && out.limbs[i] == 0;
    }
    return out;
}

/* The index of the highest set bit, or -1. */
static int highest_bit(const ctfi_exact *sum)
{
    for (int i = CTFI_EXACT_LIMBS - 1; i >= 0; i--)
        for (int bit = 63; sum->limbs[i] != 0 && bit >= 0; bit--)
            if (sum->limbs[i] >> bit & 1)
                return i * 64 + bit;
    return -1;
}

static bool bit_at(const ctfi_exact *sum, int at)
{
    return (sum->limbs[at / 64] >> (at % 64) & 1) != 0;
}

static bool any_below(const ctfi_exact *sum, int at)
{
    for (int i = 0; i < at / 64; i++)
        if (sum->limbs[i] != 0)
            return true;
    return (sum->limbs[at / 64] & ((UINT64_C(1) << (at % 64)) - 1)) != 0;
}

/* 53 bits from bit `low` on. */
static uint64_t take_bits(const ctfi_exact *sum, int low)
{
    uint64_t value = sum->limbs[low / 64] >> (low % 64);
    if (low % 64 != 0 && low / 64 + 1 < CTFI_EXACT_LIMBS)
        value |= sum->limbs[low / 64 + 1] << (64 - low % 64);
    return value & ((UINT64_C(1) << 53) - 1);
}

/* The bits of the double nearest to magnitude + rest / divisor, where rest < divisor; ties to even. They
 * are its mantissa plus its exponent field in units of the last place, so a carry from rounding moves to
 * the next binade by itself. */
static uint64_t round_to_double(const ctfi_exact *magnitude, uint64_t rest, uint64_t divisor)
{
    int top = highest_bit(magnitude);
    int low = top > 52 ? top - 52 : 0;
    uint64_t bits = take_bits(magnitude, low) + ((uint64_t)low << 52);
    bool half = low > 0 ? bit_at(magnitude, low - 1) : rest >= divisor - rest;
    bool more = low > 0 ? rest != 0 || any_below(magnitude, low - 1) : rest > divisor - rest;
    return bits + (half && (more || (bits & 1) != 0));
}

/* Divides a magnitude as far as a double asks: three limbs from the highest hold over 64 bits of any quotient. What
 * lies below them becomes 0; of it and of the remainder only matters whether there is any. Returns the remainder
 * where nothing lies below. */
static uint64_t divide_all(ctfi_exact *magnitude, uint64_t divisor)
{
    int top = highest_bit(magnitude) / 64, last = top > 2 ? top - 2 : 0;
    uint64_t rest = 0, below = 0;
    for (int i = top; i >= last; i--)
        magnitude->limbs[i] = divide(&rest, magnitude->limbs[i], divisor);
    for (int i = 0; i < last; i++) {
        below |= magnitude->limbs[i];
        magnitude->limbs[i] = 0;
    }
    return rest | (below != 0);
}

double ctfi_exact_mean(const ctfi_exact *sum, uint64_t count)
{
    bool negative = sum->limbs[CTFI_EXACT_LIMBS - 1] >> 63 != 0;
    ctfi_exact magnitude = negative ? negated(sum) : *sum;
    uint64_t rest = count == 1 ? 0 : divide_all(&magnitude, count);
    uint64_t bits = round_to_double(&magnitude, rest, count) | (uint64_t)negative << 63;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double ctfi_exact_double(const ctfi_exact *sum)
{
    return ctfi_exact_mean(sum, 1);
}
