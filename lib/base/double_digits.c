/* Double to its shortest digits, exactly: Steele and White's free-format generation.
 *
 * The value is rest / unit, and so are the distances to the ends of the interval of decimals that read
 * back as it (below, above; both doubled so that the half steps are whole). Each digit takes the whole
 * part of rest * 10 / unit; generation ends when the digits so far, or they and one more, lie inside. */
#include <assert.h>

#include "base/big.h"
#include "base/digits.h"

typedef struct generator {
    ctfi_big rest;
    ctfi_big unit;
    ctfi_big below;
    ctfi_big above;
    bool even; /* the interval's ends belong to it: ties read as the even mantissa */
} generator;

typedef struct parts {
    uint64_t mantissa;
    int exponent; /* value = mantissa * 2^exponent */
    bool narrow;  /* a power of two: the gap below is half the gap above */
} parts;

static parts take_apart(uint64_t bits)
{
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int biased = (int)(bits >> 52 & 0x7FF);
    if (biased == 0)
        return (parts){fraction, -1074, false};
    return (parts){fraction | (uint64_t)1 << 52, biased - 1075, fraction == 0 && biased > 1};
}

/* floor(log10(2^n)) for |n| <= 1100. */
static int decimal_log(int n)
{
    int scaled = n * 315653; /* log10(2) * 2^20 */
    return scaled >= 0 ? scaled >> 20 : -((-scaled + (1 << 20) - 1) >> 20);
}

static int bit_length(uint64_t value)
{
    int bits = 0;
    for (; value != 0; value >>= 1)
        bits++;
    return bits;
}

static void times_10(ctfi_big *a)
{
    ctfi_big_multiply(a, 10, 0);
}

/* Sets the generator to value / 10^power. */
static void set_up(generator *g, const parts *value, int power)
{
    uint32_t wide = value->narrow ? 2 : 1;
    int twos = value->exponent - power;
    uint32_t up = twos > 0 ? (uint32_t)twos : 0;
    ctfi_big_set(&g->rest, value->mantissa * 2 * wide);
    ctfi_big_set(&g->above, wide);
    ctfi_big_set(&g->below, 1);
    ctfi_big_set(&g->unit, 2 * wide);
    ctfi_big *scaled[] = {&g->rest, &g->above, &g->below};
    for (size_t i = 0; i < 3; i++) {
        ctfi_big_times_5(scaled[i], power < 0 ? (uint32_t)-power : 0);
        ctfi_big_shift(scaled[i], up);
    }
    ctfi_big_times_5(&g->unit, power > 0 ? (uint32_t)power : 0);
    ctfi_big_shift(&g->unit, twos < 0 ? (uint32_t)-twos : 0);
    g->even = value->mantissa % 2 == 0;
}

/* The next digit; what it leaves stays in rest. */
static unsigned next_digit(generator *g)
{
    unsigned digit = 0;
    times_10(&g->rest);
    times_10(&g->below);
    times_10(&g->above);
    for (; ctfi_big_compare(&g->rest, &g->unit) >= 0; digit++)
        ctfi_big_subtract(&g->rest, &g->unit);
    assert(digit < 10);
    return digit;
}

/* Do the digits so far read back as the value? */
static bool floor_reads_back(const generator *g)
{
    return ctfi_big_compare(&g->rest, &g->below) < g->even;
}

/* Does one more in the last place? */
static bool ceiling_reads_back(const generator *g)
{
    ctfi_big end;
    ctfi_big_add(&end, &g->rest, &g->above);
    return ctfi_big_compare(&end, &g->unit) > -(int)g->even;
}

/* Is the ceiling closer than the floor, or as close with an odd floor? */
static bool ceiling_is_closer(const generator *g, unsigned digit)
{
    ctfi_big twice;
    ctfi_big_add(&twice, &g->rest, &g->rest);
    int order = ctfi_big_compare(&twice, &g->unit);
    return order > 0 || (order == 0 && digit % 2 == 1);
}

/* Adds one in the last place; 99 becomes 1 with the next exponent. */
static void round_up(ctfi_digits *out)
{
    while (out->count > 0 && out->digits[out->count - 1] == '9')
        out->count--;
    if (out->count > 0) {
        out->digits[out->count - 1]++;
        return;
    }
    out->digits[out->count++] = '1';
    out->exponent++;
}

static void generate(generator *g, uint32_t least, ctfi_digits *out)
{
    unsigned digit;
    bool floor;
    bool ceiling;
    do {
        digit = next_digit(g);
        assert(out->count < CTFI_DIGITS_MAX);
        out->digits[out->count++] = (unsigned char)('0' + digit);
        floor = floor_reads_back(g);
        ceiling = ceiling_reads_back(g);
    } while (out->count < least || !(floor || ceiling));
    if (ceiling && (!floor || ceiling_is_closer(g, digit)))
        round_up(out);
    while (out->digits[out->count - 1] == '0')
        out->count--;
}

void ctfi_double_digits(double value, uint32_t least, ctfi_digits *out)
{
    uint64_t bits;
    generator g;
    memcpy(&bits, &value, sizeof bits);
    parts p = take_apart(bits);
    *out = (ctfi_digits){.negative = bits >> 63};
    if (p.mantissa == 0)
        return;
    assert((bits >> 52 & 0x7FF) != 0x7FF);
    out->exponent = decimal_log(p.exponent + bit_length(p.mantissa) - 1) + 1;
    set_up(&g, &p, out->exponent);
    if (ctfi_big_compare(&g.rest, &g.unit) >= 0) {
        times_10(&g.unit);
        out->exponent++;
    }
    generate(&g, least, out);
}
