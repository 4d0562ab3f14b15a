/* Decimal to double, rounded to nearest, ties to even.
 *
 * A short number with a small power of ten is one exact floating-point operation (Clinger). Everything
 * else is a fraction of whole numbers, numerator / denominator * 2^scale, brought into [1, 2) and
 * divided bit by bit: what remains then decides the rounding exactly. */
#include <assert.h>
#include <float.h>

#include "base/big.h"
#include "base/number.h"

_Static_assert(FLT_RADIX == 2 && DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024 && sizeof(double) == 8,
               "double is IEEE 754 binary64");

/* Between two doubles, or at a half between them, no decimal has more digits than this; what stands
 * behind them can only say "more than that". */
#define DIGITS_THAT_COUNT 768u

typedef struct fraction {
    ctfi_big numerator;
    ctfi_big denominator;
    int scale;
} fraction;

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* True, and the value in *value, when digits and power of ten are both exact doubles. */
static bool read_short(const ctfi_decimal *decimal, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t power = decimal->exponent - decimal->count;
    if (FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD > 1 || decimal->count > 15 || power < -22 || power > 22)
        return false;
    uint64_t digits = 0;
    for (uint32_t i = 0; i < decimal->span; i++)
        if (decimal->digits[i] != '.')
            digits = digits * 10 + (uint64_t)(decimal->digits[i] - '0');
    *value = power < 0 ? (double)digits / powers[-power] : (double)digits * powers[power];
    return true;
}

/* The digits that count as a whole number, a 1 behind them when more follow; returns how many. */
static uint32_t take_digits(const ctfi_decimal *decimal, ctfi_big *out)
{
    uint32_t taken = 0;
    ctfi_big_set(out, 0);
    for (uint32_t i = 0; i < decimal->span && taken < DIGITS_THAT_COUNT;) {
        uint32_t chunk = 0;
        uint32_t power = 1;
        for (; i < decimal->span && power < 100000000 && taken < DIGITS_THAT_COUNT; i++) {
            if (decimal->digits[i] == '.')
                continue;
            chunk = chunk * 10 + (uint32_t)(decimal->digits[i] - '0');
            power *= 10;
            taken++;
        }
        ctfi_big_multiply(out, power, chunk);
    }
    if (taken == decimal->count)
        return taken;
    ctfi_big_multiply(out, 10, 1);
    return taken + 1;
}

static void set_fraction(fraction *f, const ctfi_decimal *decimal)
{
    uint32_t taken = take_digits(decimal, &f->numerator);
    int power = (int)decimal->exponent - (int)taken;
    ctfi_big_set(&f->denominator, 1);
    if (power < 0)
        ctfi_big_times_5(&f->denominator, (uint32_t)-power);
    else
        ctfi_big_times_5(&f->numerator, (uint32_t)power);
    f->scale = power;
}

/* Brings numerator / denominator into [1, 2), the value unchanged. */
static void normalise(fraction *f)
{
    uint32_t above = ctfi_big_bits(&f->numerator);
    uint32_t below = ctfi_big_bits(&f->denominator);
    if (above < below)
        ctfi_big_shift(&f->numerator, below - above);
    else
        ctfi_big_shift(&f->denominator, above - below);
    f->scale += (int)above - (int)below;
    if (ctfi_big_compare(&f->numerator, &f->denominator) < 0) {
        ctfi_big_shift(&f->numerator, 1);
        f->scale--;
    }
}

/* The first `bits` binary digits of the fraction, rounded by the rest. */
static uint64_t divide(fraction *f, int bits)
{
    uint64_t quotient = 0;
    for (; bits > 0; bits--) {
        quotient <<= 1;
        if (ctfi_big_compare(&f->numerator, &f->denominator) >= 0) {
            ctfi_big_subtract(&f->numerator, &f->denominator);
            quotient |= 1;
        }
        ctfi_big_shift(&f->numerator, 1);
    }
    int half = ctfi_big_compare(&f->numerator, &f->denominator);
    return quotient + (half > 0 || (half == 0 && (quotient & 1)));
}

/* A quotient rounded up to the next power of two carries into the exponent, up to infinity. */
static uint64_t read_long(const ctfi_decimal *decimal)
{
    fraction f;
    set_fraction(&f, decimal);
    normalise(&f);
    if (f.scale > 1023)
        return (uint64_t)0x7FF << 52;
    if (f.scale >= -1022)
        return ((uint64_t)(f.scale + 1022) << 52) + divide(&f, 53);
    return f.scale < -1075 ? 0 : divide(&f, f.scale + 1075);
}

static double magnitude(const ctfi_decimal *decimal)
{
    double value;
    if (decimal->count == 0 || decimal->exponent <= -324)
        return 0;
    if (decimal->exponent > 309)
        return from_bits((uint64_t)0x7FF << 52);
    return read_short(decimal, &value) ? value : from_bits(read_long(decimal));
}

double ctfi_decimal_to_double(const ctfi_decimal *decimal)
{
    double value = magnitude(decimal);
    return decimal->negative ? -value : value;
}
